#include "include/current_worker.h"

_Thread_local void *tutti_worker __attribute__((tls_model("initial-exec")));
