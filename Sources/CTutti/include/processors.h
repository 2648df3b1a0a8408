#pragma once

/// The number of processors that the calling thread may run on, or -1 and errno.
int tutti_affinity_count(void);
