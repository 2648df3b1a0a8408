#define _GNU_SOURCE
#include "include/usage.h"

int tutti_getrusage(int who, struct rusage *usage) { return getrusage(who, usage); }
