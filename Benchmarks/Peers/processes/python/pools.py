"""Python's process pools behind one face.

`call` runs one job and waits; `each` hands over many, one a message; `map` in messages of 64.
"""

import concurrent.futures
import multiprocessing


class Executor:
    """concurrent.futures.ProcessPoolExecutor."""

    def __init__(self, workers, method=None):
        context = multiprocessing.get_context(method) if method else None
        self.pool = concurrent.futures.ProcessPoolExecutor(workers, mp_context=context)

    def call(self, function, argument):
        return self.pool.submit(function, argument).result()

    def each(self, function, arguments):
        return list(self.pool.map(function, arguments))

    def map(self, function, arguments):
        return list(self.pool.map(function, arguments, chunksize=64))

    def close(self):
        self.pool.shutdown()


class Loky(Executor):
    """The executor below joblib, which comes with it."""

    def __init__(self, workers):
        from joblib.externals import loky

        self.pool = loky.ProcessPoolExecutor(workers)


class Pool:
    """multiprocessing.Pool."""

    def __init__(self, workers):
        self.pool = multiprocessing.Pool(workers)

    def call(self, function, argument):
        return self.pool.apply(function, (argument,))

    def each(self, function, arguments):
        return self.pool.map(function, arguments, chunksize=1)

    def map(self, function, arguments):
        return self.pool.map(function, arguments, chunksize=64)

    def close(self):
        self.pool.close()
        self.pool.join()


class Joblib:
    """joblib.Parallel: batches that it sizes itself, large arrays through files in memory."""

    def __init__(self, workers):
        import joblib

        self.delayed = joblib.delayed
        self.pool = joblib.Parallel(n_jobs=workers)

    def call(self, function, argument):
        return self.pool([self.delayed(function)(argument)])[0]

    def map(self, function, arguments):
        return self.pool(self.delayed(function)(argument) for argument in arguments)

    def close(self):
        pass


KINDS = {
    "executor": Executor,
    "pool": Pool,
    "loky": Loky,
    "joblib": Joblib,
    "spawn": lambda workers: Executor(workers, "spawn"),
    "forkserver": lambda workers: Executor(workers, "forkserver"),
    "fork": lambda workers: Executor(workers, "fork"),
}
