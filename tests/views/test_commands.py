"""The registry of commands: each is declared once, and every action and key of the window comes from it."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from wbo_desktop.views import i18n, menu
from wbo_desktop.views.commands import Command
from wbo_desktop.views.commands.declared import APPLY_FILTERS, FIXED

ALL = tuple(menu.commands())


def test_a_code_names_one_command() -> None:
    codes = Counter(
        command.code for command in {id(c): c for c in ALL if not c.code.startswith("act.")}.values()
    )
    assert [code for code, times in codes.items() if times > 1] == []


def test_a_key_of_the_whole_window_does_one_thing() -> None:
    keys = Counter(key.toString() for c in FIXED if c.everywhere for key in c.sequences())
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("command", FIXED, ids=lambda command: command.code)
def test_a_command_has_words_in_each_language(qapp: object, command: Command) -> None:
    words = set()
    for language in i18n.LANGUAGES:
        i18n.install(language)
        words.add(command.text())
        assert command.text()
    own_name = command.code.startswith("language.")
    assert (len(words) > 1) is not own_name


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    ],
)
def test_enter_of_the_number_pad_is_enter(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    assert APPLY_FILTERS.pressed_in(QKeyEvent(QEvent.Type.KeyPress, key, modifiers))
    assert not APPLY_FILTERS.pressed_in(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers))
