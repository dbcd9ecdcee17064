"""The ratchet on `Any`: one more is refused with what to do, a move and a gain are written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import any_ratchet

TYPED = "from typing import Any\n\n\ndef of(row: dict[str, Any]) -> 'list[object]': ...\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one file that says `Any` once, as its list allows."""
    for folder in any_ratchet.FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "wbo_desktop" / "a.py").write_text(TYPED)
    (tmp_path / any_ratchet.ALLOWED).write_text("  1 wbo_desktop/a.py\n")
    return tmp_path


def test_the_project_holds_it() -> None:
    assert any_ratchet.findings(any_ratchet.ROOT) == []


def test_what_is_allowed_passes(project: Path) -> None:
    assert any_ratchet.findings(project) == []


@pytest.mark.parametrize(
    "one_more", ["x: Any\n", "import typing\nx: typing.Any\n", "def f(*rest: Any) -> None: ...\n"]
)
def test_one_more_is_refused(project: Path, one_more: str) -> None:
    (project / "wbo_desktop" / "a.py").write_text(TYPED + one_more)
    (found,) = any_ratchet.findings(project)
    assert found.startswith("wbo_desktop/a.py: says Any 2 times, 1 are allowed: name the type")


def test_a_new_file_has_none(project: Path) -> None:
    (project / "tools" / "b.py").write_text(TYPED)
    (found,) = any_ratchet.findings(project)
    assert found.startswith("tools/b.py: says Any 1 times, 0 are allowed")


def test_a_file_that_moved_is_written_down(project: Path) -> None:
    (project / "wbo_desktop" / "a.py").rename(project / "wbo_demo" / "a.py")
    assert any_ratchet.lower(project) == ""
    assert (project / any_ratchet.ALLOWED).read_text() == "  1 wbo_demo/a.py\n"


def test_a_gain_is_written_down_and_kept(project: Path) -> None:
    (project / "wbo_desktop" / "a.py").write_text("x = 1\n")
    assert any_ratchet.lower(project) == ""
    (project / "wbo_desktop" / "a.py").write_text(TYPED)
    assert len(any_ratchet.findings(project)) == 1


def test_the_sum_never_rises(project: Path) -> None:
    (project / "wbo_desktop" / "a.py").write_text(TYPED + "x: Any\n")
    assert any_ratchet.lower(project) == "tools/any_allowed.txt: 1 more Any than before; the sum only falls"
    assert (project / any_ratchet.ALLOWED).read_text() == "  1 wbo_desktop/a.py\n"
