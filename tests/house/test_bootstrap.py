"""The set-up: instant when nothing changed, one line of advice where it cannot go on."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "requirements-node.lock",
    "setup.py",
    "tools/bootstrap.py",
)


def load(path: Path) -> ModuleType:
    """The set-up's script as a module."""
    spec = importlib.util.spec_from_file_location("bootstrap", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that was set up: its files, an environment of Python, and the stamp."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    bootstrap = load(tmp_path / "tools" / "bootstrap.py")
    bootstrap.STAMP.write_text(json.dumps({"fingerprint": bootstrap.fingerprint()}))
    return tmp_path


def test_the_second_time_is_instant_and_silent(project: Path) -> None:
    begun = time.monotonic()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        ["make", "setup"], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml", "tools/bootstrap.py"])
def test_a_changed_file_asks_for_a_new_set_up(project: Path, name: str) -> None:
    bootstrap = load(project / "tools" / "bootstrap.py")
    assert bootstrap.is_done()
    with (project / name).open("a") as file:
        file.write("\n# changed\n")
    assert not bootstrap.is_done()


def test_without_root_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap = load(ROOT / "tools" / "bootstrap.py")
    monkeypatch.setattr(bootstrap, "apt_prefix", lambda: None)
    monkeypatch.setattr(bootstrap, "known_libraries", set)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.system_libraries()
    assert "type: sudo apt-get install -y libegl1 libgl1" in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_without_venv_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bootstrap = load(ROOT / "tools" / "bootstrap.py")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    monkeypatch.setattr(bootstrap, "BIN", tmp_path / "venv" / "bin")
    monkeypatch.setattr(bootstrap, "apt_prefix", lambda: None)
    monkeypatch.setattr(bootstrap, "works", lambda command: False)
    with pytest.raises(SystemExit, match=r"type: sudo apt-get install -y python3\.1[123]-venv$"):
        bootstrap.make_venv()


def test_a_chain_that_is_not_the_expected_one_is_refused(tmp_path: Path) -> None:
    bootstrap = load(ROOT / "tools" / "bootstrap.py")
    (tmp_path / "anvil.tgz").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="not the expected one"):
        bootstrap.compare_checksum(tmp_path / "anvil.tgz", bootstrap.ANVIL_SUMS["linux-amd64"])
