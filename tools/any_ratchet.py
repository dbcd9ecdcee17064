"""The ratchet on `Any`: each file says it at most as often as tools/any_allowed.txt has it, and that only falls.

`Any` switches mypy off wherever it goes. What stands in the list came before the ratchet or has its reason; a file
that is not in the list has none. `--lower` (a part of `make fmt`) writes the counts anew; it never lets their sum rise.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = "tools/any_allowed.txt"
FOLDERS = ("wbo_desktop", "wbo_demo", "tools", "benchmarks")


def count(text: str) -> int:
    """How often a module says `Any` or `typing.Any`, its import apart."""
    return sum(
        (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any")
        for node in ast.walk(ast.parse(text))
    )


def counts(root: Path) -> dict[str, int]:
    """The files that say `Any`, with how often."""
    files = [file for folder in FOLDERS for file in sorted((root / folder).rglob("*.py"))]
    found = {file.relative_to(root).as_posix(): count(file.read_text(encoding="utf-8")) for file in files}
    return {name: times for name, times in found.items() if times}


def allowed(root: Path) -> dict[str, int]:
    """The list as it stands, one file a line: its count and its name."""
    lines = (root / ALLOWED).read_text(encoding="utf-8").splitlines()
    return {name: int(times) for times, name in (line.split() for line in lines)}


def findings(root: Path) -> list[str]:
    """The files that say `Any` more often than they may, a line each."""
    known = allowed(root)
    return [
        f"{name}: says Any {times} times, {known.get(name, 0)} are allowed: name the type (object, a TypeVar, a "
        f"Protocol, a model); after a move, type: make fmt; what must be Any, raise in {ALLOWED} and say why"
        for name, times in counts(root).items()
        if times > known.get(name, 0)
    ]


def lower(root: Path) -> str:
    """Writes the counts of now, unless their sum is more than before: then the complaint is returned."""
    now = counts(root)
    more = sum(now.values()) - sum(allowed(root).values())
    if more > 0:
        return f"{ALLOWED}: {more} more Any than before; the sum only falls"
    lines = [f"{times:3d} {name}\n" for name, times in sorted(now.items())]
    (root / ALLOWED).write_text("".join(lines), encoding="utf-8")
    return ""


def main() -> int:
    """0 when no file says `Any` too often, and after `--lower` when the sum did not rise."""
    found = [lower(ROOT)] if sys.argv[1:] == ["--lower"] else findings(ROOT)
    for finding in filter(None, found):
        print(finding)
    return 1 if any(found) else 0


if __name__ == "__main__":
    sys.exit(main())
