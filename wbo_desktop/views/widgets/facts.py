"""A card of facts: names on the left, values on the right, addresses whole."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from wbo_desktop.views.widgets.address import AddressText, AddressView
from wbo_desktop.views.widgets.plain import section_label, value_label
from wbo_desktop.views.widgets.status_chip import StatusChip

Fact = tuple[str, str, object]
"""One fact: its name (for object names), its label, and its value as text or as a widget."""


class Facts(QWidget):
    """A grid of names and values."""

    def __init__(
        self, name: str, parent: QWidget | None = None, facts: Iterable[Fact] = (), columns: int = 1
    ) -> None:
        """With several `columns`, short facts stand side by side; addresses have a line of their own."""
        super().__init__(parent)
        self._name, self._columns = name, columns
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(7 if columns == 1 else 5)
        for column in range(columns):
            self.grid.setColumnStretch(2 * column + 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_facts(facts)

    def show_facts(self, facts: Iterable[Fact]) -> None:
        """Shows these facts in place of the last ones."""
        while item := self.grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        row, column = 0, 0
        for name, text, value in facts:
            title = section_label(text, self)
            title.setWordWrap(False)
            shown = value if isinstance(value, QWidget) else value_label(str(value), self)
            shown.setParent(self)
            if not isinstance(shown, AddressView):
                shown.setObjectName(f"{self._name}.{name}")
            if isinstance(shown, QLabel):
                shown.setAccessibleName(f"{text} {shown.text()}")
            top = Qt.AlignmentFlag.AlignTop
            plain = isinstance(shown, (QLabel, AddressView, AddressText))
            long = isinstance(value, QWidget) and not isinstance(value, StatusChip)
            if column and long:
                row, column = row + 1, 0
            span = 2 * self._columns - 1 if long else 1
            self.grid.addWidget(title, row, 2 * column, Qt.AlignmentFlag.AlignLeft | top)
            where = top if plain else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self.grid.addWidget(shown, row, 2 * column + 1, 1, span, where)
            shown.show()
            column += 1
            if long or column == self._columns:
                row, column = row + 1, 0


def address_fact(name: str, text: str, value: str | None, explorer: str | None = None) -> Fact:
    """A fact whose value is an address or hash with its buttons."""
    return name, text, AddressView(value, explorer=explorer, name=name)
