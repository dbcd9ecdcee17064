"""One press does one thing, whatever the finger does and however it ends."""

from __future__ import annotations

import asyncio
import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.views.conftest import click, outside, until
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.views import operation as runner
from wbo_desktop.views.operation import background, operation


class Press:
    """A button whose work can be watched and let go."""

    def __init__(self, qtbot: QtBot, **callbacks: object) -> None:
        self.begun = 0
        self.go_on = asyncio.Event()
        self.error: Exception | None = None
        self.button = QPushButton("撤銷")
        qtbot.addWidget(self.button)
        self.button.clicked.connect(lambda: operation(self.button, self.work, **callbacks))  # type: ignore[arg-type]
        self.button.show()

    async def work(self) -> str:
        self.begun += 1
        await self.go_on.wait()
        if self.error:
            raise self.error
        return "done"


async def test_double_click_does_one_thing(qtbot: QtBot) -> None:
    results: list[object] = []
    press = Press(qtbot, on_done=results.append)
    await outside(lambda: QTest.mouseDClick(press.button, Qt.MouseButton.LeftButton))
    await click(press.button)
    await asyncio.sleep(0.02)
    press.go_on.set()
    await until(lambda: results)
    assert (press.begun, results) == (1, ["done"])


async def test_a_control_that_others_enable_meanwhile_still_does_one_thing(qtbot: QtBot) -> None:
    """A form's validation may enable the button again while its act is on the way."""
    press = Press(qtbot)
    press.button.click()
    press.button.setEnabled(True)
    press.button.click()
    await asyncio.sleep(0.02)
    press.go_on.set()
    await until(lambda: not runner.busy())
    assert press.begun == 1


async def test_off_at_once_and_on_again_before_the_callback(qtbot: QtBot) -> None:
    seen: list[bool] = []
    press = Press(qtbot, on_done=lambda _: seen.append(press.button.isEnabled()))
    press.button.click()
    assert not press.button.isEnabled()
    assert runner.busy()
    press.go_on.set()
    await until(lambda: seen)
    assert seen == [True]
    assert not runner.busy()


async def test_a_refusal_is_said_in_the_operators_language(qtbot: QtBot) -> None:
    press = Press(qtbot)
    press.error = RuleViolation("remark_blank", field="remark")
    press.go_on.set()
    press.button.click()
    await until(lambda: QApplication.activeModalWidget())
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "備註" in box.text()
    assert press.button.isEnabled()
    box.accept()


async def test_a_defect_shows_a_number_and_no_traceback(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caught: list[Exception] = []
    press = Press(qtbot, on_error=caught.append)
    press.error = ZeroDivisionError("the inside of the program")
    press.go_on.set()
    press.button.click()
    await until(lambda: caught)
    with caplog.at_level(logging.ERROR):
        sentence = runner.sentence(caught[0])
    number = caplog.records[-1].getMessage().split()[-1]
    assert number in sentence
    assert "inside" not in sentence
    assert caplog.records[-1].exc_info is not None


async def test_a_control_that_is_gone_when_its_work_ends(qtbot: QtBot) -> None:
    button = QPushButton()
    finished = asyncio.Event()
    go_on = asyncio.Event()
    operation(button, go_on.wait, on_done=lambda _: finished.set())
    button.deleteLater()
    del button
    await asyncio.sleep(0.02)
    go_on.set()
    await asyncio.wait_for(finished.wait(), 2)


async def test_settle_lets_acts_end_and_stops_loading(qtbot: QtBot) -> None:
    press = Press(qtbot)
    press.button.click()
    loading = background(asyncio.Event().wait(), press.button)
    asyncio.get_running_loop().call_later(0.05, press.go_on.set)
    await runner.settle()
    assert press.begun == 1
    assert loading.cancelled()
    assert not runner.busy()
