"""The desk's main window: menu on the left, pages as tabs on the right, state and the operator's own acts at
the top."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QStatusBar,
    QTabBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, menu, second_click, theme
from wbo_desktop.views.commands import Commands, dress
from wbo_desktop.views.commands import declared as command
from wbo_desktop.views.header import Banner, Header
from wbo_desktop.views.health import Health
from wbo_desktop.views.i18n import Marked, Retranslated, text
from wbo_desktop.views.jump import JumpDialog, Target, named, recognised, rows_like
from wbo_desktop.views.lock import IdleWatch, LockScreen
from wbo_desktop.views.operation import background, busy
from wbo_desktop.views.pages.base import Page, PageWidget, tab_of
from wbo_desktop.views.pages.record_window import RecordWindow
from wbo_desktop.views.pages.spec import Context, Explorers
from wbo_desktop.views.plain_text import message_box, set_hint, visible
from wbo_desktop.views.sidebar import Sidebar
from wbo_desktop.views.state import Remembered

_SIDEBAR = 230
_SIZE = QSize(1366, 768)
_FRAME = QSize(4, 32)
"""The least size of a system's window frame and title bar."""


def needs_whole_screen(room: QSize) -> bool:
    """Whether a new window is opened maximised: on a screen of `room` too small for it and its frame, but
    large enough for the content. On a smaller one it keeps its size."""
    with_frame = _SIZE + _FRAME
    fits = room.width() >= with_frame.width() and room.height() >= with_frame.height()
    return not fits and room.width() >= 1280 and room.height() >= 640


def _code_of(page: PageWidget) -> str:
    return page.objectName().removeprefix("page.")


def _title_of(page: PageWidget) -> Marked:
    return next(one.title for one in menu.pages() if one.code == _code_of(page))


class MainWindow(Retranslated, QMainWindow):
    """The window of one operator's session.

    Attributes:
        closed: set when the session ends.
        logged_out: whether the login is shown again; `end_reason` is the rule by which the server ended the
            session.
    """

    password_wanted = Signal()
    """Emitted when the operator asks to change the password."""

    def __init__(self, desk: Desk, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self.desk = desk
        self.closed = asyncio.Event()
        self.logged_out = False
        self.end_reason: RuleViolation | None = None
        self._sure = False
        self._remembered = Remembered(settings, desk.session.login)
        self._allowed = {page.code: page for page in menu.pages(menu.allowed(desk))}
        self.health = Health(desk, self)
        self._was_lost = False
        self._explorers = Explorers()
        self._context = Context(desk, self.health, self._explorers, self.open_page)
        self._build()
        self._lock_screen = LockScreen(desk, self, self._stack)
        self._lock_screen.log_out.connect(self.log_out)
        self._lock_screen.unlocked.connect(self._unlocked)
        self._idle = IdleWatch(self._idle_minutes, self)
        self._idle.idle.connect(self.lock)
        self._bind_commands()
        self.health.changed.connect(self._health_changed)
        self.health.ended.connect(self._ended)
        self._unsubscribe = desk.changes.subscribe({Topic.OPERATOR, Topic.POLICY}, self._permissions_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self.resize(_SIZE)
        self.retranslate()
        self._restore()

    def _build(self) -> None:
        self.sidebar = Sidebar(self.desk, self)
        self.sidebar.setFixedWidth(theme.scaled(_SIDEBAR))
        self.sidebar.wanted.connect(self.open_page)
        self.header = Header(self.desk, self.health, self._remembered.mode, self._remembered.scale, self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("pages")
        self.tabs.setDocumentMode(True)
        self.tabs.setMovable(True)
        self.tabs.currentChanged.connect(self._tab_changed)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.tabs, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.sidebar)
        across.addLayout(right, 1)
        self.status = QStatusBar(self)
        self.status.setSizeGripEnabled(False)
        # one widget holds all there is, so that the lock can take its place
        self._body = QWidget(self)
        down = QVBoxLayout(self._body)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across, 1)
        down.addWidget(self.status)
        self.banner = Banner(self.health, self.status, self._body)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._body)
        self.setCentralWidget(self._stack)
        self.header.jump.connect(self.jump)
        self.header.lock.connect(self.lock)
        self.header.log_out.connect(self.log_out)
        self.header.change_password.connect(self.password_wanted)
        self.header.language.connect(self.set_language)
        self.header.mode.connect(self._set_mode)
        self.header.scale.connect(self._set_scale)

    def _bind_commands(self) -> None:
        # the body's, not the window's: dead by themselves while the body is hidden by the lock
        self.commands = Commands(self._body)
        self.commands.bind(command.REFRESH, self.refresh)
        self.commands.bind(command.CLOSE_TAB, lambda: self.close_tab(self.tabs.currentIndex()))
        self.commands.bind(command.LOOK_UP_PASTED, self._paste)
        self._pages = Commands(self._body)
        self._bind_pages()

    def _bind_pages(self) -> None:
        """A command for each page that the operator may query now."""
        self._pages.clear()
        for code, page in self._allowed.items():
            self._pages.bind(menu.page_command(page), partial(self.open_page, code))

    def retranslate(self) -> None:
        for commands in (self.commands, self._pages):
            commands.retranslate()
        self.setWindowTitle(self.tr("WBO Desktop – {name}").format(name=self.desk.session.display_name))
        for at, page in enumerate(self._open_pages()):
            self.tabs.setTabText(at, text(_title_of(page)))
            button = self.tabs.tabBar().tabButton(at, QTabBar.ButtonPosition.RightSide)
            if button is not None:
                set_hint(button, command.CLOSE_TAB.hint())

    def start(self) -> None:
        """Starts listening and reading the state. Needs a running event loop."""
        self.desk.start_listening()
        self.health.start()
        self.sidebar.count()
        background(self._explorers.load(self.desk), self, on_error=lambda _: None)

    # pages

    def open_page(self, code: str, filters: dict[str, str] | None = None) -> None:
        """Shows the page of this code, in its tab when it is open already; with `filters`, sets its filter
        texts by column. Nothing for a page that the operator may not see."""
        declared = self._allowed.get(code)
        if declared is None:
            return
        page = self.page(code) or self._new_page(declared)
        self.tabs.setCurrentWidget(page)
        page.take_focus()
        if filters is not None:
            page.show_rows(filters)

    def page(self, code: str) -> PageWidget | None:
        """The open page of this code; None when it is not open."""
        return next((page for page in self._open_pages() if _code_of(page) == code), None)

    def _new_page(self, declared: Page) -> PageWidget:
        page = tab_of(declared, self._context)
        where = f"page/{declared.code}"
        page.restore(
            self._remembered.data(f"{where}/columns"),
            self._remembered.data(f"{where}/split"),
            self._remembered.text(f"{where}/filters"),
        )
        page.explained.connect(self._explain)
        at = self.tabs.addTab(page, text(declared.title))
        close = QToolButton(self)
        dress(close, command.CLOSE_TAB)
        close.setObjectName(f"close.{declared.code}")
        close.setAutoRaise(True)
        close.setFixedSize(20, 20)
        close.setIconSize(QSize(14, 14))
        close.clicked.connect(lambda: self.close_tab(self.tabs.indexOf(page)))
        self.tabs.tabBar().setTabButton(at, QTabBar.ButtonPosition.RightSide, close)
        return page

    def close_tab(self, at: int) -> None:
        """Closes a page and remembers its columns, sizes and choices."""
        page = self.tabs.widget(at)
        if isinstance(page, PageWidget):
            self._remember_page(page)
            page.close_page()
            self.tabs.removeTab(at)
            page.deleteLater()
            self._focus_page()

    def _tab_changed(self, at: int) -> None:
        page = self.tabs.widget(at)
        if isinstance(page, PageWidget):
            self.sidebar.show_current(_code_of(page))

    def refresh(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, PageWidget):
            page.let_in()
        self.sidebar.count()
        self.health.look()

    def _explain(self, reason: str) -> None:
        self.status.showMessage(visible(reason))

    # jumping

    def jump(self, typed: str = "") -> None:
        """Opens the palette (Ctrl+K), with `typed` in its field."""
        JumpDialog(self._found, self, typed).open()

    def _found(self, typed: str) -> Iterator[Target]:
        """Rows, then pages, then what else can be done now, once a part of its words is typed."""
        yield from rows_like(typed, self._allowed.values(), self.open_page)
        yield from named(typed, self._pages)
        if typed.strip():
            page = self.tabs.currentWidget()
            acts = page.bound() if isinstance(page, PageWidget) else ()
            every = (*acts, *self.commands, *self.header.commands)
            yield from named(typed, (bound for bound in every if bound.command.offered))

    def _paste(self) -> None:
        """Opens the quick jump for a TXID, address or number that was pasted outside of a text field."""
        pasted = QGuiApplication.clipboard().text()
        if recognised(pasted):
            self.jump(pasted.strip())

    # look

    def set_language(self, code: str) -> None:
        """Switches the language, and remembers it for the next login."""
        self._remembered.put("language", code)
        i18n.install(code)
        self._dress()

    def _set_mode(self, mode: str) -> None:
        self._remembered.put("mode", mode)
        self._dress()

    def _set_scale(self, scale: float) -> None:
        self._remembered.put("scale", scale)
        self._dress()

    def _scheme_changed(self) -> None:
        if self._remembered.mode is theme.Mode.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        theme.apply(self._remembered.mode, self._remembered.scale)
        self.sidebar.setFixedWidth(theme.scaled(_SIDEBAR))
        for page in self._open_pages():
            QTimer.singleShot(0, page, page.make_room)

    # lock and end

    def lock(self) -> None:
        """Locks the desk until the password is given."""
        self._lock_screen.lock()

    def _unlocked(self) -> None:
        self._idle.restart()
        self.refresh()

    def _idle_minutes(self) -> float:
        try:
            return float(self.desk.session.policy.get("idle_lock_minutes", 15))
        except (TypeError, ValueError):
            return 15.0

    def _health_changed(self) -> None:
        lost = self.health.database_lost
        if self._was_lost and not lost:
            for page in self._open_pages():
                page.reconnected()
        self._was_lost = lost

    def _ended(self, error: RuleViolation) -> None:
        """Returns to the login after the server ended the session, with the reason."""
        self.end_reason, self._sure = error, True
        self.log_out()

    def _permissions_changed(self, topics: frozenset[Topic]) -> None:
        background(self._read_permissions(), self, on_error=lambda _: None)

    async def _read_permissions(self) -> None:
        """Reads the session again and applies changed permissions to menu, tabs and buttons."""
        before = self.desk.session.permissions
        session = await self.desk.refresh_session()
        self._idle.restart()
        self.health.changed.emit()  # the banner says whether this login only looks
        if session.permissions == before:
            return
        self._allowed = {page.code: page for page in menu.pages(menu.allowed(self.desk))}
        self._bind_pages()
        self.sidebar.rebuild()
        for page in self._open_pages():
            if _code_of(page) in self._allowed:
                page.update_acts()
            else:
                self.close_tab(self.tabs.indexOf(page))
        self.sidebar.count()

    def _open_pages(self) -> list[PageWidget]:
        found = (self.tabs.widget(at) for at in range(self.tabs.count()))
        return [page for page in found if isinstance(page, PageWidget)]

    def event(self, event: QEvent) -> bool:
        """Gives the keyboard back to the table when a dialog closed."""
        second_click.notice(event)
        done = super().event(event)
        over = event.type() == QEvent.Type.WindowUnblocked and not self._lock_screen.locked
        if over and not isinstance(self.focusWidget(), (QLineEdit, QAbstractSpinBox)):
            self._focus_page()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Discards clicks and keys that were meant for the login dialog."""
        second_click.hold(closed=True)
        super().showEvent(event)

    def _focus_page(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, PageWidget):
            page.take_focus()

    def log_out(self) -> None:
        """Ends the session and returns to the login, unless the operator keeps the window open."""
        self.logged_out = True
        if not self.close():
            self.logged_out = False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks first while an act is under way, except on a locked or ended session. The caller that waits
        for `closed` ends the session, and lets the act finish."""
        if busy() and not self._sure and not self._lock_screen.locked:
            event.ignore()
            self._ask_to_close()
            return
        self._remember()
        self._lock_screen.end()
        self._idle.stop()
        self.health.stop()
        self.sidebar.close_sidebar()
        self._unsubscribe()
        for page in self._open_pages():
            page.close_page()
        for record in self.findChildren(RecordWindow):
            record.close()
        event.accept()
        self.closed.set()

    def _ask_to_close(self) -> None:
        asked = self.tr("An act is still under way. Close when it has ended?")
        box = message_box(self, QMessageBox.Icon.Question, asked)
        box.setObjectName("close_question")
        leave = box.addButton(self.tr("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)

        def answered() -> None:
            self._sure = box.clickedButton() is leave
            if self._sure:
                self.close()

        box.finished.connect(answered)
        box.finished.connect(box.deleteLater)
        box.open()

    # remembered

    def _remember(self) -> None:
        for page in self._open_pages():
            self._remember_page(page)
        self._remembered.put("tabs", [_code_of(page) for page in self._open_pages()])
        self._remembered.put("tab", self.tabs.currentIndex())
        self._remembered.put("geometry", self.saveGeometry())

    def _remember_page(self, page: PageWidget) -> None:
        for name, value in page.state().items():
            self._remembered.put(f"page/{_code_of(page)}/{name}", value)

    def _restore(self) -> None:
        if geometry := self._remembered.data("geometry"):
            self.restoreGeometry(geometry)
        elif needs_whole_screen(self.screen().availableGeometry().size()):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        known = [code for code in self._remembered.texts("tabs") if code in self._allowed]
        first = [menu.FIRST] if menu.FIRST in self._allowed else list(self._allowed)[:1]
        for code in known or first:
            self.open_page(code)
        at = self._remembered.text("tab", "0")
        self.tabs.setCurrentIndex(int(at) if at.isdigit() else 0)
