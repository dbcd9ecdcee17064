"""Writes requirements.lock and requirements-node.lock from pyproject.toml: every package with its hashes, for
every supported Python and system, and without download addresses. `make lock` runs it.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Made by `make lock` from pyproject.toml. Installed with --require-hashes.\n"
OPTIONS = ["--universal", "--python-version=3.11", "--generate-hashes"]
# The registry's address is the installing machine's affair.
QUIET = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--system-certs", "--quiet"]


def resolve(requirements: list[str]) -> str:
    """The lock's text for some requirements: exact versions, hashes, markers."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", *OPTIONS, *QUIET]
    done = subprocess.run(
        command, cwd=ROOT, input="\n".join(requirements), text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"make lock: uv could not resolve the packages:\n{done.stderr.strip()}")
    if "://" in done.stdout:
        raise SystemExit("make lock: the lock would name a download address; nothing was written")
    return HEADER + done.stdout


def main() -> None:
    """Writes both locks, or neither."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    if importlib.util.find_spec("uv") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *extras["lock"]], check=True)
    everything = resolve([*project["dependencies"], *extras["demo"], *extras["dev"]])
    node = resolve(extras["node"])
    (ROOT / "requirements.lock").write_text(everything, encoding="utf-8")
    (ROOT / "requirements-node.lock").write_text(node, encoding="utf-8")


if __name__ == "__main__":
    main()
