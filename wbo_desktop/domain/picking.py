"""Chooses the transfer that a record claims: by its TXID, or by its custodial account when it has none.

Chooses none rather than guess. The judgement of the chosen transfer is left to `matching`; where there is
none, what was found instead is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wbo_desktop.domain.deposit import Reason
from wbo_desktop.domain.evidence import Evidence
from wbo_desktop.domain.facts import PlacedTransfer
from wbo_desktop.domain.verdicts import Check, Note
from wbo_desktop.domain.wallet import WalletStatus

_PARTS_LOOKED_AT = 32
"""Newest transfers among which parts of one payment are looked for; the pairs grow with the square."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The transfer that a record claims, or what was found instead.

    Attributes:
        exists: whether the claimed transaction is on the chain; None while that cannot be said.
        status: of its receipt, 1 or 0; None while unknown.
        fault, blamed, found: why no transfer was chosen though the transaction is there, the check that shows
            it, and what was found in place of what was claimed.
        parts: two or more transfers that together are the claim.
        candidates: several transfers of which any may be the claimed one.
    """

    transfer: PlacedTransfer | None = None
    exists: bool | None = None
    status: int | None = None
    fault: Reason | None = None
    blamed: Check | None = None
    found: str | None = None
    note: Note | None = None
    parts: tuple[PlacedTransfer, ...] = ()
    candidates: tuple[PlacedTransfer, ...] = ()


def pick(evidence: Evidence) -> Pick:
    """The transfer that the evidence's claim means, the same whatever the order of the facts. Never raises."""
    if evidence.claim.txid is None:
        return _by_account(evidence)
    if evidence.network is None:
        return Pick(exists=False if evidence.txid_overdue else None)
    if evidence.network != evidence.claim.network:
        return Pick(exists=True)
    return _by_txid(evidence)


# by TXID


def _by_txid(evidence: Evidence) -> Pick:
    transaction = evidence.transaction
    if transaction is not None and (transaction.block_number is None or transaction.block_hash is None):
        return Pick(note=Note.IN_MEMPOOL)
    standing = [t for t in evidence.own if t.canonical]
    if transaction is None and not standing:
        return Pick(exists=False if evidence.txid_overdue else None, note=Note.ORPHANED)
    status = _status(evidence, standing)
    if status != 1:
        return Pick(exists=True, status=status)
    moved = [t for t in standing if t.amount > 0]
    paying = [t for t in moved if t.token == evidence.claim.token and t.recipient == evidence.target]
    free = [t for t in paying if evidence.free(t)]
    if free and evidence.target_is_clients:
        chosen = min(free, key=lambda t: _rank(evidence, t))
        return Pick(transfer=chosen, exists=True, status=1, parts=_parts(evidence, chosen))
    if paying and not free:
        return Pick(
            exists=True,
            status=1,
            fault=Reason.TXID_ALREADY_USED,
            blamed=Check.UNUSED,
            found=paying[0].used_by,
        )
    if len(standing) < len(evidence.own):
        return Pick(note=Note.ORPHANED)  # the stored block and the node's are not the same: ask again
    return _misdirected(evidence, moved, zero=len(moved) < len(standing))


def _status(evidence: Evidence, standing: Sequence[PlacedTransfer]) -> int | None:
    """The transaction's status: 1 when receipt and transfers all say 1, 0 when any says 0, None otherwise."""
    told = {t.status for t in standing}
    if evidence.transaction is not None:
        told.add(evidence.transaction.status)
    if told == {1}:
        return 1
    return 0 if 0 in told else None


def _rank(evidence: Evidence, transfer: PlacedTransfer) -> tuple[bool, bool, bool, bool, int, int]:
    """The order of several transfers to the target in one transaction, the best first: from the client's
    verified wallet, of the exact amount, of a fitting amount, the largest."""
    claim = evidence.claim
    wallet = evidence.wallet(transfer.sender)
    status = wallet.status if wallet else WalletStatus.DELETED
    return (
        status is not WalletStatus.VERIFIED,
        status is WalletStatus.DELETED,
        transfer.amount != claim.claimed_base,
        not claim.fits(transfer.amount),
        -transfer.amount,
        transfer.log_index,
    )


def _misdirected(evidence: Evidence, moved: Sequence[PlacedTransfer], *, zero: bool) -> Pick:
    """What a successful transaction did that pays nothing to the record's account: another token, another
    account, or no transfer."""
    token = evidence.claim.token
    for transfer in moved:
        if transfer.token != token and transfer.recipient == evidence.target:
            return _instead(Reason.WRONG_CONTRACT, Check.TOKEN, transfer.token or "native")
    # what the claimed source sent tells more than the rest of a batch
    listed = sorted((t for t in moved if t.token == token), key=lambda t: t.sender != evidence.source)
    if listed:
        return _elsewhere(evidence, listed[0].recipient)
    for transfer in moved:
        if evidence.our_account(transfer.recipient) is not None:
            return _instead(Reason.WRONG_CONTRACT, Check.TOKEN, transfer.token or "native")
    return _instead(Reason.NO_TRANSFER, Check.TARGET, None, Note.ZERO_VALUE if zero else None)


def _elsewhere(evidence: Evidence, recipient: str) -> Pick:
    account = evidence.our_account(recipient)
    if account is None:
        return _instead(Reason.NOT_OUR_ADDRESS, Check.TARGET, recipient)
    if account.client_no == evidence.claim.client_no:
        return _instead(Reason.NO_TRANSFER, Check.TARGET, recipient, Note.OTHER_ACCOUNT_OF_CLIENT)
    note = Note.UNASSIGNED_ACCOUNT if account.client_no is None else None
    return _instead(Reason.OTHER_CLIENTS_ACCOUNT, Check.TARGET, recipient, note)


def _instead(fault: Reason, blamed: Check, found: str | None, note: Note | None = None) -> Pick:
    return Pick(exists=True, status=1, fault=fault, blamed=blamed, found=found, note=note)


# by custodial account


def _by_account(evidence: Evidence) -> Pick:
    """The transfer of a claim without TXID: one from the claimed source to the record's account, when only
    one can be meant.

    That is the only one of exactly the amount, else the only one that fits the amount, else the only one
    there is (its amount is then a fault for an operator to look at), unless another record waits for the same
    transfer.
    """
    if not evidence.target_is_clients:
        return Pick()
    claim = evidence.claim
    pool = [t for t in evidence.account if t.sender == evidence.source]
    exact = [t for t in pool if t.amount == claim.claimed_base]
    fitting = [t for t in pool if claim.fits(t.amount)]
    meant = exact or fitting or ([] if claim.contested else pool)
    if len(meant) == 1:
        return _found(evidence, meant[0])
    if meant is pool:
        largest = sorted(pool, key=lambda t: -t.amount)[:_PARTS_LOOKED_AT]
        part = next((t for t in largest if _parts(evidence, t)), None)
        if part is not None:
            return _found(evidence, part)
    return Pick(note=Note.SEVERAL_CANDIDATES, candidates=tuple(meant)) if meant else Pick()


def _found(evidence: Evidence, transfer: PlacedTransfer) -> Pick:
    return Pick(
        transfer=transfer, exists=True, status=1, note=Note.FOUND_BY_ACCOUNT, parts=_parts(evidence, transfer)
    )


# payments in parts


def _parts(evidence: Evidence, chosen: PlacedTransfer) -> tuple[PlacedTransfer, ...]:
    """The transfers of one sender that only together with `chosen` make up the claim: two, or else all there
    are."""
    claim = evidence.claim
    if chosen.amount >= claim.least_base:
        return ()
    others = [t for t in evidence.account if t.sender == chosen.sender and t != chosen][-_PARTS_LOOKED_AT:]
    groups = [(chosen, other) for other in others]
    together: list[tuple[PlacedTransfer, ...]] = [g for g in groups if claim.fits(sum(t.amount for t in g))]
    if not together and claim.fits(sum(t.amount for t in (chosen, *others))):
        together = [(chosen, *others)]
    return min(together, key=lambda g: abs(claim.claimed_base - sum(t.amount for t in g)), default=())
