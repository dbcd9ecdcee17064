"""One field of a form: its name above, the control, and below it the hint or the error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.views import theme
from wbo_desktop.views.widgets.plain import label, section_label
from wbo_desktop.views.widgets.remark import RemarkField
from wbo_desktop.views.widgets.secret import SecretField

_READERS: tuple[tuple[type[QWidget], Callable[[Any], Any], str], ...] = (
    (RemarkField, lambda w: w.text(), "textChanged"),
    (SecretField, lambda w: w.text(), "textChanged"),
    (QLineEdit, lambda w: w.text(), "textChanged"),
    (QPlainTextEdit, lambda w: w.toPlainText(), "textChanged"),
    (
        QComboBox,
        lambda w: w.currentData() if w.currentData() is not None else w.currentText(),
        "currentTextChanged",
    ),
    (QSpinBox, lambda w: w.value(), "valueChanged"),
    (QCheckBox, lambda w: w.isChecked(), "toggled"),
)


class FormField(QWidget):
    """Name, control, and the line below. An error is shown once the operator has changed the field.

    The line below a typed field always takes its room, so that nothing moves when an error comes; that of a
    choice only when needed.
    """

    edited = Signal()

    def __init__(self, act: str, name: str, text: str, control: QWidget, hint: str = "") -> None:
        """`act` and `name` make the control's object name, `act.name`."""
        super().__init__()
        self.name, self.control = name, control
        self._hint, self._error, self.touched = hint, "", False
        control.setObjectName(f"{act}.{name}")
        self.label = section_label(text, self)
        self.label.setBuddy(_entry(control))
        self.message = label(hint, "small", self, f"{act}.{name}.error")
        self._keeps_room = bool(hint) or not isinstance(control, (QCheckBox, QComboBox, QSpinBox))
        self.message.setMinimumHeight(self.message.fontMetrics().height())
        self.message.setVisible(self._keeps_room)
        for part in {control, _entry(control)}:
            part.setAccessibleName(text)
            part.setAccessibleDescription(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if not isinstance(control, QCheckBox):
            layout.addWidget(self.label)
        else:
            self.label.hide()
        layout.addWidget(control)
        layout.addWidget(self.message)
        for kind, read, signal in _READERS:
            if isinstance(control, kind):
                self._read = read
                getattr(control, signal).connect(self._edited)
                break
        else:
            raise TypeError(f"no reader for {type(control).__name__}")
        _entry(control).installEventFilter(self)

    def value(self) -> Any:
        """The value of the control: text, the data of a choice, a number, on or off."""
        return self._read(self.control)

    def can_be_changed(self) -> bool:
        """Whether the control is neither disabled nor read-only."""
        return self.control.isEnabled() and not _entry(self.control).property("readOnly")

    def set_hint(self, hint: str) -> None:
        """Sets the line below for when there is no error."""
        self._hint = hint
        self._show()

    def set_error(self, text: str) -> None:
        """Sets the error; an empty text for none."""
        self._error = text
        self._show()

    def error(self) -> str:
        """The error, shown or not; empty for none."""
        return self._error

    def reveal_error(self) -> None:
        """Shows the error although the field was never changed."""
        self.touched = True
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        """Counts leaving a field that was filled in as a change."""
        if event.type() == QEvent.Type.FocusOut and self.value() not in ("", None):
            self.touched = True
            self._show()
        return super().eventFilter(watched, event)

    def _edited(self) -> None:
        self.touched = True
        self.edited.emit()

    def _show(self) -> None:
        wrong = bool(self._error) and self.touched
        self.message.setText(self._error if wrong else self._hint)
        self.message.setVisible(self._keeps_room or bool(self.message.text()))
        theme.mark(self.message, role="error" if wrong else "small")
        entry = _entry(self.control)
        if entry.property("invalid") != ("true" if wrong else "false"):
            theme.mark(entry, invalid="true" if wrong else "false")
        entry.setAccessibleDescription(self._error if wrong else self._hint)


def _entry(control: QWidget) -> QWidget:
    """The widget inside the control that receives the keys."""
    return control.line if isinstance(control, (RemarkField, SecretField)) else control
