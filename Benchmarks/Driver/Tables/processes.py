"""The table `processes`: jobs in worker processes."""

import functools

from Driver import build, row

Row = functools.partial(row.Row, lane="worker", at_one=False)

ROWS = [
    Row("round-trip", unit="µs"),
    Row("tiny-256", unit="µs"),
    Row("map-1M"),
    Row("floats-64MiB"),
    Row("shared-64MiB"),
    Row("shared-fill-64MiB"),
    Row("start"),
    Row("frames"),
]


def players():
    players = build.Build("processes")
    players.swift("processes-tutti", {"ours": ["processes"]}, role="ours")
    # Ours as well: the same by the coder, the map as a closure; frames without isolation.
    for form, rows in [("coded", ("tiny-256", "map-1M")), ("closure", ("map-1M",))]:
        players.swift("processes-tutti", {f"ours, {form}": [form]}, baseline_in=rows)
    players.swift("processes-tutti", {"cores": ["cores"]})
    for pool in ["executor", "pool"]:
        players.script(pool, "python/rows.py", pool, module="numpy", package="python3-numpy")
    for method in ["spawn", "forkserver", "fork"]:
        players.script(method, "python/rows.py", method)
    for pool in ["loky", "joblib"]:
        players.script(pool, "python/rows.py", pool, module="joblib", package="python3-joblib")
    return players
