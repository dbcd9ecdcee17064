"""SQL in at most 120 columns: long lines are broken outside of strings, comments are filled anew.

Formatters from the registry read a function's body as one string, so this one works on lines and leaves every
layout that fits alone. What it writes has the same words in the same order, or it refuses to write.

    python tools/format_sql.py            # formats
    python tools/format_sql.py --check    # names the files that it would change; `make check` runs it
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 120
FROZEN = "tests/support/twin_2026_11/"
"""The schema as it was in November 2026, to be upgraded by a test: history is not formatted."""

_WORD = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\w+|\s+|\S")
_BREAK = re.compile(
    r"(?:FROM|WHERE|AND|OR|JOIN|LEFT JOIN|CROSS JOIN|ON|ORDER BY|GROUP BY|SET|VALUES|RETURNING|INTO|USING|WHEN|THEN|ELSE"
    r"|END|UNION|EXECUTE|FOR|LANGUAGE|AS|IS DISTINCT|IN|BETWEEN|CHECK|REFERENCES|DEFAULT|INCLUDE|LIMIT)\b|\|\|"
)
_CLAUSE = re.compile(
    r"(?:FROM|WHERE|JOIN|LEFT JOIN|CROSS JOIN|ORDER BY|GROUP BY|VALUES|RETURNING|UNION|EXECUTE)\b"
)


def words(text: str) -> list[str]:
    """The words of a script without space and comments; a string is one word."""
    return [word for word in _WORD.findall(text) if not word.isspace() and not word.startswith("--")]


def remarks(text: str) -> list[str]:
    """The words of a script's comments."""
    found = [word.lstrip("- ").split() for word in _WORD.findall(text) if word.startswith("--")]
    return sorted(word for line in found for word in line if word.strip("-"))


def _pieces(line: str) -> Iterator[tuple[int, str, int]]:
    """Each word of a line with its place and the depth of the brackets around it."""
    depth = 0
    for match in _WORD.finditer(line):
        word = match.group()
        if word in ")]":
            depth -= 1
        yield match.start(), word, depth
        if word in "([":
            depth += 1


def _places(line: str) -> Iterator[tuple[int, int, int]]:
    """Where a line may be broken: depth of brackets, how well (0: before a clause, 1: after a comma, 2: else), and
    the place."""
    last = ""
    for place, word, depth in _pieces(line):
        if word.isspace():
            continue
        begins = line[place:]
        if _CLAUSE.match(begins):
            yield depth, 0, place
        elif last == "," or re.match(r"(?:AND|OR)\b", begins):
            yield depth, 1, place
        elif _BREAK.match(begins) or last == "(":
            yield depth, 2, place
        last = word


def _broken(line: str) -> list[str]:
    """A line of code in as many lines as it needs, the later ones indented by four."""
    if len(line) <= WIDTH:
        return [line]
    begin = len(line) - len(line.lstrip())
    code, comment = _without_comment(line)
    if comment:
        return [*_filled([" " * begin + comment]), *_broken(code)]
    fit = [(depth, rank, place) for depth, rank, place in _places(line) if begin + 12 < place <= WIDTH]
    if not fit:
        return [line]
    least = min(depth for depth, _, _ in fit)
    level = [(rank, place) for depth, rank, place in fit if depth == least]
    late = [(rank, place) for rank, place in level if place > WIDTH // 2] or level
    rank = min(rank for rank, _ in late)
    place = max(place for this, place in late if this == rank)
    indent = begin if begin % 4 else begin + 4  # lists that stand under their first word stay there
    rest = " " * indent + line[place:]
    return [line[:place].rstrip(), *_broken(rest)]


def _without_comment(line: str) -> tuple[str, str]:
    for place, word, _ in _pieces(line):
        if word.startswith("--") and line[:place].strip():
            return line[:place].rstrip(), word
    return line, ""


def _filled(lines: list[str]) -> list[str]:
    """A paragraph of comment lines, filled to the width."""
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    text = " ".join(line.strip()[2:].strip() for line in lines)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{indent}-- ",
        subsequent_indent=f"{indent}-- ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _kind(line: str) -> tuple[bool, bool]:
    """Whether a line is a comment, and whether it is a title: one that ends in a rule of dashes."""
    return line.lstrip().startswith("--"), bool(re.fullmatch(r"\s*-- .+ -{4,}\s*", line))


def formatted(text: str) -> str:
    """A script in at most 120 columns. Raises ValueError when its words would change."""
    made: list[str] = []
    for (is_comment, is_title), lines in groupby(text.split("\n"), key=_kind):
        block = [line.rstrip() for line in lines]
        if is_title:
            made += [line[:WIDTH] for line in block]
        elif is_comment and any(len(line) > WIDTH for line in block):
            made += _filled(block)
        elif is_comment:
            made += block
        else:
            made += [part for line in block for part in _broken(line.expandtabs(4))]
    result = "\n".join(made).rstrip("\n") + "\n"
    if words(result) != words(text) or remarks(result) != remarks(text):
        raise ValueError("the words would change: break the line by hand")
    return result


def main() -> int:
    """0 when nothing was to be done, or was done; 1 when --check found something, or a line that is too long."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.sql"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    wrong = 0
    for name in listed:
        if name.startswith(FROZEN) or not (ROOT / name).exists():
            continue
        before = (ROOT / name).read_text(encoding="utf-8")
        after = formatted(before)
        if after != before and "--check" in sys.argv:
            print(f"{name}: python tools/format_sql.py")
            wrong = 1
        elif after != before:
            (ROOT / name).write_text(after, encoding="utf-8")
        for number, line in enumerate(after.split("\n"), 1):
            if len(line) > WIDTH:
                print(f"{name}:{number}: {len(line)} columns, and no place to break it: break it by hand")
                wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
