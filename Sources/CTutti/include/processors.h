#pragma once

/// The number of processors that the calling thread may run on, or -1 and errno.
int tutti_affinity_count(void);

/// The processor that the calling thread is on, at least until it is moved; -1 if unknown.
int tutti_current_processor(void);

/// Lets another thread run that waits for this processor, sched_yield(2); returns at once if none does.
void tutti_yield_processor(void);
