"""The locked screen: covers everything of a window until the password is right; the work underneath is kept.

When to lock is the shell's decision (`lock now`, or idle for the policy's minutes).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import icons, labels, theme
from wbo_desktop.views.dialogs.login import PAUSES_MS
from wbo_desktop.views.operation import operation, sentence
from wbo_desktop.views.widgets import SecretField
from wbo_desktop.views.widgets.plain import card, label, section_label


class LockScreen(QWidget):
    """An opaque overlay of `window`; `lock()` shows it, the right password hides it."""

    unlocked = Signal()
    log_out_wanted = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("lock")
        self.desk, self._failures = desk, 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.validate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._assemble()
        self.hide()
        window.installEventFilter(self)

    def _assemble(self) -> None:
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box, column = card("card", self, 28)
        box.setFixedWidth(380)
        column.setSpacing(10)
        row = QHBoxLayout()
        self.picture = QLabel(box)
        self.heading = label("", "heading", box)
        row.addWidget(self.picture)
        row.addWidget(self.heading, 1)
        column.addLayout(row)
        self.who = label("", "muted", box, "lock.who")
        column.addWidget(self.who)
        self.title = section_label("", box)
        self.password = SecretField(box)
        self.password.setObjectName("lock.password")
        self.title.setBuddy(self.password.line)
        self.password.textChanged.connect(self.validate)
        self.password.line.returnPressed.connect(self.submit)
        column.addWidget(self.title)
        column.addWidget(self.password)
        self.message = label("", "error", box, "lock.message")
        self.message.setMinimumHeight(self.message.fontMetrics().height())
        column.addWidget(self.message)
        buttons = QHBoxLayout()
        self.out_button = QPushButton(box)
        self.out_button.setObjectName("lock.log_out")
        theme.mark(self.out_button, kind="quiet")
        self.out_button.clicked.connect(self.log_out_wanted)
        self.ok_button = QPushButton(box)
        self.ok_button.setObjectName("lock.ok")
        theme.mark(self.ok_button, kind="primary")
        self.ok_button.clicked.connect(self.submit)
        buttons.addWidget(self.out_button)
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        column.addLayout(buttons)
        outer.addWidget(box)

    def retranslate(self) -> None:
        """Every text in the language of now."""
        session = self.desk.session
        self.picture.setPixmap(icons.pixmap("lock", theme.now().accent, 22))
        self.heading.setText(self.tr("The screen is locked"))
        who = self.tr("{name} ({login}). Your work underneath is kept.")
        self.who.setText(who.format(name=session.display_name, login=session.login))
        self.title.setText(labels.field("password"))
        self.password.line.setAccessibleName(labels.field("password"))
        self.ok_button.setText(self.tr("Unlock"))
        self.out_button.setText(self.tr("Log out"))

    def lock(self) -> None:
        """Cover the window and everything that is open over it."""
        self._covered = [w for w in self.window().findChildren(QWidget) if w.isWindow() and w.isVisible()]
        for window in self._covered:
            window.hide()
        self.retranslate()
        self.message.setText("")
        self.password.wipe()
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self.password.setFocus()
        self.validate()

    def is_locked(self) -> bool:
        """Whether it covers the window."""
        return not self.isHidden()

    def validate(self) -> None:
        """A password is needed; after failures, some patience too."""
        self.ok_button.setEnabled(bool(self.password.text()) and not self._pause.isActive())

    def submit(self) -> None:
        """Ask the server."""
        if self.ok_button.isEnabled():
            secret = self.password.secret()
            operation(
                self.ok_button, lambda: self.desk.unlock(secret), on_done=self._open, on_error=self._failed
            )

    def _open(self, _: object) -> None:
        self._failures = 0
        self.password.wipe()
        self.hide()
        for window in self._covered:
            window.show()
        self._covered = []
        self.unlocked.emit()

    def _failed(self, error: Exception) -> None:
        self.message.setText(sentence(error))
        self.password.wipe()
        if isinstance(error, RuleViolation) and error.code == "login_failed":
            self._failures = min(self._failures + 1, len(PAUSES_MS) - 1)
            self._pause.start(PAUSES_MS[self._failures])
        self.validate()
        self.password.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        """As big as the window; the window's own keys and shortcuts are swallowed while locked."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        if self.is_locked() and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        """No key gets through."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's name
        """Tab stays on the locked screen."""
        stops = [self.password.line, self.ok_button, self.out_button]
        at = next((i for i, stop in enumerate(stops) if stop.hasFocus()), 0)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's name
        """Opaque: nothing underneath can be read."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.now().window))
        painter.end()
