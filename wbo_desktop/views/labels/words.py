"""Tables of words: looked up by code, translated when they are shown.

The tables hold English sources marked for lupdate; nothing is translated when a module is imported, so that
the language can change while windows are open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A table of codes and their English sources, in one translation context."""

    context: str
    table: Mapping[str, str]

    def __call__(self, code: object) -> str:
        """The word for `code` in the current language; an unknown code as it is, None as a dash."""
        if code is None or code == "":
            return "—"
        source = self.table.get(str(code))
        return str(code) if source is None else QCoreApplication.translate(self.context, source)

    def __contains__(self, code: object) -> bool:
        return str(code) in self.table

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)
