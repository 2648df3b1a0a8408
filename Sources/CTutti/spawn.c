#define _GNU_SOURCE
#include "include/processes.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define CHILD_STACK (64 * 1024)

struct start {
    const char *path;
    char *const *arguments, *const *environment;
    int wire;
    pid_t parent;
    // Written by the child, in the memory that it shares with us until exec.
    int error;
    const char *call;
};

static _Noreturn void give_up(struct start *start, const char *call) {
    start->error = errno ? errno : EINVAL;
    start->call = call;
    _exit(127);
}

// Runs in the parent's memory while the parent's thread is suspended: system calls only.
static int child(void *argument) {
    struct start *start = argument;
    // A handler would run in the parent's memory; an ignored signal would stay ignored after exec.
    struct sigaction plain = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &plain, NULL);

    // The death signal is that of the thread that spawned: a keeper lives as long as its worker.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) give_up(start, "prctl");
    if (getppid() != start->parent) _exit(127);
    // A group of its own: killing the group also kills the commands that a job started, and the
    // terminal's Ctrl-C goes to the parent alone.
    if (setpgid(0, 0) < 0) give_up(start, "setpgid");

    if (start->wire == TUTTI_WIRE) {
        if (fcntl(TUTTI_WIRE, F_SETFD, 0) < 0) give_up(start, "fcntl");
    } else if (dup2(start->wire, TUTTI_WIRE) < 0) {
        give_up(start, "dup2");
    }
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) give_up(start, "open /dev/null");
    for (int number = 0; number <= 2; number++) {
        // In a program without standard output the wire itself may have that number.
        if (number != 0 && number != start->wire) continue;
        if (null == number) fcntl(number, F_SETFD, 0);
        else if (dup2(null, number) < 0) give_up(start, "dup2");
    }
    if (close_range(TUTTI_WIRE + 1, ~0U, 0) < 0) give_up(start, "close_range");

    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(start->path, start->arguments, start->environment);
    give_up(start, "execve");
}

static int begins_with(const char *variable, const char *name) {
    size_t length = strlen(name);
    return strncmp(variable, name, length) == 0 && variable[length] == '=';
}

// This process's environment with the mark, and without Swift's backtraces unless they were asked
// for: they cost 60 to 120 ms at each death. To be freed.
static char **worker_environment(const char *mark) {
    size_t count = 0, kept = 0;
    int backtrace = 0;
    while (environ && environ[count]) count++;
    char **copy = malloc((count + 3) * sizeof *copy);
    if (!copy) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (begins_with(environ[i], TUTTI_MARK)) continue;
        if (begins_with(environ[i], "SWIFT_BACKTRACE")) backtrace = 1;
        copy[kept++] = environ[i];
    }
    copy[kept++] = (char *)mark;
    if (!backtrace) copy[kept++] = "SWIFT_BACKTRACE=enable=no";
    copy[kept] = NULL;
    return copy;
}

int tutti_spawn_worker(const char *path, const char *mark, int wire,
                       pid_t *pid, int *pidfd, const char **failed) {
    char *arguments[] = {program_invocation_name, NULL};
    struct start start = {.path = path, .arguments = arguments, .wire = wire, .parent = getpid()};
    char **environment = worker_environment(mark);
    *failed = "malloc";
    if (!environment) return ENOMEM;
    start.environment = environment;

    // A stack of its own, since vfork's sharing of the caller's is undefined in C. The first page
    // stays closed as a guard.
    *failed = "mmap";
    char *stack = mmap(NULL, CHILD_STACK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    long page = sysconf(_SC_PAGESIZE);
    if (stack == MAP_FAILED || mprotect(stack + page, CHILD_STACK - page, PROT_READ | PROT_WRITE)) {
        int error = errno;
        if (stack != MAP_FAILED) munmap(stack, CHILD_STACK);
        free(environment);
        return error;
    }

    // No signal may reach the child while its handlers are the parent's.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    *failed = "clone";
    int descriptor = -1;
    pid_t child_pid = clone(child, stack + CHILD_STACK,
                            CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &start, &descriptor);
    int error = child_pid < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    munmap(stack, CHILD_STACK);
    free(environment);
    if (error) return error;

    if (start.error) {
        int code, status;
        struct rusage usage;
        tutti_bury_worker(descriptor, &code, &status, &usage);
        close(descriptor);
        *failed = start.call;
        return start.error;
    }
    *pid = child_pid;
    *pidfd = descriptor;
    return 0;
}

void tutti_kill_worker(pid_t pid, int pidfd) {
    // Through the pidfd first: a job may have moved the worker to another group. When the worker
    // was buried by other code of this program, its number may be somebody else's by now.
    if (syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0) < 0 && errno == ESRCH) return;
    kill(-pid, SIGKILL);
}

int tutti_bury_worker(int pidfd, int *code, int *status, struct rusage *usage) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    // The raw call has a fifth argument that the wrapper of the C library hides: the usage.
    while (syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED, usage) < 0)
        if (errno != EINTR) return errno;
    *code = info.si_code;
    *status = info.si_status;
    return 0;
}

int tutti_wait_ready(int first, int second, int timeout_ms) {
    // poll skips descriptors below zero.
    struct pollfd both[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    if (poll(both, 2, timeout_ms) <= 0) return 0;
    return (both[0].revents ? 1 : 0) | (both[1].revents ? 2 : 0);
}

void tutti_wait_hangup(int socket) {
    struct pollfd one = {.fd = socket, .events = POLLRDHUP};
    while (poll(&one, 1, -1) <= 0) {}
}

int tutti_send_all(int socket, const void *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = send(socket, bytes, count, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) continue;
            return errno;
        }
        bytes = (const char *)bytes + sent;
        count -= (size_t)sent;
    }
    return 0;
}

ssize_t tutti_receive(int socket, void *bytes, size_t count) {
    ssize_t received;
    do received = recv(socket, bytes, count, 0);
    while (received < 0 && errno == EINTR);
    return received < 0 ? -errno : received;
}

int tutti_socket_pair(int pair[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ? errno : 0;
}

void tutti_close_on_exec(int descriptor) { fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

void tutti_leave(int status) { _exit(status); }
