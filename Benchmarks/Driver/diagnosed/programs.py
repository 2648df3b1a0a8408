"""Builds the programs of the table `diagnose`, and makes what they work on."""

import pathlib
import shutil
import sys

from Driver import machine
from Driver.build import HERE, OUTPUT, run_compiler


class Programs:
    """What rows are about, and what they work on; `missing` in sentences."""

    def __init__(self, rows):
        self.sources, self.output = HERE / "Peers" / "diagnose", OUTPUT / "diagnose"
        self.output.mkdir(parents=True, exist_ok=True)
        self.versions, self.missing = {}, []
        root = HERE.parent
        run_compiler("tutti", [
            "swift", "build", "-c", "release", "--package-path", root, "--product", "tutti"])
        self.tutti = root / ".build" / "release" / "tutti"
        # A launcher of Python would be another program than the one that is looked at.
        self.python = pathlib.Path(sys.executable).resolve()
        self.starts = {
            "py": [self.python, self.sources / "programs.py"],
            "others-py": [self.python, self.sources / "others.py"],
        }
        self._build({row.program[0] for row in rows} | {"costs"})
        self.versions["Swift"] = machine.version_of(
            "swift", "--version", pattern=r"Swift version (\S+)")
        self.versions["Python"] = machine.version_of(
            sys.executable, "--version", pattern=r"Python (\S+)")
        for needed in sorted({row.needs for row in rows if row.needs}):
            if not shutil.which(needed):
                self.missing.append(f"Skipped: rows of {needed}, which is not installed.")
        self._make_input()

    def _build(self, names):
        """Compiles the programs of those names whose compiler is there."""
        for name, source, command in (
            ("c", "programs.c", ["gcc", "-O2", "-pthread"]),
            ("costs", "costs.c", ["gcc", "-O2", "-pthread"]),
            ("others-c", "others.c", ["gcc", "-O2"]),
            ("swift", "programs.swift", ["swiftc", "-O", "-parse-as-library"]),
            ("go", "others.go", ["go", "build"]),
            ("rust", "others.rs", ["rustc", "-O"]),
        ):
            if name in names and shutil.which(command[0]):
                built = self.output / name
                options = [*command, "-o", built, self.sources / source]
                run_compiler(source, options)
                self.starts[name] = [built]
        if "java" in names and shutil.which("javac"):
            run_compiler("Java", ["javac", "-d", self.output, self.sources / "Others.java"])
            self.starts["java"] = ["java", "-cp", self.output, "Others"]
        if "node" in names and shutil.which("node"):
            self.starts["node"] = ["node", self.sources / "others.mjs"]
        if "tutti" in names:
            run_compiler("Tutti's", [
                "swift", "build", "-c", "release", "--package-path", HERE, "--product",
                "diagnose-tutti"])
            self.starts["tutti"] = [HERE / ".build" / "release" / "diagnose-tutti"]

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
        """The command line of a row."""
        first, *rest = row.program
        words = list(self.starts.get(first, [first]))
        places = {
            "PORT": port, "DATA": self.data, "LINES": self.lines, "MADE": self.made}
        for word in rest:
            for place, value in places.items():
                word = word.replace(place, str(value))
            words = [*words, word]
        return [str(word) for word in words]
