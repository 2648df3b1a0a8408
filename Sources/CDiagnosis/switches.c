#define _GNU_SOURCE
#include "CDiagnosis.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PAGE_SIZE ((size_t)sysconf(_SC_PAGESIZE))

/// A processor's ring. The first event on a processor owns it; later ones write into it as well.
typedef struct ring {
    int descriptor;
    struct perf_event_mmap_page *head;
} ring;

struct diagnosis_rings {
    int processors;
    int pages;  // data pages of a ring, a power of two
    size_t page_size;
    int is_mapped;
    int *others;  // events that write into a ring that they do not own
    size_t other_count, other_capacity;
    ring ring[];
};

/// At most 2 MiB a processor. An ordinary user is granted less (perf_event_mlock_kb).
enum { MOST_PAGES = 512, FEWEST_PAGES = 8 };

diagnosis_rings *diagnosis_rings_create(void) {
    long processors = sysconf(_SC_NPROCESSORS_CONF);
    if (processors < 1) processors = 1;
    diagnosis_rings *rings = calloc(1, sizeof *rings + (size_t)processors * sizeof(ring));
    if (!rings) return NULL;
    rings->processors = (int)processors;
    rings->pages = MOST_PAGES;
    rings->page_size = PAGE_SIZE;
    for (int i = 0; i < rings->processors; i++) rings->ring[i].descriptor = -1;
    return rings;
}

int diagnosis_rings_pages(const diagnosis_rings *rings) { return rings->pages; }

static int open_event(pid_t thread, int processor) {
    struct perf_event_attr attributes = {
        .size = sizeof attributes,
        .type = PERF_TYPE_SOFTWARE,
        .config = PERF_COUNT_SW_DUMMY,
        .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME,
        .sample_id_all = 1,
        .context_switch = 1,
        .task = 1,
        .comm = 1,
        .inherit = 1,
        // What an ordinary user may: perf_event_paranoid 2.
        .exclude_kernel = 1,
        .exclude_hv = 1,
        .use_clockid = 1,
        .clockid = CLOCK_MONOTONIC,
    };
    return (int)syscall(SYS_perf_event_open, &attributes, thread, processor, -1,
                        PERF_FLAG_FD_CLOEXEC);
}

static int map_ring(const diagnosis_rings *rings, ring *ring) {
    void *start = mmap(NULL, ((size_t)rings->pages + 1) * rings->page_size,
                       PROT_READ | PROT_WRITE, MAP_SHARED, ring->descriptor, 0);
    if (start == MAP_FAILED) return errno;
    ring->head = start;
    return 0;
}

static void close_all(diagnosis_rings *rings) {
    for (size_t i = 0; i < rings->other_count; i++) close(rings->others[i]);
    rings->other_count = 0;
    for (int i = 0; i < rings->processors; i++) {
        ring *ring = &rings->ring[i];
        if (ring->head) munmap(ring->head, ((size_t)rings->pages + 1) * rings->page_size);
        if (ring->descriptor >= 0) close(ring->descriptor);
        *ring = (struct ring){.descriptor = -1};
    }
}

static int keep(diagnosis_rings *rings, int descriptor) {
    if (rings->other_count == rings->other_capacity) {
        size_t capacity = rings->other_capacity ? rings->other_capacity * 2 : 64;
        int *others = realloc(rings->others, capacity * sizeof *others);
        if (!others) return ENOMEM;
        rings->others = others;
        rings->other_capacity = capacity;
    }
    rings->others[rings->other_count++] = descriptor;
    return 0;
}

static int add_once(diagnosis_rings *rings, pid_t thread, const char **failed) {
    int opened = 0;
    for (int i = 0; i < rings->processors; i++) {
        *failed = "perf_event_open";
        int descriptor = open_event(thread, i);
        if (descriptor < 0) {
            // A processor that is switched off.
            if (errno == ENODEV) continue;
            return errno;
        }
        opened++;
        ring *ring = &rings->ring[i];
        int error;
        if (!ring->head) {
            *failed = "mmap";
            ring->descriptor = descriptor;
            error = map_ring(rings, ring);
        } else {
            *failed = "ioctl PERF_EVENT_IOC_SET_OUTPUT";
            error = ioctl(descriptor, PERF_EVENT_IOC_SET_OUTPUT, ring->descriptor)
                ? errno
                : keep(rings, descriptor);
            if (error) close(descriptor);
        }
        if (error) return error;
    }
    return opened ? 0 : ENODEV;
}

int diagnosis_rings_add(diagnosis_rings *rings, pid_t thread, const char **failed) {
    int is_first = !rings->is_mapped;
    for (;;) {
        int error = add_once(rings, thread, failed);
        if (!error) rings->is_mapped = 1;
        if (!error || !is_first) return error;
        close_all(rings);
        // Locked memory is short: all rings smaller, since they share one allowance.
        if ((error != EPERM && error != ENOMEM) || strcmp(*failed, "mmap") != 0) return error;
        if (rings->pages / 2 < FEWEST_PAGES) return error;
        rings->pages /= 2;
    }
}

static size_t ring_size(const ring *ring) { return (size_t)ring->head->data_size; }

/// Copies `count` bytes that may lie around the end of the ring.
static void copy(const ring *ring, uint64_t from, void *to, size_t count) {
    const char *data = (const char *)ring->head + ring->head->data_offset;
    size_t size = ring_size(ring), offset = (size_t)(from & (size - 1));
    size_t first = count < size - offset ? count : size - offset;
    memcpy(to, data + offset, first);
    memcpy((char *)to + first, data, count - first);
}

/// The members of each kind of record, perf_event_open(2), "MMAP layout".
typedef struct { uint32_t process, thread; uint64_t time; } identity;
typedef struct { uint32_t process, parent, thread, parent_thread; uint64_t time; } life;

static int understand(const struct perf_event_header *header, const char *body, size_t size,
                      diagnosis_record *record) {
    *record = (diagnosis_record){0};
    identity identity;
    life life;
    switch (header->type) {
    case PERF_RECORD_SWITCH:
        if (size < sizeof identity) return 0;
        memcpy(&identity, body + size - sizeof identity, sizeof identity);
        record->kind = !(header->misc & PERF_RECORD_MISC_SWITCH_OUT) ? DIAGNOSIS_RUNS
            : header->misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT     ? DIAGNOSIS_READY
                                                                     : DIAGNOSIS_SLEEPS;
        record->process = (int32_t)identity.process;
        record->thread = (int32_t)identity.thread;
        record->time = identity.time;
        return 1;
    case PERF_RECORD_FORK:
    case PERF_RECORD_EXIT:
        if (size < sizeof life) return 0;
        memcpy(&life, body, sizeof life);
        record->kind = header->type == PERF_RECORD_FORK ? DIAGNOSIS_STARTS : DIAGNOSIS_ENDS;
        record->process = (int32_t)life.process;
        record->thread = (int32_t)life.thread;
        record->other = (int32_t)life.parent;
        record->time = life.time;
        return 1;
    case PERF_RECORD_COMM:
        if (size < 8 + sizeof identity) return 0;
        memcpy(&identity, body, 8);
        record->kind = DIAGNOSIS_NAME;
        record->process = (int32_t)identity.process;
        record->thread = (int32_t)identity.thread;
        // The kernel fills the name with zeros to a multiple of eight bytes.
        memcpy(record->name, body + 8,
               size - 8 - sizeof identity < 15 ? size - 8 - sizeof identity : 15);
        memcpy(&identity, body + size - sizeof identity, sizeof identity);
        record->time = identity.time;
        return 1;
    case PERF_RECORD_LOST:
        if (size < 16) return 0;
        memcpy(&record->time, body + 8, 8);
        record->kind = DIAGNOSIS_LOST;
        return 1;
    default: return 0;
    }
}

size_t diagnosis_rings_take(diagnosis_rings *rings, diagnosis_record *records, size_t capacity,
                            int *more) {
    size_t count = 0;
    *more = 0;
    for (int i = 0; i < rings->processors; i++) {
        ring *ring = &rings->ring[i];
        if (!ring->head) continue;
        // Pairs with the kernel's release of data_head after it has written the records.
        uint64_t head = __atomic_load_n(&ring->head->data_head, __ATOMIC_ACQUIRE);
        uint64_t tail = ring->head->data_tail;
        while (tail < head) {
            if (count == capacity) {
                *more = 1;
                break;
            }
            struct perf_event_header header;
            char body[256];
            copy(ring, tail, &header, sizeof header);
            if (header.size < sizeof header) {
                tail = head;  // not a record: better none than a loop without end
                break;
            }
            size_t size = header.size - sizeof header;
            if (size <= sizeof body) {
                copy(ring, tail + sizeof header, body, size);
                count += (size_t)understand(&header, body, size, &records[count]);
            }
            tail += header.size;
        }
        // Pairs with the kernel's reading of data_tail before it writes over the records.
        __atomic_store_n(&ring->head->data_tail, tail, __ATOMIC_RELEASE);
    }
    return count;
}

void diagnosis_rings_free(diagnosis_rings *rings) {
    if (!rings) return;
    close_all(rings);
    free(rings->others);
    free(rings);
}

int diagnosis_wait(int pidfd, int64_t nanoseconds) {
    struct pollfd wait = {.fd = pidfd, .events = POLLIN};
    struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return ppoll(&wait, 1, &time, NULL) > 0;
}
