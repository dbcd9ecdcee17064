"""A page's acts as buttons and as menu entries, which say why they cannot be done now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Row
from wbo_desktop.views import icons
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.pages.flow import FlowLayout
from wbo_desktop.views.pages.spec import ActSpec
from wbo_desktop.views.plain_text import set_hint


class ActBar(Retranslated, QWidget):
    """Buttons of a page's acts."""

    explained = Signal(str)
    """The reason of the disabled act under the mouse, for the status bar; empty when the mouse leaves."""

    def __init__(
        self, desk: Desk, acts: tuple[ActSpec, ...], row_now: Callable[[], Row | None], page: QWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._row_now, self._page = desk, row_now, page
        self._entries: list[tuple[ActSpec, QAction, QPushButton]] = []
        layout = FlowLayout(self, 8)
        for spec in acts:
            action = QAction(icons.icon(spec.icon), "", self)
            action.setObjectName(f"act.{spec.code}")
            button = QPushButton(self)
            button.setObjectName(spec.code)
            tone = {"primary": "on_accent", "danger": "surface"}.get(spec.look, "text_muted")
            button.setIcon(icons.icon(spec.icon, tone))
            button.setProperty("kind", spec.look)
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, spec=spec: self.start(spec))
            action.triggered.connect(lambda _=False, spec=spec: self.start(spec))
            layout.addWidget(button)
            self._entries.append((spec, action, button))
        self.retranslate()
        self.update_state()

    def actions(self) -> list[QAction]:
        """For the table's context menu."""
        return [action for _, action, _ in self._entries]

    def retranslate(self) -> None:
        """Texts and reasons."""
        for spec, action, button in self._entries:
            action.setText(spec.text())
            button.setText(spec.text())
            button.setAccessibleName(spec.text())
        self.update_state()

    def update_state(self) -> None:
        """Enable what can be done to the selected row; the rest says why it cannot."""
        row = self._row_now()
        for spec, action, button in self._entries:
            reason = spec.why_not(self._desk, row)
            for control in (action, button):
                control.setEnabled(not reason)
                set_hint(control, reason or spec.text())
            button.setAccessibleDescription(reason)

    def start(self, spec: ActSpec) -> None:
        """Open the act's dialog over the row as the table has it."""
        row = self._row_now()
        if spec.why_not(self._desk, row):
            return
        dialog = spec.dialog(self._desk, row if spec.on_row else None, self._page.window())
        dialog.finished.connect(lambda _: self.update_state())
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The status bar says what the tooltip says, at once."""
        if isinstance(watched, QPushButton):
            if event.type() == QEvent.Type.Enter and not watched.isEnabled():
                self.explained.emit(watched.accessibleDescription())
            elif event.type() == QEvent.Type.Leave:
                self.explained.emit("")
        return super().eventFilter(watched, event)
