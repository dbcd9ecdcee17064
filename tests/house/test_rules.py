"""Each house rule catches what it is for, and its message is the fix."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOC = '"""A module."""\n'

spec = importlib.util.spec_from_file_location("house_rules", ROOT / "tools" / "house_rules.py")
assert spec is not None
assert spec.loader is not None
house_rules = importlib.util.module_from_spec(spec)
sys.modules["house_rules"] = house_rules
spec.loader.exec_module(house_rules)

SPOILED = [
    ("wbo_desktop/views/a.py", 'row["status"]', "mypy knows the fields"),
    ("wbo_desktop/models/a.sql", "-- nobody may", "name the actor"),
    ("wbo_desktop/views/a.py", "QShortcut(keys, self, act)", "one registry feeds"),
    ("wbo_desktop/views/a.py", 'self.tr(f"Hello {name}")', "f-string"),
    ("wbo_desktop/views/a.py", 'self.tr("Hello " + name)', "a sum is never translated"),
    ("wbo_desktop/views/a.py", "from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt", "forgets the context"),
    ("wbo_desktop/views/a.py", "button.setToolTip(row.remark)", "set_hint"),
    ("wbo_desktop/views/a.py", "QToolTip.showText(at, text)", "flash"),
    ("wbo_desktop/views/a.py", "made = QLabel(text)", "PlainLabel"),
    ("wbo_desktop/views/a.py", "QMessageBox.warning(self, title, text)", "message_box"),
    ("wbo_desktop/views/a.py", "field.setHtml(text)", "never markup"),
    ("wbo_desktop/views/a.py", "QGuiApplication.clipboard().setText(text)", "copy_value"),
    ("wbo_desktop/views/a.py", "print(row)", "only commands print"),
    ("wbo_desktop/views/a.py", "import psycopg", "models/"),
    ("wbo_desktop/models/a.py", "threading.Thread(target=work).start()", "spawn_thread"),
    ("wbo_desktop/views/a.py", "asyncio.create_task(work())", "supervision.spawn"),
    ("wbo_desktop/views/a.py", "asyncio.get_running_loop().create_task(work())", "supervision.spawn"),
    ("wbo_desktop/chain/a.py", "from PySide6.QtCore import Qt", "views/"),
    ("wbo_desktop/models/a.py", "from web3 import Web3", "chain/"),
    ("wbo_desktop/views/a.py", "total = float(amount)", "base units"),
    ("wbo_desktop/domain/a.py", "def pay(amount: float) -> None: ...", "never float"),
    ("wbo_desktop/domain/a.py", "try:\n    x = 1\nexcept:\n    pass", "name the exception"),
    ("wbo_desktop/domain/a.py", "x = y  # type: ignore", "the code and the reason"),
    ("wbo_demo/a.py", "x = y  # type: ignore[misc]", "the code and the reason"),
    ("tests/a.py", "import time\ntime.sleep(2)", "deadline"),
    ("tests/a.py", "import pytest\npytest.skip('later')", "a test runs or goes"),
    ("docs/a.md", "see /ro" + "ot/project/README", "relative to the project"),
    ("docs/a.md", "from https://pypi.o" + "rg/simple", "name the package"),
    ("wbo_desktop/domain/a.py", "\u0430mount = 1", "Latin letters"),
    ("wbo_desktop/domain/a.py", "x = 1  # \u202e", "invisible character"),
    ("uv.lock", "", "requirements.lock"),
]


def findings(folder: Path, name: str, text: str) -> list[str]:
    """What the rules say of a project with this one file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    found: list[str] = house_rules.findings(folder)
    return found


@pytest.mark.parametrize(("name", "text", "fix"), SPOILED, ids=[fix for _, _, fix in SPOILED])
def test_a_broken_rule_is_named_with_its_fix(tmp_path: Path, name: str, text: str, fix: str) -> None:
    found = findings(tmp_path, name, DOC + text + "\n" if name.endswith(".py") else text)
    assert len(found) == 1, found
    assert found[0].startswith(name)
    assert fix in found[0]


@pytest.mark.parametrize(
    "text",
    [
        'self.tr("Hello {name}").format(name=name)',
        "amount = Decimal(text)",
        "import time\ntime.monotonic()",
        "import psycopg  # house: allow, to show the mark",
    ],
)
def test_the_right_way_is_left_alone(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, "wbo_desktop/views/a.py", DOC + text + "\n") == []


def test_a_module_without_docstring_is_named(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "wbo_desktop/domain/a.py", "x = 1\n")
    assert "begin with a docstring" in found


@pytest.mark.parametrize(
    ("said", "expected"),
    [("Room to hit.", 1), ("A hit area as tall as the row, whatever the icon's height.", 0)],
)
def test_an_override_that_says_no_more_than_qt_is_named(tmp_path: Path, said: str, expected: int) -> None:
    text = f'{DOC}class A:\n    def sizeHint(self) -> int:\n        """{said}"""\n        return 1\n'
    found = findings(tmp_path, "wbo_desktop/views/a.py", text)
    assert [f for f in found if "drop this docstring" in f] == found
    assert len(found) == expected


def test_two_classes_of_one_name_are_named(tmp_path: Path) -> None:
    findings(tmp_path, "wbo_desktop/domain/a.py", DOC + "class Line:\n    pass\n")
    (found,) = findings(tmp_path, "wbo_demo/b.py", DOC + "class Line:\n    pass\n")
    assert "Line is in wbo_demo/b.py too" in found
    assert findings(tmp_path, "wbo_desktop/domain/a.py", DOC + "class _Line:\n    pass\n") == []
