"""The rows with numpy. Usage: rows.py ROW THREADS; see Benchmarks/README.md for the protocol.

Its loops use one thread; the matrix product is OpenBLAS's, which takes as many as it is given.
"""

import os
import sys
import time

ROW, THREADS = sys.argv[1], sys.argv[2]
os.environ["OPENBLAS_NUM_THREADS"] = THREADS
# 2^20 cycles: less than the driver waits between turns. The default spins for about 2^26.
os.environ["OPENBLAS_THREAD_TIMEOUT"] = "20"

import numpy as np  # noqa: E402

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIDDLE_WORD = np.uint32(1 << 31)


def mixed(words):
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def random(count, first=0):
    return mixed(np.arange(first + 1, first + count + 1, dtype=np.uint64) * GOLDEN)


def digest(words):
    total = np.uint64(0)
    with np.errstate(over="ignore"):
        for first in range(0, len(words), 1 << 20):
            part = words[first : first + (1 << 20)].astype(np.uint64)
            places = np.arange(first + 1, first + len(part) + 1, dtype=np.uint64) * GOLDEN
            total += mixed(part + places).sum()
    return total


def floats(count, first=0):
    return ((random(count, first) % np.uint64(17)).astype(np.int64) - 8).astype(np.float32)


def words(count):
    return (random(count) >> np.uint64(32)).astype(np.uint32)


def serve(restore, run, checksum):
    """Times `run`; what it returns is freed after the clock was read."""

    def turn():
        restore()
        start = time.perf_counter_ns()
        result = run()
        elapsed = time.perf_counter_ns() - start
        return f"{elapsed / 1e6} {checksum(result)}"

    turn()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(turn(), flush=True)


def nothing():
    pass


def keys(count=10_000_000):
    match ROW:
        case "sort-random":
            return random(count)
        case "sort-sorted":
            return np.arange(count, dtype=np.uint64)
        case "sort-reversed":
            return np.arange(count, dtype=np.uint64)[::-1].copy()
        case "sort-few":
            return random(count) >> np.uint64(60)
        case "sort-organ-pipe":
            rising = np.arange(count, dtype=np.uint64)
            return np.minimum(rising, np.uint64(count - 1) - rising)


match ROW:
    case "sum-50M":
        values = floats(50_000_000)
        serve(nothing, values.sum, int)
    case "map-10M":
        values = floats(10_000_000)
        serve(nothing, lambda: values * np.float32(2), lambda out: digest(out.view(np.uint32)))
    case "filter-10M":
        values = words(10_000_000)
        serve(nothing, lambda: values[values < MIDDLE_WORD], digest)
    case "scan-50M":
        values = words(50_000_000)
        serve(nothing, lambda: np.cumsum(values, dtype=np.uint32), digest)
    case "matmul-1024":
        left = floats(1 << 20).reshape(1024, 1024)
        right = floats(1 << 20, 1 << 20).reshape(1024, 1024)
        serve(nothing, lambda: left @ right, lambda result: digest(result.ravel().astype(np.int64)))
    case "sort-random" | "sort-sorted" | "sort-reversed" | "sort-few" | "sort-organ-pipe":
        pristine = keys()
        values = pristine.copy()
        serve(lambda: np.copyto(values, pristine), values.sort, lambda _: digest(values))
    case _:
        print("none", flush=True)
