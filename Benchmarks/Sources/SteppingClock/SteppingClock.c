#include <stdatomic.h>
#include <time.h>

// Each reading is 10 µs after the one before, whatever the clock. The sizes of a loop's chunks
// follow from time, and so from how fast the processor is and what else it does: by this clock they
// are the same in each run, and so is the number of instructions.
int clock_gettime(clockid_t clock, struct timespec *time) {
    static atomic_long readings = 1;
    long nanoseconds = atomic_fetch_add_explicit(&readings, 1, memory_order_relaxed) * 10000;
    (void)clock;
    time->tv_sec = nanoseconds / 1000000000;
    time->tv_nsec = nanoseconds % 1000000000;
    return 0;
}
