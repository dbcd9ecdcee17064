"""The login dialog: login, password, the server that it goes to, and the language.

Failures are slowed here against guessing by hand; the database locks a login that is guessed at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, labels, theme
from wbo_desktop.views.operation import operation, sentence
from wbo_desktop.views.widgets import SecretField
from wbo_desktop.views.widgets.plain import card, label, layout_of, section_label

PAUSES_MS = (0, 1000, 2000, 4000, 8000)
"""The milliseconds for which the button is disabled after the first, second, … failure in a row."""

LogIn = Callable[[str, Secret], Awaitable[Desk]]


class LoginDialog(QDialog):
    """Asks for login and password and calls `log_in(login, password)`; emits `logged_in` with the desk."""

    logged_in = Signal(object)
    language_changed = Signal(str)

    def __init__(self, log_in: LogIn, server: str, login: str = "", parent: QWidget | None = None) -> None:
        """`server` as settings have it; `login` is the last one used on this workstation."""
        super().__init__(parent)
        self.setObjectName("login")
        self._log_in, self._server, self._failures = log_in, server, 0
        self.desk: Desk | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.validate)
        self._assemble(login)
        self.retranslate()
        self.resize(420, self.sizeHint().height())
        (self.password if login else self.login).setFocus()

    def _assemble(self, login: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(36, 30, 36, 28)
        outer.setSpacing(6)
        top = QHBoxLayout()
        self.brand = label("WBO Desktop", "title", self)
        self.language = QComboBox(self)
        self.language.setObjectName("login.language")
        for code, own in i18n.LANGUAGES.items():
            self.language.addItem(own, code)
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self.language.activated.connect(self._speak)
        top.addWidget(self.brand, 1)
        top.addWidget(self.language)
        outer.addLayout(top)
        self.about = label("", "muted", self)
        outer.addWidget(self.about)
        outer.addSpacing(12)
        self.login_label, self.password_label = section_label("", self), section_label("", self)
        self.login, self.password = QLineEdit(login, self), SecretField(self)
        self.login.setObjectName("login.login")
        self.login.setMaxLength(63)
        self.password.setObjectName("login.password")
        self.login_label.setBuddy(self.login)
        self.password_label.setBuddy(self.password.line)
        for title, entry in ((self.login_label, self.login), (self.password_label, self.password)):
            outer.addWidget(title)
            outer.addWidget(entry)
            outer.addSpacing(6)
        self.login.textChanged.connect(self.validate)
        self.password.textChanged.connect(self.validate)
        self.message, layout = card("alarm", self, 12)
        self.message_text = label("", "value", self.message, "login.message")
        layout.addWidget(self.message_text)
        self.message.hide()
        outer.addWidget(self.message)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setMaximumHeight(3)
        self.progress.setTextVisible(False)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        outer.addWidget(self.progress)
        self.ok_button = QPushButton(self)
        self.ok_button.setObjectName("login.ok")
        self.ok_button.setDefault(True)
        self.ok_button.setMinimumHeight(38)
        theme.mark(self.ok_button, kind="primary")
        self.ok_button.clicked.connect(self.submit)
        outer.addWidget(self.ok_button)
        outer.addSpacing(8)
        self.server_label = label("", "small", self, "login.server")
        self.server_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(self.server_label)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Log in to WBO Desktop"))
        self.about.setText(self.tr("Back office for clients' cryptocurrency deposits"))
        self.login_label.setText(labels.field("login"))
        self.password_label.setText(labels.field("password"))
        self.login.setAccessibleName(labels.field("login"))
        self.password.line.setAccessibleName(labels.field("password"))
        self.language.setAccessibleName(labels.field("language"))
        self.server_label.setText(self.tr("Server: {server}").format(server=self._server))
        self.ok_button.setText(self.tr("Log in"))
        self.validate()

    def _speak(self) -> None:
        code = self.language.currentData()
        i18n.install(code)
        self.message.hide()
        self.retranslate()
        self.language_changed.emit(code)

    def validate(self) -> None:
        """Both are needed; after failures, some patience too."""
        ready = bool(self.login.text().strip() and self.password.text())
        self.ok_button.setEnabled(ready and not self._pause.isActive() and not self.progress.isVisible())

    def submit(self) -> None:
        if not self.ok_button.isEnabled():
            return
        login, password = self.login.text().strip(), self.password.secret()
        self.message.hide()
        self._set_working(True)
        operation(
            self.ok_button,
            lambda: self._log_in(login, password),
            on_done=self._succeeded,
            on_error=self._failed,
        )

    def say(self, text: str) -> None:
        """Say something above the button: why a login failed, or why the last session ended."""
        self.message_text.setText(text)
        self.message.show()
        layout = layout_of(self)
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _set_working(self, working: bool) -> None:
        self.progress.setVisible(working)
        for part in (self.login, self.password, self.language):
            part.setEnabled(not working)

    def _succeeded(self, desk: Desk) -> None:
        self._set_working(False)
        self.password.wipe()
        self.desk = desk
        self.logged_in.emit(desk)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._set_working(False)
        self.say(sentence(error))
        if isinstance(error, RuleViolation) and error.code == "login_failed":
            self._failures = min(self._failures + 1, len(PAUSES_MS) - 1)
            self._pause.start(PAUSES_MS[self._failures])
            self.password.wipe()
        self.validate()
        self.password.setFocus()

    def reject(self) -> None:
        """Esc does not close while the server is being asked."""
        if not self.progress.isVisible():
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return
        super().keyPressEvent(event)
