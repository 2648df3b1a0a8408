#define _GNU_SOURCE
#include "include/trace.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

int32_t tutti_tracing;
int32_t tutti_counts_ticks;
_Thread_local struct tutti_pen tutti_own_pen __attribute__((tls_model("initial-exec")));

void tutti_set_tracing(int is_tracing) {
    __atomic_store_n(&tutti_tracing, is_tracing, __ATOMIC_RELAXED);
}

void tutti_know_name(uintptr_t key, uint16_t name) {
    unsigned place = tutti_name_place(key);
    tutti_own_pen.keys[place] = key;
    tutti_own_pen.names[place] = name;
}

// The end of a thread, and of a fork.

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_forked;

static void give_back(void *ignored) {
    (void)ignored;
    struct tutti_pen *pen = &tutti_own_pen;
    // Word 1 of a head: whether a thread holds the sheet. Releases its events to the next one.
    if (pen->head) __atomic_store_n(&pen->head[1], 0, __ATOMIC_RELEASE);
    pen->head = NULL;
}

static void leave_to_parent(void) {
    tutti_set_tracing(0);
    tutti_own_pen.head = NULL;
    is_forked = 1;
}

static void prepare(void) {
    pthread_key_create(&key, give_back);
    pthread_atfork(NULL, NULL, leave_to_parent);
}

void tutti_keep_pen(void) {
    pthread_once(&once, prepare);
    // Any value but NULL: only then is the destructor called.
    pthread_setspecific(key, &tutti_own_pen);
}

int tutti_is_forked(void) { return is_forked; }

const char *tutti_program_name(void) { return program_invocation_short_name; }

void tutti_thread_name(uint64_t *name) {
    name[0] = name[1] = 0;
    prctl(PR_GET_NAME, name);
}

// Time.

uint64_t tutti_monotonic(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

#if defined(__x86_64__)
static int kernel_trusts_counter(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(0x80000007, &a, &b, &c, &d) || !(d & 1u << 8)) return 0;
    // The kernel has checked what the processor promises, on all cores.
    FILE *file = fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "re");
    if (!file) return 0;
    char name[32] = "";
    int is_there = fgets(name, sizeof name, file) != NULL;
    fclose(file);
    return is_there && strcmp(name, "tsc\n") == 0;
}
#endif

static pthread_once_t choice = PTHREAD_ONCE_INIT;

static void choose(void) {
#if defined(__x86_64__)
    tutti_counts_ticks = kernel_trusts_counter();
#elif defined(__aarch64__)
    // Of the architecture: one rate for all cores, always running.
    tutti_counts_ticks = 1;
#endif
}

int tutti_choose_ticks(void) {
    pthread_once(&choice, choose);
    return tutti_counts_ticks;
}

void tutti_read_clocks(uint64_t *ticks, uint64_t *nanoseconds) {
    uint64_t best = UINT64_MAX;
    // Of several attempts the quickest: nothing came between its readings.
    for (int i = 0; i < 8; i++) {
        uint64_t before = tutti_ticks(), time = tutti_monotonic(), after = tutti_ticks();
        if (after - before >= best) continue;
        best = after - before;
        *ticks = tutti_counts_ticks ? before + best / 2 : time;
        *nanoseconds = time;
    }
}

// Memory.

void *tutti_trace_memory(size_t size) {
    void *start =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

void tutti_trace_discard(void *start, size_t size) { madvise(start, size, MADV_DONTNEED); }

int tutti_trace_file(const char *path, size_t size) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0) return -errno;
    int error = posix_fallocate(descriptor, 0, (off_t)size);
    if (!error) return descriptor;
    close(descriptor);
    unlink(path);
    return -error;
}

const char *tutti_trace_place(void) {
    const char *place = secure_getenv(TUTTI_TRACE);
    return place && *place ? place : NULL;
}
