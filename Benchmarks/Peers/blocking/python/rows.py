"""The rows with ThreadPoolExecutor as it is without a setting. Usage: rows.py ROW THREADS.

No row computes: Python's threads take turns at that, and a loop in C would be another.
"""

import concurrent.futures
import sys
import time

CALLS = 1000


def block():
    time.sleep(0.05)


def run(count):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for future in [pool.submit(block) for _ in range(count)]:
            future.result()


def blocking():
    start = time.perf_counter_ns()
    run(CALLS)
    return f"{(time.perf_counter_ns() - start) / 1e6} {CALLS}"


def idle():
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for future in [pool.submit(block) for _ in range(20)]:
            future.result()
        used, start = time.process_time_ns(), time.perf_counter_ns()
        time.sleep(1)
        used, passed = time.process_time_ns() - used, time.perf_counter_ns() - start
    return f"{used * 1e3 / passed} 0"


ROWS = {"blocking-1000": blocking, "idle": idle}
turn = ROWS.get(sys.argv[1])
if turn:
    turn()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(turn(), flush=True)
else:
    print("none", flush=True)
