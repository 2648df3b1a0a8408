#pragma once
#include <stdint.h>

/// Sleeps until the word holds a token, then takes it. `timeout_ns` < 0 waits for ever.
/// Returns 1 when it took a token, 0 when the time was up.
int tutti_park(int32_t *word, int64_t timeout_ns);

/// Leaves a token (there is at most one) and wakes the sleeper.
void tutti_unpark(int32_t *word);

/// Tells the processor that this is a spin loop.
static inline void tutti_spin_hint(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory");
#else
    __asm__ volatile("" ::: "memory");
#endif
}
