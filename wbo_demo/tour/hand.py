"""The input of the tour: finds controls by name, clicks, types, waits for what is shown, takes pictures.

Everything goes through mouse and key events on the real windows; no method of a window is called.
"""

from __future__ import annotations

import asyncio
import builtins
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)

from wbo_desktop.models.tables import View
from wbo_desktop.views import second_click
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.pages.base import PageWidget
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.sidebar import CODE

LEFT = Qt.MouseButton.LeftButton
SIZE = (1366, 768)

T = TypeVar("T")


V = TypeVar("V", bound=View)
"""The class of a page's rows."""


def _list(page: PageWidget | None) -> ListPage | None:
    return page if isinstance(page, ListPage) else None


class NotSeen(Exception):
    """A control or row that was waited for was not shown in time."""


class Hand:
    """Simulated mouse and keyboard on the window in front."""

    def __init__(self) -> None:
        self.patience = 40.0

    async def until(self, condition: Callable[[], T | None], what: str) -> T:
        """The first true value of a function that is called again and again. Raises NotSeen."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            if found := condition():
                return found
            await asyncio.sleep(0.05)
        raise NotSeen(what)

    # finding

    def window(self) -> MainWindow:
        """The main window."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget.isVisible():
                return widget
        raise NotSeen("the main window")

    def dialog(self, name: str) -> QDialog | None:
        """The open dialog of this name."""
        for widget in QApplication.topLevelWidgets():
            for found in (widget, *widget.findChildren(QDialog)):
                if isinstance(found, QDialog) and found.objectName() == name and found.isVisible():
                    return found
        return None

    def find(self, name: str) -> QWidget | None:
        """The visible control of this name: in an open dialog first, then in the page that is shown; None for
        none."""
        modal = QApplication.activeModalWidget()
        roots = [modal] if modal else []
        roots += [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        for root in roots:
            for found in (root, *root.findChildren(QWidget, name)):
                if found.objectName() == name and found.isVisible():
                    return found
        return None

    async def see(self, name: str) -> QWidget:
        """The control of this name, once it is visible."""
        return await self.until(lambda: self.find(name), f"a control named {name}")

    def words(self, name: str) -> str:
        """The text on the visible label or button of this name; empty where there is none."""
        control = self.find(name)
        return control.text().strip() if isinstance(control, QLabel | QAbstractButton) else ""

    # doing

    async def outside(self, work: Callable[[], object]) -> None:
        """Let Qt's events be handled by `work` outside of this task.

        QTest handles events before it returns, and the step of another task that comes up inside this one is lost
        (asyncio: "Cannot enter into task while another task is being executed").
        """
        # an operator's next click comes later than the second of a double click
        await self.until(lambda: not second_click.holds(), "clicks to count again")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()

        def run() -> None:
            try:
                work()
            except Exception as error:
                done.set_exception(error)
            else:
                done.set_result(None)

        loop.call_soon(run)
        await done

    async def click(self, name: str) -> None:
        """Clicks a control once it is visible and enabled."""
        await self.until(lambda: (w := self.find(name)) and w.isEnabled(), f"{name} to be possible")
        control = await self.see(name)
        await self.outside(lambda: QTest.mouseClick(control, LEFT))

    async def type(self, name: str, text: str) -> None:
        """Replaces the content of a field, key by key; Chinese as an input method commits it."""
        field = await self.see(name)
        await self.outside(lambda: _type(field, text))

    async def choose(self, name: str, value: object) -> None:
        """Chooses an entry of a list by its value, with the keyboard."""

        def place() -> int:
            box = self.find(name)
            return box.findData(value) + 1 if isinstance(box, QComboBox) else 0

        at = await self.until(place, f"{value} in the list {name}")
        box = await self.see(name)
        assert isinstance(box, QComboBox)
        await self.outside(lambda: _choose(box, at - 1))

    async def press(self, key: Qt.Key) -> None:
        """Press a key in the window or dialog that has the focus."""
        target = QApplication.focusWidget() or QApplication.activeModalWidget() or self.window()
        await self.outside(lambda: QTest.keyClick(target, key))

    async def go(self, code: str) -> ListPage:
        """Opens a page from the menu tree. Returns it."""
        tree = await self.see("menu")
        assert isinstance(tree, QTreeWidget)
        item = await self.until(lambda: _entry(tree, code), f"the menu entry {code}")
        tree.scrollToItem(item)
        middle = tree.visualItemRect(item).center()
        await self.outside(lambda: QTest.mouseClick(tree.viewport(), LEFT, pos=middle))
        page = await self.until(lambda: _list(self.window().page(code)), f"the page {code}")
        await self.until(
            lambda: page.isVisible() and page.model.ever_loaded, f"the page {code} with its rows"
        )
        return page

    def shown_page(self, code: str) -> ListPage:
        """The open page of this code, perhaps below a dialog."""
        page = _list(self.window().page(code))
        if page is None:
            raise NotSeen(f"the page {code}")
        return page

    async def row(
        self, page: ListPage, condition: Callable[[V], bool], what: str, *, select: bool = True
    ) -> V:
        """The row for which `wanted` is true, once it appears by itself; it is clicked then, unless `select`
        is off."""

        def place() -> int | None:
            for number in range(page.model.rowCount()):
                if condition(cast("V", page.model.row(number))):
                    return number + 1
            return None

        number = await self.until(place, what) - 1
        if select and page.table.selected_numbers() != [number]:
            index = page.model.index(number, 0)
            page.table.scrollTo(index)
            at = page.table.visualRect(index).center()
            where = QPoint(at.x(), at.y())
            await self.outside(lambda: QTest.mouseClick(page.table.viewport(), LEFT, pos=where))
        return cast("V", page.model.row(number))

    @staticmethod
    def rows(page: ListPage, model: builtins.type[V]) -> list[V]:
        """The rows that a page has loaded, of its model's class."""
        rows = [page.model.row(number) for number in range(page.model.rowCount())]
        return [row for row in rows if isinstance(row, model)]

    # looking

    async def picture(self, path: Path) -> None:
        """Saves a picture of the window with the dialogs above it."""
        await asyncio.sleep(0.4)  # lets what was just fetched be painted
        base = self._screen()
        painter = QPainter(base)
        for dialog in self._dialogs():
            shot = dialog.grab()
            at = QPoint((base.width() - shot.width()) // 2, max(0, (base.height() - shot.height()) // 2))
            painter.fillRect(base.rect(), _shade())
            painter.drawPixmap(at, shot)
        painter.end()
        base.save(str(path))

    def _screen(self) -> QPixmap:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if windows:
            return windows[0].grab()
        empty = QPixmap(*SIZE)
        empty.fill(QApplication.palette().window().color())
        return empty

    def _dialogs(self) -> list[QDialog]:
        dialogs: list[QDialog] = []
        for widget in QApplication.topLevelWidgets():
            dialogs += [
                d for d in (widget, *widget.findChildren(QDialog)) if isinstance(d, QDialog) and d.isVisible()
            ]
        return list(dict.fromkeys(dialogs))


def _type(field: QWidget, text: str) -> None:
    field.setFocus()
    if isinstance(field, QLineEdit | QPlainTextEdit):
        field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(field, text)
    elif isinstance(field, QLineEdit):
        field.insert(text)
    elif isinstance(field, QPlainTextEdit):
        field.insertPlainText(text)


def _choose(box: QComboBox, at: int) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    while box.currentIndex() < at:
        QTest.keyClick(box, Qt.Key.Key_Down)


def _entry(tree: QTreeWidget, code: str) -> QTreeWidgetItem | None:
    entries = QTreeWidgetItemIterator(tree)
    while item := entries.value():
        if item.data(0, CODE) == code:
            return item
        entries += 1
    return None


def _shade() -> QColor:
    return QColor(10, 14, 22, 110)
