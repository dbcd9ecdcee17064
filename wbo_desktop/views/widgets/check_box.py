"""A check box that is visible in both colour schemes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

from wbo_desktop.views import theme

BOX = 17
_GAP = 8


class CheckBox(QCheckBox):
    """A check box that paints itself, since the style's own indicator is dark on dark."""

    def sizeHint(self) -> QSize:  # Qt's name
        metrics = self.fontMetrics()
        text = metrics.horizontalAdvance(self.text()) + _GAP if self.text() else 0
        return QSize(BOX + 4 + text, max(BOX + 4, metrics.height() + 4))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's name
        tokens = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, (self.height() - BOX) / 2, BOX - 1, BOX - 1)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        border = tokens.accent if self.isChecked() or self.hasFocus() else tokens.faint
        painter.setPen(QPen(QColor(border), 1.4))
        painter.setBrush(QColor(tokens.accent if self.isChecked() else tokens.surface))
        painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.text), 1))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
        if self.isChecked():
            painter.setPen(QPen(QColor(tokens.on_accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            left, top = box.left(), box.top()
            tick = [QPointF(left + 4, top + 8.5), QPointF(left + 7, top + 11.5), QPointF(left + 12, top + 5)]
            painter.drawPolyline(QPolygonF(tick))
        if self.text():
            painter.setPen(QColor(tokens.text))
            rest = QRectF(BOX + 4 + _GAP - 4, 0, self.width(), self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()
