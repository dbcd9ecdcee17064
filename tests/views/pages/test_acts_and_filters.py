"""Filters that ask the right question, and acts that say why they cannot be done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QDate, QSettings, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore, Stored, address
from tests.views.conftest import click, press, type_text, until
from wbo_desktop.domain import acts
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import menu, rules, theme
from wbo_desktop.views.dialogs.balances import ExplainDifferenceDialog
from wbo_desktop.views.health import Health
from wbo_desktop.views.pages import balance_differences, client_wallet_address, coin_deposit_records
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.pages.spec import Context, Explorers
from wbo_desktop.views.tables.columns import Kind, cell


def open_page(qtbot: QtBot, desk: Desk, spec: Any = coin_deposit_records.PAGE) -> ListPage:
    page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), spec)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


async def shown(qtbot: QtBot, desk: Desk, spec: Any = coin_deposit_records.PAGE) -> ListPage:
    page = open_page(qtbot, desk, spec)
    await until(lambda: page.model.ever_loaded)
    return page


def part(page: ListPage, kind: type, name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


async def test_a_number_that_is_put_into_a_filter_shows_its_beginning(qtbot: QtBot, desk: Desk) -> None:
    page = await shown(qtbot, desk)
    page.show_rows({"record_no": "DP20261122-000042"})
    field = part(page, QLineEdit, "filter.record_no")
    assert field.cursorPosition() == 0
    assert "DP20261122-000042" in field.toolTip()


async def test_several_statuses_at_once(qtbot: QtBot, desk: Desk) -> None:
    page = await shown(qtbot, desk)
    for status in ("abnormal", "pending_auth"):
        part(page, QPushButton, f"filter.status.{status}").click()
    await until(lambda: not page.model.loading)
    assert page.model.filters == (Filter("status", Match.ONE_OF, ("pending_auth", "abnormal")),)
    assert {page.model.row(at)["status"] for at in range(page.model.rowCount())} == {
        "abnormal",
        "pending_auth",
    }


async def test_enter_applies_and_escape_clears(qtbot: QtBot, desk: Desk) -> None:
    page = await shown(qtbot, desk)
    field = part(page, QLineEdit, "filter.client_no")
    await type_text(field, "c100233")
    assert page.model.filters == ()
    await press(field, Qt.Key.Key_Return)
    assert page.model.filters == (Filter("client_no", Match.STARTS_WITH, "C100233"),)
    await press(field, Qt.Key.Key_Escape)
    assert page.model.filters == ()
    assert field.text() == ""


@pytest.mark.parametrize(
    ("column", "typed"),
    [("txid", "0x123"), ("source_address", address(31)[:-1] + "!"), ("source_address", "hello")],
)
async def test_what_cannot_be_read_is_said_and_not_asked(
    qtbot: QtBot, desk: Desk, store: MemoryStore, column: str, typed: str
) -> None:
    page = await shown(qtbot, desk)
    asked = len(store.requests)
    field = part(page, QLineEdit, f"filter.{column}")
    await type_text(field, typed)
    await press(field, Qt.Key.Key_Return)
    assert field.property("invalid") == "true"
    assert page.filters._error.text()
    assert len(store.requests) == asked


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A workstation whose clock is New York's."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


HONG_KONG = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("preset", "first", "beyond"),
    [("today", 0, None), ("yesterday", -1, 0), ("week", -6, None), ("month", -29, None)],
)
async def test_days_are_hong_kongs(
    qtbot: QtBot, desk: Desk, elsewhere: None, preset: str, first: int, beyond: int | None
) -> None:
    page = await shown(qtbot, desk)
    days = part(page, QComboBox, "filter.created_at")
    days.setCurrentIndex(days.findData(preset))
    days.activated.emit(days.currentIndex())
    (condition,) = page.model.filters
    today = datetime.now(HONG_KONG).replace(hour=0, minute=0, second=0, microsecond=0)
    begin, end = condition.value
    assert begin == today + timedelta(days=first)
    assert end == (None if beyond is None else today + timedelta(days=beyond))


async def test_the_last_day_of_a_range_counts_in_full_and_the_next_not_at_all(
    qtbot: QtBot, desk: Desk, store: MemoryStore, elsewhere: None
) -> None:
    moments = {
        "before": datetime(2026, 11, 19, 23, 59, 59, tzinfo=HONG_KONG),
        "first": datetime(2026, 11, 20, 0, 0, tzinfo=HONG_KONG),
        "last": datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=HONG_KONG),
        "beyond": datetime(2026, 11, 22, 0, 0, tzinfo=HONG_KONG),
    }
    row = store.rows["deposit_record"][0]
    store.rows["deposit_record"] = [
        dict(row) | {"record_no": name, "created_at": at} for name, at in moments.items()
    ]
    page = await shown(qtbot, desk)
    days = part(page, QComboBox, "filter.created_at")
    days.setCurrentIndex(days.findData("custom"))
    days.activated.emit(days.currentIndex())
    first, last = (part(page, QDateEdit, f"filter.created_at.{name}") for name in ("from", "to"))
    assert first.date().toString("yyyy-MM-dd") == f"{datetime.now(HONG_KONG):%Y-%m-%d}"
    for begin, end in ((20, 21), (21, 20)):  # whichever way round it was given
        first.setDate(QDate(2026, 11, begin))
        last.setDate(QDate(2026, 11, end))
        await press(last, Qt.Key.Key_Return)
        await until(lambda: not page.model.loading)
        assert [page.model.row(at)["record_no"] for at in range(page.model.rowCount())] == ["last", "first"]


async def test_an_empty_table_says_why(qtbot: QtBot, desk: Desk, store: MemoryStore) -> None:
    page = await shown(qtbot, desk)
    page.show_rows({"record_no": "DP1999"})
    await until(lambda: not page.model.loading)
    assert "篩選" in page.table._empty.text()
    store.rows["deposit_record"].clear()
    page.filters.clear()
    await until(lambda: "客戶端" in page.table._empty.text())


async def test_a_missing_permission_is_named(qtbot: QtBot) -> None:
    store = MemoryStore(permissions=frozenset({Permission.RECORD_INQUIRY}))
    desk = Desk(store, store.session())
    page = await shown(qtbot, desk)
    row = next(at for at in range(page.model.rowCount()) if page.model.row(at)["status"] == "pending_auth")
    page.table.selectRow(row)
    button = part(page, QPushButton, "revoke_deposit")
    assert button.isVisible()
    assert not button.isEnabled()
    assert "入幣記錄：操作" in button.toolTip()
    assert "管理員" in button.toolTip()
    await desk.close()


async def test_a_status_that_forbids_is_explained_in_tooltip_and_status_bar(qtbot: QtBot, desk: Desk) -> None:
    page = await shown(qtbot, desk)
    said: list[str] = []
    page.explained.connect(said.append)
    at = next(at for at in range(page.model.rowCount()) if page.model.row(at)["status"] == "success")
    page.table.selectRow(at)
    button = part(page, QPushButton, "revoke_deposit")
    assert not button.isEnabled()
    assert "已到賬" in button.toolTip()
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QEnterEvent
    from PySide6.QtWidgets import QApplication

    QApplication.sendEvent(button, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert said[-1] == button.toolTip()
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert said[-1] == ""


async def test_an_act_opens_its_dialog_once(qtbot: QtBot, desk: Desk) -> None:
    page = await shown(qtbot, desk)
    at = next(at for at in range(page.model.rowCount()) if page.model.row(at)["status"] == "pending_auth")
    page.table.selectRow(at)
    button = part(page, QPushButton, "revoke_deposit")
    assert button.isEnabled()
    await click(button)
    from PySide6.QtWidgets import QApplication

    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.objectName() == "revoke_deposit"
    dialog.reject()  # type: ignore[attr-defined]


async def test_a_row_can_be_told_from_the_next_by_keyboard_alone(qtbot: QtBot, desk: Desk) -> None:
    page = await shown(qtbot, desk)
    page.table.setFocus()
    page.table.selectRow(0)
    await press(page.table, Qt.Key.Key_Down)
    assert page.table.selected_numbers() == [1]
    assert part(page, QLabel, "detail.number").text() == page.model.row(1)["record_no"]


@pytest.mark.parametrize("spec", list(menu.pages()), ids=lambda spec: spec.code)
def test_a_page_is_declared_soundly(spec: Any) -> None:
    keys = [column.key for column in spec.columns]
    assert len(keys) == len(set(keys))
    assert all(column.width >= 48 for column in spec.columns)
    assert all(column.tone for column in spec.columns if column.kind is Kind.CHIP)
    codes = [act.code for act in spec.acts]
    assert len(codes) == len(set(codes))
    assert all(act.act.permission is not None for act in spec.acts)


def test_every_act_of_an_operator_has_a_button() -> None:
    offered = {act.act for spec in menu.pages() for act in spec.acts}
    elsewhere = {acts.ChangeOwnPassword, acts.SubmitWalletSignature, acts.RevokePermission}
    assert set(acts.ALL) - offered == elsewhere


@pytest.mark.parametrize(
    "status", ["pending_auth", "processing", "success", "abnormal", "cancelled", "deleted", "refunding"]
)
def test_the_rules_of_the_buttons_are_the_rules_of_the_records(status: str) -> None:
    desk = Desk.__new__(Desk)
    row = Stored(
        {
            "status": status,
            "record_no": "DP1",
            "external_serial": "A",
            "reason": "amount_differs",
            "refund_no": "RF1",
        }
    )
    possible = {
        name
        for name in ("revoke", "recheck", "accept", "request_refund", "delete_application")
        if getattr(rules, name)(desk, row) is None
    }
    assert possible == {
        "pending_auth": {"revoke", "delete_application"},
        "abnormal": {"recheck", "accept", "delete_application"},
        "success": {"request_refund"},
    }.get(status, set())


def test_what_makes_money_real_is_never_accepted() -> None:
    desk = Desk.__new__(Desk)
    row = Stored({"status": "abnormal", "record_no": "DP1", "reason": "wrong_contract"})
    refusal = rules.accept(desk, row)
    assert refusal is not None
    assert refusal.code == "fault_not_acceptable"


def test_text_grows_to_half_as_much_again(qtbot: QtBot, settings: QSettings) -> None:
    from PySide6.QtWidgets import QApplication

    theme.apply("light", 1.5)
    assert QApplication.font().pointSizeF() == 15.0
    theme.apply("light", 1.0)


@pytest.mark.parametrize(
    ("known", "kind", "more"),
    [
        ({"is_contract": None}, "—", ""),
        ({"is_contract": False}, "一般錢包", ""),
        ({"is_contract": True}, "合約地址", "可能因此遺失"),
        ({"is_contract": True, "known_as": "Example Exchange"}, "Example Exchange", "永遠收不到"),
    ],
)
async def test_a_wallets_page_says_what_kind_of_address_it_is(
    qtbot: QtBot, desk: Desk, store: MemoryStore, known: dict[str, object], kind: str, more: str
) -> None:
    for row in store.rows["wallet_address"]:
        row.update(known)
    page = await shown(qtbot, desk, client_wallet_address.PAGE)
    page.table.selectRow(0)
    await until(lambda: page.findChild(QLabel, "detail.is_contract"))
    told = part(page, QLabel, "detail.is_contract").text()
    assert told.startswith(kind)
    assert more in told
    column = next(c for c in client_wallet_address.COLUMNS if c.key == "is_contract")
    assert cell(column, store.rows["wallet_address"][0]).text == kind


@pytest.mark.parametrize(
    ("amount", "shown_as", "advice"), [("0.75", "+0.75", "不能在此入賬"), ("-0.75", "-0.75", "立即通知主管")]
)
async def test_a_difference_of_a_balance_says_what_to_do_and_is_explained_with_a_remark(
    qtbot: QtBot, desk: Desk, store: MemoryStore, amount: str, shown_as: str, advice: str
) -> None:
    store.rows["unexplained_balance"][0]["amount"] = Decimal(amount)
    page = await shown(qtbot, desk, balance_differences.PAGE)
    page.table.selectRow(0)
    await until(lambda: page.findChild(QLabel, "detail.amount"))
    assert part(page, QLabel, "detail.amount").text().startswith(shown_as)
    assert advice in part(page, QLabel, "detail.next_step").text()
    await click(part(page, QPushButton, "explain_difference"))
    await until(lambda: page.findChild(ExplainDifferenceDialog))
    dialog = part(page, ExplainDifferenceDialog, "explain_difference")
    part(dialog, QLineEdit, "explain_difference.remark").setText("\u3000")
    assert not dialog.ok_button.isEnabled()
    part(dialog, QLineEdit, "explain_difference.remark").setText("已核實")
    dialog.ok_button.click()
    await until(lambda: store.acts)
    assert store.acts == [acts.ExplainDifference(3, "已核實")]
