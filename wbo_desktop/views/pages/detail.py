"""The panel beside a table that shows one row whole. Its parts are made once and told of each change of the
row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from wbo_desktop.services.pages import Row
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.pages.spec import Context
from wbo_desktop.views.plain_text import PlainLabel


class DetailPanel(Retranslated, QScrollArea):
    """Shows the selected row, or asks to select one."""

    def __init__(
        self,
        context: Context,
        sections: tuple[Callable[[Context, QWidget], QWidget], ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self._row: Row | None = None
        body = QWidget(self)
        body.setObjectName("detail.body")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(14)
        self._hint = PlainLabel(body)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "muted")
        layout.addWidget(self._hint)
        self._sections = [make(context, body) for make in sections]
        for section in self._sections:
            section.hide()
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(body)
        self.retranslate()

    def retranslate(self) -> None:
        """The hint here, and the parts that make their texts from the row."""
        self._hint.setText(self.tr("Select a row to see all of it here."))
        if self._row is not None:
            # after the labels themselves have heard of the new language
            QTimer.singleShot(0, self, lambda: self.show_row(self._row, again=True))

    def show_row(self, row: Row | None, again: bool = False) -> None:
        """Show another row, or the same as it is now; None when not exactly one is selected."""
        if row == self._row and not again:
            return
        self._row = row
        self._hint.setVisible(row is None)
        for section in self._sections:
            section.setVisible(row is not None)
            if row is not None:
                section.show_row(row)  # type: ignore[attr-defined]

    def row(self) -> Row | None:
        """The row that is shown."""
        return self._row
