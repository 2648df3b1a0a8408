#pragma once

/// A counter that can be waited for like a file (eventfd(2)): does not block, is closed on exec.
/// Returns the descriptor, or -1 and errno.
int tutti_eventfd(void);
