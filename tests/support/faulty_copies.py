"""Puts one fault after another into a copy of the project and asks named tests about it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.plausible_faults import Fault

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("wbo_desktop", "wbo_demo", "resources", "tests", "tools", "benchmarks", "pyproject.toml")
RED = 1
"""pytest's answer when tests failed; every other one but 0 means that it could not ask them."""


class Unusable(Exception):
    """The fault cannot be made, or the tests cannot be asked: the list is out of date."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The project once more, below `place`."""

    place: Path

    @classmethod
    def make(cls, place: Path) -> Copy:
        """Everything that tests need; what was built stays where it is and is linked."""
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        for name in COPIED:
            source, target = ROOT / name, place / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=ignored)
            else:
                shutil.copy2(source, target)
        (place / ".venv").symlink_to(ROOT / ".venv")
        return cls(place)

    def notices(self, fault: Fault, seconds: float = 600) -> bool:
        """Whether the fault's tests fail because of it; hanging counts as failing. The copy is as before then.

        Raises:
            Unusable: the text is not there exactly once, or the tests did not run.
        """
        file = self.place / "wbo_desktop" / fault.file
        before = file.read_text(encoding="utf-8")
        if before.count(fault.old) != 1:
            raise Unusable(f"{fault.name}: the text stands there {before.count(fault.old)} times")
        file.write_text(before.replace(fault.old, fault.new), encoding="utf-8")
        try:
            code, told = self.ask(fault.tests, seconds)
        except subprocess.TimeoutExpired:
            return True
        finally:
            file.write_text(before, encoding="utf-8")
        if code not in (0, RED):
            raise Unusable(f"{fault.name}: pytest ended with {code}\n{told[-2000:]}")
        return code == RED

    def ask(self, tests: tuple[str, ...], seconds: float = 600) -> tuple[int, str]:
        """pytest's exit code and what it printed."""
        pure = all(test.startswith("tests/domain/") for test in tests)
        options = ["-q", "-x", "-p", "no:cacheprovider", *(["--noconftest"] if pure else [])]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=self.place,
            env=os.environ
            | {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(self.place)},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr
