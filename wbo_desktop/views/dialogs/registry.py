"""The dialog of each act, for the acts on a row.

`SubmitWalletSignature` and `RevokePermission` are done inside `BeginMessageSignatureDialog` and
`GrantPermissionDialog`; `ChangeOwnPasswordDialog`, `LoginDialog`, `RefundDetailDialog` and `AuditEntryDialog`
belong to no row's act.
"""

from __future__ import annotations

from typing import Any

from wbo_desktop.domain import acts
from wbo_desktop.views.dialogs.audit_verify import VerifyAuditDialog
from wbo_desktop.views.dialogs.balances import ExplainDifferenceDialog
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.dialogs.currency import SaveCryptocurrencyDialog
from wbo_desktop.views.dialogs.custodial import DeleteCustodialAccountDialog, ImportCustodialAccountsDialog
from wbo_desktop.views.dialogs.custodial_review import (
    ConfirmCustodialDeletionDialog,
    ConfirmCustodialImportDialog,
    RefuseCustodialDeletionDialog,
    RefuseCustodialImportDialog,
)
from wbo_desktop.views.dialogs.deposits import (
    AcceptDepositDialog,
    DeleteApplicationDialog,
    RecheckDepositDialog,
    RevokeDepositDialog,
)
from wbo_desktop.views.dialogs.network import SaveNetworkDialog
from wbo_desktop.views.dialogs.operators import (
    ConfirmPasswordDialog,
    CreateOperatorDialog,
    DisableOperatorDialog,
    EnableOperatorDialog,
    ResetPasswordDialog,
)
from wbo_desktop.views.dialogs.permissions import GrantPermissionDialog
from wbo_desktop.views.dialogs.policy import SavePolicyDialog
from wbo_desktop.views.dialogs.refund_close import CancelRefundDialog, RecordClientNotifiedDialog
from wbo_desktop.views.dialogs.refund_request import RequestRefundDialog
from wbo_desktop.views.dialogs.refund_review import (
    ApproveRefundDialog,
    ExecuteRefundDialog,
    RejectRefundDialog,
)
from wbo_desktop.views.dialogs.requests import (
    ApproveRequestDialog,
    RefuseRequestDialog,
    WithdrawRequestDialog,
)
from wbo_desktop.views.dialogs.shared_wallets import (
    AgreeSharedWalletDialog,
    AllowSharedWalletDialog,
    RefuseSharedWalletDialog,
)
from wbo_desktop.views.dialogs.verify_wallet import BeginMessageSignatureDialog, BeginMicroPaymentDialog
from wbo_desktop.views.dialogs.wallets import AddWalletDialog, DeleteWalletDialog

DIALOGS: dict[type[acts.Act], type[FormDialog[Any]]] = {
    acts.VerifyAudit: VerifyAuditDialog,
    acts.DeleteApplication: DeleteApplicationDialog,
    acts.RevokeDeposit: RevokeDepositDialog,
    acts.RecheckDeposit: RecheckDepositDialog,
    acts.AcceptDeposit: AcceptDepositDialog,
    acts.ExplainDifference: ExplainDifferenceDialog,
    acts.RequestRefund: RequestRefundDialog,
    acts.ApproveRefund: ApproveRefundDialog,
    acts.RejectRefund: RejectRefundDialog,
    acts.ExecuteRefund: ExecuteRefundDialog,
    acts.CancelRefund: CancelRefundDialog,
    acts.RecordClientNotified: RecordClientNotifiedDialog,
    acts.AddWallet: AddWalletDialog,
    acts.BeginMicroPayment: BeginMicroPaymentDialog,
    acts.BeginMessageSignature: BeginMessageSignatureDialog,
    acts.AllowSharedWallet: AllowSharedWalletDialog,
    acts.AgreeSharedWallet: AgreeSharedWalletDialog,
    acts.RefuseSharedWallet: RefuseSharedWalletDialog,
    acts.DeleteWallet: DeleteWalletDialog,
    acts.ImportCustodialAccounts: ImportCustodialAccountsDialog,
    acts.ConfirmCustodialImport: ConfirmCustodialImportDialog,
    acts.RefuseCustodialImport: RefuseCustodialImportDialog,
    acts.DeleteCustodialAccount: DeleteCustodialAccountDialog,
    acts.ConfirmCustodialDeletion: ConfirmCustodialDeletionDialog,
    acts.RefuseCustodialDeletion: RefuseCustodialDeletionDialog,
    acts.SaveCryptocurrency: SaveCryptocurrencyDialog,
    acts.SaveNetwork: SaveNetworkDialog,
    acts.CreateOperator: CreateOperatorDialog,
    acts.DisableOperator: DisableOperatorDialog,
    acts.EnableOperator: EnableOperatorDialog,
    acts.ResetPassword: ResetPasswordDialog,
    acts.GrantPermission: GrantPermissionDialog,
    acts.ConfirmPassword: ConfirmPasswordDialog,
    acts.ApproveRequest: ApproveRequestDialog,
    acts.RefuseRequest: RefuseRequestDialog,
    acts.WithdrawRequest: WithdrawRequestDialog,
    acts.SavePolicy: SavePolicyDialog,
}
