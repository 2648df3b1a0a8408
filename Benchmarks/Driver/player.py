"""Players: the programs that are measured, and one process of theirs that serves a row."""

import dataclasses
import os
import select
import subprocess
import time

# No turn takes that long; a program that does is taken to hang.
PATIENCE = 120.0


class Failure(Exception):
    """A program that did not do what the protocol says."""


@dataclasses.dataclass(frozen=True)
class Player:
    """A way of running rows: a command to which row and number of threads are added."""

    name: str
    command: list
    # "ours", "peer" or "baseline". A baseline runs at one thread and is not in the ratio.
    role: str = "peer"
    # For what takes no number of threads: at one thread it is bound to one processor.
    takes_no_threads: bool = False
    # Rows where it counts as a baseline, though a peer elsewhere.
    baseline_in: tuple = ()

    def role_in(self, row):
        return "baseline" if row.name in self.baseline_in else self.role


class Process:
    """A living program that serves one row; it sleeps in a read between its turns."""

    def __init__(self, player, row, threads):
        self.player, self.row, self.threads = player, row, threads
        self.values, self.checksums = [], []
        bind = None
        if player.takes_no_threads and threads == 1:
            processor = min(os.sched_getaffinity(0))
            bind = lambda: os.sched_setaffinity(0, {processor})  # noqa: E731
        self.process = subprocess.Popen(
            [*player.command, row.name, str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=bind,
        )
        self.serves = self.read() != "none"

    def __str__(self):
        return f"{self.player.name} at {self.threads} {self.row.lane}{'s' * (self.threads > 1)}"

    def take_turn(self):
        try:
            self.process.stdin.write(b"go\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It ended; the read says so, with its exit status.
        line = self.read()
        try:
            value, checksum = line.split()
            self.values.append(float(value))
        except ValueError:
            raise Failure(f"{self.row.name}: {self} answered “{line}”.") from None
        self.checksums.append(checksum)

    def read(self):
        deadline, line = time.monotonic() + PATIENCE, b""
        while not line.endswith(b"\n"):
            wait = deadline - time.monotonic()
            if wait <= 0 or not select.select([self.process.stdout], [], [], wait)[0]:
                self.process.kill()
                self.process.wait()
                raise Failure(f"{self.row.name}: {self} gave no answer within {PATIENCE:.0f} s.")
            part = os.read(self.process.stdout.fileno(), 4096)
            if not part:
                raise Failure(
                    f"{self.row.name}: {self} ended with exit status {self.process.wait()}."
                )
            line += part
        return line.decode().strip()

    def processor_seconds(self):
        """What it and its children have used so far."""
        return ticks_of_tree(self.process.pid) / os.sysconf("SC_CLK_TCK")

    def end(self):
        """Ends it by the end of its input."""
        if self.process.poll() is None:
            try:
                self.process.stdin.close()
                self.process.wait(timeout=10)
            except (BrokenPipeError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()


def ticks_of_tree(pid):
    """Processor time of a process, of its children that ended, and of those that live."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        tasks = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return 0  # It ended just now; its parent's figure has it.
    ticks = sum(int(field) for field in fields[11:15])
    for task in tasks:
        try:
            with open(f"/proc/{pid}/task/{task}/children") as file:
                children = file.read().split()
        except OSError:
            continue
        ticks += sum(ticks_of_tree(child) for child in children)
    return ticks
