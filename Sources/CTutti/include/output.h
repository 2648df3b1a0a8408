#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// What workers print: pipes, one thread that waits for many of them, the program's own streams.

/// A pipe, both ends closed on exec; reading `pair[0]` never blocks. 0 or errno.
int tutti_pipe(int pair[2]);

/// How many bytes lie unread in a pipe.
size_t tutti_unread(int descriptor);

/// Reads what is there: the number of bytes, 0 at the end, -errno (-EAGAIN: nothing).
ssize_t tutti_read(int descriptor, void *bytes, size_t count);

/// Writes all to standard output or error, also when it does not block. 0 or errno: EBADF where the
/// program has no such stream; a reader that is gone gives EPIPE, never a signal.
int tutti_write_stream(int descriptor, const void *bytes, size_t count);

/// Something that waits for many descriptors, epoll(7): the descriptor, or -1 and errno.
int tutti_poller(void);

/// Waits for `descriptor` as well, under a name; 0 or errno.
int tutti_poller_add(int poller, int descriptor, uint64_t name);

/// Does not wait for `descriptor` any more.
void tutti_poller_remove(int poller, int descriptor);

/// Waits until there is something to read, or an end; the number of names.
int tutti_poller_wait(int poller, uint64_t *names, int count);
