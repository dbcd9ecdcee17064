"""From what the database and the node say about a record to the decision on it: `domain.matching` judges.

Pure. A record is only ever moved on with a transfer that the database has stored; what a look-up alone shows can
make it abnormal or keep it waiting.
"""

from __future__ import annotations

from dataclasses import dataclass

from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.facts import OurAddress, PlacedTransfer, Transaction
from wbo_desktop.domain.finality import required_confirmations
from wbo_desktop.domain.matching import judge
from wbo_desktop.services.tracking import CoinSettings, RecordDecision, RecordFacts

SOON = 2.0
"""Seconds until a record is looked at again whose facts are about to change."""

IN_POOL = 60.0
"""The same for a transaction in the node's pool, which can vanish without a trace; its block wakes us up."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the node says about a record's TXID.

    Attributes:
        transaction: None when it is unknown on every network.
        transfers: everything it moved, any contract, any recipient.
        ahead: it is in a block that is not stored yet; `stale`: the block is not the one we hold.
    """

    transaction: Transaction | None = None
    transfers: tuple[PlacedTransfer, ...] = ()
    accounts: tuple[OurAddress, ...] = ()
    ahead: bool = False
    stale: bool = False


def wants_lookup(facts: RecordFacts) -> bool:
    """Whether the stored transfers leave open what became of the TXID."""
    claim = facts.claim
    return claim.txid is not None and not any(
        stored.transfer.txid == claim.txid
        and stored.transfer.token == claim.token
        and stored.transfer.recipient == claim.target
        for stored in facts.transfers
    )


def decide(facts: RecordFacts, looked_up: LookedUp | None, coin: CoinSettings) -> RecordDecision:
    """Judge one record. Without `looked_up` the stored transfers are all that is known of its TXID."""
    found = looked_up or LookedUp()
    if found.ahead or found.stale:
        return hold(facts, SOON)
    stored = tuple(s.transfer for s in facts.transfers)
    judgement = judge(
        facts.claim,
        found.transaction,
        (*stored, *found.transfers),
        facts.wallets,
        (*facts.accounts, *found.accounts),
        txid_overdue=facts.overdue,
    )
    chosen = judgement.transfer
    transfer_id = _stored_id(facts, chosen)
    if chosen is not None and transfer_id is None:
        return hold(facts, SOON)
    required = None
    if chosen is not None:
        required = required_confirmations(coin.confirmations, chosen.amount, coin.confirmation_steps)
    return RecordDecision(
        record_no=facts.claim.record_no,
        version=facts.version,
        ticket=facts.ticket,
        status=judgement.to_status,
        reason=judgement.reason,
        transfer_id=transfer_id,
        required_confirmations=required,
        verdicts=judgement.verdicts_json(),
        proposal=judgement.proposal_json(),
        check_again=_check_again(facts, looked_up, judgement.to_status),
    )


def hold(facts: RecordFacts, seconds: float) -> RecordDecision:
    """Nothing can be said yet; look again then."""
    return RecordDecision(facts.claim.record_no, facts.version, facts.ticket, check_again=seconds)


def _stored_id(facts: RecordFacts, chosen: PlacedTransfer | None) -> int | None:
    if chosen is None:
        return None
    key = (chosen.txid, chosen.log_index, chosen.block_hash)
    return next(
        (
            s.id
            for s in facts.transfers
            if (s.transfer.txid, s.transfer.log_index, s.transfer.block_hash) == key
        ),
        None,
    )


def _check_again(facts: RecordFacts, looked_up: LookedUp | None, to_status: DepositStatus) -> float | None:
    """Seconds until the record is judged again; None when only blocks can change it. An unknown TXID is
    looked up once more when its grace is over."""
    if to_status is not DepositStatus.PENDING_AUTH or looked_up is None:
        return None
    if looked_up.transaction is not None:
        return IN_POOL if looked_up.transaction.block_number is None else None
    return None if facts.overdue else facts.grace_left
