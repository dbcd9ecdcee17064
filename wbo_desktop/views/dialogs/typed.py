"""What somebody typed into a window and has not sent yet: whether there is any, and asking before it is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from wbo_desktop.views.plain_text import message_box


def holds_typing(window: QWidget) -> bool:
    """Whether text was typed by hand into any field; what the program filled in does not count."""
    lines = (field.isModified() and field.text() for field in window.findChildren(QLineEdit))
    texts = (
        field.document().isModified() and field.toPlainText() for field in window.findChildren(QPlainTextEdit)
    )
    return any(text and text.strip() for text in (*lines, *texts))


def forget_typing(window: QWidget) -> None:
    """What was typed has been sent: from here on it counts as filled in."""
    for line in window.findChildren(QLineEdit):
        line.setModified(False)
    for field in window.findChildren(QPlainTextEdit):
        field.document().setModified(False)


def ask_to_discard(window: QWidget, discard: Callable[[], None]) -> None:
    """Ask once; `discard` is called when it may be lost. Enter and Esc keep it."""
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
