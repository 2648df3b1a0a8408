// What Swift cannot see or say on Linux. Each part is a header of its own.
#pragma once
#include "parker.h"
#include "processors.h"
#include "threads.h"
#include "usage.h"
