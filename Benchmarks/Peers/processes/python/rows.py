"""The rows with Python's process pools. Usage: rows.py POOL ROW WORKERS; see pools.py.

The numbers are those of Sources/processes-tutti/Size.swift.
"""

import atexit
import multiprocessing.resource_tracker
import statistics
import sys
import time

import jobs
import pools

ROUND_TRIPS, CALLERS, JOBS_OF_CALLER, ELEMENTS, FLOATS, STARTS = 2000, 256, 20, 1_000_000, 16 << 20, 3
NANOSECONDS_OF_A_TURN = 200_000_000


def round_trip(pool):
    def turn():
        times, total = [], 0
        for number in range(ROUND_TRIPS):
            start = time.perf_counter_ns()
            total += pool.call(jobs.increment, number)
            times.append(time.perf_counter_ns() - start)
        return statistics.median_high(times) / 1e3, total

    return turn


def tiny(pool):
    count = CALLERS * JOBS_OF_CALLER

    def turn():
        start, passes = time.perf_counter_ns(), 0
        while passes == 0 or time.perf_counter_ns() - start < NANOSECONDS_OF_A_TURN:
            total = sum(pool.each(jobs.increment, range(count)))
            passes += 1
        return (time.perf_counter_ns() - start) / 1e3 / (passes * count), total

    return turn


def map_elements(pool):
    numbers = list(range(ELEMENTS))
    return milliseconds(lambda: pool.map(jobs.increment, numbers), digest_of_integers)


def floats_there_and_back(pool):
    floats = input_floats()
    return milliseconds(lambda: pool.call(jobs.add_one, floats), digest_of_floats)


def shared_and_filled(pool):
    floats, block = input_floats(), shared_block()
    atexit.register(block.unlink)

    # No view outlives its line: a block with one cannot be closed.
    def restore():
        jobs.floats_of(block)[:] = floats

    def checksum(_):
        return digest_of_floats(jobs.floats_of(block))

    return milliseconds(lambda: add_one(pool, block), checksum, restore)


def shared_to_fill(pool):
    floats = input_floats()

    def run():
        block = shared_block()
        jobs.floats_of(block)[:] = floats
        add_one(pool, block)
        result = jobs.floats_of(block).copy()
        block.close()
        block.unlink()
        return result

    return milliseconds(run, digest_of_floats)


def start(_):
    """Makes pools itself, one after the other."""

    def turn():
        times, total = [], 0
        for number in range(STARTS):
            begin = time.perf_counter_ns()
            pool = pools.KINDS[POOL](WORKERS)
            total += pool.call(jobs.increment, number)
            times.append(time.perf_counter_ns() - begin)
            pool.close()
        return statistics.median_high(times) / 1e6, total

    return turn


def add_one(pool, block):
    size = FLOATS // WORKERS
    ends = [size * (number + 1) for number in range(WORKERS - 1)] + [FLOATS]
    pool.each(jobs.add_one_in_place, [(block.name, first, end) for first, end in zip([0] + ends, ends)])


def shared_block():
    from multiprocessing import shared_memory

    return shared_memory.SharedMemory(create=True, size=4 * FLOATS)


def milliseconds(run, checksum, restore=lambda: None):
    """A turn; what `run` gives is freed after the clock was read."""

    def turn():
        restore()
        start = time.perf_counter_ns()
        result = run()
        elapsed = time.perf_counter_ns() - start
        return elapsed / 1e6, checksum(result)

    return turn


# The input and the digest of RowHarness.


def mixed(words):
    import numpy as np

    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def steps(first, count):
    """Steps of splitmix64, as many as `count`, from the one after `first`."""
    import numpy as np

    return np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


def input_floats():
    import numpy as np

    return ((mixed(steps(0, FLOATS)) % np.uint64(17)).astype(np.int64) - 8).astype(np.float32)


def digest(words):
    import numpy as np

    total = np.uint64(0)
    with np.errstate(over="ignore"):
        for first in range(0, len(words), 1 << 20):
            part = words[first : first + (1 << 20)].astype(np.uint64)
            total += mixed(part + steps(first, len(part))).sum()
    return total


def digest_of_floats(floats):
    return digest(floats.view("uint32"))


def digest_of_integers(integers):
    import numpy as np

    return digest(np.array(integers, dtype=np.uint64))


ROWS = {
    "round-trip": (round_trip, {"executor", "pool", "loky"}),
    "tiny-256": (tiny, {"executor", "pool", "loky"}),
    "map-1M": (map_elements, {"executor", "pool", "loky", "joblib"}),
    "floats-64MiB": (floats_there_and_back, {"executor", "pool", "joblib"}),
    "shared-64MiB": (shared_and_filled, {"executor", "pool"}),
    "shared-fill-64MiB": (shared_to_fill, {"executor", "pool"}),
    "start": (start, {"spawn", "forkserver", "fork", "loky"}),
}


def main():
    row, served = ROWS.get(ROW, (None, ()))
    if POOL not in served:
        print("none", flush=True)
        return
    # Before the workers: they would start one each, which take our shared blocks for leaks.
    multiprocessing.resource_tracker.ensure_running()
    pool = None if row is start else pools.KINDS[POOL](WORKERS)
    turn = row(pool)
    turn()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(*turn(), flush=True)
    if pool:
        pool.close()


# Workers that are started anew import this file under another name.
if __name__ == "__main__":
    POOL, ROW, WORKERS = sys.argv[1], sys.argv[2], int(sys.argv[3])
    main()
