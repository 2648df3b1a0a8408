"""The table `tracing`: what an event costs while somebody traces, and while nobody does."""

from Driver.build import Build
from Driver.row import Row

ROWS = [
    Row("mark", unit="ns"),
    Row("span", unit="ns"),
    Row("jobs", unit="ns"),
    Row("fib-34"),
]


def players():
    build = Build("tracing")
    build.swift("tracing-tutti", {"ours": ["on"]}, role="ours")
    build.swift("tracing-tutti", {"off": ["off"], "clock": ["clock"]})
    return build
