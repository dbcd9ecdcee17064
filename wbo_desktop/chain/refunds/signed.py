"""Reads a refund out of signed bytes alone, and compares it with what was approved.

This is the last check before money moves, so it trusts nothing but the bytes: it decodes them itself,
recovers the sender, and refuses everything that is not exactly a plain transfer. The library that signs is
not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import rlp
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.crypto import keccak
from eth_utils.exceptions import ValidationError

from wbo_desktop.chain.evm.tokens import decode_transfer
from wbo_desktop.chain.refunds.fees import Fees
from wbo_desktop.domain.types import Address, TxHash, checksum_address

HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
"""secp256k1's order halved: a larger `s` is refused since Homestead (EIP-2)."""

LONGEST = 4096
"""Bytes; a plain transfer is below 250."""

_FIELDS = {0: 9, 1: 11, 2: 12}


class NotAPlainTransfer(Exception):
    """The signed bytes are not one plain transfer, or not canonical."""


class SignedMismatch(Exception):
    """The signed bytes do something else than agreed.

    Attributes:
        field: the first field that differs.
        expected, found: its values.
    """

    def __init__(self, field: str, expected: object, found: object) -> None:
        super().__init__(f"{field}: expected {expected}, signed {found}")
        self.field = field
        self.expected = expected
        self.found = found


class Agreed(Protocol):
    """The fields of an approved refund that every form of it must have. `domain.refund.RefundIntent` fits."""

    @property
    def chain_id(self) -> int: ...
    @property
    def token(self) -> Address | None: ...
    @property
    def address(self) -> Address: ...
    @property
    def amount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class SignedIntent:
    """The content of signed bytes, read out of them. `amount` in base units; `token` is None for the native
    coin."""

    chain_id: int
    nonce: int
    token: Address | None
    address: Address
    amount: int
    sender: Address
    gas: int
    fees: Fees
    tx_hash: TxHash
    tx_type: int


@lru_cache(maxsize=1024)
def decode_signed(raw: bytes) -> SignedIntent:
    """What these bytes do once they are broadcast. Types 2 (EIP-1559), 1 (EIP-2930) and legacy with EIP-155.

    Kept for the same bytes, because recovering the sender costs 10 ms.

    Raises:
        NotAPlainTransfer: a contract creation, any other call, an access list, no replay protection, a
            signature that nodes refuse, trailing bytes, or numbers that are not canonical.
    """
    tx_type, fields = _split(raw)
    if tx_type == 0:
        chain_id, recovery = _eip155(_integer(fields[6], "v"))
        unsigned = [*fields[:6], _bytes(chain_id), b"", b""]
        prefix = b""
    else:
        chain_id, recovery = _integer(fields[0], "chain id"), _integer(fields[-3], "y parity")
        unsigned = fields[:-3]
        prefix = raw[:1]
    signer = _recovered(keccak(prefix + rlp.encode(unsigned)), recovery, fields[-2], fields[-1])
    token, address, amount = _transfer(*_body(tx_type, fields))
    nonce, fees, gas = _costs(tx_type, fields)
    return SignedIntent(
        chain_id=chain_id,
        nonce=nonce,
        token=token,
        address=address,
        amount=amount,
        sender=signer,
        gas=gas,
        fees=fees,
        tx_hash=TxHash("0x" + keccak(raw).hex()),
        tx_type=tx_type,
    )


def verify_signed(raw: bytes, expected: Agreed) -> SignedIntent:
    """The content of signed bytes, compared with what was approved: an `UnsignedTransfer` in every field, an
    intent in its own.

    Raises:
        NotAPlainTransfer: the bytes are something else altogether.
        SignedMismatch: the first field that differs.
    """
    signed = decode_signed(raw)
    for field in ("chain_id", "sender", "nonce", "token", "address", "amount", "gas", "fees"):
        if not hasattr(expected, field):
            continue
        wanted, found = getattr(expected, field), getattr(signed, field)
        if wanted != found or type(wanted) is not type(found):
            raise SignedMismatch(field, wanted, found)
    return signed


# ------------------------------------------------------------ the envelope


def _split(raw: bytes) -> tuple[int, list[bytes]]:
    if not raw or len(raw) > LONGEST:
        raise NotAPlainTransfer("not a signed transaction's length")
    tx_type = 0 if raw[0] >= 0xC0 else raw[0]
    if tx_type not in _FIELDS:
        raise NotAPlainTransfer(f"transaction type {tx_type}")
    try:
        fields: Any = rlp.decode(raw if tx_type == 0 else raw[1:], strict=True)
    except (rlp.exceptions.DecodingError, RecursionError):
        raise NotAPlainTransfer("not RLP") from None
    if not isinstance(fields, list) or len(fields) != _FIELDS[tx_type]:
        raise NotAPlainTransfer("not a transaction's fields")
    if tx_type != 0 and fields.pop(-4) != []:
        raise NotAPlainTransfer("an access list")
    if not all(isinstance(field, bytes) for field in fields):
        raise NotAPlainTransfer("a field that is a list")
    if tx_type != 0:
        fields.insert(-3, [])
    return tx_type, fields


def _body(tx_type: int, fields: list[bytes]) -> tuple[bytes, int, bytes]:
    """Recipient, value and data of a decoded transaction."""
    first = {0: 3, 1: 4, 2: 5}[tx_type]
    return fields[first], _integer(fields[first + 1], "value"), fields[first + 2]


def _costs(tx_type: int, fields: list[bytes]) -> tuple[int, Fees, int]:
    """Nonce, fees and gas limit of a decoded transaction."""
    numbers = [_integer(field, "number") for field in fields[: {0: 3, 1: 4, 2: 5}[tx_type]]]
    if tx_type == 2:
        _, nonce, tip, cap, gas = numbers
        if tip > cap:
            raise NotAPlainTransfer("a tip above the fee cap")  # no node takes it
        return nonce, Fees(cap, tip, dynamic=True), gas
    nonce, price, gas = numbers[-3:]
    return nonce, Fees(price, price, dynamic=False), gas


def _integer(field: bytes, name: str) -> int:
    if field[:1] == b"\0" or len(field) > 32:
        raise NotAPlainTransfer(f"{name} is not canonical")
    return int.from_bytes(field, "big")


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _eip155(v: int) -> tuple[int, int]:
    """Chain id and recovery bit (EIP-155); without a chain id the bytes would be valid on every network."""
    if v < 35:
        raise NotAPlainTransfer("no replay protection")
    return (v - 35) // 2, (v - 35) % 2


def _recovered(digest: bytes, recovery: int, r_field: bytes, s_field: bytes) -> Address:
    r, s = _integer(r_field, "r"), _integer(s_field, "s")
    if recovery > 1 or s > HALF_ORDER:
        raise NotAPlainTransfer("a signature nodes refuse")
    try:
        key = Signature(vrs=(recovery, r, s)).recover_public_key_from_msg_hash(digest)
    except (BadSignature, ValidationError, ValueError):
        raise NotAPlainTransfer("a signature of no address") from None
    return checksum_address(key.to_address())


# ------------------------------------------------------------ the transfer inside


def _transfer(to: bytes, value: int, data: bytes) -> tuple[Address | None, Address, int]:
    if len(to) != 20:
        raise NotAPlainTransfer("no recipient")
    target = checksum_address("0x" + to.hex())
    if not data:
        return None, target, _moved(value)
    if value:
        raise NotAPlainTransfer("a token transfer that also sends native coin")
    called = decode_transfer(data)
    if called is None:
        raise NotAPlainTransfer("a call other than transfer(address,uint256)")
    address, amount = called
    return target, address, _moved(amount)


def _moved(amount: int) -> int:
    if amount < 1:
        raise NotAPlainTransfer("nothing is moved")
    return amount
