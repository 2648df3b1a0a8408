#pragma once
#include <sys/resource.h>

/// getrusage(2) by number, since glibc's `who` is an enum that Swift cannot pass portably.
int tutti_getrusage(int who, struct rusage *usage);
