#pragma once
#include <sys/resource.h>
#include <sys/types.h>

/// getrusage(2) by number, since glibc's `who` is an enum that Swift cannot pass portably.
int tutti_getrusage(int who, struct rusage *usage);

/// How much of a process is in memory, in bytes; 0 when that cannot be known.
long tutti_resident_bytes(pid_t pid);

/// Whether a process was stopped by a signal or a debugger; 0 when that cannot be known.
int tutti_is_stopped(pid_t pid);
