"""A field for a password: hidden, shown while its button is pressed, with a hint when caps lock seems on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wbo_desktop.secrets import Secret
from wbo_desktop.views import icons
from wbo_desktop.views.commands import action_of
from wbo_desktop.views.commands.declared import REVEAL
from wbo_desktop.views.widgets.plain import label


class SecretField(QWidget):
    """A password field. The text is given out as a `Secret`; the caller wipes it."""

    textChanged = Signal(str)  # as QLineEdit names it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(256)
        self.line.setStyleSheet(
            "lineedit-password-character: 8226"
        )  # the default one is too big in Chinese fonts
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.textChanged.connect(self.textChanged)
        self.line.installEventFilter(self)
        self._reveal = action_of(REVEAL, self.line)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show_text)
        self.line.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self.caps = label(QCoreApplication.translate("secret", "Caps lock seems to be on"), "warning", self)
        self.caps.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self.caps)
        self.setFocusProxy(self.line)

    def setObjectName(self, name: str) -> None:  # Qt's name
        self.line.setObjectName(name)
        super().setObjectName(f"{name}.box")

    def text(self) -> str:
        """The text as typed, spaces included."""
        return self.line.text()

    def secret(self) -> Secret:
        """The text as a `Secret`."""
        return Secret(self.line.text())

    def wipe(self) -> None:
        """Empties the field and its undo history."""
        self._reveal.setChecked(False)
        self.line.clear()
        self.line.setText("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        """Shows the hint about caps lock after a capital without shift, since Qt cannot ask for caps lock."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._notice(event)
        return super().eventFilter(watched, event)

    def _notice(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps.hide()
        elif len(typed) == 1 and typed.isascii() and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(typed.isupper() != shift)

    def _show_text(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._reveal.setIcon(icons.icon("eye-off" if shown else "eye"))
