"""The menu on the left: a searchable tree of pages, with the number of rows that wait for this operator."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.services.desk import Desk
from wbo_desktop.views import icons, theme
from wbo_desktop.views.i18n import Retranslated, text
from wbo_desktop.views.menu import Folder, allowed, pages
from wbo_desktop.views.operation import background
from wbo_desktop.views.pages.base import Page
from wbo_desktop.views.plain_text import PlainLabel, set_hint

CODE = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
MOST_COUNTED = 1000
"""The largest number that is shown beside a page."""
_GATHER = 400


class Sidebar(Retranslated, QFrame):
    """The menu tree as a widget. Emits `wanted` with the code of a page."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._desk = desk
        self._tree_data: tuple[Folder | Page, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._folders: list[tuple[Folder, QTreeWidgetItem]] = []
        self._brand = PlainLabel("WBO Desktop", self)
        self._brand.setObjectName("brand")
        mark = PlainLabel(self)
        mark.setPixmap(icons.pixmap("shield", theme.now().accent, 22))
        self._mark = mark
        self._search = QLineEdit(self)
        self._search.setObjectName("menu.search")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._search.returnPressed.connect(self._open_first)
        self._tree = _Tree(self)
        self._tree.setObjectName("menu")
        self._tree.setHeaderHidden(True)
        self._tree.setIndentation(9)
        self._tree.setRootIsDecorated(False)
        self._tree.setIconSize(QSize(18, 18))
        self._tree.setItemDelegate(_EntryDelegate(self._tree))
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.itemClicked.connect(self._clicked)
        self._tree.entered_on.connect(self._clicked)
        top = QHBoxLayout()
        top.setContentsMargins(6, 2, 0, 4)
        top.setSpacing(8)
        top.addWidget(mark)
        top.addWidget(self._brand, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 11, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._search)
        layout.addWidget(self._tree, 1)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER)
        self._gather.timeout.connect(self.count)
        topics = {topic for spec in pages() for waiting in spec.waiting for topic in waiting.topics}
        self._unsubscribe = desk.changes.subscribe(topics, lambda _: self._soon())
        self.rebuild()

    def rebuild(self) -> None:
        """Makes the tree again from this operator's current permissions."""
        self._tree_data = allowed(self._desk)
        self._items, self._folders = {}, []
        self._tree.clear()
        self._fill(self._tree.invisibleRootItem(), self._tree_data)
        self._tree.expandAll()
        self.retranslate()

    def _fill(self, under: QTreeWidgetItem, entries: tuple[Folder | Page, ...]) -> None:
        for entry in entries:
            item = QTreeWidgetItem(under)
            if isinstance(entry, Folder):
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._folders.append((entry, item))
                self._fill(item, entry.entries)
            else:
                item.setIcon(0, icons.icon(entry.icon))
                item.setData(0, CODE, entry.code)
                self._items[entry.code] = item

    def retranslate(self) -> None:
        self._search.setPlaceholderText(self.tr("Search the menu"))
        self._search.setAccessibleName(self.tr("Search the menu"))
        self._tree.setAccessibleName(self.tr("Menu"))
        for spec in pages(self._tree_data):
            self._items[spec.code].setText(0, text(spec.title))
            set_hint(self._items[spec.code], text(spec.title), 0)
        for folder, item in self._folders:
            item.setText(0, text(folder.title))
        self._mark.setPixmap(icons.pixmap("shield", theme.now().accent, 22))

    def show_current(self, code: str) -> None:
        """Marks the page whose tab is shown."""
        item = self._items.get(code)
        if item is None:
            self._tree.clearSelection()
        else:
            self._tree.setCurrentItem(item)

    def codes(self) -> list[str]:
        """The codes of the pages in the tree."""
        return list(self._items)

    def waiting(self, code: str) -> int:
        """The number of waiting rows that is shown beside a page."""
        return int(self._items[code].data(0, _COUNT) or 0)

    def _soon(self) -> None:
        """Counts a moment after the first of several changes; later ones do not put it off."""
        if not self._gather.isActive():
            self._gather.start()

    def count(self) -> None:
        """Asks the database for the numbers of waiting rows."""
        background(self._count(), self, on_error=lambda _: None)

    async def _count(self) -> None:
        may = self._desk.session.permissions
        asked = [
            (spec.code, one)
            for spec in pages(self._tree_data)
            for one in spec.waiting
            if one.permission is None or one.permission in may
        ]
        counts = await self._desk.waiting([(one.source, one.filters) for _, one in asked], MOST_COUNTED)
        totals: dict[str, int] = {}
        for (code, _), count in zip(asked, counts, strict=True):
            totals[code] = totals.get(code, 0) + count
        for code, total in totals.items():
            self._items[code].setData(0, _COUNT, total)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        code = item.data(0, CODE)
        if code:
            self.wanted.emit(code)
        else:
            item.setExpanded(not item.isExpanded())

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for item in self._items.values():
            item.setHidden(bool(wanted) and wanted not in item.text(0).casefold())
        for _, item in reversed(self._folders):
            children = [item.child(at) for at in range(item.childCount())]
            item.setHidden(all(child is None or child.isHidden() for child in children))
            if wanted:
                item.setExpanded(True)

    def _open_first(self) -> None:
        first = next((item for item in self._items.values() if not item.isHidden()), None)
        if first is not None:
            self._search.clear()
            self.wanted.emit(first.data(0, CODE))

    def close_sidebar(self) -> None:
        """Ends subscriptions and timers."""
        self._gather.stop()
        self._unsubscribe()


class _Tree(QTreeWidget):
    """A tree in which Enter opens a page as a click does, and the whole line is marked."""

    entered_on = Signal(QTreeWidgetItem)

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hovered = self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())) == index
        if index == self.currentIndex() or hovered:
            tokens = theme.now()
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if index == self.currentIndex() else tokens.hover))
            line = QRectF(option.rect).adjusted(0, 1, -2, -1)
            line.setLeft(0)
            painter.drawRoundedRect(line, 6, 6)
            painter.restore()
        super().drawRow(painter, option, index)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws nothing: headings fold on a click, without lines and arrows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem():
            self.entered_on.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class _EntryDelegate(QStyledItemDelegate):
    """Paints headings small and pale, and pages with their count in a pill."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        palette = option.palette
        color = QColor(theme.now().text if index.data(CODE) else theme.now().text_muted)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            palette.setColor(role, color)
        option.palette = palette
        if not index.data(CODE):
            font = QFont(option.font)
            font.setPointSizeF(font.pointSizeF() - 0.5)
            font.setWeight(QFont.Weight.DemiBold)
            option.font = font

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), 34 if index.data(CODE) else 30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        count = index.data(_COUNT)
        if not count:
            super().paint(painter, option, index)
            return
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(0, 0, -36, 0)
        super().paint(painter, beside, index)
        ink, ground = theme.tone(theme.Tone.BAD)
        shown = str(count) if count < MOST_COUNTED else f"{MOST_COUNTED - 1}+"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() - 1)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        width = max(22, painter.fontMetrics().horizontalAdvance(shown) + 14)
        rect = option.rect
        height = painter.fontMetrics().height() + 3
        pill = QRectF(rect.right() - width - 6, rect.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(ink)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()
