"""Widgets are tested on Qt's own event loop, in Traditional Chinese, with the program's fonts and style.

A coroutine test runs on the qasync loop, as the program does; `until` waits for what Qt or the desk brings
about.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import pytest_asyncio
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.gate import Gate
from tests.support.memory_store import MemoryStore
from tests.support.untranslated import Untranslated
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import fonts, garbage, i18n, second_click, theme
from wbo_desktop.views.operation import settle

T = TypeVar("T")
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Callable[[], Any]]:
    """Coroutine tests of this folder run where Qt's events are handled."""
    return {"qasync": lambda: qasync.QEventLoop(QApplication.instance() or QApplication([]))}


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The ordinary application."""
    return QApplication


@pytest.fixture(scope="session")
def untranslated(qapp: QApplication) -> Untranslated:
    """Notices, in every test, texts that are asked for in a context without their translation."""
    made = Untranslated()
    qapp.installTranslator(made)
    return made


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, untranslated: Untranslated) -> Iterator[None]:
    """As the program: fonts, language and style of before each test."""
    qapp.setQuitOnLastWindowClosed(False)
    garbage.collect_here(qapp)
    fonts.prepare()
    i18n.install("zh_HK")
    theme.apply("light")
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    second_click.forget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if i18n.language() != "zh_HK":
        i18n.install("zh_HK")
    assert untranslated.found() == []


@pytest.fixture
def store() -> MemoryStore:
    """An ordinary day in memory."""
    return MemoryStore()


@pytest.fixture
def gate(store: MemoryStore) -> Iterator[Gate]:
    """Of `store`; open."""
    made = Gate(store)
    yield made
    made.open(1000)


@pytest_asyncio.fixture
async def desk(store: MemoryStore) -> AsyncIterator[Desk]:
    """The desk of an operator who may everything, over `store`."""
    made = Desk(store, store.session())
    yield made
    await settle()
    await made.close()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """What the program remembers, in a file of this test."""
    return QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)


async def outside(work: Callable[[], T]) -> T:
    """Do `work` as Qt would, not inside a task.

    Clicks and keys of QTest handle events before they return, and a task's step that comes up inside another
    task is lost (asyncio: "Cannot enter into task while another task is being executed").
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as error:
            done.set_exception(error)

    loop.call_soon(run)
    return await done


async def click(widget: QWidget) -> None:
    """The left button, in the middle; an operator's click comes later than the second of a double click."""
    await until(lambda: not second_click.holds())
    await outside(lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton))


async def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """One key."""
    await until(lambda: not second_click.holds())
    await outside(lambda: QTest.keyClick(widget, key, modifier))


async def type_text(widget: QWidget, text: str) -> None:
    """Keys, one after the other."""
    await outside(lambda: QTest.keyClicks(widget, text))


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Let Qt and the desk work until `condition` holds.

    Raises:
        AssertionError: it never did.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain, while\n{_tasks()}"
        await asyncio.sleep(0.01)


def _tasks() -> str:
    """Where each task of the loop stands."""
    said = io.StringIO()
    for task in asyncio.all_tasks():
        task.print_stack(file=said)
    return said.getvalue()
