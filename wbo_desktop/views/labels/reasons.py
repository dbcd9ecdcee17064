"""The words for the reasons of a deposit: a short word for the chip, a sentence, the next step; and the names
of checks."""

from __future__ import annotations

from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

reason = Words(
    "reason",
    {
        "wallet_unverified": QT_TRANSLATE_NOOP("reason", "Wallet not verified"),
        "transfer_not_seen": QT_TRANSLATE_NOOP("reason", "Transfer not seen yet"),
        "invalid_address": QT_TRANSLATE_NOOP("reason", "Invalid address"),
        "txid_not_found": QT_TRANSLATE_NOOP("reason", "TXID not found"),
        "wrong_network": QT_TRANSLATE_NOOP("reason", "Wrong network"),
        "wrong_contract": QT_TRANSLATE_NOOP("reason", "Wrong token contract"),
        "not_our_address": QT_TRANSLATE_NOOP("reason", "Not our address"),
        "transaction_failed": QT_TRANSLATE_NOOP("reason", "Transaction failed"),
        "no_transfer": QT_TRANSLATE_NOOP("reason", "No transfer inside"),
        "sender_not_verified": QT_TRANSLATE_NOOP("reason", "Sender not verified"),
        "other_clients_account": QT_TRANSLATE_NOOP("reason", "Another client's account"),
        "below_minimum": QT_TRANSLATE_NOOP("reason", "Below minimum"),
        "amount_differs": QT_TRANSLATE_NOOP("reason", "Amount differs"),
        "split_payment": QT_TRANSLATE_NOOP("reason", "Paid in parts"),
        "txid_already_used": QT_TRANSLATE_NOOP("reason", "TXID already used"),
        "reorganised": QT_TRANSLATE_NOOP("reason", "Reverted by reorganisation"),
        "nodes_disagree": QT_TRANSLATE_NOOP("reason", "Nodes disagree"),
        "late": QT_TRANSLATE_NOOP("reason", "Arrived late"),
    },
)

on_chain = Words(
    "on_chain",
    {
        "reason": QT_TRANSLATE_NOOP("on_chain", "On chain, wallet not verified"),
        "sentence": QT_TRANSLATE_NOOP(
            "on_chain", "The transfer is on chain and waits for nothing but the wallet to be verified."
        ),
        "next": QT_TRANSLATE_NOOP(
            "on_chain",
            "Verify the wallet with the client and the record goes on by itself. It can no longer be revoked; "
            "deleting the application puts the coins among the transfers without a request.",
        ),
    },
)
"""The words for a record that waits for its wallet alone, in place of those of `wallet_unverified`."""

reason_sentence = Words(
    "reason_sentence",
    {
        "wallet_unverified": QT_TRANSLATE_NOOP(
            "reason_sentence", "The wallet the client sends from is not verified yet."
        ),
        "transfer_not_seen": QT_TRANSLATE_NOOP(
            "reason_sentence", "No matching transfer has been seen on chain yet."
        ),
        "invalid_address": QT_TRANSLATE_NOOP(
            "reason_sentence", "The source address in the application is not a valid address."
        ),
        "txid_not_found": QT_TRANSLATE_NOOP(
            "reason_sentence", "The network does not know the TXID the client gave."
        ),
        "wrong_network": QT_TRANSLATE_NOOP(
            "reason_sentence", "The transaction exists, but on another network than the application names."
        ),
        "wrong_contract": QT_TRANSLATE_NOOP(
            "reason_sentence",
            "The token that was sent is not the listed one, though its name may be the same.",
        ),
        "not_our_address": QT_TRANSLATE_NOOP(
            "reason_sentence", "The transfer went to an address that is not a custodial account of ours."
        ),
        "transaction_failed": QT_TRANSLATE_NOOP(
            "reason_sentence", "The transaction failed on chain; no coin moved."
        ),
        "no_transfer": QT_TRANSLATE_NOOP(
            "reason_sentence", "The transaction succeeded, but it holds no transfer of this coin."
        ),
        "sender_not_verified": QT_TRANSLATE_NOOP(
            "reason_sentence", "The coins came from an address that is not verified for this client."
        ),
        "other_clients_account": QT_TRANSLATE_NOOP(
            "reason_sentence", "The transfer went to the custodial account of another client."
        ),
        "below_minimum": QT_TRANSLATE_NOOP(
            "reason_sentence", "The amount on chain is below the minimum deposit of the coin."
        ),
        "amount_differs": QT_TRANSLATE_NOOP(
            "reason_sentence", "The amount on chain differs from the claim by more than the coin's tolerance."
        ),
        "split_payment": QT_TRANSLATE_NOOP(
            "reason_sentence", "The client paid in several transfers; no single one makes up the claim."
        ),
        "txid_already_used": QT_TRANSLATE_NOOP(
            "reason_sentence", "The same transfer already serves another record."
        ),
        "reorganised": QT_TRANSLATE_NOOP(
            "reason_sentence",
            "The network replaced the block that held the transfer; the coins are not there any more.",
        ),
        "nodes_disagree": QT_TRANSLATE_NOOP(
            "reason_sentence", "Our nodes give different answers about this transfer, so it is not credited."
        ),
        "late": QT_TRANSLATE_NOOP(
            "reason_sentence", "The transfer arrived after the time that the application allowed for."
        ),
    },
)

reason_next = Words(
    "reason_next",
    {
        "wallet_unverified": QT_TRANSLATE_NOOP(
            "reason_next",
            "Verify the wallet with the client under Client Wallet Address; the record goes on by itself.",
        ),
        "transfer_not_seen": QT_TRANSLATE_NOOP(
            "reason_next",
            "Wait, or ask the client for the TXID. Revoke when the client says nothing was sent.",
        ),
        "invalid_address": QT_TRANSLATE_NOOP(
            "reason_next",
            "Delete the application and ask the client to submit it again with the right address.",
        ),
        "txid_not_found": QT_TRANSLATE_NOOP(
            "reason_next",
            "Ask the client to copy the TXID from their wallet again and to name the network; then "
            "check again, or delete.",
        ),
        "wrong_network": QT_TRANSLATE_NOOP(
            "reason_next",
            "Tell the client which network the coins are on. Delete this application; a new one must "
            "name that network.",
        ),
        "wrong_contract": QT_TRANSLATE_NOOP(
            "reason_next",
            "Do not credit. Show the client the contract on chain and the listed one, then delete.",
        ),
        "not_our_address": QT_TRANSLATE_NOOP(
            "reason_next",
            "We cannot reach those coins. Show the client the target on chain beside our account, then "
            "delete.",
        ),
        "transaction_failed": QT_TRANSLATE_NOOP(
            "reason_next",
            "The coins are still in the client's wallet. Ask them to send again, then delete this one.",
        ),
        "no_transfer": QT_TRANSLATE_NOOP(
            "reason_next", "Ask the client for the TXID of the transfer itself, then check again or delete."
        ),
        "sender_not_verified": QT_TRANSLATE_NOOP(
            "reason_next",
            "Verify the sending address with the client under Client Wallet Address, then check again.",
        ),
        "other_clients_account": QT_TRANSLATE_NOOP(
            "reason_next",
            "Do not credit. Find out with both clients whose coins they are and tell your supervisor.",
        ),
        "below_minimum": QT_TRANSLATE_NOOP(
            "reason_next",
            "Accept with a remark if your supervisor agrees; otherwise tell the client the minimum.",
        ),
        "amount_differs": QT_TRANSLATE_NOOP(
            "reason_next",
            "Compare both amounts with the client. Accept what arrived, with a remark, or delete the "
            "application.",
        ),
        "split_payment": QT_TRANSLATE_NOOP(
            "reason_next",
            "Accept the transfer that belongs here, with a remark, and ask the client for one "
            "application a transfer.",
        ),
        "txid_already_used": QT_TRANSLATE_NOOP(
            "reason_next",
            "Open the other record with this TXID. Delete this application if it repeats that one.",
        ),
        "reorganised": QT_TRANSLATE_NOOP(
            "reason_next",
            "Check again once the network is calm. If the client was credited, tell your supervisor now.",
        ),
        "nodes_disagree": QT_TRANSLATE_NOOP(
            "reason_next",
            "Check again in some minutes. If it stays, tell the administrator which network it is.",
        ),
        "late": QT_TRANSLATE_NOOP(
            "reason_next", "Ask the client why it took so long, then accept with a remark or delete."
        ),
    },
)

check = Words(
    "check",
    {
        "existence": QT_TRANSLATE_NOOP("check", "Transfer"),
        "network": QT_TRANSLATE_NOOP("check", "Network"),
        "status": QT_TRANSLATE_NOOP("check", "Transaction result"),
        "token": QT_TRANSLATE_NOOP("check", "Token contract"),
        "target": QT_TRANSLATE_NOOP("check", "Receiving account"),
        "sender": QT_TRANSLATE_NOOP("check", "Sending address"),
        "wallet": QT_TRANSLATE_NOOP("check", "Verification of the sending wallet"),
        "amount": QT_TRANSLATE_NOOP("check", "Amount"),
        "minimum": QT_TRANSLATE_NOOP("check", "Minimum deposit"),
        "unused": QT_TRANSLATE_NOOP("check", "Used for one record only"),
        "timeliness": QT_TRANSLATE_NOOP("check", "Time of arrival"),
    },
)

note = Words(
    "note",
    {
        "in_mempool": QT_TRANSLATE_NOOP("note", "Sent, but not in a block yet"),
        "orphaned": QT_TRANSLATE_NOOP("note", "Its block was replaced by a reorganisation"),
        "several_candidates": QT_TRANSLATE_NOOP("note", "Several transfers could be meant; the TXID decides"),
        "found_by_account": QT_TRANSLATE_NOOP("note", "Found by its account, without a TXID"),
        "zero_value": QT_TRANSLATE_NOOP("note", "A transfer of nothing, as fraudsters send"),
        "other_account_of_client": QT_TRANSLATE_NOOP("note", "Another custodial account of the same client"),
        "unassigned_account": QT_TRANSLATE_NOOP("note", "A custodial account that is assigned to nobody"),
        "other_wallet_of_client": QT_TRANSLATE_NOOP("note", "Another wallet of the same client"),
        "wallet_of_other_client": QT_TRANSLATE_NOOP("note", "A wallet of another client"),
        "wallet_unknown": QT_TRANSLATE_NOOP("note", "Nobody has added this wallet yet"),
        "wallet_deleted": QT_TRANSLATE_NOOP("note", "This wallet was deleted"),
        "verified_before_request": QT_TRANSLATE_NOOP(
            "note", "Verified before this request; the coin wants it verified for every deposit"
        ),
        "accepted": QT_TRANSLATE_NOOP("note", "Accepted by an operator"),
        "less_than_claimed": QT_TRANSLATE_NOOP("note", "Less than claimed; what arrived is credited"),
        "more_than_claimed": QT_TRANSLATE_NOOP("note", "More than claimed"),
    },
)

failure = Words(
    "failure",
    {
        "expired": QT_TRANSLATE_NOOP("failure", "Nothing arrived in time. Start the verification again."),
        "signature_wrong": QT_TRANSLATE_NOOP(
            "failure",
            "The signature was not made by this address. Ask the client to sign the text again, unchanged.",
        ),
        "not_signed_by_wallet": QT_TRANSLATE_NOOP(
            "failure",
            "The amount arrived, but another address signed the transaction. That proves nothing about "
            "this wallet: let the client pay it from the wallet itself, or sign a message (wallets that "
            "are contracts can only sign).",
        ),
        "wallet_of_other_client": QT_TRANSLATE_NOOP(
            "failure", "The address is verified for another client. Allow sharing first, if that is right."
        ),
        "reorganised": QT_TRANSLATE_NOOP(
            "failure", "The block of the payment was replaced by a reorganisation. It is waited for again."
        ),
        "transaction_reverted": QT_TRANSLATE_NOOP(
            "failure", "The transaction failed on chain; no coin moved."
        ),
        "nonce_used_by_other": QT_TRANSLATE_NOOP(
            "failure",
            "Another transaction of the hot wallet took this one's place; this refund did not move any coin.",
        ),
        # why a refund waits, or what a rule said when it was to be signed
        "intent_mismatch": QT_TRANSLATE_NOOP(
            "failure",
            "What was to be signed is not what was approved. Nothing was signed. Tell the "
            "administrator at once.",
        ),
        "hot_wallet_balance": QT_TRANSLATE_NOOP(
            "failure",
            "The hot wallet has too little of this coin, or would fall below its stop level. It is "
            "paid once the wallet is topped up.",
        ),
        "gas_balance": QT_TRANSLATE_NOOP(
            "failure",
            "The hot wallet cannot pay the network's fee. It is sent once the wallet is topped up with "
            "the network's own coin.",
        ),
        "fees_above_cap": QT_TRANSLATE_NOOP(
            "failure",
            "The network asks for higher fees than the limit allows. It is sent when they fall.",
        ),
        "would_revert": QT_TRANSLATE_NOOP(
            "failure",
            "The node says that this transfer would fail now. Nothing was signed; it is tried again.",
        ),
        "token_returns_false": QT_TRANSLATE_NOOP(
            "failure",
            "The token refuses this transfer. Nothing was signed; it is tried again.",
        ),
        "token_missing": QT_TRANSLATE_NOOP(
            "failure",
            "There is no contract at the token's address. Nothing was signed. Have the administrator "
            "check the coin.",
        ),
        "too_much_gas": QT_TRANSLATE_NOOP(
            "failure",
            "The transfer wants more gas than any honest one. Nothing was signed. Have the "
            "administrator check the coin and the address.",
        ),
        "address_became_contract": QT_TRANSLATE_NOOP(
            "failure",
            "A contract was found at the refund address, and nobody was warned of it. Nothing was "
            "signed. Cancel this refund, ask the client, then request it again.",
        ),
        "signer_refused": QT_TRANSLATE_NOOP(
            "failure",
            "The signer did not sign. It is asked again; tell the administrator if this stays.",
        ),
        "signed_otherwise": QT_TRANSLATE_NOOP(
            "failure",
            "The signer signed something else. Nothing of it was kept or sent. Tell the administrator "
            "at once.",
        ),
        "node_refuses": QT_TRANSLATE_NOOP(
            "failure",
            "Signed, but no node takes it now. The same transaction is offered again and again.",
        ),
        "transfer_not_seen_on_chain": QT_TRANSLATE_NOOP(
            "failure",
            "The transaction succeeded, but the token shows no transfer. Whether money moved has to be "
            "found out; no other refund is possible until then.",
        ),
        "paid_by_unknown": QT_TRANSLATE_NOOP(
            "failure",
            "A transaction that this database does not know paid this refund. The administrator has to "
            "reconcile the hot wallet.",
        ),
        "nodes_disagree": QT_TRANSLATE_NOOP(
            "failure",
            "The nodes contradict one another about this transaction. Nothing is settled until enough "
            "of them agree.",
        ),
        "wallet_cooling_off": QT_TRANSLATE_NOOP(
            "failure",
            "The wallet was verified only recently and is still cooling off. It is signed afterwards.",
        ),
        "refund_address_not_verified": QT_TRANSLATE_NOOP(
            "failure",
            "The refund address is not a verified wallet of the client any more. Cancel this refund "
            "and request it again.",
        ),
        "invariant_broken": QT_TRANSLATE_NOOP(
            "failure",
            "The database refused the signature, because something that the refund rests on has "
            "changed. Cancel it, or tell the administrator.",
        ),
    },
)

wallet_stop = Words(
    "wallet_stop",
    {
        "reconciliation_needed": QT_TRANSLATE_NOOP(
            "wallet_stop",
            "the database may not know everything that was sent",
        ),
        "unknown_transaction": QT_TRANSLATE_NOOP(
            "wallet_stop",
            "the hot wallet sent something that was not signed here",
        ),
        "stored_bytes_altered": QT_TRANSLATE_NOOP(
            "wallet_stop",
            "a stored transaction is not what was approved",
        ),
        "settled_refund_reorganised": QT_TRANSLATE_NOOP(
            "wallet_stop",
            "the block that proved a refund's failure is gone",
        ),
        "other_hot_wallet": QT_TRANSLATE_NOOP(
            "wallet_stop",
            "the signer's address is not this network's hot wallet",
        ),
    },
)
