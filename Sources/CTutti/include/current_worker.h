#pragma once

/// The worker that the calling thread is, or NULL. One word a thread, set only by its own thread.
void *tutti_current_worker(void);
void tutti_set_current_worker(void *worker);
