"""Programs of which it is known what they do with their time. Usage: programs.py NAME [PORT]."""

import asyncio
import concurrent.futures
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time

DELAY = 0.05
# About 60 ms on a core of 4 GHz.
TURNS = 1_500_000


def compute(turns=TURNS):
    value = 0
    for index in range(turns):
        value += index
    return value


def request(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"?")
        return connection.recv(16)


async def request_async(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"?")
    answer = await reader.read(16)
    writer.close()
    return answer


async def answer(reader, writer):
    """Answers each question after the delay; speaks HTTP to who does."""
    question = await reader.read(4096)
    await asyncio.sleep(DELAY)
    if question.startswith(b"GET"):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    else:
        writer.write(b"!")
    await writer.drain()
    writer.close()


async def serve():
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def threads(count, body, *arguments):
    workers = [threading.Thread(target=body, args=arguments) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def processes(*turns):
    workers = [multiprocessing.Process(target=compute, args=(t,)) for t in turns]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def pool(port):
    with concurrent.futures.ThreadPoolExecutor(20) as executor:
        list(executor.map(request, [port] * 200))


async def gather(port):
    for _ in range(5):
        await asyncio.gather(*(request_async(port) for _ in range(20)))


async def serial(port):
    for _ in range(12):
        await request_async(port)


def mixed(port):
    for _ in range(8):
        request(port)
        compute()


def mixed_pool(port):
    def both():
        request(port)
        compute()

    threads(8, both)


def flush():
    with open("flushed", "wb") as file:
        for _ in range(3000):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())


def pauses():
    for _ in range(10):
        time.sleep(DELAY)


def children():
    for _ in range(5):
        subprocess.run(["sleep", "0.1"], check=True)


def main():
    name = sys.argv[1]
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    programs = {
        "serve": lambda: asyncio.run(serve()),
        "requests": lambda: [request(port) for _ in range(12)],
        "requests-pool": lambda: pool(port),
        "requests-12-threads": lambda: threads(12, request, port),
        "asyncio-serial": lambda: asyncio.run(serial(port)),
        "asyncio-gather": lambda: asyncio.run(gather(port)),
        "mixed": lambda: mixed(port),
        "mixed-threads": lambda: mixed_pool(port),
        "compute": lambda: compute(TURNS * 24),
        "gil": lambda: threads(4, compute, TURNS * 6),
        "processes-2": lambda: processes(TURNS * 12, TURNS * 12),
        "processes-16": lambda: processes(*[TURNS] * 16),
        "unbalanced": lambda: processes(TURNS * 2, TURNS * 8),
        "flush": flush,
        "pauses": pauses,
        "children": children,
    }
    programs[name]()


if __name__ == "__main__":
    main()
