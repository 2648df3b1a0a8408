"""What workers run: the same jobs as in Sources/processes-tutti.

Apart from the rows, so that a worker that is started anew (spawn, forkserver) imports no more than
it needs.
"""

import functools


def increment(number):
    return number + 1


def add_one(floats):
    return floats + floats.dtype.type(1)


def add_one_in_place(part):
    """Works where the array lies: `part` is the name of a shared block, the first index, the end."""
    name, first, end = part
    floats = floats_of(attach(name))
    floats[first:end] += 1
    return end - first


# A worker keeps the last block that it attached, as an initialiser of the pool would.
@functools.lru_cache(maxsize=1)
def attach(name):
    from multiprocessing import shared_memory

    return shared_memory.SharedMemory(name=name)


def floats_of(block):
    import numpy

    return numpy.frombuffer(block.buf, dtype=numpy.float32)
