"""What was meant for a window that is gone does nothing to what is underneath, and the keyboard is where it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import monotonic

import pytest
import pytest_asyncio
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore
from tests.views.conftest import click, outside, press, type_text, until
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import second_click
from wbo_desktop.views.dialogs.deposits import RevokeDepositDialog
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import settle
from wbo_desktop.views.pages.page import ListPage

MOMENT = second_click.MOMENT
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def later() -> None:
    """The moment is over."""
    swallow = second_click._swallow
    assert swallow is not None
    swallow._until = swallow._double_until = swallow._keys_until = 0.0


@pytest_asyncio.fixture
async def window(
    qtbot: QtBot, desk: Desk, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[MainWindow]:
    """The window of an operator who may everything, ready for a first click; a busy machine changes nothing."""
    monkeypatch.setattr(second_click, "MOMENT", 60.0)
    made = MainWindow(desk, settings)
    made.show()
    made.start()
    page = made.page("coin_deposit_records")
    assert page is not None
    await until(lambda: page.model.rowCount())
    later()
    yield made
    made._sure = True
    made.close()
    await settle()


def records(window: MainWindow) -> ListPage:
    page = window.page("coin_deposit_records")
    assert page is not None
    return page


def row_with(page: ListPage, status: str) -> int:
    return next(at for at in range(page.model.rowCount()) if page.model.row(at)["status"] == status)


def middle_of(page: ListPage, row: int) -> QPoint:
    """Where a row is in the window, as the mouse finds it."""
    at = page.table.visualRect(page.model.index(row, 1)).center()
    return page.table.viewport().mapTo(page.window(), at)


def revoking(window: MainWindow, desk: Desk, store: MemoryStore) -> RevokeDepositDialog:
    row = next(r for r in store.rows["deposit_record"] if r["status"] == "pending_auth")
    dialog = RevokeDepositDialog(desk, row, window)
    dialog.open()
    return dialog


async def test_the_second_click_does_not_choose_another_row(window: MainWindow) -> None:
    page = records(window)
    page.table.selectRow(0)
    dialog = QDialog(window)
    button = QPushButton("ok", dialog)
    button.clicked.connect(dialog.accept)
    dialog.open()
    handle, below = window.windowHandle(), middle_of(page, 3)
    later()

    def double_click() -> None:
        """Its first click closes the dialog, its second arrives at the window underneath."""
        QTest.mouseClick(button, LEFT)
        assert not dialog.isVisible()
        QTest.mouseClick(handle, LEFT, NONE, below)

    await outside(double_click)
    assert page.table.selected_numbers() == [0]
    later()
    await outside(lambda: QTest.mouseClick(handle, LEFT, NONE, below))
    assert page.table.selected_numbers() == [3], "after the moment a click is a click again"


async def test_the_second_click_presses_nothing_in_a_dialog_that_just_opened(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = QDialog(window)
    pressed: list[int] = []
    button = QPushButton("danger", dialog)
    button.clicked.connect(lambda: pressed.append(1))
    dialog.open()
    await outside(lambda: QTest.mouseClick(button, LEFT))
    await outside(lambda: QTest.mouseClick(button, LEFT))
    assert pressed == []
    later()
    await click(button)
    assert pressed == [1]
    dialog.close()


async def test_a_torn_off_window_that_closes_swallows_too(window: MainWindow) -> None:
    page = records(window)
    page.table.selectRow(1)
    page.table.opened.emit()
    record = window.findChild(QWidget, "record.coin_deposit_records")
    assert record is not None
    page.table.selectRow(0)
    record.close()
    handle, below = window.windowHandle(), middle_of(page, 3)
    await outside(lambda: QTest.mouseClick(handle, LEFT, NONE, below))
    assert page.table.selected_numbers() == [0]


async def test_the_moment_is_short(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOMENT == 0.3
    monkeypatch.setattr(second_click, "MOMENT", MOMENT)
    began = monotonic()
    second_click.hold()
    await until(lambda: not second_click.holds(), seconds=1)
    assert monotonic() - began >= MOMENT


async def test_a_press_that_began_before_is_let_go(window: MainWindow) -> None:
    """Else a button would stay down for good."""
    button = QPushButton("x", window)
    button.show()
    await outside(lambda: QTest.mousePress(button, LEFT))
    assert button.isDown()
    second_click.hold(closed=True)
    await outside(lambda: QTest.mouseRelease(button, LEFT))
    assert not button.isDown()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
async def test_a_key_held_down_goes_on_nowhere(window: MainWindow, key: Qt.Key) -> None:
    page, opened = records(window), []
    page.table.opened.connect(lambda: opened.append(1))
    page.table.selectRow(0)
    page.table.setFocus()
    second_click.hold(closed=True)

    def repeat() -> None:
        QApplication.sendEvent(page.table, QKeyEvent(QEvent.Type.KeyPress, key, NONE, "", True))

    for _ in range(20):
        await outside(repeat)
    later()  # a key begins to repeat after half a second, when clicks count again
    for _ in range(20):
        await outside(repeat)
    await outside(lambda: QTest.keyClick(page.table, Qt.Key.Key_Return))
    assert opened == [1], "a key pressed anew counts"


async def test_a_second_enter_opens_nothing(window: MainWindow) -> None:
    page, opened = records(window), []
    page.table.opened.connect(lambda: opened.append(1))
    page.table.selectRow(0)
    dialog = QDialog(window)
    dialog.open()
    dialog.accept()
    await outside(lambda: QTest.keyClick(page.table, Qt.Key.Key_Return))
    assert opened == []
    await outside(lambda: QTest.keyClick(page.table, Qt.Key.Key_Down))
    assert page.table.selected_numbers() == [1], "other keys are not slowed"


async def test_the_filter_is_gone_when_nothing_is_to_be_swallowed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would cost every event of the day a call into Python."""
    calls: list[int] = []
    monkeypatch.setattr(second_click, "MOMENT", MOMENT)
    second_click.hold()
    swallow = second_click._swallow
    assert swallow is not None
    real = swallow._app.removeEventFilter
    swallow._app.removeEventFilter = lambda one: (calls.append(1), real(one))  # type: ignore[method-assign,assignment]
    await until(lambda: calls)
    del swallow._app.removeEventFilter  # type: ignore[attr-defined]


# where the keyboard is afterwards


@pytest.mark.parametrize("how", ["escape", "cancel", "error"])
async def test_after_a_dialog_the_keyboard_is_in_the_table(
    window: MainWindow, desk: Desk, store: MemoryStore, how: str
) -> None:
    page = records(window)
    page.table.selectRow(row_with(page, "pending_auth"))
    opener = page.findChild(QPushButton, "revoke_deposit")
    assert opener is not None
    opener.setFocus()
    if how == "error":
        box = QMessageBox(window)
        box.open()
        box.accept()
    else:
        opener.click()
        dialog = window.findChild(RevokeDepositDialog)
        assert dialog is not None
        await until(dialog.isVisible)
        later()
        if how == "escape":
            await press(dialog, Qt.Key.Key_Escape)
        else:
            await click(dialog.cancel_button)
    assert QApplication.activeModalWidget() is None
    await until(lambda: window.focusWidget() is page.table)


async def test_a_field_that_was_being_filled_keeps_the_keyboard(window: MainWindow) -> None:
    field = records(window).findChild(QLineEdit, "filter.client_no")
    assert field is not None
    field.setFocus()
    window.jump()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.reject()
    assert window.focusWidget() is field


async def test_after_a_tab_closed_the_keyboard_is_in_the_next_table(window: MainWindow) -> None:
    window.open_page("refunds")
    window.close_tab(window.tabs.currentIndex())
    assert window.focusWidget() is records(window).table


# what was typed is not thrown away


async def test_escape_asks_before_a_typed_remark_is_lost(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    dialog = revoking(window, desk, store)
    field = dialog.findChild(QLineEdit, "revoke_deposit.remark")
    assert field is not None
    await type_text(field, "asked by phone")
    later()
    await press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    box = dialog.findChild(QMessageBox, "discard_question")
    assert box is not None
    later()
    await press(box, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert field.text() == "asked by phone"
    dialog.close()
    again = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
    assert len(again) == 1, "the window's own close button asks too"
    leave = again[0].findChild(QPushButton, "discard")
    assert leave is not None
    later()
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    await click(leave)
    assert ended == [QDialog.DialogCode.Rejected]
    assert store.acts == []


async def test_a_chip_counts_as_typed_and_cancel_says_what_it_does(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    dialog = revoking(window, desk, store)
    chip = dialog.findChild(QPushButton, "revoke_deposit.remark.0")
    assert chip is not None
    chip.click()
    dialog.reject()
    assert dialog.isVisible()
    box = dialog.findChild(QMessageBox, "discard_question")
    assert box is not None
    box.reject()
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.cancel_button.click()
    assert ended == [QDialog.DialogCode.Rejected]


async def test_what_the_program_filled_in_and_spaces_are_not_asked_about(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    for text in ("", "   "):
        dialog = revoking(window, desk, store)
        field = dialog.findChild(QLineEdit, "revoke_deposit.remark")
        assert field is not None
        field.setText("filled in")
        field.setText("")
        await type_text(field, text)
        ended: list[int] = []
        dialog.finished.connect(ended.append)
        dialog.reject()
        assert ended == [QDialog.DialogCode.Rejected]
