"""The walks of docs/development.md, walked: a change of each kind is made in a copy of the tree, in the files that the page
names, and works there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.faulty_copies import ROOT, Copy

GUIDE = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The project once more."""
    return Copy.make(tmp_path)


def edit(copy: Copy, file: str, *changes: tuple[str, str]) -> None:
    """Replaces texts in a file of the package, each where it first stands; the page has to name the file."""
    assert f"`{file}`" in GUIDE
    path = copy.place / "wbo_desktop" / file
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, f"{file}: {before}"
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


FIELD = '''"""A field that was added shows in table, panel and filter, and comes from the database."""

from tests.security.scene import Scene
from wbo_desktop.models import pages
from wbo_desktop.models.connection import Database
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.pages import Filter, Match, PageRequest
from wbo_desktop.views import labels
from wbo_desktop.views.pages.coin_deposit_records import FACTS, PAGE


def test_it_shows(qapp: object) -> None:
    assert labels.field("coin_name") == "Name of the coin"
    for columns in (PAGE.columns, FACTS):
        assert "coin_name" in [column.key for column in columns]
    assert "coin_name" in [spec.column for spec in PAGE.filters]


def test_it_is_read(scene: Scene) -> None:
    scene.submit(scene.world.clients[0], 20_000_000, "S-1")
    who = scene.world.logins["viewer"]
    database = Database(scene.world.server, who.login, who.password, "test")
    for prefix, found in (("Tether", 1), ("Nothing", 0)):
        asked = PageRequest(DepositRecord, (Filter(DepositRecord.coin_name, Match.STARTS_WITH, prefix),))
        assert [row.coin_name for row in pages.page(database, asked).rows] == ["Tether USD"] * found
    database.close_all()
'''

WIDGET_PAGE = '''"""A page that is no list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.permissions import Permission
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.base import WidgetPage
from wbo_desktop.views.pages.spec import Context
from wbo_desktop.views.plain_text import PlainLabel


def _build(context: Context) -> QWidget:
    return PlainLabel(f"Good morning, {context.desk.session.display_name}")


PAGE = WidgetPage(
    "welcome", QT_TRANSLATE_NOOP("menu", "Welcome"), "home", Permission.RECORD_INQUIRY, _build
)
'''

SHOWN = '''"""The window shows a page that is no list, closes it, and opens it again by the palette's command."""

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from wbo_desktop.services.desk import Desk
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import settle
from wbo_desktop.views.plain_text import PlainLabel


async def test_it_opens_and_closes(qtbot: QtBot, desk: Desk, settings: QSettings) -> None:
    window = MainWindow(desk, settings)
    assert "welcome" in window.sidebar.codes()
    window.open_page("welcome")
    page = window.page("welcome")
    assert page is window.tabs.currentWidget()
    assert [label.text() for label in page.findChildren(PlainLabel)] == [f"Good morning, {desk.session.display_name}"]
    assert window.tabs.tabText(window.tabs.currentIndex()) == "Welcome"
    window.refresh()
    window.close_tab(window.tabs.currentIndex())
    assert window.page("welcome") is None
    next(bound for bound in window._pages if bound.command.code == "page.welcome").press()
    assert window.tabs.currentWidget().objectName() == "page.welcome"
    window._sure = True
    window.close()
    await settle()
'''


def test_a_field_of_a_record_takes_four_files(copy: Copy) -> None:
    edit(
        copy,
        "models/schema/code/40_views.sql",
        (
            "t.txid::text AS observed_txid\nFROM wbo_data.deposit d",
            "t.txid::text AS observed_txid, k.name_en AS coin_name\nFROM wbo_data.deposit d",
        ),
    )
    edit(
        copy,
        "models/tables/deposits.py",
        (
            "    observed_txid = text(null=True)\n",
            "    observed_txid = text(null=True)\n    coin_name = text()\n",
        ),
    )
    edit(
        copy,
        "views/pages/coin_deposit_records.py",
        (
            "    Column(DepositRecord.network, width=96),\n",
            "    Column(DepositRecord.network, width=96),\n    Column(DepositRecord.coin_name),\n",
        ),
        ("FACTS = (\n", "FACTS = (\n    Column(DepositRecord.coin_name),\n"),
        ("    filters=(\n", "    filters=(\n        Text(DepositRecord.coin_name),\n"),
    )
    edit(
        copy,
        "views/labels/fields.py",
        (
            '        "coin": QT_TRANSLATE_NOOP',
            '        "coin_name": QT_TRANSLATE_NOOP("field", "Name of the coin"),\n        "coin": QT_TRANSLATE_NOOP',
        ),
    )
    (copy.place / "tests" / "models" / "test_walk.py").write_text(FIELD, encoding="utf-8")
    code, told = copy.ask(
        ("tests/models/test_walk.py", "tests/models/test_tables.py", "tests/models/test_words.py")
    )
    assert code == 0, told


def test_a_page_that_is_no_list_takes_two_files(copy: Copy) -> None:
    assert "`views/pages/welcome.py`" in GUIDE
    (copy.place / "wbo_desktop" / "views" / "pages" / "welcome.py").write_text(WIDGET_PAGE, encoding="utf-8")
    edit(
        copy,
        "views/menu.py",
        ("    unmatched_transfers,\n)", "    unmatched_transfers,\n    welcome,\n)"),
        ("TREE: tuple[Folder | Page, ...] = (\n", "TREE: tuple[Folder | Page, ...] = (\n    welcome.PAGE,\n"),
    )
    (copy.place / "tests" / "views" / "test_walk.py").write_text(SHOWN, encoding="utf-8")
    code, told = copy.ask(("tests/views/test_walk.py",))
    assert code == 0, told
