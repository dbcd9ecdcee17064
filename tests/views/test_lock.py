"""While the screen is locked nothing but the lock can be seen, reached, read aloud or done.

The monkey tries it with keys and clicks on every page, with windows above and beside; the lock of November
2026 does not survive it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.memory_store import PASSWORD, MemoryStore
from tests.support.overlay_lock import OverlayLock
from tests.views.conftest import outside, press, until
from wbo_desktop.domain.acts import RevokeDeposit
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.secrets import Secret
from wbo_desktop.services import attempts
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import menu
from wbo_desktop.views.dialogs.deposits import RevokeDepositDialog
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import busy, operation, settle, show_error
from wbo_desktop.views.pages.record_window import RecordWindow

K, M = Qt.Key, Qt.KeyboardModifier
KEYS = (
    *(K.Key_Tab, K.Key_Backtab, K.Key_Space, K.Key_Return, K.Key_Enter, K.Key_Escape, K.Key_Menu),
    *(K.Key_F5, K.Key_F1, K.Key_F10, K.Key_K, K.Key_L, K.Key_W, K.Key_V, K.Key_A, K.Key_J, K.Key_1),
    *(K.Key_Down, K.Key_Up, K.Key_Left, K.Key_Right, K.Key_Home, K.Key_End, K.Key_PageDown, K.Key_Delete),
)
MODIFIERS = (M.NoModifier, M.NoModifier, M.NoModifier, M.ControlModifier, M.ShiftModifier, M.AltModifier)
EVENTS = 500


@pytest_asyncio.fixture
async def window(
    qtbot: QtBot, desk: Desk, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[MainWindow]:
    """The window of an operator who may everything, with rows in it; wrong passwords cost no time."""
    monkeypatch.setattr(attempts, "LONGEST_DELAY", 0.0)
    desk._attempts = attempts.Attempts(most=1_000_000)
    made = MainWindow(desk, settings)
    made.show()
    made.start()
    page = made.page("coin_deposit_records")
    assert page is not None
    await until(lambda: page.model.rowCount())
    made._lock_screen.log_out.disconnect()  # which the monkey may do, and would
    yield made
    made._sure = True
    made.close()
    await settle()


def lock_of(window: MainWindow) -> QWidget:
    found = window.findChild(QWidget, "lock_screen")
    assert found is not None
    return found


async def unlock(window: MainWindow) -> None:
    field = window.findChild(QLineEdit, "lock.password")
    assert field is not None
    await until(lambda: not busy())
    field.setText(PASSWORD)
    await press(field, K.Key_Return)
    await until(lambda: not window._lock_screen.locked)


def escaped(window: MainWindow, lock: QWidget) -> str:
    """What got past the lock; nothing when it holds."""
    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible():
            return f"the window {top.objectName() or top} can be seen"
    focus = QApplication.focusWidget()
    if focus is not None and focus not in (window, lock) and not lock.isAncestorOf(focus):
        return f"{focus.objectName() or focus} has the focus"
    return ""


def one_event(random_one: random.Random, window: MainWindow) -> str:
    """A key to where the focus is, or a click somewhere; in words."""
    handle = window.windowHandle()
    if random_one.random() < 0.7:
        key, modifier = random_one.choice(KEYS), random_one.choice(MODIFIERS)
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        return f"{modifier.name}+{key.name}"
    at = QPoint(random_one.randrange(window.width()), random_one.randrange(window.height()))
    button = random_one.choice(
        (Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
    )
    double = random_one.random() < 0.3
    (QTest.mouseDClick if double else QTest.mouseClick)(handle, button, M.NoModifier, at)
    return f"click at {at.x()}, {at.y()}"


async def monkey(
    window: MainWindow, lock: QWidget, store: MemoryStore, seed: int, events: int = EVENTS
) -> str:
    """What happened that may not, and after which event."""
    random_one = random.Random(seed)
    QApplication.clipboard().clear()  # what other tests copied would be tried as a password
    for number in range(events):
        did = await outside(lambda: one_event(random_one, window))
        if number % 10 == 0:
            await asyncio.sleep(0)
        if found := escaped(window, lock):
            return f"{found} after event {number}: {did}"
        if store.acts:
            return f"{store.acts} was done after event {number}: {did}"
    return ""


def revoking(window: MainWindow, desk: Desk, store: MemoryStore) -> RevokeDepositDialog:
    """A dialog with something typed into it, ready to be sent."""
    row = next(r for r in store.rows["deposit_record"] if r["status"] == "pending_auth")
    dialog = RevokeDepositDialog(desk, row, window)
    dialog.open()
    field = dialog.findChild(QLineEdit, "revoke_deposit.remark")
    assert field is not None
    field.setText("重複申請")
    return dialog


@pytest.mark.parametrize("above", ["nothing", "dialog", "torn-off window"])
async def test_no_key_and_no_click_gets_past_the_lock(
    window: MainWindow, desk: Desk, store: MemoryStore, above: str
) -> None:
    for seed, spec in enumerate(menu.pages()):
        window.open_page(spec.code)
        page = window.page(spec.code)
        assert page is not None
        await until(lambda page=page: page.model.ever_loaded)
        page.table.selectRow(0)
        brought: QWidget | None = None
        if above == "dialog":
            brought = revoking(window, desk, store)
        elif above == "torn-off window" and spec.sections and page.selected():
            brought = RecordWindow(window._context, spec, page.selected(), window)  # type: ignore[arg-type]
            brought.show()
        window.lock()
        happened = await monkey(window, lock_of(window), store, seed)
        assert not happened, f"{spec.code}: {happened}"
        await unlock(window)
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
        assert shown == ([brought] if brought is not None else [])
        if brought is not None:
            assert brought.isVisible()
            assert brought.isEnabled()
            brought.close()
    assert store.acts == []


@pytest.mark.parametrize("seed", range(3))
async def test_the_monkey_gets_past_the_lock_of_november_2026(
    window: MainWindow, store: MemoryStore, seed: int
) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    page.table.selectRow(0)
    window._lock_screen.lock = lambda: None  # type: ignore[method-assign]
    old = OverlayLock(window)
    old.lock()
    assert await monkey(window, old, store, seed)


def nodes(at: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """All a screen reader can come to from here; what is invisible ends a branch, as it does for them."""
    if at is None or not at.isValid() or at.state().invisible:
        return
    yield at
    for number in range(at.childCount()):
        yield from nodes(at.child(number))


def of_others(window: MainWindow, lock: QWidget) -> list[str]:
    """What a screen reader finds that is neither the lock's nor around it."""
    found = []
    for top in (QApplication.instance(), *QApplication.topLevelWidgets()):
        for node in nodes(QAccessible.queryAccessibleInterface(top)):
            thing = node.object()
            if isinstance(thing, QWidget) and not (
                thing is lock or lock.isAncestorOf(thing) or thing.isAncestorOf(lock)
            ):
                found.append(thing.objectName() or repr(thing))
    return found


async def test_a_screen_reader_finds_the_lock_alone(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    dialog = revoking(window, desk, store)
    assert "revoke_deposit.remark" in of_others(window, lock_of(window))
    window.lock()
    assert of_others(window, lock_of(window)) == []
    assert any(
        n.object() is window.findChild(QLineEdit, "lock.password")
        for n in nodes(QAccessible.queryAccessibleInterface(window))
    )
    await unlock(window)
    assert "revoke_deposit.remark" in of_others(window, lock_of(window))
    dialog.close()


async def test_no_control_outside_of_the_lock_is_on(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    dialog = revoking(window, desk, store)
    lock = lock_of(window)
    window.lock()
    for top in (window, dialog):
        for part in top.findChildren(QWidget):
            if part is not lock and not lock.isAncestorOf(part) and not part.isAncestorOf(lock):
                assert not part.isEnabled(), part.objectName()
                assert not part.isVisible(), part.objectName()
    for key in window.findChildren(QShortcut):
        assert not key.parent().isEnabled()  # type: ignore[attr-defined]
    for action in window.findChildren(QAction):
        if (shown := action.shortcut().toString()) and not lock.isAncestorOf(action.parent()):  # type: ignore[arg-type]
            assert not action.parent().isEnabled(), shown  # type: ignore[attr-defined]
    await unlock(window)
    assert window.sidebar.isEnabled()
    assert dialog.ok_button.isEnabled() or dialog.next_button.isEnabled()
    dialog.close()


async def test_what_was_typed_comes_back_with_its_focus(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    dialog = revoking(window, desk, store)
    dialog.cancel_button.setFocus()
    window.lock()
    await unlock(window)
    await until(dialog.isVisible)
    assert dialog.isModal()
    assert dialog.findChild(QLineEdit, "revoke_deposit.remark").text() == "重複申請"  # type: ignore[union-attr]
    assert dialog.focusWidget() is dialog.cancel_button
    dialog.close()


async def test_the_focus_under_the_lock_comes_back(window: MainWindow) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    page.table.setFocus()
    window.lock()
    await unlock(window)
    assert window.focusWidget() is page.table


@pytest.mark.parametrize("kind", ["form", "message", "torn-off window", "jump"])
async def test_what_comes_up_while_locked_comes_up_hidden(
    window: MainWindow, desk: Desk, store: MemoryStore, kind: str
) -> None:
    page = window.page("coin_deposit_records")
    assert page is not None
    page.table.selectRow(0)
    window.lock()
    if kind == "form":
        revoking(window, desk, store)
    elif kind == "message":
        show_error(window, RuleViolation("database_unreachable"))
    elif kind == "jump":
        window.jump()
    else:
        RecordWindow(window._context, page.spec, page.model.row(0), window).show()
    assert not escaped(window, lock_of(window))
    assert of_others(window, lock_of(window)) == []
    assert QApplication.activeModalWidget() is None
    assert not await monkey(window, lock_of(window), store, 1, 60)
    await unlock(window)
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert len(shown) == 1
    assert shown[0].isEnabled()
    assert shown[0].isModal() == (kind != "torn-off window")
    assert shown[0].windowOpacity() == 1.0
    shown[0].close()


async def test_a_dialog_whose_act_ended_while_locked_does_not_come_back(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    dialog = QDialog(window)
    dialog.open()
    window.lock()
    dialog.accept()
    await unlock(window)
    await asyncio.sleep(0)
    assert not dialog.isVisible()


async def test_no_act_is_done_while_locked_whoever_asks(
    window: MainWindow, desk: Desk, store: MemoryStore
) -> None:
    """The wall behind the screen: a control or a coroutine that got through all the same."""
    window.lock()
    button = QPushButton(window)
    assert operation(button, lambda: desk.do(RevokeDeposit("DP1", "x", 1))) is None
    with pytest.raises(RuleViolation) as refused:
        await desk.do(RevokeDeposit("DP1", "x", 1))
    assert refused.value.code == "screen_locked"
    with pytest.raises(RuleViolation) as refused:
        await desk.change_own_password(Secret(PASSWORD), Secret("another horse remembers"))
    assert refused.value.code == "screen_locked"
    with pytest.raises(RuleViolation) as refused:
        await desk.unlock(Secret("not it"))
    assert refused.value.code == "password_wrong"
    assert store.acts == []
    await unlock(window)
    await desk.do(RevokeDeposit("DP1", "x", 1))
    assert len(store.acts) == 1


async def test_the_locked_window_closes_without_asking_and_frees_the_login(
    window: MainWindow, desk: Desk
) -> None:
    go_on = asyncio.Event()
    button = QPushButton(window)
    operation(button, go_on.wait)
    window.lock()
    window.log_out()
    assert window.closed.is_set()
    login = QMessageBox()
    login.open()
    assert login.isVisible(), "the login after a locked session must not be taken for a window under the lock"
    login.close()
    go_on.set()


async def test_the_password_field_offers_no_menu(window: MainWindow) -> None:
    """It would be a window above the lock, with what was copied before."""
    window.lock()
    field = window.findChild(QLineEdit, "lock.password")
    assert field is not None
    await outside(lambda: QTest.mouseClick(field, Qt.MouseButton.RightButton))
    assert QApplication.activePopupWidget() is None
