#define _GNU_SOURCE
#include "include/large_pages.h"
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void tutti_advise_large_pages(void *start, size_t size) {
    // Whole pages inside the buffer only: its neighbours on the same page are not ours.
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1);
    uintptr_t last = ((uintptr_t)start + size) & ~(page - 1);
    if (first < last) madvise((void *)first, last - first, MADV_HUGEPAGE);
}
