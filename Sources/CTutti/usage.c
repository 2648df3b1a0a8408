#define _GNU_SOURCE
#include "include/usage.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int tutti_getrusage(int who, struct rusage *usage) { return getrusage(who, usage); }

// The beginning of a file of a process in /proc, ended by a zero; empty when it cannot be read.
static void read_file(pid_t pid, const char *name, char *text, size_t size) {
    char path[64];
    text[0] = 0;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t count = read(file, text, size - 1);
    close(file);
    text[count > 0 ? count : 0] = 0;
}

int tutti_is_stopped(pid_t pid) {
    char text[512];
    read_file(pid, "stat", text, sizeof text);
    // The state follows the name, which may hold anything.
    const char *name_end = strrchr(text, ')');
    return name_end && (name_end[2] == 'T' || name_end[2] == 't');
}

long tutti_resident_bytes(pid_t pid) {
    char text[128];
    read_file(pid, "statm", text, sizeof text);
    long size, resident;
    return sscanf(text, "%ld %ld", &size, &resident) == 2 ? resident * sysconf(_SC_PAGESIZE) : 0;
}
