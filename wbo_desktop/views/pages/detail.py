"""The detail panel beside a table, which shows one row whole: its head stays in view, the rest scrolls. The
parts are made once and get each change of the row."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from wbo_desktop.models.tables import View
from wbo_desktop.views import fonts
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.pages.spec import Context, PageSpec
from wbo_desktop.views.widgets.plain import label, value_label


class DetailPanel(Retranslated, QWidget):
    """The panel of the selected row; a hint while none or several are selected."""

    def __init__(self, context: Context, spec: PageSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.setObjectName("detail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)
        self._row: View | None = None
        body = QWidget(self)
        body.setObjectName("detail.body")
        body.setProperty("role", "panel_body")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 10, 16, 16)
        layout.setSpacing(14)
        self._hint = label("", "muted", body)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._hint)
        self._sections = [make(context, body) for make in spec.sections]
        for section in self._sections:
            section.hide()
            layout.addWidget(section)
        layout.addStretch(1)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName("detail.scroll")
        self.scroller.setProperty("role", "panel_scroll")
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(body)
        self.head = self._head()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.scroller, 1)
        self.retranslate()

    def _head(self) -> QWidget:
        """The head of the first part that has one; else a frame with the row's name."""
        frame = QWidget(self)
        frame.setObjectName("detail.head")
        frame.setProperty("role", "panel_head")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(16, 12, 16, 8)
        heads = [section.head for section in self._sections if hasattr(section, "head")]
        self._name = None if heads else value_label("", frame, "detail.number")
        if self._name is not None:
            fonts.set_mono(self._name)
        layout.addWidget(self._name or heads[0])
        frame.hide()
        return frame

    def retranslate(self) -> None:
        self._hint.setText(self.tr("Select a row to see all of it here."))
        if self._row is not None:
            # after the labels themselves have heard of the new language
            QTimer.singleShot(0, self, lambda: self.show_row(self._row, again=True))

    def show_row(self, row: View | None, again: bool = False) -> None:
        """Shows another row from its top, or the same row where it was scrolled to. None: none or several
        rows are selected."""
        if row == self._row and not again:
            return
        another = row is None or self._row is None or row.key != self._row.key
        self._row = row
        self._hint.setVisible(row is None)
        self.head.setVisible(row is not None)
        if row is not None and self._name is not None:
            self._name.setText(self._spec.name_of(row))
        for section in self._sections:
            section.setVisible(row is not None)
            if row is not None:
                section.show_row(row)  # type: ignore[attr-defined]  # a Protocol cannot name a widget
        if another:
            self.scroller.verticalScrollBar().setValue(0)

    def row(self) -> View | None:
        """The row that is shown; None for none."""
        return self._row
