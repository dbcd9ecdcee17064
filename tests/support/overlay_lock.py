"""The lock screen of November 2026: a cover that is raised over the window and hides other windows.

Kept as the faulty twin: the monkey of `tests/views/test_lock.py` has to get past it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget


class OverlayLock(QFrame):
    """Covers what can be seen; what is underneath keeps its focus chain and its shortcuts."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("overlay_lock")
        self._window = window
        self._password = QLineEdit(self)
        QVBoxLayout(self).addWidget(self._password)
        self.hide()

    def lock(self) -> None:
        """As it was."""
        others = [w for w in QApplication.topLevelWidgets() if w is not self._window and w.isVisible()]
        for other in others:
            if other.windowType() in (Qt.WindowType.Dialog, Qt.WindowType.Window):
                other.hide()
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As it was."""
        event.accept()
