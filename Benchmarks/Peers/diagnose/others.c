// Programs that wait through epoll and io_uring. Usage: others NAME [PORT].
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int port;

static void must(int holds, const char *what) {
    if (holds) return;
    perror(what);
    exit(1);
}

/// A connection to the server that has been asked.
static int asked(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    must(socket_ >= 0, "socket");
    must(!connect(socket_, (struct sockaddr *)&address, sizeof address), "connect");
    must(write(socket_, "?", 1) == 1, "write");
    return socket_;
}

static int watch(int epoll, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    must(!epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
    return descriptor;
}

/// Waits for as many answers and closes their connections.
static void await(int epoll, int count) {
    while (count > 0) {
        struct epoll_event events[32];
        int ready = epoll_wait(epoll, events, 32, -1);
        for (int i = 0; i < ready; i++) {
            char bytes[8];  // a timer has eight
            must(read(events[i].data.fd, bytes, 8) > 0, "read");
            close(events[i].data.fd);
        }
        count -= ready;
    }
}

/// Asks 20 at once, six times.
static void epoll(void) {
    int epoll = epoll_create1(0);
    for (int round = 0; round < 6; round++) {
        for (int i = 0; i < 20; i++) watch(epoll, asked());
        await(epoll, 20);
    }
}

/// Listens at eight ports while it asks one after the other.
static void listeners(void) {
    int epoll = epoll_create1(0);
    for (int i = 0; i < 8; i++) {
        int socket_ = socket(AF_INET, SOCK_STREAM, 0);
        must(!listen(socket_, 8), "listen");
        watch(epoll, socket_);
    }
    for (int i = 0; i < 12; i++) {
        watch(epoll, asked());
        await(epoll, 1);
    }
}

/// Twenty timers of 300 to 680 ms in one epoll.
static void timers(void) {
    int epoll = epoll_create1(0);
    for (int i = 0; i < 20; i++) {
        struct itimerspec time = {.it_value.tv_nsec = 300000000 + i * 20000000};
        int timer = timerfd_create(CLOCK_MONOTONIC, 0);
        must(!timerfd_settime(timer, 0, &time, NULL), "timerfd_settime");
        watch(epoll, timer);
    }
    await(epoll, 20);
}

/// Asks `count` times through io_uring, `at_once` of them under way.
static void uring(int count, int at_once) {
    struct io_uring_params parameters = {0};
    int ring = (int)syscall(SYS_io_uring_setup, 64, &parameters);
    must(ring >= 0, "io_uring_setup");
    size_t size = parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe);
    char *rings = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
    must(rings != MAP_FAILED, "mmap");
    struct io_uring_sqe *entries = mmap(NULL, parameters.sq_entries * sizeof *entries,
        PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
    must(entries != MAP_FAILED, "mmap");
    unsigned *tail = (unsigned *)(rings + parameters.sq_off.tail);
    unsigned *places = (unsigned *)(rings + parameters.sq_off.array);
    unsigned mask = *(unsigned *)(rings + parameters.sq_off.ring_mask);
    unsigned *head = (unsigned *)(rings + parameters.cq_off.head);
    unsigned *end = (unsigned *)(rings + parameters.cq_off.tail);
    static char bytes[64];
    int sockets[64];
    for (int done = 0; done < count; done += at_once) {
        for (int i = 0; i < at_once; i++) {
            unsigned place = *tail & mask;
            sockets[i] = asked();
            entries[place] = (struct io_uring_sqe){
                .opcode = IORING_OP_RECV, .fd = sockets[i], .addr = (unsigned long)&bytes[i],
                .len = 1};
            places[place] = place;
            __atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
        }
        long entered = syscall(SYS_io_uring_enter, ring, at_once, at_once, IORING_ENTER_GETEVENTS,
                               NULL, 0);
        must(entered == at_once, "io_uring_enter");
        must(__atomic_load_n(end, __ATOMIC_ACQUIRE) - *head == (unsigned)at_once, "answers");
        __atomic_store_n(head, *head + (unsigned)at_once, __ATOMIC_RELEASE);
        for (int i = 0; i < at_once; i++) close(sockets[i]);
    }
}

int main(int count, char **words) {
    const char *name = count > 1 ? words[1] : "";
    port = count > 2 ? atoi(words[2]) : 0;
    if (!strcmp(name, "epoll")) {
        epoll();
    } else if (!strcmp(name, "listeners")) {
        listeners();
    } else if (!strcmp(name, "timers")) {
        timers();
    } else if (!strcmp(name, "uring")) {
        uring(16, 1);
    } else if (!strcmp(name, "uring-16")) {
        uring(16, 16);
    } else {
        fprintf(stderr, "no program '%s'\n", name);
        return 2;
    }
    return 0;
}
