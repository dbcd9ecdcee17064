"""Addresses, hashes and amounts: the types that every other module uses, and how they are read from text.

Money is an integer in base units with its decimals beside it; text and `Decimal` exist only at the edges.
"""

from __future__ import annotations

import re
from decimal import Decimal, Inexact, InvalidOperation, localcontext
from typing import NewType

from Crypto.Hash import keccak

from wbo_desktop.domain.errors import RuleViolation

Address = NewType("Address", str)
"""An EVM address in its EIP-55 checksummed form, `0x` and 40 hexadecimal digits."""

TxHash = NewType("TxHash", str)
"""A transaction hash (TXID), `0x` and 64 hexadecimal digits in lower case."""

BlockHash = NewType("BlockHash", str)
"""A block hash, `0x` and 64 hexadecimal digits in lower case."""

BaseUnits = NewType("BaseUnits", int)
"""An amount in the smallest unit of a coin (wei for ETH, 10**-6 for a token of six decimals)."""

NATIVE_LOG_INDEX = -1
"""The log index of a native coin's transfer, which has no log."""

MAX_BASE_UNITS = 2**256 - 1
MAX_DECIMALS = 36

_ADDRESS = re.compile(r"0[xX][0-9a-fA-F]{40}")
_HASH = re.compile(r"0[xX][0-9a-fA-F]{64}")
_FULL_WIDTH = {0xFEE0 + ord(letter): letter for letter in "0123456789.,+-"}
"""The full-width characters that a Chinese input method types for the keys of an amount, and the ASCII
ones."""
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


def checksum_address(address: str) -> Address:
    """The EIP-55 form of a well-formed address, `0x` and 40 hexadecimal digits in any case.

    Written here and not taken from eth_utils, whose import costs the desktop half a second before the login
    dialog.
    """
    digits = address[2:].lower()
    digest = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    return Address(
        "0x" + "".join(c.upper() if int(h, 16) > 7 else c for c, h in zip(digits, digest, strict=False))
    )


def parse_address(text: str, field: str = "address") -> Address:
    """The address in a text as typed or pasted; space around it is ignored. One in mixed case must carry the
    right EIP-55 checksum: a wrong one means a mistyped character.

    Raises:
        RuleViolation: `address_malformed` or `address_checksum`, naming `field`.
    """
    trimmed = text.strip()
    if not _ADDRESS.fullmatch(trimmed):
        raise RuleViolation("address_malformed", field=field, value=trimmed[:80])
    digits = trimmed[2:]
    address = checksum_address(trimmed)
    if digits not in (digits.lower(), digits.upper(), address[2:]):
        raise RuleViolation("address_checksum", field=field, value="0x" + digits)
    return address


def parse_tx_hash(text: str, field: str = "txid") -> TxHash:
    """The TXID in a text as typed or pasted, in lower case.

    Raises:
        RuleViolation: `txid_malformed`, naming `field`.
    """
    trimmed = text.strip()
    if not _HASH.fullmatch(trimmed):
        raise RuleViolation("txid_malformed", field=field, value=trimmed[:80])
    return TxHash(trimmed.lower())


def to_base_units(amount: Decimal | str | int, decimals: int, field: str = "amount") -> BaseUnits:
    """The base units of an amount in units of the coin, exactly.

    Raises:
        RuleViolation: `amount_malformed`, `amount_not_positive`, `amount_too_precise` (more decimals than the
            coin has) or `amount_too_large` (beyond uint256), naming `field`.
    """
    try:
        value = amount if isinstance(amount, Decimal) else Decimal(_ungrouped(str(amount).strip()))
    except InvalidOperation:
        raise RuleViolation("amount_malformed", field=field, value=str(amount)[:80]) from None
    if not value.is_finite():
        raise RuleViolation("amount_malformed", field=field, value=str(amount)[:80])
    if value <= 0:
        raise RuleViolation("amount_not_positive", field=field, value=str(amount)[:80])
    if value.adjusted() + decimals > 78:
        raise RuleViolation("amount_too_large", field=field, value=str(amount)[:80])
    with localcontext() as context:
        context.prec = 200
        context.traps[Inexact] = True  # a digit that does not fit is refused, never dropped
        try:
            base = value.scaleb(decimals).to_integral_exact()
        except Inexact:
            raise RuleViolation(
                "amount_too_precise", field=field, value=str(amount)[:80], decimals=decimals
            ) from None
    if base > MAX_BASE_UNITS:
        raise RuleViolation("amount_too_large", field=field, value=str(amount)[:80])
    return BaseUnits(int(base))


def _ungrouped(text: str) -> str:
    """The text of a number without commas between thousands, full-width digits made ASCII. Raises
    InvalidOperation.

    "1,5" stays unreadable, since it may mean one and a half; digits of other scripts are refused, since
    operators here would not read them back.
    """
    text = text.translate(_FULL_WIDTH)
    if "_" in text or not text.isascii():
        raise InvalidOperation
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def from_base_units(base: int, decimals: int) -> Decimal:
    """The amount in units of the coin, with exactly `decimals` decimals and nothing rounded."""
    with localcontext() as context:
        context.prec = 200
        return Decimal(base).scaleb(-decimals)
