"""What a page says of its rows, and what it remembers: counts, failures, the order asked for, links from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.gate import Gate
from tests.support.memory_store import MemoryStore
from tests.views.conftest import click, outside, until
from tests.views.pages.test_live_rows import arrive, button, numbers, opened, point_elsewhere
from wbo_desktop.domain.acts import Topic
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views.health import Health
from wbo_desktop.views.lock import IdleWatch
from wbo_desktop.views.pages import coin_deposit_records
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.pages.spec import Context, Explorers


def count_of(page: ListPage) -> str:
    found = page.findChild(QLabel, "count")
    assert found is not None
    return found.text()


def requests(store: MemoryStore) -> list[Any]:
    return [request for request in store.requests if request.source is DepositRecord]


async def test_rows_are_counted_when_all_are_there_estimated_when_not_and_exactly_when_asked(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    here = len(store.rows["deposit_record"])
    await until(lambda: str(here) in count_of(page) and "約" not in count_of(page))
    arrive(store, 250)
    page.let_in()
    await until(lambda: "約" in count_of(page) and str(here + 250) in count_of(page))
    assert page.model.rowCount() < here + 250
    reload = page.findChild(QToolButton, "refresh")
    assert reload is not None
    asked: list[bool] = []
    count = store.count
    store.count = lambda *a: (asked.append(a[-1]), count(*a))[1]  # type: ignore[assignment, func-returns-value]
    await click(reload)
    await until(lambda: True in asked)
    await until(reload.isEnabled)


async def test_an_order_asked_for_holds_under_another_filter(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    page.table.ordered.emit("claimed_amount", False)
    await until(lambda: not page.model.loading)
    button(page, "filter.status.success").click()
    await until(lambda: page.model.filters and not page.model.loading)
    last = requests(store)[-1]
    assert (last.order, last.descending) == ("claimed_amount", False)
    amounts = [page.model.row(at)["claimed_amount"] for at in range(page.model.rowCount())]
    assert amounts == sorted(amounts)


async def test_a_first_load_that_fails_says_why_and_comes_when_it_can(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    store.down = True
    page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), coin_deposit_records.PAGE)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    page.show()
    await until(lambda: "連線" in page.table._empty.text() or "伺服器" in page.table._empty.text())
    store.down = False
    page.reconnected()
    await until(lambda: page.model.rowCount())
    assert not page.table._empty.isVisible()


async def test_what_failed_while_shown_is_tried_again_when_the_page_is_shown_again(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    store.down = True
    page.refresh()
    await until(lambda: not page.model.loading)
    store.down = False
    before = len(requests(store))
    page.hide()
    page.show()
    await until(lambda: len(requests(store)) > before)


async def test_only_a_single_row_that_was_looked_for_is_chosen(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    assert page.selected() is None, "of many nobody chose one"
    wanted = numbers(page)[4]
    page.show_rows({"record_no": wanted})
    await until(lambda: numbers(page) == [wanted])
    assert page.selected()["record_no"] == wanted  # type: ignore[index]


async def test_a_link_forgets_the_filters_of_before_and_finds_its_row(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    field = page.findChild(QLineEdit, "filter.client_no")
    assert field is not None
    field.setText("C100233")
    page.filters.apply()
    await until(lambda: page.model.filters and not page.model.loading)
    page.table.selectRow(0)
    wanted = next(r for r in store.rows["deposit_record"] if r["status"] == "abnormal")
    page.show_rows({"status": "abnormal"}, (wanted["record_no"],))
    assert page.selected() is None, "no act is armed on a row of before"
    await until(lambda: page.selected())
    assert page.selected()["record_no"] == wanted["record_no"]  # type: ignore[index]
    assert page.model.filters == (Filter("status", Match.ONE_OF, ("abnormal",)),)
    assert field.text() == ""


async def test_a_closed_page_hears_of_no_change(qtbot: QtBot, desk: Desk, store: MemoryStore) -> None:
    page = await opened(qtbot, desk)
    page.close_page()
    desk.changes.publish({Topic.DEPOSIT})
    assert not page._gather.isActive()
    assert not page._stale


async def test_an_act_that_was_not_done_brings_nothing_and_one_without_a_row_lets_its_new_row_in(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    page.table.selectRow(
        next(at for at in range(page.model.rowCount()) if page.model.row(at)["status"] == "pending_auth")
    )
    done: list[object] = []
    page.acts.done.connect(done.append)
    await click(button(page, "revoke_deposit"))
    await until(QApplication.activeModalWidget)
    dialog = QApplication.activeModalWidget()
    dialog.reject()  # type: ignore[attr-defined]
    await until(lambda: QApplication.activeModalWidget() is None)
    assert done == []
    (new,) = arrive(store, 1)
    page.model.held = lambda: True
    page._done(None)
    await until(lambda: new in numbers(page))


async def test_rows_that_waited_come_once_and_no_more_wait(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    page = await opened(qtbot, desk)
    page.model.held = lambda: True
    arrive(store, 2)
    page.refresh()
    await until(lambda: page.model.waiting == 2)
    page.let_in()
    await until(lambda: page.model.waiting == 0)
    arrive(store, 1)
    page.refresh()
    await until(lambda: page.model.waiting == 1)
    assert len(numbers(page)) == len(store.rows["deposit_record"]) - 1, "letting in was for that once"
    page.filters.apply()
    await until(lambda: len(numbers(page)) == len(store.rows["deposit_record"]))
    assert page.model.waiting == 0
    assert not button(page, "new_rows").isVisible()


async def test_other_rows_are_asked_for_while_new_ones_were_being_let_in(
    qtbot: QtBot, desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    """The wish was about the rows of before."""
    page = await opened(qtbot, desk)
    await point_elsewhere(page)
    page.model.held = lambda: True
    gate.shut()
    page.let_in()
    await until(lambda: gate.asked == 1)
    page.filters.apply()
    gate.open(50)
    await until(lambda: not page.model.loading)
    arrive(store, 1)
    page.refresh()
    await until(lambda: page.model.waiting == 1)


@pytest.mark.parametrize(
    "event",
    [
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    ],
)
async def test_whatever_the_operator_does_puts_the_lock_off(qtbot: QtBot, event: QEvent.Type) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    watch = IdleWatch(lambda: 15.0, home)
    watch._timer.start(5)
    assert not watch.eventFilter(home, QEvent(event))
    assert watch._timer.interval() == 15 * 60_000
    watch._timer.start(5)
    watch.eventFilter(home, QEvent(QEvent.Type.Paint))
    assert watch._timer.interval() == 5, "what the program does by itself is nobody's presence"
    watch.stop()
    await outside(lambda: QTest.mouseMove(home, QPoint(3, 3)))
    await outside(lambda: QTest.keyClick(home, Qt.Key.Key_A))
    assert not watch._timer.isActive()


async def test_no_minutes_mean_never_and_a_new_policy_holds_from_the_next_touch(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    minutes = [0.0]
    watch = IdleWatch(lambda: minutes[0], home)
    assert not watch._timer.isActive()
    minutes[0] = 2.0
    watch.restart()
    assert watch._timer.isActive()
    assert watch._timer.interval() == 120_000
    minutes[0] = 0.0
    watch.restart()
    assert not watch._timer.isActive()
    watch.stop()
