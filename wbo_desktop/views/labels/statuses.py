"""Statuses of deposits, refunds and wallets: the word, its meaning, and the next step.

Words follow the customer's guide; the sentences are ours.
"""

from __future__ import annotations

from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

deposit_status = Words(
    "deposit_status",
    {
        "pending_auth": QT_TRANSLATE_NOOP("deposit_status", "Wallet Auth Pending"),
        "processing": QT_TRANSLATE_NOOP("deposit_status", "Confirming"),
        "success": QT_TRANSLATE_NOOP("deposit_status", "Credited"),
        "abnormal": QT_TRANSLATE_NOOP("deposit_status", "Abnormal"),
        "cancelled": QT_TRANSLATE_NOOP("deposit_status", "Revoked"),
        "deleted": QT_TRANSLATE_NOOP("deposit_status", "Deleted"),
        "refunding": QT_TRANSLATE_NOOP("deposit_status", "Refunding"),
        "refunded": QT_TRANSLATE_NOOP("deposit_status", "Refunded"),
        "refund_failed": QT_TRANSLATE_NOOP("deposit_status", "Refund failed"),
    },
)

deposit_meaning = Words(
    "deposit_meaning",
    {
        "pending_auth": QT_TRANSLATE_NOOP(
            "deposit_meaning",
            "Received. The source wallet is not verified yet, or the transfer is not on chain yet.",
        ),
        "processing": QT_TRANSLATE_NOOP(
            "deposit_meaning", "The matching transfer is on chain and gathers confirmations."
        ),
        "success": QT_TRANSLATE_NOOP("deposit_meaning", "Final on chain and credited to the client."),
        "abnormal": QT_TRANSLATE_NOOP("deposit_meaning", "Something does not match; the reason is shown."),
        "cancelled": QT_TRANSLATE_NOOP("deposit_meaning", "Revoked by an operator. This is final."),
        "deleted": QT_TRANSLATE_NOOP("deposit_meaning", "Its application was deleted. This is final."),
        "refunding": QT_TRANSLATE_NOOP("deposit_meaning", "A refund of this deposit is under way."),
        "refunded": QT_TRANSLATE_NOOP("deposit_meaning", "The refund is final on chain."),
        "refund_failed": QT_TRANSLATE_NOOP("deposit_meaning", "The refund ended and no money moved."),
    },
)

deposit_next = Words(
    "deposit_next",
    {
        "pending_auth": QT_TRANSLATE_NOOP(
            "deposit_next",
            "Verify the source wallet if it is not verified, and ask the client for the TXID. "
            "Revoke only when nothing was sent.",
        ),
        "processing": QT_TRANSLATE_NOOP(
            "deposit_next", "Wait. It is credited by itself when the confirmations are complete."
        ),
        "success": QT_TRANSLATE_NOOP(
            "deposit_next", "Nothing is left to do. A refund can be requested if the client asks for one."
        ),
        "abnormal": QT_TRANSLATE_NOOP(
            "deposit_next",
            "Read the reason, clear it up with the client, then check again, accept or delete.",
        ),
        "cancelled": QT_TRANSLATE_NOOP(
            "deposit_next",
            "Nothing is left to do. The client submits a new request if they still want to deposit.",
        ),
        "deleted": QT_TRANSLATE_NOOP(
            "deposit_next",
            "Nothing is left to do here. A transfer that was attached is among the transfers without a "
            "request.",
        ),
        "refunding": QT_TRANSLATE_NOOP("deposit_next", "Open the refund and see who has to act next."),
        "refunded": QT_TRANSLATE_NOOP(
            "deposit_next", "Tell the client, and record on the refund how and when you did."
        ),
        "refund_failed": QT_TRANSLATE_NOOP(
            "deposit_next", "Open the refund, read why it failed, then request a new one."
        ),
    },
)

refund_status = Words(
    "refund_status",
    {
        "requested": QT_TRANSLATE_NOOP("refund_status", "Awaiting approval"),
        "approved": QT_TRANSLATE_NOOP("refund_status", "Approved"),
        "executing": QT_TRANSLATE_NOOP("refund_status", "Executing"),
        "signed": QT_TRANSLATE_NOOP("refund_status", "Signed"),
        "broadcast": QT_TRANSLATE_NOOP("refund_status", "Broadcast"),
        "confirming": QT_TRANSLATE_NOOP("refund_status", "Confirming"),
        "confirmed": QT_TRANSLATE_NOOP("refund_status", "Refunded"),
        "failed": QT_TRANSLATE_NOOP("refund_status", "Failed"),
        "rejected": QT_TRANSLATE_NOOP("refund_status", "Rejected"),
        "cancelled": QT_TRANSLATE_NOOP("refund_status", "Cancelled"),
    },
)

refund_next = Words(
    "refund_next",
    {
        "requested": QT_TRANSLATE_NOOP(
            "refund_next",
            "Another operator with the approval permission compares the whole content and approves.",
        ),
        "approved": QT_TRANSLATE_NOOP(
            "refund_next",
            "Execute the refund; your password is asked for again. Until then it can be cancelled.",
        ),
        "executing": QT_TRANSLATE_NOOP(
            "refund_next",
            "Wait. The sender takes it up within seconds; it can be cancelled until it is signed.",
        ),
        "signed": QT_TRANSLATE_NOOP(
            "refund_next", "Wait. The signed transaction is being sent to the network."
        ),
        "broadcast": QT_TRANSLATE_NOOP(
            "refund_next", "Wait for a block. If it takes long, the sender raises the fee by itself."
        ),
        "confirming": QT_TRANSLATE_NOOP(
            "refund_next", "Wait. It is final when the confirmations are complete."
        ),
        "confirmed": QT_TRANSLATE_NOOP(
            "refund_next", "Tell the client, then record here how and when you did (Client notified)."
        ),
        "failed": QT_TRANSLATE_NOOP(
            "refund_next",
            "No money moved. Read the cause, then request a new refund from the deposit record.",
        ),
        "rejected": QT_TRANSLATE_NOOP(
            "refund_next",
            "Read the remark of the approver. The deposit is credited again; a corrected refund can follow.",
        ),
        "cancelled": QT_TRANSLATE_NOOP(
            "refund_next",
            "Nothing is left to do. The deposit is credited again; a new refund can be requested.",
        ),
    },
)

wallet_status = Words(
    "wallet_status",
    {
        "unverified": QT_TRANSLATE_NOOP("wallet_status", "Unverified"),
        "verifying": QT_TRANSLATE_NOOP("wallet_status", "Verifying"),
        "verified": QT_TRANSLATE_NOOP("wallet_status", "Verified"),
        "deleted": QT_TRANSLATE_NOOP("wallet_status", "Deleted"),
    },
)

wallet_next = Words(
    "wallet_next",
    {
        "unverified": QT_TRANSLATE_NOOP(
            "wallet_next",
            "Start a micro-payment or a message signature with the client to verify the address.",
        ),
        "verifying": QT_TRANSLATE_NOOP(
            "wallet_next",
            "Wait for the client's payment or signature. A payment is recognised by itself.",
        ),
        "verified": QT_TRANSLATE_NOOP(
            "wallet_next", "Nothing is left to do. Deposits from here are credited, and refunds can go here."
        ),
        "deleted": QT_TRANSLATE_NOOP(
            "wallet_next", "Nothing is left to do. Add the address again if the client still uses it."
        ),
    },
)

attempt_state = Words(
    "attempt_state",
    {
        "signed": QT_TRANSLATE_NOOP("attempt_state", "Signed"),
        "broadcast": QT_TRANSLATE_NOOP("attempt_state", "Broadcast"),
        "mined": QT_TRANSLATE_NOOP("attempt_state", "In a block"),
        "reverted": QT_TRANSLATE_NOOP("attempt_state", "Failed on chain"),
    },
)

operator_status = Words(
    "operator_status",
    {
        "enabled": QT_TRANSLATE_NOOP("operator_status", "Enabled"),
        "disabled": QT_TRANSLATE_NOOP("operator_status", "Disabled"),
    },
)

request_state = Words(
    "request_state",
    {
        "waiting": QT_TRANSLATE_NOOP("request_state", "Waiting for a second administrator"),
        "granted": QT_TRANSLATE_NOOP("request_state", "Granted"),
        "refused": QT_TRANSLATE_NOOP("request_state", "Refused"),
        "withdrawn": QT_TRANSLATE_NOOP("request_state", "Withdrawn"),
    },
)

account_state = Words(
    "account_state",
    {
        "importing": QT_TRANSLATE_NOOP("account_state", "Import to be confirmed"),
        "deleting": QT_TRANSLATE_NOOP("account_state", "Deletion to be confirmed"),
        "free": QT_TRANSLATE_NOOP("account_state", "Free"),
        "assigned": QT_TRANSLATE_NOOP("account_state", "Assigned"),
        # states of a whole import
        "waiting": QT_TRANSLATE_NOOP("account_state", "Import to be confirmed"),
        "confirmed": QT_TRANSLATE_NOOP("account_state", "Confirmed"),
        "refused": QT_TRANSLATE_NOOP("account_state", "Refused"),
    },
)

account_next = Words(
    "account_next",
    {
        "importing": QT_TRANSLATE_NOOP(
            "account_next",
            "Another person compares the import with the custodian's list and confirms it. Until then the "
            "account is used for nothing.",
        ),
        "deleting": QT_TRANSLATE_NOOP(
            "account_next",
            "Another person confirms the deletion. Until then the account may be given to a client.",
        ),
        "free": QT_TRANSLATE_NOOP("account_next", "It is given to the next client who needs one."),
        "assigned": QT_TRANSLATE_NOOP("account_next", "It stays this client's."),
    },
)

sharing = Words(
    "sharing",
    {
        "waiting": QT_TRANSLATE_NOOP("sharing", "Waits for another person"),
        "allowed": QT_TRANSLATE_NOOP("sharing", "Allowed"),
    },
)
