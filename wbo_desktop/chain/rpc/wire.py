"""Strict reading of the hexadecimal forms of the Ethereum JSON-RPC; whatever does not fit is a BadReply.

Python's own `int(text, 16)` takes signs, spaces and underscores, so the shape is checked first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from eth_utils.address import to_checksum_address

from wbo_desktop.chain.rpc.errors import BadReply
from wbo_desktop.domain.types import Address, BlockHash, TxHash

_QUANTITY = re.compile(r"0x[0-9a-fA-F]{1,64}")
_HASH = re.compile(r"0x[0-9a-fA-F]{64}")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_DATA = re.compile(r"0x(?:[0-9a-fA-F]{2})*")


def quantity(value: object, name: str) -> int:
    """An unsigned integer of at most 256 bits. Leading zeros are accepted: some nodes write them. Raises
    BadReply."""
    if not isinstance(value, str) or not _QUANTITY.fullmatch(value):
        raise BadReply(f"{name} is not a quantity")
    return int(value, 16)


def data(value: object, name: str) -> bytes:
    """The bytes of a hexadecimal text, of any length. Raises BadReply."""
    if not isinstance(value, str) or not _DATA.fullmatch(value):
        raise BadReply(f"{name} is not data")
    return bytes.fromhex(value[2:])


def hash32(value: object, name: str) -> str:
    """A text of 32 bytes, in lower case. Raises BadReply."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise BadReply(f"{name} is not a hash")
    return value.lower()


def tx_hash(value: object, name: str = "transaction hash") -> TxHash:
    return TxHash(hash32(value, name))


def block_hash(value: object, name: str = "block hash") -> BlockHash:
    return BlockHash(hash32(value, name))


def address(value: object, name: str) -> Address:
    """A text of 20 bytes in any case, checksummed. Raises BadReply."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        raise BadReply(f"{name} is not an address")
    return checksummed(value.lower())


@lru_cache(maxsize=1 << 16)
def checksummed(lower: str) -> Address:
    """The EIP-55 form of an address, remembered: it costs a Keccak, and blocks name the same addresses over
    and over."""
    return Address(to_checksum_address(lower))


def mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadReply(f"{name} is not an object")
    return value


def sequence(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadReply(f"{name} is not a list")
    return value


def hexed(number: int) -> str:
    """An integer in the form that nodes take."""
    return hex(number)
