#define _GNU_SOURCE
#include "include/processors.h"
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

int tutti_affinity_count(void) {
    // The kernel says EINVAL while the mask is smaller than its own.
    for (int cpus = 1024; cpus <= 1 << 20; cpus *= 2) {
        cpu_set_t *set = CPU_ALLOC(cpus);
        if (!set) return -1;
        size_t size = CPU_ALLOC_SIZE(cpus);
        int result = sched_getaffinity(0, size, set);
        int count = result == 0 ? CPU_COUNT_S(size, set) : -1;
        int error = errno;
        CPU_FREE(set);
        if (result == 0) return count;
        errno = error;
        if (error != EINVAL) return -1;
    }
    return -1;
}

int tutti_current_processor(void) { return sched_getcpu(); }

void tutti_yield_processor(void) { sched_yield(); }
