"""Turns terms into the bytes of Qt's compiled catalogue (.qm), which QTranslator loads from memory.

Written here so that the terms files are the only copy of a translation: no XML to merge, nothing to
compile, nothing that can be out of date in a clone, a wheel or an installer. Layout: qtbase,
src/corelib/kernel/qtranslator.cpp.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES, _NUMERUS_RULES = 0x42, 0x69, 0x88
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7
_ONE_OTHER = bytes([0x01, 1])
"""Qt's rule bytes for "the first form when n is 1, else the second"; no rule means one form for every n."""


@dataclass(frozen=True, slots=True)
class Message:
    """One source text and its translation; several forms for `%n`. An empty context holds for every
    context."""

    source: str
    forms: tuple[str, ...]
    context: str = ""


def compile_messages(messages: Iterable[Message], *, singular: bool) -> bytes:
    """The catalogue as bytes for `QTranslator.load`; `singular` when the language tells one from many."""
    # a message of a certain context has to stand before the one for all contexts: Qt takes the first that
    # fits
    ordered = sorted(messages, key=lambda m: (_hash(m.source), m.context == ""))
    hashes, body = bytearray(), bytearray()
    for message in ordered:
        hashes += struct.pack(">II", _hash(message.source), len(body))
        for form in message.forms:
            body += _tagged(_TRANSLATION, form.encode("utf-16-be"))
        if message.context:
            body += _tagged(_CONTEXT, message.context.encode())
        body += _tagged(_SOURCE, message.source.encode()) + bytes([_END])
    sections = [(_HASHES, hashes), (_MESSAGES, body)]
    if singular:
        sections.append((_NUMERUS_RULES, bytearray(_ONE_OTHER)))
    return _MAGIC + b"".join(_tagged(tag, bytes(content)) for tag, content in sections)


def _tagged(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _hash(source: str) -> int:
    """The ELF hash that QTranslator looks a source text up by."""
    value = 0
    for byte in source.encode():
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF if high else value & 0xFFFFFFFF
    return value or 1
