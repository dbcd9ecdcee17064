"""A status as a coloured chip with its word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wbo_desktop.views import labels, theme
from wbo_desktop.views.widgets.tones import tone_of


class StatusChip(QWidget):
    """The chip for the status of a deposit, a refund or a wallet."""

    def __init__(self, kind: str, code: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._code = kind, code
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(code)

    def show_status(self, code: str | None) -> None:
        """Shows another status."""
        self._code = code
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word that is shown."""
        return labels.status(self._kind, self._code)

    def changeEvent(self, event: QEvent) -> None:  # Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.show_status(self._code)
        super().changeEvent(event)

    def sizeHint(self) -> QSize:  # Qt's name
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 20, metrics.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's name
        color, soft = theme.tone(tone_of(self._kind, self._code))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
