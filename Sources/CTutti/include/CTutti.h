// What Swift cannot see or say on Linux. Each part is a header of its own.
#pragma once
#include "bell.h"
#include "closure.h"
#include "current_worker.h"
#include "large_pages.h"
#include "output.h"
#include "parker.h"
#include "partition.h"
#include "processes.h"
#include "processors.h"
#include "shared.h"
#include "threads.h"
#include "usage.h"
