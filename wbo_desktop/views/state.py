"""What the program remembers on this workstation: for each operator their tabs, columns, sizes and choices.

Never anything about clients: what was typed into a filter is forgotten with the window.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from wbo_desktop.views import i18n
from wbo_desktop.views.theme import Mode


class Remembered:
    """QSettings under one operator's name."""

    def __init__(self, settings: QSettings, login: str) -> None:
        self._settings, self._prefix = settings, f"operator/{login}/"

    def put(self, name: str, value: Any) -> None:
        """Remember a value."""
        self._settings.setValue(self._prefix + name, value)

    def data(self, name: str) -> QByteArray | None:
        """Bytes that Qt gave us before, None when there are none."""
        value = self._settings.value(self._prefix + name)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self._settings.value(self._prefix + name)
        return str(value) if value not in (None, "") else default

    def texts(self, name: str) -> list[str]:
        """A list of texts; an ini file gives a single one back as text."""
        value = self._settings.value(self._prefix + name)
        if isinstance(value, str):
            return [value] if value else []
        return [str(item) for item in value] if isinstance(value, (list, tuple)) else []

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the system."""
        text = self.text("mode")
        return Mode(text) if text in set(Mode) else Mode.SYSTEM

    @property
    def language(self) -> str:
        """The language chosen here; empty when the operator never chose."""
        text = self.text("language")
        return text if text in i18n.LANGUAGES else ""

    @property
    def scale(self) -> float:
        """The text size, 1.0 to 1.5."""
        try:
            return min(1.5, max(1.0, float(self.text("scale", "1.0"))))
        except ValueError:
            return 1.0
