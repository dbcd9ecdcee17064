"""The detail panel of one row in a window of its own, to be compared with another; it follows changes as the
page does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wbo_desktop.domain.acts import Topic
from wbo_desktop.models.tables import View
from wbo_desktop.views import second_click
from wbo_desktop.views.i18n import Retranslated, text
from wbo_desktop.views.operation import background
from wbo_desktop.views.pages.detail import DetailPanel
from wbo_desktop.views.pages.spec import Context, PageSpec
from wbo_desktop.views.plain_text import visible


class RecordWindow(Retranslated, QWidget):
    """A window with the detail panel of one row."""

    def __init__(self, context: Context, spec: PageSpec, row: View, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._spec = context, spec
        self._name = spec.name_of(row)
        self._key = dict(zip(spec.key, row.key, strict=True))
        self.setObjectName(f"record.{spec.code}")
        self.panel = DetailPanel(context, spec, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panel)
        self.resize(480, 680)
        self._unsubscribe = context.desk.changes.subscribe(spec.topics, self._changed)
        self.retranslate()
        self.panel.show_row(row)

    def retranslate(self) -> None:
        title = self.tr("{page} {name}").format(page=text(self._spec.title), name=self._name)
        self.setWindowTitle(visible(title))

    def _changed(self, topics: frozenset[Topic]) -> None:
        # an unreachable database is said by the main window; the row stays as it was
        background(self._read(), self, on_error=lambda _: None)

    async def _read(self) -> None:
        row = await self._context.desk.row(self._spec.model, **self._key)
        if row is not None:
            self.panel.show_row(row)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._unsubscribe()
        second_click.hold(closed=True)
        super().closeEvent(event)
