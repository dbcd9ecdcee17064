"""The list page: filter bar, acts, table and detail panel, put together from a `PageSpec`.

It reads its rows again when one of its topics changed, or, while it is hidden, when it is shown again;
selection and scroll position stay.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import LOST, RuleViolation
from wbo_desktop.models.tables import View
from wbo_desktop.services.pages import Count
from wbo_desktop.views import theme
from wbo_desktop.views.commands import Bound, Command, dress
from wbo_desktop.views.commands import declared as command
from wbo_desktop.views.i18n import text
from wbo_desktop.views.operation import background, operation, sentence
from wbo_desktop.views.pages.act_bar import ActBar
from wbo_desktop.views.pages.base import PageWidget
from wbo_desktop.views.pages.detail import DetailPanel
from wbo_desktop.views.pages.filters import FilterBar
from wbo_desktop.views.pages.record_window import RecordWindow
from wbo_desktop.views.pages.spec import Context, PageSpec
from wbo_desktop.views.plain_text import PlainLabel, set_hint
from wbo_desktop.views.tables.merging import Key
from wbo_desktop.views.tables.model import PagedModel
from wbo_desktop.views.tables.table import Table
from wbo_desktop.views.widgets.plain import label

_ABOVE = 124
GATHER = 150
"""Milliseconds for which notifications are gathered before the rows are read again."""


class ListPage(PageWidget):
    """A page of the menu that lists rows, as a `PageSpec` declares it."""

    def __init__(self, context: Context, spec: PageSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec, self._context = spec, context
        self.setObjectName(f"page.{spec.code}")
        self._stale = False
        self._roomy = False
        self._wanted_key: Key | None = None
        self._order: tuple[str | None, bool] = (None, True)
        self.model = PagedModel(context.desk, spec.model, spec.columns, self)
        self.table = Table(self.model, self)
        self.table.setObjectName(f"{spec.code}.table")
        self.filters = FilterBar(context, spec.filters, self)
        self.acts = ActBar(context.desk, spec, self.table.selected, self, self._barred)
        self.detail = DetailPanel(context, spec, self)
        self.table.set_acts(self.acts.actions())
        self._build()
        self._connect()
        self._leaving = QTimer(self)
        self._leaving.setInterval(1000)
        self._leaving.timeout.connect(self._left)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER)
        self._gather.timeout.connect(self._look_again)
        self._unsubscribe = context.desk.changes.subscribe(spec.topics, self._changed)
        self.retranslate()

    def _build(self) -> None:
        self._count = PlainLabel(self)
        self._count.setObjectName("count")
        self._count.setProperty("role", "small")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._new = QPushButton(self)
        self._new.setObjectName("new_rows")
        self._new.setProperty("kind", "new_rows")
        self._new.clicked.connect(self.let_in)
        # one room for both, always as wide: nothing moves when rows begin to wait, or when there are more
        self._above = QStackedWidget(self)
        self._above.setFixedWidth(theme.scaled(_ABOVE))
        self._above.addWidget(self._count)
        self._above.addWidget(self._new)
        self._reload = self._tool(command.REFRESH, self._refresh_pressed)
        self._panel = self._tool(command.PANEL, lambda: self.detail.setVisible(not self.detail.isVisible()))
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self.acts, 1)
        bar.addWidget(self._above)
        bar.addWidget(self._reload)
        bar.addWidget(self._panel)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        # it takes what is left; its wish for more would squeeze the filters and buttons above it
        self._split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._split.setSizes([740, theme.scaled(398)])
        self.detail.setVisible(bool(self.spec.sections))
        self._panel.setVisible(bool(self.spec.sections))
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 2)
        top.addWidget(self.filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(bar)
        self._notice = label("", "warning", self, "notice")
        self._notice.setContentsMargins(16, 0, 16, 8)
        layout.addWidget(self._notice)
        layout.addWidget(self._split, 1)

    def _tool(self, does: Command, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(does.code)
        button.clicked.connect(act)
        return button

    def _connect(self) -> None:
        self.filters.applied.connect(self._apply)
        self.acts.explained.connect(self.explained)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.ordered.connect(self._ordered)
        self.table.left.connect(self._left)
        self.acts.wanted.connect(self.table.show_selected)
        self.acts.done.connect(self._done)
        self.model.waiting_changed.connect(self._say_waiting)
        self.model.began_anew.connect(self._choose_first)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)

    def retranslate(self) -> None:
        self.setAccessibleName(text(self.spec.title))
        dress(self._reload, command.REFRESH)
        dress(self._panel, command.PANEL)
        self.table.setAccessibleName(text(self.spec.title))
        self.model.retranslate()
        self._say_waiting()
        self._say_empty()
        self._say_notice()

    # loading

    def _apply(self) -> None:
        order, descending = self._order
        self.model.set_query(self.filters.filters(), order, descending)
        self._count.clear()
        self._say_empty()

    def _ordered(self, column: str, descending: bool) -> None:
        self._order = (column, descending)
        self._apply()

    def refresh(self) -> None:
        self._stale = False
        self.model.refresh()

    def let_in(self) -> None:
        """Reads the rows again and shows new ones at once, wherever the pointer is (F5, and the button that
        counts them)."""
        self._stale = False
        self.model.refresh(let_in=True)

    def _refresh_pressed(self) -> None:
        operation(self._reload, self._count_exactly)
        self.let_in()

    async def _count_exactly(self) -> None:
        self._show_count(await self._context.desk.count(self.spec.model, self.model.filters, exact=True))

    async def _estimate(self) -> None:
        self._show_count(await self._context.desk.count(self.spec.model, self.model.filters))

    def _show_count(self, count: Count) -> None:
        rows = max(count.rows, self.model.rowCount())
        exact = count.exact or not self.model.canFetchMore(self.table.rootIndex())
        if exact and not count.exact:
            rows = self.model.rowCount()
        template = self.tr("%n row(s)", "", rows) if exact else self.tr("about %n row(s)", "", rows)
        self._count.setText(template)

    def _loaded(self) -> None:
        self._say_empty()
        self._say_notice()
        if self.model.canFetchMore(self.table.rootIndex()):
            background(self._estimate(), self, on_error=lambda _: None)
        else:
            self._show_count(Count(self.model.rowCount(), True))
        if self._wanted_key is not None and self.table.select(self._wanted_key):
            self._wanted_key = None
        self._chosen()

    def _choose_first(self) -> None:
        """Selects the row when a new query found only one."""
        if self.model.rowCount() == 1 and self._wanted_key is None:
            self.table.selectRow(0)

    def _failed(self, error: Exception) -> None:
        self._say_empty()
        if not self.model.rowCount():
            self.table.set_empty_text(sentence(error))
        elif not (isinstance(error, RuleViolation) and error.code in LOST):
            self.explained.emit(sentence(error))
        self._stale = True

    def _say_notice(self) -> None:
        said = self.spec.notice(self._context.desk)
        self._notice.setText(said)
        self._notice.setVisible(bool(said))

    def _say_empty(self) -> None:
        if self.model.rowCount():
            self.table.set_empty_text("")
        elif self.model.loading or not self.model.ever_loaded:
            self.table.set_empty_text(self.tr("Loading…"))
        elif self.model.filters:
            self.table.set_empty_text(
                self.tr("Nothing matches these filters. Press Esc in the filter bar to clear them.")
            )
        else:
            self.table.set_empty_text(text(self.spec.empty))

    # live

    def _changed(self, topics: frozenset[Topic]) -> None:
        self._stale = True
        if self.isVisible():
            self._gather.start()

    def _look_again(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    def _left(self) -> None:
        """Lets waiting rows in when the pointer left the table."""
        if self.model.waiting and not self.table.aimed_at():
            self._stale = True
            self._gather.start()

    def _say_waiting(self) -> None:
        waiting = self.model.waiting
        self._new.setText(self.tr("%n new", "", waiting))
        set_hint(self._new, command.REFRESH.hint(self.tr("Show them")))
        self._above.setCurrentWidget(self._new if waiting else self._count)
        # the pointer may be gone without a word: behind another window, or with a page that was closed
        self._leaving.start() if waiting else self._leaving.stop()

    def _done(self, row: View | None) -> None:
        """Reads the rows again after the operator's own act, and keeps its row in the list (`row` None: shows
        the new one)."""
        if row is not None:
            self.model.keep(row.key)
        self._stale = False
        self.model.refresh(let_in=row is None)

    def make_room(self) -> None:
        """Makes the columns up to the amount fit without scrolling sideways: the detail panel gets what they
        leave, or is hidden until its button is pressed."""
        needed, whole = self.table.first_columns_width(), self._split.width()
        if self.detail.isHidden() or self._split.sizes()[0] >= needed:
            return
        left = whole - needed - self._split.handleWidth()
        if left < self.detail.minimumWidth():
            self.detail.hide()
            self.table.squeeze_first_columns(whole)
        else:
            self._split.setSizes([whole - left, left])

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the rows when something changed while the page was hidden."""
        super().showEvent(event)
        if not self._roomy:
            self._roomy = True
            QTimer.singleShot(0, self, self.make_room)  # when its width is known
        if not self.model.ever_loaded and not self.model.loading:
            self._apply()
        elif self._stale:
            self._gather.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.explained.emit("")

    def reconnected(self) -> None:
        """Reads the rows again after the database was lost."""
        self._changed(frozenset())

    # the selected row

    def _barred(self, row: View) -> str:
        """The reason against every act on a row that the source no longer has, though it is still shown; else
        empty."""
        if not self.model.gone(row.key):
            return ""
        return self.tr("This row is no longer in the list. Load again to see what is there now.")

    def _chosen(self) -> None:
        self.acts.update_state()
        self.detail.show_row(self.table.selected())

    def _opened(self) -> None:
        row = self.table.selected()
        if row is None:
            return
        if self.spec.opens is not None:
            self.spec.opens(self._context.desk, row, self.window()).open()
        elif self.spec.sections:
            RecordWindow(self._context, self.spec, row, self.window()).show()

    def take_focus(self) -> None:
        self.table.setFocus()

    def update_acts(self) -> None:
        self.acts.update_state()

    def bound(self) -> Iterable[Bound]:
        return self.acts.commands

    def selected(self) -> View | None:
        """The selected row; None when none or several are."""
        return self.table.selected()

    def show_rows(self, filters: dict[str, str], key: Key | None = None) -> None:
        """Sets the filter texts by column, applies them, and selects the row with this key."""
        self._wanted_key = key
        self.table.clearSelection()
        self.filters.set_texts(filters)

    # remembered

    def state(self) -> dict[str, QByteArray | str]:
        """Columns, sizes and filter choices, to be remembered."""
        return {
            "columns": self.table.save_state(),
            "split": self._split.saveState(),
            "filters": self.filters.choices(),
        }

    def restore(self, columns: QByteArray | None, split: QByteArray | None, filters: str) -> None:
        """Applies what `state` returned in an earlier session."""
        if columns:
            self.table.restore_state(columns)
        if split:
            self._split.restoreState(split)
        self.filters.restore(filters)

    def close_page(self) -> None:
        """Ends subscriptions and timers."""
        self._unsubscribe()
        self._gather.stop()


def title(spec: PageSpec) -> str:
    """The page's label in the current language."""
    return text(spec.title)
