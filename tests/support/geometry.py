"""What of a window's words is cut, computed from where its widgets are: no eye is needed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QPushButton, QToolButton, QWidget

SLACK = 1
"""Pixels that rounding may cost."""


def cut(window: QWidget) -> list[str]:
    """Labels and buttons that do not show all of their words, are outside of what is around them, or lie over
    one another."""
    found = list(_cut(window))
    found += _overlapping(window)
    return sorted(set(found))


def _name(part: QWidget) -> str:
    text = part.text() if isinstance(part, (QLabel, QAbstractButton)) else ""
    around = part.parentWidget()
    return f"{part.objectName() or (around.objectName() + '/' if around else '')} {text[:40]!r}"


def _worded(window: QWidget) -> Iterator[QLabel | QAbstractButton]:
    for part in window.findChildren(QWidget):
        if not part.isVisible() or part.window() is not window:
            continue
        if isinstance(part, (QLabel, QPushButton, QToolButton)) and part.text():
            yield part


def _cut(window: QWidget) -> Iterator[str]:
    for part in _worded(window):
        room = part.contentsRect()
        if isinstance(part, QLabel):
            if part.wordWrap():
                needed = part.heightForWidth(part.width())
                if needed > part.height() + SLACK:
                    yield f"{_name(part)}: {needed} px high, has {part.height()}"
            else:
                metrics = part.fontMetrics()
                size = metrics.size(0, part.text())
                if size.width() > room.width() + SLACK or size.height() > room.height() + SLACK:
                    has = f"{room.width()}×{room.height()}"
                    yield f"{_name(part)}: {size.width()}×{size.height()}, has {has}"
        else:
            wanted = part.minimumSizeHint()
            if wanted.width() > part.width() + SLACK or wanted.height() > part.height() + SLACK:
                has = f"{part.width()}×{part.height()}"
                yield f"{_name(part)}: {wanted.width()}×{wanted.height()}, has {has}"
        if outside := _outside(part, window):
            yield f"{_name(part)}: outside of {outside}"


def _outside(part: QWidget, window: QWidget) -> str:
    """The ancestor that cuts a part off; what can be scrolled to is not cut off."""
    at: QWidget | None = part.parentWidget()
    while at is not None:
        if at.parentWidget() is not None and isinstance(at.parentWidget(), QAbstractScrollArea):
            area = at.parentWidget()
            assert isinstance(area, QAbstractScrollArea)
            inside = QRect(part.mapTo(at, QPoint(0, 0)), part.size())
            sideways = inside.right() > at.width() + SLACK and not area.horizontalScrollBar().isVisible()
            return f"{area.objectName()}, which does not scroll sideways" if sideways else ""
        inside = QRect(part.mapTo(at, QPoint(0, 0)), part.size())
        if not at.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(inside):
            return at.objectName() or type(at).__name__
        if at is window:
            break
        at = at.parentWidget()
    return ""


def _overlapping(window: QWidget) -> list[str]:
    by_parent: dict[int, list[QWidget]] = {}
    for part in _worded(window):
        by_parent.setdefault(id(part.parentWidget()), []).append(part)
    found = []
    for parts in by_parent.values():
        for at, one in enumerate(parts):
            for other in parts[at + 1 :]:
                shared = one.geometry() & other.geometry()
                if shared.width() > SLACK and shared.height() > SLACK:
                    found.append(f"{_name(one)} lies over {_name(other)}")
    return found
