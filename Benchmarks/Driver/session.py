"""A session: every row of a table, its programs interleaved, checked and reported."""

import json
import os
import time

from Driver import machine, report
from Driver.player import Failure, Process

# Between two turns: longer than any of the programs' threads spin when they have nothing to do.
PAUSE = 0.02
# A program whose run takes longer than that, in seconds, takes part in the first rounds only.
SLOW, SLOW_ROUNDS = 2.0, 3


def run(table, players, rows, options):
    """Runs the table; returns the exit status."""
    facts = machine.facts()
    report.print_machine(facts, players.versions, players.missing)
    results, problems = [], []
    for row in rows:
        try:
            result, problem = measure(row, players.list, options)
        except Failure as failure:
            result, problem = None, str(failure)
        if problem:
            problems.append(problem)
            print(f"\n{problem}", flush=True)
        if result:
            results.append(result)
            report.print_row(result, options.threads, row.lane)
    facts["load_at_end"] = round(os.getloadavg()[0], 2)
    report.print_summary(results, options.threads)
    if options.json:
        document = {
            "table": table,
            "rows": results,
            "threads": options.threads,
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


def measure(row, players, options):
    """The figures of one row, and a sentence when the programs disagree."""
    processes = []
    try:
        for player in players:
            role = player.role_in(row)
            widths = [1, options.threads] if row.at_one else [options.threads]
            if role == "baseline" and player.role == role:
                widths = [1]
            for threads in widths:
                process = Process(player, row, threads)
                if process.serves:
                    processes.append(process)
                else:
                    process.end()
        return take_turns(row, processes, options)
    finally:
        for process in processes:
            process.end()


def take_turns(row, processes, options):
    watch = machine.Watch()
    before = {process: process.processor_seconds() for process in processes}
    for round in range(min(options.rounds, row.rounds)):
        # A new one begins each round, so that nobody always follows the same one.
        start = round % max(1, len(processes))
        for process in processes[start:] + processes[:start]:
            if round >= SLOW_ROUNDS and row.unit == "ms" and process.values[0] > SLOW * 1e3:
                continue
            time.sleep(PAUSE)
            process.take_turn()
    for process in processes:
        watch.counted(process.processor_seconds() - before[process])
    return report.result(row, processes, watch.share_of_others()), row.disagreement(processes)
