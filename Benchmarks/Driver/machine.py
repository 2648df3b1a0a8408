"""What the figures depend on: the machine, the compilers, how busy it is besides."""

import os
import platform
import re
import subprocess
import time


def facts():
    return {
        "cpu": _first_match(r"model name\s*: (.*)", "/proc/cpuinfo") or platform.machine(),
        "processors": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "kernel": platform.release(),
        "huge_pages": _first_match(r"\[(\w+)\]", "/sys/kernel/mm/transparent_hugepage/enabled"),
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def version_of(*command, pattern=r"(.*)"):
    """The first match in what a command prints; "unknown" when it cannot be run."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    match = re.search(pattern, result.stdout + result.stderr)
    return match.group(1) if match else "unknown"


class Watch:
    """How much of the machine was used by others while our processes ran."""

    def __init__(self):
        self.busy, self.wall, self.own = _busy_seconds(), time.monotonic(), _own_seconds()
        self.children = 0.0

    def counted(self, seconds):
        """Takes in CPU seconds of a child that is not yet reaped."""
        self.children += seconds

    def share_of_others(self):
        """Between 0 and 1, of all processors."""
        wall = time.monotonic() - self.wall
        used = _busy_seconds() - self.busy - self.children - (_own_seconds() - self.own)
        return max(0.0, used / wall / os.cpu_count()) if wall > 0 else 0.0


def _busy_seconds():
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _own_seconds():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _first_match(pattern, path):
    try:
        with open(path) as file:
            match = re.search(pattern, file.read())
    except OSError:
        return None
    return match.group(1) if match else None
