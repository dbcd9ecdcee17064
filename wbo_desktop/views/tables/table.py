"""The table view: rows are selected, columns are chosen and remembered, cells and rows are copied, and an
empty table says why."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCursor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget

from wbo_desktop.models.tables import View
from wbo_desktop.views import labels, theme
from wbo_desktop.views.commands import Command, Commands, action_of
from wbo_desktop.views.commands import declared as command
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.plain_text import PlainLabel, copy_exactly, copy_value, for_spreadsheet
from wbo_desktop.views.tables.columns import Cell, Kind
from wbo_desktop.views.tables.delegate import CellDelegate
from wbo_desktop.views.tables.merging import Key
from wbo_desktop.views.tables.model import CELL_ROLE, PagedModel

_CHIP_ROOM = 48


class Table(Retranslated, QTableView):
    """A view of a `PagedModel`."""

    chosen = Signal()
    """Emitted when the selection changed."""
    opened = Signal()
    """Emitted when a row was double-clicked, or Enter was pressed on it."""
    ordered = Signal(str, bool)
    """Emitted when the operator asks for another order: column, and whether descending."""
    left = Signal()
    """Emitted when the pointer left the rows, or their menu was closed."""

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        self._scale = theme.scaled(100) / 100
        super().__init__(parent)
        self._source = model
        self._chosen_widths = False
        self._acts: Sequence[QAction] = ()
        self._anchor: tuple[Key, int] | None = None
        self._order: tuple[int, bool] | None = None
        self._menu_open = False
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self._set_up_header()
        self._fit_rows()
        self._empty = PlainLabel(self.viewport())
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.hide()
        self._bind_commands()
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        model.merging.connect(self._remember_place)
        model.merged.connect(self._restore_place)
        model.needed = self._needed
        model.held = self.aimed_at

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_columns)
        header.setSectionsClickable(any(column.sortable for column in self._source.columns))
        header.sectionClicked.connect(self._order_by)
        for at, column in enumerate(self._source.columns):
            header.resizeSection(at, theme.scaled(column.width))
            header.setSectionHidden(at, not column.visible)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(38, self.fontMetrics().height() + 20))

    def _bind_commands(self) -> None:
        self.commands = Commands(self)
        self.commands.bind(command.OPEN_ROW, self.opened.emit, self._no_cell)
        self.commands.bind(command.COPY, self.copy)
        self._copies = [
            self.commands.bind(copy, run).action
            for copy, run in (
                (command.COPY_CELL, self.copy_cell),
                (command.COPY_ROWS, self.copy_rows),
                (command.COPY_CSV, self.copy_csv),
            )
        ]
        self._columns = self.commands.bind(
            command.CHOOSE_COLUMNS,
            lambda: self._show_columns(self.horizontalHeader().rect().bottomLeft()),
        ).action
        self.retranslate()

    def _no_cell(self) -> str:
        if self.currentIndex().isValid():
            return ""
        return QCoreApplication.translate("act", "Select one row first.")

    def retranslate(self) -> None:
        self.commands.retranslate()
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Makes columns of chips as wide as their longest word in the current language, until the operator
        chose widths."""
        if self._chosen_widths:
            return
        for at, column in enumerate(self._source.columns):
            if column.kind is Kind.CHIP and isinstance(column.words, labels.Words):
                widest = max(
                    self.fontMetrics().horizontalAdvance(column.words(code)) for code in column.words
                )
                width = max(theme.scaled(column.width), widest + theme.scaled(_CHIP_ROOM))
                self.horizontalHeader().resizeSection(at, width)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()
            self._fit_columns()
        super().changeEvent(event)

    def _fit_columns(self) -> None:
        """Scales the widths of columns with the text size."""
        scale = theme.scaled(100) / 100
        if scale != self._scale:
            header = self.horizontalHeader()
            for at in range(header.count()):
                header.resizeSection(at, round(header.sectionSize(at) * scale / self._scale))
            self._scale = scale

    # rows

    def set_acts(self, acts: Sequence[QAction]) -> None:
        """Sets the page's acts as entries of the context menu."""
        self._acts = acts

    def selected_numbers(self) -> list[int]:
        """The numbers of the selected rows, from 0, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def selected(self) -> View | None:
        """The selected row; None when none or several are."""
        numbers = self.selected_numbers()
        return self._source.row(numbers[0]) if len(numbers) == 1 else None

    def select(self, key: Key) -> bool:
        """Selects the row with this key and scrolls to it. False when it is not loaded."""
        at = self._source.find(key)
        if at is None:
            return False
        self.selectRow(at)
        self.scrollTo(self._source.index(at, 0))
        return True

    def show_selected(self) -> None:
        """Scrolls to the selected row."""
        if numbers := self.selected_numbers():
            self.scrollTo(self._source.index(numbers[0], 0))

    def _needed(self) -> int:
        """The number of rows down to the lowest that is selected or in view."""
        last = self.indexAt(QPoint(2, self.viewport().height() - 2))
        seen = last.row() if last.isValid() else self._source.rowCount() - 1
        return max([seen, *self.selected_numbers()]) + 1

    # the pointer

    def aimed_at(self) -> bool:
        """Whether the pointer is over the rows, or the context menu is open."""
        return self._menu_open or QApplication.widgetAt(QCursor.pos()) is self.viewport()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.left.emit()
        return super().viewportEvent(event)

    def _menu_closed(self) -> None:
        self._menu_open = False
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.commands.press(event):
            super().keyPressEvent(event)

    def _remember_place(self) -> None:
        """Remembers the row at the top before rows change; not at the very top, where new rows are to be
        seen."""
        top = self.indexAt(QPoint(2, 2))
        scrolled = self.verticalScrollBar().value() > 0
        self._anchor = (
            (self._source.key_of(top.row()), self.visualRect(top).top())
            if scrolled and top.isValid()
            else None
        )

    def _restore_place(self) -> None:
        if self._anchor is None:
            return
        key, offset = self._anchor
        at = self._source.find(key)
        if at is not None:
            self.updateGeometries()
            self.verticalScrollBar().setValue(self.rowViewportPosition(at) + self.verticalOffset() - offset)

    # columns

    def first_columns_width(self) -> int:
        """The width of the columns up to the first amount, which tell what a row is about; 0 without an
        amount."""
        header, width = self.horizontalHeader(), self.verticalScrollBar().sizeHint().width()
        for place in range(header.count()):
            at = header.logicalIndex(place)
            if header.isSectionHidden(at):
                continue
            width += header.sectionSize(at)
            if self._source.columns[at].kind is Kind.AMOUNT:
                return width
        return 0

    def squeeze_first_columns(self, room: int) -> None:
        """Narrows the first column of text when the columns up to the amount need more than `room`; its
        tooltip has the whole."""
        header = self.horizontalHeader()
        for at, column in enumerate(self._source.columns):
            missing = self.first_columns_width() - room
            if missing > 0 and column.kind is Kind.TEXT and not header.isSectionHidden(at):
                header.resizeSection(at, max(theme.scaled(60), header.sectionSize(at) - missing))
                break

    def save_state(self) -> QByteArray:
        """Order, widths and visibility of the columns, with the names of the columns they are for."""
        return QByteArray(self._names()).append(self.horizontalHeader().saveState())

    def restore_state(self, state: QByteArray) -> None:
        """Applies what `save_state` returned; ignores the state of other columns, which Qt would apply by
        position."""
        names = self._names()
        if not state.startsWith(names):
            return
        self._chosen_widths = self.horizontalHeader().restoreState(state.mid(len(names)))
        # an arrow of the last session would tell of an order that was not asked for in this one
        self.horizontalHeader().setSortIndicatorShown(self._order is not None)

    def _names(self) -> bytes:
        return ",".join(column.key for column in self._source.columns).encode() + b"\n"

    def _show_columns(self, at: QPoint) -> None:
        header = self.horizontalHeader()
        menu = QMenu(self)
        for number, column in enumerate(self._source.columns):
            action = action_of(Command(f"column.{column.key}", column.heading), menu)
            menu.addAction(action)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            last = header.count() - header.hiddenSectionCount() == 1
            action.setEnabled(not (action.isChecked() and last))
            action.toggled.connect(lambda on, number=number: header.setSectionHidden(number, not on))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(header.mapToGlobal(at))

    def _order_by(self, section: int) -> None:
        column = self._source.columns[section]
        if not column.sortable:
            return
        # remembered here: the header turns its own arrow round before it tells of the click
        descending = self._order != (section, True)
        self._order = section, descending
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(
            section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        )
        self.ordered.emit(column.key, descending)

    # copying

    def copy(self) -> None:
        """The cell the cursor is on; the rows, where several are selected."""
        self.copy_cell() if len(self.selected_numbers()) <= 1 else self.copy_rows()

    def copy_cell(self) -> None:
        """Copies the whole value of the current cell."""
        index = self.currentIndex()
        if index.isValid():
            cell: Cell = index.data(CELL_ROLE)
            copy_value(cell.plain, cell.number)

    def copy_rows(self) -> None:
        """Copies the selected rows as shown, cells separated by tabs."""
        copy_exactly("\n".join("\t".join(line) for line in self._lines(False)))

    def copy_csv(self) -> None:
        """Copies the selected rows with headings and whole values, as CSV."""
        text = io.StringIO()
        csv.writer(text).writerows(
            [[self._source.columns[c].heading() for c in self._visible()], *self._lines(True)]
        )
        copy_exactly(text.getvalue())

    def _visible(self) -> list[int]:
        header = self.horizontalHeader()
        logical = (header.logicalIndex(at) for at in range(header.count()))
        return [section for section in logical if not header.isSectionHidden(section)]

    def _lines(self, plain: bool) -> list[list[str]]:
        def value(row: int, column: int) -> str:
            cell: Cell = self._source.index(row, column).data(CELL_ROLE)
            return for_spreadsheet(cell.plain if plain else cell.plain or cell.text, cell.number)

        return [[value(row, column) for column in self._visible()] for row in self.selected_numbers()]

    def _show_menu(self, at: QPoint) -> None:
        index: QModelIndex = self.indexAt(at)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        if index.isValid():
            menu.addActions(list(self._acts))
            menu.addSeparator()
            menu.addActions(self._copies)
            menu.addSeparator()
        menu.addAction(self._columns)
        menu.aboutToHide.connect(self._menu_closed)
        menu.aboutToHide.connect(menu.deleteLater)
        self._menu_open = True
        menu.popup(self.viewport().mapToGlobal(at))

    # empty

    def set_empty_text(self, text: str) -> None:
        """Sets the text in place of the rows; an empty text hides it."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))
        self._place_empty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_empty()

    def _place_empty(self) -> None:
        room = self.viewport().rect()
        width = min(460, room.width() - 40)
        self._empty.setGeometry(
            (room.width() - width) // 2, room.height() // 6, width, max(120, room.height() // 3)
        )
