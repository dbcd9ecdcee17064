"""What to tell the client when they ask where their deposit is: one text for each code of
`diagnosis.MESSAGES`.

To be shown in the client's language, which may not be the operator's: see `i18n.in_language`.
"""

from __future__ import annotations

from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

client_message = Words(
    "client",
    {
        "wallet_unverified": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit is waiting for your wallet {source} on {network} to be verified. We will "
            "contact you with the steps.",
        ),
        "transfer_not_seen": QT_TRANSLATE_NOOP(
            "client",
            "We have not seen your deposit of {claimed} {coin} on {network} to {target} yet. If you "
            "have sent it, please give us the TXID; if not, please send it to exactly this address.",
        ),
        "invalid_address": QT_TRANSLATE_NOOP(
            "client",
            "The wallet address in your application is not a valid address on {network}. Please check "
            "it and submit the application again.",
        ),
        "txid_not_found": QT_TRANSLATE_NOOP(
            "client",
            "{network} does not know the transaction {txid} that you gave us. Please copy the TXID from "
            "your wallet again, and check which network you used.",
        ),
        "wrong_network": QT_TRANSLATE_NOOP(
            "client",
            "Your transaction {txid} is on {found_network}, but your application names {network}. "
            "Please submit the application again with the right network; do not send again.",
        ),
        "wrong_contract": QT_TRANSLATE_NOOP(
            "client",
            "The token you sent on {network} is not the {coin} that we accept, though its name may be "
            "the same. It cannot be credited.",
        ),
        "not_our_address": QT_TRANSLATE_NOOP(
            "client",
            "Your transaction {txid} went to {found_target}, which is not one of our addresses. Please "
            "ask whoever gave you that address.",
        ),
        "transaction_failed": QT_TRANSLATE_NOOP(
            "client",
            "Your transaction {txid} failed on {network}; the coins are still in your wallet. Please "
            "send them again and submit a new application.",
        ),
        "no_transfer": QT_TRANSLATE_NOOP(
            "client",
            "Your transaction {txid} does not hold a transfer of {coin}. Please give us the TXID of the "
            "transfer itself.",
        ),
        "sender_not_verified": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit came from {found_source}, which is not verified for you yet. We will contact "
            "you to verify that it is your wallet.",
        ),
        "other_clients_account": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit did not go to the address that belongs to your account. We are looking into "
            "it and will contact you. Address in your application: {target}.",
        ),
        "below_minimum": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit of {found} {coin} is below the minimum of {minimum} {coin}. We will tell you "
            "how it is handled.",
        ),
        "amount_differs": QT_TRANSLATE_NOOP(
            "client",
            "We received {found} {coin}, and your application says {claimed} {coin}. Please confirm the "
            "amount you sent.",
        ),
        "split_payment": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit of {claimed} {coin} arrived in several transfers. Please submit one "
            "application for each of them.",
        ),
        "txid_already_used": QT_TRANSLATE_NOOP(
            "client",
            "The transaction {txid} has already been used for a deposit. If you have sent another one, "
            "please give us its TXID.",
        ),
        "reorganised": QT_TRANSLATE_NOOP(
            "client",
            "{network} has replaced the block that held your deposit. We are watching whether it is "
            "recorded again and will contact you.",
        ),
        "nodes_disagree": QT_TRANSLATE_NOOP(
            "client",
            "{network} is giving inconsistent answers at the moment, so your deposit takes longer. You "
            "do not have to do anything.",
        ),
        "late": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit of {found} {coin} arrived after the time allowed for it. We are checking it "
            "and will contact you.",
        ),
        "txid_pending": QT_TRANSLATE_NOOP(
            "client",
            "Your transaction {txid} has been sent and waits for a block of {network}. You do not have "
            "to do anything.",
        ),
        "confirming": QT_TRANSLATE_NOOP(
            "client",
            "Your deposit of {found} {coin} has arrived on {network} and is being confirmed. It will be "
            "credited by itself.",
        ),
        "credited": QT_TRANSLATE_NOOP(
            "client", "Your deposit of {found} {coin} has been credited to your account."
        ),
        "closed": QT_TRANSLATE_NOOP(
            "client",
            "Your application has been closed. Please submit a new one if you still want to deposit.",
        ),
        "refund": QT_TRANSLATE_NOOP(
            "client", "Your deposit is being refunded or has been refunded. We will contact you about it."
        ),
    },
)
