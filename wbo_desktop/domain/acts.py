"""Everything an operator can do, as data: one class an act.

An act's fields, in order, are the arguments of the SQL function that does it; `permission` is the role that
may execute that function; `changes` says which pages have to look again. A button asks `desk.may(act)`, a
dialog builds the act, and `desk.do(act)` runs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from wbo_desktop.domain.permissions import Permission


class Topic(StrEnum):
    """What a page shows, and what a change is about. Also the payload of the database's notifications."""

    DEPOSIT = "deposit"
    REFUND = "refund"
    WALLET = "wallet"
    CUSTODIAL = "custodial"
    CURRENCY = "currency"
    NETWORK = "network"
    CHAIN = "chain"
    TRANSFER = "transfer"
    OPERATOR = "operator"
    AUDIT = "audit"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Act:
    """The base of all acts."""

    function: ClassVar[str]
    permission: ClassVar[Permission | None]
    changes: ClassVar[frozenset[Topic]]
    step_up: ClassVar[bool] = False
    """Whether the database wants a session younger than a minute: the password is asked for again."""


# 入幣申請 · 入幣記錄


@dataclass(frozen=True, slots=True)
class DeleteApplication(Act):
    """刪除: an abnormal or problematic application, softly; an attached transfer goes back to the unmatched
    ones."""

    function = "delete_application"
    permission = Permission.APPLICATION_OPERATION
    changes = frozenset({Topic.DEPOSIT, Topic.TRANSFER})
    external_serial: str
    remark: str


@dataclass(frozen=True, slots=True)
class RevokeDeposit(Act):
    """撤銷: only while 錢包地址認證中."""

    function = "revoke_deposit"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.DEPOSIT, Topic.TRANSFER})
    record_no: str
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class RecheckDeposit(Act):
    """重新核對: an abnormal record goes back to be judged again."""

    function = "recheck_deposit"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.DEPOSIT})
    record_no: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AcceptDeposit(Act):
    """核實入賬: an abnormal record whose only faults are the amount, the minimum or lateness."""

    function = "accept_deposit"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.DEPOSIT})
    record_no: str
    remark: str
    expected_version: int


# 餘額差異


@dataclass(frozen=True, slots=True)
class ExplainDifference(Act):
    """解釋差異: why an account holds more or less than its transfers say; nothing is credited by it."""

    function = "explain_difference"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.TRANSFER})
    difference_id: int
    remark: str


# 退幣


@dataclass(frozen=True, slots=True)
class RequestRefund(Act):
    """申請退幣. `amount` in units of the coin; returns the refund number.

    `acknowledged` is needed where coins may be lost (`domain.wallet.ReceiverRisk`): the risk of which the operator
    says to have checked with the client that coins sent there reach them.
    """

    function = "request_refund"
    permission = Permission.REFUND
    changes = frozenset({Topic.DEPOSIT, Topic.REFUND})
    record_no: str
    address: str
    amount: Decimal
    adjust_reason: str | None
    remark: str
    acknowledged: str | None = None


@dataclass(frozen=True, slots=True)
class ApproveRefund(Act):
    """批准: by somebody else than the requester."""

    function = "approve_refund"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.REFUND})
    refund_no: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class RejectRefund(Act):
    """拒絕: the record is credited again."""

    function = "reject_refund"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.DEPOSIT, Topic.REFUND})
    refund_no: str
    remark: str


@dataclass(frozen=True, slots=True)
class ExecuteRefund(Act):
    """執行退幣: hands an approved refund to the sender. Needs the password again."""

    function = "execute_refund"
    permission = Permission.REFUND
    changes = frozenset({Topic.REFUND})
    step_up = True
    refund_no: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class CancelRefund(Act):
    """取消退幣: only before anything was signed."""

    function = "cancel_refund"
    permission = Permission.REFUND
    changes = frozenset({Topic.DEPOSIT, Topic.REFUND})
    refund_no: str
    remark: str


@dataclass(frozen=True, slots=True)
class RecordClientNotified(Act):
    """已通知客戶: how the client was told, and when."""

    function = "record_client_notified"
    permission = Permission.REFUND
    changes = frozenset({Topic.REFUND})
    refund_no: str
    channel: str
    remark: str


# 客戶錢包地址


@dataclass(frozen=True, slots=True)
class AddWallet(Act):
    """新增: an unverified wallet of a client. Returns its id."""

    function = "add_wallet"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    client_no: str
    network: str
    address: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class BeginMicroPayment(Act):
    """小額支付驗證: makes the unique amount of `coin` and the account that the client is to pay it to."""

    function = "begin_micro_payment"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    coin: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class BeginMessageSignature(Act):
    """簽名驗證: makes the one-time challenge that the client is to sign (EIP-191)."""

    function = "begin_message_signature"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class SubmitWalletSignature(Act):
    """The signature the client sent back; the worker verifies it."""

    function = "submit_wallet_signature"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    signature: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AllowSharedWallet(Act):
    """申請共用: asks that an address which is verified for another client may be verified for this one too. Somebody of
    another hand has to agree (`AgreeSharedWallet`)."""

    function = "allow_shared_wallet"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AgreeSharedWallet(Act):
    """同意共用: the explicit, logged override, beside the one client that was named when it was asked for."""

    function = "agree_shared_wallet"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class RefuseSharedWallet(Act):
    """不同意共用: nothing is shared, and the request is gone."""

    function = "refuse_shared_wallet"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class DeleteWallet(Act):
    """刪除: softly, with a remark; not while a live refund goes there."""

    function = "delete_wallet"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    remark: str
    expected_version: int


# 渠道存管賬戶 · 加密貨幣 · 網絡


@dataclass(frozen=True, slots=True)
class ImportCustodialAccounts(Act):
    """匯入: rows of {channel, network, address}, all or none. Returns how many were new; they are used for nothing until
    somebody of another hand has confirmed them (`ConfirmCustodialImport`)."""

    function = "import_custodial_accounts"
    permission = Permission.CUSTODIAL_OPERATION
    changes = frozenset({Topic.CUSTODIAL})
    rows: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class ConfirmCustodialImport(Act):
    """確認匯入: every account of one import, as many as were looked at."""

    function = "confirm_custodial_import"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    import_id: int
    accounts: int


@dataclass(frozen=True, slots=True)
class RefuseCustodialImport(Act):
    """拒絕匯入: the accounts of one import are deleted, softly."""

    function = "refuse_custodial_import"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    import_id: int
    remark: str


@dataclass(frozen=True, slots=True)
class DeleteCustodialAccount(Act):
    """刪除: only an account that was never assigned. Returns `deleted` for one that was not confirmed yet, else
    `waiting`: for somebody of another hand (`ConfirmCustodialDeletion`)."""

    function = "delete_custodial_account"
    permission = Permission.CUSTODIAL_OPERATION
    changes = frozenset({Topic.CUSTODIAL})
    account_id: int
    remark: str


@dataclass(frozen=True, slots=True)
class ConfirmCustodialDeletion(Act):
    """確認刪除: what another hand asked for."""

    function = "confirm_custodial_deletion"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    account_id: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class RefuseCustodialDeletion(Act):
    """拒絕刪除: the account stays."""

    function = "refuse_custodial_deletion"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    account_id: int
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class SaveCryptocurrency(Act):
    """新增 / 修改: one coin on one network.

    `details` maps names of `wbo.cryptocurrency` to values: code and network (fixed once made), name_en,
    name_zh_hk, name_zh_cn, contract, decimals (fixed once made), minimum_deposit, confirmations, wallet_rule,
    deposit_enabled, credit_tolerance (percent that may be missing), confirmation_steps (a list of {from:
    amount, confirmations: number}: from that amount on at least so many), approvals_needed,
    two_approvals_above, cooling_off_hours, daily_refund_limit, alert_level, stop_level, remark; amounts in
    units of the coin. `expected_version` is None for a new one. Returns `saved`, or `waiting` when a rule
    would be weaker (`desk_rules`) or the coin is new.
    """

    function = "save_cryptocurrency"
    permission = Permission.CURRENCY_OPERATION
    changes = frozenset({Topic.CURRENCY, Topic.OPERATOR})
    details: dict[str, Any]
    expected_version: int | None


@dataclass(frozen=True, slots=True)
class SaveNetwork(Act):
    """新增 / 修改: name and chain_id (fixed once made), finality, confirmations_default, rpc_urls, explorer_tx_url,
    explorer_address_url, txid_grace_seconds, agreement, worker_agreement. Returns `saved` or `waiting`, as with a coin."""

    function = "save_network"
    permission = Permission.CURRENCY_OPERATION
    changes = frozenset({Topic.NETWORK, Topic.OPERATOR})
    details: dict[str, Any]
    expected_version: int | None


# 操作員與權限


@dataclass(frozen=True, slots=True)
class CreateOperator(Act):
    """新增操作員. Takes the SCRAM verifier of a one-time password, never the password. Returns `waiting`: the login opens
    when an administrator of another hand agrees."""

    function = "create_operator"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    display_name: str
    scram_verifier: str
    language: str


@dataclass(frozen=True, slots=True)
class DisableOperator(Act):
    """停用: at once, open sessions included."""

    function = "disable_operator"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    remark: str


@dataclass(frozen=True, slots=True)
class EnableOperator(Act):
    """重新啟用, with a new one-time password. Returns `waiting`."""

    function = "enable_operator"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    scram_verifier: str
    remark: str


@dataclass(frozen=True, slots=True)
class ResetPassword(Act):
    """重設密碼: a one-time password that must be changed at the next login. Returns `done`, or `waiting` where the operator
    may do more than look."""

    function = "reset_password"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    scram_verifier: str


@dataclass(frozen=True, slots=True)
class ConfirmPassword(Act):
    """確認密碼: a password that was set past the desk is the operator's own, as they said when asked."""

    function = "confirm_password"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    remark: str


@dataclass(frozen=True, slots=True)
class GrantPermission(Act):
    """授予. Returns `granted`, or `waiting` for what allows more than looking (`permissions.POWER`)."""

    function = "grant_permission"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    permission_code: str


@dataclass(frozen=True, slots=True)
class RevokePermission(Act):
    """收回, what only waits included."""

    function = "revoke_permission"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    permission_code: str


@dataclass(frozen=True, slots=True)
class ApproveRequest(Act):
    """批准申請: what an administrator, or who keeps coins and networks, asked for; by one of another hand."""

    function = "approve_request"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR, Topic.POLICY, Topic.CURRENCY, Topic.NETWORK})
    request_id: int


@dataclass(frozen=True, slots=True)
class RefuseRequest(Act):
    """拒絕申請: with the reason; nothing was changed."""

    function = "refuse_request"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    request_id: int
    remark: str


@dataclass(frozen=True, slots=True)
class WithdrawRequest(Act):
    """撤回申請: one's own."""

    function = "withdraw_request"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    request_id: int


@dataclass(frozen=True, slots=True)
class SavePolicy(Act):
    """政策: name and value of one rule of the desk (see `wbo.policy`). Returns `saved`, or `waiting` when it would be weaker
    (`desk_rules`)."""

    function = "save_policy"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.POLICY, Topic.OPERATOR})
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class VerifyAudit(Act):
    """驗證日誌: walks the hash chain; returns {entries, sealed, head, bad_seq, fault}."""

    function = "verify_audit"
    permission = Permission.AUDIT_INQUIRY
    changes = frozenset[Topic]()


@dataclass(frozen=True, slots=True)
class ChangeOwnPassword(Act):
    """修改密碼: the SCRAM verifier of the new password, made on this workstation."""

    function = "change_own_password"
    permission = None
    changes = frozenset[Topic]()
    step_up = True
    scram_verifier: str


ALL: tuple[type[Act], ...] = tuple(
    thing
    for thing in list(globals().values())
    if isinstance(thing, type) and issubclass(thing, Act) and thing is not Act
)
