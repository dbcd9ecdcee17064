"""Text may be half as large again, in each language, on the smallest screen: no word and no number is cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.geometry import cut
from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from tests.views.dialogs.support import ToldStore, refund_of, row_of
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, theme
from wbo_desktop.views.dialogs.deposits import RevokeDepositDialog
from wbo_desktop.views.dialogs.frame import DialogFrame
from wbo_desktop.views.dialogs.refund_review import ApproveRefundDialog
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import settle
from wbo_desktop.views.widgets import AddressText

SIZES = (1.0, 1.25, 1.5)
ROOM = (768 - 40) * 19 // 20
"""Pixels for a dialog on the smallest screen, beside the system's bar."""


@pytest.fixture
def store() -> ToldStore:
    return ToldStore()


async def settled(window: QWidget) -> None:
    """Until layouts have come to rest."""
    before: list[object] = []
    quiet = 0

    def same() -> bool:
        nonlocal quiet
        now = [part.geometry() for part in window.findChildren(QWidget)]
        quiet = quiet + 1 if before == now else 0
        before[:] = now
        return quiet >= 15

    await until(same, seconds=30)


@pytest.mark.parametrize("scale", SIZES)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_nothing_is_cut_on_records_and_refunds(
    qtbot: QtBot, desk: Desk, settings: QSettings, language: str, scale: float
) -> None:
    i18n.install(language)
    theme.apply("light", scale)
    settings.setValue(f"{desk.session.login}/scale", scale)
    window = MainWindow(desk, settings)
    window.show()
    window.resize(1366, 768)
    try:
        for code in ("coin_deposit_records", "refunds"):
            window.open_page(code)
            page = window.page(code)
            assert page is not None
            await until(lambda page=page: page.model.rowCount())
            rows = {page.model.row(at)["status"]: at for at in range(page.model.rowCount())}
            for status, row in rows.items():
                page.table.selectRow(row)
                await settled(window)
                assert cut(window) == [], f"{code}, row {status}"
            table = page.table
            assert table.viewport().width() >= table.first_columns_width() - table.verticalScrollBar().width()
            assert table.first_columns_width() > 400 * scale
        assert window.width() == 1366
        assert window.height() == 768
    finally:
        window._sure = True
        window.close()
        await settle()


@pytest.mark.parametrize("scale", SIZES)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_nothing_is_cut_in_approval_and_revoke(
    desk: Desk, store: ToldStore, monkeypatch: pytest.MonkeyPatch, language: str, scale: float
) -> None:
    monkeypatch.setattr(DialogFrame, "_room", lambda _: ROOM)
    i18n.install(language)
    theme.apply("light", scale)
    for dialog in (
        RevokeDepositDialog(desk, row_of(store, "deposit_record", status="pending_auth")),
        ApproveRefundDialog(desk, refund_of(store, "requested")),
    ):
        dialog.open()
        await settled(dialog)
        assert cut(dialog) == []
        assert dialog.width() <= 1366
        assert dialog.height() <= ROOM
        dialog.close()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_a_long_name_makes_the_window_no_wider_than_the_screen(
    qtbot: QtBot, store: ToldStore, settings: QSettings, language: str
) -> None:
    name = "黃志強 Wong Chi Keung, Treasury Operations"
    store._session = replace(store._session, display_name=name)
    store.rows["chain_health"][0]["head_number"] = 24_100_781
    desk = Desk(store, store.session())
    i18n.install(language)
    window = MainWindow(desk, settings)
    window.show()
    window.resize(1366, 768)
    try:
        window.health.look()
        await until(window.health.networks)
        await settled(window)
        assert window.header._person.text() == name
        window.header.scale.emit(1.5)
        await settled(window)
        assert window.width() == 1366
        assert cut(window) == []
        assert window.header._person.text().startswith("黃志強")
        window.header.scale.emit(1.0)
        await settled(window)
        assert window.header._person.text() == name
    finally:
        window._sure = True
        window.close()
        await settle()
        await desk.close()


async def test_numbers_and_addresses_follow_the_text_size_at_once(
    qtbot: QtBot, desk: Desk, settings: QSettings
) -> None:
    window = MainWindow(desk, settings)
    window.show()
    window.resize(1366, 768)
    try:
        page = window.page("coin_deposit_records")
        assert page is not None
        await until(lambda: page.model.rowCount())
        page.table.selectRow(0)
        await settled(window)
        window.header.scale.emit(1.5)
        await settled(window)
        written = [page.acts.subject, *page.findChildren(AddressText)]
        assert len(written) > 1
        assert {widget.font().pointSizeF() for widget in written} <= {14.5, 14.0}
    finally:
        window._sure = True
        window.close()
        await settle()


async def test_what_is_cut_is_found(qtbot: QtBot, store: MemoryStore) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    good = QLabel("12,500.000000 USDT")
    good.setObjectName("good")
    layout.addWidget(good)
    layout.addStretch(1)
    bad = QLabel("12,500.000000 USDT", window)
    bad.setObjectName("bad")
    bad.setFixedWidth(30)
    bad.move(300, 200)
    window.resize(600, 400)
    window.show()
    await settled(window)
    assert [line.split()[0] for line in cut(window)] == ["bad"]
    bad.setFixedWidth(200)
    bad.move(good.pos())
    assert any("lies over" in line for line in cut(window))
    bad.move(590, 200)
    assert any("outside" in line for line in cut(window))
