"""A field for a remark: one line, with common remarks to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from wbo_desktop.domain.blank import is_blank
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.views import theme
from wbo_desktop.views.widgets.flow import FlowLayout

LONGEST = 500


def check_remark(text: str, field: str = "remark") -> None:
    """Refuses a remark that is blank or too long.

    Raises:
        RuleViolation: `remark_blank` or `value_too_long`.
    """
    if is_blank(text):
        raise RuleViolation("remark_blank", field=field)
    if len(text) > LONGEST:
        raise RuleViolation("value_too_long", field=field, limit=LONGEST)


class RemarkField(QWidget):
    """A line to write in, and chips that fill it in."""

    textChanged = Signal(str)  # as QLineEdit names it

    def __init__(self, common: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.textChanged.connect(self.textChanged)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.chips = [self._chip(text) for text in common]
        if self.chips:
            flow = FlowLayout()
            for chip in self.chips:
                flow.addWidget(chip)
            layout.addLayout(flow)

    def _chip(self, text: str) -> QPushButton:
        chip = QPushButton(text, self)
        chip.setAutoDefault(False)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.mark(chip, kind="chip")
        chip.clicked.connect(lambda: self._take(text))
        return chip

    def _take(self, text: str) -> None:
        self.line.setText(text)
        self.line.setModified(True)  # chosen by hand, as if typed
        self.line.setFocus()

    def setObjectName(self, name: str) -> None:  # Qt's name
        """Names the line, and the chips after it by number."""
        self.line.setObjectName(name)
        super().setObjectName(f"{name}.box")
        for number, chip in enumerate(self.chips):
            chip.setObjectName(f"{name}.{number}")

    def text(self) -> str:
        """The remark without space around it."""
        return self.line.text().strip()

    def setText(self, text: str) -> None:  # Qt's name
        self.line.setText(text)
