#define _GNU_SOURCE
#include "include/parker.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// One word: 0 = empty, 1 = a token waits, -1 = its owner sleeps.
// Only the owner parks; anybody may unpark. The protocol is that of Rust's standard library.

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int tutti_park(int32_t *word, int64_t timeout_ns) {
    // 1 → 0 takes the token; 0 → -1 announces the sleeper.
    if (__atomic_fetch_sub(word, 1, __ATOMIC_ACQUIRE) == 1) return 1;
    int64_t deadline = timeout_ns < 0 ? 0 : now_ns() + timeout_ns;
    for (;;) {
        struct timespec left, *limit = 0;
        if (timeout_ns >= 0) {
            int64_t ns = deadline - now_ns();
            if (ns <= 0) break;
            left.tv_sec = ns / 1000000000;
            left.tv_nsec = ns % 1000000000;
            limit = &left;
        }
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, -1, limit, 0, 0);
        int32_t token = 1;
        if (__atomic_compare_exchange_n(word, &token, 0, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            return 1;
    }
    // Time is up; a token that came at the last moment is taken, not lost.
    return __atomic_exchange_n(word, 0, __ATOMIC_ACQUIRE) == 1;
}

void tutti_unpark(int32_t *word) {
    if (__atomic_exchange_n(word, 1, __ATOMIC_RELEASE) == -1)
        syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
}
