"""Parts of detail panels that several pages share: a headline with the next step, facts, a timeline, links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wbo_desktop.models.tables import DepositRecord, DepositTimeline, View
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import fonts, labels, theme
from wbo_desktop.views import format as shown
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.operation import background
from wbo_desktop.views.pages.spec import Context
from wbo_desktop.views.plain_text import set_hint
from wbo_desktop.views.tables.columns import Column, Kind, cell
from wbo_desktop.views.widgets.address import AddressText, AddressView
from wbo_desktop.views.widgets.facts import Fact, Facts
from wbo_desktop.views.widgets.plain import card, label, note_label, section_label, value_label
from wbo_desktop.views.widgets.status_chip import StatusChip

_NAME_WIDTH = 116
_ADDRESS_WIDTH = 120


class Headline(QWidget):
    """A row's state in one sentence and the next step. Its `head` (number, status, amount) stays in view."""

    def __init__(
        self,
        kind: str,
        number: str,
        amount: Callable[[Any], str],
        explained: Callable[[Any], str],
        next_step: Callable[[Any], str],
        parent: QWidget,
        about_amount: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._about_amount = about_amount
        self._number, self._amount = number, amount
        self._explained, self._next_step = explained, next_step
        self.head = QWidget(self)
        self._name = value_label("", self.head, "detail.number")
        fonts.set_mono(self._name)
        self._chip = StatusChip(kind, None, self.head)
        self._chip.setObjectName("detail.status")
        self._sum = label("", "title", self.head, "detail.amount")
        self._about = note_label("", self.head)
        self._about.setObjectName("detail.about_amount")
        self._about.setVisible(about_amount is not None)
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        above = QVBoxLayout(self.head)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(4)
        above.addLayout(top)
        above.addWidget(self._sum)
        above.addWidget(self._about)
        self._sentence = label("", "muted", self, "detail.explained")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._sentence)
        note, inside = card("note", self, 12)
        self._next = label("", "value", note, "detail.next_step")
        inside.addWidget(self._next)
        layout.addWidget(note)

    def show_row(self, row: Any) -> None:
        self._name.setText(str(getattr(row, self._number)))
        self._chip.show_status(row.status)
        # the coin may go to the next line
        self._sum.setText(self._amount(row).replace("\u00a0", " "))
        if self._about_amount is not None:
            self._about.setText(self._about_amount(row))
        self._sentence.setText(self._explained(row))
        self._next.setText(self._next_step(row))


class Advice(QWidget):
    """The next step for a row that has no status."""

    def __init__(self, next_step: Callable[[Any], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._next_step = next_step
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        note, inside = card("note", self, 12)
        self._next = label("", "value", note, "detail.next_step")
        inside.addWidget(self._next)
        layout.addWidget(note)

    def show_row(self, row: Any) -> None:
        self._next.setText(self._next_step(row))


class Titled(Retranslated, QWidget):
    """A part with a small heading over its content."""

    def __init__(self, title: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self.heading = section_label("", self)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(8)
        self.content.addWidget(self.heading)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(self._title())


class FactList(Titled):
    """Columns of a row as names and values, in the forms of a table but never shortened."""

    def __init__(
        self,
        context: Context,
        title: Callable[[], str],
        columns: Sequence[Column],
        parent: QWidget,
    ) -> None:
        self._last: list[Any] | None = None
        super().__init__(title, parent)
        self._context, self._columns = context, tuple(columns)
        self._facts = Facts("detail", self)
        self.content.addWidget(self._facts)

    def retranslate(self) -> None:
        self._last = None
        super().retranslate()

    def show_row(self, row: Any) -> None:
        """Shows the row; does nothing when no shown value changed, so that selected text stays selected."""
        values = [column.found(row) for column in self._columns] + [getattr(row, "network", None)]
        if values == self._last:
            return
        self._last = values
        shown_columns = [c for c in self._columns if c.visible or c.found(row) not in (None, "")]
        self._facts.show_facts([self._fact(column, row) for column in shown_columns])
        self._narrow()

    def _narrow(self) -> None:
        """Breaks long names and addresses into lines, so that the panel never becomes wider."""
        for line in range(self._facts.grid.rowCount()):
            item = self._facts.grid.itemAtPosition(line, 0)
            name = item.widget() if item else None
            if isinstance(name, QLabel) and name.sizeHint().width() > _NAME_WIDTH:
                name.setWordWrap(True)
                name.setFixedWidth(_NAME_WIDTH)
        for address in self._facts.findChildren(AddressText):
            address.setMinimumWidth(_ADDRESS_WIDTH)

    def _fact(self, column: Column, row: View) -> Fact:
        value = column.found(row)
        if column.kind is Kind.ADDRESS and value:
            explorer = self._context.explorers.link(
                getattr(row, "network", None), "txid" if column.key == "txid" else "address"
            )
            return column.key, column.heading(), AddressView(value, name=column.key, explorer=explorer)
        made = cell(column, row)
        text = shown.time_text(value) if column.kind is Kind.TIME else made.text
        text_label = value_label(text, self)
        set_hint(text_label, shown.time_tooltip(value) if column.kind is Kind.TIME else "")
        return column.key, column.heading(), text_label


class Timeline(Titled):
    """The events of a row, oldest first, read again whenever the row changed."""

    def __init__(self, context: Context, title: Callable[[], str], parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName("timeline")
        self._context = context
        self._asked: tuple[str, int] | None = None
        self._entries: list[DepositTimeline] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.content.addLayout(self._rows)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "_entries"):
            self._show()

    def show_row(self, row: DepositRecord) -> None:
        """Reads the events when the row is another, or a newer version."""
        wanted = (row.record_no, row.version)
        if wanted == self._asked:
            return
        if self._asked is None or self._asked[0] != wanted[0]:
            self._entries = []
            self._show()
        self._asked = wanted
        background(self._load(wanted), self, on_error=lambda _: setattr(self, "_asked", None))

    async def _load(self, wanted: tuple[str, int]) -> None:
        entries = await self._context.desk.rows(
            DepositTimeline, Filter(DepositTimeline.record_no, Match.EQUAL, wanted[0])
        )
        if wanted == self._asked:
            self._entries = list(entries)
            self._show()

    def _show(self) -> None:
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for at, entry in enumerate(self._entries):
            self._rows.addWidget(_Event(entry, at == 0, at == len(self._entries) - 1, self))


class _Event(QWidget):
    """One event of a timeline, with its dot."""

    def __init__(self, entry: DepositTimeline, first: bool, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 2, 0, 10)
        layout.setSpacing(1)
        what = labels.action(entry.action)
        after = entry.after_status
        if after and after != entry.before_status:
            what = self.tr("{action}: {status}").format(action=what, status=labels.deposit_status(after))
        layout.addWidget(label(what, "value", self))
        if entry.reason:
            layout.addWidget(note_label(labels.reason_sentence(entry.reason), self))
        if entry.remark:
            layout.addWidget(note_label(self.tr("“{remark}”").format(remark=entry.remark), self))
        who = " · ".join(str(part) for part in (entry.operator, entry.workstation) if part)
        when = note_label(f"{shown.time_text(entry['at'])}  {who}", self)
        set_hint(when, shown.time_tooltip(entry.at))
        layout.addWidget(when)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = 12.0
        painter.setPen(QColor(tokens.border_strong))
        if not self._first:
            painter.drawLine(6, 0, 6, int(middle) - 5)
        if not self._last:
            painter.drawLine(6, int(middle) + 5, 6, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if self._last else tokens.border_strong))
        painter.drawEllipse(QRectF(2, middle - 4, 8, 8))
        painter.end()


class Link(QWidget):
    """A button that opens another page at the rows that belong to this one; hidden when there are none."""

    def __init__(
        self,
        context: Context,
        text: Callable[[Any], str],
        target: Callable[[Any], tuple[str, dict[str, str]] | None],
        parent: QWidget,
        name: str = "link",
    ) -> None:
        super().__init__(parent)
        self._context, self._text, self._target = context, text, target
        self._there: tuple[str, dict[str, str]] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._button = QPushButton(self)
        self._button.setObjectName(f"detail.{name}")
        self._button.clicked.connect(self._open)
        layout.addWidget(self._button)
        layout.addStretch(1)

    def show_row(self, row: Any) -> None:
        self._there = self._target(row)
        self._button.setVisible(self._there is not None)
        if self._there is not None:
            self._button.setText(self._text(row))

    def _open(self) -> None:
        if self._there is not None:
            self._context.open_page(*self._there)
