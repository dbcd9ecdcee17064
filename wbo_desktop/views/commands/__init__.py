"""Commands: what an operator can do with one press, declared once for menus, buttons, keys and the palette.

A `Command` is a declaration (name, words, icon, keys); `declared` has them all. A widget binds those that work in it
with `Commands`, which makes their actions and gives keys their meaning. `make check` refuses an action or a key that
comes from anywhere else. The keys of the toolkit itself (Enter and Esc in a dialog, arrows in a list) are not commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from wbo_desktop.domain.permissions import Permission
from wbo_desktop.views import icons
from wbo_desktop.views.i18n import Marked, text
from wbo_desktop.views.plain_text import set_hint

Keys = str | QKeySequence.StandardKey
Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing an operator can do.

    Attributes:
        code: its name: the object name of its actions, and what is remembered of it. Unique.
        title: English source of its words; or the function that gives them.
        icon: the icon's name; empty where it stands in menus only.
        keys: the key sequences that do it, as text (`Ctrl+K`) or Qt's standard key. The first is the one shown.
        everywhere: the keys work in the whole window; otherwise only while the widget that bound it has the focus.
        permission: what the operator needs to have been granted; None where everybody may.
        offered: the palette finds it by its words.
    """

    code: str
    title: Marked | Callable[[], str]
    icon: str = ""
    keys: tuple[Keys, ...] = ()
    everywhere: bool = False
    permission: Permission | None = None
    offered: bool = False

    def text(self) -> str:
        """Its words in the language of now."""
        return text(self.title) if isinstance(self.title, Marked) else self.title()

    def names(self) -> tuple[str, ...]:
        """What it is found by: its words, and the English ones."""
        return (self.text(), self.title) if isinstance(self.title, Marked) else (self.text(),)

    def sequences(self) -> list[QKeySequence]:
        """Its keys as Qt has them."""
        return [QKeySequence(keys) for keys in self.keys]

    def shown_keys(self) -> str:
        """The first of its keys in words; empty where it has none."""
        return self.sequences()[0].toString() if self.keys else ""

    def hint(self, words: str = "") -> str:
        """The words of a tooltip, its own unless others are given, with the keys."""
        words = words or self.text()
        if not (keys := self.shown_keys()):
            return words
        return QCoreApplication.translate("command", "{act} ({keys})").format(act=words, keys=keys)

    def beside(self, words: str) -> str:
        """The words with the keys beside them, for a button wide enough."""
        template = QCoreApplication.translate("command", "{words}   {keys}")
        return template.format(words=words, keys=self.shown_keys())

    def pressed_in(self, event: QKeyEvent) -> bool:
        """Whether the event is one of its keys. A key without modifiers counts with any: Enter of the number pad has one."""
        pressed = event.keyCombination()
        for sequence in self.sequences():
            wanted: QKeyCombination = sequence[0]  # type: ignore[index]  # PySide's stub leaves __getitem__ out
            if wanted.key() == pressed.key() and (
                wanted.keyboardModifiers() in (Qt.KeyboardModifier.NoModifier, pressed.keyboardModifiers())
            ):
                return True
        return False


def action_of(command: Command, parent: QWidget, run: Run | None = None) -> QAction:
    """The command as an action for a menu; pressed, it does `run`. Its keys are shown and do nothing by themselves."""
    made = QAction(command.text(), parent)
    made.setObjectName(command.code)
    if command.icon:
        made.setIcon(icons.icon(command.icon))
    made.setShortcuts(command.sequences())
    if run is not None:
        made.triggered.connect(lambda: run())
    return made


def dress(button: QAbstractButton, command: Command, hint: str = "") -> None:
    """Give a button without words the command's icon, tooltip (or `hint`, with the keys) and accessible name."""
    button.setIcon(icons.icon(command.icon))
    set_hint(button, command.hint(hint))
    button.setAccessibleName(hint or command.text())


class Bound:
    """A command where it works: what it runs there, and why it cannot be done now."""

    def __init__(
        self, command: Command, action: QAction, run: Run, why_not: Callable[[], str] | None
    ) -> None:
        self.command, self.action, self.run = command, action, run
        self._why_not = why_not
        action.triggered.connect(lambda: self.press())

    def why_not(self) -> str:
        """The sentence that says why it cannot be done now; empty when it can."""
        return self._why_not() if self._why_not else ""

    def press(self) -> None:
        """Do it, unless it cannot be done now."""
        if not self.why_not():
            self.run()

    def retranslate(self) -> None:
        """Sets the action's text anew, in the current language."""
        self.action.setText(self.command.text())


class Commands:
    """The commands that work in one widget."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._bound: dict[str, Bound] = {}

    def bind(self, command: Command, run: Run, why_not: Callable[[], str] | None = None) -> Bound:
        """Let the command do `run` here, unless `why_not` has a reason against it.

        Keys that work everywhere work while the widget is to be seen and on: not under the lock's screen.
        """
        bound = Bound(command, action_of(command, self._widget), run, why_not)
        if command.keys and command.everywhere:
            self._widget.addAction(bound.action)
        self._bound[command.code] = bound
        return bound

    def choose(self, commands: dict[Command, Run], chosen: Command | None) -> list[QAction]:
        """Bind commands of which exactly one holds; `chosen` is the one that does now."""
        group = QActionGroup(self._widget)
        actions = [self.bind(command, run).action for command, run in commands.items()]
        for command, action in zip(commands, actions, strict=True):
            action.setCheckable(True)
            action.setChecked(command == chosen)
            group.addAction(action)
        return actions

    def clear(self) -> None:
        """None of them works here any longer."""
        for bound in self:
            bound.action.deleteLater()
        self._bound.clear()

    def __getitem__(self, code: str) -> Bound:
        return self._bound[code]

    def __iter__(self) -> Iterator[Bound]:
        return iter(self._bound.values())

    def press(self, event: QKeyEvent) -> bool:
        """For the widget's `keyPressEvent`: do the command whose keys these are; False when there is none, or it cannot
        be done now."""
        for bound in self:
            if bound.command.pressed_in(event) and not bound.why_not():
                bound.run()
                return True
        return False

    def retranslate(self) -> None:
        """The words of all of them."""
        for bound in self:
            bound.retranslate()
