"""A storm of reorganisations over flowing deposits, and who still believes in money that is gone.

`Storm` acts on the chain; `Counting` is the faulty way that the tracker is compared with.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from wbo_demo.chain import Chain
from wbo_demo.clients import Clients
from wbo_demo.tokens import transfer_data
from wbo_demo.world import World

DEEPEST = 64


@dataclass
class Payment:
    """One deposit: its bytes, so that it can be mined again elsewhere."""

    record_no: str
    txid: str
    raw: str
    amount: Decimal
    client_no: str


class Storm:
    """Pays, lets blocks pass, reorganises; everything by one pair of dice."""

    def __init__(self, world: World, seed: int) -> None:
        assert world.chain is not None
        self.world, self.chain = world, world.chain
        self.dice = random.Random(seed)
        self.payments: list[Payment] = []
        self._clients = Clients(world)
        self._number = 0
        self.chain.mine(DEEPEST + 8)  # no storm reaches the tokens' own blocks

    def pay(self) -> Payment:
        """A deposit of an amount of its own, in a block of its own; half of the requests name the TXID."""
        self._number += 1
        client = self.dice.choice(self.world.clients[:3])
        amount = Decimal(self._number) + 10
        data = transfer_data(client.custodial, int(amount) * 10**6)
        raw, txid = self.chain.sign(
            client.wallet, self.world.tokens["USDT"].address, data=data, gas=100_000, maxFeePerGas=10**12
        )
        self.chain.rpc("eth_sendRawTransaction", raw)
        told = txid if self.dice.random() < 0.5 else None
        record = self._clients.submit(client, "USDT", amount, txid=told)
        made = Payment(record.record_no, txid, raw, amount, client.client_no)
        self.payments.append(made)
        return made

    def reorganise(self, depth: int) -> None:
        """Replace the newest blocks. Of each wallet's payments in them the first few are mined again in others, by
        chance none or all; the rest are gone.
        """
        gone: dict[str, list[Payment]] = {}
        for payment in self.payments:
            if self._is_within(payment, depth):
                gone.setdefault(payment.client_no, []).append(payment)
        kept = {p.txid for own in gone.values() for p in own[: self.dice.randint(0, len(own))]}
        again = [payment for payment in self.payments if payment.txid in kept]
        places = sorted(self.dice.randrange(depth) for _ in again)
        self.chain.reorg(depth, [(one.raw, place) for one, place in zip(again, places, strict=True)])

    def _is_within(self, payment: Payment, depth: int) -> bool:
        receipt = self.chain.rpc("eth_getTransactionReceipt", payment.txid)
        return receipt is not None and int(receipt["blockNumber"], 16) > self.chain.head() - depth

    def block_of(self, payment: Payment) -> str | None:
        """The hash of the block that the payment is in now; None when it is gone."""
        receipt = self.chain.rpc("eth_getTransactionReceipt", payment.txid)
        return receipt["blockHash"] if receipt else None


@dataclass
class Counting:
    """Counts heights only: sees a transfer, waits until the head is far enough above, credits, looks at no hash."""

    chain: Chain
    confirmations: int = 6
    seen: dict[str, int] = field(default_factory=dict)
    credited: set[str] = field(default_factory=set)

    def look(self, payments: list[Payment]) -> None:
        """What such a program does at each block."""
        head = self.chain.head()
        for payment in payments:
            if payment.txid not in self.seen:
                receipt = self.chain.rpc("eth_getTransactionReceipt", payment.txid)
                if receipt:
                    self.seen[payment.txid] = int(receipt["blockNumber"], 16)
        for txid, height in self.seen.items():
            if head - height + 1 >= self.confirmations:
                self.credited.add(txid)


def standing_on_orphans(storm: Storm, rows: list[tuple[str, str, str | None]]) -> list[str]:
    """Records that say they are confirming or credited though the node has no such block.

    `rows`: (record number, status, block hash) of all records.
    """
    found = {number: (status, block) for number, status, block in rows}
    wrong = []
    for payment in storm.payments:
        status, block = found[payment.record_no]
        if status in ("processing", "success") and (block is None or storm.block_of(payment) != block):
            wrong.append(f"{payment.record_no} is {status} on {block}")
    return wrong
