#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// What each event of a trace costs, in the caller's code; see Tracing.md of the engine.

/// Whether anybody traces. Written by the tracer, read by all.
extern int32_t tutti_tracing;

static inline int tutti_is_tracing(void) {
    return __builtin_expect(__atomic_load_n(&tutti_tracing, __ATOMIC_RELAXED), 0);
}

void tutti_set_tracing(int is_tracing);

/// Types and literals whose names a thread remembers.
#define TUTTI_PEN_NAMES 16

/// What a thread writes its events with: its own, and used by nobody else.
struct tutti_pen {
    /// The head and the events of the sheet that it holds; NULL for none.
    uint64_t *_Nullable head, *_Nullable events;
    /// What the head says: the sheet's turn, and how many events it has.
    uint64_t state;
    uintptr_t keys[TUTTI_PEN_NAMES];
    uint16_t names[TUTTI_PEN_NAMES];
};

/// `initial-exec`, as for the current worker: a load instead of a call.
extern _Thread_local struct tutti_pen tutti_own_pen __attribute__((tls_model("initial-exec")));

static inline struct tutti_pen *tutti_current_pen(void) { return &tutti_own_pen; }

static inline unsigned tutti_name_place(uintptr_t key) {
    return (unsigned)((key >> 4 ^ key >> 9) % TUTTI_PEN_NAMES);
}

/// The number of a name that the thread remembers; 0 if it does not.
static inline uint16_t tutti_known_name(uintptr_t key) {
    unsigned place = tutti_name_place(key);
    return tutti_own_pen.keys[place] == key ? tutti_own_pen.names[place] : 0;
}

/// Remembers the number of a name.
void tutti_know_name(uintptr_t key, uint16_t name);

/// Has the sheet given back when the calling thread ends.
void tutti_keep_pen(void);

/// Whether this process was forked off one that had traced: it shares the memory, and must not write.
int tutti_is_forked(void);

/// The name of the program, without its folder.
const char *tutti_program_name(void);

/// The name of the calling thread, 16 bytes with zeros at the end.
void tutti_thread_name(uint64_t *name);

/// Whether ticks are the processor's counter, and not nanoseconds; see `tutti_choose_ticks`.
extern int32_t tutti_counts_ticks;

/// Nanoseconds of CLOCK_MONOTONIC.
uint64_t tutti_monotonic(void);

/// The time in ticks: the counter costs a third of the clock.
static inline uint64_t tutti_ticks(void) {
#if defined(__x86_64__)
    if (__builtin_expect(tutti_counts_ticks, 1)) return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    if (__builtin_expect(tutti_counts_ticks, 1)) {
        uint64_t count;
        __asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
        return count;
    }
#endif
    return tutti_monotonic();
}

/// Finds out what ticks are in this machine, for all its processes alike; before the first tick.
/// The counter only where the kernel keeps time by it: then it runs evenly, and alike on all cores.
/// Returns whether it is the counter.
int tutti_choose_ticks(void);

/// Ticks and clock at one moment, as nearly as can be.
void tutti_read_clocks(uint64_t *ticks, uint64_t *nanoseconds);

/// Memory of this process alone; NULL and errno. Costs nothing where it is not touched.
void *_Nullable tutti_trace_memory(size_t size);

/// Gives the memory back to the system; it reads as zero from then on.
void tutti_trace_discard(void *start, size_t size);

/// Makes a file whose blocks are there, so that writing to its mapping cannot fail later.
/// Returns its descriptor, closed on exec, or -errno.
int tutti_trace_file(const char *path, size_t size);

/// The environment variable that has a whole program traced.
#define TUTTI_TRACE "TUTTI_TRACE"

/// Its value, unless this program has rights that whoever started it has not; NULL.
const char *_Nullable tutti_trace_place(void);

#pragma clang assume_nonnull end
