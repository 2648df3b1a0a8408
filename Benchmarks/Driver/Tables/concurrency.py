"""The table `concurrency`: tasks that wait."""

from Driver.build import Build
from Driver.row import Row

# In nanoseconds of processor time; bytes of resident memory; microseconds that pass.
ROWS = [
    Row("yield", unit="ns"),
    Row("task-yield", unit="ns"),
    Row("spawn", unit="ns"),
    Row("map-at-once", unit="ns"),
    Row("map-yield", unit="ns"),
    Row("sleep", unit="ns", rounds=3),
    Row("sleep-memory", unit="B", rounds=2),
    Row("echo", unit="µs"),
]


def players():
    build = Build("concurrency")
    build.swift("concurrency-tutti", {"ours": ["preference"]}, role="ours")
    # The same loop as the executor of the whole process; it has one thread, whatever is asked for.
    build.swift("concurrency-tutti", {"ours as a program": ["program"]}, role="baseline")
    build.swift("concurrency-swift", {"swift": []}, takes_no_threads=True)
    build.go("go", {"go": []})
    build.crate("tokio", "concurrency-rust", {"tokio": []})
    build.script("uvloop", "python/rows.py", module="uvloop", package="python3-uvloop")
    build.node("node", "node/rows.mjs")
    return build
