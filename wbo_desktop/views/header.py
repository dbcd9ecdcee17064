"""The top of the window: quick jump, the state of database and networks, language, look, and the acts on
one's own login."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, icons, theme
from wbo_desktop.views.commands import Command, Commands, Run, dress
from wbo_desktop.views.commands import declared as command
from wbo_desktop.views.health import Health
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.labels import beside, log_reading
from wbo_desktop.views.labels import networks as words
from wbo_desktop.views.operation import sentence
from wbo_desktop.views.plain_text import PlainLabel, set_hint, visible
from wbo_desktop.views.theme import Mode, Tone
from wbo_desktop.views.widgets.plain import height_for, layout_of

Value = TypeVar("Value")

_JUMP_EDGES = 56
"""The width of the quick jump beside its words: icon and padding."""

_PERSON_EDGES, _LEAST_NAME = 48, 60
"""The width of the operator's button beside the name, and the least width of the name."""


class Header(Retranslated, QFrame):
    """The widget at the top of the window. It shows the state and emits signals; the main window acts on
    them."""

    jump = Signal()
    lock = Signal()
    change_password = Signal()
    log_out = Signal()
    language = Signal(str)
    mode = Signal(str)
    scale = Signal(float)

    def __init__(
        self, desk: Desk, health: Health, mode: Mode, scale: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._desk, self._health = desk, health
        self._jump = QPushButton(self)
        self._jump.setObjectName("jump")
        self._jump.setProperty("kind", "jump")
        self._jump.setIcon(icons.icon(command.JUMP.icon))
        self._database = _Light("database", self)
        self._chain = _Light("block", self)
        self._globe = self._menu_button("globe")
        self._look = self._menu_button("theme")
        self._person = self._menu_button("user")
        self._person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lock = QToolButton(self)
        self._lock.setObjectName("lock")
        self._lock.setIconSize(QSize(18, 18))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 10, 7)
        layout.setSpacing(6)
        layout.addWidget(self._jump)
        layout.addStretch(1)
        for widget in (self._database, self._chain, self._globe, self._look, self._lock, self._person):
            layout.addWidget(widget)
        self.commands = Commands(self)
        self._jump.clicked.connect(self.commands.bind(command.JUMP, self.jump.emit).press)
        self._lock.clicked.connect(self.commands.bind(command.LOCK, self.lock.emit).press)
        self._make_menus(mode, scale)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.show_health)
        self._tick.start()
        health.changed.connect(self.show_health)
        self.retranslate()

    def _menu_button(self, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(icon)
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(18, 18))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _make_menus(self, mode: Mode, scale: float) -> None:
        languages, looks, own = QMenu(self), QMenu(self), QMenu(self)
        languages.addActions(self._choice(command.LANGUAGES, i18n.language(), self.language.emit))
        looks.addActions(self._choice(command.MODES, mode, lambda one: self.mode.emit(str(one))))
        looks.addSeparator()
        percent = round(scale * 100)
        looks.addActions(self._choice(command.SCALES, percent, lambda one: self.scale.emit(one / 100)))
        self._who = own.addAction("")  # house: allow: it says who is logged in, and does nothing
        self._who.setEnabled(False)
        own.addSeparator()
        own.addAction(self.commands[command.LOCK.code].action)
        own.addAction(self.commands.bind(command.CHANGE_PASSWORD, self.change_password.emit).action)
        own.addSeparator()
        own.addAction(self.commands.bind(command.LOG_OUT, self.log_out.emit).action)
        for button, menu in ((self._globe, languages), (self._look, looks), (self._person, own)):
            button.setMenu(menu)

    def _choice(
        self, commands: Mapping[Value, Command], chosen: Value, choose: Callable[[Value], object]
    ) -> list[QAction]:
        """Actions of which exactly one is on, each choosing its value."""
        runs: dict[Command, Run] = {one: partial(choose, value) for value, one in commands.items()}
        return self.commands.choose(runs, commands.get(chosen))

    def retranslate(self) -> None:
        session = self._desk.session
        self._jump.setAccessibleName(command.JUMP.text())
        dress(self._lock, command.LOCK)
        self.commands.retranslate()
        self._named(self._globe, self.tr("Language"))
        self._named(self._look, self.tr("Look and text size"))
        who = self.tr("{login} on {workstation}").format(login=session.login, workstation=session.workstation)
        self._named(self._person, who)
        self._who.setText(who)
        self.show_health()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Quick jump and name say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Both have a small least width: no long name or large text makes the window wider than the
        screen."""
        whole, short = (
            command.JUMP.beside(self.tr("Jump to record, client, address, TXID or page")),
            command.JUMP.beside(command.JUMP.text()),
        )
        room = self._room()
        least = self._jump.fontMetrics().horizontalAdvance(short) + theme.scaled(_JUMP_EDGES)
        metrics, edges = self._person.fontMetrics(), theme.scaled(_PERSON_EDGES)
        name = visible(self._desk.session.display_name or self._desk.session.login)
        for_name = max(theme.scaled(_LEAST_NAME), room - least - edges)
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, for_name)
        if name != self._person.text():
            self._person.setText(name)
        room -= metrics.horizontalAdvance(name) + edges
        wanted = self._jump.fontMetrics().horizontalAdvance(whole) + theme.scaled(_JUMP_EDGES)
        self._jump.setMinimumWidth(least)
        self._person.setMinimumWidth(theme.scaled(_LEAST_NAME + _PERSON_EDGES))
        self._jump.setText(whole if wanted <= room else short)

    def _room(self) -> int:
        """What the other parts leave to quick jump and name."""
        layout = layout_of(self)
        margins = layout.contentsMargins()
        others = (self._database, self._chain, self._globe, self._look, self._lock)
        taken = sum(one.sizeHint().width() + layout.spacing() for one in others if not one.isHidden())
        return self.width() - margins.left() - margins.right() - taken - 2 * layout.spacing()

    def _named(self, button: QToolButton, name: str) -> None:
        set_hint(button, name)
        button.setAccessibleName(name)

    def show_health(self) -> None:
        """Shows the state of the database and the networks at this second."""
        if self._health.fault is not None:
            self._database.show_state(Tone.BAD, self.tr("Disconnected"), sentence(self._health.fault))
        else:
            told = self.tr("Connected to {server}").format(server=self._desk.session.server)
            tone, log = Tone.GOOD, self._health.log_reading
            if log is not None:
                tone = Tone.GOOD if log_reading.keeps_up(log) else Tone.WAITING
                told = f"{told}\n{log_reading.line(log)}"
            self._database.show_state(tone, self.tr("Database"), told)
        networks = self._health.networks()
        self._chain.setVisible(bool(networks))
        if networks:
            # of two that are as well the first: whose block is older changes every second
            worst = max(networks, key=words.grade)
            told = "\n\n".join(map(words.long, networks))
            self._chain.show_state(words.tone(worst), words.short(worst), told)
        self._fit()


def _without_numbers(text: str) -> str:
    """A sentence with its digits removed, to tell whether it changed by more than a count."""
    return re.sub(r"\d+", "", text)


class _Light(QFrame):
    """An icon and a word that show one state by colour and by text."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"health.{icon}")
        self._icon = icon
        self._picture = PlainLabel(self)
        self._text = PlainLabel(self)
        self._text.setProperty("role", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(6)
        layout.addWidget(self._picture)
        layout.addWidget(self._text)

    def show_state(self, tone: Tone, text: str, tooltip: str) -> None:
        ink, _ = theme.tone(tone)
        self._picture.setPixmap(icons.pixmap(self._icon, ink.name(), 16))
        self._text.setText(text)
        set_hint(self, tooltip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tooltip)


class Banner(Retranslated, QFrame):
    """A strip at the bottom of the window that says what fails, what still works, and that it recovers by
    itself.

    It lies over the line that is kept at the bottom (`line`) and what is above that, so that nothing moves
    when it comes; folded, it needs the line alone.
    """

    def __init__(self, health: Health, line: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._line, self._folded, self._said = line, False, ""
        self.setObjectName("banner")
        self.setProperty("role", "banner")
        self._health = health
        self._text = PlainLabel(self)
        self._text.setObjectName("banner.text")
        self._text.setWordWrap(True)
        self._fold = QToolButton(self)
        self._fold.setObjectName("banner.fold")
        self._fold.setAutoRaise(True)
        self._fold.clicked.connect(self._turn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 1, 8, 1)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignBottom)
        parent.installEventFilter(self)
        line.installEventFilter(self)
        health.changed.connect(self.retranslate)
        self._tick = QTimer(self)
        self._tick.setInterval(5000)
        self._tick.timeout.connect(self.retranslate)
        self._tick.start()
        self.retranslate()

    def retranslate(self) -> None:
        message = "\n".join(
            filter(None, (self._own(), *beside.sentences(self._health.beside), self._message()))
        )
        if _without_numbers(message) != _without_numbers(self._said):
            self._folded = False  # something else is the matter now
        self._said = message
        self._text.setText(message)
        self._text.setVisible(not self._folded)
        self._fold.setText(self.tr("Show notice") if self._folded else self.tr("Fold"))
        self.setVisible(bool(message))
        self._place()

    def _turn(self) -> None:
        self._folded = not self._folded
        self.retranslate()

    def _place(self) -> None:
        """Places the banner at the bottom, over the line, as high as its text needs."""
        around = self.parentWidget()
        assert around is not None, "the banner lies in the window"
        layout = layout_of(self)
        layout.activate()
        width = self.sizeHint().width() if self._folded else around.width()
        height = max(self._line.height(), height_for(layout, width))
        self.setGeometry(around.width() - width, around.height() - height, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _own(self) -> str:
        """The sentence about the operator's own login; empty when nothing is wrong with it."""
        if not self._health.only_looks:
            return ""
        return self.tr(
            "Your password was changed outside WBO Desktop, so this login only looks: every act is refused until an "
            "administrator has confirmed the password under Operators & Permissions. If it was not you, tell an "
            "administrator at once."
        )

    def _message(self) -> str:
        if self._health.fault is not None:
            return self.tr(
                "{cause} What is on the screen can still be read, and nothing typed is lost; "
                "acts work again when the connection is back, which is tried every few seconds."
            ).format(cause=sentence(self._health.fault))
        messages = ((words.grade(network), words.message(network)) for network in self._health.networks())
        # the worst first; more than two would hide the desk
        told = sorted((one for one in messages if one[1]), key=lambda one: -one[0])
        log = self._health.log_reading
        return "\n".join((*(text for _, text in told[:2]), log_reading.message(log) if log else "")).strip()
