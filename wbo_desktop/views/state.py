"""What the program remembers on this workstation for each operator: tabs, columns, sizes and choices.

Never anything about clients: what was typed into a filter is forgotten with the window.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from wbo_desktop.views import i18n
from wbo_desktop.views.theme import Mode


class Remembered:
    """The settings stored under one login (QSettings)."""

    def __init__(self, settings: QSettings, login: str) -> None:
        self._settings, self._prefix = settings, f"operator/{login}/"

    def put(self, name: str, value: Any) -> None:
        self._settings.setValue(self._prefix + name, value)

    def data(self, name: str) -> QByteArray | None:
        """The stored bytes under a name; None when there are none."""
        value = self._settings.value(self._prefix + name)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def text(self, name: str, default: str = "") -> str:
        """The stored text under a name; empty when there is none."""
        value = self._settings.value(self._prefix + name)
        return str(value) if value not in (None, "") else default

    def texts(self, name: str) -> list[str]:
        """The stored list of texts under a name; an ini file returns a list of one as a text."""
        value = self._settings.value(self._prefix + name)
        if isinstance(value, str):
            return [value] if value else []
        return [str(item) for item in value] if isinstance(value, (list, tuple)) else []

    @property
    def mode(self) -> Mode:
        """The stored colour scheme: light, dark, or the system's."""
        text = self.text("mode")
        return Mode(text) if text in set(Mode) else Mode.SYSTEM

    @property
    def language(self) -> str:
        """The stored language; empty when the operator never chose one."""
        text = self.text("language")
        return text if text in i18n.LANGUAGES else ""

    @property
    def scale(self) -> float:
        """The stored text size, 1.0 to 1.5."""
        try:
            return min(1.5, max(1.0, float(self.text("scale", "1.0"))))
        except ValueError:
            return 1.0
