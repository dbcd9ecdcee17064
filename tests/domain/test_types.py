"""Addresses by the EIP's own vectors, hashes, and amounts that are exact or refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wbo_desktop.domain.errors import CATALOGUE, RuleViolation
from wbo_desktop.domain.types import (
    MAX_BASE_UNITS,
    MAX_DECIMALS,
    checksum_address,
    from_base_units,
    parse_address,
    parse_tx_hash,
    to_base_units,
)

EIP_55 = (
    # all capitals
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    # all lower
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    # mixed
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)
"""The test cases of https://eips.ethereum.org/EIPS/eip-55"""

HEX_40 = st.text("0123456789abcdef", min_size=40, max_size=40)


def attempt(function: Callable[..., Any], *args: Any) -> tuple[Any, str | None]:
    """What a function answers, or the code it refuses with, which must be in the catalogue."""
    violation = None
    try:
        return function(*args), None
    except RuleViolation as refused:
        violation = refused
    assert set(violation.params) == set(CATALOGUE[violation.code])
    return None, violation.code


def refusal(function: Callable[..., Any], *args: Any) -> str | None:
    return attempt(function, *args)[1]


@pytest.mark.parametrize("vector", EIP_55)
def test_eip_55_vectors(vector: str) -> None:
    assert checksum_address(vector.lower()) == vector
    assert parse_address(vector) == vector
    assert parse_address(vector.lower()) == vector
    assert parse_address("0x" + vector[2:].upper()) == vector
    assert parse_address(f"  {vector}\n") == vector


@pytest.mark.parametrize("vector", EIP_55[4:])
def test_every_single_letter_in_the_wrong_case_is_noticed(vector: str) -> None:
    for at, letter in enumerate(vector[2:], 2):
        if letter.isalpha():
            assert (
                refusal(parse_address, vector[:at] + letter.swapcase() + vector[at + 1 :])
                == "address_checksum"
            )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0x",
        EIP_55[4][2:],
        EIP_55[4][:-1],
        EIP_55[4] + "0",
        EIP_55[4][:-1] + "g",
        EIP_55[4].replace("a", "а", 1),  # noqa: RUF001 (the Cyrillic letter is the point)
        EIP_55[4][:20] + " " + EIP_55[4][20:],
        EIP_55[4][:-1] + "\u200b",
        EIP_55[4] + EIP_55[5],
        "vitalik.eth",
        "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
    ],
)
def test_what_only_looks_like_an_address_is_refused(text: str) -> None:
    assert refusal(parse_address, text) == "address_malformed"


@given(HEX_40)
def test_the_checksum_is_a_fixed_point_and_keeps_the_address(digits: str) -> None:
    address = checksum_address("0x" + digits)
    assert address.lower() == "0x" + digits
    assert checksum_address(address) == address == parse_address(address)


@given(st.text(max_size=100))
def test_any_text_is_an_address_or_is_refused_with_a_code(text: str) -> None:
    address, code = attempt(parse_address, text)
    assert code or address.lower() == text.strip().lower()


def test_hashes_are_kept_in_lower_case() -> None:
    assert parse_tx_hash(" 0X" + "AB" * 32) == "0x" + "ab" * 32
    for text in ("", "0x" + "ab" * 31, "0x" + "ab" * 33, "ab" * 32, "0x" + "zz" * 32):
        assert refusal(parse_tx_hash, text) == "txid_malformed"


# amounts


@pytest.mark.parametrize(
    ("amount", "decimals", "base"),
    [
        ("1", 18, 10**18),
        ("0.000001", 6, 1),
        ("1.50", 1, 15),
        ("1,234,567.89", 2, 123_456_789),
        (" 12 ", 0, 12),
        ("1e3", 2, 100_000),
        (7, 0, 7),
        (Decimal("0.1"), 1, 1),
        (".5", 1, 5),
        ("100", 6, 100_000_000),
        (str(MAX_BASE_UNITS), 0, MAX_BASE_UNITS),
        ("1." + "0" * 300, 6, 1_000_000),
    ],
)
def test_amounts_that_are_read(amount: Decimal | str | int, decimals: int, base: int) -> None:
    assert to_base_units(amount, decimals) == base


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("", "amount_malformed"),
        ("ten", "amount_malformed"),
        ("1.2.3", "amount_malformed"),
        ("NaN", "amount_malformed"),
        ("sNaN", "amount_malformed"),
        ("Infinity", "amount_malformed"),
        ("0x10", "amount_malformed"),
        ("1 000", "amount_malformed"),
        ("1_000", "amount_malformed"),
        # half of the world means one and a half
        ("1,5", "amount_malformed"),
        ("1,50", "amount_malformed"),
        ("1.000,50", "amount_malformed"),
        ("1,0000", "amount_malformed"),
        (",100", "amount_malformed"),
        ("0", "amount_not_positive"),
        ("-0", "amount_not_positive"),
        ("-1", "amount_not_positive"),
        ("-Infinity", "amount_malformed"),
        ("0.0000001", "amount_too_precise"),
        # too small and too long for the arithmetic's own limits; must not become 0 or 1
        ("1e-1000500", "amount_too_precise"),
        ("1." + "0" * 250 + "1", "amount_too_precise"),
        (str(MAX_BASE_UNITS), "amount_too_large"),
        ("1e80", "amount_too_large"),
        ("1e999999999", "amount_too_large"),
    ],
)
def test_amounts_that_are_refused(amount: str, code: str) -> None:
    assert refusal(to_base_units, amount, 6) == code


@given(st.integers(1, MAX_BASE_UNITS), st.integers(0, MAX_DECIMALS))
@example(MAX_BASE_UNITS, MAX_DECIMALS)
@example(1, MAX_DECIMALS)
def test_there_and_back_is_exact(base: int, decimals: int) -> None:
    units = from_base_units(base, decimals)
    assert to_base_units(units, decimals) == base
    assert to_base_units(format(units, "f"), decimals) == base
    assert to_base_units(str(units), decimals) == base
    assert units.as_tuple().exponent == -decimals


@given(
    st.text(max_size=40)
    | st.from_regex(r"[+-]?[0-9,]{0,30}\.?[0-9_]{0,30}([eE][+-]?[0-9]{1,12})?", fullmatch=True)
    | st.decimals(allow_nan=True).map(str),
    st.integers(0, MAX_DECIMALS),
)
def test_any_text_is_an_amount_or_is_refused_with_a_code(text: str, decimals: int) -> None:
    base, code = attempt(to_base_units, text, decimals)
    if code is None:
        assert 0 < base <= MAX_BASE_UNITS
        assert from_base_units(base, decimals) == Decimal(text.strip().replace(",", ""))


@given(st.decimals(min_value=0, max_value=10**30, allow_nan=False), st.integers(0, MAX_DECIMALS))
def test_an_amount_is_never_rounded(amount: Decimal, decimals: int) -> None:
    base, code = attempt(to_base_units, amount, decimals)
    if code is None:
        assert from_base_units(base, decimals) == amount
    else:
        assert code in {"amount_too_precise", "amount_not_positive"}
