#define _GNU_SOURCE
#include "environment.h"
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
#include <time.h>
#include <unistd.h>

#define CHILD_STACK (64 * 1024)

struct start {
    const char *path;
    char *const *arguments, *const *environment;
    const char *directory;
    const struct tutti_worker *worker;
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

// The descriptor under a number that is none of the worker's own.
static int move_up(struct start *start, int descriptor) {
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, TUTTI_WIRE + 1);
    if (moved < 0) give_up(start, "fcntl(F_DUPFD_CLOEXEC)");
    return moved;
}

// Nothing to read on 0, output on 1, errors on 2, the wire on 3, and nothing else.
static void set_descriptors(struct start *start) {
    const struct tutti_worker *worker = start->worker;
    int sources[TUTTI_WIRE + 1] = {-1, worker->output, worker->error, worker->wire};
    int is_empty[TUTTI_WIRE + 1] = {1};
    for (int number = 1; number <= TUTTI_WIRE; number++) {
        // A program without a stream may have any file under its number by now. One that is
        // closed on exec is no stream, our pipes and wires among them.
        int flags = fcntl(number, F_GETFD);
        is_empty[number] = sources[number] == TUTTI_NOWHERE
            || (sources[number] < 0 && (flags < 0 || flags & FD_CLOEXEC));
    }
    for (int number = 1; number <= TUTTI_WIRE; number++)
        if (sources[number] >= 0) sources[number] = move_up(start, sources[number]);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) give_up(start, "open /dev/null");
    null = move_up(start, null);
    for (int number = 0; number <= TUTTI_WIRE; number++) {
        int source = is_empty[number] ? null : sources[number];
        if (source >= 0 && dup2(source, number) < 0) give_up(start, "dup2");
    }
    if (close_range(TUTTI_WIRE + 1, ~0U, 0) < 0) give_up(start, "close_range");
}

static rlim_t smaller(rlim_t one, rlim_t other) { return one < other ? one : other; }

// A limit that the program itself has and that is lower stays.
static void set_limit(struct start *start, int resource, rlim_t soft, rlim_t hard,
                      const char *call) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) give_up(start, call);
    limit.rlim_max = smaller(limit.rlim_max, hard);
    limit.rlim_cur = smaller(smaller(limit.rlim_cur, soft), limit.rlim_max);
    if (setrlimit(resource, &limit) < 0) give_up(start, call);
}

static void set_limits(struct start *start) {
    const struct tutti_worker *worker = start->worker;
    errno = 0;
    // The new niceness may be -1, when the program's is below zero.
    if (worker->niceness && nice(worker->niceness) == -1 && errno) give_up(start, "nice");
    // SIGXCPU first, which a job can catch to end in its own way; SIGKILL a second later.
    if (worker->seconds)
        set_limit(start, RLIMIT_CPU, worker->seconds, worker->seconds + 1, "setrlimit(RLIMIT_CPU)");
    if (worker->memory)
        set_limit(start, RLIMIT_AS, worker->memory, worker->memory, "setrlimit(RLIMIT_AS)");
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

    set_descriptors(start);
    if (start->directory && chdir(start->directory) < 0) give_up(start, "chdir");
    set_limits(start);

    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(start->path, start->arguments, start->environment);
    give_up(start, "execve");
}

int tutti_spawn_worker(const char *path, const char *mark, const char *changes,
                       const char *directory, const struct tutti_worker *worker, pid_t *pid, int *pidfd,
                       const char **failed) {
    char *arguments[] = {program_invocation_name, NULL};
    struct start start = {
        .path = path, .arguments = arguments, .directory = directory, .worker = worker,
        .parent = getpid()};
    char **environment = tutti_worker_environment(mark, changes);
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

static void signal_worker(pid_t pid, int pidfd, int number) {
    // Through the pidfd first: a job may have moved the worker to another group. When the worker
    // was buried by other code of this program, its number may be somebody else's by now.
    if (syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0) < 0 && errno == ESRCH) return;
    kill(-pid, number);
}

void tutti_terminate_worker(pid_t pid, int pidfd) { signal_worker(pid, pidfd, SIGTERM); }

void tutti_kill_worker(pid_t pid, int pidfd) { signal_worker(pid, pidfd, SIGKILL); }

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

int tutti_look(int socket, uint64_t nanoseconds) {
    struct pollfd one = {.fd = socket, .events = POLLIN};
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        if (poll(&one, 1, 0) > 0) return 1;
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((uint64_t)(now.tv_sec - start.tv_sec) * 1000000000 + (uint64_t)now.tv_nsec
             < nanoseconds + (uint64_t)start.tv_nsec);
    return 0;
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

int tutti_socket_pair(int pair[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ? errno : 0;
}

void tutti_close_on_exec(int descriptor) { fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

void tutti_leave(int status) { _exit(status); }
