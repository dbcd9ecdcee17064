"""The window over a working day: what it does when the database is back, when it was unlocked, and when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest_asyncio
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.gate import Gate
from tests.support.memory_store import NOW, PASSWORD, MemoryStore, address
from tests.views.conftest import until
from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import DepositRecord, View
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.dialogs.verify_wallet import BeginMessageSignatureDialog, BeginMicroPaymentDialog
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import operation, settle
from wbo_desktop.views.pages.page import ListPage


@pytest_asyncio.fixture
async def go_on(window: MainWindow) -> AsyncIterator[asyncio.Event]:
    """An act is under way until it is set."""
    event = asyncio.Event()
    operation(QPushButton(window), event.wait)
    yield event
    event.set()
    await settle()


@pytest_asyncio.fixture
async def window(qtbot: QtBot, desk: Desk, settings: QSettings) -> AsyncIterator[MainWindow]:
    """The window of an operator who may everything, with rows in it."""
    made = MainWindow(desk, settings)
    made.show()
    made.start()
    await until(lambda: page_of(made).model.rowCount())
    yield made
    made._sure = True
    made.close()
    await settle()


def page_of(window: MainWindow) -> ListPage:
    page = window.page("coin_deposit_records")
    assert page is not None
    return page


def asked(store: MemoryStore, source: type[View] = DepositRecord) -> int:
    return sum(request.source == source for request in store.requests)


async def test_open_pages_look_again_when_the_database_is_back_and_only_then(
    window: MainWindow, store: MemoryStore
) -> None:
    await until(lambda: window.health.networks() and not page_of(window).model.loading)
    store.down = True
    window.health.look()
    await until(lambda: window.health.database_lost)
    before = asked(store)
    row = store.rows["deposit_record"][0]
    row.update(status="cancelled", version=row["version"] + 1)
    assert not page_of(window)._gather.isActive()
    store.down = False
    window.health.look()
    await until(lambda: asked(store) > before)
    changed = lambda: page_of(window).model.find((row["record_no"],))  # noqa: E731
    await until(lambda: page_of(window).model.row(changed() or 0)["status"] == "cancelled")


async def test_what_happened_while_it_was_locked_is_there_after_unlocking(
    window: MainWindow, store: MemoryStore
) -> None:
    await until(lambda: not page_of(window).model.loading)
    window.lock()
    window._idle._timer.stop()
    before = asked(store)
    field = window.findChild(QLineEdit, "lock.password")
    assert field is not None
    field.setText(PASSWORD)
    button = window.findChild(QPushButton, "lock.unlock")
    assert button is not None
    button.click()
    await until(lambda: not window._lock_screen.locked)
    await until(lambda: asked(store) > before)
    assert window._idle._timer.isActive(), "idleness counts anew"


async def test_a_shorter_idle_time_holds_at_once(window: MainWindow, store: MemoryStore) -> None:
    assert window._idle._timer.interval() == 15 * 60_000
    store._session = replace(store._session, policy={**store._session.policy, "idle_lock_minutes": 3})
    store.notify(Topic.POLICY)
    await until(lambda: window._idle._timer.interval() == 3 * 60_000)


async def test_staying_after_all_is_no_logging_out(window: MainWindow, go_on: asyncio.Event) -> None:
    window.log_out()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.buttons()[1].click()
    assert window.isVisible()
    assert not window.logged_out


async def test_a_session_the_server_ended_asks_nobody_although_an_act_is_under_way(
    window: MainWindow, go_on: asyncio.Event
) -> None:
    window.health.ended.emit(RuleViolation("session_expired"))
    assert window.closed.is_set()
    assert QApplication.activeModalWidget() is None
    assert window.logged_out
    assert window.end_reason is not None


async def test_a_closed_window_hears_of_no_permissions(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    window.close()
    await settle()
    read: list[int] = []
    session = store.session
    store.session = lambda: (read.append(1), session())[1]  # type: ignore[method-assign, func-returns-value]
    before = asked(store)
    desk.changes.publish(frozenset(Topic))
    await settle()
    assert read == []
    assert asked(store) == before
    assert not window.sidebar._gather.isActive()


async def test_look_and_text_size_come_back(window: MainWindow, desk: Desk, settings: QSettings) -> None:
    window._set_scale(1.25)
    window._set_mode("dark")
    window.open_page("refunds")
    window.open_page("coin_deposit_records")
    window.close()
    again = MainWindow(desk, settings)
    assert again._remembered.scale == 1.25
    assert again._remembered.mode == "dark"
    assert again.tabs.currentWidget() is again.page("coin_deposit_records"), "the tab that was shown"
    again.close()
    await settle()


async def test_the_timeline_follows_its_record_and_no_other(
    window: MainWindow, store: MemoryStore, gate: Gate
) -> None:
    page = page_of(window)
    await until(lambda: not page.model.loading)

    def shown() -> list[str]:
        timeline = page.detail.findChild(type(page.detail._sections[0]).__mro__[-2], "timeline")
        return [label.text() for label in timeline.findChildren(QLabel)] if timeline else []

    rows = store.rows["deposit_record"]
    first = page.model.find((rows[0]["record_no"],))
    other = page.model.find((rows[9]["record_no"],))
    assert first is not None and other is not None  # noqa: PT018
    gate.shut()
    page.table.selectRow(first)
    await until(lambda: gate.asked == 1)
    page.table.selectRow(other)  # cancelled, with a remark of its own
    gate.open(50)
    await until(lambda: any("用戶重複申請" in text for text in shown()))
    rows[9]["version"] += 1
    store.rows["deposit_timeline"].append(
        {
            **next(e for e in store.rows["deposit_timeline"] if e["record_no"] == rows[9]["record_no"]),
            "seq": 99,
            "remark": "其後補充",
            "at": NOW + timedelta(minutes=1),
        }
    )
    store.notify(Topic.DEPOSIT)
    await until(lambda: any("其後補充" in text for text in shown()))


# proving a wallet


async def test_the_amount_to_pay_is_copied_as_a_wallet_takes_it(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    row = next(r for r in store.rows["wallet_address"] if r["status"] == "verifying")
    row.update(
        method="micro_payment",
        micro_amount=Decimal("1234.004217"),
        micro_coin="USDT",
        micro_target=address(80),
    )
    dialog = BeginMicroPaymentDialog(desk, row)
    qtbot.addWidget(dialog)
    dialog.open()
    await until(lambda: dialog.findChild(QPushButton, "begin_micro_payment.copy_amount"))
    await until(lambda: dialog.coins)
    button = dialog.findChild(QPushButton, "begin_micro_payment.copy_amount")
    assert button is not None
    button.click()
    assert QApplication.clipboard().text() == "1234.004217", "no separators, no coin"


async def test_a_text_to_sign_is_copied_to_the_last_character(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    row = next(r for r in store.rows["wallet_address"] if r["status"] == "verifying")
    challenge = "=sign me \n\u3000line two \n"
    row.update(method="message_signature", challenge=challenge)
    dialog = BeginMessageSignatureDialog(desk, row)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == challenge


async def test_the_other_way_of_proving_can_be_begun_while_one_is_under_way(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    row = next(r for r in store.rows["wallet_address"] if r["status"] == "verifying")
    row.update(method="message_signature", challenge="sign me")
    dialog = BeginMicroPaymentDialog(desk, row)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.under_way()
    assert dialog.before.isVisible()
    assert not dialog.after.isVisible()
