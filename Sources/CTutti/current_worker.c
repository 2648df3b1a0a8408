#include "include/current_worker.h"

// A thread-local in C: a Swift global would cost a swift_once or an exclusivity check at each read.
static _Thread_local void *current_worker;

void *tutti_current_worker(void) { return current_worker; }
void tutti_set_current_worker(void *worker) { current_worker = worker; }
