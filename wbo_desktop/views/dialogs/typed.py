"""Typed text that was not sent yet: whether there is any, and a question before it is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from wbo_desktop.views.plain_text import message_box


def holds_typing(window: QWidget) -> bool:
    """Whether a field of a window holds text that was typed; what the program filled in does not count."""
    lines = (field.isModified() and field.text() for field in window.findChildren(QLineEdit))
    texts = (
        field.document().isModified() and field.toPlainText() for field in window.findChildren(QPlainTextEdit)
    )
    return any(text and text.strip() for text in (*lines, *texts))


def forget_typing(window: QWidget) -> None:
    """Counts the text of every field as filled in, since it was sent."""
    for line in window.findChildren(QLineEdit):
        line.setModified(False)
    for field in window.findChildren(QPlainTextEdit):
        field.document().setModified(False)


def ask_to_discard(window: QWidget, discard: Callable[[], None]) -> None:
    """Asks whether typed text may be lost, and calls `discard` when it may. Enter and Esc keep it."""
    translate = QCoreApplication.translate
    asked = translate("dialog", "Close without keeping what you typed?")
    box = message_box(window, QMessageBox.Icon.Question, asked)
    box.setObjectName("discard_question")
    leave = box.addButton(translate("dialog", "Discard"), QMessageBox.ButtonRole.DestructiveRole)
    leave.setObjectName("discard")
    stay = box.addButton(translate("dialog", "Keep writing"), QMessageBox.ButtonRole.RejectRole)
    stay.setObjectName("keep_writing")
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)

    def answered() -> None:
        box.deleteLater()
        if box.clickedButton() is leave:
            discard()

    box.finished.connect(answered)
    box.open()
