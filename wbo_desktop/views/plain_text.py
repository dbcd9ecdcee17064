"""The one place through which text of others reaches tooltips, labels, message boxes and the clipboard.

Names, remarks and addresses are written by clients, nodes and colleagues. On the screen they are never markup, and
characters that cannot be seen or that turn the text around are spelled out; in the clipboard they are never a
formula. House rules keep Qt's own ways (`setToolTip`, `QLabel`, `QMessageBox`, `clipboard().setText`) out of the rest.
"""

from __future__ import annotations

import html
import re
from typing import Protocol, overload

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QTableWidgetItem, QToolTip, QTreeWidgetItem, QWidget

HIDDEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u115f\\u1160\\u17b4\\u17b5"
    "\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ud800-\\udfff\\ufeff\\uffa0\\ufff9-\\ufffb\\U000110bd"
    "\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e007f]"
)
"""The characters that are not visible: Unicode's categories Cc, Cf, Cs, Zl and Zp, and blank letters."""

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?")
_BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")


def visible(text: str) -> str:
    """`text` with every hidden character spelled as ⟨U+202E⟩; line breaks stay."""
    return HIDDEN.sub(_spelled, text) if HIDDEN.search(text) else text


def _spelled(found: re.Match[str]) -> str:
    letter = found[0]
    return letter if letter == "\n" else f"⟨U+{ord(letter):04X}⟩"


def one_line(text: str) -> str:
    """`visible` text in one line, for a cell of a table."""
    return visible(text.replace("\n", " ")) if "\n" in text else visible(text)


def for_spreadsheet(text: str, number: bool = False) -> str:
    """`text` as it may be pasted into a spreadsheet: in one line, and never a formula there (a quote is put before it).

    Args:
        number: the value is an amount or a number; it keeps its sign if it really is one.
    """
    if number and _NUMBER.fullmatch(text):
        return text
    line = visible(_BREAKS.sub(" ", text).strip(" ") if _BREAKS.search(text) else text)
    return f"'{line}" if _FORMULA.match(line) else line


def hint(text: str) -> str:
    """`text` as a tooltip that Qt shows as it is and never takes for markup."""
    shown = visible(text)
    if "<" not in shown:  # Qt takes nothing else for markup
        return shown
    return f"<qt>{html.escape(shown, quote=False)}</qt>".replace("\n", "<br>")


class _Hinted(Protocol):
    def setToolTip(self, text: str, /) -> None: ...


@overload
def set_hint(target: _Hinted | QTableWidgetItem, text: str) -> None: ...
@overload
def set_hint(target: QTreeWidgetItem, text: str, column: int) -> None: ...
def set_hint(target: _Hinted | QTableWidgetItem | QTreeWidgetItem, text: str, column: int = 0) -> None:
    """Sets the tooltip of a widget, an action or an item."""
    if isinstance(target, QTreeWidgetItem):
        target.setToolTip(column, hint(text))
    else:
        target.setToolTip(hint(text))


class PlainLabel(QLabel):
    """A label whose text is never markup, and whose hidden characters are spelled out."""

    @overload
    def __init__(self, parent: QWidget | None = None, /) -> None: ...
    @overload
    def __init__(self, text: str, parent: QWidget | None = None, /) -> None: ...
    def __init__(self, text: str | QWidget | None = None, parent: QWidget | None = None, /) -> None:
        super().__init__(parent if isinstance(text, str) else text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(text, str):
            self.setText(text)

    def setText(self, text: str) -> None:  # Qt's name
        super().setText(visible(text))


def message_box(parent: QWidget | None, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    """A message box with this text, not shown yet."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(visible(text))
    return box


def flash(text: str, widget: QWidget) -> None:
    """Shows a word below a control for a moment."""
    QToolTip.showText(widget.mapToGlobal(QPoint(0, widget.height())), hint(text), widget)
    QTimer.singleShot(1500, QToolTip.hideText)


def copy_value(text: str, number: bool = False) -> None:
    """Puts a value into the clipboard, in the form of `for_spreadsheet`."""
    copy_exactly(for_spreadsheet(text, number))


def copy_exactly(text: str) -> None:
    """Puts text into the clipboard unchanged: the program's own, or what must keep every character, such as a
    password or a message to be signed."""
    QGuiApplication.clipboard().setText(text)
