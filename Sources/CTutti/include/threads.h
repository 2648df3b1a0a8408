#pragma once
#include <stdint.h>

/// The kernel's number of the calling thread.
int32_t tutti_thread_id(void);

/// Names the calling thread, as `top -H` shows it; the kernel keeps 15 bytes.
void tutti_name_thread(const char *name);
