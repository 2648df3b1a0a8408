#define _GNU_SOURCE
#include "include/usage.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int tutti_getrusage(int who, struct rusage *usage) { return getrusage(who, usage); }

int tutti_is_stopped(pid_t pid) {
    char text[512];
    snprintf(text, sizeof text, "/proc/%d/stat", (int)pid);
    int file = open(text, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    // The state follows the name, which may hold anything.
    const char *name_end = strrchr(text, ')');
    return name_end && (name_end[2] == 'T' || name_end[2] == 't');
}

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
