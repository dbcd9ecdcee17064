"""The frame of every form: heading, facts, fields, a message above the buttons; as high as its content.

Knows nothing of acts; that is left to `base.FormDialog`.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.views import second_click, theme
from wbo_desktop.views.dialogs import typed
from wbo_desktop.views.widgets import Facts
from wbo_desktop.views.widgets.plain import card, height_for, label, layout_of


class DialogFrame(QDialog):
    """A dialog with a heading, facts, room for fields, a message and buttons.

    Class attributes:
        name: begins every object name, `revoke_deposit` in `revoke_deposit.remark`; the act's function.
        danger: whether the last button is red.
        wide: width in pixels that the dialog begins with.
        scrolls: whether the content may be higher than the screen.
        fact_columns: how many facts are shown side by side.
        asks_below: whether the fields stay in sight below what scrolls.
    """

    name: ClassVar[str] = "form"
    danger: ClassVar[bool] = False
    wide: ClassVar[int] = 660
    scrolls: ClassVar[bool] = False
    fact_columns: ClassVar[int] = 1
    asks_below: ClassVar[bool] = False

    _given_up = False

    def _assemble(self) -> None:
        """Everything but the fields."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.inside = inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 14)
        column.setSpacing(12)
        self.heading = label("", "title", inside, f"{self.name}.title")
        self.about = label("", "muted", inside, f"{self.name}.about")
        column.addWidget(self.heading)
        column.addWidget(self.about)
        self.card, card_layout = card(parent=inside)
        self.facts = Facts(f"{self.name}.fact", self.card, columns=self.fact_columns)
        card_layout.addWidget(self.facts)
        column.addWidget(self.card)
        self.form = QWidget(self if self.asks_below else inside)
        self.body = QVBoxLayout(self.form)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        if not self.asks_below:
            column.addWidget(self.form)
        column.addStretch(1)
        self.area = self._scrolling(inside) if self.scrolls else None
        outer.addWidget(self.area or inside, 1)
        self.bottom = self._bottom()
        outer.addWidget(self.bottom)

    def _scrolling(self, inside: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        # its height follows from its width; the minimum of wrapped labels is that of a far narrower dialog
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setObjectName(f"{self.name}.area")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        def reachable(_: int, most: int) -> None:
            """The Tab key stops there only while there is something to scroll."""
            area.setFocusPolicy(Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus)

        area.verticalScrollBar().rangeChanged.connect(reachable)
        return area

    def _bottom(self) -> QWidget:
        bottom = QWidget(self)
        column = QVBoxLayout(bottom)
        column.setContentsMargins(24, 0, 24, 18)
        column.setSpacing(12)
        if self.asks_below:
            column.addWidget(self.form)
        column.addWidget(self._message_frame())
        self.progress = QProgressBar(bottom)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(3)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        column.addWidget(self.progress)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.buttons.addStretch(1)
        self.cancel_button = self._button("cancel")
        self.next_button = self._button("next")
        self.ok_button = self._button("ok")
        theme.mark(self.ok_button, kind="danger" if self.danger else "primary")
        theme.mark(self.next_button, kind="primary")
        for button in (self.cancel_button, self.next_button, self.ok_button):
            self.buttons.addWidget(button)
        column.addLayout(self.buttons)
        return bottom

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{self.name}.{name}")
        button.setAutoDefault(False)
        return button

    def _message_frame(self) -> QFrame:
        self.message, layout = card("alarm", self, 12)
        row = QHBoxLayout()
        self.message_text = label("", "value", self.message, f"{self.name}.message")
        self.reload_button = self._button("reload")
        self.reload_button.setText(QCoreApplication.translate("dialog", "Load again"))
        row.addWidget(self.message_text, 1)
        row.addWidget(self.reload_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
        self.message.hide()
        return self.message

    def event(self, event: QEvent) -> bool:
        """Another dialog above this one opens or closes."""
        second_click.notice(event)
        return super().event(event)

    def give_up(self) -> None:
        """Close whatever was typed: for a button that says so."""
        self._given_up = True
        self.reject()
        self._given_up = False

    def reject(self) -> None:
        """Esc, or the window's own close button: asks when something was typed by hand."""
        if not self._given_up and typed.holds_typing(self):
            typed.ask_to_discard(self, self.give_up)
            return
        super().reject()

    def fit(self) -> None:
        """As high as the content, as far as the screen lets it; from there on it scrolls."""
        layout_of(self).activate()
        width = max(self.wide, self.minimumSizeHint().width())
        self.resize(width, min(self._wanted_height(width), self._room()))

    def _wanted_height(self, width: int) -> int:
        return sum(height_for(layout_of(part), width) for part in (self.inside, self.bottom)) + 2

    def _room(self) -> int:
        return self.screen().availableGeometry().height() * 19 // 20

    def _grow(self) -> None:
        """Make room for an error that became longer; never shrink under the operator's hand."""
        wanted = min(self._wanted_height(self.width()), self._room())
        if self.isVisible() and wanted > self.height():
            self.resize(self.width(), wanted)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part, once its error has found room."""
        area = self.area
        if area is not None and area.isAncestorOf(part):
            QTimer.singleShot(0, part, lambda: area.ensureWidgetVisible(part))

    def show_message(self, text: str, reload: bool = False) -> None:
        """Say something above the buttons, with the offer to load the row again."""
        self.message_text.setText(text)
        self.reload_button.setVisible(reload)
        self.message.show()

    def hide_message(self) -> None:
        """Nothing to say."""
        self.message.hide()
