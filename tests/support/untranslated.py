"""Notices texts that are asked for in a context they have no translation in, and would be shown in English.

lupdate takes the context of `self.tr("…")` from the class it stands in, and of the other calls from their first
argument; a call that asks in another context finds nothing, silently.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QObject, QTranslator

from tools.catalogues import messages, path_of
from wbo_desktop.views import i18n


class Untranslated(QTranslator):
    """Installed before the program's own catalogues, Qt asks it last: for what they do not have."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> None:
        """Remembers what was asked for, and has no translation: an empty one would be shown."""
        if i18n.language() != "en" and source in contexts():
            self.asked.add((context, source))

    def found(self) -> list[tuple[str, str]]:
        """The contexts and sources that were asked for in vain since the last call. A base class may have the
        text: Qt for Python asks for a class's text in the names of its bases, one after the other."""
        asked, self.asked = self.asked, set()
        return sorted((c, s) for c, s in asked if not contexts()[s] & {c, *_bases(c)})


@cache
def contexts() -> dict[str, set[str]]:
    """The contexts of each source text; of those that change at all, such as "Esc" does not."""
    known: dict[str, set[str]] = {}
    same = set()
    for message in (*messages(path_of("zh_HK")), *messages(path_of("zh_CN"))):
        known.setdefault(message.source, set()).add(message.context)
        if message.forms == (message.source,):
            same.add(message.source)
    return {source: found for source, found in known.items() if source not in same}


def _bases(name: str) -> Iterator[str]:
    """The names of all bases of the Qt classes of one name."""
    for made in _below(QObject):
        if made.__name__ == name:
            yield from (base.__name__ for base in made.__mro__)


def _below(made: type) -> Iterator[type]:
    for below in made.__subclasses__():
        yield below
        yield from _below(below)
