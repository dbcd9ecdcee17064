"""The one table model: keyset pages of rows in memory, cells made once, changes merged in.

Talks to the desk only to load; `data()` reads a list. A refresh fetches what is loaded again and turns the
difference into inserted, removed, moved and changed rows, so that a view keeps its selection and its place. While the
model is held (the pointer is over the table), rows only change where they are: new ones are counted, and come when
they are let in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from wbo_desktop.models.tables import View
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, PageRequest
from wbo_desktop.views import fonts, theme
from wbo_desktop.views.operation import background
from wbo_desktop.views.plain_text import hint, one_line
from wbo_desktop.views.tables.columns import Cell, Column, Kind, cell
from wbo_desktop.views.tables.merging import Key, newcomers, with_kept

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_ROLE = Qt.ItemDataRole.UserRole + 2

PAGE = 100
REFRESH_PAGE = 500
LOOKED_UP = 20
"""The most rows that are read one by one at a refresh because they left the list; others stay as they
were."""

_RIGHT = frozenset({Kind.NUMBER, Kind.AMOUNT})
_FIXED = frozenset({Kind.CODE, Kind.ADDRESS})

Index = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractTableModel):
    """The rows of one source under a filter and an order, as a Qt table model."""

    loaded = Signal()
    """Emitted when loading ended, with rows or without."""
    failed = Signal(object)
    """Emitted with the exception when loading failed; the rows stay."""
    began_anew = Signal()
    """Emitted when a new query's first page is shown."""
    merging = Signal()
    merged = Signal()
    waiting_changed = Signal(int)
    """Emitted with the number of new rows that are not shown yet."""

    def __init__(
        self,
        desk: Desk,
        source: type[View],
        columns: Sequence[Column],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.source, self.columns = source, tuple(columns)
        self._desk = desk
        self._filters: tuple[Filter, ...] = ()
        self._order: str | None = None
        self._descending = True
        self._rows: list[View] = []
        self._cells: list[list[Cell]] = []
        self._last: Key | None = None
        self._generation = 0
        self._loading = False
        self._again = False
        self._more = False
        self._let_in = False
        self._waiting = 0
        self._kept: set[Key] = set()
        self._gone: set[Key] = set()
        self.ever_loaded = False
        self.needed: Callable[[], int] = lambda: len(self._rows)
        """The number of rows from the first on that stay loaded: to the last that is selected or in view. Set
        by the view."""
        self.held: Callable[[], bool] = lambda: False
        """Whether rows have to stay in place, since the operator may be about to click on one. Set by the
        view."""

    # what the page asks for

    def set_query(self, filters: Sequence[Filter], order: str | None = None, descending: bool = True) -> None:
        """Loads the first page of a new query, in place of the rows."""
        self._filters, self._order, self._descending = tuple(filters), order, descending
        self._generation += 1
        self._loading = self._again = self._more = self._let_in = False
        self._load(self._first_page(self._generation))

    def refresh(self, let_in: bool = False) -> None:
        """Loads the shown rows again; during a loading, once more when it has ended.

        Args:
            let_in: the operator asked for it: new rows are shown although the model is held.
        """
        self._let_in |= let_in
        if self._loading:
            self._again = True
            return
        self._load(self._all_again(self._generation))

    def keep(self, key: Key) -> None:
        """Keeps this row in the list until the next query, although it may no longer match the filters."""
        self._kept.add(key)

    @property
    def waiting(self) -> int:
        """The number of new rows that are not shown yet, since the model is held."""
        return self._waiting

    def gone(self, key: Key) -> bool:
        """Whether the source no longer has the row, which is shown only since the model is held."""
        return key in self._gone

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters of the current query."""
        return self._filters

    @property
    def loading(self) -> bool:
        """Whether a request is under way."""
        return self._loading

    def row(self, number: int) -> View:
        """The row with this number, from 0."""
        return self._rows[number]

    def key_of(self, number: int) -> Key:
        """The key of the row with this number, from 0."""
        return self._key_of(self._rows[number])

    def find(self, key: Key) -> int | None:
        """The number of the row with this key; None when it is not loaded."""
        return next((at for at, row in enumerate(self._rows) if self._key_of(row) == key), None)

    def retranslate(self) -> None:
        """Makes every cell again in the current language."""
        self._cells = [self._make(row) for row in self._rows]
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    # loading

    def _load(self, work: Any) -> None:
        self._loading = True
        generation = self._generation
        background(work, self, on_error=lambda error: self._load_failed(generation, error))

    def _load_failed(self, generation: int, error: Exception) -> None:
        if generation != self._generation:
            return  # of a question that is no longer asked
        self._loading = False
        self.failed.emit(error)
        self._go_on()

    def _request(self, after: Key | None, limit: int) -> PageRequest[Any]:
        return PageRequest(self.source, self._filters, self._order, self._descending, after, limit)

    async def _first_page(self, generation: int) -> None:
        page = await self._desk.page(self._request(None, PAGE))
        if generation != self._generation:
            return
        self._last = page.last
        self._kept.clear()
        self._gone.clear()
        self.beginResetModel()
        self._rows = list(page.rows)
        self._cells = [self._make(row) for row in self._rows]
        self.endResetModel()
        self._wait_for(0)
        self.began_anew.emit()
        self._ended()

    async def _next_page(self, generation: int) -> None:
        page = await self._desk.page(self._request(self._last, PAGE))
        if generation != self._generation:
            return
        self._last = page.last
        if rows := self._new_ones(page.rows):
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self._cells += [self._make(row) for row in rows]
            self.endInsertRows()
        self._ended()

    async def _all_again(self, generation: int) -> None:
        fresh, last = await self._fetched()
        looked_up = await self._looked_up({self._key_of(row) for row in fresh}, whole=last is None)
        if generation != self._generation:
            return
        if self._rows and not self._let_in and self.held():
            self._change_in_place(fresh, looked_up, whole=last is None)
        else:
            self._let_in = False
            self._last = last
            self._gone.clear()
            shown = [self._key_of(row) for row in self._rows]
            self._merge(with_kept(fresh, shown, self._kept, looked_up, self._key_of))
            self._wait_for(0)
        self._ended()

    async def _fetched(self) -> tuple[list[View], Key | None]:
        """The rows as they are now: as many as are needed, and as many more as are new, each once; and the
        key to go on after."""
        wanted = max(PAGE, self.needed())
        known = {self._key_of(row) for row in self._rows}
        rows: dict[Key, View] = {}
        last: Key | None = None
        allowed = REFRESH_PAGE
        while True:
            page = await self._desk.page(self._request(last, min(REFRESH_PAGE, max(1, wanted - len(rows)))))
            rows |= {self._key_of(row): row for row in page.rows}
            last = page.last
            if len(rows) >= wanted and known:
                # rows that came pushed others out of what was asked for
                pushed = min(allowed, sum(key not in known for key in rows))
                wanted, allowed = wanted + pushed, 0
            if last is None or len(rows) >= wanted:
                return list(rows.values()), last

    async def _looked_up(self, fetched: set[Key], whole: bool) -> dict[Key, View | None]:
        """The shown rows that were not among the fetched but have to stay, each read by itself; None for one
        that is gone."""
        shown = [self._key_of(row) for row in self._rows]
        end = max((at for at, key in enumerate(shown) if key in fetched), default=0)
        missing = (key for key in (shown if whole else shown[:end]) if key not in fetched)
        held = self.held()
        stay = [key for key in missing if held or key in self._kept][:LOOKED_UP]
        return {
            key: await self._desk.row(
                self.source, **dict(zip(self.source.paging.key_names, key, strict=True))
            )
            for key in stay
        }

    def _ended(self) -> None:
        self._loading = False
        self.ever_loaded = True
        self.loaded.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Does what was asked for during a loading."""
        if self._again:
            self._again = False
            self.refresh()
        elif self._more:
            self._more = False
            self.fetchMore(QModelIndex())

    def _new_ones(self, rows: Sequence[View]) -> list[View]:
        """The rows that are not loaded yet."""
        known = {self._key_of(row) for row in self._rows}
        return [row for row in rows if self._key_of(row) not in known]

    # merging

    def _change_in_place(self, fresh: list[View], looked_up: dict[Key, View | None], whole: bool) -> None:
        """Updates the shown rows without adding, removing or moving one; counts those that would be added."""
        now: dict[Key, View | None] = {**{self._key_of(row): row for row in fresh}, **looked_up}
        shown = [self._key_of(row) for row in self._rows]
        for at, key in enumerate(shown):
            row = now.get(key, self._rows[at])
            if (row is None) != (key in self._gone):
                self._gone ^= {key}
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
            if row is not None:
                self._change(at, row)
        self._wait_for(newcomers([self._key_of(row) for row in fresh], set(shown), whole))

    def _wait_for(self, rows: int) -> None:
        if rows != self._waiting:
            self._waiting = rows
            self.waiting_changed.emit(rows)

    def _merge(self, fresh: list[View]) -> None:
        self.merging.emit()
        keys = [self._key_of(row) for row in fresh]
        self._remove_missing(set(keys))
        for at, (key, row) in enumerate(zip(keys, fresh, strict=True)):
            if at < len(self._rows) and self._key_of(self._rows[at]) == key:
                self._change(at, row)
            elif (found := self._find_after(at, key)) is not None:
                self._move(found, at)
                self._change(at, row)
            else:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self._cells.insert(at, self._make(row))
                self.endInsertRows()
        self.merged.emit()

    def _remove_missing(self, keep: set[Key]) -> None:
        for at in range(len(self._rows) - 1, -1, -1):
            if self._key_of(self._rows[at]) not in keep:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at], self._cells[at]
                self.endRemoveRows()

    def _find_after(self, start: int, key: Key) -> int | None:
        return next(
            (at for at in range(start + 1, len(self._rows)) if self._key_of(self._rows[at]) == key), None
        )

    def _move(self, source: int, target: int) -> None:
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target)
        self._rows.insert(target, self._rows.pop(source))
        self._cells.insert(target, self._cells.pop(source))
        self.endMoveRows()

    def _change(self, at: int, row: View) -> None:
        if self._rows[at] == row:
            return
        self._rows[at], cells = row, self._make(row)
        # each block changes every row of its network, and hardly any of what is shown of them
        if cells != self._cells[at]:
            self._cells[at] = cells
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def _key_of(self, row: View) -> Key:
        return row.key

    def _make(self, row: View) -> list[Cell]:
        cells = [cell(column, row) for column in self.columns]
        return [replace(one, text=one_line(one.text)) if "\n" in one.text else one for one in cells]

    # what Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._last is not None

    def fetchMore(self, parent: Index) -> None:
        """Loads the next page, after a loading that is under way."""
        if not self.canFetchMore(parent):
            return
        if self._loading:
            self._more = True
        else:
            self._load(self._next_page(self._generation))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        shown = self._cells[index.row()][index.column()]
        kind = self.columns[index.column()].kind
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint(shown.tooltip) or None
        if role == CELL_ROLE:
            return shown
        if role == KIND_ROLE:
            return kind
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if kind in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and kind in _FIXED:
            return fonts.mono()
        if role == Qt.ItemDataRole.ForegroundRole and self._key_of(self._rows[index.row()]) in self._gone:
            return QColor(theme.now().faint)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].kind in _RIGHT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
