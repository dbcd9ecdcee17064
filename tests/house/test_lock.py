"""The lock file: exact, hashed, in step with pyproject.toml, and without addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-node.lock"]


def entries(name: str) -> dict[str, str]:
    """Package (in its normal form) → the lock's whole entry."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    return {re.split(r"[=\[]", line, maxsplit=1)[0]: line for line in lines}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_exact_and_hashed(name: str) -> None:
    found = entries(name)
    assert found
    for entry in found.values():
        assert re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[^\s;]+ ", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_an_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert not (ROOT / "uv.lock").exists()


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    locked = entries("requirements.lock")
    for requirement in [*project["dependencies"], *extras["demo"], *extras["dev"]]:
        name, _, version = requirement.partition("==")
        name = re.split(r"[\[<>=]", name, maxsplit=1)[0].lower().replace("_", "-")
        assert name in locked, f"{name} is not locked: make lock"
        if version:
            assert f"=={version} " in locked[name], f"{name} moved: make lock"
