"""The search for rules that no program calls finds them, however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import dead_names

RULES = """
from enum import StrEnum

LIMIT = 3
UNUSED: int = 4

class Colour(StrEnum):
    RED = "red"

    def shade(self) -> str:
        return helper()

    def tint(self) -> str:
        return ""

def helper() -> str:
    return str(LIMIT)

def only_by_dead() -> int:
    return 1

def forgotten() -> int:
    return only_by_dead()

def _private() -> None: ...
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("wbo_desktop/domain", "wbo_demo", "tests"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "wbo_desktop/domain/paint.py").write_text(RULES)
    (tmp_path / "tests/test_paint.py").write_text(
        "from wbo_desktop.domain.paint import UNUSED, forgotten\nforgotten()\nUNUSED\n"
    )
    return tmp_path


USED = "from wbo_desktop.domain import paint\nprint(paint.Colour.RED.shade())\n"


def test_what_no_program_reaches_is_dead(tree: Path) -> None:
    (tree / "wbo_demo/show.py").write_text(USED)
    assert dead_names.dead(tree) == [
        "paint.Colour.tint",
        "paint.UNUSED",
        "paint.forgotten",
        "paint.only_by_dead",
    ]


def test_an_import_alone_is_no_use_and_a_name_of_another_module_neither(tree: Path) -> None:
    (tree / "wbo_demo/show.py").write_text(
        USED + "from wbo_desktop.domain.paint import forgotten\nfrom elsewhere import UNUSED\nprint(UNUSED)\n"
    )
    assert {"paint.UNUSED", "paint.forgotten"} <= set(dead_names.dead(tree))
    (tree / "wbo_demo/show.py").write_text(
        USED + "from wbo_desktop.domain.paint import UNUSED, forgotten as f\nprint(f(), UNUSED, 'x'.tint())\n"
    )
    assert dead_names.dead(tree) == []


def test_a_module_whose_callers_are_to_come_is_expected_as_a_whole(tree: Path) -> None:
    assert dead_names.dead(tree, ["paint"]) == []


def test_this_project_has_none() -> None:
    assert dead_names.main() == 0
