#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

// The hook before `main` (worker.c).

/// The descriptor on which a worker talks to its parent.
#define TUTTI_WIRE 3

/// The environment variable that makes a process a worker: `<depth>:<build>`.
#define TUTTI_MARK "TUTTI_WORKER"

/// How deep this process is: 0 for a program that somebody started, n for a worker in a worker ….
int tutti_worker_depth(void);

/// Whether the hook ran when this process started; without it, no worker could ever be served.
int tutti_hook_ran(void);

/// Whether the process bears the mark of a worker, and so was not served by the hook.
int tutti_bears_mark(void);

// Start and end of a worker (spawn.c).

/// Instead of a descriptor: the program's own stream; /dev/null.
#define TUTTI_INHERITED -1
#define TUTTI_NOWHERE -2

/// What a worker is given besides its environment.
struct tutti_worker {
    /// Becomes TUTTI_WIRE.
    int wire;
    /// Become its standard output and error, or TUTTI_INHERITED or TUTTI_NOWHERE.
    int output, error;
    /// How much nicer it is than the program.
    int niceness;
    /// The most bytes of address space, and seconds of processor time; 0: no limit of its own.
    uint64_t memory, seconds;
};

/// Starts `path` as a worker.
/// `mark` is `NAME=value`. `changes` are those to the environment: `NAME=value` sets, `NAME` takes
/// out, each ends with a zero byte and the last is empty. It begins in `directory`; NULL: where the
/// program is.
/// Returns 0, or the errno of the call whose name `*failed` then holds.
int tutti_spawn_worker(const char *path, const char *mark, const char *changes,
                       const char *directory, const struct tutti_worker *worker, pid_t *pid, int *pidfd,
                       const char **failed);

/// Sends a worker and its process group SIGTERM. Only before `tutti_bury_worker` has returned.
void tutti_terminate_worker(pid_t pid, int pidfd);

/// Kills a worker and its process group. Only before `tutti_bury_worker` has returned.
void tutti_kill_worker(pid_t pid, int pidfd);

/// Waits for the end of a worker and takes it out of the process table.
/// `*code` is CLD_EXITED, CLD_KILLED or CLD_DUMPED; `*status` the exit code or the signal.
/// Returns 0, or errno: ECHILD when other code of this program was faster.
int tutti_bury_worker(int pidfd, int *code, int *status, struct rusage *usage);

/// Waits until one of two descriptors is ready; -1 for none. Returns a set of bits: 1, 2.
/// `timeout_ms` < 0 waits for ever.
int tutti_wait_ready(int first, int second, int timeout_ms);

/// Looks for so long, without sleeping, whether there is something to read; 1 when there is.
int tutti_look(int socket, uint64_t nanoseconds);

/// Waits until the other side of a socket is gone.
void tutti_wait_hangup(int socket);

/// Sends all; 0 or errno. A reader that is gone gives EPIPE, never a signal.
int tutti_send_all(int socket, const void *bytes, size_t count);

/// Two connected sockets, closed on exec; 0 or errno.
int tutti_socket_pair(int pair[2]);

/// Marks a descriptor to be closed on exec.
void tutti_close_on_exec(int descriptor);

/// Ends the process at once, without exit handlers.
_Noreturn void tutti_leave(int status);

// Images and types (images.c).

/// The loaded image that holds an address: its name ("" for the executable) and where it is
/// loaded. Returns 0 when there is none.
int tutti_image_holding(const void *address, const char **name, uintptr_t *base);

/// The loaded image of that name; 0 when there is none.
int tutti_image_named(const char *name, uintptr_t *base);

/// A number that stands for the name of an image.
uint64_t tutti_image_number(const char *name);

/// The loaded image whose name has that number; 0 when there is none.
int tutti_image_numbered(uint64_t number, uintptr_t *base);

/// The type whose context descriptor stands `offset` bytes into an image, as metadata.
/// NULL when there is no descriptor of a type without parameters.
const void *tutti_type_at(uintptr_t base, uintptr_t offset);

/// Writes what tells this build from another: device, inode, size and time of the executable and
/// of the image that holds this code.
void tutti_build_id(char *text, size_t size);
