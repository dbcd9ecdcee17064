"""A chain made of nothing but blocks in memory, told to the database by a worker that decides as the real one does.

For tests of what the database enforces: no node, no keys, a reorganisation costs a millisecond. `balances` is what the chain
itself says that our accounts received and the hot wallet paid, so that the ledger can be compared with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from wbo_demo.world import NETWORK, World
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.refund_store import PostgresRefundStore
from wbo_desktop.services.judging import decide
from wbo_desktop.services.sending import NewAttempt
from wbo_desktop.services.tracking import (
    Applied,
    CreditDecision,
    Decisions,
    FoundBlock,
    FoundSpending,
    Rewound,
    WalletDecision,
    Work,
)

FIRST_BLOCK = 100
ROUNDS = 30


def new_hash() -> str:
    """A hash that nothing else has."""
    return "0x" + secrets.token_hex(32)


@dataclass(frozen=True)
class Sent:
    """A refund's bytes as they were stored."""

    refund_no: str
    txid: TxHash
    nonce: int
    token: Address | None
    address: Address
    amount: int


class SimulatedChain:
    """Leads the made-up broker's network with a lease of its own."""

    def __init__(self, world: World) -> None:
        who = world.logins["worker"]
        self.world = world
        self.store = ChainStore(world.server, who.login, who.password, "simulated")
        self.refunds = PostgresRefundStore(self.store)
        lease = self.store.take_lease(NETWORK, "simulated", 300)
        assert lease is not None, "somebody else leads"
        self.lease = lease
        configured = self.store.configuration()
        self.coins = {coin.code: coin for coin in configured.coins_of(NETWORK)}
        self._by_id = {coin.id: coin for coin in self.coins.values()}
        self.hot_wallet = Address(world.hot_wallet.address)
        self.blocks = [self._block(FIRST_BLOCK, BlockHash(new_hash()))]
        self.store.start_tracking(lease, self.blocks[0])
        self.refunds.register(lease, self.hot_wallet, 0, 0)
        self.refunds.report_balances(lease, {code: Decimal(10**9) for code in self.coins})
        self.unmined: dict[str, Sent] = {}

    @property
    def head(self) -> int:
        """The newest block's number."""
        return self.blocks[-1].number

    def transfer(
        self,
        coin: str,
        sender: str,
        recipient: str,
        amount: int,
        txid: str | None = None,
        signed_by: str | None = None,
    ) -> Transfer:
        """A transfer to be mined; `amount` in base units. The sender signs it, unless told otherwise."""
        return Transfer(
            TxHash(txid or new_hash()),
            0,
            self.coins[coin].contract,
            Address(sender),
            Address(recipient),
            amount,
            signed_by=Address(signed_by or sender),
        )

    def next_block(
        self, *transfers: Transfer, sent: Sequence[Sent] = (), succeeded: bool = True
    ) -> FoundBlock:
        """The block that would be mined with these in it."""
        paid = tuple(
            Transfer(one.txid, 0, one.token, self.hot_wallet, one.address, one.amount)
            for one in sent
            if succeeded
        )
        spent = tuple(FoundSpending(one.txid, self.hot_wallet, one.nonce, succeeded, 21_000) for one in sent)
        last = self.blocks[-1]
        return replace(
            self._block(last.number + 1, last.hash),
            txids=tuple(dict.fromkeys([t.txid for t in transfers] + [s.txid for s in spent])),
            transfers=(*transfers, *paid),
            sent=spent,
        )

    def mine(self, *transfers: Transfer, sent: Sequence[Sent] = (), succeeded: bool = True) -> Work:
        """A block with these in it, stored and decided on."""
        last = self.blocks[-1]
        block = self.next_block(*transfers, sent=sent, succeeded=succeeded)
        work = self.store.record_blocks(self.lease, 300, last.hash, [block], block.number, None)
        self.blocks.append(block)
        for one in sent:
            self.unmined.pop(one.refund_no, None)
        self.settle(work)
        return work

    def settle(self, work: Work | None = None) -> None:
        """Decide until nothing is left that can be decided now."""
        for _ in range(ROUNDS):
            here = work or self.look()
            work = None
            decisions = self.decisions(here)
            if not decisions:
                return
            applied: Applied = self.store.apply_decisions(self.lease, decisions)
            if not (applied.moved or applied.credited or applied.proven or applied.dropped):
                return

    def look(self) -> Work:
        """What there is to decide."""
        return self.store.record_blocks(self.lease, 300, self.blocks[-1].hash, [], self.head, None)

    def decisions(self, work: Work) -> Decisions:
        """What the real worker would decide, with nodes that know no more than the blocks."""
        return Decisions(
            tuple(decide(facts, None, self._by_id[facts.coin_id]) for facts in work.records),
            tuple(CreditDecision(due.record_no, due.version) for due in work.due),
            tuple(
                WalletDecision(case.wallet_id, case.version, "verified", evidence={"method": "EIP-191"})
                for case in work.wallets
                if case.method == "message_signature" and case.signature is not None
            ),
        )

    def reorganise(self, depth: int) -> Rewound:
        """The last `depth` blocks never were."""
        depth = min(depth, len(self.blocks) - 1)
        tip = self.blocks[-1]
        undone = self.store.rewind(self.lease, tip.hash, tip.number - depth)
        del self.blocks[len(self.blocks) - depth :]
        return undone

    def sign(self) -> list[Sent]:
        """Store bytes for every refund that was executed, and call them broadcast; returns them, to be mined."""
        made = []
        for refund in self.refunds.work(self.lease).refunds:
            if refund.status == "executing":
                made.append(self._sign_one(refund.refund_no))
        self.unmined |= {one.refund_no: one for one in made}
        return made

    def _sign_one(self, refund_no: str) -> Sent:
        work = self.refunds.work(self.lease)
        refund = next(r for r in work.refunds if r.refund_no == refund_no)
        assert work.wallet is not None
        intent = refund.intent
        sent = Sent(
            refund_no, TxHash(new_hash()), work.wallet.next_nonce, intent.token, intent.address, intent.amount
        )
        attempt = NewAttempt(
            sender=self.hot_wallet,
            nonce=sent.nonce,
            txid=sent.txid,
            raw=secrets.token_bytes(120),
            fee_cap=2,
            tip=1,
            gas=60_000,
        )
        self.refunds.store_signed(self.lease, refund_no, refund.version, attempt)
        self.refunds.mark_broadcast(self.lease, sent.txid, "accepted", True)
        return sent

    def balances(self) -> tuple[dict[str, int], dict[str, int]]:
        """The base units of each coin that arrived at accounts, and those that the hot wallet paid, by the blocks alone."""
        arrived = dict.fromkeys(self.coins, 0)
        paid = dict.fromkeys(self.coins, 0)
        for block in self.blocks:
            for one in block.transfers:
                code = next(c.code for c in self.coins.values() if c.contract == one.token)
                (paid if one.sender == self.hot_wallet else arrived)[code] += one.amount
        return arrived, paid

    def close(self) -> None:
        """Let go of the lease and the connection."""
        self.store.release_lease(self.lease)
        self.store.close()

    def _block(self, number: int, parent: BlockHash) -> FoundBlock:
        mined_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=12 * number)
        return FoundBlock(number, BlockHash(new_hash()), parent, mined_at)
