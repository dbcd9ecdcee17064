"""The lock screen: covers the window after idle time or on demand, until the password is right. What was
typed in the window is kept."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import icons, second_click, theme
from wbo_desktop.views.barrier import Barrier
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.operation import operation, sentence
from wbo_desktop.views.plain_text import PlainLabel

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """A timer that emits `idle` when no key was pressed and no mouse moved for `minutes()` minutes."""

    idle = Signal()

    def __init__(self, minutes: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.restart()

    def restart(self) -> None:
        """Starts the time again, by the policy as it is now; 0 minutes means never."""
        minutes = self._minutes()
        if minutes > 0:
            self._timer.start(round(minutes * 60_000))
        else:
            self._timer.stop()

    def stop(self) -> None:
        """Ends the timer for good."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.restart()
        return False


class LockScreen(Retranslated, QFrame):
    """The widget that replaces the window's content while the desk is locked; `barrier` blocks everything
    else."""

    unlocked = Signal()
    log_out = Signal()

    def __init__(self, desk: Desk, window: QWidget, stack: QStackedWidget) -> None:
        """`stack` is the whole content of `window`: what it shows now is what the lock hides."""
        super().__init__(window)
        self.setObjectName("lock_screen")
        self.setAutoFillBackground(True)
        self._desk, self._window, self._stack = desk, window, stack
        content = stack.currentWidget()
        assert content is not None, "the window is built before its lock"
        self._content = content
        self._focus: QWidget | None = None
        self._barrier = Barrier(window, self)
        self._picture = PlainLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = PlainLabel(self)
        self._title.setProperty("role", "title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._about = PlainLabel(self)
        self._about.setProperty("role", "muted")
        self._about.setWordWrap(True)
        self._about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._password = QLineEdit(self)
        self._password.setObjectName("lock.password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._unlock)
        self._error = PlainLabel(self)
        self._error.setObjectName("lock.error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ok = QPushButton(self)
        self._ok.setObjectName("lock.unlock")
        self._ok.setProperty("kind", "primary")
        self._ok.setEnabled(False)
        self._ok.clicked.connect(self._unlock)
        self._password.textChanged.connect(lambda text: self._ok.setEnabled(bool(text)))
        self._leave = QPushButton(self)
        self._leave.setObjectName("lock.log_out")
        self._leave.setProperty("kind", "quiet")
        self._leave.clicked.connect(self.log_out)
        # its menu would be a window above the lock
        self._password.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._arrange()
        stack.addWidget(self)
        self.retranslate()

    def _arrange(self) -> None:
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setFixedWidth(theme.scaled(360))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(28, 26, 28, 20)
        inside.setSpacing(12)
        for widget in (
            self._picture,
            self._title,
            self._about,
            self._password,
            self._error,
            self._ok,
            self._leave,
        ):
            inside.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def retranslate(self) -> None:
        session = self._desk.session
        self._picture.setPixmap(icons.pixmap("lock", theme.now().accent, 32))
        self._title.setText(self.tr("Locked"))
        about = self.tr("{name} is logged in on {workstation}. Work underneath is kept.")
        self._about.setText(
            about.format(name=session.display_name or session.login, workstation=session.workstation)
        )
        self._password.setPlaceholderText(self.tr("Password of {login}").format(login=session.login))
        self._password.setAccessibleName(self._password.placeholderText())
        self._ok.setText(self.tr("Unlock"))
        self._leave.setText(self.tr("Log out instead"))

    @property
    def locked(self) -> bool:
        """Whether the window is locked now."""
        return self._barrier.stands

    def lock(self) -> None:
        """Locks desk and window until the password is right."""
        if self.locked:
            return
        self._desk.lock()
        self._focus = self._window.focusWidget()
        self._password.clear()
        self._error.clear()
        self._stack.setCurrentWidget(self)
        self._content.setEnabled(False)
        self._barrier.put_up()
        self._password.setFocus()

    def end(self) -> None:
        """Takes the barrier down for good, since the window closes."""
        self._barrier.take_down(bring_back=False)

    def _unlock(self) -> None:
        typed = Secret(self._password.text())
        if not typed:
            return
        self._error.clear()
        operation(
            self._ok,
            lambda: self._desk.unlock(typed),
            on_done=lambda _: self._opened(),
            on_error=self._refused,
        )

    def _opened(self) -> None:
        self._password.clear()
        second_click.hold(closed=True)
        self._content.setEnabled(True)
        self._stack.setCurrentWidget(self._content)
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()
        self._barrier.take_down()
        self.unlocked.emit()

    def _refused(self, error: Exception) -> None:
        self._error.setText(sentence(error))
        self._password.selectAll()
        self._password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
