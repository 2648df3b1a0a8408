"""The table `diagnose`: what `tutti diagnose` says of programs of which it is known what they do."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from Driver import machine, report
from Driver.diagnosed import held_out, tuned_on
from Driver.diagnosed.costs import measure_costs
from Driver.diagnosed.load import Load
from Driver.diagnosed.programs import Programs

__all__ = ["ROWS", "players", "run"]

ROWS = tuned_on.ROWS + held_out.ROWS

# The most times that a program is looked at; --rounds says fewer.
MOST_ROUNDS = 3
# As many of the rows must be right in most of their rounds, and predictions so near.
LEAST_RIGHT, NEAR = 0.9, 0.2


def players():
    return Programs


def run(table, programs, rows, options):
    """Diagnoses the program of each row; returns the exit status."""
    parts = {"tuned-on": tuned_on.ROWS, "held-out": held_out.ROWS, "costs": []}
    rows = [row for row in rows if row in parts.get(options.only, ROWS)]
    programs = programs(rows)
    facts = machine.facts()
    report.print_machine(facts, programs.versions, programs.missing)
    server = subprocess.Popen(
        [programs.python, programs.sources / "programs.py", "serve"], stdout=subprocess.PIPE,
        text=True)
    results, costs = [], []
    try:
        port = int(server.stdout.readline())
        with Load(options.busy):
            for row in rows:
                if row.needs and not shutil.which(row.needs):
                    continue
                results.append(look(programs, row, port, min(options.rounds, MOST_ROUNDS)))
                print_row(results[-1])
            if options.only == "costs" or not options.only and not options.rows:
                costs = measure_costs(programs.tutti, programs.starts["costs"][0])
    finally:
        server.terminate()
        server.wait()
    pairs = compare(rows, results)
    status = print_summary(results, pairs) if results else 0
    if options.json:
        facts["load_at_end"] = round(os.getloadavg()[0], 2)
        document = {
            "table": table, "rows": results, "pairs": pairs, "costs": costs,
            "busy": options.busy,
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
        "held_out": row in held_out.ROWS,
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
    """Prints what was right; the exit status, by what the rules were tuned on and not."""
    print()
    print_counts("Tuned on", [result for result in results if not result["held_out"]])
    print_counts("Held out", [result for result in results if result["held_out"]])
    right = print_counts("Together", results)
    for pair in pairs:
        manner = "at best" if pair["is_bound"] else "about"
        print(f"{pair['from']} → {pair['to']}: {pair['now']:.2f} s, predicted {manner} "
              f"{pair['predicted']:.2f} s, measured {pair['measured']:.2f} s "
              f"({pair['error']:+.0%})")
    near = sum(abs(pair["error"]) <= NEAR for pair in pairs)
    if pairs:
        print(f"{near} of {len(pairs)} predictions within {NEAR:.0%}.")
    return 0 if right >= LEAST_RIGHT * len(results) else 1


def print_counts(title, results):
    """Prints how many of the rows are right, and by single looks; the number of right ones."""
    right, unsure, wrong = (
        sum(result["standing"] == mark for result in results)
        for mark in ("right", "unsure", "wrong"))
    looks = [word in result["right"] for result in results for word in result["said"]]
    if results:
        print(f"{title}: {right} of {len(results)} right, {unsure} unsure, {wrong} wrong; "
              f"{sum(looks)} of {len(looks)} looks right.")
    return right
