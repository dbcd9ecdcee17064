"""Whoever closes what is still loading hears no more of it: no answer reaches a widget that is gone."""

from __future__ import annotations

import asyncio
import logging

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from pytestqt.qtbot import QtBot

from tests.support.gate import Gate
from tests.support.memory_store import MemoryStore
from tests.views.conftest import outside, until
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import menu, operation
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import background, settle


async def free() -> None:
    """Qt's deletions happen now."""
    await outside(lambda: QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete))


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_tab_closed_while_it_and_its_filters_load(
    qtbot: QtBot,
    desk: Desk,
    store: MemoryStore,
    gate: Gate,
    settings: QSettings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    window = MainWindow(desk, settings)
    qtbot.addWidget(window)
    window.show()
    gate.shut()
    codes = [spec.code for spec in menu.pages()]
    for code in codes:
        window.open_page(code)
    await until(lambda: gate.asked >= 3)  # as many as the desk asks at once
    loading = tuple(operation._background)
    assert len(loading) > len(codes)
    pages = [window.page(code) for code in codes]
    while window.tabs.count():
        window.close_tab(0)
    await free()
    assert not any(shiboken6.isValid(page) for page in pages)
    gate.open(1000)
    await until(lambda: all(task.done() for task in loading))
    assert complaints(caplog) == []
    window._sure = True
    window.close()
    await settle()


async def test_the_next_step_is_not_taken_for_somebody_gone(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    owner, answer = QObject(), asyncio.Event()
    steps: list[str] = []

    async def work() -> None:
        steps.append("asked")
        try:
            await answer.wait()
            steps.append("answered")
        finally:
            steps.append("let go")

    task = background(work(), owner)
    assert task is not None
    await until(lambda: steps)
    # the answer is there before the owner goes: the step is already due
    answer.set()
    shiboken6.delete(owner)
    await task
    assert steps == ["asked", "let go"]
    assert complaints(caplog) == []


async def test_an_error_is_not_told_to_somebody_gone(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    owner, told = QObject(), []

    async def work() -> None:
        shiboken6.delete(owner)
        raise RuntimeError("Internal C++ object already deleted.")

    task = background(work(), owner, on_error=told.append)
    assert task is not None
    await task
    await asyncio.sleep(0)
    assert told == []
    assert complaints(caplog) == []
