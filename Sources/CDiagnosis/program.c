#define _GNU_SOURCE
#include "CDiagnosis.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/// The signals that were blocked when this process began: a program is started with these, and not
/// with what the thread blocks that happens to start it.
static sigset_t first_mask;

/// Signals that a program must find as this process found them, and that are handled meanwhile.
static const int handled[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};
enum { HANDLED = sizeof handled / sizeof *handled };
static struct sigaction first_actions[HANDLED];

__attribute__((constructor)) static void keep_first_state(void) {
    pthread_sigmask(SIG_SETMASK, NULL, &first_mask);
    for (int i = 0; i < HANDLED; i++) sigaction(handled[i], NULL, &first_actions[i]);
}

int diagnosis_start(char *const arguments[], pid_t *process, int *gate, const char **failed) {
    int ends[2];
    *failed = "socketpair";
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return errno;
    *failed = "fork";
    sigset_t all, before;
    sigfillset(&all);
    // No signal between fork and exec may run a handler of this program in the child.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0) {
        // Only calls that are safe after a fork of a program with threads.
        char byte;
        if (read(ends[1], &byte, 1) != 1) _exit(127);
        // exec keeps what is ignored; a recording in another thread may have that just now.
        for (int i = 0; i < HANDLED; i++) sigaction(handled[i], &first_actions[i], NULL);
        pthread_sigmask(SIG_SETMASK, &first_mask, NULL);
        execvp(arguments[0], arguments);
        int error = errno;
        (void)!write(ends[1], &error, sizeof error);
        _exit(error == ENOENT ? 127 : 126);
    }
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return error;
    }
    *process = child;
    *gate = ends[0];
    return 0;
}

int diagnosis_release(int gate) {
    int error = 0;
    // MSG_NOSIGNAL: the child may be dead.
    if (send(gate, "x", 1, MSG_NOSIGNAL) == 1) {
        // Ends without a byte when exec closes the other end.
        ssize_t count;
        while ((count = read(gate, &error, sizeof error)) < 0 && errno == EINTR) {}
        if (count != sizeof error) error = 0;
    }
    close(gate);
    return error;
}

int diagnosis_open_process(pid_t process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int diagnosis_has_ended(pid_t process) {
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT)) return errno == ECHILD;
    return info.si_pid == process;
}

int diagnosis_bury(pid_t process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {}
    return status;
}

// Written before the handlers are set, read by them.
static volatile sig_atomic_t heir;
static volatile sig_atomic_t noted;

static void pass(int number) {
    int error = errno;
    if (heir > 0) kill((pid_t)heir, number);
    errno = error;
}

static void note(int number) {
    noted = number;
    signal(number, SIG_DFL);  // the next one ends this program
}

void diagnosis_pass_signals_to(pid_t process) {
    static struct sigaction before[HANDLED];
    static int is_passing;
    heir = process;
    if (!is_passing == !process) return;
    is_passing = process != 0;
    for (int i = 0; i < HANDLED; i++) {
        if (!process) {
            sigaction(handled[i], &before[i], NULL);
            continue;
        }
        sigaction(handled[i], NULL, &before[i]);
        // What whoever started this program had it ignore, such as nohup(1), stays ignored.
        if (before[i].sa_handler == SIG_IGN) continue;
        int is_from_terminal = handled[i] == SIGINT || handled[i] == SIGQUIT;
        struct sigaction action = {
            .sa_handler = is_from_terminal ? SIG_IGN : pass, .sa_flags = SA_RESTART};
        sigaction(handled[i], &action, NULL);
    }
}

void diagnosis_note_interrupt(void) {
    struct sigaction action = {.sa_handler = note};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int diagnosis_interrupt(void) { return noted; }

void diagnosis_end_by(int number) {
    // The program has left its core file, if it leaves one; this process adds none.
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(number, SIG_DFL);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    kill(getpid(), number);
}

ssize_t diagnosis_peek(pid_t process, uint64_t address, void *bytes, size_t count) {
    struct iovec here = {bytes, count}, there = {(void *)(uintptr_t)address, count};
    return process_vm_readv(process, &here, 1, &there, 1, 0);
}

uint64_t diagnosis_own_processor_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}
