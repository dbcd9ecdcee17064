"""Ends a program together with the one that started it, even when that one was killed and could not clean up.

`python -m wbo_demo.guardian [options] -- command…` runs the command in a session of its own until its
standard input ends: the parent alone holds the other end, and the system closes it whatever happens to the
parent. Should the guardian be killed too, `end_leftover` ends the program at the next start, by its pid file.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

GRACE = 10.0
POSIX = os.name == "posix"


class Guarded:
    """A program that a guardian watches. Not thread-safe; one owner starts and stops it."""

    def __init__(self, guardian: subprocess.Popen[bytes], pid_file: Path, grace: float) -> None:
        self._guardian = guardian
        self._pid_file = pid_file
        self._grace = grace

    @classmethod
    def start(
        cls,
        command: Sequence[str | Path],
        *,
        pid_file: Path,
        log: Path,
        user: str | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        grace: float = GRACE,
    ) -> Guarded:
        """Starts `command` (as `user`, when root drops to one); its output is appended to `log`.

        `grace` is how many seconds it has to end by itself after being asked, before it is killed.
        """
        options = ["--pid-file", str(pid_file), "--grace", str(grace), *(["--user", user] if user else [])]
        with log.open("ab") as output:
            guardian = subprocess.Popen(
                [*guardian_command(), *options, "--", *(str(part) for part in command)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd=cwd,
                env=env,
                start_new_session=POSIX,
            )
        return cls(guardian, pid_file, grace)

    @property
    def running(self) -> bool:
        """Whether the program runs."""
        return self._guardian.poll() is None

    @property
    def pid(self) -> int | None:
        """The program's own process id (not the guardian's); None before it runs and after it ended."""
        recorded = read_pid_file(self._pid_file)
        return recorded[0] if recorded and self.running else None

    def stop(self) -> None:
        """Ends the program and waits for it: it is asked first, and killed after the grace."""
        if self._guardian.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._guardian.stdin.close()
        try:
            self._guardian.wait(self._grace + 5)
        except subprocess.TimeoutExpired:
            self._guardian.kill()
            self._guardian.wait()
            end_leftover(self._pid_file, grace=1)


def guardian_command() -> list[str]:
    """The command that starts a guardian: this file alone, without the packages, so that it is up at once."""
    return [sys.executable, "-I", "-S", str(Path(__file__).resolve())]


def read_pid_file(pid_file: Path) -> tuple[int, list[str]] | None:
    """(process id, command line) from a pid file; None when it is missing or not whole."""
    try:
        record = json.loads(pid_file.read_text(encoding="utf-8"))
        return int(record["pid"]), [str(part) for part in record["argv"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def end_leftover(pid_file: Path, grace: float = GRACE) -> bool:
    """Ends the program of a pid file whose guardian died too; True when there was one.

    A process that merely got the same number is left alone: its whole command line has to be the recorded.
    """
    import psutil  # only the rare leftover needs it; the guardian itself starts without any package

    recorded = read_pid_file(pid_file)
    if recorded is None:
        pid_file.unlink(missing_ok=True)
        return False
    pid, argv = recorded
    found = False
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if process.cmdline() == argv:
            found = True
            _ask_to_end(process)
            try:
                process.wait(grace)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(5)
    pid_file.unlink(missing_ok=True)
    return found


class _Endable(Protocol):
    def send_signal(self, sig: signal.Signals) -> None: ...
    def terminate(self) -> None: ...


def _ask_to_end(process: _Endable) -> None:
    """Sends SIGINT: PostgreSQL's fast shutdown, at which the local chain writes its state. On Windows there
    is none."""
    if POSIX:
        process.send_signal(signal.SIGINT)
    else:
        process.terminate()


# ------------------------------------------------------------------ the guardian's own process


class _Watch:
    """The watch over one program: ends it when asked, while the main thread waits for its end."""

    def __init__(self, command: list[str], pid_file: Path | None, user: str | None, grace: float) -> None:
        self._pid_file, self._grace = pid_file, grace
        self._ending = False
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=POSIX,
            user=user,
            group=_group_of(user) if user else None,
            extra_groups=[] if user else None,
        )
        if pid_file is not None:
            half = pid_file.with_suffix(".half")
            half.write_text(json.dumps({"pid": self._child.pid, "argv": command}), encoding="utf-8")
            half.replace(pid_file)

    def end_with_stdin(self) -> None:
        """Blocks until standard input is closed, then ends the program."""
        while os.read(0, 4096):
            pass
        self.end()

    def end(self, *_signal: object) -> None:
        """Asks the program to end, and kills it when it has not after the grace."""
        if self._ending:
            return
        self._ending = True
        with contextlib.suppress(ProcessLookupError):
            _ask_to_end(self._child)
        killer = threading.Timer(self._grace, self._child.kill)
        killer.daemon = True
        killer.start()

    def wait(self) -> int:
        """The program's exit status, when it has ended with all of its session."""
        status = self._child.wait()
        if POSIX:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
        recorded = read_pid_file(self._pid_file) if self._pid_file else None
        if self._pid_file is not None and recorded and recorded[0] == self._child.pid:
            self._pid_file.unlink(missing_ok=True)
        return status if status >= 0 else 128 - status


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the guarded command and returns its exit status."""
    parser = argparse.ArgumentParser(prog="guardian", description="Ends a command when its parent ends.")
    parser.add_argument("--pid-file", type=Path, help="where the command's process id is recorded")
    parser.add_argument("--user", help="run the command as this user (only root can)")
    parser.add_argument("--grace", type=float, default=GRACE, help="seconds between asking and killing")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args(arguments)
    if POSIX and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # begun in the background of a script: the program would inherit a deaf ear for being asked to end
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        watch = _Watch(options.command, options.pid_file, options.user, options.grace)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"guardian: {options.command[0]} cannot be started: {error}", file=sys.stderr)
        return 127
    signal.signal(signal.SIGTERM, watch.end)
    if POSIX:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=watch.end_with_stdin, daemon=True).start()
    return watch.wait()


if __name__ == "__main__":
    sys.exit(main())
