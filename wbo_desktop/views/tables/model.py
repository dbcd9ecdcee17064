"""The one table model: keyset pages of rows in memory, cells made once, changes merged in.

Talks to the desk only to load; `data()` reads a list. A refresh fetches what is loaded again and turns the
difference into inserted, removed, moved and changed rows, so that a view keeps its selection and its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, PageRequest, Row
from wbo_desktop.views import fonts
from wbo_desktop.views.operation import background
from wbo_desktop.views.plain_text import hint, one_line
from wbo_desktop.views.tables.columns import Cell, Column, Kind, cell

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_ROLE = Qt.ItemDataRole.UserRole + 2

PAGE = 100
REFRESH_PAGE = 500

_RIGHT = frozenset({Kind.NUMBER, Kind.AMOUNT})
_FIXED = frozenset({Kind.CODE, Kind.ADDRESS})

Index = QModelIndex | QPersistentModelIndex
Key = tuple[Any, ...]


class PagedModel(QAbstractTableModel):
    """Rows of one source under the filters of now."""

    loaded = Signal()
    """Rows arrived, or it turned out that there are none."""
    failed = Signal(object)
    """Loading failed; the rows that are there stay."""
    merging = Signal()
    merged = Signal()

    def __init__(
        self,
        desk: Desk,
        source: str,
        key: Sequence[str],
        columns: Sequence[Column],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.source, self.columns = source, tuple(columns)
        self._desk, self._key = desk, tuple(key)
        self._filters: tuple[Filter, ...] = ()
        self._order: str | None = None
        self._descending = True
        self._rows: list[Row] = []
        self._cells: list[list[Cell]] = []
        self._last: Key | None = None
        self._generation = 0
        self._loading = False
        self._again = False
        self.ever_loaded = False

    # what the page asks for

    def set_query(self, filters: Sequence[Filter], order: str | None = None, descending: bool = True) -> None:
        """Show other rows, from the first."""
        self._filters, self._order, self._descending = tuple(filters), order, descending
        self._generation += 1
        self._loading = False
        self._load(self._first_page(self._generation))

    def refresh(self) -> None:
        """Look again at what is loaded; a refresh that is under way is followed by one more."""
        if self._loading:
            self._again = True
            return
        self._load(self._all_again(self._generation))

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters of now."""
        return self._filters

    @property
    def loading(self) -> bool:
        """Whether rows are on their way."""
        return self._loading

    def row(self, number: int) -> Row:
        """The row at a place of the table."""
        return self._rows[number]

    def key_of(self, number: int) -> Key:
        """What tells the row at a place from all others."""
        return self._key_of(self._rows[number])

    def find(self, key: Key) -> int | None:
        """The place of the row with this key, if it is loaded."""
        return next((at for at, row in enumerate(self._rows) if self._key_of(row) == key), None)

    def retranslate(self) -> None:
        """Make every cell again, in the language of now."""
        self._cells = [self._make(row) for row in self._rows]
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    # loading

    def _load(self, work: Any) -> None:
        self._loading = True
        background(work, on_error=self._load_failed)

    def _load_failed(self, error: Exception) -> None:
        self._loading = False
        self.failed.emit(error)

    def _request(self, after: Key | None, limit: int) -> PageRequest:
        return PageRequest(self.source, self._filters, self._order, self._descending, after, limit)

    async def _first_page(self, generation: int) -> None:
        page = await self._desk.page(self._request(None, PAGE))
        if generation != self._generation:
            return
        self._last = page.last
        self.beginResetModel()
        self._rows = list(page.rows)
        self._cells = [self._make(row) for row in self._rows]
        self.endResetModel()
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
        rows: list[Row] = []
        last: Key | None = None
        wanted = max(PAGE, len(self._rows))
        while True:
            limit = min(REFRESH_PAGE, wanted - len(rows))
            page = await self._desk.page(self._request(last, limit))
            rows += page.rows
            last = page.last
            if last is None or len(rows) >= wanted:
                break
        if generation != self._generation:
            return
        self._last = last
        self._merge(rows)
        self._ended()

    def _ended(self) -> None:
        self._loading = False
        self.ever_loaded = True
        self.loaded.emit()
        if self._again:
            self._again = False
            self.refresh()

    def _new_ones(self, rows: Sequence[Row]) -> list[Row]:
        """Without those that a refresh in between brought already."""
        known = {self._key_of(row) for row in self._rows}
        return [row for row in rows if self._key_of(row) not in known]

    # merging

    def _merge(self, fresh: list[Row]) -> None:
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

    def _change(self, at: int, row: Row) -> None:
        if self._rows[at] == row:
            return
        self._rows[at], self._cells[at] = row, self._make(row)
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def _key_of(self, row: Row) -> Key:
        return tuple(row[name] for name in self._key)

    def _make(self, row: Row) -> list[Cell]:
        cells = [cell(column, row) for column in self.columns]
        return [replace(one, text=one_line(one.text)) if "\n" in one.text else one for one in cells]

    # what Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Rows loaded so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """All columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the source has more rows."""
        return not parent.isValid() and self._last is not None and not self._loading

    def fetchMore(self, parent: Index) -> None:
        """Load the next page; its rows come later."""
        if self.canFetchMore(parent):
            self._load(self._next_page(self._generation))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Reads a list in memory."""
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
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].kind in _RIGHT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
