#pragma once

// The program's environment with the changes and the mark, and without Swift's backtraces unless
// they were asked for: they cost 60 to 120 ms at each death. To be freed; its strings are others'.
char **tutti_worker_environment(const char *mark, const char *changes);
