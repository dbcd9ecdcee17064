"""The table as an operator uses it: the order they ask for, the columns they choose, and what they copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore
from tests.views.conftest import outside, press, until
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import labels
from wbo_desktop.views.tables.columns import Column, Kind, cell
from wbo_desktop.views.tables.model import PagedModel
from wbo_desktop.views.tables.table import Table
from wbo_desktop.views.theme import Tone

COLUMNS = (
    Column(DepositRecord.record_no, Kind.CODE, 150),
    Column(DepositRecord.status, Kind.CHIP, words=labels.deposit_status),
    Column(DepositRecord.claimed_amount, Kind.AMOUNT, sortable=True),
    Column(DepositRecord.created_at, Kind.TIME, sortable=True),
    Column(DepositRecord.remark, visible=False),
)
AMOUNT, CREATED = 2, 3


def record(number: int, amount: str, **changes: Any) -> dict[str, Any]:
    return {
        "record_no": f"DP{number}", "status": "processing", "claimed_amount": Decimal(amount), "coin": "USDT",
        "decimals": 6, "created_at": datetime(2026, 11, 22, 8, tzinfo=UTC) + timedelta(minutes=number),
        "remark": f"remark {number}",
    } | changes  # fmt: skip


@pytest.fixture
def store() -> MemoryStore:
    amounts = ("1234.5", "20", "3000")
    return MemoryStore({"deposit_record": [record(at, amount) for at, amount in enumerate(amounts)]})


async def opened(qtbot: QtBot, desk: Desk) -> Table:
    model = PagedModel(desk, DepositRecord, COLUMNS)
    table = Table(model)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    table.ordered.connect(lambda column, descending: model.set_query((), column, descending))
    model.set_query(())
    await until(lambda: model.rowCount() == 3)
    return table


def shown(table: Table) -> list[str]:
    model = table.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


async def head(table: Table, column: int) -> None:
    """A click on a heading, and the rows that come of it."""
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    await outside(
        lambda: QTest.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )
    )
    await until(lambda: not table.model().loading)  # type: ignore[attr-defined]


async def test_a_heading_orders_from_the_largest_then_from_the_smallest_and_around(
    qtbot: QtBot, desk: Desk
) -> None:
    table = await opened(qtbot, desk)
    for wanted in (["DP2", "DP0", "DP1"], ["DP1", "DP0", "DP2"], ["DP2", "DP0", "DP1"]):
        await head(table, AMOUNT)
        assert shown(table) == wanted
        assert table.horizontalHeader().isSortIndicatorShown()
        assert table.horizontalHeader().sortIndicatorSection() == AMOUNT
    await head(table, CREATED)
    assert shown(table) == ["DP2", "DP1", "DP0"], "another heading begins with its newest"


async def test_what_the_source_cannot_order_by_is_not_asked_for(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    table = await opened(qtbot, desk)
    asked = len(store.requests)
    await head(table, 1)
    assert len(store.requests) == asked
    assert not table.horizontalHeader().isSortIndicatorShown()


def entries(table: Table) -> dict[str, QAction]:
    table._show_columns(QPoint(5, 5))
    (menu,) = (menu for menu in table.findChildren(QMenu) if menu.isVisible())
    return {action.text(): action for action in menu.actions()}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_columns_are_hidden_and_shown_but_never_the_last(qtbot: QtBot, desk: Desk) -> None:
    table = await opened(qtbot, desk)
    header = table.horizontalHeader()
    chosen = entries(table)
    names = [column.heading() for column in COLUMNS]
    assert [chosen[name].isChecked() for name in names] == [True, True, True, True, False]
    chosen[names[4]].trigger()
    assert not header.isSectionHidden(4)
    for name in names[1:]:
        assert chosen[name].isEnabled()
        chosen[name].setChecked(False)
    for menu in table.findChildren(QMenu):
        menu.close()
    again = entries(table)
    assert not again[names[0]].isEnabled(), "a table without a column could not be mended"
    assert again[names[1]].isEnabled()


async def test_what_is_copied_is_what_is_shown_in_its_order(qtbot: QtBot, desk: Desk) -> None:
    table = await opened(qtbot, desk)
    header = table.horizontalHeader()
    header.setSectionHidden(1, True)
    header.moveSection(header.visualIndex(AMOUNT), 0)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for at in (2, 0):  # in whichever order they were chosen
        table.selectionModel().select(table.model().index(at, 0), flags)
    table.copy_csv()
    lines = [line.split(",") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0] == [COLUMNS[at].heading() for at in (AMOUNT, 0, CREATED)]
    assert [line[:2] for line in lines[1:]] == [["3000.000000", "DP2"], ["1234.500000", "DP0"]]
    table.copy_rows()
    assert [line.split("\t")[:2] for line in QApplication.clipboard().text().splitlines()] == [
        ["3000.000000", "DP2"],
        ["1234.500000", "DP0"],
    ]


async def test_ctrl_c_copies_the_cell_and_of_several_rows_the_rows(qtbot: QtBot, desk: Desk) -> None:
    table = await opened(qtbot, desk)
    table.setCurrentIndex(table.model().index(2, AMOUNT))
    await press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "1234.500000", "whole, to be pasted into a field"
    table.selectAll()
    await press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QApplication.clipboard().text().splitlines()) == 3


async def test_several_rows_are_no_row_to_act_on(qtbot: QtBot, desk: Desk) -> None:
    table = await opened(qtbot, desk)
    table.selectRow(1)
    assert table.selected() is not None
    table.selectAll()
    assert table.selected() is None
    table.clearSelection()
    assert table.selected() is None


async def test_enter_opens_the_row(qtbot: QtBot, desk: Desk) -> None:
    table = await opened(qtbot, desk)
    said: list[int] = []
    table.opened.connect(lambda: said.append(1))
    await press(table, Qt.Key.Key_Return)
    assert said == [], "there is none yet"
    table.selectRow(0)
    await press(table, Qt.Key.Key_Return)
    assert said == [1]


async def test_columns_of_another_program_version_are_left_alone(qtbot: QtBot, desk: Desk) -> None:
    table = await opened(qtbot, desk)
    others = [
        replace(column, field=DepositRecord.reason) if column.key == "status" else column
        for column in COLUMNS
    ]
    other = Table(PagedModel(desk, DepositRecord, others))
    qtbot.addWidget(other)
    table.horizontalHeader().resizeSection(0, 333)
    other.horizontalHeader().setSectionHidden(1, True)
    table.restore_state(other.save_state())
    table.restore_state(other.horizontalHeader().saveState())  # as programs of before kept it
    assert table.horizontalHeader().count() == len(COLUMNS)
    assert table.horizontalHeader().sectionSize(0) == 333
    assert not table.horizontalHeader().isSectionHidden(1)
    fresh = await opened(qtbot, desk)
    fresh.restore_state(table.save_state())
    assert fresh.horizontalHeader().sectionSize(0) == 333


async def test_an_arrow_of_the_last_session_does_not_tell_of_an_order_nobody_asked_for(
    qtbot: QtBot, desk: Desk
) -> None:
    table = await opened(qtbot, desk)
    await head(table, AMOUNT)
    fresh = await opened(qtbot, desk)
    fresh.restore_state(table.save_state())
    assert shown(fresh) == ["DP2", "DP1", "DP0"]
    assert not fresh.horizontalHeader().isSortIndicatorShown()
    await head(fresh, AMOUNT)
    assert shown(fresh) == ["DP2", "DP0", "DP1"], "the first click begins with the largest"


@pytest.mark.parametrize(
    ("value", "block", "text", "full"),
    [(11, 5, "11 / 12", False), (12, 5, "12 / 12", True), (400, 5, "12 / 12", True), (3, None, "—", False)],
)
def test_confirmations_are_complete_at_the_last_and_not_before(
    value: int, block: int | None, text: str, full: bool
) -> None:
    row = DepositRecord(confirmations=value, required_confirmations=12, block_number=block)
    made = cell(Column(DepositRecord.confirmations, Kind.PROGRESS), row)
    assert made.text == text
    assert (made.tone is Tone.GOOD) == full
    assert made.done <= made.needed or block is None
