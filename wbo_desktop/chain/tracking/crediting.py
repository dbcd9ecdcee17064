"""Asks a second endpoint before money is believed, where the network wants that; remembers who reported a block.

What the nodes say about one another is `quorum`'s matter, what follows for the records the tracker's.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from wbo_desktop.chain.evm.quorum import Agreement, Assertion, agree
from wbo_desktop.chain.evm.traces import FIRST_INTERNAL
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.services.tracking import SentTransaction

MOST_ASSERTIONS = 30
REMEMBERED_BLOCKS = 4096
Agree = Callable[[Endpoints, Sequence[Assertion], str | None], Awaitable[Agreement]]

DISPUTE_SECONDS = 60.0
"""How long nodes may contradict each other about a transfer before a person has to look."""


@dataclass(frozen=True, slots=True)
class Believed:
    """A stored transfer that is about to be credited, or to prove a wallet."""

    transfer: Transfer
    block_number: int
    block_hash: BlockHash


@dataclass(frozen=True, slots=True)
class Opinion:
    """`confirmed` transactions; those `disputed` for too long; the lowest block that a liar told us of."""

    confirmed: frozenset[TxHash] = frozenset()
    disputed: frozenset[TxHash] = frozenset()
    misled_at: int | None = None


class Sources:
    """Which endpoint reported which block; forgets the oldest."""

    def __init__(self) -> None:
        self._labels: OrderedDict[str, str] = OrderedDict()

    def note(self, block_hash: str, label: str) -> None:
        self._labels[block_hash] = label
        if len(self._labels) > REMEMBERED_BLOCKS:
            self._labels.popitem(last=False)

    def of(self, block_hash: str) -> str | None:
        """None after a restart: then as many endpoints are asked as must agree."""
        return self._labels.get(block_hash)


class WitnessNodes:
    """The agreement of several endpoints, for one network."""

    def __init__(self, endpoints: Endpoints, sources: Sources, agree: Agree = agree) -> None:
        self._endpoints, self._sources, self._agree = endpoints, sources, agree
        self._disputed_since: dict[TxHash, float] = {}

    @property
    def needed(self) -> bool:
        """Whether a second endpoint has to be asked at all."""
        return self._endpoints.rules.quorum > 1

    @property
    def disputes(self) -> int:
        """Transactions about which the nodes contradict one another now."""
        return len(self._disputed_since)

    async def ask(self, believed: Iterable[Believed], sent: Iterable[Assertion] = ()) -> Opinion:
        """One round: the transactions of one source, as many as fit one request; the rest another time.

        `sent`: the hot wallet's own, that settle refunds.
        """
        by_txid: dict[TxHash, list[Believed]] = defaultdict(list)
        for one in believed:
            by_txid[one.transfer.txid].append(one)
        by_source: dict[str | None, list[Assertion]] = defaultdict(list)
        for assertion in (*sent, *(_assertion(parts) for parts in by_txid.values())):
            by_source[self._sources.of(assertion.block_hash)].append(assertion)
        if not by_source:
            return Opinion()
        source, group = max(by_source.items(), key=lambda item: len(item[1]))
        assertions = group[:MOST_ASSERTIONS]
        agreement = await self._agree(self._endpoints, assertions, source)
        now = monotonic()
        for txid in agreement.confirmed:
            self._disputed_since.pop(txid, None)
        for txid in agreement.disputed:
            self._disputed_since.setdefault(txid, now)
        overdue = {t for t in agreement.disputed if now - self._disputed_since[t] > DISPUTE_SECONDS}
        for txid in overdue:
            del self._disputed_since[txid]
        misled = [
            c.block_number for c in assertions if c.txid in agreement.disputed and self._distrusted(source)
        ]
        return Opinion(agreement.confirmed, frozenset(overdue), min(misled, default=None))

    def _distrusted(self, label: str | None) -> bool:
        return any(r.label == label and r.reason == "contradicted" for r in self._endpoints.report())


def sent_assertion(sent: SentTransaction, listed: frozenset[Address | None]) -> Assertion:
    """What has to be the same at other nodes before the hot wallet's transaction settles a refund: whose it
    is, whether it succeeded, and what the wallet paid by it of the `listed` coins. What a recipient's
    contract did with it does not count."""
    own = [t for t in sent.transfers or () if t.sender == sent.sender and t.log_index > FIRST_INTERNAL]
    return Assertion(
        txid=sent.txid,
        block_number=sent.block_number,
        block_hash=sent.block_hash,
        status=int(sent.succeeded),
        transfers=tuple(own),
        sender=sent.sender,
        nonce=sent.nonce,
        nothing_else=frozenset() if sent.transfers is None else listed,
    )


def _assertion(parts: list[Believed]) -> Assertion:
    first = parts[0]
    transfers = tuple(part.transfer for part in parts)
    # who signed is told, and compared, where it proves a wallet
    signed_by = next((p.transfer.signed_by for p in parts if p.transfer.signed_by is not None), None)
    return Assertion(
        first.transfer.txid, first.block_number, first.block_hash, 1, transfers, sender=signed_by
    )
