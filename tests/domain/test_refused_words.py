"""A refusal names its field and what was typed, cut to what fits into a line."""

# ruff: noqa: RUF001 - the full-width digits are the point

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import MAX_BASE_UNITS, parse_address, parse_tx_hash, to_base_units

MIXED = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
LONG = "x" * 90


def refused(function: Callable[..., Any], *args: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(RuleViolation) as told:
        function(*args, **more)
    return told.value.code, dict(told.value.params)


@pytest.mark.parametrize(
    ("function", "args", "code", "field"),
    [
        (parse_address, (f" {LONG}",), "address_malformed", "address"),
        (parse_tx_hash, (f" {LONG}",), "txid_malformed", "txid"),
        (to_base_units, (LONG, 6), "amount_malformed", "amount"),
    ],
)
def test_what_cannot_be_read_is_shown_in_eighty_letters(
    function: Callable[..., Any], args: tuple[Any, ...], code: str, field: str
) -> None:
    assert refused(function, *args) == (code, {"field": field, "value": "x" * 80})
    assert refused(function, *args, field="target") == (code, {"field": "target", "value": "x" * 80})


def test_a_wrong_checksum_shows_the_address_as_it_was_typed() -> None:
    typed = MIXED.replace("fB", "Fb").replace("0x", "0X")
    shown = {"value": "0x" + typed[2:]}
    assert refused(parse_address, typed) == ("address_checksum", {"field": "address"} | shown)
    assert refused(parse_address, typed, "source") == ("address_checksum", {"field": "source"} | shown)


@pytest.mark.parametrize(
    ("amount", "decimals", "code"),
    [
        ("nan" + " " * 90, 6, "amount_malformed"),
        (Decimal("Infinity"), 6, "amount_malformed"),
        ("0." + "0" * 90, 6, "amount_not_positive"),
        (-7, 6, "amount_not_positive"),
        (MAX_BASE_UNITS + 1, 0, "amount_too_large"),
        ("1" + "0" * 90, 6, "amount_too_large"),
        (f"{MAX_BASE_UNITS + 1}." + "0" * 9, 0, "amount_too_large"),
    ],
)
def test_a_refused_amount_is_shown(amount: Decimal | str | int, decimals: int, code: str) -> None:
    shown = {"field": "amount", "value": str(amount)[:80]}
    assert refused(to_base_units, amount, decimals) == (code, shown)
    assert refused(to_base_units, amount, decimals, "minimum") == (code, shown | {"field": "minimum"})


@pytest.mark.parametrize("amount", ["1.2345678", "1." + "0" * 90 + "1"])
def test_too_many_decimals_are_told_with_those_of_the_coin(amount: str) -> None:
    shown = {"field": "amount", "value": amount[:80], "decimals": 6}
    assert refused(to_base_units, amount, 6) == ("amount_too_precise", shown)
    assert refused(to_base_units, amount, 6, "minimum") == (
        "amount_too_precise",
        shown | {"field": "minimum"},
    )


@pytest.mark.parametrize(
    ("amount", "decimals", "base"),
    [
        ("１２３４５６７８９０", 0, 1_234_567_890),
        ("＋１．５", 1, 15),
        ("１，０００", 0, 1000),
        ("+1,000", 0, 1000),
        ("+1,000.", 0, 1000),
        (str(MAX_BASE_UNITS // 10), 1, MAX_BASE_UNITS // 10 * 10),
        ("9" + "0" * 76, 0, 9 * 10**76),
        (f"{MAX_BASE_UNITS}." + "0" * 100, 0, MAX_BASE_UNITS),
    ],
)
def test_keys_of_a_chinese_keyboard_and_the_largest_amounts_are_read(
    amount: str, decimals: int, base: int
) -> None:
    assert to_base_units(amount, decimals) == base
