"""The rows with asyncio, on uvloop. Usage: rows.py ROW THREADS; see Benchmarks/README.md."""

import asyncio
import os
import sys
import time

import uvloop

TASKS, YIELDS, SPAWNED, SLEEPERS, ELEMENTS, IN_FLIGHT = 1000, 1000, 100_000, 250_000, 200_000, 100


def resident_bytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


BEFORE = resident_bytes()


async def switches():
    async def body():
        for _ in range(YIELDS):
            await asyncio.sleep(0)

    await asyncio.gather(*[body() for _ in range(TASKS)])


async def spawn():
    async def nothing():
        pass

    for _ in range(SPAWNED // 100):
        await asyncio.gather(*[nothing() for _ in range(100)])


async def sleep():
    await asyncio.gather(
        *[asyncio.sleep((200 + number % 100) / 1000) for number in range(SLEEPERS)])


async def map_elements(body):
    results, elements = [0] * ELEMENTS, iter(range(ELEMENTS))

    async def work():
        for element in elements:
            await body()
            results[element] = element + 1

    await asyncio.gather(*[work() for _ in range(IN_FLIGHT)])


async def nothing():
    pass


async def bytes_of_sleepers():
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(SLEEPERS)]
    await asyncio.sleep(0)
    value = (resident_bytes() - BEFORE) / SLEEPERS
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    cancelled = sum(isinstance(result, asyncio.CancelledError) for result in results)
    return f"{value} {cancelled}"


def nanoseconds_each(count, run):
    async def turn():
        start = time.process_time_ns()
        await run()
        return f"{(time.process_time_ns() - start) / count} {count}"

    return turn


ROWS = {
    "yield": nanoseconds_each(TASKS * YIELDS, switches),
    "task-yield": nanoseconds_each(TASKS * YIELDS, switches),
    "spawn": nanoseconds_each(SPAWNED, spawn),
    "sleep": nanoseconds_each(SLEEPERS, sleep),
    "sleep-memory": bytes_of_sleepers,
    "map-at-once": nanoseconds_each(ELEMENTS, lambda: map_elements(nothing)),
    "map-yield": nanoseconds_each(ELEMENTS, lambda: map_elements(lambda: asyncio.sleep(0))),
}


async def serve(turn):
    await turn()
    print("ready", flush=True)
    # Blocks the loop, on which nothing else is going on.
    for _ in sys.stdin:
        print(await turn(), flush=True)


if sys.argv[1] in ROWS:
    uvloop.run(serve(ROWS[sys.argv[1]]))
else:
    print("none", flush=True)
