"""What it costs to be diagnosed: start, share of a core, and how much the program is slowed."""

import json
import pathlib
import statistics
import subprocess
import tempfile
import time

ROUNDS = 7

# What is measured, and the program.
SWITCHING = [
    ("computes", ("ping-pong", "10", "20000000")),
    ("some switches", ("ping-pong", "6000", "95000")),
    ("many switches", ("ping-pong", "10000", "30000")),
    ("as many as there can be", ("ping-pong", "20000", "0")),
    ("500 threads that wake each 5 ms", ("wakers", "200", "500")),
]


def measure_costs(tutti, costs):
    """Prints one line a row; programs with and without the recorder take turns."""
    rows = [start(tutti)]
    rows += [switching(tutti, name, [str(costs), *words]) for name, words in SWITCHING]
    return rows


def start(tutti):
    commands = {
        "true": ["true"], "tutti --version": [tutti, "--version"],
        "tutti diagnose -- true": [tutti, "diagnose", "--", "true"],
    }
    times = {name: [] for name in commands}
    for _ in range(3 * ROUNDS):
        for name, command in commands.items():
            times[name].append(seconds(command))
    row = {name: statistics.median(all_) * 1000 for name, all_ in times.items()}
    print(", ".join(f"{name}: {value:.1f} ms" for name, value in row.items()), flush=True)
    return row


def switching(tutti, name, command):
    plain, diagnosed, shares, switches, lost = [], [], [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        findings = pathlib.Path(folder) / "findings.json"
        saved = pathlib.Path(folder) / "saved"
        for _ in range(ROUNDS):
            plain.append(seconds(command))
            diagnosed.append(seconds([
                tutti, "diagnose", "--quiet", "--json", findings, "--save", saved, "--",
                *command]))
            document = json.loads(findings.read_text())
            # What is analysed after the end of the program does not slow it.
            diagnosed[-1] = document["wall"]
            shares.append(document["recorderShare"])
            lost += document["lostRecords"]
            switches = max(switches, count_switches(saved) / document["wall"])
    before, after = statistics.median(plain), statistics.median(diagnosed)
    row = {
        "name": name, "switches_a_second": round(switches),
        "recorder": statistics.median(shares), "plain": before, "diagnosed": after,
        "us_a_switch": (after - before) * 1e6 / max(1, switches * after), "lost": lost,
    }
    print(f"{name}: {switches:.0f} switches a second, recorder {row['recorder']:.1%} of a core, "
          f"{before:.3f} s → {after:.3f} s ({after / before - 1:+.1%}"
          + (f", {row['us_a_switch']:+.2f} µs a switch" if switches > 1e4 else "")
          + f"), {lost} records lost", flush=True)
    return row


def count_switches(saved):
    """How often a thread was given a processor, in the part that was not folded."""
    count = 0
    with open(saved) as file:
        for line in file:
            if line[0] in "rws+" and not line.startswith(("reason", "slice", "ran", "waits")):
                count += sum(word[0] == "r" for word in line.split())
    return count


def seconds(command):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin
