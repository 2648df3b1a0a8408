"""The table `blocking`: calls that block, in pools that were given no size."""

from Driver.build import Build
from Driver.row import Row

ROWS = [
    Row("blocking-1000", rounds=5),
    Row("mixed", rounds=5),
    Row("computing", rounds=5),
    Row("idle", unit="ms/s", rounds=3),
]


def players():
    build = Build("blocking")
    build.swift("blocking-swift", {"ours": ["tutti"]}, role="ours", takes_no_threads=True)
    build.swift("blocking-swift", {"dispatch": ["dispatch"], "nio": ["nio"]},
                takes_no_threads=True)
    build.go("go", {"go": []})
    build.script("python", "python/rows.py", takes_no_threads=True)
    return build
