"""The stage of the table `fetch`: a server, a list of its files for each program, an empty folder."""

import os
import pathlib
import shutil
import struct
import subprocess
import tempfile

# The server has the same: Peers/fetch/server/pool.go.
POOL_SIZE, STRIDE = 1 << 20, 64
# In memory where the system has such a place, so that no disk is measured.
TEMPORARY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Stage:
    """Files to fetch and a place to put them, until it is closed."""

    def __init__(self, server):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tutti-fetch-", dir=TEMPORARY))
        self.certificate = self.folder / "certificate.pem"
        self.log = self.folder / "log"
        self.pool = make_pool()
        self.server = subprocess.Popen(
            [server, self.certificate], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ports = dict(zip(("http", "https"), map(int, self.server.stdout.readline().split())))

    def task(self, row):
        """What the programs of a row get."""
        return Task(self, row)

    def server_seconds(self):
        """The CPU time that the server has used so far."""
        with open(f"/proc/{self.server.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.server.stdin.close()
        self.server.wait()
        self.server.stdout.close()
        shutil.rmtree(self.folder)


class Task:
    """The files of one row: lists in three forms, the folder `into`, what must be there at the end."""

    def __init__(self, stage, row):
        self.stage, self.row, self.limit = stage, row, row.limit
        self.certificate = stage.certificate
        self.is_secure = row.scheme == "https"
        self.into = stage.folder / "into"
        files = [
            (f"{row.scheme}://{row.host(i)}:{stage.ports[row.scheme]}"
             f"/?index={i}&size={row.size}&delay={row.delay_of(i)}", f"{i:05}.bin")
            for i in range(row.count)
        ]
        self.list = self._write("list", (f"{url} {name}\n" for url, name in files))
        self.curl_list = self._write(
            "curl", (f'url = "{url}"\noutput = "{self.into}/{name}"\n' for url, name in files))
        self.aria2_list = self._write("aria2", (f"{url}\n  out={name}\n" for url, name in files))

    def _write(self, name, lines):
        file = self.stage.folder / name
        file.write_text("".join(lines))
        return file

    def __enter__(self):
        """Makes the folder, empty."""
        self.into.mkdir()
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.into)

    def damage(self):
        """A sentence that says what is not as it should be in the folder; None when all is whole."""
        names, row, pool = set(os.listdir(self.into)), self.row, self.stage.pool
        expected = {f"{i:05}.bin" for i in range(row.count)}
        if names != expected:
            return (f"left {len(expected - names)} of {row.count} files out and "
                    f"{len(names - expected)} others behind")
        for i in range(row.count):
            start = i * STRIDE % POOL_SIZE
            if (self.into / f"{i:05}.bin").read_bytes() != pool[start:start + row.size]:
                return f"wrote a wrong file, {i:05}.bin"
        return None


def make_pool():
    """The splitmix64 sequence from seed 0, and its start once more."""
    mask, state, words = (1 << 64) - 1, 0, []
    for _ in range(POOL_SIZE // 8):
        state = state + 0x9E3779B97F4A7C15 & mask
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & mask
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & mask
        words.append(mixed ^ mixed >> 31)
    return struct.pack(f"<{len(words)}Q", *words) * 2
