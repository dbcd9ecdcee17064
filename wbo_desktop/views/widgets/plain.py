"""Labels, lines and cards from which windows are built, so that roles and margins are written once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QVBoxLayout, QWidget

from wbo_desktop.views import theme
from wbo_desktop.views.plain_text import PlainLabel


def label(text: str, role: str, parent: QWidget | None = None, name: str = "") -> QLabel:
    """A label with a role of the style sheet; it wraps, and its text is never taken for HTML."""
    made = PlainLabel(text, parent)
    made.setWordWrap(True)
    if name:
        made.setObjectName(name)
    theme.mark(made, role=role)
    return made


def section_label(text: str, parent: QWidget | None = None) -> QLabel:
    """A label for the small name above a value or a field."""
    return label(text, "section", parent)


def note_label(text: str, parent: QWidget | None = None) -> QLabel:
    """A label for a muted sentence."""
    return label(text, "small", parent)


def value_label(text: str, parent: QWidget | None = None, name: str = "") -> QLabel:
    """A label for a value that can be selected and copied."""
    made = label(text, "value", parent, name)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def card(role: str = "card", parent: QWidget | None = None, margin: int = 14) -> tuple[QFrame, QVBoxLayout]:
    """A framed widget (`card`, `note` or `alarm`) and the layout inside it."""
    frame = QFrame(parent)
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin - 3, margin, margin - 3)
    layout.setSpacing(8)
    return frame, layout


def layout_of(widget: QWidget) -> QLayout:
    """The layout of a widget that was given one."""
    layout = widget.layout()
    assert layout is not None, f"{widget.objectName()} has no layout"
    return layout


def height_for(layout: QLayout, width: int) -> int:
    """The height that a layout wants at a width, in pixels."""
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()


def line(parent: QWidget | None = None) -> QFrame:
    """A thin line between parts."""
    made = QFrame(parent)
    made.setProperty("role", "line")
    return made
