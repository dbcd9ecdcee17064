"""A list that others change while somebody works on it: nothing moves under the pointer, acts say whose they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.gate import Gate
from tests.support.memory_store import NOW, MemoryStore
from tests.views.conftest import click, outside, press, until
from wbo_desktop.domain.acts import Topic
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.health import Health
from wbo_desktop.views.pages import coin_deposit_records
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.pages.spec import Context, Explorers

SPEC = coin_deposit_records.PAGE
UNSEEN = {
    "observed_amount": None,
    "observed_source": None,
    "block_number": None,
    "block_hash": None,
    "log_index": None,
}


def arrive(store: MemoryStore, count: int, **changes: Any) -> list[str]:
    """New records, newer than all others."""
    rows = store.rows["deposit_record"]
    made = []
    for _ in range(count):
        number = f"DP20991231-{len(rows):06d}"
        rows.append(
            dict(rows[0]) | {"record_no": number, "created_at": NOW + timedelta(seconds=len(rows))} | changes
        )
        made.append(number)
    return made


async def opened(qtbot: QtBot, desk: Desk, width: int = 1200) -> ListPage:
    page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), SPEC)
    qtbot.addWidget(page)
    page.resize(width, 600)
    page.show()
    await until(lambda: page.model.ever_loaded)
    return page


async def changed(page: ListPage, store: MemoryStore) -> None:
    """A notification came, and the page has looked."""

    def asked() -> int:
        return sum(request.source == SPEC.model for request in store.requests)

    before = asked()
    page._changed(frozenset({Topic.DEPOSIT}))
    await until(lambda: asked() > before and not page.model.loading)


async def point_at(page: ListPage, row: int) -> None:
    where = page.table.visualRect(page.model.index(row, 0)).center()
    await outside(lambda: QTest.mouseMove(page.table.viewport(), where))
    await until(page.table.aimed_at)


async def point_elsewhere(page: ListPage) -> None:
    await outside(lambda: QTest.mouseMove(page.filters, QPoint(3, 3)))
    await until(lambda: not page.table.aimed_at())


def places(page: ListPage) -> dict[str, tuple[int, int]]:
    """Each record's place on the screen, and that of everything above the table."""
    model, table = page.model, page.table
    rows = {str(model.row(at)["record_no"]): at for at in range(model.rowCount())}
    where = {name: (0, table.visualRect(model.index(at, 0)).top()) for name, at in rows.items()}
    for widget in [*page.acts.findChildren(QPushButton), page._above, page.table, page.detail]:
        corner = widget.mapTo(page, QPoint(0, 0))
        where[f"{widget.objectName()}.at"] = corner.x(), corner.y()
    return where


def numbers(page: ListPage) -> list[str]:
    return [str(page.model.row(at)["record_no"]) for at in range(page.model.rowCount())]


def button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


async def test_while_the_pointer_is_over_the_table_nothing_moves_and_new_rows_wait(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    await point_at(page, 2)
    before, target = places(page), numbers(page)[2]
    arrive(store, 3)
    await changed(page, store)
    assert places(page) == before
    new = button(page, "new_rows")
    assert new.isVisible()
    assert new.text() == "3 筆新資料"
    spot = page.table.visualRect(page.model.index(2, 0)).center()
    await outside(lambda: QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot))
    assert page.selected() is not None
    assert page.selected()["record_no"] == target  # type: ignore[index]
    arrive(store, 1)
    await changed(page, store)
    assert new.text() == "4 筆新資料"
    assert places(page) == before
    await click(new)
    await until(lambda: len(numbers(page)) == len(before) - len([k for k in before if k.endswith(".at")]) + 4)
    assert not new.isVisible()
    assert page.selected()["record_no"] == target  # type: ignore[index]


async def test_rows_change_where_they_are_under_the_pointer(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    await click(button(page, "filter.status.pending_auth"))
    await until(lambda: page.model.filters and not page.model.loading)
    await point_at(page, 0)
    shown = numbers(page)
    row = next(r for r in store.rows["deposit_record"] if r["record_no"] == shown[1])
    row.update(status="processing", reason=None, version=9)
    arrive(store, 2, status="pending_auth")
    await changed(page, store)
    assert numbers(page) == shown
    assert page.model.row(1)["status"] == "processing", "what is shown is as it is now"
    await point_elsewhere(page)
    await until(lambda: shown[1] not in numbers(page))
    assert len(numbers(page)) == len(shown) + 1


async def test_a_row_that_is_gone_stays_pale_and_its_acts_are_off(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    at = next(at for at in range(page.model.rowCount()) if page.model.row(at)["status"] == "pending_auth")
    await point_at(page, 0)
    page.table.selectRow(at)
    assert button(page, "revoke_deposit").isEnabled()
    gone = numbers(page)[at]
    store.rows["deposit_record"] = [r for r in store.rows["deposit_record"] if r["record_no"] != gone]
    await changed(page, store)
    assert numbers(page)[at] == gone
    assert not button(page, "revoke_deposit").isEnabled()
    assert "不在列表" in button(page, "revoke_deposit").toolTip()
    await press(page.table, Qt.Key.Key_Return)
    page.acts.start(SPEC.acts[0])
    assert QApplication.activeModalWidget() is None
    page.let_in()
    await until(lambda: gone not in numbers(page))
    assert page.selected() is None
    assert not button(page, "revoke_deposit").isEnabled()


async def test_a_selected_row_that_leaves_the_filter_takes_its_acts_along(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    await click(button(page, "filter.status.pending_auth"))
    await until(lambda: page.model.filters and not page.model.loading)
    await point_elsewhere(page)
    page.table.selectRow(0)
    name = numbers(page)[0]
    others = [
        r for r in store.rows["deposit_record"] if r["status"] == "pending_auth" and r["record_no"] != name
    ]
    for row in others[1:]:
        row["status"] = "cancelled"
    next(r for r in store.rows["deposit_record"] if r["record_no"] == name)["status"] = "cancelled"
    await changed(page, store)
    await until(lambda: name not in numbers(page))
    assert len(numbers(page)) == 1
    assert page.selected() is None, "the only one left was not chosen by anybody"
    assert page.detail.row() is None
    assert all(not b.isEnabled() for b in page.acts.findChildren(QPushButton))


async def test_the_operators_own_act_leaves_its_row_in_sight(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    await click(button(page, "filter.status.pending_auth"))
    await until(lambda: page.model.filters and not page.model.loading)
    await point_elsewhere(page)
    page.table.selectRow(1)
    shown = numbers(page)
    await click(button(page, "revoke_deposit"))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    next(r for r in store.rows["deposit_record"] if r["record_no"] == shown[1]).update(
        status="cancelled", version=9
    )
    dialog.accept()  # type: ignore[attr-defined]
    await until(lambda: page.model.row(1)["status"] == "cancelled")
    assert numbers(page) == shown
    assert page.selected()["record_no"] == shown[1]  # type: ignore[index]
    await changed(page, store)
    assert numbers(page) == shown, "until the filter is applied again"
    page.filters.apply()
    await until(lambda: shown[1] not in numbers(page))


@pytest.mark.parametrize("pointer", ["over", "elsewhere"])
async def test_a_refresh_keeps_selection_and_place_of_the_last_row(
    qtbot: QtBot, desk: Desk, store: MemoryStore, pointer: str
) -> None:
    arrive(store, 250)
    page = await opened(qtbot, desk)
    page.table.selectRow(99)
    page.table.scrollToBottom()
    await until(lambda: page.model.rowCount() >= 200 and not page.model.loading)
    page.table.scrollTo(page.model.index(99, 0))
    await (point_at(page, 97) if pointer == "over" else point_elsewhere(page))
    name, top = numbers(page)[99], page.table.visualRect(page.model.index(99, 0)).top()
    arrive(store, 7)
    await changed(page, store)
    at = numbers(page).index(name)
    assert page.selected()["record_no"] == name  # type: ignore[index]
    assert at == (99 if pointer == "over" else 106)
    assert page.table.visualRect(page.model.index(at, 0)).top() == top


async def test_the_selected_last_row_of_a_full_page_is_not_pushed_out(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    arrive(store, 250)
    page = await opened(qtbot, desk)
    await point_elsewhere(page)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(page.model.index(99, 0), flags)
    assert page.model.rowCount() == 100
    name = numbers(page)[99]
    arrive(store, 3)
    await changed(page, store)
    assert page.selected() is not None
    assert page.selected()["record_no"] == name  # type: ignore[index]


async def test_a_row_that_comes_below_all_others_waits_too(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    await point_at(page, 0)
    before = numbers(page)
    (late,) = arrive(store, 1, created_at=NOW - timedelta(days=4000))
    await changed(page, store)
    assert numbers(page) == before
    assert button(page, "new_rows").isVisible()
    await point_elsewhere(page)
    await until(lambda: numbers(page)[-1] == late)


async def test_acts_say_whose_they_are_wherever_the_table_was_scrolled_to(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    arrive(store, 90, status="pending_auth", reason="transfer_not_seen", **UNSEEN)
    page = await opened(qtbot, desk)
    page.table.selectRow(3)
    name = numbers(page)[3]
    page.table.scrollToBottom()
    subject = button(page, "acts.subject")
    assert subject.isVisible()
    assert subject.text() == name
    revoke = button(page, "revoke_deposit")
    assert revoke.isEnabled()
    assert name in revoke.toolTip()
    assert name in revoke.accessibleName()
    assert not page.table.viewport().rect().contains(page.table.visualRect(page.model.index(3, 0)))
    await click(subject)
    assert page.table.viewport().rect().contains(page.table.visualRect(page.model.index(3, 0)).center())
    page.table.clearSelection()
    assert not subject.isEnabled()
    assert name not in revoke.toolTip()


async def test_another_record_is_shown_from_its_top_and_the_same_where_it_was(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    await point_elsewhere(page)
    bar = page.detail.scroller.verticalScrollBar()
    page.table.selectRow(0)
    await until(lambda: bar.maximum() > 100)
    bar.setValue(100)
    head = page.findChild(QLabel, "detail.number")
    assert head is not None
    assert head.text() == numbers(page)[0]
    assert page.detail.rect().contains(head.mapTo(page.detail, head.rect().center()))
    row = next(r for r in store.rows["deposit_record"] if r["record_no"] == numbers(page)[0])
    row.update(remark="x", version=row["version"] + 1)
    await changed(page, store)
    assert bar.value() == 100
    page.table.selectRow(1)
    assert bar.value() == 0
    assert head.text() == numbers(page)[1]


async def test_a_filter_during_a_refresh_shows_what_the_filter_asks_for(
    qtbot: QtBot, desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    page = await opened(qtbot, desk)
    await point_elsewhere(page)
    gate.shut()
    page.refresh()
    await until(lambda: gate.asked == 1)
    button(page, "filter.status.abnormal").click()
    await until(lambda: gate.asked == 2)
    gate.open(2)
    await until(lambda: not page.model.loading)
    assert {page.model.row(at)["status"] for at in range(page.model.rowCount())} == {"abnormal"}
    gate.open(50)


async def test_scrolling_during_a_refresh_brings_the_next_rows_afterwards(
    qtbot: QtBot, desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    arrive(store, 250)
    page = await opened(qtbot, desk)
    await point_elsewhere(page)
    gate.shut()
    page.refresh()
    await until(lambda: gate.asked == 1)
    page.table.scrollToBottom()
    gate.open(50)
    await until(lambda: page.model.rowCount() == 200)
    assert len(set(numbers(page))) == 200


async def test_a_count_that_comes_during_a_refresh_does_not_call_a_page_all_there_is(
    qtbot: QtBot, desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    arrive(store, 250)
    page = await opened(qtbot, desk)
    total = len(store.rows["deposit_record"])
    await until(lambda: str(total) in page._count.text())
    gate.shut()
    page.refresh()
    await until(lambda: gate.asked == 1)
    await page._estimate()
    assert str(total) in page._count.text()
    assert "約" in page._count.text()
    gate.open(50)


async def test_a_block_asks_about_the_chosen_row_once(qtbot: QtBot, desk: Desk, store: MemoryStore) -> None:
    """Each block changes every row that waits; what is offered for the chosen one is looked at once, not once a row."""
    arrive(store, 80)
    page = await opened(qtbot, desk)
    page.table.selectRow(3)
    looked: list[object] = []
    page.detail.show_row = looked.append  # type: ignore[method-assign]
    for row in store.rows["deposit_record"]:
        row["confirmations"] = (row["confirmations"] or 0) + 1
    await changed(page, store)
    assert looked == [page.table.selected()]
