"""Reads back from the chain what a hot wallet sent: how much, and each transaction's signed bytes, put
together from the node's fields and proven by their hash. For a database that has forgotten them
(`models.reconcile`)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

import rlp
from eth_utils.crypto import keccak

from wbo_desktop.chain.evm.reader import read_nonces
from wbo_desktop.chain.refunds.signed import SignedIntent, decode_signed
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import BadReply
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address, TxHash

T = TypeVar("T")

_LAYOUT = {
    0: ("nonce", "gasPrice", "gas", "to", "value", "input", "v", "r", "s"),
    1: ("chainId", "nonce", "gasPrice", "gas", "to", "value", "input", "accessList", "v", "r", "s"),
    2: (
        *("chainId", "nonce", "maxPriorityFeePerGas", "maxFeePerGas", "gas", "to", "value", "input"),
        *("accessList", "v", "r", "s"),
    ),
}


async def signed_bytes(client: NodeProvider, txid: TxHash) -> bytes | None:
    """A transaction's signed bytes; None when the node does not know it.

    Raises:
        BadReply: the node's fields do not give this hash, so they are not what was signed.
    """
    answer = await client.call("eth_getTransactionByHash", txid)
    if answer is None:
        return None
    fields = wire.mapping(answer, "transaction")
    tx_type = wire.quantity(fields.get("type", "0x0"), "type")
    if tx_type not in _LAYOUT:
        raise BadReply(f"a transaction of type {tx_type}")
    body: bytes = rlp.encode([_field(fields, name) for name in _LAYOUT[tx_type]])
    raw = body if tx_type == 0 else bytes([tx_type]) + body
    if keccak(raw).hex() != txid[2:]:
        raise BadReply("the transaction's fields do not give its hash")
    return raw


def _field(fields: Mapping[str, Any], name: str) -> Any:
    if name == "accessList":
        return [
            [wire.data(entry["address"], name), [wire.data(key, name) for key in entry["storageKeys"]]]
            for entry in fields.get(name) or ()
        ]
    if name in ("to", "input"):
        return wire.data(fields.get(name) or "0x", name)
    number = wire.quantity(fields.get(name), name)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


class WalletOnChain:
    """What `models.reconcile` asks of the chain, for a program without a loop: each question opens and closes
    its connections."""

    def __init__(self, urls: Sequence[str], chain_id: int) -> None:
        self._urls, self._chain_id = urls, chain_id

    def counts(self, wallet: Address) -> tuple[int, int]:
        """The number of the wallet's transactions: in blocks, and with those in the node's pool."""
        return self._ask(lambda client: read_nonces(client, wallet))

    def signed(self, txid: TxHash) -> tuple[bytes, SignedIntent] | None:
        """A transaction's bytes and what they do; None when the node does not know it.

        Raises:
            NotAPlainTransfer: it is something that no refund can be.
        """
        raw = self._ask(lambda client: signed_bytes(client, txid))
        return None if raw is None else (raw, decode_signed(raw))

    def _ask(self, work: Callable[[NodeProvider], Awaitable[T]]) -> T:
        async def asked() -> T:
            async with Endpoints(self._urls, self._chain_id) as endpoints:
                return await endpoints.attempt(work)

        return asyncio.run(asked())
