"""The guides say what the desktop says, and their links and pictures lead somewhere."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

spec = importlib.util.spec_from_file_location("guide_tables", ROOT / "tools" / "guide_tables.py")
assert spec is not None
assert spec.loader is not None
guide_tables = importlib.util.module_from_spec(spec)
sys.modules["guide_tables"] = guide_tables
spec.loader.exec_module(guide_tables)

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
GUIDES = list(guide_tables.GUIDES.items())


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_tables_are_current(name: str, language: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert guide_tables.rendered(text, language) == text, "run tools/guide_tables.py"


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_every_table_is_in_the_guide(name: str, language: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert [t for t in guide_tables.TABLES if f"<!-- table: {t} -->" not in text] == []


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_words_in_bold_are_labels(name: str, language: str) -> None:
    assert guide_tables.strangers((ROOT / "docs" / name).read_text(encoding="utf-8"), language) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert guide_tables.dead_links(page) == []


@pytest.mark.parametrize("folder", ["zh-HK", "en"])
def test_every_picture_is_used(folder: str) -> None:
    pictures = {file.name for file in (ROOT / "docs" / "pictures" / folder).glob("*.png")}
    guide = (ROOT / "docs" / f"operator-guide.{folder}.md").read_text(encoding="utf-8")
    assert pictures
    assert [name for name in pictures if f"pictures/{folder}/{name}" not in guide] == []


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    stale = "<!-- table: wallet statuses -->\nold\n<!-- /table -->"
    assert "未認證" in guide_tables.rendered(stale, "zh_HK")
    assert guide_tables.strangers("press **撤銷** or **撤回一切**", "zh_HK") == ["撤回一切"]
    assert guide_tables.strangers("**Revoke DP20261122-000042**, **Refunds**", "en") == []
    page = tmp_path / "page.md"
    page.write_text("[a](here.md) [b](page.md#part) [c](https://example.com)", encoding="utf-8")
    assert guide_tables.dead_links(page) == ["here.md"]
