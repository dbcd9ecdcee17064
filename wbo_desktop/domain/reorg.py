"""Reorganisations: the search for the common ancestor, and the moves that undo what an orphaned block
decided.

The search asks for the node's hashes by height and touches nothing; the tracker answers it and has the
database orphan the blocks and move the records in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wbo_desktop.domain.deposit import DepositStatus, Reason
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.wallet import WalletStatus

MOST_HEIGHTS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """A block as the database keeps it: its number, its hash and its parent's hash."""

    number: int
    hash: str
    parent: str


@dataclass(frozen=True, slots=True)
class Rewind:
    """The common ancestor of the stored chain and a node's, and the stored blocks above it.

    Attributes:
        ancestor: the newest block that both have; the checkpoint goes back to it.
        orphaned: the stored blocks above it that are no longer canonical, newest first. Empty: nothing to
            undo.
        missing: the stored blocks above it that the node neither has nor contradicts: it lags, and another is
            asked.
    """

    ancestor: StoredBlock
    orphaned: tuple[StoredBlock, ...] = ()
    missing: tuple[StoredBlock, ...] = ()


Heights = tuple[int, ...]
Hashes = Mapping[int, str | None]


def find_ancestor(
    network: str, stored: Sequence[StoredBlock], finalized_number: int | None = None
) -> Generator[Heights, Hashes, Rewind]:
    """Search for the common ancestor: yields heights, wants the node's hash of each (None: it has none).

    Asks for 1, 2, 4 … heights at a time, so that a reorganisation of 64 blocks costs 7 requests.

    Args:
        stored: our chain newest first, without gaps, at least down to the newest block known to be final.
        finalized_number: our highest final block; one that the node contradicts must stop the line.

    Raises:
        RuleViolation: `finality_violated` (a final block has another hash now, or no block that we kept is
            left) or `invariant_broken` (our own blocks do not form a chain).
    """
    _check_chain(stored)
    differing = -1  # index of the oldest block seen to differ
    start, step = 0, 1
    while start < len(stored):
        asked = stored[start : start + step]
        hashes = yield tuple(block.number for block in asked)
        for index, block in enumerate(asked, start):
            found = hashes.get(block.number)
            if found == block.hash:
                return Rewind(block, tuple(stored[: differing + 1]), tuple(stored[differing + 1 : index]))
            if found is not None:
                differing = index
                if finalized_number is not None and block.number <= finalized_number:
                    raise RuleViolation("finality_violated", network=network, number=block.number)
        start, step = start + step, min(step * 2, MOST_HEIGHTS_AT_ONCE)
    raise RuleViolation("finality_violated", network=network, number=stored[-1].number)


def common_ancestor(
    network: str,
    stored: Sequence[StoredBlock],
    node_hash: Callable[[int], str | None],
    finalized_number: int | None = None,
) -> Rewind:
    """`find_ancestor` for a caller that can answer at once."""
    search = find_ancestor(network, stored, finalized_number)
    try:
        heights = next(search)
        while True:
            heights = search.send({height: node_hash(height) for height in heights})
    except StopIteration as found:
        rewind: Rewind = found.value
        return rewind


def check_finalized(network: str, stored: StoredBlock, node_hash: str | None) -> None:
    """A final block must keep its hash; None (the node does not have it any more) proves nothing.

    Raises:
        RuleViolation: `finality_violated`.
    """
    if node_hash is not None and node_hash != stored.hash:
        raise RuleViolation("finality_violated", network=network, number=stored.number)


def _check_chain(stored: Sequence[StoredBlock]) -> None:
    if not stored:
        raise RuleViolation("invariant_broken", rule="stored_chain_empty")
    for newer, older in pairwise(stored):
        if newer.number != older.number + 1 or newer.parent != older.hash:
            raise RuleViolation("invariant_broken", rule="stored_chain_linked")


# what is undone


@dataclass(frozen=True, slots=True)
class Undo:
    """What becomes of a record whose transfer was orphaned.

    Attributes:
        to_status: None when the status stays.
        reason: the record's reason from now on; None leaves it.
        alarm: whether an operator has to look at once: money was credited that is not there.
        stop_refund: no refund of it may be signed any more.
    """

    to_status: DepositStatus | None
    reason: Reason | None
    alarm: bool = False
    stop_refund: bool = False


D = DepositStatus

DEPOSIT_UNDO: Mapping[DepositStatus, Undo] = {
    D.PROCESSING: Undo(D.PENDING_AUTH, Reason.TRANSFER_NOT_SEEN),
    # its fault was found in a block that is gone, and must not be accepted any more
    D.ABNORMAL: Undo(D.PENDING_AUTH, Reason.TRANSFER_NOT_SEEN),
    D.SUCCESS: Undo(D.ABNORMAL, Reason.REORGANISED, alarm=True, stop_refund=True),
    D.REFUNDING: Undo(None, Reason.REORGANISED, alarm=True, stop_refund=True),
    D.REFUND_FAILED: Undo(None, Reason.REORGANISED, alarm=True, stop_refund=True),
    D.REFUNDED: Undo(None, Reason.REORGANISED, alarm=True),
}
"""For records that hold an orphaned transfer. A status that is not here has nothing to undo."""


def undo_deposit(status: DepositStatus, reason: Reason | None = None) -> Undo | None:
    """What an orphaned transfer does to its record; None for nothing.

    A record that was credited and reorganised away stays abnormal until an operator has looked: it must not
    become credited again by itself.
    """
    if reason is Reason.REORGANISED and status is D.ABNORMAL:
        return None
    return DEPOSIT_UNDO.get(status)


REFUND_UNDO: Mapping[RefundStatus, RefundStatus] = {RefundStatus.CONFIRMING: RefundStatus.BROADCAST}
"""For refunds whose transaction's block was orphaned: the same bytes wait to be mined again."""

WALLET_UNDO: Mapping[WalletStatus, WalletStatus] = {WalletStatus.VERIFIED: WalletStatus.VERIFYING}
"""For wallets whose micro-payment was orphaned."""
