"""`make check`: every check that needs no running part. Runs all of them and says which failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "SQL format": [sys.executable, "tools/format_sql.py", "--check"],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [sys.executable, "-m", "mypy", "--no-error-summary"],
    "ratchet on Any": [sys.executable, "tools/any_ratchet.py"],
    "import directions": [BIN / "lint-imports", "--no-cache"],
    "dependencies": [BIN / "deptry", "wbo_desktop", "wbo_demo"],
    "translations": [sys.executable, "tools/check_i18n.py"],
    "house rules": [sys.executable, "tools/house_rules.py"],
    "dead names": [sys.executable, "tools/dead_names.py"],
}


def passes(name: str, command: list[str | Path]) -> bool:
    """Runs one check and prints a line; what it found is shown when it fails."""
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"NO_COLOR": "1"}, capture_output=True, text=True, check=False
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:18} {verdict:7} {time.monotonic() - begun:4.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def main() -> int:
    """0 when every check passes."""
    wanted = set(sys.argv[1:]) or set(CHECKS)
    results = [passes(name, command) for name, command in CHECKS.items() if name in wanted]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
