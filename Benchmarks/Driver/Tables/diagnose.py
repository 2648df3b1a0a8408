"""The table `diagnose`: what `tutti diagnose` says of programs of which it is known what they do."""

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from Driver import machine, report
from Driver.build import HERE, OUTPUT, run_compiler

__all__ = ["ROWS", "players", "run"]

# The most times that a program is looked at; --rounds says fewer.
MOST_ROUNDS = 3
# As many of the rows must be right in most of their rounds, and predictions so near.
LEAST_RIGHT, NEAR = 0.9, 0.2


@dataclasses.dataclass(frozen=True)
class Row:
    """A program, the verdict that is right, and another program that does the same work better."""

    name: str
    program: tuple
    # Any of these: a verdict, or verdict:what-it-waits-for.
    right: tuple
    improved: str = ""
    needs: str = ""

    def __str__(self):
        return f"{self.name}: {' or '.join(self.right)}"


# The labels were written before a program was first looked at. On two cores.
ROWS = [
    Row("py-requests", ("py", "requests", "PORT"), ("waiting:network",), "py-requests-threads"),
    Row("py-requests-threads", ("py", "requests-12-threads", "PORT"),
        ("overlapped:network", "mixed:network", "one-core")),
    Row("py-requests-pool", ("py", "requests-pool", "PORT"), ("overlapped:network",)),
    Row("py-asyncio-serial", ("py", "asyncio-serial", "PORT"), ("waiting:network",)),
    Row("py-asyncio-gather", ("py", "asyncio-gather", "PORT"), ("overlapped:network",)),
    Row("py-mixed", ("py", "mixed", "PORT"), ("mixed:network",), "py-mixed-threads"),
    Row("py-mixed-threads", ("py", "mixed-threads", "PORT"), ("one-core", "lock-bound")),
    Row("py-compute", ("py", "compute"), ("one-core",), "py-processes-2"),
    Row("py-gil", ("py", "gil"), ("lock-bound",), "py-processes-2"),
    Row("py-processes-2", ("py", "processes-2"), ("well-used",)),
    Row("py-processes-16", ("py", "processes-16"), ("over-subscribed",)),
    Row("py-unbalanced", ("py", "unbalanced"), ("unbalanced",)),
    Row("py-flush", ("py", "flush"), ("waiting:disk", "mixed:disk")),
    Row("py-pauses", ("py", "pauses"), ("waiting:timer",)),
    Row("py-children", ("py", "children"), ("waiting:timer",)),
    Row("c-compute", ("c", "compute"), ("one-core",), "c-threads-2"),
    Row("c-threads-2", ("c", "threads-2"), ("well-used",)),
    Row("c-threads-32", ("c", "threads-32"), ("over-subscribed",)),
    Row("c-turns", ("c", "turns"), ("lock-bound", "one-core")),
    Row("c-unbalanced", ("c", "unbalanced"), ("unbalanced",)),
    Row("c-serial-part", ("c", "serial-part"), ("partly-parallel",)),
    Row("c-pauses", ("c", "pauses"), ("waiting:timer",)),
    Row("c-ping-pong", ("c", "ping-pong"), ("one-core",)),
    Row("swift-serial", ("swift", "serial"), ("one-core",), "swift-task-group"),
    Row("swift-task-group", ("swift", "task-group"), ("well-used",)),
    Row("swift-actor", ("swift", "actor"), ("one-core",)),
    Row("swift-sleeps", ("swift", "sleeps"), ("overlapped:timer", "waiting:timer")),
    Row("curl-serial", ("curl", "-s", "-o", "/dev/null", "http://127.0.0.1:PORT/[1-12]"),
        ("waiting:network",), needs="curl"),
    Row("curl-parallel",
        # Without "immediate" it would wait for the first answer before it asks for the second.
        ("curl", "-s", "-o", "/dev/null", "--parallel", "--parallel-immediate",
         "http://127.0.0.1:PORT/[1-200]"),
        ("overlapped:network",), needs="curl"),
    Row("xz-1", ("xz", "-T1", "--block-size=500000", "-kc", "DATA"), ("one-core",), "xz-2", needs="xz"),
    Row("xz-2", ("xz", "-T2", "--block-size=500000", "-kc", "DATA"), ("well-used",), needs="xz"),
    Row("sort-1", ("sort", "--parallel=1", "-S50M", "-o", "/dev/null", "LINES"), ("one-core",),
        needs="sort"),
    Row("gzip-pipe", ("sh", "-c", "cat DATA DATA DATA DATA DATA DATA | gzip -6 >/dev/null"),
        ("one-core",), needs="gzip"),
    Row("make-1", ("make", "-s", "-B", "-j1", "-C", "MADE"), ("one-core",), "make-2", needs="make"),
    Row("make-2", ("make", "-s", "-B", "-j2", "-C", "MADE"), ("well-used",), needs="make"),
    Row("ffmpeg-1", ("ffmpeg", "-v", "0", "-f", "lavfi", "-i", "mandelbrot=size=320x240:rate=25",
                     "-t", "8", "-threads", "1", "-f", "null", "-"), ("one-core",),
        needs="ffmpeg"),
]


class Programs:
    """What the rows are about, and what they work on; `missing` in sentences."""

    def __init__(self):
        self.sources, self.output = HERE / "Peers" / "diagnose", OUTPUT / "diagnose"
        self.output.mkdir(parents=True, exist_ok=True)
        self.versions, self.missing = {}, []
        root = HERE.parent
        run_compiler("tutti", [
            "swift", "build", "-c", "release", "--package-path", root, "--product", "tutti"])
        self.tutti = root / ".build" / "release" / "tutti"
        run_compiler("C", [
            "gcc", "-O2", "-pthread", self.sources / "programs.c", "-o", self.output / "c"])
        run_compiler("Swift", [
            "swiftc", "-O", "-parse-as-library", self.sources / "programs.swift", "-o",
            self.output / "swift"])
        # A launcher of Python would be another program than the one that is looked at.
        self.python = pathlib.Path(sys.executable).resolve()
        self.versions["Swift"] = machine.version_of(
            "swift", "--version", pattern=r"Swift version (\S+)")
        self.versions["Python"] = machine.version_of(
            sys.executable, "--version", pattern=r"Python (\S+)")
        for needed in sorted({row.needs for row in ROWS if row.needs}):
            if not shutil.which(needed):
                self.missing.append(f"Skipped: rows of {needed}, which is not installed.")
        self._make_input()

    def _make_input(self):
        self.data, self.lines = self.output / "data", self.output / "lines"
        # Neither random, which nothing compresses, nor all alike.
        state, words = 1, []
        for _ in range(400_000):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            words.append(f"{state >> 40:x}")
        self.data.write_text(" ".join(words))
        self.lines.write_text("\n".join(words * 4) + "\n")
        self.made = self.output / "made"
        self.made.mkdir(exist_ok=True)
        names = [f"part{number}" for number in range(8)]
        for name in names:
            functions = "".join(
                f"int {name}_{i}(int x) {{ for (int k = 0; k < x; k++) x ^= x * {i} + k; "
                f"return x; }}\n" for i in range(60))
            (self.made / f"{name}.c").write_text(functions)
        objects = " ".join(f"{name}.o" for name in names)
        (self.made / "Makefile").write_text(
            f"all: {objects}\n%.o: %.c\n\tgcc -O2 -c $< -o $@\n")

    def command(self, row, port):
        first, *rest = row.program
        words = {
            "py": [self.python, self.sources / "programs.py"],
            "c": [self.output / "c"],
            "swift": [self.output / "swift"],
        }.get(first, [first])
        places = {
            "PORT": port, "DATA": self.data, "LINES": self.lines, "MADE": self.made}
        for word in rest:
            for place, value in places.items():
                word = word.replace(place, str(value))
            words = [*words, word]
        return [str(word) for word in words]


def players():
    return Programs()


def run(table, programs, rows, options):
    """Diagnoses the program of each row; returns the exit status."""
    facts = machine.facts()
    report.print_machine(facts, programs.versions, programs.missing)
    server = subprocess.Popen(
        [programs.python, programs.sources / "programs.py", "serve"], stdout=subprocess.PIPE,
        text=True)
    results = []
    try:
        port = int(server.stdout.readline())
        for row in rows:
            if row.needs and not shutil.which(row.needs):
                continue
            results.append(look(programs, row, port, min(options.rounds, MOST_ROUNDS)))
            print_row(results[-1])
    finally:
        server.terminate()
        server.wait()
    pairs = compare(rows, results)
    status = print_summary(results, pairs)
    if options.json:
        facts["load_at_end"] = round(os.getloadavg()[0], 2)
        document = {
            "table": table, "rows": results, "pairs": pairs,
            "machine": {**facts, "versions": programs.versions, "missing": programs.missing},
        }
        pathlib.Path(options.json).write_text(json.dumps(document, indent=2) + "\n")
    return status


def look(programs, row, port, rounds):
    """What is said of one row's program, each round anew."""
    watch, said, now, after, recorder = machine.Watch(), [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        findings = pathlib.Path(folder) / "findings.json"
        for _ in range(rounds):
            result = subprocess.run(
                [programs.tutti, "diagnose", "--quiet", "--json", findings, "--",
                 *programs.command(row, port)],
                cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if result.returncode != 0:
                sys.exit(f"{row.name} ended with {result.returncode}: {result.stderr}")
            document = json.loads(findings.read_text())
            whole = document["whole"]
            kind = whole.get("waitsFor")
            said.append(f"{whole['verdict']}:{kind}" if kind else whole["verdict"])
            now.append(whole["quiet"])
            after.append((whole["after"], whole["isBound"]))
            recorder.append(document["recorderShare"])
    return {
        "name": row.name,
        "right": list(row.right),
        "said": said,
        "standing": standing(said, row.right),
        "now": sorted(now)[len(now) // 2],
        "after": sorted(after)[len(after) // 2][0],
        "is_bound": any(bound for _, bound in after),
        "recorder": max(recorder),
        "others": round(watch.share_of_others(), 3),
    }


def standing(said, right):
    """right, unsure or wrong: whichever holds in most rounds; wrong where none does."""
    marks = ["right" if word in right else "unsure" if word == "unsure" else "wrong"
             for word in said]
    return max(("wrong", "unsure", "right"), key=marks.count)


def compare(rows, results):
    """Predicted against measured, for rows whose improved form was looked at too."""
    by_name = {result["name"]: result for result in results}
    pairs = []
    for row in rows:
        if row.improved in by_name and row.name in by_name:
            before, better = by_name[row.name], by_name[row.improved]
            pairs.append({
                "from": row.name, "to": row.improved, "now": before["now"],
                "predicted": before["after"], "is_bound": before["is_bound"],
                "measured": better["now"],
                "error": round(before["after"] / better["now"] - 1, 3),
            })
    return pairs


def print_row(result):
    disturbed = "  disturbed" if result["others"] > 0.03 else ""
    said = ", ".join(sorted(set(result["said"])))
    print(
        f"{result['standing']:7} {result['name']:20} {said:34} {result['now']:6.2f} s"
        f"{disturbed}", flush=True)


def print_summary(results, pairs):
    counts = {mark: sum(result["standing"] == mark for result in results)
              for mark in ("right", "unsure", "wrong")}
    print(f"\n{counts['right']} of {len(results)} right, {counts['unsure']} unsure, "
          f"{counts['wrong']} wrong.")
    for pair in pairs:
        manner = "at best" if pair["is_bound"] else "about"
        print(f"{pair['from']} → {pair['to']}: {pair['now']:.2f} s, predicted {manner} "
              f"{pair['predicted']:.2f} s, measured {pair['measured']:.2f} s "
              f"({pair['error']:+.0%})")
    near = sum(abs(pair["error"]) <= NEAR for pair in pairs)
    if pairs:
        print(f"{near} of {len(pairs)} predictions within {NEAR:.0%}.")
    return 0 if counts["right"] >= LEAST_RIGHT * len(results) else 1
