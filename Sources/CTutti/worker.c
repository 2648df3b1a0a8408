#define _GNU_SOURCE
#include "include/processes.h"
#include "include/trace.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

// A worker is this same executable, started again with the mark in its environment. The wrapper
// below swaps `main`, so that a worker serves after every initialiser has run and before any
// line of the program. A constructor would be too early: with the static standard library it runs
// before the initialisers of the Swift runtime.

// The serving side, in WorkerMain.swift. Weak: CTutti does not depend on Tutti.
extern void tutti_worker_main(void) __attribute__((weak));
// Has the whole program traced, in TracedProgram.swift.
extern void tutti_trace_main(void) __attribute__((weak));

typedef int (*main_function)(int, char **, char **);

// Written before `main` by the only thread there is; read by all after.
static main_function program_main;
static int depth;

int tutti_worker_depth(void) { return depth; }
int tutti_hook_ran(void) { return program_main != NULL; }
int tutti_bears_mark(void) { return getenv(TUTTI_MARK) != NULL; }

static int wire_is_there(void) {
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(TUTTI_WIRE, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

static int serve_or_run(int argc, char **argv, char **envp) {
    const char *mark = getenv(TUTTI_MARK);
    int marked = mark ? atoi(mark) : 0;
    // A mark without a wire is nobody's worker: the program runs, and its pools refuse to.
    if (marked > 0 && wire_is_there()) {
        depth = marked;
        // From here on the children of this process are ordinary commands. Without this line each
        // of them that uses Tutti would be a worker as well.
        unsetenv(TUTTI_MARK);
        // Whatever it is: lines of different workers would meet within blocks of 4096 bytes, and
        // what a job printed would be lost in its crash.
        setlinebuf(stdout);
        if (tutti_worker_main) tutti_worker_main();
        static const char sentence[] = "Tutti: a worker was started, but its code is not linked.\n";
        if (write(2, sentence, sizeof sentence - 1)) {}
        _exit(70);
    }
    if (tutti_trace_place() && tutti_trace_main) tutti_trace_main();
    return program_main(argc, argv, envp);
}

typedef int (*start_function)(main_function, int, char **, void (*)(void), void (*)(void),
                              void (*)(void), void *);

// Called by the start-up code of every executable (crt1.o), on all architectures of glibc with
// these arguments. Weak, so that a program that wraps it too still links.
__attribute__((weak, visibility("default")))
int __libc_start_main(main_function main, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end) {
    start_function real = (start_function)dlsym(RTLD_NEXT, "__libc_start_main");
    if (!real) {
        static const char sentence[] =
            "Tutti: no dynamic C library. Link with --static-swift-stdlib, not -static-executable.\n";
        if (write(2, sentence, sizeof sentence - 1)) {}
        _exit(70);
    }
    program_main = main;
    return real(serve_or_run, argc, argv, init, fini, rtld_fini, stack_end);
}
