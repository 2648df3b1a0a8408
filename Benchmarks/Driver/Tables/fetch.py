"""The table `fetch`: many URLs at once, written to files."""

import dataclasses
import shutil
import sys

from Driver import machine
from Driver.build import HERE, Build, run_compiler
from Driver.command import Command
from Driver.fetch_session import run

__all__ = ["ROWS", "players", "run"]


@dataclasses.dataclass(frozen=True)
class Row:
    """So many files of so many bytes, each answered after `delay` ms, `limit` in flight."""

    name: str
    count: int
    limit: int
    size: int = 10_000
    delay: int = 0
    scheme: str = "http"
    # Addresses of 127.0.1.0/24 that take turns in the list; 0: all files are at 127.0.0.1.
    hosts: int = 0
    # The first so many of them answer after 1 to 2 s.
    slow_hosts: int = 0
    rounds: int = 5
    # Programs that take no part.
    without: tuple = ()

    def host(self, index):
        return f"127.0.1.{1 + index % self.hosts}" if self.hosts else "127.0.0.1"

    def delay_of(self, index):
        if self.hosts and index % self.hosts < self.slow_hosts:
            return 1000 + 1000 * (index % self.hosts) // self.slow_hosts
        return self.delay

    def __str__(self):
        size = f"{self.size // 1000} KB"
        text = f"{self.count} × {size} over {self.scheme.upper()}, {self.limit} in flight"
        if self.delay:
            text += f", answers after {self.delay} ms"
        if self.hosts:
            text += f", {self.hosts} hosts, {self.slow_hosts} of them take 1 to 2 s"
        return text


ROWS = [
    Row("wait-2000", count=2000, limit=100, delay=50),
    Row("wait-5000", count=5000, limit=1000, delay=50),
    Row("small-10000", count=10000, limit=100),
    Row("large-3000", count=3000, limit=100, size=100_000),
    Row("slow-hosts", count=2000, limit=100, delay=50, hosts=200, slow_hosts=10),
    Row("tls-wait-2000", count=2000, limit=100, delay=50, scheme="https"),
    Row("tls-small-10000", count=10000, limit=100, scheme="https"),
]


def players():
    build = FetchBuild("fetch")
    build.tutti()
    build.go()
    build.installed("curl", curl, r"curl (\S+)")
    build.installed("aria2c", aria2c, r"version (\S+)", package="aria2")
    build.python("aiohttp", "aiohttp_client.py", "aiohttp", "uvloop")
    build.python("requests", "requests_client.py", "requests")
    return build


class FetchBuild(Build):
    """The programs of this table, and the server and launcher that it needs."""

    def tutti(self):
        # The program of the package itself, as its users build it.
        run_compiler("tutti", [
            "swift", "build", "-c", "release", "--package-path", HERE.parent, "--product", "tutti"])
        self.versions["Swift"] = machine.version_of(
            "swift", "--version", pattern=r"Swift version (\S+)")
        program = HERE.parent / ".build" / "release" / "tutti"

        def fetch(task):
            trust = ["--cacert", task.certificate] if task.is_secure else []
            return [program, "fetch", "-i", task.list, "--into", task.into, *trust]

        def fetch_at_limit(task):
            return [*fetch(task), "--limit", task.limit, "--per-host", task.limit]

        self.list.append(Command("ours", fetch_at_limit, role="ours"))
        self.list.append(Command("ours, no limit given", fetch, role="automatic"))

    def go(self):
        if not shutil.which("go"):
            sys.exit("This table needs Go, for its server. Debian's package golang-go brings it.")
        for program in ("server", "launch", "client"):
            run_compiler(
                program, ["go", "build", "-o", str(self.output), f"./{program}"], cwd=self.sources)
        self.versions["Go"] = machine.version_of("go", "version", pattern=r"go(\d\S*)")
        self.server, self.launcher = self.output / "server", self.output / "launch"
        self.list.append(Command("go", self._with_list(self.output / "client")))

    def installed(self, name, arguments, pattern, package=None):
        """A program of the system."""
        if not shutil.which(name):
            return self._miss([name], package or name)
        self.versions[name] = machine.version_of(name, "--version", pattern=pattern)
        self.list.append(Command(name, arguments))

    def python(self, name, script, *modules):
        """A script that needs modules."""
        for module in modules:
            version = machine.version_of(
                sys.executable, "-c", f"import {module}; print({module}.__version__)",
                pattern=r"^(\d\S*)")
            if version == "unknown":
                return self._miss([name], f"python3-{module}")
            self.versions[module] = version
        self.list.append(Command(name, self._with_list(sys.executable, self.sources / script)))

    @staticmethod
    def _with_list(*program):
        return lambda task: [*program, task.list, task.into, task.limit, task.certificate]


def curl(task):
    trust = ["--cacert", task.certificate] if task.is_secure else []
    # 300 is the most that it takes.
    return [
        "curl", "--disable", "--silent", "--show-error", "--fail", "--parallel",
        "--parallel-immediate", "--parallel-max", min(task.limit, 300), *trust,
        "--config", task.curl_list]


def aria2c(task):
    trust = [f"--ca-certificate={task.certificate}"] if task.is_secure else []
    return [
        "aria2c", "--no-conf", "--quiet", "--file-allocation=none", "--split=1",
        f"--max-concurrent-downloads={task.limit}", f"--dir={task.into}", *trust,
        f"--input-file={task.aria2_list}"]
