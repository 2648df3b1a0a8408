// What Swift cannot see or say: switch records, a start that waits, another process' memory.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Switch records of the kernel (switches.c), perf_event_open(2).

/// What a record says.
enum {
    DIAGNOSIS_RUNS = 1,     // the thread got a processor
    DIAGNOSIS_SLEEPS = 2,   // it gave its processor up, since it has to wait
    DIAGNOSIS_READY = 3,    // it was taken off its processor and wants it back
    DIAGNOSIS_STARTS = 4,   // `other` is the process that started it
    DIAGNOSIS_ENDS = 5,
    DIAGNOSIS_NAME = 6,
    DIAGNOSIS_LOST = 7,     // `time` records are missing
};

/// A record, in the form that a reader wants.
typedef struct {
    uint64_t time;  // CLOCK_MONOTONIC, nanoseconds
    int32_t process;
    int32_t thread;
    int32_t other;
    int32_t kind;
    char name[16];
} diagnosis_record;

typedef struct diagnosis_rings diagnosis_rings;

/// Makes rings, one a processor, for the records of threads that are added later.
/// NULL when there is no memory.
diagnosis_rings *diagnosis_rings_create(void);

/// Records the switches of a thread and of all threads and processes that it starts from now on.
/// Returns 0, or the errno of `*failed`.
int diagnosis_rings_add(diagnosis_rings *rings, pid_t thread, const char **failed);

/// How many pages of 4 KiB a ring has.
int diagnosis_rings_pages(const diagnosis_rings *rings);

/// Takes records out, at most `capacity`; those of one processor are in order.
/// `*more` is set when some are left.
size_t diagnosis_rings_take(diagnosis_rings *rings, diagnosis_record *records, size_t capacity,
                            int *more);

/// Closes and frees all.
void diagnosis_rings_free(diagnosis_rings *rings);

/// Sleeps until `pidfd` (-1 for none) is readable, a signal arrives, or the time is up.
/// Returns 1 when `pidfd` is readable, else 0.
int diagnosis_wait(int pidfd, int64_t nanoseconds);

// Start and end of a program (program.c).

/// Starts a program that does nothing before `diagnosis_release`.
/// Returns 0, or the errno of `*failed`. `*gate` is for `diagnosis_release`.
int diagnosis_start(char *const arguments[], pid_t *process, int *gate, const char **failed);

/// Lets it run; 0, or the errno of its execvp(3).
int diagnosis_release(int gate);

/// A descriptor of a process that becomes readable when it has ended, or -1 and errno.
int diagnosis_open_process(pid_t process);

/// Whether a child has ended, without taking it out of the process table.
int diagnosis_has_ended(pid_t process);

/// Waits for a child and takes it out of the process table; its status as of waitpid(2).
int diagnosis_bury(pid_t process);

/// Passes on to `process` the signals that end or steer a program, SIGINT and SIGQUIT excepted,
/// which a terminal sends to both; 0: they are handled as before. By one thread at a time.
void diagnosis_pass_signals_to(pid_t process);

/// Notes the first SIGINT or SIGTERM instead of ending; the next ends the program.
void diagnosis_note_interrupt(void);

/// The number of the signal that was noted, or 0.
int diagnosis_interrupt(void);

/// Ends this process by a signal, as another one ended.
void diagnosis_end_by(int signal);

/// Copies memory of another process, process_vm_readv(2): the number of bytes, or -1.
ssize_t diagnosis_peek(pid_t process, uint64_t address, void *bytes, size_t count);

/// Processor time that this process has used, in nanoseconds.
uint64_t diagnosis_own_processor_time(void);
