"""More programs in Python. Usage: others.py NAME [PORT]."""

import hashlib
import multiprocessing
import sqlite3
import subprocess
import sys
import threading
import os


def job(turns):
    value = 0
    for index in range(turns):
        value += index
    return value


def pool_map():
    with multiprocessing.Pool(2) as pool:
        pool.map(job, [150_000] * 160, chunksize=1)


def hash_threads():
    """A library that lets Python's lock go while it computes."""
    data = bytes(200_000_000)
    threads = [
        threading.Thread(target=lambda: [hashlib.sha256(data) for _ in range(2)])
        for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def commits():
    """A transaction for each row."""
    if os.path.exists("rows.db"):
        os.remove("rows.db")
    base = sqlite3.connect("rows.db", isolation_level=None)
    base.execute("create table rows (number)")
    for number in range(800):
        base.execute("insert into rows values (?)", (number,))


def children_at_once():
    children = [subprocess.Popen(["sleep", "0.5"]) for _ in range(8)]
    for child in children:
        child.wait()


def main():
    programs = {
        "pool-map": pool_map,
        "hash-threads": hash_threads,
        "commits": commits,
        "children-at-once": children_at_once,
    }
    programs[sys.argv[1]]()


if __name__ == "__main__":
    main()
