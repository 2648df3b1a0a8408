#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Memory that several processes share, and descriptors that travel between them (shared.c).

/// The most descriptors that one message can carry (SCM_MAX_FD of the kernel).
#define TUTTI_MESSAGE_DESCRIPTORS 253

/// Makes anonymous memory of exactly `size` bytes, zeros, which can never change its size.
/// `name` is what /proc shows. Returns its descriptor, closed on exec, or -errno; `*failed` names the call.
int tutti_shared_create(const char *name, size_t size, const char **failed);

/// What tells one piece of shared memory from all others of this machine, and its size.
/// Returns 0, or errno: EINVAL when it is no memory whose size is fixed.
int tutti_shared_identify(int descriptor, uint64_t *device, uint64_t *inode, size_t *size);

/// Maps all of it; NULL and errno when it fails.
void *tutti_shared_map(int descriptor, size_t size, int writable);

/// Takes a mapping away.
void tutti_shared_unmap(void *start, size_t size);

/// Sends all of `bytes`, with descriptors beside the first of them; 0 or errno.
/// There must be at least one byte for each 253 descriptors.
int tutti_send_with(int socket, const void *bytes, size_t count,
                    const int *descriptors, size_t descriptor_count);

/// Receives what is there, at most `count` bytes: their number, 0 at the end, -errno.
/// The descriptors that came with them, at most TUTTI_MESSAGE_DESCRIPTORS, are closed on exec;
/// `*lost` is set when this process had no room for all.
ssize_t tutti_receive_with(int socket, void *bytes, size_t count,
                           int *descriptors, size_t *descriptor_count, int *lost);
