"""Public names of `domain/` that no program uses: a rule that only tests call is not the rule that decides.

A name is used when code that runs mentions it: code of the desktop, the worker, the commands or the demo
outside `domain/`, or a definition in `domain/` that is used itself. Functions, classes and constants are told
apart by the module they are imported from, methods and properties by their name alone.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("wbo_desktop", "wbo_demo")
DOMAIN = "wbo_desktop.domain"

EXPECTED = {
    "diagnosis": "the page that answers a client's question after a deposit will show it",
    "unannounced": "the page that answers a client's question after a deposit will show it",
}
"""Modules of `domain/` whose callers are still to be written, each with the reason; the shorter the better."""

Name = tuple[str, str]
"""A module of `domain/` and what it defines: a function, class or constant, or `Class.method`."""


@dataclass
class Uses:
    """What a piece of code mentions: names of `domain/`, and attributes of whatever object."""

    names: set[Name] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


class Imports:
    """The names by which a file knows the modules of `domain/` and what they define."""

    def __init__(self, tree: ast.Module) -> None:
        self.modules: dict[str, str] = {}
        self.names: dict[str, Name] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self._add(node)

    def _add(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            known_as = alias.asname or alias.name
            if node.module == DOMAIN:
                self.modules[known_as] = alias.name
            elif node.module and node.module.startswith(DOMAIN + "."):
                self.names[known_as] = (node.module.removeprefix(DOMAIN + "."), alias.name)


def mentioned(nodes: Iterable[ast.AST], imports: Imports, here: str = "") -> Uses:
    """What `nodes` mention; in a module of `domain/` (`here`) a bare name may be one of its own."""
    uses = Uses()
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Name):
            uses.names.add(imports.names.get(node.id, (here, node.id)))
        elif isinstance(node, ast.Attribute):
            uses.attributes.add(node.attr)
            if isinstance(node.value, ast.Name) and node.value.id in imports.modules:
                uses.names.add((imports.modules[node.value.id], node.attr))
    return uses


def definitions(tree: ast.Module, module: str) -> Iterator[tuple[Name, Sequence[ast.AST]]]:
    """Each name that a module defines, with the code that it stands for; a public method is a name of its own."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            public = [m for m in node.body if isinstance(m, ast.FunctionDef) and m.name[0] != "_"]
            rest = [part for part in node.body if part not in public]
            yield (module, node.name), [*node.bases, *node.decorator_list, *rest]
            yield from (((module, f"{node.name}.{m.name}"), [m]) for m in public)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (module, node.name), [node]
        elif isinstance(node, ast.Assign):
            names = [t.id for target in node.targets for t in ast.walk(target) if isinstance(t, ast.Name)]
            yield from (((module, name), [node.value]) for name in names)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield (module, node.target.id), [node.annotation, *([node.value] if node.value else [])]


def used(defined: dict[Name, Uses], roots: Uses) -> set[Name]:
    """The definitions that `roots` mention, and those that these mention in turn."""
    live: set[Name] = set()
    reached = Uses(set(roots.names), set(roots.attributes))
    while True:
        more = {name for name in defined.keys() - live if _reached(name, reached, live)}
        if not more:
            return live
        live |= more
        for name in more:
            reached.names |= defined[name].names
            reached.attributes |= defined[name].attributes


def _reached(name: Name, reached: Uses, live: set[Name]) -> bool:
    module, _, method = name[1].partition(".")
    return (name[0], module) in live and method in reached.attributes if method else (name in reached.names)


def dead(root: Path, expected: Iterable[str] = ()) -> list[str]:
    """The public names of `domain/` below `root` that nothing uses; what `expected` modules define and mention
    counts as used."""
    roots, defined = Uses(), {}
    for file in sorted(path for program in PROGRAMS for path in (root / program).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imports = Imports(tree)
        if file.parent == root / "wbo_desktop" / "domain":
            for name, nodes in definitions(tree, file.stem):
                defined[name] = mentioned(nodes, imports, file.stem)
                if file.stem in expected:
                    roots.names.add(name)
                    roots.attributes.add(name[1].partition(".")[2])
        else:
            uses = mentioned([tree], imports)
            roots.names |= uses.names
            roots.attributes |= uses.attributes
    unused = defined.keys() - used(defined, roots)
    return sorted(f"{module}.{name}" for module, name in unused if not name.startswith("_"))


def main() -> int:
    """0 when every public name is used and every expected module still needs to be named."""
    found = dead(ROOT, EXPECTED)
    for name in found:
        print(f"domain.{name} is used by no program: call it where the rule is decided, or remove it")
    without = dead(ROOT)
    needless = [module for module in EXPECTED if not any(n.startswith(f"{module}.") for n in without)]
    for module in needless:
        print(f"tools/dead_names.py: domain.{module} is used by now: take it out of EXPECTED")
    return 1 if found or needless else 0


if __name__ == "__main__":
    sys.exit(main())
