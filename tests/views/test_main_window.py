"""The desk's window: what an operator sees in it, what they do not, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from PySide6.QtCore import QPoint, QSettings, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.memory_store import PASSWORD, MemoryStore, address, tx_hash
from tests.views.conftest import press, until
from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, main_window, menu, theme
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.main_window import MainWindow, needs_whole_screen
from wbo_desktop.views.operation import operation, settle


@pytest_asyncio.fixture
async def window(qtbot: QtBot, desk: Desk, settings: QSettings) -> AsyncIterator[MainWindow]:
    """The window of an operator who may everything, with rows in it."""
    made = MainWindow(desk, settings)
    made.show()
    made.start()
    page = made.page("coin_deposit_records")
    assert page is not None
    await until(lambda: page.model.rowCount())
    yield made
    made._sure = True
    made.close()
    await settle()


async def test_the_tree_lists_every_page_by_its_own_name(window: MainWindow) -> None:
    shown = [window.sidebar._items[code].text(0) for code in window.sidebar.codes()]
    assert shown[:3] == ["渠道存管賬戶", "客戶錢包地址", "入幣申請"]
    assert {"入幣記錄", "退幣", "加密貨幣", "網絡", "操作員與權限", "操作日誌"} <= set(shown)


async def test_a_page_without_its_query_permission_is_not_there(qtbot: QtBot, settings: QSettings) -> None:
    store = MemoryStore(permissions=frozenset({Permission.WALLET_INQUIRY}))
    desk = Desk(store, store.session())
    window = MainWindow(desk, settings)
    assert window.sidebar.codes() == ["client_wallet_address"]
    window.open_page("audit_log")
    assert window.page("audit_log") is None
    assert window.page("client_wallet_address") is not None
    window.close()
    await settle()
    await desk.close()


async def test_every_page_of_the_menu_opens_and_fills(window: MainWindow) -> None:
    for spec in menu.pages():
        window.open_page(spec.code)
        page = window.page(spec.code)
        assert page is not None
        await until(lambda page=page: page.model.ever_loaded)
        if page.model.rowCount():
            page.table.selectRow(0)
        assert page.model.rowCount() or page.table._empty.text()
        assert window.tabs.tabText(window.tabs.indexOf(page)) == i18n.text(spec.title)


async def test_what_waits_is_counted(window: MainWindow, store: MemoryStore) -> None:
    abnormal = sum(row["status"] == "abnormal" for row in store.rows["deposit_record"])
    await until(lambda: window.sidebar.waiting("coin_deposit_records") == abnormal)
    store.rows["deposit_record"][0]["status"] = "abnormal"
    store.notify(Topic.DEPOSIT)
    await until(lambda: window.sidebar.waiting("coin_deposit_records") == abnormal + 1)


async def test_the_menu_is_searched(window: MainWindow) -> None:
    search = window.findChild(QLineEdit, "menu.search")
    assert search is not None
    search.setText("日誌")
    visible = [code for code, item in window.sidebar._items.items() if not item.isHidden()]
    assert visible == ["audit_log"]
    await press(search, Qt.Key.Key_Return)
    assert window.page("audit_log") is window.tabs.currentWidget()


async def test_others_changes_appear_by_themselves(window: MainWindow, store: MemoryStore) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    page.table.selectRow(2)
    chosen = page.model.key_of(2)
    row = next(r for r in store.rows["deposit_record"] if r["record_no"] == chosen[0])
    row.update(status="abnormal", reason="amount_differs", version=row["version"] + 1)
    store.notify(Topic.DEPOSIT)
    await until(lambda: page.selected() and page.selected()["status"] == "abnormal", seconds=10)  # type: ignore[index]
    assert page.table.selected_numbers() == [2]
    shown = page.detail.findChild(QLabel, "detail.explained")
    assert shown is not None
    assert "金額" in shown.text()


async def test_a_hidden_page_waits_until_it_is_shown(window: MainWindow, store: MemoryStore) -> None:
    window.open_page("network")
    await asyncio.sleep(0.05)
    asked = sum(r.source is DepositRecord for r in store.requests)
    store.notify(Topic.DEPOSIT)
    page = window.page("coin_deposit_records")
    assert page is not None
    await until(lambda: page._stale)
    assert not page._gather.isActive()
    assert sum(r.source is DepositRecord for r in store.requests) == asked
    window.open_page("coin_deposit_records")
    await until(lambda: sum(r.source is DepositRecord for r in store.requests) > asked)


async def test_confirmations_move_with_each_block(window: MainWindow, store: MemoryStore) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    row = next(r for r in store.rows["deposit_record"] if r["status"] == "processing")
    assert page.table.select((row["record_no"],))
    bar = page.detail.findChild(QWidget, "detail.confirmations.bar")
    seen = []
    for block in range(6, 9):
        row["confirmations"] = block
        store.notify(Topic.CHAIN)
        await until(lambda block=block: bar.value() == block)  # type: ignore[union-attr]
        seen.append(bar.value())  # type: ignore[union-attr]
    assert seen == [6, 7, 8]


async def test_language_changes_everything_without_restart(window: MainWindow) -> None:
    for code, wanted in (("en", "Coin Deposit Records"), ("zh_CN", "入币记录"), ("zh_HK", "入幣記錄")):
        window.set_language(code)
        await asyncio.sleep(0.05)
        page = window.page("coin_deposit_records")
        assert page is not None
        assert window.tabs.tabText(0) == wanted
        assert page.model.headerData(1, Qt.Orientation.Horizontal) == i18n.text(
            QT_TRANSLATE_NOOP("field", "Status")
        )
        button = page.findChild(QPushButton, "revoke_deposit")
        assert button is not None
        assert button.text() == {"en": "Revoke", "zh_CN": "撤销", "zh_HK": "撤銷"}[code]


async def test_dark_and_light(window: MainWindow) -> None:
    window._set_mode("dark")
    assert theme.is_dark()
    assert window.palette().window().color().lightness() < 60
    window._set_mode("light")
    assert not theme.is_dark()


async def test_the_lock_covers_dialogs_and_needs_the_password(window: MainWindow) -> None:
    dialog = QDialog(window)
    dialog.open()
    window.lock()
    assert dialog.isHidden()
    cover = window.findChild(QWidget, "lock_screen")
    assert cover is not None
    assert cover.isVisible()
    assert cover.geometry() == window.rect()
    assert window.childAt(QPoint(300, 300)) in [cover, *cover.findChildren(QWidget)]
    field, ok = cover.findChild(QLineEdit, "lock.password"), cover.findChild(QPushButton, "lock.unlock")
    error = cover.findChild(QLabel, "lock.error")
    assert field is not None and ok is not None and error is not None  # noqa: PT018
    field.setText("not it")
    ok.click()
    await until(lambda: error.text())
    assert cover.isVisible()
    field.setText(PASSWORD)
    await press(field, Qt.Key.Key_Return)
    await until(lambda: not cover.isVisible())
    assert dialog.isVisible()
    assert not field.text()
    dialog.reject()


async def test_idle_locks(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "_idle_minutes", lambda: 0.05 / 60)
    window._idle._minutes = window._idle_minutes
    window._idle.restart()
    cover = window.findChild(QWidget, "lock_screen")
    await until(lambda: cover.isVisible())  # type: ignore[union-attr]


async def test_a_lost_database_is_a_calm_banner_that_heals(window: MainWindow, store: MemoryStore) -> None:
    await until(lambda: window.health.networks())
    assert not window.banner.isVisible()
    store.down = True
    window.health.look()
    await until(lambda: window.banner.isVisible())
    page = window.page("coin_deposit_records")
    assert page is not None
    page.refresh()
    await asyncio.sleep(0.05)
    assert page.model.rowCount()
    store.down = False
    window.health.look()
    await until(lambda: not window.banner.isVisible())


async def test_without_a_worker_the_banner_says_so(window: MainWindow, store: MemoryStore) -> None:
    await until(lambda: window.health.networks())
    row = store.rows["chain_health"][0]
    row["worker_until"] -= timedelta(days=1)
    window.health.look()
    await until(lambda: window.banner.isVisible())
    assert "Ethereum" in window.banner.findChild(QLabel, "banner.text").text()  # type: ignore[union-attr]


def places(window: MainWindow) -> dict[str, tuple[int, int, int, int]]:
    """Where everything stands that can be aimed at."""
    found = {}
    for part in window.findChildren(QWidget):
        inside = part is window.banner or window.banner.isAncestorOf(part)
        if part.isVisible() and not part.isWindow() and not inside:
            at = part.mapTo(window, QPoint(0, 0))
            found[f"{part.objectName()} {id(part)}"] = (at.x(), at.y(), part.width(), part.height())
    return found


@pytest.mark.parametrize("scale", [1.0, 1.5])
async def test_a_banner_moves_nothing(window: MainWindow, store: MemoryStore, scale: float) -> None:
    window._set_scale(scale)
    await until(lambda: window.health.networks())
    before: dict[str, tuple[int, int, int, int]] = {}

    def settled() -> bool:
        last, now = dict(before), places(window)
        before.clear()
        before.update(now)
        return last == now

    await until(settled)
    assert len(before) > 50
    store.down = True
    window.health.look()
    await until(lambda: window.banner.isVisible())
    await asyncio.sleep(0.05)
    after = places(window)
    health = {name for name in before if before[name] != after.get(name) and "health" not in name}
    lights = window.findChildren(QWidget, "health.database")[0]
    moved = [
        name
        for name in health
        if not any(str(id(part)) in name for part in (lights, *lights.findChildren(QWidget)))
    ]
    assert moved == []
    text = window.banner.findChild(QLabel, "banner.text")
    assert text is not None
    assert text.height() >= text.heightForWidth(text.width()), "all of it can be read"
    assert window.banner.geometry().bottom() == window.status.geometry().bottom()


async def test_a_banner_folds_into_the_line_below_until_something_else_is_the_matter(
    window: MainWindow, store: MemoryStore
) -> None:
    store.down = True
    window.health.look()
    await until(lambda: window.banner.isVisible())
    fold = window.banner.findChild(QToolButton, "banner.fold")
    assert fold is not None
    fold.click()
    assert window.banner.height() <= window.status.height()
    assert window.banner.width() < window.width() // 2
    window.banner.retranslate()
    assert not window.banner._text.isVisible(), "the same is not said again"
    store.down = False
    row = store.rows["chain_health"][0]
    row["worker_until"] -= timedelta(days=1)
    window.health.look()
    await until(lambda: "Ethereum" in window.banner._text.text())
    assert window.banner._text.isVisible()


async def test_ctrl_k_leads_to_records_addresses_txids_and_pages(window: MainWindow) -> None:
    await press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    field, offered = dialog.findChild(QLineEdit, "jump.field"), dialog.findChild(QListWidget, "jump.list")
    assert field is not None and offered is not None  # noqa: PT018
    field.setText(tx_hash(3))
    assert "入幣記錄" in offered.item(0).text()
    field.setText(address(31))
    assert any("客戶錢包地址" in offered.item(at).text() for at in range(offered.count()))
    field.setText("操作日誌")
    await press(field, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.page("audit_log")


async def test_a_pasted_txid_is_looked_for(window: MainWindow, store: MemoryStore) -> None:
    wanted = next(r for r in store.rows["deposit_record"] if r["txid"])
    QApplication.clipboard().setText(wanted["txid"].upper().replace("0X", "0x"))
    page = window.page("coin_deposit_records")
    assert page is not None
    page.table.setFocus()
    await press(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    await press(dialog.findChild(QLineEdit, "jump.field"), Qt.Key.Key_Return)
    await until(lambda: page.model.rowCount() == 1)
    assert page.selected()["record_no"] == wanted["record_no"]  # type: ignore[index]


async def test_closing_during_an_act_asks(window: MainWindow) -> None:
    go_on = asyncio.Event()
    button = QPushButton(window)
    operation(button, go_on.wait)
    window.close()
    assert window.isVisible()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.buttons()[1].click()
    assert window.isVisible()
    go_on.set()
    await settle()
    window.close()
    assert window.closed.is_set()


async def test_tabs_and_columns_are_remembered_for_each_operator(
    window: MainWindow, desk: Desk, settings: QSettings
) -> None:
    window.open_page("refunds")
    page = window.page("refunds")
    assert page is not None
    page.table.horizontalHeader().resizeSection(0, 301)
    window.close()
    again = MainWindow(desk, settings)
    assert [page.spec.code for page in again._open_pages()] == ["coin_deposit_records", "refunds"]
    assert again.page("refunds").table.horizontalHeader().sectionSize(0) == 301  # type: ignore[union-attr]
    again.close()
    stranger = MemoryStore(login="checker")
    other = Desk(stranger, stranger.session())
    theirs = MainWindow(other, settings)
    assert [page.spec.code for page in theirs._open_pages()] == ["coin_deposit_records"]
    theirs.close()
    await settle()
    await other.close()


async def test_nothing_typed_about_a_client_is_remembered(window: MainWindow, settings: QSettings) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    page.filters.set_texts({"client_no": "C100233", "status": "abnormal"})
    window.close()
    settings.sync()
    stored = "".join(str(settings.value(key)) for key in settings.allKeys())
    assert "C100233" not in stored
    assert "status=abnormal" in stored


async def test_permissions_that_change_hold_at_once(window: MainWindow, store: MemoryStore) -> None:
    window.open_page("audit_log")
    less = store._session.permissions - {Permission.AUDIT_INQUIRY, Permission.RECORD_OPERATION}
    store._session = replace(store._session, permissions=less)
    store.notify(Topic.OPERATOR)
    await until(lambda: window.page("audit_log") is None)
    assert "audit_log" not in window.sidebar.codes()
    window.open_page("coin_deposit_records")
    button = window.page("coin_deposit_records").findChild(QPushButton, "revoke_deposit")  # type: ignore[union-attr]
    assert button is not None
    assert not button.isEnabled()


async def test_a_password_changed_outside_the_desk_is_told_at_once_and_until_it_is_confirmed(
    window: MainWindow, store: MemoryStore
) -> None:
    assert window.banner.isHidden()
    store._session = replace(store._session, password_foreign=True)
    store.notify(Topic.OPERATOR)
    await until(lambda: "只可查閱" in window.banner._text.text())
    assert not window.banner.isHidden()
    store._session = replace(store._session, password_foreign=False)
    store.notify(Topic.OPERATOR)
    await until(window.banner.isHidden)


@pytest.mark.parametrize(("width", "height", "whole"), [
    (1366, 768, True),
    (1366, 728, True),  # beside the system's bar
    (1280, 720, True),
    (1920, 1040, False),
    (1370, 800, False),
    (1370, 799, True),
    (800, 800, False),
])  # fmt: skip
def test_a_new_window_with_its_frame_is_no_larger_than_the_screen(
    width: int, height: int, whole: bool
) -> None:
    assert needs_whole_screen(QSize(width, height)) is whole


@pytest.mark.parametrize("whole", [True, False])
async def test_on_the_smallest_screen_a_new_window_is_maximised(
    qtbot: QtBot, desk: Desk, settings: QSettings, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    monkeypatch.setattr(main_window, "needs_whole_screen", lambda room: whole)
    window = MainWindow(desk, settings)
    qtbot.addWidget(window)
    assert window.isMaximized() == whole
    window.close()
    await settle()


async def test_a_session_the_server_ended_goes_back_to_the_login(
    window: MainWindow, store: MemoryStore
) -> None:
    def refuse(*_: object) -> None:
        raise RuleViolation("operator_disabled", login="maker")

    store._up = refuse  # type: ignore[method-assign]
    window.health.look()
    await until(window.closed.is_set)
    assert window.logged_out
    assert window.end_reason is not None
    assert window.end_reason.code == "operator_disabled"


async def test_a_record_is_torn_off_and_goes_on_living(window: MainWindow, store: MemoryStore) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    page.table.selectRow(1)
    page.table.opened.emit()
    page.table.selectRow(4)
    record = window.findChild(QWidget, "record.coin_deposit_records")
    assert record is not None
    assert record.isWindow()
    number = page.model.row(1)["record_no"]
    assert record.findChild(QLabel, "detail.number").text() == number  # type: ignore[union-attr]
    row = next(r for r in store.rows["deposit_record"] if r["record_no"] == number)
    row.update(status="cancelled", reason=None, version=9)
    store.notify(Topic.DEPOSIT)
    await until(lambda: "撤銷" in record.findChild(QLabel, "detail.explained").text())  # type: ignore[union-attr]
    window.lock()
    assert record.isHidden()
