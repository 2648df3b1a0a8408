"""Other programs that want the cores while a table is measured."""

import subprocess
import sys


class Load:
    """Programs that compute, until the end of a `with`."""

    def __init__(self, count):
        self.count, self.programs = count, []

    def __enter__(self):
        for _ in range(self.count):
            self.programs.append(subprocess.Popen([sys.executable, "-c", "while True: pass"]))
        return self

    def __exit__(self, *_):
        for program in self.programs:
            program.kill()
            program.wait()
