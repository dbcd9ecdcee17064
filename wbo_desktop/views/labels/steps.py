"""The words for the next steps of a diagnosis. The texts for the client are in `client_messages`."""

from __future__ import annotations

from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

step = Words(
    "step",
    {
        "wait_for_chain": QT_TRANSLATE_NOOP("step", "Wait: the transfer may still be on its way to a block."),
        "wait_for_confirmations": QT_TRANSLATE_NOOP(
            "step", "Wait for the confirmations; it is credited by itself."
        ),
        "ask_for_txid": QT_TRANSLATE_NOOP("step", "Ask the client for the TXID."),
        "ask_to_check_txid": QT_TRANSLATE_NOOP(
            "step", "Ask the client to compare the TXID and the network with their wallet."
        ),
        "ask_to_submit_again": QT_TRANSLATE_NOOP(
            "step", "Ask the client to submit the application again, corrected."
        ),
        "ask_who_sent": QT_TRANSLATE_NOOP("step", "Ask the client whose address the coins came from."),
        "tell_to_ask_recipient": QT_TRANSLATE_NOOP(
            "step", "Tell the client to ask whoever owns the receiving address; it is not ours."
        ),
        "verify_wallet": QT_TRANSLATE_NOOP("step", "Verify the wallet with the client."),
        "add_wallet": QT_TRANSLATE_NOOP("step", "Add the wallet under Client Wallet Address."),
        "look_at_transfers": QT_TRANSLATE_NOOP("step", "Look through the transfers without a request."),
        "look_at_other_record": QT_TRANSLATE_NOOP("step", "Open the other record that has this transfer."),
        "look_at_account": QT_TRANSLATE_NOOP(
            "step", "Compare the receiving account with the client's custodial account."
        ),
        "look_at_nodes": QT_TRANSLATE_NOOP("step", "Have the administrator look at the network's nodes."),
        "accept": QT_TRANSLATE_NOOP("step", "Accept it with a remark, if it is right."),
        "recheck": QT_TRANSLATE_NOOP("step", "Check the record again once the cause is cleared up."),
        "revoke": QT_TRANSLATE_NOOP("step", "Revoke it, if nothing was sent."),
        "delete": QT_TRANSLATE_NOOP("step", "Delete the application, if it cannot be cleared up."),
        "raise_alarm": QT_TRANSLATE_NOOP("step", "Tell your supervisor now."),
        "look_at_refund": QT_TRANSLATE_NOOP("step", "Open the refund."),
    },
)
