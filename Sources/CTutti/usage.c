#define _GNU_SOURCE
#include "include/usage.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int tutti_getrusage(int who, struct rusage *usage) { return getrusage(who, usage); }

long tutti_resident_bytes(pid_t pid) {
    char text[128];
    snprintf(text, sizeof text, "/proc/%d/statm", (int)pid);
    int file = open(text, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    long size, resident;
    if (count <= 0) return 0;
    text[count] = 0;
    if (sscanf(text, "%ld %ld", &size, &resident) != 2) return 0;
    return resident * sysconf(_SC_PAGESIZE);
}
