"""Confirmations as a bar, with the count beside it and the expected time below."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from wbo_desktop.views import format as shown
from wbo_desktop.views.widgets.plain import note_label, value_label


class ConfirmationBar(QWidget):
    """The bar, the count and the expected time. `name` begins the object names of the parts."""

    def __init__(self, name: str = "confirmations", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.bar = QProgressBar(self)
        self.bar.setObjectName(f"{name}.bar")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(QCoreApplication.translate("confirmations", "Confirmations"))
        self.count = value_label("", self, f"{name}.count")
        self.count.setWordWrap(False)
        self.note = note_label("", self)
        self.note.setObjectName(f"{name}.note")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.bar, 1)
        row.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(row)
        layout.addWidget(self.note)

    def show_progress(
        self,
        have: int | None,
        need: int | None,
        *,
        head: int | None = None,
        head_seen_at: datetime | None = None,
        seconds_per_block: float | None = None,
    ) -> None:
        """Shows these numbers; unknown ones are left out."""
        have = have or 0
        self.bar.setRange(0, max(1, need or 1))
        self.bar.setValue(min(have, need or 0))
        self.count.setText(shown.confirmations(have, need))
        self.bar.setAccessibleDescription(self.count.text())
        parts = []
        if need is not None and have < need:
            parts.append(shown.expected(need - have, seconds_per_block))
        if head is not None:
            text = QCoreApplication.translate("confirmations", "latest block {number}, {ago}")
            parts.append(text.format(number=head, ago=shown.ago(head_seen_at)))
        self.note.setText(" · ".join(parts))
        self.note.setVisible(bool(parts))
