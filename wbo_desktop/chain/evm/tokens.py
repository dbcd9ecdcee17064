"""ERC-20 calls, encoded and decoded strictly, and balances.

Tokens answer as they like: without a value, with false, with a revert. `try_transfer` tells them apart
beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError

from wbo_desktop.chain.evm.contracts import token_call
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address, checksum_address

TRANSFER = bytes.fromhex("a9059cbb")
"""The selector of transfer(address,uint256)."""

LONGEST_SYMBOL = 64


class TransferTrial(StrEnum):
    """The outcome of a transfer if it were sent now."""

    WORKS = "works"
    """It returns true, or nothing, as older tokens do."""
    RETURNS_FALSE = "returns_false"
    """It would be mined with status 1 and move nothing."""
    REVERTS = "reverts"
    NO_CONTRACT = "no_contract"
    """Nothing is there, so every call 'succeeds' and moves nothing."""


def decode_transfer(calldata: bytes) -> tuple[Address, int] | None:
    """Recipient and amount in base units, or None when this is not exactly a canonical
    transfer(address,uint256).
    """
    if len(calldata) != 68 or calldata[:4] != TRANSFER:
        return None
    try:
        address, amount = decode(["address", "uint256"], calldata[4:])
    except DecodingError:
        return None  # an address with something in front of it
    return checksum_address(address), amount


def balance_call(token: Address | None, owner: Address, block: int | str = "latest") -> Call:
    """The request for a balance, of the native coin when `token` is None, at a height or tag."""
    at = wire.hexed(block) if isinstance(block, int) else block
    if token is None:
        return Call("eth_getBalance", (owner, at))
    return Call("eth_call", ({"to": token, "data": token_call("balanceOf", owner)}, at))


def read_balance(token: Address | None, answer: Any) -> int:
    """The base units in the answer to `balance_call`.

    Raises:
        BadReply: the token's answer is not one number.
        NodeError, when the answer is one.
    """
    if isinstance(answer, Exception):
        raise answer
    if token is None:
        return wire.quantity(answer, "balance")
    return _word(wire.data(answer, "balance"), "balance")


async def balances(
    client: NodeProvider, wanted: Sequence[tuple[Address | None, Address]], block: int | str = "latest"
) -> list[int]:
    """Balances in base units of (token, owner) pairs, in one request."""
    answers = await client.batch([balance_call(token, owner, block) for token, owner in wanted])
    return [read_balance(token, answer) for (token, _), answer in zip(wanted, answers, strict=True)]


async def decimals(client: NodeProvider, token: Address) -> int:
    """A token's decimals, 0 to 255. Raises BadReply when the contract does not say."""
    value = _word(await _asked(client, token, "decimals"), "decimals")
    if value > 255:
        raise BadReply("decimals beyond uint8")
    return value


async def symbol(client: NodeProvider, token: Address) -> str:
    """A token's symbol in its own words, without unprintable characters. Any contract can claim any symbol."""
    answer = await _asked(client, token, "symbol")
    if len(answer) == 32:
        text = answer.rstrip(b"\0").decode("utf-8", "replace")  # early tokens return bytes32
    else:
        try:
            (text,) = decode(["string"], answer)
        except (DecodingError, UnicodeDecodeError, OverflowError):
            raise BadReply("a symbol that cannot be read") from None
    return "".join(c for c in text if c.isprintable())[:LONGEST_SYMBOL]


async def try_transfer(
    client: NodeProvider, token: Address, sender: Address, to: Address, amount: int
) -> TransferTrial:
    """The outcome of transfer(to, amount) by `sender` on the node's newest state; nothing is sent."""
    call = {"from": sender, "to": token, "data": token_call("transfer", to, amount)}
    result, code = await client.batch(
        [Call("eth_call", (call, "latest")), Call("eth_getCode", (token, "latest"))]
    )
    if isinstance(code, Exception):
        raise code
    if not wire.data(code, "code"):
        return TransferTrial.NO_CONTRACT
    if isinstance(result, NodeError):
        return TransferTrial.REVERTS
    if isinstance(result, Exception):
        raise result
    answer = wire.data(result, "result")
    if not answer or (len(answer) == 32 and int.from_bytes(answer, "big") == 1):
        return TransferTrial.WORKS
    return TransferTrial.RETURNS_FALSE


async def _asked(client: NodeProvider, token: Address, function: str) -> bytes:
    """The bytes a token answers a question without arguments with. Raises BadReply when it does not."""
    try:
        return bytes(await client.w3.eth.call({"to": token, "data": token_call(function)}))
    except NodeError as error:
        raise BadReply(f"the contract does not answer: {error.message[:200]}") from None


def _word(answer: bytes, name: str) -> int:
    if len(answer) != 32:
        raise BadReply(f"{name} is not one number")
    return int.from_bytes(answer, "big")
