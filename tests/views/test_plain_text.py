"""What comes from outside stays text: no markup, no hidden characters on the screen, no formula in what is copied."""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication, Qt, QTextDocument
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import menu, plain_text
from wbo_desktop.views.health import Health
from wbo_desktop.views.operation import show_error
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.pages.spec import Context, Explorers
from wbo_desktop.views.tables.columns import Kind

MARKUP = "<img src=x><b>Credited</b>"
FORMULA = "=HYPERLINK(1)"
TURNED = "\u202e321\u2066"
HOSTILE = f"{FORMULA}{MARKUP}{TURNED}\tA\rB\nC"
"""A client's name as an attacker would write it."""

FREE_TEXT = ("name", "remark", "display", "channel", "reason_text", "label", "evidence", "known_as")


def spoil(store: MemoryStore) -> None:
    """Every text that people or nodes outside may choose."""
    for source, rows in store.rows.items():
        for row in rows:
            for column, value in row.items():
                chosen = any(part in column for part in FREE_TEXT) and column not in ("name", "channel_code")
                if (
                    chosen
                    and (value is None or isinstance(value, str))
                    and source not in ("network", "chain_health")
                ):
                    row[column] = HOSTILE


async def every_page(qtbot: QtBot, desk: Desk) -> list[ListPage]:
    pages = []
    for spec in menu.pages():
        page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), spec)
        qtbot.addWidget(page)
        page.resize(1366, 700)
        page.show()
        await until(lambda page=page: page.model.ever_loaded)
        page.table.selectRow(0)
        pages.append(page)
    return pages


def as_seen(tooltip: str) -> str:
    """A tooltip's text as Qt would show it."""
    if not Qt.mightBeRichText(tooltip):
        return tooltip
    document = QTextDocument()
    document.setHtml(tooltip)
    return document.toPlainText()


def tooltips(page: ListPage) -> list[str]:
    model = page.model
    cells = [
        model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    return [tip for tip in [*cells, *(w.toolTip() for w in page.findChildren(QWidget))] if tip]


async def test_a_hostile_client_name_is_text_in_every_tooltip_and_label_of_every_page(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    spoil(store)
    hostile = 0
    for page in await every_page(qtbot, desk):
        for tooltip in tooltips(page):
            seen = as_seen(tooltip)
            assert not plain_text.HIDDEN.search(seen.replace("\n", "")), (page.spec.code, tooltip)
            if "Credited" in seen:
                hostile += 1
                assert MARKUP in seen, (page.spec.code, tooltip)
                assert "⟨U+202E⟩321⟨U+2066⟩" in seen
        for label in page.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, (page.spec.code, label.objectName())
            assert not plain_text.HIDDEN.search(label.text().replace("\n", "")), label.text()
        for row in range(page.model.rowCount()):
            for column in range(page.model.columnCount()):
                text = page.model.index(row, column).data()
                assert not plain_text.HIDDEN.search(text), (page.spec.code, text)
    assert hostile >= 5


async def test_rows_cells_and_csv_of_every_page_run_nothing_when_pasted(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    spoil(store)
    hostile = 0
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for page in await every_page(qtbot, desk):
        table, model = page.table, page.model
        table.clearSelection()
        for row in range(model.rowCount()):
            table.selectionModel().select(model.index(row, 0), flags)
        table.copy_rows()
        pasted = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
        assert len(pasted) == max(1, model.rowCount()), page.spec.code
        table.copy_csv()
        lines = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))[1:]
        assert len(lines) == model.rowCount()
        for cells in [*pasted, *lines]:
            for text in cells:
                hostile += text.startswith("'=")
                assert text[:1] not in ("=", "@", "\t", "\r", "\n"), (page.spec.code, text)
                assert text[:1] not in ("+", "-") or Decimal(text).is_finite(), (page.spec.code, text)
                assert not plain_text.HIDDEN.search(text), (page.spec.code, text)
        for column in range(model.columnCount()):
            if model.rowCount() and not table.isColumnHidden(column):
                table.selectionModel().setCurrentIndex(
                    model.index(0, column), QItemSelectionModel.SelectionFlag.NoUpdate
                )
                table.copy_cell()
                assert QGuiApplication.clipboard().text()[:1] not in ("=", "@", "\t", "\r", "\n")
    assert hostile >= 5


async def test_a_negative_difference_is_copied_as_a_number(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    store.rows["unexplained_balance"][0]["amount"] = Decimal("-0.75")
    spec = next(spec for spec in menu.pages() if spec.code == "balance_differences")
    page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), spec)
    qtbot.addWidget(page)
    page.show()
    await until(lambda: page.model.rowCount())
    at = next(at for at, column in enumerate(spec.columns) if column.kind is Kind.AMOUNT)
    page.table.setCurrentIndex(page.model.index(0, at))
    page.table.copy_cell()
    assert Decimal(QGuiApplication.clipboard().text()) == Decimal("-0.75")


@pytest.mark.parametrize(
    ("text", "number", "copied"),
    [
        ("=1+1", False, "'=1+1"),
        ("+85291234567", False, "'+85291234567"),
        ("-5", False, "'-5"),
        ("@SUM(1)", False, "'@SUM(1)"),
        ("\t=1", False, "'=1"),
        ("  =1", False, "'  =1"),
        ("\uff1d1", False, "'\uff1d1"),
        ("a\tb\nc", False, "a b c"),
        ("-0.75", True, "-0.75"),
        ("+1,234.5", True, "+1,234.5"),
        ("-1+cmd|' /C calc'!A0", True, "'-1+cmd|' /C calc'!A0"),
        ("2026-11-22", False, "2026-11-22"),
        ("", False, ""),
    ],
)
def test_what_is_copied_is_never_a_formula(text: str, number: bool, copied: str) -> None:
    assert plain_text.for_spreadsheet(text, number) == copied


def test_every_character_that_cannot_be_seen_is_spelled_out() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
            assert plain_text.HIDDEN.match(letter), hex(code)
            if letter != "\n":
                assert plain_text.visible(letter) == f"⟨U+{code:04X}⟩"
    ordinary = "陳大文 Chan Tai-man, “A&B” Ltd.\u00a0\u2009–…é\U00020bb7"
    assert plain_text.visible(ordinary) == ordinary


def test_a_message_box_and_a_label_show_markup_as_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    show_error(window, RuleViolation("value_invalid", field="remark", value=MARKUP + TURNED))
    box = window.findChild(QMessageBox, "error")
    assert isinstance(box, QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert not plain_text.HIDDEN.search(box.text())
    box.close()
