"""Whether a transfer is the money that a deposit record claims.

One small function a check; `verdicts.conclude` decides from what they say, `picking` chooses the transfer.
Finality is not asked here: a record that passes is `processing`, and crediting waits for the finality height.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wbo_desktop.domain.deposit import Reason
from wbo_desktop.domain.evidence import Evidence, gather
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transaction, WalletFact
from wbo_desktop.domain.picking import Pick, pick
from wbo_desktop.domain.types import MAX_DECIMALS, from_base_units
from wbo_desktop.domain.verdicts import Check, Judgement, Note, Verdict, conclude
from wbo_desktop.domain.wallet import WalletRule, WalletStatus

__all__ = [
    "Check",
    "Claim",
    "Judgement",
    "Note",
    "OurAddress",
    "PlacedTransfer",
    "Transaction",
    "Verdict",
    "WalletFact",
    "judge",
]


def judge(
    claim: Claim,
    transaction: Transaction | None,
    transfers: Sequence[PlacedTransfer],
    wallets: Sequence[WalletFact],
    accounts: Sequence[OurAddress],
    *,
    txid_overdue: bool = False,
) -> Judgement:
    """The judgement of one record from the facts, the same whatever their order. Never raises.

    Args:
        transaction: what a node shows for the claim's TXID, on whichever network it was found; None when not
            asked or not there. Not needed when `transfers` holds the TXID's transfers from a block already
            stored.
        transfers: everything that TXID moved (any contract, any recipient, zero values too), and the
            unmatched transfers to the claim's target; what is missing here is taken for not having happened.
        wallets: those at the addresses involved, of any client.
        accounts: the custodial accounts among the addresses involved.
        txid_overdue: the network's grace for an unknown TXID has passed.
    """
    evidence = gather(claim, transaction, transfers, wallets, accounts, txid_overdue=txid_overdue)
    picked = pick(evidence)
    verdicts = (
        _existence(evidence, picked),
        _network(evidence, picked),
        _status(evidence, picked),
        _token(evidence, picked),
        _target(evidence, picked),
        _sender(evidence, picked),
        _wallet(evidence, picked),
        _amount(evidence, picked),
        _minimum(evidence, picked),
        _unused(evidence, picked),
        _timeliness(evidence, picked),
    )
    to_status, reason = conclude(verdicts, accepted=claim.accepted)
    return Judgement(verdicts, to_status, reason, picked.transfer, picked.parts or picked.candidates)


def _existence(evidence: Evidence, picked: Pick) -> Verdict:
    claimed = evidence.claim.txid
    transfer = picked.transfer
    found = transfer.txid if transfer else claimed if picked.exists else None
    reason = {True: None, False: Reason.TXID_NOT_FOUND, None: Reason.TRANSFER_NOT_SEEN}[picked.exists]
    note = None if picked.fault else picked.note
    return Verdict(Check.EXISTENCE, picked.exists, claimed, found, reason, note)


def _network(evidence: Evidence, picked: Pick) -> Verdict:
    claimed = evidence.claim.network
    if picked.transfer is not None:
        return Verdict(Check.NETWORK, True, claimed, picked.transfer.network)
    if evidence.network is None:
        return Verdict(Check.NETWORK, None, claimed)
    right = evidence.network == claimed
    return Verdict(Check.NETWORK, right, claimed, evidence.network, None if right else Reason.WRONG_NETWORK)


def _status(evidence: Evidence, picked: Pick) -> Verdict:
    if picked.status is None:
        here = picked.exists and evidence.network == evidence.claim.network
        return Verdict(Check.STATUS, None, "1", None, Reason.TRANSFER_NOT_SEEN if here else None)
    succeeded = picked.status == 1
    reason = None if succeeded else Reason.TRANSACTION_FAILED
    return Verdict(Check.STATUS, succeeded, "1", str(picked.status), reason)


def _token(evidence: Evidence, picked: Pick) -> Verdict:
    claimed = evidence.claim.token or "native"
    if picked.transfer is not None:
        return Verdict(Check.TOKEN, True, claimed, picked.transfer.token or "native")
    if picked.blamed is Check.TOKEN:
        return Verdict(Check.TOKEN, False, claimed, picked.found, picked.fault)
    return Verdict(Check.TOKEN, None, claimed)


def _target(evidence: Evidence, picked: Pick) -> Verdict:
    """The verdict on the custodial account: it must be readable, assigned to this client, and the transfer's
    recipient."""
    claimed = evidence.target or evidence.claim.target
    if evidence.target is None:
        return Verdict(Check.TARGET, False, claimed, None, Reason.INVALID_ADDRESS)
    account = evidence.our_account(evidence.target)
    if account is None:
        return Verdict(Check.TARGET, False, claimed, None, Reason.NOT_OUR_ADDRESS)
    if account.client_no != evidence.claim.client_no:
        note = Note.UNASSIGNED_ACCOUNT if account.client_no is None else None
        return Verdict(Check.TARGET, False, claimed, None, Reason.OTHER_CLIENTS_ACCOUNT, note)
    if picked.transfer is not None:
        return Verdict(Check.TARGET, True, claimed, picked.transfer.recipient)
    if picked.blamed is Check.TARGET:
        return Verdict(Check.TARGET, False, claimed, picked.found, picked.fault, picked.note)
    return Verdict(Check.TARGET, None, claimed)


def _sender(evidence: Evidence, picked: Pick) -> Verdict:
    """The verdict on the sender, the account whose balance went down (not the signer): the claimed source, or
    another wallet of the same client."""
    claimed = evidence.source or evidence.claim.source
    found = picked.transfer.sender if picked.transfer else None
    if evidence.source is None:
        return Verdict(Check.SENDER, False, claimed, found, Reason.INVALID_ADDRESS)
    if found is None:
        return Verdict(Check.SENDER, None, claimed)
    if found == evidence.source:
        return Verdict(Check.SENDER, True, claimed, found)
    wallet = evidence.wallet(found)
    if wallet is not None and wallet.status is not WalletStatus.DELETED:
        return Verdict(Check.SENDER, True, claimed, found, None, Note.OTHER_WALLET_OF_CLIENT)
    return Verdict(
        Check.SENDER, False, claimed, found, Reason.SENDER_NOT_VERIFIED, _stranger(evidence, found)
    )


def _wallet(evidence: Evidence, picked: Pick) -> Verdict:
    """The verdict on the sender's verification for this client (before a transfer is seen: the claimed
    source's). A coin with `every_deposit` wants one made after the request."""
    address = picked.transfer.sender if picked.transfer else evidence.source
    wallet = evidence.wallet(address)
    claimed = WalletStatus.VERIFIED.value
    if wallet is None or wallet.status is WalletStatus.DELETED:
        note = _stranger(evidence, address)
        if picked.transfer is None:
            return Verdict(Check.WALLET, None, claimed, None, Reason.WALLET_UNVERIFIED, note)
        return Verdict(Check.WALLET, False, claimed, None, Reason.SENDER_NOT_VERIFIED, note)
    if wallet.status is not WalletStatus.VERIFIED:
        return Verdict(Check.WALLET, None, claimed, wallet.status.value, Reason.WALLET_UNVERIFIED)
    if evidence.claim.wallet_rule is WalletRule.EVERY_DEPOSIT and not _fresh(evidence.claim, wallet):
        note = Note.VERIFIED_BEFORE_REQUEST
        return Verdict(Check.WALLET, None, claimed, wallet.status.value, Reason.WALLET_UNVERIFIED, note)
    return Verdict(Check.WALLET, True, claimed, wallet.status.value)


def _stranger(evidence: Evidence, address: str | None) -> Note:
    if evidence.wallet(address) is not None:
        return Note.WALLET_DELETED
    return Note.WALLET_OF_OTHER_CLIENT if evidence.of_other_client(address) else Note.WALLET_UNKNOWN


def _fresh(claim: Claim, wallet: WalletFact) -> bool:
    return wallet.verified_at is not None and wallet.verified_at >= claim.created_at


def _amount(evidence: Evidence, picked: Pick) -> Verdict:
    claim, transfer = evidence.claim, picked.transfer
    claimed = amount_text(claim.claimed_base, claim.decimals)
    if transfer is None:
        return Verdict(Check.AMOUNT, None, claimed)
    found = amount_text(transfer.amount, claim.decimals)
    less = transfer.amount < claim.claimed_base
    if claim.fits(transfer.amount):
        return Verdict(Check.AMOUNT, True, claimed, found, None, Note.LESS_THAN_CLAIMED if less else None)
    reason = Reason.SPLIT_PAYMENT if picked.parts else Reason.AMOUNT_DIFFERS
    note = Note.ACCEPTED if claim.accepted else Note.LESS_THAN_CLAIMED if less else Note.MORE_THAN_CLAIMED
    return Verdict(Check.AMOUNT, False, claimed, found, reason, note)


def _minimum(evidence: Evidence, picked: Pick) -> Verdict:
    claim, transfer = evidence.claim, picked.transfer
    claimed = amount_text(claim.minimum_base, claim.decimals)
    if transfer is None:
        return Verdict(Check.MINIMUM, None, claimed)
    found = amount_text(transfer.amount, claim.decimals)
    if transfer.amount >= claim.minimum_base:
        return Verdict(Check.MINIMUM, True, claimed, found)
    note = Note.ACCEPTED if claim.accepted else None
    return Verdict(Check.MINIMUM, False, claimed, found, Reason.BELOW_MINIMUM, note)


def _unused(evidence: Evidence, picked: Pick) -> Verdict:
    record_no = evidence.claim.record_no
    if picked.transfer is not None:
        return Verdict(Check.UNUSED, True, record_no, picked.transfer.used_by)
    if picked.blamed is Check.UNUSED:
        return Verdict(Check.UNUSED, False, record_no, picked.found, picked.fault)
    return Verdict(Check.UNUSED, None, record_no)


def _timeliness(evidence: Evidence, picked: Pick) -> Verdict:
    claim, transfer = evidence.claim, picked.transfer
    claimed = claim.created_at.isoformat()
    if transfer is None:
        return Verdict(Check.TIMELINESS, None, claimed)
    found = transfer.block_time.isoformat()
    if claim.max_gap is None or abs(transfer.block_time - claim.created_at) <= claim.max_gap:
        return Verdict(Check.TIMELINESS, True, claimed, found)
    note = Note.ACCEPTED if claim.accepted else None
    return Verdict(Check.TIMELINESS, False, claimed, found, Reason.LATE, note)


def amount_text(base: int, decimals: int) -> str:
    """An amount in base units as text in units of the coin, with every decimal (`0.000001`, never `1E-6`)."""
    units = from_base_units(base, decimals) if 0 <= decimals <= MAX_DECIMALS else Decimal(base)
    return format(units, "f")
