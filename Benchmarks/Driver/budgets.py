"""Budgets: the instructions and heap allocations of tiny bodies, counted by Valgrind."""

import concurrent.futures
import json
import os
import platform
import re
import shutil
import subprocess
import sys

from Driver import machine
from Driver.build import HERE, run_compiler

FILE = HERE / "budgets.json"
PROGRAM = HERE / ".build" / "release" / "parallel-budget"
STRIPPED = HERE / ".build" / "parallel-budget-stripped"

# How far above its budget a number of instructions may be: more than the start of threads and the
# C library make of it, less than one instruction more in most loops. Allocations are exact.
TOLERANCE = 0.01
# A row is called that many times. The start of the program and the first call, which are in both
# counts, cancel out in their difference.
FEW, MANY = 2, 6

VALGRIND = ["valgrind", "--command-line-only=yes"]
TOOLS = {
    "instructions": (
        [*VALGRIND, "--tool=callgrind", "--callgrind-out-file=/dev/null", "--dump-instr=no"],
        r"Collected : (\d+)"),
    "allocations": (
        [*VALGRIND, "--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"],
        r"total heap usage: ([\d,]+) allocs"),
}


def run(options):
    """Compares with the budgets, or writes them; returns the exit status."""
    missing = [name for name in ("valgrind", "strip") if not shutil.which(name)]
    if missing:
        packages = " ".join({"strip": "binutils"}.get(name, name) for name in missing)
        print(
            f"Budgets are not compared: that needs Valgrind. On Debian: apt-get install {packages}")
        return 1 if os.environ.get("CI") == "true" else 0

    run_compiler(
        PROGRAM.name,
        ["swift", "build", "-c", "release", "--package-path", str(HERE), "--product", PROGRAM.name])
    # Valgrind 3.19, which Debian 12 has, crashes on the debug information of Swift.
    subprocess.run(["strip", "-g", "-o", STRIPPED, PROGRAM], check=True)
    rows = known_rows()
    if options.rows:
        names = options.rows.split(",")
        unknown = set(names) - set(rows)
        if unknown:
            print(
                f"no row {', '.join(sorted(unknown))}; there are {', '.join(rows)}",
                file=sys.stderr)
            return 2
        rows = {name: row for name, row in rows.items() if name in names}

    measured = measure(rows)
    document = json.loads(FILE.read_text()) if FILE.exists() else {"rows": {}}
    here = measured_with()
    if options.update:
        kept = document["rows"] if options.rows else {}
        document = {"measured_with": here, "rows": {**kept, **measured}}
        FILE.write_text(json.dumps(document, indent=2) + "\n")
    budgets = document["rows"]
    if document.get("measured_with") != here:
        print(f"Measured here with {here}, the budgets with {document.get('measured_with')}.")
    print_table(rows, measured, budgets)
    if options.update:
        print(f"\nWritten to {FILE}.")
        return 0

    problems = over_budget(rows, measured, budgets)
    if not options.rows:
        problems += [f"{name}: has a budget but is no row" for name in budgets if name not in rows]
    for problem in problems:
        print(f"OVER  {problem}")
    if problems:
        print(
            "\nIf the change is wanted, `Benchmarks/run budgets --update` writes what was measured "
            "here;\n`--rows A,B` limits that to some rows. Commit Benchmarks/budgets.json with "
            "the change, and say why.")
    return 1 if problems else 0


def known_rows():
    """The rows of the program: unit, and how many units a call works through."""
    output = subprocess.run([STRIPPED], check=True, capture_output=True, text=True).stdout
    rows = (line.split() for line in output.splitlines())
    return {name: (unit, int(units)) for name, unit, units in rows}


def measure(rows):
    """The figures of each row: instructions a unit, allocations a call."""
    # Others on the machine do not change what is counted: one run a processor.
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        counts = {
            (name, tool, calls): pool.submit(count, tool, name, calls)
            for name in rows for tool in TOOLS for calls in (FEW, MANY)
        }

        def a_call(name, tool):
            few, many = (counts[name, tool, calls].result() for calls in (FEW, MANY))
            figure = (many - few) / (MANY - FEW)
            return int(figure) if figure.is_integer() else figure

        return {
            name: {
                "instructions": round(a_call(name, "instructions") / units, 3),
                "allocations": a_call(name, "allocations"),
            }
            for name, (_, units) in rows.items()
        }


def count(tool, row, calls):
    command, pattern = TOOLS[tool]
    result = subprocess.run(
        [*command, STRIPPED, row, str(calls)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace")
    match = re.search(pattern, result.stderr)
    if result.returncode != 0 or not match:
        raise SystemExit(f"{result.stderr}\n{row} failed under Valgrind.")
    return int(match.group(1).replace(",", ""))


def measured_with():
    swift = machine.version_of("swift", "--version", pattern=r"Swift version (\S+)")
    return f"Swift {swift}, {platform.machine()}"


def print_table(rows, measured, budgets):
    print(f"\n{'':<36}{'instructions':>22}{'allocations a call':>24}")
    print(f"{'':<36}{'counted':>11}{'budget':>11}{'counted':>15}{'budget':>9}")
    for name, (unit, _) in rows.items():
        figures, budget = measured[name], budgets.get(name, {})
        print(
            f"{name:<24}per {unit:<8}"
            f"{figures['instructions']:>11}{budget.get('instructions', '–'):>11}"
            f"{figures['allocations']:>15}{budget.get('allocations', '–'):>9}")


def over_budget(rows, measured, budgets):
    """A sentence for each figure above its budget; a note for those that are well below."""
    problems = []
    for name, (unit, _) in rows.items():
        if name not in budgets:
            problems.append(f"{name}: is a row but has no budget")
            continue
        figures, budget = measured[name], budgets[name]
        counted, allowed = figures["instructions"], budget["instructions"]
        change = f"{counted:g} instructions per {unit}, the budget is {allowed:g}"
        if counted > allowed * (1 + TOLERANCE):
            share = f", {counted / allowed - 1:.1%}" if allowed else ""
            problems.append(f"{name}: {change}: {counted - allowed:.3f} more{share}")
        elif counted < allowed * (1 - TOLERANCE):
            print(f"BELOW {name}: {change}: lower it with --update")
        counted, allowed = figures["allocations"], budget["allocations"]
        if counted > allowed:
            problems.append(
                f"{name}: {counted:g} allocations a call, the budget is {allowed:g}: "
                f"{counted - allowed:g} more")
    return problems
