"""Every refusal of the domain is in the catalogue, with the parameters that its sentence may use."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import wbo_desktop.domain
from wbo_desktop.domain.errors import CATALOGUE, RuleViolation, told

DOMAIN = Path(wbo_desktop.domain.__file__).parent
MODULES = sorted(DOMAIN.glob("*.py"))


def refusals(source: str) -> list[tuple[str, set[str]]]:
    """The code and the parameters of each `RuleViolation(...)` written in a module."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        (call.args[0].value, {keyword.arg or "" for keyword in call.keywords})
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "RuleViolation"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_refusals_are_in_the_catalogue(module: Path) -> None:
    for code, params in refusals(module.read_text(encoding="utf-8")):
        assert params == set(CATALOGUE[code]), code


def test_refusals_are_found_at_all() -> None:
    assert ("address_malformed", {"field", "value"}) in refusals(
        (DOMAIN / "types.py").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_the_domain_imports_nothing_but_the_standard_library_and_keccak(module: Path) -> None:
    allowed = {*sys.stdlib_module_names, "wbo_desktop", "Crypto"}
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert {name.split(".")[0] for name in names} <= allowed
        assert all(
            name.startswith(("wbo_desktop.domain", "Crypto.Hash"))
            or "." not in name
            or name.split(".")[0] in sys.stdlib_module_names
            for name in names
        )


def test_a_refusal_says_its_code_and_parameters() -> None:
    assert str(RuleViolation("refund_below_one", amount=0)) == "refund_below_one(amount=0)"
    assert str(RuleViolation("x", one=1, two="2")) == "x(one=1, two='2')"


def test_what_a_refusal_says_can_be_read_again() -> None:
    said = RuleViolation("finality_violated", network="O'Brien (2), x", number=96)
    read = told(str(said))
    assert read is not None
    assert (read.code, read.params) == (said.code, said.params)


@pytest.mark.parametrize("text", [
    "", "deep reorganisation", "finality_violated", "finality_violated(", "finality_violated(number=96",
    "no_such_code(number=1)", "finality_violated(number=open('x'))", "finality_violated(**{'number': 1})(2)",
])  # fmt: skip
def test_other_text_is_no_refusal(text: str) -> None:
    assert told(text) is None
