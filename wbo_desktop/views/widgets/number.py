"""A field for a whole number within bounds; the arrow keys and the wheel change it too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

# With NoButtons the style sheet leaves the editor no width; buttons of no size do. The editor itself is inside a box
# that is dressed already.
_STYLE = (
    "QSpinBox { padding: 5px 0 } QSpinBox::up-button, QSpinBox::down-button { width: 0; height: 0; "
    "border: none }"
    "QLineEdit { border: none; padding: 0; min-height: 0; background: transparent }"
)


class NumberField(QSpinBox):
    """A field for a number from `low` to `high`, beginning with `value`."""

    def __init__(self, low: int, high: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setValue(value)
        self.setGroupSeparatorShown(True)
        self.setStyleSheet(_STYLE)
        self.lineEdit().setTextMargins(7, 0, 7, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # Qt's name
        """Changes the number only while the field has the focus, so that scrolling through a form does not."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
