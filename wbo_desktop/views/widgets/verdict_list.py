"""The checks of a record, one line each: passed, failed or not known yet, with claimed and found value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from wbo_desktop.views import icons, labels, theme
from wbo_desktop.views.plain_text import PlainLabel, set_hint
from wbo_desktop.views.widgets.address import AddressText, differing
from wbo_desktop.views.widgets.plain import label, note_label, section_label

_HEX = re.compile(r"0x[0-9a-fA-F]{40,64}")
_ICONS = {True: ("check-circle", "good"), False: ("x-circle", "bad"), None: ("clock", "waiting")}


def verdict_word(passed: bool | None) -> str:
    """The word for a verdict, for screen readers."""
    if passed is None:
        return QCoreApplication.translate("verdict", "not known yet")
    if passed:
        return QCoreApplication.translate("verdict", "passed")
    return QCoreApplication.translate("verdict", "failed")


class VerdictList(QWidget):
    """A list of verdicts in the form of `domain.verdicts.Verdict.as_json`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdicts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_verdicts(self, verdicts: Iterable[Mapping[str, Any]] | str | None) -> None:
        """Shows these verdicts in place of the last ones; a text is read as JSON."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        listed = json.loads(verdicts) if isinstance(verdicts, str) else (verdicts or [])
        for row, verdict in enumerate(listed):
            self._add(row, verdict)

    def _add(self, row: int, verdict: Mapping[str, Any]) -> None:
        passed, name = verdict.get("passed"), labels.check(verdict.get("check"))
        icon, tone = _ICONS[passed]
        word = verdict_word(passed)
        picture = PlainLabel(self)
        picture.setPixmap(icons.pixmap(icon, getattr(theme.now(), tone), 18))
        set_hint(picture, word)
        picture.setAccessibleName(word)
        box = QWidget(self)
        box.setObjectName(f"verdicts.{verdict.get('check')}")
        box.setAccessibleName(f"{name}: {word}")
        inner = QGridLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setHorizontalSpacing(12)
        inner.setVerticalSpacing(2)
        inner.setColumnStretch(1, 1)
        inner.addWidget(label(name, "value", box), 0, 0, 1, 2)
        self._add_values(inner, verdict, passed)
        if note := verdict.get("note"):
            inner.addWidget(note_label(labels.note(note), box), inner.rowCount(), 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(picture, row, 0, top)
        self._grid.addWidget(box, row, 1)
        outcome = label(word, {True: "good", False: "error", None: "warning"}[passed], self)
        outcome.setWordWrap(False)
        self._grid.addWidget(outcome, row, 2, top | Qt.AlignmentFlag.AlignRight)

    def _add_values(self, layout: QGridLayout, verdict: Mapping[str, Any], passed: bool | None) -> None:
        """Adds both values where they differ or are in doubt, one line where they agree."""
        claimed, found = verdict.get("claimed"), verdict.get("found")
        if passed and (claimed == found or claimed is None or found is None):
            claimed, found = None, found or claimed
        both = bool(claimed and found and _HEX.fullmatch(claimed) and _HEX.fullmatch(found))
        marks = differing(str(claimed), str(found)) if both else ()
        translate = QCoreApplication.translate
        titles = (translate("verdict", "Claimed"), translate("verdict", "On chain"))
        for title, value in zip(titles, (claimed, found), strict=True):
            if not value:
                continue
            row, named = layout.rowCount(), bool((claimed and found) or not passed)
            if named:
                layout.addWidget(section_label(title), row, 0, Qt.AlignmentFlag.AlignTop)
            if _HEX.fullmatch(str(value)):
                shown: QWidget = AddressText(str(value), marks=marks)
            else:
                shown = note_label(labels.verdict_value(verdict.get("check"), value))
            layout.addWidget(shown, row, 1 if named else 0, 1, 1 if named else 2)
