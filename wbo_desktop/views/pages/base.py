"""What the window asks of a page, whatever is on it: a list of rows (`spec.PageSpec`) or any other widget (`WidgetPage`).

A new page that is no list is a module with a `WidgetPage` and a line in the menu's tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wbo_desktop.domain.permissions import Permission
from wbo_desktop.views.commands import Bound, Command
from wbo_desktop.views.i18n import Marked, Retranslated
from wbo_desktop.views.pages.spec import Context, Waiting


class Page(Protocol):
    """The declaration of a page: an entry of the menu, and the widget that its tab shows."""

    @property
    def code(self) -> str:
        """Its stable name: in object names, remembered state, links from other pages."""

    @property
    def title(self) -> Marked:
        """English source of the label (context `menu`)."""

    @property
    def icon(self) -> str:
        """The name of the icon in the menu and the palette."""

    @property
    def permission(self) -> Permission:
        """The permission without which the page is not in the menu."""

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The rows that are counted beside its entry."""

    def commands(self) -> Iterable[Command]:
        """The commands that work on it alone."""

    def make(self, context: Context) -> QWidget:
        """A widget for a new tab. One that is no `PageWidget` has no state and nothing to read again."""


@dataclass(frozen=True, slots=True)
class WidgetPage:
    """A page that is no list: `build` makes its widget."""

    code: str
    title: Marked
    icon: str
    permission: Permission
    build: Callable[[Context], QWidget]
    waiting: tuple[Waiting, ...] = ()

    def commands(self) -> Iterable[Command]:
        """No commands: what works on such a page is in its widget (`PageWidget.bound`)."""
        return ()

    def make(self, context: Context) -> QWidget:
        """The widget of `build`."""
        return self.build(context)


class PageWidget(Retranslated, QWidget):
    """The content of a tab. Each method is called by the window and does nothing unless a page overrides it."""

    explained = Signal(str)
    """A text for the status bar."""

    def take_focus(self) -> None:
        """Gives the keyboard to the part that is worked in."""
        self.setFocus()

    def let_in(self) -> None:
        """Reads everything again (F5)."""

    def make_room(self) -> None:
        """Fits itself to another text size."""

    def update_acts(self) -> None:
        """Judges anew which acts are possible: the operator's permissions changed."""

    def bound(self) -> Iterable[Bound]:
        """The commands that work on it, for the palette."""
        return ()

    def show_rows(self, filters: dict[str, str]) -> None:
        """Shows the rows with these filter texts by column."""

    def reconnected(self) -> None:
        """Reads everything again after the database was lost."""

    def state(self) -> Mapping[str, QByteArray | str]:
        """What is remembered of it for the next session, by name."""
        return {}

    def restore(self, columns: QByteArray | None, split: QByteArray | None, filters: str) -> None:
        """Applies what `state` returned in an earlier session."""

    def close_page(self) -> None:
        """Ends subscriptions and timers: the tab is closed."""


class Tab(PageWidget):
    """A tab around a widget that knows nothing of pages."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        self.setFocusProxy(content)


def tab_of(page: Page, context: Context) -> PageWidget:
    """The page's widget as the content of a tab, with the page's object name (`page.CODE`)."""
    made = page.make(context)
    tab = made if isinstance(made, PageWidget) else Tab(made)
    tab.setObjectName(f"page.{page.code}")
    return tab
