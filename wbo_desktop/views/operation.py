"""The runner of all asynchronous work of the views.

`operation` is for controls: one press does one thing, the control is off meanwhile, errors are shown.
`background` is for work that no operator started. Both keep a reference to their task, which asyncio does
not.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import secrets
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.supervision import spawn
from wbo_desktop.views.plain_text import message_box

log = logging.getLogger(__name__)

Control = QWidget | QAction
Work = Callable[[], Awaitable[Any]]

_within: QWidget | None = None
_busy: dict[int, asyncio.Task[None]] = {}
_background: set[asyncio.Task[None]] = set()


def operation(
    control: Control,
    work: Work,
    *,
    on_done: Callable[[Any], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
) -> asyncio.Task[None] | None:
    """Run `await work()` once for one press of `control`.

    The control is disabled before this returns and enabled again when the work ends, however it ends; then
    `on_done` gets the result, or `on_error` the exception (without it, the error is shown in a message
    box). So both may decide anew whether the control is enabled.

    Returns:
        The task, or None when nothing was started: the control's last operation is still under way (the
        second of a double click), or the screen is locked and the control is not the lock's.
    """
    key = id(control)
    if key in _busy or not _allowed(control):
        return None
    control.setEnabled(False)

    async def run() -> None:
        result, error = None, None
        try:
            result = await work()
        except Exception as caught:
            error = caught
        finally:
            _busy.pop(key, None)
            if shiboken6.isValid(control):
                control.setEnabled(True)
        # Not inside the task: whatever handles Qt's events there would make the loop drop other tasks'
        # steps.
        if error is None:
            if on_done is not None:
                loop.call_soon(on_done, result)
        elif on_error is not None:
            loop.call_soon(on_error, error)
        else:
            loop.call_soon(show_error, _window_of(control), error)

    loop = asyncio.get_running_loop()
    task = spawn(run(), "operation")
    _busy[key] = task
    return task


def only_within(part: QWidget | None) -> None:
    """Lets only controls inside `part` start operations; None lets every control again."""
    global _within
    _within = part


def _allowed(control: Control) -> bool:
    if _within is None or not shiboken6.isValid(_within):
        return True
    at: QObject | None = control
    while at is not None and at is not _within:
        at = at.parent()
    return at is not None


def background(
    work: Awaitable[Any], of: QObject, on_error: Callable[[Exception], None] | None = None
) -> asyncio.Task[None] | None:
    """Run `work` with a reference kept; an error goes to `on_error`, or to the log when there is none.

    Args:
        of: whom the work is for. Once that is gone, as a page that was closed while it loaded, the work does not go on
            and nothing is told.

    Returns:
        The task, or None when the loop has ended: Qt may still deliver a timer of a window that is about to
        go.
    """

    async def run() -> None:
        try:
            await _WhileThere(work, of)
        except Exception as caught:
            if not shiboken6.isValid(of):
                log.debug("work for something that is gone ended with %r", caught)
            elif on_error is None:
                log.exception("work in the background failed")
            else:
                loop.call_soon(tell, on_error, caught)

    def tell(listener: Callable[[Exception], None], error: Exception) -> None:
        if shiboken6.isValid(of):
            listener(error)

    def drop() -> None:
        """Closes a coroutine that never began, or was cancelled before its first step: Python would complain
        that it was never awaited."""
        if inspect.iscoroutine(work):
            work.close()

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        drop()
        return None
    task = spawn(run(), "background")
    _background.add(task)
    task.add_done_callback(_background.discard)
    task.add_done_callback(lambda _: drop())
    return task


class _WhileThere:
    """A coroutine's wrapper that checks `of` before each step: with `of` gone the work is closed where it is,
    and the result is None.

    Cancelling when `of` is destroyed would come a step too late, since an answer that is there already is
    handled first.
    """

    def __init__(self, work: Awaitable[Any], of: QObject) -> None:
        self._work, self._of = work, of

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._work.__await__()
        thrown: BaseException | None = None
        while shiboken6.isValid(self._of):
            try:
                waited_for = steps.send(None) if thrown is None else steps.throw(thrown)
            except StopIteration as done:
                return done.value
            thrown = None
            try:
                yield waited_for
            except BaseException as caught:
                thrown = caught
        steps.close()
        return None


def busy() -> bool:
    """Whether an operation of an operator is under way, so that closing the window asks first."""
    return bool(_busy)


async def settle() -> None:
    """Waits for the operations under way (an act half sent is worse than a slow close) and cancels loading."""
    loading = tuple(_background)
    for task in loading:
        task.cancel()
    pending = [*_busy.values(), *loading]
    if pending:
        await asyncio.gather(*pending, return_exceptions=True)


def sentence(error: Exception) -> str:
    """The text about an error for the operator: the rule's sentence, or for a defect a general one with the
    number of the log entry."""
    if isinstance(error, RuleViolation):
        from wbo_desktop.views import labels

        return labels.sentence(error)
    number = secrets.token_hex(3).upper()
    log.error("unexpected error %s", number, exc_info=error)
    return QCoreApplication.translate(
        "operation",
        "Something unexpected happened and nothing was confirmed as done. Look at the record again "
        "before you repeat it. If it persists, tell the administrator error number {number}.",
    ).format(number=number)


def show_error(parent: QWidget | None, error: Exception) -> None:
    """Shows an error in a message box that does not block."""
    box = message_box(parent, QMessageBox.Icon.Warning, sentence(error))
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setObjectName("error")
    box.finished.connect(box.deleteLater)
    box.open()


def _window_of(control: Control) -> QWidget | None:
    """The window over which an error of this control is shown."""
    if not shiboken6.isValid(control):
        return None
    at: QObject | None = control
    while at is not None and not isinstance(at, QWidget):
        at = at.parent()
    return at.window() if isinstance(at, QWidget) else None
