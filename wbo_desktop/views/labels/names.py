"""Names of things: permissions, kinds of object, fields, ways of verifying, languages, rules of the desk."""

from __future__ import annotations

from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

permission = Words(
    "permission",
    {
        "atm.crypto_currency_inquiry": QT_TRANSLATE_NOOP("permission", "Cryptocurrency and network: query"),
        "atm.crypto_currency_operation": QT_TRANSLATE_NOOP(
            "permission", "Cryptocurrency and network: operate"
        ),
        "atm.va_channel_custodial_account_inquiry": QT_TRANSLATE_NOOP(
            "permission", "Channel custodial account: query"
        ),
        "atm.va_channel_custodial_account_operation": QT_TRANSLATE_NOOP(
            "permission", "Channel custodial account: operate"
        ),
        "atm.va_client_wallet_address_inquiry": QT_TRANSLATE_NOOP(
            "permission", "Client wallet address: query"
        ),
        "atm.va_client_wallet_address_operation": QT_TRANSLATE_NOOP(
            "permission", "Client wallet address: operate"
        ),
        "atm.va_crypto_currency_deposit_application_inquiry": QT_TRANSLATE_NOOP(
            "permission", "Deposit application: query"
        ),
        "atm.va_crypto_currency_deposit_application_operation": QT_TRANSLATE_NOOP(
            "permission", "Deposit application: operate"
        ),
        "atm.va_coin_deposit_records_inquiry": QT_TRANSLATE_NOOP("permission", "Coin deposit records: query"),
        "atm.va_coin_deposit_records_operation": QT_TRANSLATE_NOOP(
            "permission", "Coin deposit records: operate"
        ),
        "atm.va_refund_of_coin_deposit_record": QT_TRANSLATE_NOOP(
            "permission", "Refund: request and execute"
        ),
        "atm.va_refund_approval": QT_TRANSLATE_NOOP("permission", "Refund: approve"),
        "sys.operator_admin": QT_TRANSLATE_NOOP("permission", "Operators and permissions"),
        "sys.audit_inquiry": QT_TRANSLATE_NOOP("permission", "Audit log"),
    },
)

permission_allows = Words(
    "permission_allows",
    {
        "atm.crypto_currency_inquiry": QT_TRANSLATE_NOOP(
            "permission_allows", "See cryptocurrencies and networks"
        ),
        "atm.crypto_currency_operation": QT_TRANSLATE_NOOP(
            "permission_allows", "Add and edit cryptocurrencies and networks"
        ),
        "atm.va_channel_custodial_account_inquiry": QT_TRANSLATE_NOOP(
            "permission_allows", "See custodial accounts"
        ),
        "atm.va_channel_custodial_account_operation": QT_TRANSLATE_NOOP(
            "permission_allows", "Import custodial accounts and delete unassigned ones"
        ),
        "atm.va_client_wallet_address_inquiry": QT_TRANSLATE_NOOP(
            "permission_allows", "See client wallet addresses"
        ),
        "atm.va_client_wallet_address_operation": QT_TRANSLATE_NOOP(
            "permission_allows", "Add, verify and delete client wallet addresses"
        ),
        "atm.va_crypto_currency_deposit_application_inquiry": QT_TRANSLATE_NOOP(
            "permission_allows", "See deposit applications"
        ),
        "atm.va_crypto_currency_deposit_application_operation": QT_TRANSLATE_NOOP(
            "permission_allows", "Delete deposit applications"
        ),
        "atm.va_coin_deposit_records_inquiry": QT_TRANSLATE_NOOP(
            "permission_allows", "See deposit records and refunds"
        ),
        "atm.va_coin_deposit_records_operation": QT_TRANSLATE_NOOP(
            "permission_allows", "Revoke, check again and accept deposit records"
        ),
        "atm.va_refund_of_coin_deposit_record": QT_TRANSLATE_NOOP(
            "permission_allows", "Request and execute refunds"
        ),
        "atm.va_refund_approval": QT_TRANSLATE_NOOP(
            "permission_allows", "Approve a refund that another operator requested"
        ),
        "sys.operator_admin": QT_TRANSLATE_NOOP(
            "permission_allows", "Create and disable operators, grant permissions; never moves money alone"
        ),
        "sys.audit_inquiry": QT_TRANSLATE_NOOP("permission_allows", "Read and verify the audit log"),
    },
)

object_kind = Words(
    "object_kind",
    {
        "deposit": QT_TRANSLATE_NOOP("object_kind", "Deposit record"),
        "deposit_record": QT_TRANSLATE_NOOP("object_kind", "Deposit record"),
        "deposit_application": QT_TRANSLATE_NOOP("object_kind", "Deposit application"),
        "application": QT_TRANSLATE_NOOP("object_kind", "Deposit application"),
        "refund": QT_TRANSLATE_NOOP("object_kind", "Refund"),
        "refund_approval": QT_TRANSLATE_NOOP("object_kind", "Approval of a refund"),
        "refund_attempt": QT_TRANSLATE_NOOP("object_kind", "Refund transaction"),
        "wallet": QT_TRANSLATE_NOOP("object_kind", "Wallet address"),
        "wallet_address": QT_TRANSLATE_NOOP("object_kind", "Wallet address"),
        "custodial_account": QT_TRANSLATE_NOOP("object_kind", "Custodial account"),
        "custodial_import": QT_TRANSLATE_NOOP("object_kind", "Import of custodial accounts"),
        "cryptocurrency": QT_TRANSLATE_NOOP("object_kind", "Cryptocurrency"),
        "network": QT_TRANSLATE_NOOP("object_kind", "Network"),
        "client": QT_TRANSLATE_NOOP("object_kind", "Client"),
        "operator": QT_TRANSLATE_NOOP("object_kind", "Operator"),
        "permission": QT_TRANSLATE_NOOP("object_kind", "Permission"),
        "permission_request": QT_TRANSLATE_NOOP("object_kind", "Permission request"),
        "operator_permission": QT_TRANSLATE_NOOP("object_kind", "Permission"),
        "policy": QT_TRANSLATE_NOOP("object_kind", "Rule of the desk"),
        "change_request": QT_TRANSLATE_NOOP("object_kind", "Permission request"),
        "permission_grant": QT_TRANSLATE_NOOP("object_kind", "Permission"),
        "chain_id": QT_TRANSLATE_NOOP("object_kind", "Chain id"),
        "contract": QT_TRANSLATE_NOOP("object_kind", "Token contract"),
        "micro_payment": QT_TRANSLATE_NOOP("object_kind", "Micro-payment"),
        "chain_transfer": QT_TRANSLATE_NOOP("object_kind", "Transfer on chain"),
        "transfer": QT_TRANSLATE_NOOP("object_kind", "Transfer on chain"),
        "hot_wallet": QT_TRANSLATE_NOOP("object_kind", "Hot wallet"),
        "hot_wallet_transaction": QT_TRANSLATE_NOOP("object_kind", "Transaction of the hot wallet"),
        "known_address": QT_TRANSLATE_NOOP("object_kind", "Known address"),
        "session": QT_TRANSLATE_NOOP("object_kind", "Login session"),
        "login": QT_TRANSLATE_NOOP("object_kind", "Login"),
        "function": QT_TRANSLATE_NOOP("object_kind", "Function"),
        "alarm": QT_TRANSLATE_NOOP("object_kind", "Alarm"),
        "block": QT_TRANSLATE_NOOP("object_kind", "Block"),
        "balance_difference": QT_TRANSLATE_NOOP("object_kind", "Difference of a balance"),
    },
)

method = Words(
    "method",
    {
        "micro_payment": QT_TRANSLATE_NOOP("method", "Micro-payment"),
        "message_signature": QT_TRANSLATE_NOOP("method", "Message signature"),
    },
)

receiver_risk = Words(
    "receiver_risk",
    {
        "known_address": QT_TRANSLATE_NOOP("receiver_risk", "Address of an exchange or the like"),
        "contract": QT_TRANSLATE_NOOP("receiver_risk", "Address of a contract"),
    },
)

wallet_rule = Words(
    "wallet_rule",
    {
        "once": QT_TRANSLATE_NOOP("wallet_rule", "Once per address"),
        "every_deposit": QT_TRANSLATE_NOOP("wallet_rule", "Every deposit"),
    },
)

finality = Words(
    "finality",
    {
        "confirmations": QT_TRANSLATE_NOOP("finality", "Number of confirmations"),
        "finalized": QT_TRANSLATE_NOOP("finality", "The network's finalized tag"),
    },
)

channel = Words(
    "channel",
    {
        "phone": QT_TRANSLATE_NOOP("channel", "Telephone"),
        "email": QT_TRANSLATE_NOOP("channel", "E-mail"),
        "app_message": QT_TRANSLATE_NOOP("channel", "Message in the trading app"),
        "branch": QT_TRANSLATE_NOOP("channel", "In person"),
        "letter": QT_TRANSLATE_NOOP("channel", "Letter"),
        "other": QT_TRANSLATE_NOOP("channel", "Other"),
    },
)

level = Words(
    "level",
    {
        "alert": QT_TRANSLATE_NOOP("level", "Low: top up"),
        "stop": QT_TRANSLATE_NOOP("level", "Stopped: too low to pay"),
    },
)

policy = Words(
    "policy",
    {
        "idle_lock_minutes": QT_TRANSLATE_NOOP("policy", "Lock the screen after idle minutes"),
        "session_hours": QT_TRANSLATE_NOOP("policy", "Longest session in hours"),
        "refund_approval_required": QT_TRANSLATE_NOOP("policy", "Refunds need a second person's approval"),
        "login_failures": QT_TRANSLATE_NOOP("policy", "Failed logins before the account is locked"),
        "login_lock_minutes": QT_TRANSLATE_NOOP("policy", "Minutes an account stays locked"),
        "micro_payment_hours": QT_TRANSLATE_NOOP("policy", "Hours a wallet verification stays open"),
        "one_time_password_hours": QT_TRANSLATE_NOOP("policy", "Hours a one-time password is valid"),
        "fresh_password_hours": QT_TRANSLATE_NOOP(
            "policy",
            "Hours in which a password that was issued anew still counts as the earlier administrator's",
        ),
        "transfer_gap_hours": QT_TRANSLATE_NOOP("policy", "Hours between request and transfer at most"),
        "wallet_cooling_off_hours": QT_TRANSLATE_NOOP(
            "policy", "Hours before a wallet added by the desk receives refunds"
        ),
    },
)

policy_explained = Words(
    "policy_explained",
    {
        "idle_lock_minutes": QT_TRANSLATE_NOOP(
            "policy_explained",
            "After so many minutes without a key or click the screen locks and asks for the password. "
            "Work underneath is kept.",
        ),
        "session_hours": QT_TRANSLATE_NOOP(
            "policy_explained", "After so many hours everybody logs in anew, however busy they are."
        ),
        "refund_approval_required": QT_TRANSLATE_NOOP(
            "policy_explained",
            "When on, nobody can refund alone: another operator has to approve before money leaves.",
        ),
        "login_failures": QT_TRANSLATE_NOOP(
            "policy_explained", "So many wrong passwords in a row lock the account for a while."
        ),
        "login_lock_minutes": QT_TRANSLATE_NOOP(
            "policy_explained", "How long a locked account waits until it can try again."
        ),
        "micro_payment_hours": QT_TRANSLATE_NOOP(
            "policy_explained", "The client's payment or signature has to arrive within so many hours."
        ),
        "one_time_password_hours": QT_TRANSLATE_NOOP(
            "policy_explained", "A password made by an administrator has to be replaced within so many hours."
        ),
        "fresh_password_hours": QT_TRANSLATE_NOOP(
            "policy_explained",
            "Logins whose passwords lead back to one administrator count as one person. When another administrator "
            "issues a password, its owner has so many hours to notice before the login counts as that administrator's.",
        ),
        "transfer_gap_hours": QT_TRANSLATE_NOOP(
            "policy_explained",
            "A transfer that came longer before or after its request than this makes the record "
            "abnormal, until an operator accepts it. 0 allows any time.",
        ),
        "wallet_cooling_off_hours": QT_TRANSLATE_NOOP(
            "policy_explained",
            "A wallet that an operator added, and not the client's own application, receives no refund for so many "
            "hours after it was verified. Deposits from it are credited at once. 0 switches this off.",
        ),
    },
)


audit_fault = Words(
    "audit_fault",
    {
        "entry_altered": QT_TRANSLATE_NOOP("audit_fault", "this entry or its seal was altered"),
        "entry_removed": QT_TRANSLATE_NOOP("audit_fault", "this entry was removed"),
        "entry_inserted": QT_TRANSLATE_NOOP("audit_fault", "this entry was put in afterwards"),
        "time_contradicts": QT_TRANSLATE_NOOP(
            "audit_fault", "the time of this entry contradicts the entries around it or its seal"
        ),
        "seal_missing": QT_TRANSLATE_NOOP("audit_fault", "a seal near this entry is missing"),
    },
)
