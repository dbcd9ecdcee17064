"""The rules of courtesy: for each act the refusal with which the database would answer it on a row as it is shown.

Pages ask for their buttons and dialogs for their last button, by the act (`refusal`). Courtesy only: the database
decides, on the row as it is then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wbo_desktop.domain import acts, deposit, refund, wallet
from wbo_desktop.domain.acts import Act
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.wallet import VerificationMethod, WalletStatus
from wbo_desktop.models.tables import (
    CustodialAccount,
    DepositApplication,
    DepositRecord,
    Operator,
    PermissionRequest,
    Refund,
    WalletAddress,
)
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.on_chain import revoke_refusal

Rule = Callable[[Desk, Any], RuleViolation | None]
"""A function of the desk and a row: the violation for which the act is not possible, None where it is. The row is one of
the page that offers the act, so the table says no type for it."""


def _forbidden(kind: str, number: object, status: str, wanted: str) -> RuleViolation:
    return RuleViolation("status_forbids", object=kind, id=str(number), status=status, wanted=wanted)


# 入幣申請 · 入幣記錄


def revoke(desk: Desk, row: DepositRecord) -> RuleViolation | None:
    """撤銷: possible in 錢包地址認證中, while the transfer is not on the chain."""
    if row.status == DepositStatus.PENDING_AUTH:
        return revoke_refusal(row)
    return _forbidden("deposit", row.record_no, row.status, "revoke_deposit")


def recheck(desk: Desk, row: DepositRecord) -> RuleViolation | None:
    """重新核對: possible in 異常."""
    if row.status == DepositStatus.ABNORMAL:
        return None
    return _forbidden("deposit", row.record_no, row.status, "recheck_deposit")


def accept(desk: Desk, row: DepositRecord) -> RuleViolation | None:
    """核實入賬: possible in 異常 for a reason in `deposit.ACCEPTABLE`."""
    if row.status != DepositStatus.ABNORMAL:
        return _forbidden("deposit", row.record_no, row.status, "accept_deposit")
    if row.reason not in deposit.ACCEPTABLE:
        return RuleViolation("fault_not_acceptable", reason=row.reason)
    return None


def request_refund(desk: Desk, row: DepositRecord) -> RuleViolation | None:
    """申請退幣: possible in 已到賬, or after a refund that failed."""
    if row.status in (DepositStatus.SUCCESS, DepositStatus.REFUND_FAILED):
        return None
    if row.status == DepositStatus.REFUNDING and row.refund_no:
        return RuleViolation("refund_in_progress", record_no=row.record_no, refund_no=row.refund_no)
    return _forbidden("deposit", row.record_no, row.status, "request_refund")


def delete_application(desk: Desk, row: DepositApplication) -> RuleViolation | None:
    """刪除: possible while the record may still move to 已刪除."""
    if DepositStatus.DELETED in deposit.MOVES[DepositStatus(row.status)]:
        return None
    return _forbidden("application", row.external_serial, row.status, "delete_application")


# 退幣


def approve(desk: Desk, row: Refund) -> RuleViolation | None:
    """批准: possible once for each operator of another hand than the requester and the approvers before."""
    login = desk.session.login
    if row.status != RefundStatus.REQUESTED:
        return _forbidden("refund", row.refund_no, row.status, "approve_refund")
    if row.requested_by == login:
        return RuleViolation("approver_is_requester", login=login)
    if any(given["login"] == login for given in row.approvals or []):
        return RuleViolation("already_approved", login=login)
    return _same_hand(desk, row)


def _same_hand(desk: Desk, row: Refund) -> RuleViolation | None:
    """The violation `same_hand` when this login shares a hand with the requester or an approver; else None."""
    mine = desk.session.hand
    others = [(row.requested_by, row.requested_hand or ())]
    others += [(given["login"], given.get("hand") or ()) for given in row.approvals or []]
    for other, hand in others:
        if shared := mine & set(hand):
            common = sorted(shared - {desk.session.login, other} or shared)[0]
            return RuleViolation("same_hand", login=desk.session.login, other=other, common=common)
    return None


def reject(desk: Desk, row: Refund) -> RuleViolation | None:
    """拒絕: possible before the refund is executed."""
    if RefundStatus.REJECTED in refund.MOVES[RefundStatus(row.status)]:
        return None
    return _forbidden("refund", row.refund_no, row.status, "reject_refund")


def execute(desk: Desk, row: Refund) -> RuleViolation | None:
    """執行退幣: possible once approved."""
    if row.status == RefundStatus.APPROVED:
        return None
    return _forbidden("refund", row.refund_no, row.status, "execute_refund")


def cancel(desk: Desk, row: Refund) -> RuleViolation | None:
    """取消退幣: possible before anything was signed."""
    if row.status in refund.CANCELLABLE:
        return None
    if row.status in refund.LIVE:
        return RuleViolation("already_signed", refund_no=row.refund_no)
    return _forbidden("refund", row.refund_no, row.status, "cancel_refund")


def notify(desk: Desk, row: Refund) -> RuleViolation | None:
    """已通知客戶: possible once the refund is confirmed."""
    if row.status == RefundStatus.CONFIRMED:
        return None
    return _forbidden("refund", row.refund_no, row.status, "record_client_notified")


# 客戶錢包地址


def verify(desk: Desk, row: WalletAddress) -> RuleViolation | None:
    """認證: possible unless the wallet is deleted, or verified for another client without an agreed exception."""
    if row.status == WalletStatus.DELETED:
        return RuleViolation("wallet_deleted", address=row.address)
    other = row.other_client_no
    if other and not (row.shared_override and row.shared_with == other):
        return RuleViolation("wallet_of_other_client", address=row.address, client_no=other)
    return None


def delete_wallet(desk: Desk, row: WalletAddress) -> RuleViolation | None:
    """刪除: possible unless the wallet is deleted already."""
    if WalletStatus.DELETED in wallet.MOVES[WalletStatus(row.status)]:
        return None
    return RuleViolation("wallet_deleted", address=row.address)


def submit_signature(desk: Desk, row: WalletAddress) -> RuleViolation | None:
    """The signature of 簽名驗證: possible while the wallet waits for it."""
    if row.status == WalletStatus.DELETED:
        return RuleViolation("wallet_deleted", address=row.address)
    if row.status == WalletStatus.VERIFYING and row.method == VerificationMethod.MESSAGE_SIGNATURE:
        return None
    return _forbidden("wallet", row.address, row.status, "submit_wallet_signature")


def share_wallet(desk: Desk, row: WalletAddress) -> RuleViolation | None:
    """申請共用: possible where another client has the address, and while it is not asked for or agreed to yet."""
    if row.status == WalletStatus.DELETED:
        return RuleViolation("wallet_deleted", address=row.address)
    other = row.other_client_no
    if other is None or (row.shared_override and row.shared_with == other):
        return _forbidden("wallet", row.address, row.status, "allow_shared_wallet")
    if row.sharing == "waiting":
        return RuleViolation("already_asked", login=row.shared_asked_by)
    return None


def _not_asked(row: WalletAddress, wanted: str) -> RuleViolation | None:
    if row.status == WalletStatus.DELETED:
        return RuleViolation("wallet_deleted", address=row.address)
    return None if row.sharing == "waiting" else _forbidden("wallet", row.address, row.status, wanted)


def refuse_sharing(desk: Desk, row: WalletAddress) -> RuleViolation | None:
    """不同意共用: possible while the request waits."""
    return _not_asked(row, "refuse_shared_wallet")


def agree_sharing(desk: Desk, row: WalletAddress) -> RuleViolation | None:
    """同意共用: possible while the request waits, by another hand."""
    if refused := _not_asked(row, "agree_shared_wallet"):
        return refused
    if row.asked_by_own_hand:
        return RuleViolation("asked_by_own_hand", login=row.shared_asked_by)
    return None


# 渠道存管賬戶 · 操作員與權限


def _account_forbidden(row: CustodialAccount, wanted: str) -> RuleViolation:
    named = {"object": "custodial_account", "id": row.address}
    return RuleViolation("status_forbids", **named, status=row.state, wanted=wanted)


def _assigned(row: CustodialAccount) -> RuleViolation | None:
    if row.client_no:
        return RuleViolation("account_assigned", address=row.address, client_no=row.client_no)
    return None


def delete_account(desk: Desk, row: CustodialAccount) -> RuleViolation | None:
    """刪除: possible for an account that is not assigned, and whose deletion is not asked for yet."""
    if row.state == "deleting":
        return _assigned(row) or RuleViolation("already_asked", login=row.delete_asked_by)
    return _assigned(row)


def refuse_import(desk: Desk, row: CustodialAccount) -> RuleViolation | None:
    """拒絕匯入: possible while the import waits."""
    return None if row.state == "importing" else _account_forbidden(row, "refuse_custodial_import")


def confirm_import(desk: Desk, row: CustodialAccount) -> RuleViolation | None:
    """確認匯入: possible while the import waits, by another hand."""
    if row.state != "importing":
        return _account_forbidden(row, "confirm_custodial_import")
    return RuleViolation("asked_by_own_hand", login=row.imported_by) if row.asked_by_own_hand else None


def _deletion_over(row: CustodialAccount, wanted: str) -> RuleViolation | None:
    return _assigned(row) or (None if row.state == "deleting" else _account_forbidden(row, wanted))


def refuse_deletion(desk: Desk, row: CustodialAccount) -> RuleViolation | None:
    """拒絕刪除: possible while the deletion waits, unless the account was assigned meanwhile."""
    return _deletion_over(row, "refuse_custodial_deletion")


def confirm_deletion(desk: Desk, row: CustodialAccount) -> RuleViolation | None:
    """確認刪除: possible as 拒絕刪除 is, by another hand."""
    if refused := _deletion_over(row, "confirm_custodial_deletion"):
        return refused
    return RuleViolation("asked_by_own_hand", login=row.delete_asked_by) if row.asked_by_own_hand else None


def enable_operator(desk: Desk, row: Operator) -> RuleViolation | None:
    """重新啟用: possible for a disabled operator, while it is not asked for yet."""
    if not row.disabled_at:
        return _forbidden("operator", row.login, "enabled", "enable_operator")
    return _asked_already(row, "enable_operator")


def _disabled(row: Operator, wanted: str) -> RuleViolation | None:
    return _forbidden("operator", row.login, "disabled", wanted) if row.disabled_at else None


def disable_operator(desk: Desk, row: Operator) -> RuleViolation | None:
    """停用: possible for an operator who is not disabled."""
    return _disabled(row, "disable_operator")


def permissions(desk: Desk, row: Operator) -> RuleViolation | None:
    """The permissions: possible for an operator who is not disabled.

    Stricter than the database, which would keep the permission until the login is enabled again.
    """
    return RuleViolation("operator_disabled", login=row.login) if row.disabled_at else None


def reset_password(desk: Desk, row: Operator) -> RuleViolation | None:
    """重設密碼: possible for an operator who is not disabled, while it is not asked for yet."""
    return _disabled(row, "reset_password") or _asked_already(row, "reset_password")


def confirm_password(desk: Desk, row: Operator) -> RuleViolation | None:
    """確認密碼: possible for a password that was set outside the desk."""
    if not row.password_foreign_at:
        return _forbidden("operator", row.login, "enabled", "confirm_password")
    return None


def _asked_already(row: Operator, kind: str) -> RuleViolation | None:
    if row.waiting_by:
        return RuleViolation("request_waits", kind=kind, id=row.login, login=row.waiting_by)
    return None


# 授權申請


def _decided(row: PermissionRequest, wanted: str) -> RuleViolation | None:
    if row.state == "waiting":
        return None
    return _forbidden("permission_request", row.request_id, row.state, wanted)


def _of_my_hand(desk: Desk, row: PermissionRequest) -> RuleViolation | None:
    shared = desk.session.hand & set(row.requested_hand)
    if not shared:
        return None
    mine = desk.session.login
    common = sorted(shared - {mine, row.requested_by} or shared)[0]
    return RuleViolation("same_hand", login=mine, other=row.requested_by, common=common)


def approve_request(desk: Desk, row: PermissionRequest) -> RuleViolation | None:
    """批准申請: possible while it waits, for a login that is neither the subject nor of the asker's hand."""
    if decided := _decided(row, "approve_request"):
        return decided
    if desk.session.login in (row.requested_by, row.login):
        return RuleViolation("second_administrator_needed", id=str(row.request_id))
    return _of_my_hand(desk, row)


def refuse_request(desk: Desk, row: PermissionRequest) -> RuleViolation | None:
    """拒絕申請: possible while it waits, by another hand."""
    return _decided(row, "refuse_request") or _of_my_hand(desk, row)


def withdraw_request(desk: Desk, row: PermissionRequest) -> RuleViolation | None:
    """撤回申請: possible while it waits, for the operator who asked."""
    if decided := _decided(row, "withdraw_request"):
        return decided
    if desk.session.login != row.requested_by:
        return RuleViolation("not_your_request", login=row.requested_by)
    return None


# the table

RULES: dict[type[Act], Rule] = {
    acts.DeleteApplication: delete_application,
    acts.RevokeDeposit: revoke,
    acts.RecheckDeposit: recheck,
    acts.AcceptDeposit: accept,
    acts.RequestRefund: request_refund,
    acts.ApproveRefund: approve,
    acts.RejectRefund: reject,
    acts.ExecuteRefund: execute,
    acts.CancelRefund: cancel,
    acts.RecordClientNotified: notify,
    acts.BeginMicroPayment: verify,
    acts.BeginMessageSignature: verify,
    acts.SubmitWalletSignature: submit_signature,
    acts.AllowSharedWallet: share_wallet,
    acts.AgreeSharedWallet: agree_sharing,
    acts.RefuseSharedWallet: refuse_sharing,
    acts.DeleteWallet: delete_wallet,
    acts.ConfirmCustodialImport: confirm_import,
    acts.RefuseCustodialImport: refuse_import,
    acts.DeleteCustodialAccount: delete_account,
    acts.ConfirmCustodialDeletion: confirm_deletion,
    acts.RefuseCustodialDeletion: refuse_deletion,
    acts.DisableOperator: disable_operator,
    acts.EnableOperator: enable_operator,
    acts.ResetPassword: reset_password,
    acts.ConfirmPassword: confirm_password,
    acts.GrantPermission: permissions,
    acts.RevokePermission: permissions,
    acts.ApproveRequest: approve_request,
    acts.RefuseRequest: refuse_request,
    acts.WithdrawRequest: withdraw_request,
}

ALWAYS: frozenset[type[Act]] = frozenset(
    {
        acts.ExplainDifference,
        acts.AddWallet,
        acts.ImportCustodialAccounts,
        acts.SaveCryptocurrency,
        acts.SaveNetwork,
        acts.CreateOperator,
        acts.SavePolicy,
        acts.VerifyAudit,
        acts.ChangeOwnPassword,
    }
)
"""The acts that no row forbids: they make something new, or are possible in every state."""


def refusal(act: type[Act], desk: Desk, row: object) -> RuleViolation | None:
    """The violation for which the row does not allow the act; None where it is possible.

    Raises:
        KeyError: the act has no rule and is not always possible either.
    """
    return None if act in ALWAYS else RULES[act](desk, row)
