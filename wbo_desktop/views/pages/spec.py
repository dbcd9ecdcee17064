"""The declaration of a list page: source, columns, filters, acts and details. `page.ListPage` does the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from wbo_desktop.domain.acts import Act, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import ChainHealth, View
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match, Named
from wbo_desktop.views import i18n, labels, rules
from wbo_desktop.views.commands import Command
from wbo_desktop.views.health import Health
from wbo_desktop.views.i18n import Marked
from wbo_desktop.views.tables.columns import Column


class Opener(Protocol):
    """A function that shows a page by its code, with texts in its filters."""

    def __call__(self, code: str, filters: dict[str, str] | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """The services that a page works with: the desk, the state of the networks, explorer links, and the way
    to other pages."""

    desk: Desk
    health: Health
    explorers: Explorers
    open_page: Opener


class Explorers:
    """The URL templates of the networks' block explorers, read once."""

    def __init__(self) -> None:
        self._templates: dict[tuple[str, str], str] = {}

    async def load(self, desk: Desk) -> None:
        """Reads the templates; links are shown from the next row on."""
        for row in await desk.rows(ChainHealth):
            for kind, template in (("txid", row.explorer_tx_url), ("address", row.explorer_address_url)):
                if template:
                    self._templates[row.network, kind] = template

    def link(self, network: object, kind: str) -> str | None:
        """The URL template of a network for an `address` or a `txid`; None where it has none."""
        return self._templates.get((str(network), kind))


# filters


@dataclass(frozen=True, slots=True)
class _OfField:
    field: Named

    @property
    def column(self) -> str:
        """The field's name."""
        return self.field.name


@dataclass(frozen=True, slots=True)
class Chips(_OfField):
    """A filter by codes, of which several may be on."""

    codes: tuple[str, ...]
    words: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Dates(_OfField):
    """A filter by a range of days: a preset, or from and to."""

    title: Marked | None = None

    def heading(self) -> str:
        """The filter's name in the current language: its title, else the field's name."""
        return i18n.text(self.title) if self.title else labels.field(self.column)


@dataclass(frozen=True, slots=True)
class Text(_OfField):
    """A filter by a typed value. `read` converts it to what the database compares with, or raises
    RuleViolation."""

    match: Match = Match.STARTS_WITH
    read: Callable[[str], Any] = str
    width: int = 130
    title: Marked | None = None

    def heading(self) -> str:
        """The filter's name in the current language: its title, else the field's name."""
        return i18n.text(self.title) if self.title else labels.field(self.column)


@dataclass(frozen=True, slots=True)
class Choice(_OfField):
    """A filter by one of a few values, which are read from the desk when the page opens."""

    options: Callable[[Desk], Awaitable[list[tuple[Any, str]]]]


FilterSpec = Chips | Dates | Text | Choice


# acts

MakeDialog = Callable[[Desk, Any, QWidget], QDialog]


@dataclass(frozen=True, slots=True)
class ActSpec:
    """A button of a page, which is also an entry of the context menu.

    Attributes:
        act: the act that the dialog does; its permission decides whether the button works at all.
        dialog: makes the dialog; called with the row as it is now, None when `on_row` is False.
        on_row: whether it needs one selected row.
        look: `primary`, `danger` or nothing.
        name: distinguishes two buttons with the same act; else the act's function.
        title: English source of its text, where the act's own name says too little.
    """

    act: type[Act]
    dialog: MakeDialog
    icon: str
    on_row: bool = True
    look: str = ""
    name: str = ""
    title: Marked | None = None

    @property
    def code(self) -> str:
        """The name of the button, for object names and labels."""
        return self.name or self.act.function

    def command(self) -> Command:
        """The act as a command."""
        return Command(f"act.{self.code}", self.text, self.icon, permission=self.act.permission, offered=True)

    def text(self) -> str:
        """The text of the button in the current language."""
        return i18n.text(self.title) if self.title else labels.action(self.code)

    def refused(self, desk: Desk, row: object) -> RuleViolation | None:
        """The violation for which the row does not allow the act; None where it is possible."""
        return rules.refusal(self.act, desk, row)

    def why_not(self, desk: Desk, row: View | None) -> str:
        """The sentence that says why the act is not possible on a row now; empty when it is."""
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
    """A part of the detail panel: a widget with `show_row`."""

    def show_row(self, row: Any) -> None:
        """Shows this row; called again whenever the row changed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait for an operator, to be counted in the menu.

    Attributes:
        permission: the act's permission without which they are not counted for an operator; None for every
            operator.
    """

    source: type[Any]
    filters: tuple[Filter, ...]
    topics: frozenset[Topic]
    permission: Permission | None = None


def no_notice(desk: Desk) -> str:
    """An empty text: for pages without a notice above the table."""
    return ""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A list page of the menu.

    Attributes:
        code: its stable name: in object names, remembered state, links from other pages.
        title: English source of the label (context `menu`).
        model: the class of its rows: where they come from, in which order, by which key.
        topics: the topics at whose changes the rows are read again.
        empty: English source: why the source has no rows at all, and what to do.
        sections: make the parts of the detail panel.
        opens: the dialog of a double click, where the panel does not show everything.
        notice: the text above the table; empty for none.
        called: the name of a row for people, where its key says nothing to them.
    """

    code: str
    title: Marked
    icon: str
    permission: Permission
    model: type[View]
    columns: tuple[Column, ...]
    topics: frozenset[Topic]
    empty: Marked
    filters: tuple[FilterSpec, ...] = ()
    acts: tuple[ActSpec, ...] = ()
    sections: tuple[Callable[[Context, QWidget], QWidget], ...] = ()
    waiting: tuple[Waiting, ...] = ()
    opens: MakeDialog | None = None
    notice: Callable[[Desk], str] = no_notice
    called: Callable[[Any], str] | None = None

    def commands(self) -> Iterable[Command]:
        """Its acts."""
        return [act.command() for act in self.acts]

    def make(self, context: Context) -> QWidget:
        """A `ListPage` that shows what is declared here."""
        from wbo_desktop.views.pages.page import ListPage

        return ListPage(context, self)

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a row."""
        return self.model.paging.key_names

    def name_of(self, row: View) -> str:
        """The name of a row on buttons, in the panel's head and in window titles."""
        return self.called(row) if self.called else str(row)
