#define _GNU_SOURCE
#include "include/output.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

int tutti_pipe(int pair[2]) {
    if (pipe2(pair, O_CLOEXEC) < 0) return errno;
    // Of this end alone: a worker whose pipe is full has to wait.
    if (fcntl(pair[0], F_SETFL, O_NONBLOCK) == 0) return 0;
    int error = errno;
    close(pair[0]);
    close(pair[1]);
    return error;
}

size_t tutti_unread(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) < 0 ? 0 : (size_t)count;
}

ssize_t tutti_read(int descriptor, void *bytes, size_t count) {
    ssize_t got;
    do got = read(descriptor, bytes, count);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

static int write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written >= 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (errno == EAGAIN) {
            // Somebody made the program's stream one that does not block.
            struct pollfd one = {.fd = descriptor, .events = POLLOUT};
            poll(&one, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

int tutti_write_stream(int descriptor, const void *bytes, size_t count) {
    // A program without the stream may have any file under its number by now, our wires among them.
    // One that is closed on exec is no stream.
    int flags = fcntl(descriptor, F_GETFD);
    if (flags < 0 || flags & FD_CLOEXEC) return EBADF;
    // MSG_NOSIGNAL exists for sockets only. The signal goes to the thread that writes, where it is
    // blocked, and is taken away again unless it was pending before.
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    sigpending(&pending);
    int error = write_all(descriptor, bytes, count);
    if (error == EPIPE && !sigismember(&pending, SIGPIPE)) {
        struct timespec now = {0};
        while (sigtimedwait(&pipe, NULL, &now) < 0 && errno == EINTR) {}
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

int tutti_poller(void) { return epoll_create1(EPOLL_CLOEXEC); }

int tutti_poller_add(int poller, int descriptor, uint64_t name) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = name};
    return epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) < 0 ? errno : 0;
}

void tutti_poller_remove(int poller, int descriptor) {
    epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, NULL);
}

int tutti_poller_wait(int poller, uint64_t *names, int count) {
    struct epoll_event events[16];
    int ready;
    do ready = epoll_wait(poller, events, count < 16 ? count : 16, -1);
    while (ready < 0 && errno == EINTR);
    for (int i = 0; i < ready; i++) names[i] = events[i].data.u64;
    return ready;
}
