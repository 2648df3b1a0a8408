#define _GNU_SOURCE
#include "include/eventfd.h"
#include <sys/eventfd.h>

int tutti_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
