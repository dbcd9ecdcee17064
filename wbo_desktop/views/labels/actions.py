"""What was done, in the words of the buttons: the actions of the audit log and of a record's timeline.

Codes are the names of the SQL functions; those of operators equal `domain.acts`.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from wbo_desktop.views.labels.words import Words

action = Words(
    "action",
    {
        # operators
        "delete_application": QT_TRANSLATE_NOOP("action", "Delete application"),
        "revoke_deposit": QT_TRANSLATE_NOOP("action", "Revoke"),
        "recheck_deposit": QT_TRANSLATE_NOOP("action", "Check again"),
        "accept_deposit": QT_TRANSLATE_NOOP("action", "Accept"),
        "explain_difference": QT_TRANSLATE_NOOP("action", "Explain difference"),
        "request_refund": QT_TRANSLATE_NOOP("action", "Request refund"),
        "approve_refund": QT_TRANSLATE_NOOP("action", "Approve refund"),
        "reject_refund": QT_TRANSLATE_NOOP("action", "Reject refund"),
        "execute_refund": QT_TRANSLATE_NOOP("action", "Execute refund"),
        "cancel_refund": QT_TRANSLATE_NOOP("action", "Cancel refund"),
        "record_client_notified": QT_TRANSLATE_NOOP("action", "Client notified"),
        "add_wallet": QT_TRANSLATE_NOOP("action", "Add wallet address"),
        "begin_micro_payment": QT_TRANSLATE_NOOP("action", "Micro-payment verification"),
        "begin_message_signature": QT_TRANSLATE_NOOP("action", "Message signature verification"),
        "submit_wallet_signature": QT_TRANSLATE_NOOP("action", "Submit signature"),
        "allow_shared_wallet": QT_TRANSLATE_NOOP("action", "Allow shared wallet"),
        "delete_wallet": QT_TRANSLATE_NOOP("action", "Delete wallet address"),
        "import_custodial_accounts": QT_TRANSLATE_NOOP("action", "Import custodial accounts"),
        "delete_custodial_account": QT_TRANSLATE_NOOP("action", "Delete custodial account"),
        "save_cryptocurrency": QT_TRANSLATE_NOOP("action", "Save cryptocurrency"),
        "save_network": QT_TRANSLATE_NOOP("action", "Save network"),
        "create_operator": QT_TRANSLATE_NOOP("action", "Create operator"),
        "disable_operator": QT_TRANSLATE_NOOP("action", "Disable operator"),
        "enable_operator": QT_TRANSLATE_NOOP("action", "Enable operator"),
        "reset_password": QT_TRANSLATE_NOOP("action", "Reset password"),
        "grant_permission": QT_TRANSLATE_NOOP("action", "Grant permission"),
        "revoke_permission": QT_TRANSLATE_NOOP("action", "Revoke permission"),
        "approve_permission_grant": QT_TRANSLATE_NOOP("action", "Approve permission"),
        "approve_request": QT_TRANSLATE_NOOP("action", "Approve request"),
        "refuse_request": QT_TRANSLATE_NOOP("action", "Refuse request"),
        "withdraw_request": QT_TRANSLATE_NOOP("action", "Withdraw request"),
        "add_administrator": QT_TRANSLATE_NOOP("action", "Administrator made by the database's owner"),
        "confirm_password": QT_TRANSLATE_NOOP("action", "Confirm password"),
        "save_policy": QT_TRANSLATE_NOOP("action", "Change rule of the desk"),
        "verify_audit": QT_TRANSLATE_NOOP("action", "Verify the log"),
        "change_own_password": QT_TRANSLATE_NOOP("action", "Change own password"),
        # the client side, the worker, the system
        "submit_deposit_application": QT_TRANSLATE_NOOP("action", "Application received"),
        "attach_txid": QT_TRANSLATE_NOOP("action", "TXID attached"),
        "deposit_address": QT_TRANSLATE_NOOP("action", "Custodial account assigned"),
        "track": QT_TRANSLATE_NOOP("action", "Checked against the chain"),
        "reorganise": QT_TRANSLATE_NOOP("action", "Reorganisation undone"),
        "sign_refund": QT_TRANSLATE_NOOP("action", "Refund signed"),
        "broadcast_refund": QT_TRANSLATE_NOOP("action", "Refund broadcast"),
        "note_refund": QT_TRANSLATE_NOOP("action", "Note of the sender"),
        "register_hot_wallet": QT_TRANSLATE_NOOP("action", "Hot wallet registered"),
        "stop_hot_wallet": QT_TRANSLATE_NOOP("action", "Payments stopped"),
        "reconcile_hot_wallet": QT_TRANSLATE_NOOP("action", "Hot wallet reconciled"),
        "import_clients": QT_TRANSLATE_NOOP("action", "Clients imported"),
        "import_known_addresses": QT_TRANSLATE_NOOP("action", "Known addresses imported"),
        "insert": QT_TRANSLATE_NOOP("action", "Added by the database's owner"),
        "update": QT_TRANSLATE_NOOP("action", "Changed by the database's owner"),
        "raise_alarm": QT_TRANSLATE_NOOP("action", "Line stopped with an alarm"),
        "clear_alarm": QT_TRANSLATE_NOOP("action", "Alarm cleared"),
        "weigh": QT_TRANSLATE_NOOP("action", "Balances compared with the chain"),
        "refused": QT_TRANSLATE_NOOP("action", "Refused attempt"),
        "lock_login": QT_TRANSLATE_NOOP("action", "Login locked after failures"),
        "unlock_login": QT_TRANSLATE_NOOP("action", "Login no longer locked"),
        "open_login": QT_TRANSLATE_NOOP("action", "Login opened for its own workstation"),
        "end_session": QT_TRANSLATE_NOOP("action", "Session that held others up was ended"),
        "close_login": QT_TRANSLATE_NOOP("action", "Login closed for holding others up"),
        "reopen_login": QT_TRANSLATE_NOOP("action", "Closed login opened again"),
        "password_changed_elsewhere": QT_TRANSLATE_NOOP("action", "Password changed past the desk"),
        "collect_refusals": QT_TRANSLATE_NOOP("action", "Server's log read"),
        "notified": QT_TRANSLATE_NOOP("action", "Client notified"),
    },
)
