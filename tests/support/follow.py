"""The least that follows a chain: every block into the database through the worker's own functions, nothing decided.

For tests of what builds on stored blocks; the tracker itself has its own tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from wbo_demo.chain import Chain
from wbo_desktop.chain.evm.blocks import BlockFacts, decode_block
from wbo_desktop.chain.rpc.errors import BadReply
from wbo_desktop.domain.types import Address

LEASE_SECONDS = 60.0
PATIENCE = 20.0


def take_lease(connection: psycopg.Connection[Any], network: str, holder: str = "tests") -> int:
    """The epoch of the network's lease, which must be free or ours."""
    epoch = _value(connection, "take_lease", network, holder, LEASE_SECONDS)
    assert epoch is not None, "somebody else leads"
    return int(epoch)


class Follower:
    """Stores a chain's blocks as `network`'s, over one session of the worker's login."""

    def __init__(self, connection: psycopg.Connection[Any], chain: Chain, network: str, epoch: int) -> None:
        self._connection, self._chain, self._network, self.epoch = connection, chain, network, epoch
        settings = _value(connection, "configuration")
        self._listed = [
            Address(c["contract"]) for c in settings["coins"] if c["network"] == network and c["contract"]
        ]

    def catch_up(self) -> int:
        """Every block up to the head, a reorganisation undone first; returns the head."""
        deadline = monotonic() + PATIENCE
        while True:
            try:
                return self._catch_up()
            except BadReply as error:  # reorganised between two requests
                if monotonic() > deadline:
                    raise AssertionError(f"the chain does not stand still: {error}") from error

    def _catch_up(self) -> int:
        mark = _value(self._connection, "checkpoint", self._network)
        if mark is None:
            return self._start()
        mark = self._walk_back(mark)
        head = self._chain.head()
        for first in range(mark["number"] + 1, head + 1, 50):
            facts = [self._read(n) for n in range(first, min(first + 50, head + 1))]
            if facts[0].block.parent_hash != mark["hash"]:
                raise BadReply("not on top of what is stored")
            work = self._record(mark["hash"], [_as_json(f) for f in facts], head)
            mark = work["checkpoint"]
        return head

    def _start(self) -> int:
        block = self._read(self._chain.head()).block
        _value(
            self._connection,
            "start_tracking",
            *(self._network, self.epoch, block.number, block.hash, block.parent_hash),
            datetime.fromtimestamp(block.timestamp, UTC),
        )
        return block.number

    def _walk_back(self, mark: dict[str, Any]) -> dict[str, Any]:
        stored = _value(self._connection, "recent_blocks", self._network, mark["number"], 1000)
        for one in stored:
            raw = self._chain.rpc("eth_getBlockByNumber", hex(one["number"]), False)
            if raw is not None and raw["hash"] == one["hash"]:
                if one["number"] < mark["number"]:
                    _value(self._connection, "rewind", self._network, self.epoch, mark["hash"], one["number"])
                return dict(one)
        raise AssertionError("no common block")

    def _record(self, expected: str, blocks: Sequence[dict[str, Any]], head: int) -> dict[str, Any]:
        found: dict[str, Any] = _value(
            self._connection,
            "record_blocks",
            *(self._network, self.epoch, LEASE_SECONDS, expected, Jsonb(blocks), head, None),
        )
        return found

    def _read(self, number: int) -> BlockFacts:
        block = self._chain.rpc("eth_getBlockByNumber", hex(number), True)
        receipts = self._chain.rpc("eth_getBlockReceipts", hex(number))
        return decode_block(number, block, receipts, self._listed)


def _as_json(facts: BlockFacts) -> dict[str, Any]:
    block = facts.block
    return {
        "number": block.number,
        "hash": block.hash,
        "parent_hash": block.parent_hash,
        "mined_at": datetime.fromtimestamp(block.timestamp, UTC).isoformat(),
        "txids": [tx.txid for tx in facts.txs],
        "transfers": [
            {
                "txid": t.txid,
                "log_index": t.log_index,
                "position": t.position,
                "contract": t.token,
                "sender": t.sender,
                "recipient": t.recipient,
                "amount": str(t.amount),
            }
            for t in facts.transfers
        ],
        "sent": [
            {
                "txid": tx.txid,
                "sender": tx.sender,
                "nonce": tx.nonce,
                "succeeded": tx.status == 1,
                "fee": str(tx.fee),
            }
            for tx in facts.txs
        ],
    }


def _value(connection: psycopg.Connection[Any], function: str, *arguments: Any) -> Any:
    places = ", ".join(["%s"] * len(arguments))
    row = connection.execute(f"SELECT wbo_chain.{function}({places})".encode(), arguments).fetchone()
    return row[0] if row else None
