#define _GNU_SOURCE
#include "include/threads.h"
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int32_t tutti_thread_id(void) { return (int32_t)syscall(SYS_gettid); }

// PR_SET_NAME cuts a long name; pthread_setname_np would refuse it.
void tutti_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
