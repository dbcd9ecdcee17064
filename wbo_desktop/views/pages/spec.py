"""How a page is declared: where its rows come from, columns, filters, acts, details. `page.ListPage` does
the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from wbo_desktop.domain.acts import Act, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match, Row
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.health import Health
from wbo_desktop.views.tables.columns import Column


class Opener(Protocol):
    """Brings up another page: with texts in its filters, and the row of a key selected."""

    def __call__(self, page: str, filters: dict[str, str] | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a page works with."""

    desk: Desk
    health: Health
    explorers: Explorers
    open_page: Opener


class Explorers:
    """The block explorers' links of the networks, read once; every operator may know them."""

    def __init__(self) -> None:
        self._templates: dict[tuple[str, str], str] = {}

    async def load(self, desk: Desk) -> None:
        """Read them; links appear from the next row that is shown."""
        for row in await desk.rows("chain_health"):
            for kind, column in (("txid", "explorer_tx_url"), ("address", "explorer_address_url")):
                if row.get(column):
                    self._templates[row["network"], kind] = row[column]

    def link(self, network: object, kind: str) -> str | None:
        """The template of a network's page for an `address` or a `txid`."""
        return self._templates.get((str(network), kind))


# filters


@dataclass(frozen=True, slots=True)
class Chips:
    """Codes of which several may be on at once."""

    column: str
    codes: tuple[str, ...]
    words: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Dates:
    """A range of days, as presets or from–to."""

    column: str
    title: str = ""

    def heading(self) -> str:
        """Its name in the language of now: the field's, where no other is given."""
        return i18n.text(self.title) if self.title else labels.field(self.column)


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed. `read` turns it into what the database compares with, or raises RuleViolation."""

    column: str
    match: Match = Match.STARTS_WITH
    read: Callable[[str], Any] = str
    width: int = 130
    title: str = ""

    def heading(self) -> str:
        """Its name in the language of now: the field's, where no other is given."""
        return i18n.text(self.title) if self.title else labels.field(self.column)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, asked from the desk when the page opens."""

    column: str
    options: Callable[[Desk], Awaitable[list[tuple[Any, str]]]]


FilterSpec = Chips | Dates | Text | Choice


# acts

MakeDialog = Callable[[Desk, Any, QWidget], QDialog]


def always(desk: Desk, row: Row) -> RuleViolation | None:
    """For acts that every row allows."""
    return None


@dataclass(frozen=True, slots=True)
class ActSpec:
    """A button, and the same in the context menu.

    Attributes:
        act: what the dialog does in the end; its permission decides whether the button works at all.
        dialog: makes the dialog; called with the row as it is now, None when `on_row` is False.
        refused: why this row does not allow it, None when it does.
        on_row: whether it needs one selected row.
        look: `primary`, `danger` or nothing.
        name: told apart by it where two buttons end in the same act; else the act's function.
        title: English source of what is written on it, where the act's own name says too little.
    """

    act: type[Act]
    dialog: MakeDialog
    icon: str
    refused: Callable[[Desk, Row], RuleViolation | None] = always
    on_row: bool = True
    look: str = ""
    name: str = ""
    title: str = ""

    @property
    def code(self) -> str:
        """The act's name, for object names."""
        return self.name or self.act.function

    def text(self) -> str:
        """What is written on it."""
        return i18n.text(self.title) if self.title else labels.action(self.code)

    def why_not(self, desk: Desk, row: Row | None) -> str:
        """The sentence of the tooltip; empty when it can be done now."""
        if not desk.may(self.act):
            return labels.missing_permission(str(self.act.permission))
        if not self.on_row:
            return ""
        if row is None:
            return QCoreApplication.translate("act", "Select one row first.")
        refusal = self.refused(desk, row)
        return labels.sentence(refusal) if refusal else ""


# pages


class Section(Protocol):
    """A part of the detail panel; a widget."""

    def show_row(self, row: Row) -> None:
        """Show this row; called again whenever the row changed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait for somebody: counted in the menu."""

    source: str
    filters: tuple[Filter, ...]
    topics: frozenset[Topic]
    permission: Permission | None = None
    """Only operators who may act on them are told."""


def no_notice(desk: Desk) -> str:
    """Nothing to say above the table."""
    return ""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the menu.

    Attributes:
        code: stable name: object names, remembered state, links from other pages.
        title: English source of the label (context `menu`).
        key: columns that tell a row from all others.
        topics: what the page has to look again for.
        empty: English source: why the source has no rows at all, and what to do.
        sections: make the parts of the detail panel.
        opens: the dialog of a double click, where the panel is not all there is to see.
        called: what people call a row, where its key says nothing to them.
    """

    code: str
    title: str
    icon: str
    permission: Permission
    source: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    topics: frozenset[Topic]
    empty: str
    filters: tuple[FilterSpec, ...] = ()
    acts: tuple[ActSpec, ...] = ()
    sections: tuple[Callable[[Context, QWidget], QWidget], ...] = ()
    waiting: tuple[Waiting, ...] = ()
    opens: MakeDialog | None = None
    notice: Callable[[Desk], str] = no_notice
    """What has to be said above the table, whatever is in it; empty when there is nothing."""
    called: Callable[[Row], str] | None = None

    def name_of(self, row: Row) -> str:
        """What tells a row from the others on buttons, in the panel's head and in a window's title."""
        return self.called(row) if self.called else " ".join(str(row[column]) for column in self.key)
