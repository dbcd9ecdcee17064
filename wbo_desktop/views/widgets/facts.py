"""A card of facts: names on the left, values on the right, addresses whole."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from wbo_desktop.views.widgets.address import AddressView
from wbo_desktop.views.widgets.plain import section_label, value_label

Fact = tuple[str, str, object]
"""Name of the fact (for object names), its label, and its value: text, or a widget that shows it."""


class Facts(QWidget):
    """Shows facts; can be told to show others."""

    def __init__(self, name: str, parent: QWidget | None = None, facts: Iterable[Fact] = ()) -> None:
        super().__init__(parent)
        self._name = name
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(7)
        self.grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_facts(facts)

    def show_facts(self, facts: Iterable[Fact]) -> None:
        """Replace what is shown."""
        while item := self.grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, (name, text, value) in enumerate(facts):
            title = section_label(text, self)
            title.setWordWrap(False)
            shown = value if isinstance(value, QWidget) else value_label(str(value), self)
            shown.setParent(self)
            if not isinstance(shown, AddressView):
                shown.setObjectName(f"{self._name}.{name}")
            if isinstance(shown, QLabel):
                shown.setAccessibleName(f"{text} {shown.text()}")
            top = Qt.AlignmentFlag.AlignTop
            plain = isinstance(shown, (QLabel, AddressView))
            self.grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignLeft | top)
            if plain:
                self.grid.addWidget(shown, row, 1, top)
            else:
                self.grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            shown.show()


def address_fact(name: str, text: str, value: str | None, explorer: str | None = None) -> Fact:
    """An address or hash with its buttons."""
    return name, text, AddressView(value, explorer=explorer, name=name)
