#define _GNU_SOURCE
#include "include/shared.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

// Not in the headers of older C libraries.
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

// Memory that shrinks under a mapping gives SIGBUS to whoever looks at it.
#define FIXED_SIZE (F_SEAL_SHRINK | F_SEAL_GROW)

int tutti_shared_create(const char *name, size_t size, const char **failed) {
    *failed = "memfd_create";
    int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
    // Linux before 6.3 does not know the flag that keeps the memory from being executed.
    if (descriptor < 0 && errno == EINVAL)
        descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) return -errno;
    *failed = "ftruncate";
    if (ftruncate(descriptor, (off_t)size) == 0) {
        *failed = "fcntl";
        if (fcntl(descriptor, F_ADD_SEALS, FIXED_SIZE | F_SEAL_SEAL) == 0) return descriptor;
    }
    int error = errno;
    close(descriptor);
    return -error;
}

int tutti_shared_identify(int descriptor, uint64_t *device, uint64_t *inode, size_t *size) {
    int seals = fcntl(descriptor, F_GET_SEALS);
    if (seals < 0) return errno;
    if ((seals & FIXED_SIZE) != FIXED_SIZE) return EINVAL;
    struct stat facts;
    if (fstat(descriptor, &facts) < 0) return errno;
    *device = facts.st_dev;
    *inode = facts.st_ino;
    *size = (size_t)facts.st_size;
    return 0;
}

void *tutti_shared_map(int descriptor, size_t size, int writable) {
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *start = mmap(NULL, size, protection, MAP_SHARED, descriptor, 0);
    return start == MAP_FAILED ? NULL : start;
}

void tutti_shared_unmap(void *start, size_t size) { munmap(start, size); }

int tutti_send_with(int socket, const void *bytes, size_t count,
                    const int *descriptors, size_t descriptor_count) {
    union {
        char bytes[CMSG_SPACE(TUTTI_MESSAGE_DESCRIPTORS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    while (count > 0) {
        size_t some = descriptor_count;
        if (some > TUTTI_MESSAGE_DESCRIPTORS) some = TUTTI_MESSAGE_DESCRIPTORS;
        // What does not fit beside the first byte goes beside the next ones.
        struct iovec part = {(void *)bytes, some < descriptor_count ? 1 : count};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        if (some > 0) {
            memset(&control, 0, sizeof control);
            message.msg_control = control.bytes;
            message.msg_controllen = CMSG_SPACE(some * sizeof(int));
            struct cmsghdr *head = CMSG_FIRSTHDR(&message);
            head->cmsg_level = SOL_SOCKET;
            head->cmsg_type = SCM_RIGHTS;
            head->cmsg_len = CMSG_LEN(some * sizeof(int));
            memcpy(CMSG_DATA(head), descriptors, some * sizeof(int));
        }
        ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) continue;
            return errno;
        }
        bytes = (const char *)bytes + sent;
        count -= (size_t)sent;
        descriptors += some;
        descriptor_count -= some;
    }
    return 0;
}

ssize_t tutti_receive_with(int socket, void *bytes, size_t count,
                           int *descriptors, size_t *descriptor_count, int *lost) {
    union {
        char bytes[CMSG_SPACE(TUTTI_MESSAGE_DESCRIPTORS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec part = {bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1,
                             .msg_control = control.bytes, .msg_controllen = sizeof control};
    *descriptor_count = 0;
    *lost = 0;
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    // A read ends behind the first bytes that carry descriptors: there is one list at most.
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        size_t size = head->cmsg_len - CMSG_LEN(0);
        memcpy(descriptors, CMSG_DATA(head), size);
        *descriptor_count = size / sizeof(int);
    }
    *lost = (message.msg_flags & MSG_CTRUNC) != 0;
    return received;
}
