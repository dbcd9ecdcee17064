"""Imports point one way, and the check notices one that does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its declared directions, to be spoiled."""
    for package in ("wbo_desktop", "wbo_demo"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of a copy of the package."""
    environment = os.environ | {"PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "300"}
    return subprocess.run(
        [LINT, "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_project_keeps_its_directions(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain/spoiled.py", "import wbo_desktop.services"),
        ("services/spoiled.py", "import wbo_desktop.models"),
        ("views/spoiled.py", "import wbo_desktop.models"),
        ("views/spoiled.py", "import wbo_desktop.models.pages"),
        ("views/spoiled.py", "import wbo_desktop.models.tables.base"),
        ("chain/spoiled.py", "import wbo_desktop.models.tables"),
        ("services/spoiled.py", "import wbo_desktop.models.tables"),
        ("models/tables/spoiled.py", "import wbo_desktop.services.pages"),
        ("models/tables/spoiled.py", "import wbo_desktop.models.pages"),
        ("models/spoiled.py", "import wbo_desktop.chain"),
        ("chain/spoiled.py", "import wbo_demo"),
        ("chain/rpc/spoiled.py", "import wbo_desktop.chain.evm"),
        ("chain/evm/spoiled.py", "import wbo_desktop.chain.tracking"),
        ("chain/refunds/spoiled.py", "import wbo_desktop.chain.tracking"),
        ("services/spoiled.py", "import PySide6.QtCore"),
        ("views/spoiled.py", "import psycopg"),
        ("services/spoiled.py", "import peewee"),
        ("models/spoiled.py", "import eth_account"),
        ("views/spoiled.py", "import web3"),
        ("newcomer.py", '"""A module that no layer names."""'),
    ],
)
def test_an_import_in_the_wrong_direction_is_noticed(copy: Path, module: str, line: str) -> None:
    (copy / "wbo_desktop" / module).write_text(f"{line}\n")
    done = lint(copy)
    assert done.returncode != 0
    assert Path(module).stem in done.stdout + done.stderr
