"""The painting of cells: chips with colour and word, confirmations as a bar, the rest as Qt does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wbo_desktop.views import theme
from wbo_desktop.views.tables.columns import Cell, Kind
from wbo_desktop.views.tables.model import CELL_ROLE, KIND_ROLE
from wbo_desktop.views.theme import Tone

_INSET = 13
_BAR = 5


class CellDelegate(QStyledItemDelegate):
    """The delegate of every table."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Removes the focus rectangle around a cell, since rows are selected."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.textElideMode = Qt.TextElideMode.ElideRight

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        kind = index.data(KIND_ROLE)
        if kind not in (Kind.CHIP, Kind.PROGRESS):
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = option.widget.style() if option.widget else None
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)
        shown: Cell = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = option.rect.adjusted(_INSET, 0, -4, 0)
        if kind == Kind.CHIP:
            if shown.text:
                lifted = bool(option.state & QStyle.StateFlag.State_Selected)
                paint_chip(painter, inner, shown.text, shown.tone, option.font, lifted)
        else:
            paint_progress(painter, inner, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of a cell, wide enough for its chip."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + (24 if index.data(KIND_ROLE) == Kind.CHIP else 0), hint.height())


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: Tone, font: QFont, lifted: bool) -> None:
    """Paints a rounded chip with a dot and a word at the left of `rect`; `lifted` for a selected row."""
    ink, ground = theme.tone(tone)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() - 0.5)
    metrics = QFontMetrics(small)
    height = metrics.height() + 6
    width = min(rect.width(), metrics.horizontalAdvance(text) + 28)
    chip = QRectF(rect.left(), rect.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(QColor(theme.now().border_strong) if lifted else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.now().surface) if lifted else ground)
    painter.drawRoundedRect(chip, height / 2, height / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QRectF(chip.left() + 9, chip.center().y() - 3, 6, 6))
    painter.setPen(ink)
    painter.setFont(small)
    room = chip.adjusted(20, 0, -6, 0)
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def paint_progress(painter: QPainter, rect: QRect, shown: Cell) -> None:
    """Paints `7 / 12` over a bar that is filled to that part."""
    tokens = theme.now()
    ink, ground = theme.tone(shown.tone)
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    if shown.done >= shown.needed:
        # complete, or nothing to wait for: no need to look there
        painter.setPen(QColor(tokens.text_muted if shown.needed else tokens.faint))
        painter.drawText(rect, middle, shown.text)
        return
    painter.setPen(QColor(tokens.text))
    painter.drawText(rect.adjusted(0, 0, 0, -_BAR - 3), middle, shown.text)
    bar = QRectF(rect.left(), rect.center().y() + 9, rect.width() - 6, _BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    painter.setBrush(ink)
    full = QRectF(bar)
    full.setWidth(max(_BAR, bar.width() * shown.done / shown.needed) if shown.done else 0)
    painter.drawRoundedRect(full, _BAR / 2, _BAR / 2)
