"""Commands: programs that are started anew for each turn, and what one turn took."""

import dataclasses
import os
import signal
import subprocess

from Driver.player import PATIENCE, Failure


@dataclasses.dataclass(frozen=True)
class Command:
    """A way of doing a task: a function from the task to a command line."""

    name: str
    arguments: object
    # "ours", "automatic" (ours without settings) or "peer".
    role: str = "peer"

    def __str__(self):
        return self.name


@dataclasses.dataclass(frozen=True)
class Usage:
    """What one turn took: seconds, seconds of all processors, MB at most."""

    wall: float
    cpu: float
    memory: float


def run_once(launcher, command, task, log):
    """Runs the command to its end; its output goes to the file `log`."""
    arguments = [str(argument) for argument in command.arguments(task)]
    # A group of its own, so that none of its processes survives it.
    process = subprocess.Popen(
        [launcher, log, *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        answer, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Failure(f"{command} did not end within {PATIENCE:.0f} s.") from None
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    fields = answer.split()
    if len(fields) != 4:
        raise Failure(f"{command} could not be started.")
    wall, cpu, kilobytes, status = map(float, fields)
    if status != 0:
        raise Failure(f"{command} ended with exit status {status:.0f}: {last_words(log)}")
    return Usage(wall, cpu, kilobytes * 1024 / 1e6)


def last_words(log):
    """The end of what a program said, in one line."""
    with open(log, errors="replace") as file:
        return " ".join(file.read()[-400:].split()) or "it said nothing"
