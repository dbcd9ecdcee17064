"""Addresses and hashes to be read and compared by people: whole, in groups of four, marked where they differ.

The gaps are painted, so that nothing but the value itself can be copied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDesktopServices,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from wbo_desktop.views import fonts, theme
from wbo_desktop.views.commands import Command, action_of, dress
from wbo_desktop.views.commands import declared as command
from wbo_desktop.views.format import NOTHING
from wbo_desktop.views.plain_text import copy_value, flash, one_line
from wbo_desktop.views.widgets.plain import note_label, section_label
from wbo_desktop.views.widgets.qr import QrPopup

GROUP = 4
_GAP = 0.55  # of a character, between groups
_PAD = 2


def differing(one: str, other: str) -> frozenset[int]:
    """The positions at which two addresses or hashes differ, capitals apart: they are the checksum of the
    other digits, and change all over when one digit does."""
    one, other = one.lower(), other.lower()
    length = max(len(one), len(other))
    return frozenset(at for at in range(length) if at >= len(one) or at >= len(other) or one[at] != other[at])


def _shown(value: str | None, marks: Collection[int]) -> tuple[str, frozenset[int]]:
    """The text that is painted and copied, and the marked positions: all of them for a claimed address with
    hidden characters."""
    text = one_line(value or "")
    return text, frozenset(marks) if text == (value or "") else frozenset(range(len(text)))


class AddressText(QWidget):
    """One address or hash, painted in as many lines as its width needs."""

    def __init__(
        self, value: str | None = "", parent: QWidget | None = None, marks: Collection[int] = ()
    ) -> None:
        super().__init__(parent)
        self._value, self._marks = _shown(value, marks)
        # growing is allowed: a layout caps a fixed one at the lines of its hint, and hides the rest
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        fonts.set_mono(self)
        self.setAccessibleName(self._value)

    def value(self) -> str:
        """The value that is shown, without gaps."""
        return self._value

    def show_value(self, value: str | None, marks: Collection[int] = ()) -> None:
        """Shows another value, with the characters at `marks` marked."""
        self._value, self._marks = _shown(value, marks)
        self.setAccessibleName(self._value)
        self.updateGeometry()
        self.update()

    def copy(self) -> None:
        """Copies the whole value and shows that it did."""
        copy_value(self._value)
        flash(QCoreApplication.translate("address", "Copied"), self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # Qt's name
        self.copy()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # Qt's name
        menu = QMenu(self)
        menu.addAction(action_of(command.COPY_ADDRESS, menu, self.copy))
        menu.popup(event.globalPos())

    def hasHeightForWidth(self) -> bool:  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # Qt's name
        return round(self._lines(width) * self._line_height()) + 2 * _PAD

    def sizeHint(self) -> QSize:  # Qt's name
        units = self._groups()
        per_line = units if units <= 12 else -(-units // 2)
        width = round(per_line * self._group_width() + 2 * self._character()) + 2 * _PAD
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # Qt's name
        return QSize(round(5 * self._group_width() + 2 * self._character()), round(self._line_height()) + 4)

    def _character(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance("0")

    def _line_height(self) -> float:
        return QFontMetricsF(self.font()).height() + 3

    def _group_width(self) -> float:
        return (GROUP + _GAP) * self._character()

    def _prefix(self) -> int:
        return 2 if self._value[:2].lower() == "0x" else 0

    def _groups(self) -> int:
        return max(1, -(-(len(self._value) - self._prefix()) // GROUP))

    def _per_line(self, width: int) -> int:
        room = width - 2 * _PAD - self._prefix() * self._character() - _GAP * self._character()
        fitting = max(1, int((room + _GAP * self._character()) // self._group_width()))
        lines = -(-self._groups() // fitting)
        return -(-self._groups() // lines)  # lines of equal length are compared more easily

    def _lines(self, width: int) -> int:
        return -(-self._groups() // self._per_line(width))

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's name
        painter = QPainter(self)
        painter.setFont(self.font())
        bad, soft = theme.tone(theme.Tone.BAD)
        ink = QColor(theme.now().text if self._value else theme.now().faint)
        per_line, character, height = self._per_line(self.width()), self._character(), self._line_height()
        prefix = self._prefix()
        start = _PAD + (prefix + _GAP) * character if prefix else _PAD
        for at, letter in enumerate(self._value or NOTHING):
            if at < prefix:
                box = QRectF(_PAD + at * character, _PAD, character, height)
            else:
                group, within = divmod(at - prefix, GROUP)
                line, column = divmod(group, per_line)
                left = start + column * self._group_width() + within * character
                box = QRectF(left, _PAD + line * height, character, height)
            if at in self._marks:
                painter.fillRect(box.adjusted(0, 1, 0, -1), soft)
                painter.fillRect(QRectF(box.left(), box.bottom() - 2, character, 1.5), bad)
            painter.setPen(bad if at in self._marks else ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        painter.end()


class AddressView(QWidget):
    """An address or hash with buttons to copy it, to show its QR code, and to open the block explorer where
    its link is known."""

    def __init__(
        self,
        value: str | None = "",
        parent: QWidget | None = None,
        *,
        explorer: str | None = None,
        name: str = "address",
    ) -> None:
        """`explorer` is a URL with {address} or {txid}; `name` begins the object names of the buttons."""
        super().__init__(parent)
        self.setObjectName(name)
        self._explorer = explorer
        self.text = AddressText(value, self)
        self.text.setObjectName(f"{name}.text")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.text, 1)
        self.copy_button = self._button(command.COPY_ADDRESS, self.text.copy)
        self.qr_button = self._button(command.SHOW_QR, self.show_qr)
        self.explorer_button = self._button(command.OPEN_EXPLORER, self.open_explorer)
        link = action_of(command.COPY_LINK, self.explorer_button, lambda: copy_value(self.link()))
        self.explorer_button.addAction(link)
        self.explorer_button.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for button in (self.copy_button, self.qr_button, self.explorer_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_value(value, explorer)

    def _button(self, does: Command, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self.objectName()}.{does.icon}")
        dress(button, does)
        button.setAutoRaise(True)
        button.setIconSize(QSize(15, 15))
        button.setStyleSheet("padding: 2px 4px")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())
        return button

    def value(self) -> str:
        """The value that is shown."""
        return self.text.value()

    def show_value(self, value: str | None, explorer: str | None = None) -> None:
        """Shows another value."""
        self.text.show_value(value)
        self._explorer = explorer or self._explorer
        for button in (self.copy_button, self.qr_button):
            button.setVisible(bool(value))
        self.explorer_button.setVisible(bool(value and self._explorer))

    def link(self) -> str:
        """The explorer's URL of the value; None where none is known."""
        return (self._explorer or "").replace("{address}", self.value()).replace("{txid}", self.value())

    def open_explorer(self) -> None:
        """Opens the explorer's page in the browser; without one, copies its URL."""
        if not QDesktopServices.openUrl(QUrl(self.link())):
            copy_value(self.link())

    def show_qr(self) -> None:
        """Shows the QR code of the value."""
        popup = QrPopup(self.value(), self)
        popup.move(self.qr_button.mapToGlobal(QPoint(0, self.qr_button.height())))
        popup.show()


class AddressCompare(QWidget):
    """Two addresses one below the other, with the differing characters marked, against address poisoning."""

    def __init__(self, one_label: str, other_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one, self._other = AddressText(parent=self), AddressText(parent=self)
        self._one.setObjectName("compare.one")
        self._other.setObjectName("compare.other")
        self._summary = note_label("", self)
        self._summary.setObjectName("compare.summary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for label, text in ((one_label, self._one), (other_label, self._other)):
            layout.addWidget(section_label(label, self))
            layout.addWidget(text)
        layout.addWidget(self._summary)

    def compare(self, one: str | None, other: str | None) -> None:
        """Shows both addresses, and how many characters differ."""
        marks = differing(one or "", other or "") if one and other else frozenset()
        self._one.show_value(one, marks)
        self._other.show_value(other, marks)
        translate = QCoreApplication.translate
        if not one or not other:
            text, role = "", "small"
        elif not marks:
            text, role = translate("address", "Identical to the last character"), "good"
        else:
            text, role = (
                self.tr("%n character(s) differ: not the same address", "", len(marks)),
                "error",
            )
        self._summary.setText(text)
        self._summary.setVisible(bool(text))
        theme.mark(self._summary, role=role)
