"""A PostgreSQL of the tests' own: in a temporary folder, on a socket, and with a password."""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from attrs import define, field

USER = "unioncore"


def programs() -> Path | None:
    """Return the folder with the programs of the newest PostgreSQL; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@define
class Cluster:
    """A server that is stopped and started as the tests like."""

    programs: Path
    folder: Path = field(factory=lambda: Path(tempfile.mkdtemp(prefix="pg-")))
    password: str = field(factory=lambda: secrets.token_urlsafe(12))

    def make(self) -> None:
        """Make its folder and start it."""
        (self.folder / "password").write_text(self.password)
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            for each in (self.folder, self.folder / "password"):
                shutil.chown(each, "postgres")
        # Small pieces of its log, so that a limit on the size of files meets the tables.
        secret = f"--wal-segsize=1 --auth=scram-sha-256 --pwfile={self.folder}/password"
        self._run(f"initdb -D {self.folder}/data -U {USER} {secret}")
        self.start()

    def start(self, largest: int = 0) -> None:
        """Start it; with ``largest``, no file of it grows beyond so many kilobytes."""
        limit = f"ulimit -f {largest} && " * bool(largest)
        options = f"-k {self.folder} -c listen_addresses=''"
        self._run(
            f'pg_ctl -D {self.folder}/data -l {self.folder}/log -w -o "{options}" start', limit
        )

    def stop(self) -> None:
        """Stop it at once, as a machine does that loses its power."""
        self._run(f"pg_ctl -D {self.folder}/data -w -m immediate stop")

    def database(self) -> str:
        """Make a new database, and return its address."""
        name = f"d{secrets.token_hex(4)}"
        self._run(f"createdb -h {self.folder} -U {USER} {name}", f"PGPASSWORD={self.password} ")
        return f"postgresql://{USER}:{self.password}@/{name}?host={self.folder}"

    def remove(self) -> None:
        """Stop it, and leave nothing of it."""
        self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, before: str = "") -> None:
        command = ["bash", "-c", f"{before}{self.programs}/{program}"]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # What a server that goes on running prints is not waited for.
        with (self.folder / "said").open("ab") as said:
            subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, check=True)
