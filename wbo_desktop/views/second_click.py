"""Discards input for a moment after a window opened or closed, so that the second click of a double click
does nothing.

Without this it falls through a dialog that just closed onto whatever is underneath: another row, an armed
button. Windows report when they open and close (`hold`); the event filter of the application is installed
only for that moment.
"""

from __future__ import annotations

from time import monotonic

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

MOMENT = 0.3
"""The seconds for which clicks are discarded."""

REPEAT = 1.2
"""The time in seconds after which a key held down repeats at the latest."""

_PRESS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_ACTIVATING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Swallow(QObject):
    """The event filter, with the times until which it discards clicks, keys and repeats."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._until = self._double_until = self._keys_until = self._repeat_until = 0.0
        self._swallowed: set[Qt.MouseButton] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)

    def hold(self, closed: bool) -> None:
        """Discards input for a moment; with `closed`, keys that press something too."""
        now = monotonic()
        self._until = now + MOMENT
        self._double_until = now + max(MOMENT, self._app.doubleClickInterval() / 1000)
        self._repeat_until = now + REPEAT
        if closed:
            self._keys_until = now + MOMENT
        self._app.installEventFilter(self)
        self._timer.start(round(REPEAT * 1000))

    def holds(self) -> bool:
        """Whether a click would be discarded now."""
        return monotonic() < self._until

    def forget(self) -> None:
        """Ends discarding at once."""
        self._until = self._double_until = self._keys_until = self._repeat_until = 0.0
        self._swallowed.clear()
        self._timer.stop()
        self._app.removeEventFilter(self)

    def _end(self) -> None:
        left = max(self._double_until, self._repeat_until) - monotonic()
        if left > 0 or self._swallowed:
            self._timer.start(max(50, round(left * 1000)))
        else:
            self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESS or kind == QEvent.Type.MouseButtonRelease:
            return isinstance(event, QMouseEvent) and self._button(event, kind)
        if kind == QEvent.Type.Wheel:
            return self.holds()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            return self._key(event, kind)
        return False

    def _button(self, event: QMouseEvent, kind: QEvent.Type) -> bool:
        """Whether to discard a mouse event. A release is discarded exactly when its press was, so that no
        button stays pressed."""
        button, now = event.button(), monotonic()
        if kind == QEvent.Type.MouseButtonRelease:
            known = button in self._swallowed
            self._swallowed.discard(button)
            return known
        second = kind == QEvent.Type.MouseButtonDblClick and now < self._double_until
        if now < self._until or second:
            self._swallowed.add(button)
            return True
        return False

    def _key(self, event: QKeyEvent, kind: QEvent.Type) -> bool:
        now = monotonic()
        if event.isAutoRepeat():
            if now < self._repeat_until:
                self._repeat_until = now + REPEAT
                return True
            return False
        if kind == QEvent.Type.KeyPress:
            if now < self._keys_until and event.key() in _ACTIVATING:
                return True
            self._repeat_until = 0.0  # a key pressed anew may repeat
        return False


_swallow: _Swallow | None = None


def hold(closed: bool = False) -> None:
    """Discards input for a moment, after a window opened; after one closed (`closed`), keys that press
    something too."""
    global _swallow
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if _swallow is None or not shiboken6.isValid(_swallow):
        _swallow = _Swallow(app)
    _swallow.hold(closed)


def holds() -> bool:
    """Whether a click would be discarded now."""
    return _swallow is not None and shiboken6.isValid(_swallow) and _swallow.holds()


def forget() -> None:
    """Ends discarding at once."""
    if _swallow is not None and shiboken6.isValid(_swallow):
        _swallow.forget()


def notice(event: QEvent) -> None:
    """Calls `hold` when a window's event says that a dialog above it opened or closed."""
    if event.type() == QEvent.Type.WindowBlocked:
        hold()
    elif event.type() == QEvent.Type.WindowUnblocked:
        hold(closed=True)
