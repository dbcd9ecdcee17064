"""A page's acts as buttons and as menu entries: which row they are for, and why one is disabled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from wbo_desktop.models.tables import View
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import fonts, icons, theme
from wbo_desktop.views.commands import Commands
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.pages.spec import ActSpec, PageSpec
from wbo_desktop.views.plain_text import set_hint, visible
from wbo_desktop.views.widgets.flow import FlowLayout

_SUBJECT = 186
_ROOM = 16


class ActBar(Retranslated, QWidget):
    """The buttons of a page's acts, with the name of the selected row before them."""

    wanted = Signal()
    """Emitted when the operator asks for the row that the acts are for."""
    done = Signal(object)
    """Emitted when an act was done; carries its row, None for an act that needs none."""
    explained = Signal(str)
    """The reason of the disabled act under the mouse, for the status bar; empty when the mouse leaves."""

    def __init__(
        self,
        desk: Desk,
        spec: PageSpec,
        row_now: Callable[[], View | None],
        page: QWidget,
        barred: Callable[[View], str] = lambda _: "",
    ) -> None:
        """`row_now` returns the selected row; `barred` the reason for which no act is possible on a row, else
        an empty text."""
        super().__init__(page)
        self._desk, self._spec, self._row_now, self._page, self._barred = desk, spec, row_now, page, barred
        acts = spec.acts
        self.commands = Commands(self)
        self._entries: list[tuple[ActSpec, QAction, QPushButton]] = []
        layout = FlowLayout(self, 8)
        self.subject = QPushButton(self)
        self.subject.setObjectName("acts.subject")
        self.subject.setProperty("kind", "subject")
        fonts.set_mono(self.subject)
        self.subject.clicked.connect(self.wanted)
        self.subject.setVisible(any(act.on_row for act in acts))
        layout.addWidget(self.subject)
        for act in acts:
            action = self.commands.bind(
                act.command(), partial(self.start, act), partial(self._why_not_now, act)
            ).action
            button = QPushButton(self)
            button.setObjectName(act.code)
            tone = {"primary": "on_accent", "danger": "surface"}.get(act.look, "text_muted")
            button.setIcon(icons.icon(act.icon, tone))
            button.setProperty("kind", act.look)
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, act=act: self.start(act))
            layout.addWidget(button)
            self._entries.append((act, action, button))
        self.retranslate()
        self.update_state()

    def actions(self) -> list[QAction]:
        """The acts as entries for the table's context menu."""
        return [action for _, action, _ in self._entries]

    def retranslate(self) -> None:
        self.commands.retranslate()
        for spec, _, button in self._entries:
            button.setText(spec.text())
        self.update_state()

    def update_state(self) -> None:
        """Enables the acts that the selected row allows; the tooltip of the others says why not."""
        row = self._row_now()
        self._name_subject(row)
        for spec, action, button in self._entries:
            reason = self._why_not(spec, row)
            on_what = self._on_what(spec, row)
            for control in (action, button):
                control.setEnabled(not reason)
                set_hint(control, reason or on_what)
            button.setAccessibleName(on_what)
            button.setAccessibleDescription(reason)

    def _why_not(self, spec: ActSpec, row: View | None) -> str:
        barred = self._barred(row) if spec.on_row and row is not None else ""
        return barred or spec.why_not(self._desk, row)

    def _why_not_now(self, spec: ActSpec) -> str:
        return self._why_not(spec, self._row_now())

    def _on_what(self, spec: ActSpec, row: View | None) -> str:
        if row is None or not spec.on_row:
            return spec.text()
        return self.tr("{act} · {name}").format(act=spec.text(), name=visible(self._spec.name_of(row)))

    def _name_subject(self, row: View | None) -> None:
        """Shows the row's name in a field of fixed width, so that no button moves when another row is
        selected."""
        name = visible(self._spec.name_of(row)) if row is not None else ""
        width = theme.scaled(_SUBJECT)
        self.subject.setFixedWidth(width)
        shown = name or self.tr("No row selected")
        self.subject.setText(
            self.subject.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, width - _ROOM)
        )
        self.subject.setEnabled(row is not None)
        set_hint(self.subject, self.tr("Show {name} in the table").format(name=name) if name else "")
        self.subject.setAccessibleName(shown)

    def start(self, spec: ActSpec) -> None:
        """Opens the act's dialog for the selected row, when the act is possible."""
        row = self._row_now()
        if self._why_not(spec, row):
            return
        dialog = spec.dialog(self._desk, row if spec.on_row else None, self._page.window())
        dialog.finished.connect(lambda _: self.update_state())
        dialog.accepted.connect(lambda: self.done.emit(row if spec.on_row else None))
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shows a disabled button's reason in the status bar while the mouse is over it."""
        if isinstance(watched, QPushButton):
            if event.type() == QEvent.Type.Enter and not watched.isEnabled():
                self.explained.emit(watched.accessibleDescription())
            elif event.type() == QEvent.Type.Leave:
                self.explained.emit("")
        return super().eventFilter(watched, event)
