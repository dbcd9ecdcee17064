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
    """The kind of object that a page shows and that an act changes; also the payload of the database's
    notifications on `wbo_changes`."""

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
    """One thing that an operator can do: its fields, in order, are the arguments of the SQL function
    `wbo.<function>`.

    Attributes:
        function: the name of the SQL function, which enforces the rule and writes.
        permission: the role that may execute it; None for what every login may do.
        changes: the topics whose pages have to be read again afterwards.
        step_up: whether the database wants a session younger than 60 seconds, so that the desktop asks for
            the password again.
    """

    function: ClassVar[str]
    permission: ClassVar[Permission | None]
    changes: ClassVar[frozenset[Topic]]
    step_up: ClassVar[bool] = False


# 入幣申請 · 入幣記錄


@dataclass(frozen=True, slots=True)
class DeleteApplication(Act):
    """刪除: marks an application that is `pending_auth` or `abnormal` as deleted, with its record; the record's
    transfer becomes unmatched again. Refused while the record carries an alarm."""

    function = "delete_application"
    permission = Permission.APPLICATION_OPERATION
    changes = frozenset({Topic.DEPOSIT, Topic.TRANSFER})
    external_serial: str
    remark: str


@dataclass(frozen=True, slots=True)
class RevokeDeposit(Act):
    """撤銷: cancels a record that is `pending_auth` (錢包地址認證中) and whose transfer is not on the chain."""

    function = "revoke_deposit"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.DEPOSIT, Topic.TRANSFER})
    record_no: str
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class RecheckDeposit(Act):
    """重新核對: puts an `abnormal` record back to `pending_auth`, without its transfer, to be judged again.
    Refused for a record that was paid out."""

    function = "recheck_deposit"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.DEPOSIT})
    record_no: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AcceptDeposit(Act):
    """核實入賬: lets an `abnormal` record go on to `processing` whose only faults are in `deposit.ACCEPTABLE`
    (amount, minimum, a payment in parts, lateness)."""

    function = "accept_deposit"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.DEPOSIT})
    record_no: str
    remark: str
    expected_version: int


# 餘額差異


@dataclass(frozen=True, slots=True)
class ExplainDifference(Act):
    """解釋差異: stores why an account holds more or less than its stored transfers add up to. Nothing is
    credited."""

    function = "explain_difference"
    permission = Permission.RECORD_OPERATION
    changes = frozenset({Topic.TRANSFER})
    difference_id: int
    remark: str


# 退幣


@dataclass(frozen=True, slots=True)
class RequestRefund(Act):
    """申請退幣: opens a refund of a credited record, of `amount` in units of the coin. Returns the refund number.

    `acknowledged` names the risk of the address (`domain.wallet.ReceiverRisk`), where there is one: the
    operator says by it that the client confirmed to receive coins sent there.
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
    """批准: adds one approval to a `requested` refund. The approver is of another hand than the requester and
    the approvers before."""

    function = "approve_refund"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.REFUND})
    refund_no: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class RejectRefund(Act):
    """拒絕: ends a refund that is `requested` or `approved`; its record is `success` again."""

    function = "reject_refund"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.DEPOSIT, Topic.REFUND})
    refund_no: str
    remark: str


@dataclass(frozen=True, slots=True)
class ExecuteRefund(Act):
    """執行退幣: hands an `approved` refund to the refund sender. Needs the password again."""

    function = "execute_refund"
    permission = Permission.REFUND
    changes = frozenset({Topic.REFUND})
    step_up = True
    refund_no: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class CancelRefund(Act):
    """取消退幣: ends a refund of which nothing was signed yet (`refund.CANCELLABLE`); its record is `success`
    again."""

    function = "cancel_refund"
    permission = Permission.REFUND
    changes = frozenset({Topic.DEPOSIT, Topic.REFUND})
    refund_no: str
    remark: str


@dataclass(frozen=True, slots=True)
class RecordClientNotified(Act):
    """已通知客戶: stores by which channel the client was told of a refund; the time is the database's."""

    function = "record_client_notified"
    permission = Permission.REFUND
    changes = frozenset({Topic.REFUND})
    refund_no: str
    channel: str
    remark: str


# 客戶錢包地址


@dataclass(frozen=True, slots=True)
class AddWallet(Act):
    """新增: adds an address to a client's wallets, `unverified`. Returns the wallet's id."""

    function = "add_wallet"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    client_no: str
    network: str
    address: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class BeginMicroPayment(Act):
    """小額支付驗證: begins the proof by payment. Draws a unique amount of `coin` and names the custodial account
    that the client has to pay it to."""

    function = "begin_micro_payment"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    coin: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class BeginMessageSignature(Act):
    """簽名驗證: begins the proof by signature. Makes the one-time challenge that the client has to sign
    (EIP-191)."""

    function = "begin_message_signature"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class SubmitWalletSignature(Act):
    """Stores the signature that the client sent back, for the worker to verify. `signature` is hexadecimal
    text."""

    function = "submit_wallet_signature"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    signature: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AllowSharedWallet(Act):
    """申請共用: asks that an address which is verified for another client may be verified for this client too. An
    operator of another hand has to agree (`AgreeSharedWallet`)."""

    function = "allow_shared_wallet"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AgreeSharedWallet(Act):
    """同意共用: agrees to a shared address, for the one other client that was named in the request. Written to
    the log."""

    function = "agree_shared_wallet"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class RefuseSharedWallet(Act):
    """不同意共用: ends the request; the address is not shared."""

    function = "refuse_shared_wallet"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class DeleteWallet(Act):
    """刪除: marks a wallet as deleted. Refused while a live refund goes to it."""

    function = "delete_wallet"
    permission = Permission.WALLET_OPERATION
    changes = frozenset({Topic.WALLET})
    wallet_id: int
    remark: str
    expected_version: int


# 渠道存管賬戶 · 加密貨幣 · 網絡


@dataclass(frozen=True, slots=True)
class ImportCustodialAccounts(Act):
    """匯入: adds rows of {channel, network, address}, all or none. Returns how many were new. They are assigned
    to no client until an operator of another hand has confirmed the import (`ConfirmCustodialImport`)."""

    function = "import_custodial_accounts"
    permission = Permission.CUSTODIAL_OPERATION
    changes = frozenset({Topic.CUSTODIAL})
    rows: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class ConfirmCustodialImport(Act):
    """確認匯入: confirms every account of one import. `accounts` is the number that the operator was shown."""

    function = "confirm_custodial_import"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    import_id: int
    accounts: int


@dataclass(frozen=True, slots=True)
class RefuseCustodialImport(Act):
    """拒絕匯入: marks the accounts of one import as deleted."""

    function = "refuse_custodial_import"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    import_id: int
    remark: str


@dataclass(frozen=True, slots=True)
class DeleteCustodialAccount(Act):
    """刪除: marks an account as deleted that was never assigned. Returns `deleted` for one that was not
    confirmed yet, else `waiting` for an operator of another hand (`ConfirmCustodialDeletion`)."""

    function = "delete_custodial_account"
    permission = Permission.CUSTODIAL_OPERATION
    changes = frozenset({Topic.CUSTODIAL})
    account_id: int
    remark: str


@dataclass(frozen=True, slots=True)
class ConfirmCustodialDeletion(Act):
    """確認刪除: deletes the account whose deletion an operator of another hand asked for."""

    function = "confirm_custodial_deletion"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    account_id: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class RefuseCustodialDeletion(Act):
    """拒絕刪除: ends the request; the account stays."""

    function = "refuse_custodial_deletion"
    permission = Permission.REFUND_APPROVAL
    changes = frozenset({Topic.CUSTODIAL})
    account_id: int
    remark: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class SaveCryptocurrency(Act):
    """新增 / 修改: adds or changes one coin on one network.

    `details` maps names of `wbo.cryptocurrency` to values: code and network (fixed once made), name_en,
    name_zh_hk, name_zh_cn, contract, decimals (fixed once made), minimum_deposit, confirmations, wallet_rule,
    deposit_enabled, credit_tolerance (percent that may be missing), confirmation_steps (a list of {from:
    amount, confirmations: number}: from that amount on at least so many), approvals_needed,
    two_approvals_above, cooling_off_hours, daily_refund_limit, alert_level, stop_level, remark; amounts in
    units of the coin. `expected_version` is None for a new one.

    Returns `saved`, or `waiting` when a rule would be weaker (`desk_rules`) or the coin is new.
    """

    function = "save_cryptocurrency"
    permission = Permission.CURRENCY_OPERATION
    changes = frozenset({Topic.CURRENCY, Topic.OPERATOR})
    details: dict[str, Any]
    expected_version: int | None


@dataclass(frozen=True, slots=True)
class SaveNetwork(Act):
    """新增 / 修改: adds or changes one network.

    `details` maps to values: name and chain_id (fixed once made), finality, rpc_urls,
    explorer_tx_url, explorer_address_url, txid_grace_seconds, agreement, worker_agreement. Returns `saved` or
    `waiting`, as `SaveCryptocurrency` does.
    """

    function = "save_network"
    permission = Permission.CURRENCY_OPERATION
    changes = frozenset({Topic.NETWORK, Topic.OPERATOR})
    details: dict[str, Any]
    expected_version: int | None


# 操作員與權限


@dataclass(frozen=True, slots=True)
class CreateOperator(Act):
    """新增操作員: makes a login with the SCRAM verifier of a one-time password, never the password. Returns
    `waiting`: the login opens when an administrator of another hand agrees."""

    function = "create_operator"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    display_name: str
    scram_verifier: str
    language: str


@dataclass(frozen=True, slots=True)
class DisableOperator(Act):
    """停用: closes a login at once and ends its open sessions."""

    function = "disable_operator"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    remark: str


@dataclass(frozen=True, slots=True)
class EnableOperator(Act):
    """重新啟用: opens a disabled login with a new one-time password. Returns `waiting`, as `CreateOperator` does."""

    function = "enable_operator"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    scram_verifier: str
    remark: str


@dataclass(frozen=True, slots=True)
class ResetPassword(Act):
    """重設密碼: sets a one-time password that has to be changed at the next login. Returns `done`, or `waiting`
    for a login whose permissions allow more than looking."""

    function = "reset_password"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    scram_verifier: str


@dataclass(frozen=True, slots=True)
class ConfirmPassword(Act):
    """確認密碼: confirms that a password which was set outside the desk (in psql) was set by the operator, as the
    operator said when asked. Until then such a login may only look."""

    function = "confirm_password"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    remark: str


@dataclass(frozen=True, slots=True)
class GrantPermission(Act):
    """授予: grants one permission. Returns `granted`, or `waiting` for a permission in `permissions.POWER`."""

    function = "grant_permission"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    permission_code: str


@dataclass(frozen=True, slots=True)
class RevokePermission(Act):
    """收回: takes one permission back, or the request for it that still waits."""

    function = "revoke_permission"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    login: str
    permission_code: str


@dataclass(frozen=True, slots=True)
class ApproveRequest(Act):
    """批准申請: carries out a waiting change of logins, permissions or rules. The approver is of another hand
    than the operator who asked for it."""

    function = "approve_request"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR, Topic.POLICY, Topic.CURRENCY, Topic.NETWORK})
    request_id: int


@dataclass(frozen=True, slots=True)
class RefuseRequest(Act):
    """拒絕申請: ends a waiting change with the reason; nothing was changed."""

    function = "refuse_request"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    request_id: int
    remark: str


@dataclass(frozen=True, slots=True)
class WithdrawRequest(Act):
    """撤回申請: ends a waiting change that the operator asked for."""

    function = "withdraw_request"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.OPERATOR})
    request_id: int


@dataclass(frozen=True, slots=True)
class SavePolicy(Act):
    """政策: sets one rule of the desk (a row of `wbo.policy`). Returns `saved`, or `waiting` when it would be
    weaker (`desk_rules`)."""

    function = "save_policy"
    permission = Permission.OPERATOR_ADMIN
    changes = frozenset({Topic.POLICY, Topic.OPERATOR})
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class VerifyAudit(Act):
    """驗證日誌: recomputes the log's hash chain. Returns {entries, sealed, head, bad_seq, fault}; `bad_seq` is
    the first entry that was altered, None when none was."""

    function = "verify_audit"
    permission = Permission.AUDIT_INQUIRY
    changes = frozenset[Topic]()


@dataclass(frozen=True, slots=True)
class ChangeOwnPassword(Act):
    """修改密碼: sets the operator's password by its SCRAM verifier, which is made on this workstation."""

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
