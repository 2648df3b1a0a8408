#pragma once
#include <stddef.h>

/// Advises the kernel to back a buffer with large pages, madvise(2); its refusal changes nothing.
void tutti_advise_large_pages(void *start, size_t size);
