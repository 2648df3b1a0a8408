#pragma once

/// A counter that can be waited for like a file, eventfd(2): never blocks, is closed on exec.
/// Returns the descriptor, or -1 and errno.
int tutti_bell(void);

/// Makes the bell readable.
void tutti_ring(int bell);

/// Makes the bell unreadable, however often it was rung.
void tutti_silence(int bell);
