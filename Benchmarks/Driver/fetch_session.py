"""A session of the table `fetch`: its programs in turn, each started anew, checked and reported."""

import json
import os
import signal
import statistics
import sys
import time

from Driver import machine, report
from Driver.command import run_once
from Driver.fetch_stage import Stage
from Driver.player import Failure

# Between two turns, for connections that are closing.
PAUSE = 0.1
# What takes longer than that, in seconds, and twice the fastest is in the first rounds only.
SLOW, SLOW_ROUNDS = 2.0, 3
# The figures of a turn: name, unit, and the value by usage and row.
FIGURES = [
    ("wall", "s", lambda usage, row: usage.wall),
    ("cpu", "µs/URL", lambda usage, row: usage.cpu / row.count * 1e6),
    ("memory", "MB", lambda usage, row: usage.memory),
]


def run(table, players, rows, options):
    """Runs the table; returns the exit status."""
    facts = machine.facts()
    report.print_machine(facts, players.versions, players.missing)
    results, problems = [], []
    # So that neither the files in memory nor the program of this turn outlive a driver that is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    stage = Stage(players.server)
    try:
        for row in rows:
            measured = take_turns(stage, row, players, options.rounds, problems)
            results += measured
            print_row(row, measured)
    finally:
        stage.close()
    facts["load_at_end"] = round(os.getloadavg()[0], 2)
    print_summary(results)
    if options.json:
        document = {
            "table": table,
            "rows": results,
            "rounds": options.rounds,
            "spread": "quartiles",
            "machine": {**facts, "versions": players.versions, "missing": players.missing},
            "problems": problems,
        }
        with open(options.json, "w") as file:
            json.dump(document, file, indent=2, ensure_ascii=False)
            file.write("\n")
    for problem in problems:
        print(f"FAILED  {problem}")
    return 1 if problems else 0


def take_turns(stage, row, players, rounds, problems):
    """The figures of one row; a program that fails leaves it, and a sentence among the problems."""
    task, commands = stage.task(row), [c for c in players.list if c.name not in row.without]
    usages = {command: [] for command in commands}
    watch, server_before = machine.Watch(), stage.server_seconds()
    for lap in range(min(rounds, row.rounds)):
        # Another one begins each round, so that nobody always follows the same one.
        start = lap % max(1, len(commands))
        for command in commands[start:] + commands[:start]:
            if command not in usages or is_slow(command, usages, lap):
                continue
            try:
                usages[command].append(turn(players.launcher, command, task))
            except Failure as failure:
                del usages[command]
                problems.append(f"{row.name}: {failure}")
                print(f"\n{problems[-1]}", flush=True)
    watch.counted(stage.server_seconds() - server_before)
    others = round(watch.share_of_others(), 3)
    return [result(row, figure, usages, others) for figure in FIGURES]


def is_slow(command, usages, lap):
    if lap < SLOW_ROUNDS:
        return False
    fastest = min(turns[0].wall for turns in usages.values())
    return usages[command][0].wall > max(SLOW, 2 * fastest)


def turn(launcher, command, task):
    time.sleep(PAUSE)
    with task:
        usage = run_once(launcher, command, task, task.stage.log)
        damage = task.damage()
    if damage:
        raise Failure(f"{command} {damage}.")
    return usage


def result(row, figure, usages, others):
    """One row of the JSON: one figure of one row of the table."""
    name, unit, value = figure
    values = {
        command: [value(usage, row) for usage in turns] for command, turns in usages.items()
    }
    medians = {command: report.rounded(statistics.median(v)) for command, v in values.items()}
    by_role = {
        role: {c.name: median for c, median in medians.items() if c.role == role}
        for role in ("ours", "automatic", "peer")
    }
    ours = by_role["ours"].get("ours")
    automatic = next(iter(by_role["automatic"].values()), None)
    peers = by_role["peer"]
    best = min(peers, key=peers.get, default=None)
    return {
        "name": f"{row.name} {name}",
        "unit": unit,
        "ours": ours,
        "ours_automatic": automatic,
        "peers": peers,
        "best_peer": best,
        "ratio": ratio(ours, peers.get(best)),
        "ratio_automatic": ratio(automatic, peers.get(best)),
        "spread": {command.name: report.quartiles(v) for command, v in values.items()},
        "others_used": others,
    }


def ratio(ours, theirs):
    return round(ours / theirs, 3) if ours is not None and theirs else None


def print_row(row, results):
    wall, cpu, memory = results
    note = ""
    if wall["others_used"] > report.QUIET:
        note = f"   disturbed: others used {wall['others_used']:.0%} of the machine"
    print(f"\n{row.name}: {row}{note}")
    print(f"    {'':<22}{'wall, s':>9}   {'quartiles':<14}{'CPU, µs/URL':>12}{'memory, MB':>12}")
    columns = [
        {"ours": result["ours"], "ours, no limit given": result["ours_automatic"],
         **result["peers"]}
        for result in results
    ]
    for name in sorted((n for n in columns[0] if columns[0][n] is not None), key=columns[0].get):
        low, high = wall["spread"][name]
        quartiles = f"{report.figure(low)}–{report.figure(high)}"
        print(
            f"    {name:<22}{report.figure(columns[0][name]):>9}   {quartiles:<14}"
            f"{report.figure(columns[1][name]):>12}{report.figure(columns[2][name]):>12}")
    print(end="", flush=True)


def print_summary(results):
    print(f"\n{'':<26}{'unit':<8}{'ours':>8}{'no limit':>10}   best peer")
    for result in results:
        best = result["best_peer"]
        verdict = "no peer" if best is None else f"{best} {report.figure(result['peers'][best])}"
        if result["ratio"] is not None:
            verdict = f"{verdict:<22}{result['ratio']:.2f}  {report.standing(result)}"
        print(
            f"{result['name']:<26}{result['unit']:<8}{report.figure(result['ours']):>8}"
            f"{report.figure(result['ours_automatic']):>10}   {verdict}")
    print("Medians; the ratio is ours at the same limit ÷ best peer, below 1 is ahead.")
