"""The attempts of the fuzzer, as data: the statement of each, and its outcome by the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from tests.support.fuzz_ledger import new_hash
from tests.support.fuzz_model import ACCEPTABLE, Model, Record, Refund, Wallet
from wbo_demo.world import NETWORK
from wbo_desktop.domain import refund as refunds
from wbo_desktop.domain.deposit import DepositStatus as D
from wbo_desktop.domain.refund import RefundStatus as R
from wbo_desktop.domain.wallet import WalletStatus as W

Outcome = Callable[[Model, Any], bool]


@dataclass
class Act:
    """One attempt. `outcome` changes the model and says whether it succeeds; it gets what the statement returned."""

    name: str
    session: str
    statement: str
    values: tuple[Any, ...]
    outcome: Outcome
    fresh: bool = False
    """Whether it wants a session of its own: executing a refund asks for the password again."""


def refused(name: str, session: str, statement: str, *values: Any) -> Act:
    """What must never come off."""
    return Act(name, session, statement, values, lambda model, made: False)


def submit(
    serial: str,
    account: str,
    client: int,
    coin: str,
    units: str,
    base: int,
    source: str,
    target: str,
    txid: str | None,
) -> Act:
    """A client's request."""

    def outcome(model: Model, made: Any) -> bool:
        if made is None:
            return True
        record = Record(client, coin, base, txid, source, target)
        if target != model.custodial[client]:
            record.status = D.ABNORMAL
            known = target in model.custodial
            record.reason = "other_clients_account" if known else "not_our_address"
        elif not any(
            w.client == client and w.address == source and w.status is not W.DELETED
            for w in model.wallets.values()
        ):
            model.wallets[min([0, *model.wallets]) - 1] = Wallet(client, source, W.UNVERIFIED)
        model.records[made[0]] = record
        return True

    statement = (
        "SELECT record_no, status, reason FROM wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s, %s)"
    )
    return Act(
        "submit", "intake", statement, (serial, account, coin, NETWORK, units, source, target, txid), outcome
    )


def attach(record: str, serial: str, txid: str) -> Act:
    """The TXID told later, once."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if one.txid == txid:
            return True
        if one.txid is not None or one.status not in (D.PENDING_AUTH, D.ABNORMAL):
            return False
        one.txid, one.touched = txid, True
        return True

    return Act("attach", "intake", "SELECT wbo.attach_txid(%s, %s)", (serial, txid), outcome)


def delete_application(record: str, serial: str) -> Act:
    """刪除."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if one.status not in (D.PENDING_AUTH, D.ABNORMAL) or one.alarm:
            return False
        one.move(D.DELETED)
        one.transfer = None
        return True

    return Act("delete", "maker", "SELECT wbo.delete_application(%s, 'a mistake')", (serial,), outcome)


def revoke(record: str, version: int) -> Act:
    """撤銷."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if one.touched or one.status is not D.PENDING_AUTH or model.is_on_chain(record):
            return False
        one.move(D.CANCELLED)
        one.transfer = None
        return True

    return Act(
        "revoke", "maker", "SELECT wbo.revoke_deposit(%s, 'not wanted', %s)", (record, version), outcome
    )


def recheck(record: str, version: int) -> Act:
    """重新核對."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if one.touched or one.status is not D.ABNORMAL:
            return False
        one.back_to_waiting()
        one.alarm, one.credited = False, None
        return True

    return Act("recheck", "maker", "SELECT wbo.recheck_deposit(%s, %s)", (record, version), outcome)


def accept(record: str, version: int) -> Act:
    """核實入賬."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if one.touched or one.status is not D.ABNORMAL or one.reason not in ACCEPTABLE:
            return False
        if not model.backs(one, one.transfer, accepted=True):
            return False
        one.move(D.PROCESSING)
        one.accepted, one.alarm = True, False
        assert one.transfer is not None
        one.height = model.seen[one.transfer].number + 2
        return True

    return Act("accept", "maker", "SELECT wbo.accept_deposit(%s, 'agreed', %s)", (record, version), outcome)


# refunds


def request_refund(record: str, wallet: int, address: str, units: str, base: int, reason: str | None) -> Act:
    """申請退幣."""

    def outcome(model: Model, made: Any) -> bool:
        one, to = model.records[record], model.wallets[wallet]
        if one.status not in (D.SUCCESS, D.REFUND_FAILED) or one.alarm or model.live(record):
            return False
        if to.client != one.client or to.status is not W.VERIFIED or one.credited is None:
            return False
        if not 1 <= base <= one.credited or (base < one.credited and reason is None):
            return False
        one.move(D.REFUNDING)
        model.refunds[made[0] if made else "(made)"] = Refund(record, wallet, base)
        return True

    statement = "SELECT wbo.request_refund(%s, %s, %s, %s, 'client asked')"
    return Act("request", "maker", statement, (record, address, units, reason), outcome)


def _ready(model: Model, one: Refund) -> bool:
    record = model.records[one.record]
    return (
        not model.stopped
        and model.wallets[one.wallet].status is W.VERIFIED
        and record.status is D.REFUNDING
        and not record.alarm
    )


def approve(number: str, version: int, session: str = "checker") -> Act:
    """批准."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.refunds[number]
        if session != "checker" or one.touched or one.status is not R.REQUESTED or not _ready(model, one):
            return False
        one.move(R.APPROVED)
        return True

    return Act("approve", session, "SELECT wbo.approve_refund(%s, %s)", (number, version), outcome)


def execute(number: str, version: int) -> Act:
    """執行退幣."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.refunds[number]
        if one.touched or one.status is not R.APPROVED or not _ready(model, one):
            return False
        one.move(R.EXECUTING)
        return True

    statement = "SELECT wbo.execute_refund(%s, %s)"
    return Act("execute", "maker", statement, (number, version), outcome, fresh=True)


def _close(number: str, to: R, allowed: frozenset[R]) -> Outcome:
    def outcome(model: Model, made: Any) -> bool:
        one = model.refunds[number]
        if one.status not in allowed:
            return False
        one.move(to)
        record = model.records[one.record]
        record.move(D.SUCCESS)
        if record.alarm:
            record.move(D.ABNORMAL)
            record.reason = "reorganised"
        return True

    return outcome


def reject(number: str) -> Act:
    """拒絕."""
    outcome = _close(number, R.REJECTED, frozenset({R.REQUESTED, R.APPROVED}))
    return Act("reject", "checker", "SELECT wbo.reject_refund(%s, 'no')", (number,), outcome)


def cancel(number: str) -> Act:
    """取消退幣."""
    outcome = _close(number, R.CANCELLED, refunds.CANCELLABLE)
    return Act("cancel", "maker", "SELECT wbo.cancel_refund(%s, 'not any more')", (number,), outcome)


def notify(number: str) -> Act:
    """已通知客戶."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.refunds[number]
        if one.status not in (R.CONFIRMED, R.FAILED, R.REJECTED, R.CANCELLED) or one.notified:
            return False
        one.notified = one.touched = True
        return True

    return Act(
        "notify", "maker", "SELECT wbo.record_client_notified(%s, 'telephone', 'told')", (number,), outcome
    )


# wallets


def delete_wallet(wallet: int, version: int) -> Act:
    """A wallet is deleted, unless a live refund goes there."""
    statement = "SELECT wbo.delete_wallet(%s, 'lost', %s)"
    return Act("delete wallet", "maker", statement, (wallet, version), _change_wallet(wallet, W.DELETED))


def verify_again(wallet: int, version: int) -> Act:
    """A wallet has to be proven again; until then it is not verified."""
    statement = "SELECT wbo.begin_message_signature(%s, %s)"
    return Act("verify again", "maker", statement, (wallet, version), _change_wallet(wallet, W.VERIFYING))


def _change_wallet(wallet: int, to: W) -> Outcome:
    def outcome(model: Model, made: Any) -> bool:
        one = model.wallets[wallet]
        in_use = any(r.wallet == wallet and r.status in refunds.LIVE for r in model.refunds.values())
        if one.touched or one.status is W.DELETED or in_use:
            return False
        one.move(to)
        one.signed = False
        return True

    return outcome


def sign_challenge(wallet: int, version: int) -> Act:
    """The client's signature, told by an operator."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.wallets[wallet]
        if one.touched or one.status is not W.VERIFYING:
            return False
        one.signed = one.touched = True
        return True

    statement = "SELECT wbo.submit_wallet_signature(%s, %s, %s)"
    return Act("sign challenge", "maker", statement, (wallet, "0x" + "ab" * 65, version), outcome)


def prove_wallet(epoch: int, wallet: int, version: int) -> Act:
    """The worker has seen the proof."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.wallets[wallet]
        if not one.touched and one.status is W.VERIFYING and one.signed:
            one.move(W.VERIFIED)
        return True

    one = {"wallet_id": wallet, "version": version, "outcome": "verified", "evidence": {"method": "EIP-191"}}
    return _decide("prove", epoch, outcome, wallets=[one])


# the worker


def _decide(name: str, epoch: int, outcome: Outcome, **decisions: list[dict[str, Any]]) -> Act:
    statement = "SELECT wbo_chain.apply_decisions(%s, %s, %s)"
    return Act(name, "worker", statement, (NETWORK, epoch, Jsonb(decisions)), outcome)


def judge(epoch: int, record: str, version: int, to: D, reason: str | None, transfer: int | None) -> Act:
    """Any decision about a record, wrong ones included: what is not true of the chain is dropped."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if one.touched or one.status not in (D.PENDING_AUTH, D.ABNORMAL) or one.alarm:
            return True
        if to not in (D.PENDING_AUTH, D.PROCESSING, D.ABNORMAL) or (to is D.ABNORMAL and reason is None):
            return True
        if transfer is not None and not model.is_free(record, transfer):
            return True
        accepted = one.accepted and one.status is not D.ABNORMAL
        if to is D.PROCESSING and not model.backs(one, transfer, accepted):
            return True
        if one.status is D.ABNORMAL and to is not D.ABNORMAL:
            one.back_to_waiting()
        changes = (one.status, one.reason, one.transfer) != (to, reason, transfer)
        if changes:
            one.move(to)
            one.reason, one.transfer = reason, transfer
            if to is D.PROCESSING:
                assert transfer is not None
                one.height = model.seen[transfer].number + 2
                one.txid = one.txid or model.seen[transfer].payment.txid
        return True

    decision = {"record_no": record, "version": version, "ticket": 0, "status": to.value, "reason": reason,
                "transfer_id": transfer, "check_again_seconds": 60}  # fmt: skip
    return _decide("judge", epoch, outcome, records=[decision])


def credit(epoch: int, record: str, version: int, agreed: bool) -> Act:
    """入賬, asked for whether or not it is time."""

    def outcome(model: Model, made: Any) -> bool:
        one = model.records[record]
        if not one.touched and model.rests_on_final(one):
            one.alarm, one.reason = not agreed, None if agreed else "nodes_disagree"
            one.touched = True
            return True
        if one.touched or one.status is not D.PROCESSING:
            return True
        if not agreed:
            one.move(D.ABNORMAL)
            one.reason = "nodes_disagree"
        elif (
            model.backs(one, one.transfer, one.accepted)
            and one.height is not None
            and one.height <= model.head
        ):
            one.move(D.SUCCESS)
            assert one.transfer is not None
            one.reason, one.credited = None, model.seen[one.transfer].payment.amount
            model.credited_for[model.seen[one.transfer].payment.txid] = record
        else:
            one.back_to_waiting()
        return True

    return _decide(
        "credit", epoch, outcome, credits=[{"record_no": record, "version": version, "agreed": agreed}]
    )


def sign(epoch: int, number: str, version: int, sender: str, nonce: int) -> Act:
    """Bytes stored, by right with the next nonce."""
    txid = new_hash()

    def outcome(model: Model, made: Any) -> bool:
        one = model.refunds[number]
        if one.touched or model.stopped:
            return False
        if one.status is R.EXECUTING and nonce == model.next_nonce and _ready(model, one):
            one.move(R.SIGNED)
            one.nonce, one.txid = nonce, txid
            model.next_nonce += 1
            return True
        if one.status in (R.SIGNED, R.BROADCAST) and nonce == one.nonce:
            one.txid, one.touched = txid, True
            return True
        return False

    statement = "SELECT wbo_chain.store_signed(%s, %s, %s, %s, %s, %s, %s, %s, 1000, 100, 60000)"
    values = (NETWORK, epoch, number, version, sender, nonce, txid, bytes.fromhex(txid[2:]))
    return Act("sign", "worker", statement, values, outcome)


def broadcast(epoch: int, number: str, txid: str) -> Act:
    """A node has the bytes."""

    def outcome(model: Model, made: Any) -> bool:
        if model.refunds[number].status is R.SIGNED:
            model.refunds[number].move(R.BROADCAST)
        return True

    statement = "SELECT wbo_chain.mark_broadcast(%s, %s, %s, 'accepted', true)"
    return Act("broadcast", "worker", statement, (NETWORK, epoch, txid), outcome)
