"""The desktop's composition root: Qt, the event loop, the database behind the desk, login and main window.

`run_desktop` is the program. The demo and the tour use `Desktop` with a loop of their own and more running
beside it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import qasync
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.connection import Server
from wbo_desktop.models.store import PostgresStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.attempts import Attempts
from wbo_desktop.services.desk import Desk, Store, log_in
from wbo_desktop.services.supervision import Board, Pauses, keep_running, spawn
from wbo_desktop.settings import Settings
from wbo_desktop.views import fonts, garbage, i18n, icons, theme
from wbo_desktop.views.dialogs.login import LoginDialog
from wbo_desktop.views.dialogs.password import ChangeOwnPasswordDialog
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.operation import sentence, settle
from wbo_desktop.views.state import Remembered

log = logging.getLogger(__name__)

Connect = Callable[[str, Secret], Store]


def make_application(language: str) -> QApplication:
    """The one QApplication, with font, style and language; to be called before any widget is made."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("WBO Desktop")
    app.setDesktopFileName("wbo-desktop")
    # the last window may be the login dialog or the main window: the session decides when the program ends
    app.setQuitOnLastWindowClosed(False)
    garbage.collect_here(app)
    fonts.prepare()
    i18n.install(language)
    theme.apply()
    app.setWindowIcon(icons.icon("shield", "accent"))
    return app


def remembered_settings() -> QSettings:
    """The QSettings in which this workstation remembers tabs, columns and sizes."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "wbo-desktop", "desktop")


def connect_to(settings: Settings) -> Connect:
    """The function that opens the shared database as the operator who logs in. Its store refuses to work on
    the thread that calls this one."""
    server = Server(
        settings.db_host, settings.db_port, settings.db_name, settings.db_sslmode, settings.db_sslrootcert
    )
    qt_thread = threading.current_thread()
    return lambda login, password: PostgresStore(server, login, password, never_on=qt_thread)


class Desktop(QObject):
    """The windows of the program: login, main window, and the login again, until the operator leaves.

    Attributes:
        login_dialog, window: what is shown now; None while it is not.
    """

    shown = Signal(object)
    """Emitted when a login dialog or a main window is shown."""

    def __init__(
        self, connect: Connect, server: str, settings: QSettings, board: Board | None = None
    ) -> None:
        super().__init__()
        self._connect, self._server, self._settings = connect, server, settings
        self._board = board or Board()
        self._attempts = Attempts()
        self._over = asyncio.Event()
        self.login_dialog: LoginDialog | None = None
        self.window: MainWindow | None = None

    async def run(self) -> None:
        """Shows login and main window in turn, until the operator closes one of them without logging out."""
        reason: RuleViolation | None = None
        while not self._over.is_set():
            desk = await self._log_in(reason)
            if desk is None:
                return
            try:
                again, reason = await self._session(desk)
            finally:
                await settle()
                await desk.close()
            if not again:
                return

    def stop(self) -> None:
        """Ends the program as if the operator had closed the window."""
        self._over.set()
        if self.login_dialog is not None:
            self.login_dialog.reject()
        if self.window is not None:
            self.window.close()

    async def _log_in(self, reason: RuleViolation | None) -> Desk | None:
        """The desk of the operator who logged in; None when the dialog was closed."""
        done = asyncio.Event()
        last = str(self._settings.value("last_login") or "")

        async def try_login(login: str, password: Secret) -> Desk:
            return await log_in(self._connect, login, password, self._attempts)

        dialog = LoginDialog(try_login, self._server, last)
        self.login_dialog = dialog
        if reason is not None:
            dialog.message_text.setText(sentence(reason))
            dialog.message.show()
        dialog.finished.connect(lambda _: done.set())
        dialog.open()
        self.shown.emit(dialog)
        await done.wait()
        self.login_dialog = None
        desk = dialog.desk
        dialog.deleteLater()
        if desk is not None:
            self._settings.setValue("last_login", desk.session.login)
            if desk.session.must_change_password and not await self._own_password(desk):
                await desk.close()
                return await self._log_in(None)
        return desk

    async def _own_password(self, desk: Desk) -> bool:
        """Lets the operator change a one-time password. False when the operator did not."""
        done = asyncio.Event()
        dialog = ChangeOwnPasswordDialog(desk, None, None, forced=True)
        dialog.finished.connect(lambda _: done.set())
        dialog.open()
        self.shown.emit(dialog)
        await done.wait()
        return not desk.session.must_change_password

    async def _session(self, desk: Desk) -> tuple[bool, RuleViolation | None]:
        """Shows the main window until it is closed. Returns whether to log in again, and the rule that ended
        the session."""
        remembered = Remembered(self._settings, desk.session.login)
        if remembered.language:
            i18n.install(remembered.language)
        theme.apply(remembered.mode, remembered.scale)
        window = MainWindow(desk, self._settings)
        self.window = window
        window.health.watch(self._board)
        window.password_wanted.connect(lambda: ChangeOwnPasswordDialog(desk, None, window).open())
        window.show()
        window.start()
        self.shown.emit(window)
        hours = float(desk.session.policy.get("session_hours", 12))
        too_long = asyncio.get_running_loop().call_later(
            hours * 3600, window.health.ended.emit, RuleViolation("session_expired")
        )
        try:
            await window.closed.wait()
        finally:
            too_long.cancel()
            self.window = None
            window.deleteLater()
        return window.logged_out and not self._over.is_set(), window.end_reason


def run_desktop(settings: Settings, beside: Callable[[Board], Awaitable[Any]] | None = None) -> int:
    """Runs the program until the operator leaves; returns its exit status.

    Args:
        beside: runs in the same loop as long as the desktop does, and is cancelled with it (the demo's worker
            and clients); the window shows the troubles on its board.
    """
    app = make_application(settings.language)
    connect = connect_to(settings)
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        board = Board()
        desktop = Desktop(connect, f"{settings.db_host}:{settings.db_port}", remembered_settings(), board)
        # Qt waits in C: without this Ctrl+C would only be heard at the next event of the loop's timer
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(desktop.stop))
        loop.run_until_complete(_together(desktop, beside, board))
    return 0


async def _together(desktop: Desktop, beside: Callable[[Board], Awaitable[Any]] | None, board: Board) -> None:
    companion = None
    if beside is not None:
        companion = spawn(
            keep_running("beside", lambda: beside(board), board, pauses=Pauses(limit=1)), "beside"
        )
    try:
        await desktop.run()
    finally:
        if companion is not None:
            companion.cancel()
            await asyncio.gather(companion, return_exceptions=True)
