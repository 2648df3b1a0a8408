#pragma once

/// The worker that the calling thread is, or NULL: one word a thread, written by its own thread.
///
/// `initial-exec`: a load from the thread's own block, also in code that is inlined elsewhere. The
/// other models call a function in a shared library; a Swift global costs a swift_once or an
/// exclusivity check at each read.
extern _Thread_local void *tutti_worker __attribute__((tls_model("initial-exec")));

static inline void *tutti_current_worker(void) { return tutti_worker; }
static inline void tutti_set_current_worker(void *worker) { tutti_worker = worker; }
