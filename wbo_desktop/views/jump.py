"""Quick jump (Ctrl+K): finds the page that belongs to a typed record number, client number, address, TXID or
name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from wbo_desktop.views import icons
from wbo_desktop.views.commands import Bound
from wbo_desktop.views.commands.declared import JUMP
from wbo_desktop.views.i18n import Retranslated, text
from wbo_desktop.views.pages.base import Page
from wbo_desktop.views.pages.spec import Opener, PageSpec, Text
from wbo_desktop.views.plain_text import PlainLabel

_TXID = re.compile(r"0[xX][0-9a-fA-F]{64}")
_ADDRESS = re.compile(r"0[xX][0-9a-fA-F]{40}")
_RECORD = re.compile(r"DP\d{4,8}-?\d*", re.IGNORECASE)
_REFUND = re.compile(r"RF\d{4,8}-?\d*", re.IGNORECASE)
_CLIENT = re.compile(r"[A-Za-z]{0,4}\d[\w-]{2,20}")


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the palette: its icon, its words, and what choosing it does."""

    icon: str
    words: str
    go: Callable[[], object]


def recognised(typed: str) -> tuple[str, ...]:
    """The filter columns that a typed or pasted text may belong to by its form; empty for ordinary words."""
    value = typed.strip()
    for pattern, columns in (
        (_TXID, ("txid",)),
        (_ADDRESS, ("source_address", "address")),
        (_RECORD, ("record_no",)),
        (_REFUND, ("refund_no",)),
        (_CLIENT, ("client_no", "securities_account", "external_serial")),
    ):
        if pattern.fullmatch(value):
            return columns
    return ()


def rows_like(typed: str, pages: Iterable[Page], open_page: Opener) -> Iterator[Target]:
    """The pages whose filters take what was typed, the deposit records first."""
    from wbo_desktop.views import labels
    from wbo_desktop.views.format import shortened

    value = typed.strip()
    template = QCoreApplication.translate("JumpDialog", "{page} · {field} {value}")
    for column in recognised(value):
        lists = [page for page in pages if isinstance(page, PageSpec)]
        for page in sorted(lists, key=lambda page: page.code != "coin_deposit_records"):
            if any(isinstance(part, Text) and part.column == column for part in page.filters):
                field = labels.field(column)
                words = template.format(page=text(page.title), field=field, value=shortened(value, 10, 8))
                yield Target(page.icon, words, partial(open_page, page.code, {column: value}))


def named(typed: str, offered: Iterable[Bound]) -> Iterator[Target]:
    """The commands whose words hold what was typed, in the language of now or in English: as far as they can be done."""
    wanted = typed.strip().casefold()
    for bound in offered:
        if any(wanted in words.casefold() for words in bound.command.names()) and not bound.why_not():
            yield Target(bound.command.icon, bound.command.text(), bound.run)


Find = Callable[[str], Iterable[Target]]
"""What the palette offers for what was typed, the likeliest first."""


class JumpDialog(Retranslated, QDialog):
    """A dialog with a field to type into and the list of targets. Emits `chosen` with page code and filters."""

    def __init__(self, find: Find, parent: QWidget, typed: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("jump_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._find = find
        self._targets: list[Target] = []
        self._field = QLineEdit(self)
        self._field.setObjectName("jump.field")
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(self._offer)
        self._field.returnPressed.connect(self._go)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("jump.list")
        self._list.itemClicked.connect(lambda _: self._go())
        self._hint = PlainLabel(self)
        self._hint.setProperty("role", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._hint)
        self.resize(620, 400)
        self.retranslate()
        self._field.setText(typed)
        self._offer(typed)

    def retranslate(self) -> None:
        self.setWindowTitle(JUMP.text())
        self._field.setPlaceholderText(
            self.tr("Record number, client number, address, TXID, or the name of a page")
        )
        self._field.setAccessibleName(self._field.placeholderText())
        self._list.setAccessibleName(self.tr("Where to"))
        self._hint.setText(self.tr("↑ ↓ choose · Enter opens · Esc closes"))

    def _offer(self, typed: str) -> None:
        self._targets = list(self._find(typed))
        self._list.clear()
        for target in self._targets:
            QListWidgetItem(icons.icon(target.icon), target.words, self._list)
        self._list.setCurrentRow(0)

    def _go(self) -> None:
        at = self._list.currentRow()
        if 0 <= at < len(self._targets):
            self.accept()
            self._targets[at].go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the cursor stays in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._list.count():
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
        return super().eventFilter(watched, event)
