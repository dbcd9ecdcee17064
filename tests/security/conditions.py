"""Faults in the conditions of the guards' functions: each one made false, turned round, or robbed of one of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\w+|[()]|;|\S", re.ASCII)
_ENDS = frozenset(
    {
        "AND",
        "OR",
        "THEN",
        "WHERE",
        "ORDER",
        "LIMIT",
        "GROUP",
        "ELSE",
        "WHEN",
        "RETURNING",
        "LOOP",
        "UNION",
        "FOR",
        "END",
        "ON",
    }
)

Token = tuple[str, int, int]


def faults(source: str) -> Iterator[tuple[str, str]]:
    """(what was done, the function's text with it)."""
    tokens: list[Token] = [
        (m.group().upper() if m.group()[0].isalpha() else m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(source)
        if not m.group().startswith("--")
    ]
    for place, (word, _, end) in enumerate(tokens):
        if word in ("IF", "ELSIF", "WHEN") and tokens[place - 1][0] not in ("END", "TRIGGER", "EXCEPTION"):
            yield from _condition(source, tokens, place, end)
        elif word in ("AND", "OR") and not _of_between(tokens, place):
            start, stop = tokens[place][1], _operand_end(tokens, place)
            yield f"without «{_short(source[start:stop])}»", source[:start] + source[stop:]


def _condition(source: str, tokens: list[Token], place: int, start: int) -> Iterator[tuple[str, str]]:
    stop = _then(tokens, place)
    if stop is None:
        return
    text = source[start:stop].strip()
    if not text or text.startswith("SQLSTATE") or "unique_violation" in text:
        return
    yield f"never «{_short(text)}»", f"{source[:start]} false {source[stop:]}"
    yield f"not «{_short(text)}»", f"{source[:start]} NOT ({text}) {source[stop:]}"


def _then(tokens: list[Token], place: int) -> int | None:
    """Where the THEN that belongs to this word begins."""
    inside = 0
    for word, start, _ in tokens[place + 1 :]:
        if word == "CASE":
            inside += 1
        elif word == "END":
            inside -= 1
        elif word == "THEN" and inside == 0:
            return start
        elif word == ";":
            return None
    return None


def _of_between(tokens: list[Token], place: int) -> bool:
    depth = 0
    for word, _, _ in reversed(tokens[:place]):
        depth += (word == ")") - (word == "(")
        if depth < 0 or (depth == 0 and word in _ENDS):
            return False
        if depth == 0 and word == "BETWEEN":
            return True
    return False


def _operand_end(tokens: list[Token], place: int) -> int:
    depth = 0
    between = False
    for word, start, _ in tokens[place + 1 :]:
        if depth == 0 and word == "BETWEEN":
            between = True
        elif depth == 0 and word == "AND" and between:
            between = False
        elif depth == 0 and (word in _ENDS or word in (")", ";", ",")):
            return start
        depth += (word == "(") - (word == ")")
    return tokens[-1][2]


def _short(text: str) -> str:
    return " ".join(text.split())[:90]
