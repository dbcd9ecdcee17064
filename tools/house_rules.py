"""House rules that no linter knows: each is a pattern, where it counts, and a message that is the fix.

Checks the files that git tracks or would track. `make check` runs it; a line that must break a rule says why
after `house: allow`.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parent.parent
ALLOW = "house: allow"
# Its lines are the wrong ways that the rules must catch.
EXAMPLES = "tests/house/test_rules.py"
BINARY_SUFFIXES = {
    ".png",
    ".jpg",
    ".gif",
    ".ico",
    ".icns",
    ".qm",
    ".ttf",
    ".otf",
    ".ttc",
    ".xlsx",
    ".gz",
    ".pdf",
}


@dataclass(frozen=True)
class Rule:
    """`pattern` may not match in files whose path matches `where` and not `but`; `fix` says what to do."""

    pattern: str
    fix: str
    where: str = r"^wbo_desktop/.*\.py$"
    but: str = r"^$"


# Hosts are put together here, so that this file does not name them itself.
REGISTRY_HOSTS = "|".join(rf"{name}\.org" for name in ("pypi", "pythonhosted", "npmjs"))

RULES = (
    Rule(
        r"\btr\(\s*[rRbB]?[fF][\"']",
        'write tr("… {name} …").format(name=…): lupdate cannot collect an f-string',
    ),
    Rule(
        r"\btr\([^()]*[\"']\s*\+",
        'write one text, tr("… {name} …").format(name=…): a sum is never translated',
    ),
    Rule(r"\btr\(\s*\w+\s*\+", 'write one text, tr("… {name} …").format(name=…): a sum is never translated'),
    Rule(
        r"from PySide6\.QtCore import .*QT_TRANSLATE_NOOP",
        "import it from wbo_desktop.views.i18n: Qt's own forgets the context",
    ),
    Rule(
        r"(?<![\w.])print\(",
        "log it, or return it to the caller: only commands print",
        but=r"/(cli|administrators|__main__|worker)\b",
    ),
    Rule(
        r"^\s*(from|import) (peewee|playhouse)\b",
        "move the database work to models/",
        but=r"/models/",
    ),
    Rule(r"^\s*(from|import) psycopg\b", "move the database work to models/", but=r"/models/"),
    Rule(
        r"^\s*(from|import) (PySide6|qasync)\b",
        "Qt belongs to views/ and app.py",
        but=r"/(views/|app\.py)",
    ),
    Rule(
        r"^\s*(from|import) (web3|eth_account|eth_abi|aiohttp)\b",
        "the chain's libraries belong to chain/",
        but=r"/chain/",
    ),
    Rule(
        r"\b(asyncio|loop|get_running_loop\(\))\.(create_task|ensure_future)\(",
        "start it with services.supervision.spawn: asyncio forgets tasks, and what failed in them",
    ),
    Rule(
        r"\bthreading\.Thread\(",
        "start it with services.supervision.spawn_thread: a thread that dies goes unnoticed",
        but=r"^wbo_demo/guardian\.py$",
    ),
    Rule(
        r"\bfloat\(\s*\w*(amount|value|balance|fee|wei|units)",
        "amounts are integers in base units, or Decimal at the edge: use domain.types",
    ),
    Rule(
        r"\b\w*(amount|balance|base_units|_wei|\bwei)s?\s*:\s*float\b",
        "amounts are int (base units) or Decimal, never float",
        where=r"\.py$",
    ),
    Rule(
        r"\.(setToolTip|setStatusTip|setWhatsThis)\(|QToolTip\.showText\(",
        "use set_hint or flash of views.plain_text: Qt takes a client's name for HTML",
        but=r"/views/plain_text\.py$",
    ),
    Rule(
        r"\b(QLabel|QMessageBox|QErrorMessage|QTextBrowser)\(|QMessageBox\.(about|critical|information|question|warning)\(",
        "use PlainLabel or message_box of views.plain_text: Qt takes a client's name for HTML",
        but=r"/views/plain_text\.py$",
    ),
    Rule(
        r"\.(setHtml|insertHtml|appendHtml|setMarkdown)\(|TextFormat\.(RichText|AutoText|MarkdownText)",
        "show plain text: what a client wrote is never markup",
    ),
    Rule(
        r"\brow(\[|\.get\()[\"']",
        "say row.field: mypy knows the fields of a row, and finds a misspelt one",
        where=r"^(wbo_desktop/(views|services)|wbo_demo)/.*\.py$",
    ),
    Rule(
        r"\bQ(Action|Shortcut|KeySequence)\(|\.setShortcuts?\(|\.addAction\(.*[\"']",
        "declare it in views/commands/declared.py and bind it: one registry feeds menus, buttons, keys, palette",
        but=r"/views/commands/",
    ),
    Rule(
        r"\.clipboard\(\)\.set(Text|MimeData)\(",
        "use copy_value or copy_exactly of views.plain_text: a spreadsheet would run a formula",
        but=r"/views/plain_text\.py$",
    ),
    Rule(r"\bsleep\((?!0\)|0\.0\d)", "poll for what you wait for, with a deadline", where=r"^tests/.*\.py$"),
    Rule(
        r"@pytest\.mark\.(skip|xfail)|pytest\.skip\(",
        "a test runs or goes: make it work everywhere",
        where=r"^tests/",
    ),
    Rule(r"except\s*:|except BaseException\s*:\s*$", "name the exception that you expect", where=r"\.py$"),
    Rule(
        r"# type: ignore(?!\[[a-z, -]+\]  # \w)",
        "name the code and the reason: # type: ignore[code]  # why; better, give it its type",
        where=r"^(wbo_desktop|wbo_demo|tools|benchmarks)/.*\.py$",
        but=r"^tools/house_rules",
    ),
    Rule(REGISTRY_HOSTS, "name the package, not the host it comes from", where=r""),
    Rule(
        r"(?<![\w.])/(root|work|home/\w+|Users/\w+)/",
        "say it relative to the project: paths differ per machine",
        where=r"",
    ),
    Rule(
        r"(?i)(#|--|\"\"\").*\b(nobody|whoever)\b",
        "name the actor: operator, worker, owner, node, session, caller",
        where=r"^wbo_(desktop|demo)/.*\.(py|sql)$",
        but=r"/migrations/",
    ),
    Rule(r"\b(FIXME|X{3})\b", "do it now, or file an issue", where=r"\.(py|sql)$", but=r"^tools/house_rules"),
)

OVERRIDES = "wbo_desktop/views/"
SHORT = 36
"""So many letters hold a label, not a definition."""

LOOK_ALIKES = re.compile("[\u0370-\u03ff\u0400-\u04ff\uff21-\uff3a\uff41-\uff5a]")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def tracked_files(root: Path) -> list[str]:
    """Paths of the project's own files, relative to the root: tracked, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in set(listed.split("\0")) if name and (root / name).is_file())


def line_findings(name: str, text: str) -> Iterator[str]:
    """What the rules find in one file."""
    rules = [rule for rule in RULES if re.search(rule.where, name) and not re.search(rule.but, name)]
    for number, line in enumerate(text.splitlines(), 1):
        if ALLOW in line:
            continue
        for rule in rules:
            if re.search(rule.pattern, line):
                yield f"{name}:{number}: {rule.fix}\n    {line.strip()[:120]}"
        if INVISIBLE.search(line):
            yield f"{name}:{number}: remove the invisible character"


def module_findings(name: str, text: str) -> Iterator[str]:
    """What only the parsed module shows: its docstring, and names in look-alike letters."""
    try:
        tree = ast.parse(text, name)
    except SyntaxError as error:
        yield f"{name}:{error.lineno}: make it Python: {error.msg}"
        return
    if tree.body and not ast.get_docstring(tree):
        yield f"{name}:1: begin with a docstring: what the module is for, and what it leaves to whom"
    for node in ast.walk(tree):
        if name.startswith(OVERRIDES) and is_echo(node):
            yield f"{name}:{node.lineno}: drop this docstring: Qt's documentation defines {node.name}"
        for word in identifiers(node):
            if LOOK_ALIKES.search(word):
                line = getattr(node, "lineno", 1)
                yield f"{name}:{line}: spell {word!a} with Latin letters: it only looks like them"


def is_echo(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    """Whether a node overrides a method of Qt and says no more than Qt's documentation does: one short line."""
    return (
        isinstance(node, ast.FunctionDef)
        and bool(re.fullmatch(r"[a-z]+([A-Z][a-z]+)+", node.name))
        and len(node.body) > 1
        and 0 < len(ast.get_docstring(node) or "") <= SHORT
    )


def identifiers(node: ast.AST) -> Iterator[str]:
    """Names that a node introduces or uses."""
    for field in ("id", "attr", "arg", "name"):
        word = getattr(node, field, None)
        if isinstance(word, str):
            yield word


def classes_of(name: str, text: str) -> Iterator[str]:
    """The public classes of a module of the package or its demo; none for other files."""
    if re.search(r"^wbo_(desktop|demo)/", name):
        with suppress(SyntaxError):  # told by `module_findings`
            for node in ast.parse(text, name).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    yield node.name


def namesakes(classes: Mapping[str, list[str]]) -> Iterator[str]:
    """Classes that stand in several modules under one name."""
    for word, places in sorted(classes.items()):
        if len(places) > 1:
            yield f"{places[-1]}: name this class apart: {word} is in {places[0]} too"


def findings(root: Path) -> list[str]:
    """Everything the house rules object to below a folder, one text each."""
    found: list[str] = []
    classes: dict[str, list[str]] = {}
    for name in tracked_files(root):
        if name.endswith("uv.lock"):
            found.append(f"{name}: remove it; requirements.lock is the lock file (make lock)")
        if Path(name).suffix in BINARY_SUFFIXES or name in ("LICENSE", EXAMPLES):
            continue
        text = (root / name).read_text(encoding="utf-8")
        found += line_findings(name, text)
        if name.endswith(".py"):
            found += module_findings(name, text)
            for word in classes_of(name, text):
                classes.setdefault(word, []).append(name)
    return [*found, *namesakes(classes)]


def main() -> int:
    """Prints what is found; 0 when that is nothing."""
    found = findings(ROOT)
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
