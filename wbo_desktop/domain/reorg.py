"""Reorganisations: the search for the common ancestor, and the moves that undo what an orphaned block
decided.

The search asks for the node's hashes by height and touches nothing; the tracker answers it and has the
database orphan the blocks and move the records in one transaction.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
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


def _check_chain(stored: Sequence[StoredBlock]) -> None:
    if not stored:
        raise RuleViolation("invariant_broken", rule="stored_chain_empty")
    for newer, older in pairwise(stored):
        if newer.number != older.number + 1 or newer.parent != older.hash:
            raise RuleViolation("invariant_broken", rule="stored_chain_linked")


# what is undone


@dataclass(frozen=True, slots=True)
class Undo:
    """What becomes of a row whose transfer or transaction was orphaned.

    Attributes:
        to_status: None when the status stays.
        reason: the record's reason (a wallet's failure) from now on; None leaves a record as it is.
        alarm: money was promised that is not there: an operator has to look, and no refund of it may be signed.
        detached: the record lets its transfer go.
        judged_again: the worker is asked about the record once more.
    """

    to_status: DepositStatus | RefundStatus | WalletStatus | None
    reason: Reason | None = None
    alarm: bool = False
    detached: bool = False
    judged_again: bool = False


D, R, W = DepositStatus, RefundStatus, WalletStatus

DEPOSIT_UNDO: Mapping[DepositStatus, Undo] = {
    D.PENDING_AUTH: Undo(None, Reason.TRANSFER_NOT_SEEN, detached=True, judged_again=True),
    D.PROCESSING: Undo(D.PENDING_AUTH, Reason.TRANSFER_NOT_SEEN, detached=True, judged_again=True),
    # keeps what it was judged by until then; the guard lets no operator accept a transfer that is not canonical
    D.ABNORMAL: Undo(None, judged_again=True),
    D.SUCCESS: Undo(D.ABNORMAL, Reason.REORGANISED, alarm=True),
    D.REFUNDING: Undo(None, Reason.REORGANISED, alarm=True),
    D.REFUND_FAILED: Undo(None, Reason.REORGANISED, alarm=True),
    D.REFUNDED: Undo(None, Reason.REORGANISED, alarm=True),
}
"""For records that hold an orphaned transfer. A status that is not here has nothing to undo. A record with an
alarm is not judged again: credited money that was reorganised away waits for an operator."""

REFUND_UNDO: Mapping[RefundStatus, Undo] = {R.CONFIRMING: Undo(R.BROADCAST)}
"""For refunds whose transaction's block was orphaned: the same bytes wait to be mined again. A confirmed one
stays confirmed."""

WALLET_UNDO: Mapping[WalletStatus, Undo] = {
    W.VERIFIED: Undo(W.VERIFYING, Reason.REORGANISED),
    W.VERIFYING: Undo(None, Reason.REORGANISED),
}
"""For wallets whose micro-payment was orphaned: it is waited for again."""
