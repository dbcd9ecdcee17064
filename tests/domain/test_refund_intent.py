"""What two people agree to is one text with one hash, and any other intent has another."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace

import pytest

from wbo_desktop.domain.refund import RefundIntent
from wbo_desktop.domain.types import checksum_address

INTENT = RefundIntent(
    refund_no="RF20260302000001",
    record_no="DP20260302000001",
    chain_id=1,
    token=checksum_address("0x" + "ab" * 20),
    address=checksum_address("0x" + "cd" * 20),
    amount=100_000_000,
)
TEXT = (
    "wbo-refund-intent-v1\n"
    "refund_no=RF20260302000001\n"
    "record_no=DP20260302000001\n"
    "chain_id=1\n"
    f"token=0x{'ab' * 20}\n"
    f"address=0x{'cd' * 20}\n"
    "amount=100000000"
)


def test_the_text_and_its_hash() -> None:
    assert INTENT.canonical() == TEXT
    assert INTENT.digest() == hashlib.sha256(TEXT.encode()).hexdigest()
    assert INTENT.digest() == "252cd9a5fab3b1c35ad17a8e3e98ea9097d9755ccbbbfdbb362d256267949027"


def test_the_native_coin_is_named() -> None:
    assert "\ntoken=native\n" in replace(INTENT, token=None).canonical()


def test_the_hash_does_not_depend_on_how_the_address_is_written() -> None:
    lower = replace(INTENT, address=INTENT.address.lower(), token=INTENT.token and INTENT.token.lower())
    assert lower.digest() == INTENT.digest()


@pytest.mark.parametrize("field", [field.name for field in fields(RefundIntent)])
def test_every_field_counts(field: str) -> None:
    value = getattr(INTENT, field)
    other = value + 1 if isinstance(value, int) else value[:-1] + ("1" if value[-1] != "1" else "2")
    assert replace(INTENT, **{field: other}).digest() != INTENT.digest()
