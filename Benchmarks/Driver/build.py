"""Builds the programs of a table, and says in a sentence which of them are missing and why."""

import pathlib
import shutil
import subprocess
import sys

from Driver import machine
from Driver.player import Player

HERE = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = HERE / ".build" / "peers"
REGISTRY = pathlib.Path("/usr/share/cargo/registry")

# What a user would compile with. No -march, since Swift has none here; no contraction to fused
# operations, so that all languages compute the same bits.
CPP_FLAGS = ["-std=c++17", "-O3", "-ffp-contract=off", "-fopenmp-simd"]


class Build:
    """The programs of one table: `list` of players, `versions`, `missing` in sentences."""

    def __init__(self, table):
        self.sources = HERE / "Peers" / table
        self.output = OUTPUT / table
        self.output.mkdir(parents=True, exist_ok=True)
        self.list, self.versions, self.missing, self.done = [], {}, [], set()

    def swift(self, product, players, **traits):
        """Players of a product of Benchmarks/Package.swift, each with its further arguments."""
        if product not in self.done:
            # The package manager overlooks new files of a package beside this one until it plans anew.
            (HERE / "Package.swift").touch()
            command = ["swift", "build", "-c", "release", "--package-path", str(HERE)]
            run_compiler(product, [*command, "--product", product])
            self.done.add(product)
            self.versions["Swift"] = machine.version_of(
                "swift", "--version", pattern=r"Swift version (\S+)")
        self._add(HERE / ".build" / "release" / product, players, traits)

    def cargo(self, folder, players, **traits):
        """Players of a Cargo project whose crates come from Debian."""
        crates = [(path.name.removeprefix("rayon-")) for path in REGISTRY.glob("rayon-[0-9]*")]
        if not shutil.which("cargo") or not crates:
            wanted = "librust-rayon-dev" if shutil.which("cargo") else "cargo"
            return self._miss(players, wanted)
        target = self.output / folder
        if folder not in self.done:
            command = ["cargo", "build", "--release", "--offline", "--target-dir", str(target)]
            run_compiler(folder, command, cwd=self.sources / folder)
            self.done.add(folder)
            self.versions["Rust"] = machine.version_of("rustc", "--version", pattern=r"rustc (\S+)")
            self.versions["Rayon"] = crates[0]
        self._add(target / "release" / "parallel-rust", players, traits)

    def cpp(self, name, source, *flags, needs=None, **traits):
        """A player of one C++ file; `needs` is a header and the Debian package that has it."""
        if not shutil.which("g++"):
            return self._miss([name], "g++")
        if needs and not header_exists(needs[0]):
            return self._miss([name], needs[1])
        program = self.output / pathlib.Path(source).stem
        file = self.sources / "cpp" / source
        run_compiler(name, ["g++", *CPP_FLAGS, str(file), "-o", str(program), *flags])
        self.versions["g++"] = machine.version_of("g++", "-dumpfullversion")
        if name == "tbb":
            self.versions["oneTBB"] = tbb_version()
        self._add(program, {name: []}, traits)

    def python(self, name, script, **traits):
        """A player of a script that needs numpy."""
        version = machine.version_of(
            sys.executable, "-c", "import numpy; print(numpy.__version__)", pattern=r"^(\d\S*)")
        if version == "unknown":
            return self._miss([name], "python3-numpy")
        self.versions["numpy"] = version
        self.list.append(Player(name, [sys.executable, str(self.sources / script)], **traits))

    def crate(self, folder, program, players, **traits):
        """Players of a Cargo project named after the one crate that it takes from Debian."""
        crates = [path.name.removeprefix(f"{folder}-") for path in REGISTRY.glob(f"{folder}-[0-9]*")]
        if not shutil.which("cargo") or not crates:
            wanted = f"librust-{folder}-dev" if shutil.which("cargo") else "cargo"
            return self._miss(players, wanted)
        target = self.output / folder
        command = ["cargo", "build", "--release", "--offline", "--target-dir", str(target)]
        run_compiler(folder, command, cwd=self.sources / folder)
        self.versions["Rust"] = machine.version_of("rustc", "--version", pattern=r"rustc (\S+)")
        self.versions[folder.capitalize()] = crates[0]
        self._add(target / "release" / program, players, traits)

    def go(self, folder, players, **traits):
        """Players of a Go module without dependencies."""
        if not shutil.which("go"):
            return self._miss(players, "golang-go")
        program = self.output / f"{folder}-program"
        run_compiler(folder, ["go", "build", "-o", str(program), "."], cwd=self.sources / folder)
        self.versions["Go"] = machine.version_of("go", "version", pattern=r"go(\d\S*)")
        self._add(program, players, traits)

    def script(self, name, script, *arguments, module=None, package=None, **traits):
        """A player of a Python script, and the module that it needs with the package that has it."""
        if module:
            code = f"import {module}; print({module}.__version__)"
            version = machine.version_of(sys.executable, "-c", code, pattern=r"^(\d\S*)")
            if version == "unknown":
                return self._miss([name], package)
            self.versions[module] = version
        self.versions["Python"] = machine.version_of(
            sys.executable, "--version", pattern=r"Python (\S+)")
        command = [sys.executable, str(self.sources / script), *arguments]
        self.list.append(Player(name, command, **traits))

    def node(self, name, script, **traits):
        """A player of a script for Node."""
        if not shutil.which("node"):
            return self._miss([name], "nodejs")
        self.versions["Node"] = machine.version_of("node", "--version", pattern=r"v(\S+)")
        self.list.append(Player(name, ["node", str(self.sources / script)], **traits))

    def _add(self, program, players, traits):
        for name, arguments in players.items():
            self.list.append(Player(name, [str(program), *arguments], **traits))

    def _miss(self, names, package):
        self.missing.append(
            f"Skipped: {', '.join(names)}. Debian's package {package} brings what is missing.")


def run_compiler(name, command, **options):
    """Runs a compiler; shows what it said and exits when it failed."""
    print(f"building {name}", file=sys.stderr, flush=True)
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"{result.stdout}\nbuilding {name} failed.")


def header_exists(header):
    program = f"#if !__has_include(<{header}>)\n#error\n#endif\n"
    return preprocess(program).returncode == 0


def tbb_version():
    output = preprocess("#include <tbb/version.h>\nTBB TBB_VERSION_MAJOR.TBB_VERSION_MINOR").stdout
    return output.strip().splitlines()[-1].removeprefix("TBB ").replace(" ", "")


def preprocess(text):
    return subprocess.run(
        ["g++", "-E", "-P", "-x", "c++", "-"], input=text, capture_output=True, text=True)
