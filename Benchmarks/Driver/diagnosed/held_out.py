"""Programs that the rules were not tuned on: labelled before the rules had seen any of them."""

from Driver.diagnosed.row import Row

CURL = "curl -s -o /dev/null http://127.0.0.1:PORT/$i"
SUM = "BEGIN { for (i = 0; i < 6000000; i++) x = (x * 31 + i) % 65537; print x }"
OVERLAPPED, WAITING = ("overlapped:network",), ("waiting:network",)
ONE, ALL = ("one-core",), ("well-used",)

ROWS = [
    # Shells and tools.
    Row("bash-curl", ("bash", "-c", f"for i in {{1..12}}; do {CURL}; done"), WAITING,
        "bash-curl-12", needs="curl"),
    Row("bash-curl-12", ("bash", "-c", f"for i in {{1..12}}; do {CURL} & done; wait"), OVERLAPPED,
        needs="curl"),
    Row("awk-parts", ("bash", "-c", f"awk '{SUM}'; awk '{SUM}'"), ONE, "awk-parts-2", needs="awk"),
    Row("awk-parts-2", ("bash", "-c", f"awk '{SUM}' & awk '{SUM}' & wait"), ALL, needs="awk"),
    Row("awk-parts-8", ("bash", "-c", f"seq 8 | xargs -P8 -I{{}} awk '{SUM}'"),
        ("over-subscribed",), needs="awk"),
    # One side computes for some 0.35 s, the other for 0.5 s.
    Row("perl-awk", ("sh", "-c", "perl -e 'print int(rand(1e6)), \"\\n\" for 1..3000000' | "
                     "awk '{ s += $1 % 7; t = t * 3 % 1000003 + $1 } END { print s, t }'"),
        ("well-used", "partly-parallel"), needs="perl"),
    Row("sqlite-query", ("sqlite3", ":memory:",
                         "with recursive c(x) as (select 1 union all select x + 1 from c "
                         "where x < 4000000) select sum(x * x % 7) from c"), ONE, needs="sqlite3"),
    Row("tar-zstd", ("sh", "-c", "tar -c -C /usr/include . | zstd -q -9"), ONE, needs="zstd"),
    Row("zstd-1", ("zstd", "-q", "-T1", "-B700000", "-17", "-kc", "DATA"), ONE, needs="zstd"),
    # Two workers with five blocks: 1.75 times faster than one.
    Row("zstd-2", ("zstd", "-q", "-T2", "-B700000", "-17", "-kc", "DATA"), ALL, needs="zstd"),
    # Event loops and rings in C.
    Row("c-epoll", ("others-c", "epoll", "PORT"), OVERLAPPED),
    Row("c-listeners", ("others-c", "listeners", "PORT"), WAITING),
    Row("c-timers", ("others-c", "timers"), ("overlapped:timer",)),
    Row("c-uring", ("others-c", "uring", "PORT"), WAITING, "c-uring-16"),
    Row("c-uring-16", ("others-c", "uring-16", "PORT"), OVERLAPPED),
    # Goroutines.
    Row("go-requests", ("go", "requests", "PORT"), WAITING, "go-requests-12", needs="go"),
    Row("go-requests-12", ("go", "requests-12", "PORT"), OVERLAPPED, needs="go"),
    Row("go-requests-20", ("go", "requests-20", "PORT"), OVERLAPPED, needs="go"),
    Row("go-compute", ("go", "compute"), ONE, "go-goroutines", needs="go"),
    Row("go-goroutines", ("go", "goroutines"), ALL, needs="go"),
    # Goroutines, not threads, wait for the lock.
    Row("go-mutex", ("go", "mutex"), ("lock-bound", "one-core"), needs="go"),
    Row("node-requests", ("node", "requests", "PORT"), WAITING, "node-requests-20", needs="node"),
    # Half of it is the start of Node.
    Row("node-requests-20", ("node", "requests-20", "PORT"),
        ("overlapped:network", "mixed:network", "one-core"), needs="node"),
    Row("node-requests-all", ("node", "requests-all", "PORT"), OVERLAPPED, needs="node"),
    Row("node-compute", ("node", "compute"), ONE, "node-workers-2", needs="node"),
    Row("node-workers-2", ("node", "workers-2"), ALL, needs="node"),
    # Four threads of Node's own pool.
    Row("node-derive", ("node", "derive"), ("well-used", "over-subscribed"), needs="node"),
    Row("rust-compute", ("rust", "compute"), ONE, "rust-threads-2", needs="rustc"),
    Row("rust-threads-2", ("rust", "threads-2"), ALL, needs="rustc"),
    Row("rust-unbalanced", ("rust", "unbalanced"), ("unbalanced",), "rust-threads-2",
        needs="rustc"),
    Row("rust-mutex", ("rust", "mutex"), ("lock-bound",), "rust-threads-2", needs="rustc"),
    Row("rust-channel", ("rust", "channel"), ALL, needs="rustc"),
    Row("py-pool-map", ("others-py", "pool-map"), ALL),
    Row("py-hash-threads", ("others-py", "hash-threads"), ALL),
    Row("py-commits", ("others-py", "commits"), ("waiting:disk", "mixed:disk")),
    Row("py-children-8", ("others-py", "children-at-once"), ("overlapped:timer",)),
    Row("java-compute", ("java", "compute"), ONE, "java-streams", needs="javac"),
    Row("java-streams", ("java", "streams"), ALL, needs="javac"),
    # Tutti itself.
    Row("tutti-map", ("tutti", "map"), ONE, "tutti-parallel-map"),
    Row("tutti-parallel-map", ("tutti", "parallel-map"), ALL),
    Row("tutti-processes", ("tutti", "processes"), ALL),
    Row("tutti-blocking", ("tutti", "blocking"), ("overlapped:timer",)),
    # Fifty pauses under way on one thread, of which the kernel knows only the next.
    Row("tutti-loop", ("tutti", "loop"), ("overlapped:timer",)),
]
