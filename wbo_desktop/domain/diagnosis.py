"""Explains to an operator why a deposit has not arrived: one line a check, the next steps, a text for the
client.

Built from the verdicts that decide, so that the explanation cannot differ from the decision. Codes and
parameters only; the sentences are left to the views. A text for a client never carries another client's
number, account or record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wbo_desktop.domain.deposit import DepositStatus, Reason
from wbo_desktop.domain.facts import Claim
from wbo_desktop.domain.matching import amount_text
from wbo_desktop.domain.verdicts import Check, Judgement, Note, Verdict


class DiagnosisAnswer(StrEnum):
    """The answer of one line. `OPEN`: it is waited for. `NOT_REACHED`: it cannot be said, since an earlier
    line failed."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    NOT_REACHED = "not_reached"


class NextStep(StrEnum):
    """A step that the operator is advised to take."""

    WAIT_FOR_CHAIN = "wait_for_chain"
    WAIT_FOR_CONFIRMATIONS = "wait_for_confirmations"
    ASK_FOR_TXID = "ask_for_txid"
    ASK_TO_CHECK_TXID = "ask_to_check_txid"
    ASK_TO_SUBMIT_AGAIN = "ask_to_submit_again"
    ASK_WHO_SENT = "ask_who_sent"
    TELL_TO_ASK_RECIPIENT = "tell_to_ask_recipient"
    VERIFY_WALLET = "verify_wallet"
    ADD_WALLET = "add_wallet"
    LOOK_AT_TRANSFERS = "look_at_transfers"
    LOOK_AT_OTHER_RECORD = "look_at_other_record"
    LOOK_AT_ACCOUNT = "look_at_account"
    LOOK_AT_NODES = "look_at_nodes"
    ACCEPT = "accept"
    RECHECK = "recheck"
    REVOKE = "revoke"
    DELETE = "delete"
    RAISE_ALARM = "raise_alarm"
    LOOK_AT_REFUND = "look_at_refund"


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """One check with its answer: what the record claims and what the chain shows.

    Attributes:
        claimed, found: text for people; None when there is nothing to show.
        decisive: whether this line gave the reason.
    """

    question: Check
    answer: DiagnosisAnswer
    claimed: str | None
    found: str | None
    reason: Reason | None
    note: Note | None
    decisive: bool


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """A text for the client: a key of `MESSAGES` and exactly the parameters that are listed there."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The explanation of one record or TXID; `reason` is None when no fault was found and only confirmations
    are missing."""

    lines: tuple[DiagnosisLine, ...]
    reason: Reason | None
    steps: tuple[NextStep, ...]
    message: ClientMessage


ASKED: tuple[Check, ...] = (
    Check.EXISTENCE,
    Check.NETWORK,
    Check.STATUS,
    Check.TOKEN,
    Check.TARGET,
    Check.AMOUNT,
    Check.MINIMUM,
    Check.SENDER,
    Check.WALLET,
    Check.UNUSED,
    Check.TIMELINESS,
)
"""The checks in the order in which they are shown to an operator."""

_S = NextStep

STEPS: Mapping[Reason, tuple[NextStep, ...]] = {
    Reason.WALLET_UNVERIFIED: (_S.VERIFY_WALLET,),
    Reason.TRANSFER_NOT_SEEN: (_S.WAIT_FOR_CHAIN, _S.ASK_TO_CHECK_TXID),
    Reason.INVALID_ADDRESS: (_S.ASK_TO_SUBMIT_AGAIN, _S.DELETE),
    Reason.TXID_NOT_FOUND: (_S.ASK_TO_CHECK_TXID, _S.RECHECK, _S.DELETE),
    Reason.WRONG_NETWORK: (_S.LOOK_AT_ACCOUNT, _S.ASK_TO_SUBMIT_AGAIN, _S.DELETE),
    Reason.WRONG_CONTRACT: (_S.ASK_TO_SUBMIT_AGAIN, _S.DELETE),
    Reason.NOT_OUR_ADDRESS: (_S.TELL_TO_ASK_RECIPIENT, _S.DELETE),
    Reason.TRANSACTION_FAILED: (_S.ASK_TO_SUBMIT_AGAIN, _S.DELETE),
    Reason.NO_TRANSFER: (_S.LOOK_AT_TRANSFERS, _S.ASK_TO_CHECK_TXID, _S.DELETE),
    Reason.SENDER_NOT_VERIFIED: (_S.ASK_WHO_SENT, _S.ADD_WALLET, _S.VERIFY_WALLET, _S.RECHECK),
    Reason.OTHER_CLIENTS_ACCOUNT: (_S.LOOK_AT_ACCOUNT, _S.ASK_WHO_SENT, _S.DELETE),
    Reason.BELOW_MINIMUM: (_S.ACCEPT, _S.DELETE),
    Reason.AMOUNT_DIFFERS: (_S.ACCEPT, _S.ASK_TO_SUBMIT_AGAIN, _S.DELETE),
    Reason.SPLIT_PAYMENT: (_S.LOOK_AT_TRANSFERS, _S.ACCEPT, _S.ASK_TO_SUBMIT_AGAIN, _S.DELETE),
    Reason.TXID_ALREADY_USED: (_S.LOOK_AT_OTHER_RECORD, _S.ASK_TO_CHECK_TXID, _S.DELETE),
    Reason.REORGANISED: (_S.RAISE_ALARM, _S.RECHECK),
    Reason.NODES_DISAGREE: (_S.LOOK_AT_NODES, _S.RECHECK),
    Reason.LATE: (_S.ACCEPT, _S.DELETE),
}

MESSAGES: Mapping[str, tuple[str, ...]] = {
    "wallet_unverified": ("network", "source"),
    "transfer_not_seen": ("coin", "claimed", "network", "target"),
    "invalid_address": ("network",),
    "txid_not_found": ("txid", "network"),
    "wrong_network": ("txid", "network", "found_network"),
    "wrong_contract": ("coin", "network"),
    "not_our_address": ("txid", "found_target"),
    "transaction_failed": ("txid", "network"),
    "no_transfer": ("txid", "coin"),
    "sender_not_verified": ("found_source",),
    "other_clients_account": ("target",),
    "below_minimum": ("coin", "found", "minimum"),
    "amount_differs": ("coin", "claimed", "found"),
    "split_payment": ("coin", "claimed"),
    "txid_already_used": ("txid",),
    "reorganised": ("network",),
    "nodes_disagree": ("network",),
    "late": ("coin", "found"),
    "txid_pending": ("txid", "network"),
    "confirming": ("coin", "found", "network"),
    "credited": ("coin", "found"),
    "closed": (),
    "refund": (),
}
"""Every text to a client with the names of its parameters; amounts are in units of the coin.

The record's number is for the view to add, as there may be none.
"""

_D = DepositStatus

_SETTLED: Mapping[DepositStatus, tuple[str, tuple[NextStep, ...]]] = {
    _D.SUCCESS: ("credited", ()),
    _D.CANCELLED: ("closed", (_S.ASK_TO_SUBMIT_AGAIN,)),
    _D.DELETED: ("closed", (_S.ASK_TO_SUBMIT_AGAIN,)),
    _D.REFUNDING: ("refund", (_S.LOOK_AT_REFUND,)),
    _D.REFUNDED: ("refund", (_S.LOOK_AT_REFUND,)),
    _D.REFUND_FAILED: ("refund", (_S.LOOK_AT_REFUND,)),
}

_DECIDED_ELSEWHERE = frozenset({Reason.REORGANISED, Reason.NODES_DISAGREE})


def diagnose(
    claim: Claim,
    judgement: Judgement,
    *,
    status: DepositStatus | None = None,
    recorded_reason: Reason | None = None,
) -> Diagnosis:
    """The diagnosis of a record from the judgement of it.

    Args:
        status: the record's, which may be past what the verdicts say (credited, revoked, refunded).
        recorded_reason: the record's; a reason that is not about matching (`reorganised`, `nodes_disagree`)
            takes precedence over the judgement's.
    """
    reason = recorded_reason if recorded_reason in _DECIDED_ELSEWHERE else judgement.reason
    lines = tuple(_line(judgement.verdict(check), reason) for check in ASKED)
    if status is not None and status in _SETTLED:
        code, steps = _SETTLED[status]
        return Diagnosis(lines, None, steps, message_for(code, claim, judgement))
    if reason is None:
        return Diagnosis(
            lines, None, (NextStep.WAIT_FOR_CONFIRMATIONS,), message_for("confirming", claim, judgement)
        )
    return Diagnosis(
        lines, reason, _steps(reason, claim, judgement), message_for(reason.value, claim, judgement)
    )


def _line(verdict: Verdict, reason: Reason | None) -> DiagnosisLine:
    if verdict.passed is None:
        answer = DiagnosisAnswer.OPEN if verdict.reason else DiagnosisAnswer.NOT_REACHED
    else:
        answer = DiagnosisAnswer.YES if verdict.passed else DiagnosisAnswer.NO
    decisive = reason is not None and verdict.reason is reason
    return DiagnosisLine(
        verdict.check, answer, verdict.claimed, verdict.found, verdict.reason, verdict.note, decisive
    )


def _steps(reason: Reason, claim: Claim, judgement: Judgement) -> tuple[NextStep, ...]:
    """The steps for a reason: those of `STEPS`, unless the claim's facts ask for others."""
    if reason is Reason.TRANSFER_NOT_SEEN and claim.txid is None:
        looked = (NextStep.LOOK_AT_TRANSFERS,) if judgement.proposal else (NextStep.WAIT_FOR_CHAIN,)
        return (*looked, NextStep.ASK_FOR_TXID)
    if reason is Reason.WALLET_UNVERIFIED:
        known = judgement.verdict(Check.WALLET).found is not None
        return (NextStep.VERIFY_WALLET,) if known else (NextStep.ADD_WALLET, NextStep.VERIFY_WALLET)
    return STEPS[reason]


def message_for(code: str, claim: Claim, judgement: Judgement) -> ClientMessage:
    """The text `code` for the client, with the parameters of `MESSAGES[code]` taken from claim and judgement.
    Raises KeyError for a code that is not in `MESSAGES`."""
    transfer = judgement.transfer
    found = transfer.amount if transfer else claim.claimed_base
    known = {
        "coin": claim.coin,
        "network": claim.network,
        "found_network": judgement.verdict(Check.NETWORK).found or claim.network,
        "txid": claim.txid or (transfer.txid if transfer else ""),
        "source": claim.source,
        "found_source": transfer.sender if transfer else claim.source,
        "target": claim.target,
        "found_target": judgement.verdict(Check.TARGET).found or claim.target,
        "claimed": amount_text(claim.claimed_base, claim.decimals),
        "found": amount_text(found, claim.decimals),
        "minimum": amount_text(claim.minimum_base, claim.decimals),
    }
    return ClientMessage(code, {name: known[name] for name in MESSAGES[code]})
