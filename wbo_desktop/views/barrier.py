"""Keeps every window of the program but one part of one window out of reach: what makes the lock screen a lock.

Three walls, each enough by itself: other windows are hidden and disabled, those that come up meanwhile too
(they stay as they are and come back); the runner of operations starts nothing outside of the part that is
left; an event filter of the application swallows input to anything else. The filter is there only while the
barrier stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from wbo_desktop.views import operation

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
"""The kinds of windows that are closed instead of kept."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletRelease,
        QEvent.Type.NativeGesture,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
        QEvent.Type.FocusIn,
    }
)

_COMING_AND_GOING = frozenset({QEvent.Type.Show, QEvent.Type.ShowToParent, QEvent.Type.Close})


@dataclass(slots=True)
class _Kept:
    """A window that the barrier hid, with the state in which it is shown again."""

    window: QWidget
    modal: bool
    enabled: bool
    focus: QWidget | None


class Barrier(QObject):
    """A block on all input and windows of the program except `left`, a part of the window `home`."""

    def __init__(self, home: QWidget, left: QWidget) -> None:
        super().__init__(left)
        self._home, self._left = home, left
        self._kept: list[_Kept] = []
        self.stands = False

    def put_up(self) -> None:
        """Hides and disables every other window and blocks input to everything but `left`, accessibility
        included."""
        if self.stands:
            return
        self.stands = True
        operation.only_within(self._left)
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and self._foreign(window):
                self._take_away(window)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def take_down(self, bring_back: bool = True) -> None:
        """Ends the block. With `bring_back` the hidden windows are shown again, with what was typed into
        them."""
        if not self.stands:
            return
        self.stands = False
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        operation.only_within(None)
        kept, self._kept = self._kept, []
        if bring_back:
            for one in kept:
                if shiboken6.isValid(one.window):
                    _bring_back(one)

    def _foreign(self, window: QWidget) -> bool:
        """Whether a window is neither `home` nor part of `left`."""
        at: QWidget | None = window
        while at is not None:
            if at is self._left:
                return False
            at = at.parentWidget()
        return window is not self._home

    def _take_away(self, window: QWidget) -> None:
        if window.windowType() in _PASSING:
            window.close()
            return
        self._kept.append(_Kept(window, window.isModal(), window.isEnabled(), window.focusWidget()))
        window.hide()
        window.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Discards input to everything outside of `left`, and hides a window that is shown, before it is
        painted."""
        kind = event.type()
        if kind in _INPUT:
            return self._out_of_reach(watched)
        if kind in _COMING_AND_GOING and isinstance(watched, QWidget):
            self._came_or_went(watched, kind)
        return False

    def _came_or_went(self, window: QWidget, kind: QEvent.Type) -> None:
        if not window.isWindow() or not self._foreign(window):
            return
        if kind == QEvent.Type.Close:
            # an act may end meanwhile and close its dialog, which must not come back
            self._kept = [one for one in self._kept if one.window is not window]
        elif kind == QEvent.Type.Show:
            # not seen until it can be hidden: when Qt has done all that belongs to showing
            window.setWindowOpacity(0.0)
        else:
            self._take_away(window)
            window.setWindowOpacity(1.0)

    def _out_of_reach(self, watched: QObject) -> bool:
        if isinstance(watched, QWindow):
            return watched is not self._home.windowHandle()
        # a shortcut or an action is where its widget is
        where = watched if isinstance(watched, QWidget) else watched.parent()
        if not isinstance(where, QWidget) or (where is self._home and where is watched):
            return False
        return where is not self._left and not self._left.isAncestorOf(where)


def _bring_back(kept: _Kept) -> None:
    window = kept.window
    window.setEnabled(kept.enabled)
    if isinstance(window, QDialog) and kept.modal:
        window.open()  # Qt takes the modality away with the hiding
    else:
        window.show()
    if kept.focus is not None and shiboken6.isValid(kept.focus):
        kept.focus.setFocus()
