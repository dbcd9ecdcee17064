"""The refusal with which the database would answer an act on a row as it is shown; None where the act is
possible.

Courtesy only: it saves the operator a dialog. The database decides, on the row as it is then.
"""

from __future__ import annotations

from wbo_desktop.domain import deposit, refund, wallet
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.wallet import WalletStatus
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Row
from wbo_desktop.views.on_chain import revoke_refusal


def _forbidden(kind: str, number: object, row: Row, wanted: str) -> RuleViolation:
    return RuleViolation("status_forbids", object=kind, id=str(number), status=row["status"], wanted=wanted)


# 入幣申請 · 入幣記錄


def revoke(desk: Desk, row: Row) -> RuleViolation | None:
    """撤銷: possible in 錢包地址認證中, while the transfer is not on the chain."""
    if row["status"] == DepositStatus.PENDING_AUTH:
        return revoke_refusal(row)
    return _forbidden("deposit", row["record_no"], row, "revoke_deposit")


def recheck(desk: Desk, row: Row) -> RuleViolation | None:
    """重新核對: possible in 異常."""
    if row["status"] == DepositStatus.ABNORMAL:
        return None
    return _forbidden("deposit", row["record_no"], row, "recheck_deposit")


def accept(desk: Desk, row: Row) -> RuleViolation | None:
    """核實入賬: possible in 異常 for a reason in `deposit.ACCEPTABLE`."""
    if row["status"] != DepositStatus.ABNORMAL:
        return _forbidden("deposit", row["record_no"], row, "accept_deposit")
    if row["reason"] not in deposit.ACCEPTABLE:
        return RuleViolation("fault_not_acceptable", reason=row["reason"])
    return None


def request_refund(desk: Desk, row: Row) -> RuleViolation | None:
    """申請退幣: possible in 已到賬, or after a refund that failed."""
    if row["status"] in (DepositStatus.SUCCESS, DepositStatus.REFUND_FAILED):
        return None
    if row["status"] == DepositStatus.REFUNDING and row.get("refund_no"):
        return RuleViolation("refund_in_progress", record_no=row["record_no"], refund_no=row["refund_no"])
    return _forbidden("deposit", row["record_no"], row, "request_refund")


def delete_application(desk: Desk, row: Row) -> RuleViolation | None:
    """刪除: possible while the record may still move to 已刪除."""
    if DepositStatus.DELETED in deposit.MOVES[DepositStatus(row["status"])]:
        return None
    return _forbidden("application", row["external_serial"], row, "delete_application")


# 退幣


def approve(desk: Desk, row: Row) -> RuleViolation | None:
    """批准: possible once for each operator of another hand than the requester and the approvers before."""
    login = desk.session.login
    if row["status"] != RefundStatus.REQUESTED:
        return _forbidden("refund", row["refund_no"], row, "approve_refund")
    if row["requested_by"] == login:
        return RuleViolation("approver_is_requester", login=login)
    if any(given["login"] == login for given in row.get("approvals") or []):
        return RuleViolation("already_approved", login=login)
    return _same_hand(desk, row)


def _same_hand(desk: Desk, row: Row) -> RuleViolation | None:
    """The violation `same_hand` when this login shares a hand with the requester or an approver; else None."""
    mine = desk.session.hand
    others = [(row["requested_by"], row.get("requested_hand") or ())]
    others += [(given["login"], given.get("hand") or ()) for given in row.get("approvals") or []]
    for other, hand in others:
        if shared := mine & set(hand):
            common = sorted(shared - {desk.session.login, other} or shared)[0]
            return RuleViolation("same_hand", login=desk.session.login, other=other, common=common)
    return None


def reject(desk: Desk, row: Row) -> RuleViolation | None:
    """拒絕: possible before the refund is executed."""
    if RefundStatus.REJECTED in refund.MOVES[RefundStatus(row["status"])]:
        return None
    return _forbidden("refund", row["refund_no"], row, "reject_refund")


def execute(desk: Desk, row: Row) -> RuleViolation | None:
    """執行退幣: possible once approved."""
    if row["status"] == RefundStatus.APPROVED:
        return None
    return _forbidden("refund", row["refund_no"], row, "execute_refund")


def cancel(desk: Desk, row: Row) -> RuleViolation | None:
    """取消退幣: possible before anything was signed."""
    if row["status"] in refund.CANCELLABLE:
        return None
    if row["status"] in refund.LIVE:
        return RuleViolation("already_signed", refund_no=row["refund_no"])
    return _forbidden("refund", row["refund_no"], row, "cancel_refund")


def notify(desk: Desk, row: Row) -> RuleViolation | None:
    """已通知客戶: possible once the refund is confirmed."""
    if row["status"] == RefundStatus.CONFIRMED:
        return None
    return _forbidden("refund", row["refund_no"], row, "record_client_notified")


# 客戶錢包地址


def verify(desk: Desk, row: Row) -> RuleViolation | None:
    """認證: possible unless the wallet is deleted, or verified for another client without an agreed exception."""
    if row["status"] == WalletStatus.DELETED:
        return RuleViolation("wallet_deleted", address=row["address"])
    other = row.get("other_client_no")
    if other and not (row.get("shared_override") and row.get("shared_with") == other):
        return RuleViolation("wallet_of_other_client", address=row["address"], client_no=other)
    return None


def delete_wallet(desk: Desk, row: Row) -> RuleViolation | None:
    """刪除: possible unless the wallet is deleted already."""
    if WalletStatus.DELETED in wallet.MOVES[WalletStatus(row["status"])]:
        return None
    return RuleViolation("wallet_deleted", address=row["address"])


def share_wallet(desk: Desk, row: Row) -> RuleViolation | None:
    """申請共用: possible where another client has the address, and while it is not asked for or agreed to yet."""
    other = row.get("other_client_no")
    agreed = row["shared_override"] and row["shared_with"] == other
    if other is None or agreed or row["status"] == WalletStatus.DELETED:
        return _forbidden("wallet", row["wallet_id"], row, "allow_shared_wallet")
    if row["sharing"] == "waiting":
        return RuleViolation("already_asked", login=row["shared_asked_by"])
    return None


def refuse_sharing(desk: Desk, row: Row) -> RuleViolation | None:
    """不同意共用: possible while the request waits."""
    if row["sharing"] == "waiting":
        return None
    return _forbidden("wallet", row["wallet_id"], row, "refuse_shared_wallet")


def agree_sharing(desk: Desk, row: Row) -> RuleViolation | None:
    """同意共用: possible while the request waits, by another hand."""
    if row["sharing"] != "waiting":
        return _forbidden("wallet", row["wallet_id"], row, "agree_shared_wallet")
    if row["asked_by_own_hand"]:
        return RuleViolation("asked_by_own_hand", login=row["shared_asked_by"])
    return None


# 渠道存管賬戶 · 操作員與權限


def _account_forbidden(row: Row, wanted: str) -> RuleViolation:
    named = {"object": "custodial_account", "id": row["address"]}
    return RuleViolation("status_forbids", **named, status=row["state"], wanted=wanted)


def delete_account(desk: Desk, row: Row) -> RuleViolation | None:
    """刪除: possible for an account that is not assigned, and whose deletion is not asked for yet."""
    if row["client_no"]:
        return RuleViolation("account_assigned", address=row["address"], client_no=row["client_no"])
    if row["state"] == "deleting":
        return RuleViolation("already_asked", login=row["delete_asked_by"])
    return None


def refuse_import(desk: Desk, row: Row) -> RuleViolation | None:
    """拒絕匯入: possible while the import waits."""
    return None if row["state"] == "importing" else _account_forbidden(row, "refuse_custodial_import")


def confirm_import(desk: Desk, row: Row) -> RuleViolation | None:
    """確認匯入: possible while the import waits, by another hand."""
    if row["state"] != "importing":
        return _account_forbidden(row, "confirm_custodial_import")
    return RuleViolation("asked_by_own_hand", login=row["imported_by"]) if row["asked_by_own_hand"] else None


def refuse_deletion(desk: Desk, row: Row) -> RuleViolation | None:
    """拒絕刪除: possible while the deletion waits."""
    return None if row["state"] == "deleting" else _account_forbidden(row, "refuse_custodial_deletion")


def confirm_deletion(desk: Desk, row: Row) -> RuleViolation | None:
    """確認刪除: possible while the deletion waits, by another hand."""
    if row["state"] != "deleting":
        return _account_forbidden(row, "confirm_custodial_deletion")
    return (
        RuleViolation("asked_by_own_hand", login=row["delete_asked_by"]) if row["asked_by_own_hand"] else None
    )


def disabled_operator(desk: Desk, row: Row) -> RuleViolation | None:
    """重新啟用: possible for a disabled operator, while it is not asked for yet."""
    if not row["disabled_at"]:
        return RuleViolation("already_exists", object="operator", id=row["login"])
    return _asked_already(row, "enable_operator")


def enabled_operator(desk: Desk, row: Row) -> RuleViolation | None:
    """停用, and the permissions: possible for an operator who is not disabled."""
    return RuleViolation("operator_disabled", login=row["login"]) if row["disabled_at"] else None


def reset_password(desk: Desk, row: Row) -> RuleViolation | None:
    """重設密碼: possible for an operator who is not disabled, while it is not asked for yet."""
    return enabled_operator(desk, row) or _asked_already(row, "reset_password")


def confirm_password(desk: Desk, row: Row) -> RuleViolation | None:
    """確認密碼: possible for a password that was set outside the desk."""
    if not row.get("password_foreign_at"):
        return RuleViolation(
            "status_forbids", object="operator", id=row["login"], status="enabled", wanted="confirm_password"
        )
    return None


def _asked_already(row: Row, kind: str) -> RuleViolation | None:
    if row.get("waiting_by"):
        return RuleViolation("request_waits", kind=kind, id=row["login"], login=row["waiting_by"])
    return None
