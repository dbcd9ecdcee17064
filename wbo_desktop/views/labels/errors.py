"""The sentence for every code of `domain.errors.CATALOGUE`: what was refused, and what to do about it.

Sentences about one field do not name it, since they are shown beside it; `sentence` puts the field's name in
front where they are shown alone.
"""

from __future__ import annotations

from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

error = Words(
    "error",
    {
        # input that cannot be read
        "address_malformed": QT_TRANSLATE_NOOP(
            "error", "“{value}” is not an address: 0x and 40 hexadecimal digits. Copy it whole."
        ),
        "address_checksum": QT_TRANSLATE_NOOP(
            "error",
            "A character of {value} is wrong: its capital letters do not fit. Copy the address again.",
        ),
        "txid_malformed": QT_TRANSLATE_NOOP(
            "error", "“{value}” is not a TXID: 0x and 64 hexadecimal digits. Copy it whole."
        ),
        "amount_malformed": QT_TRANSLATE_NOOP(
            "error", "“{value}” is not an amount. Write digits, with a point before the decimals."
        ),
        "amount_not_positive": QT_TRANSLATE_NOOP("error", "The amount has to be more than zero."),
        "amount_too_precise": QT_TRANSLATE_NOOP(
            "error", "{value} has more decimals than the coin, which has {decimals}. Shorten it."
        ),
        "amount_too_large": QT_TRANSLATE_NOOP(
            "error", "{value} is more than any chain can hold. Check the digits."
        ),
        "value_missing": QT_TRANSLATE_NOOP("error", "This cannot be left empty."),
        "value_too_long": QT_TRANSLATE_NOOP("error", "At most {limit} characters. Shorten it."),
        "value_invalid": QT_TRANSLATE_NOOP(
            "error", "“{value}” cannot be used here. Check it and try another."
        ),
        "remark_blank": QT_TRANSLATE_NOOP("error", "Write why. Spaces alone do not count."),
        # things that are not there, or moved meanwhile
        "unknown_object": QT_TRANSLATE_NOOP(
            "error",
            "{object} {id} does not exist, or you may not see it. Check the number or load the page again.",
        ),
        "moved_meanwhile": QT_TRANSLATE_NOOP(
            "error",
            "{object} {id} changed while you looked at it (status now: {status}). Nothing was done. "
            "Reload and decide anew.",
        ),
        "already_exists": QT_TRANSLATE_NOOP(
            "error", "{object} {id} exists already. Open that one instead of adding it again."
        ),
        # who may
        "permission_denied": QT_TRANSLATE_NOOP(
            "error", "This needs the permission “{permission}”. The administrator grants it."
        ),
        "operator_disabled": QT_TRANSLATE_NOOP(
            "error", "The account {login} is disabled. An administrator can enable it again."
        ),
        "not_an_operator": QT_TRANSLATE_NOOP(
            "error", "{login} is not an operator of this desk. Check the login or ask the administrator."
        ),
        "password_change_required": QT_TRANSLATE_NOOP(
            "error", "Your password was given to you for one login only. Set your own first."
        ),
        "password_unconfirmed": QT_TRANSLATE_NOOP(
            "error",
            "The password of {login} was changed outside WBO Desktop, so this login only looks. Tell an administrator, "
            "who confirms it under Operators & Permissions.",
        ),
        "step_up_required": QT_TRANSLATE_NOOP(
            "error", "Type your password again: this act wants a login younger than {seconds} seconds."
        ),
        # deposits
        "status_forbids": QT_TRANSLATE_NOOP(
            "error", "{object} {id} is “{status}” now, so “{wanted}” is not possible. Reload to see what is."
        ),
        "serial_reused": QT_TRANSLATE_NOOP(
            "error",
            "The external serial number {external_serial} was used before with other content. "
            "The client side has to send a new one.",
        ),
        "txid_already_attached": QT_TRANSLATE_NOOP(
            "error",
            "Application {external_serial} already has the TXID {txid}, which cannot be replaced. "
            "Delete the application if the TXID is wrong.",
        ),
        "deposit_disabled": QT_TRANSLATE_NOOP(
            "error",
            "Deposits of {coin} on {network} are switched off. They are switched on under Cryptocurrency.",
        ),
        "no_custodial_account": QT_TRANSLATE_NOOP(
            "error", "No custodial account is free on {network}. Import some under Channel Custodial Account."
        ),
        "fault_not_acceptable": QT_TRANSLATE_NOOP(
            "error",
            "“{reason}” cannot be accepted by an operator. Clear up the cause and check again, or "
            "delete the application.",
        ),
        "transfer_on_chain": QT_TRANSLATE_NOOP(
            "error",
            "{amount} {coin} of it is on chain already (TXID {txid}, confirmations: {confirmations}), so it "
            "cannot be revoked. Verify the wallet and it goes on by itself; or delete the application, which "
            "puts the coins among the transfers without a request.",
        ),
        "refund_in_progress": QT_TRANSLATE_NOOP(
            "error", "{record_no} already has the refund {refund_no} under way. Follow that one."
        ),
        # refunds
        "refund_exceeds_credited": QT_TRANSLATE_NOOP(
            "error", "{amount} is more than was credited. Enter {limit} or less."
        ),
        "refund_below_one": QT_TRANSLATE_NOOP(
            "error", "{amount} is less than the smallest unit of the coin. Enter more."
        ),
        "refund_address_not_verified": QT_TRANSLATE_NOOP(
            "error",
            "{address} is not verified for this client (status: {status}). Verify it first, or choose "
            "another.",
        ),
        "refund_address_other_client": QT_TRANSLATE_NOOP(
            "error",
            "{address} is verified for another client. Choose a wallet of the client of this deposit.",
        ),
        "refund_address_other_network": QT_TRANSLATE_NOOP(
            "error",
            "{address} is verified on {network}, not on the deposit's network. "
            "A refund goes back on the network it came from.",
        ),
        "refund_address_unknown": QT_TRANSLATE_NOOP(
            "error",
            "{address} is not a wallet of this client. Add and verify it under Client Wallet Address first.",
        ),
        "receiver_not_acknowledged": QT_TRANSLATE_NOOP(
            "error",
            "Coins sent to {address} may never reach the client ({risk}). Check with the client, tick that you "
            "did, and request the refund again.",
        ),
        "adjust_reason_missing": QT_TRANSLATE_NOOP(
            "error", "{amount} is less than the {limit} credited. Write why the amount is lowered."
        ),
        "approver_is_requester": QT_TRANSLATE_NOOP(
            "error", "{login} requested this refund. Another operator has to approve it."
        ),
        "already_approved": QT_TRANSLATE_NOOP(
            "error", "{login} has approved this already. The next approval has to come from somebody else."
        ),
        "same_hand": QT_TRANSLATE_NOOP(
            "error",
            "{login} and {other} count as one person: the passwords of both lead back to {common}. "
            "Somebody else has to do this, or the password of one of them is issued by another administrator.",
        ),
        "wallet_cooling_off": QT_TRANSLATE_NOOP(
            "error", "{address} was verified only recently. Refunds to it are possible from {until}."
        ),
        "daily_limit_exceeded": QT_TRANSLATE_NOOP(
            "error",
            "{amount} would exceed today's limit for {coin}: {used} of {limit} are used. "
            "Wait until tomorrow or ask for a higher limit.",
        ),
        "hot_wallet_balance": QT_TRANSLATE_NOOP(
            "error",
            "The hot wallet has {available} {coin} and this needs {needed}. Have it topped up, then try "
            "again.",
        ),
        "hot_wallet_gas": QT_TRANSLATE_NOOP(
            "error",
            "The hot wallet has {available} for network fees on {network}, and sending this now may need "
            "{needed}. Have it topped up, then try again.",
        ),
        "hot_wallet_stopped": QT_TRANSLATE_NOOP(
            "error", "Payments on {network} are stopped: {reason}. The administrator has to release them."
        ),
        "hot_wallet_missing": QT_TRANSLATE_NOOP(
            "error", "No hot wallet is set up for {network}. The administrator has to set one up."
        ),
        "network_halted": QT_TRANSLATE_NOOP(
            "error",
            "{network} is halted, so nothing is paid on it. The notice at the top says why; when the administrator has "
            "found out and lifted the alarm, refunds go on.",
        ),
        "intent_mismatch": QT_TRANSLATE_NOOP(
            "error",
            "The content of {refund_no} does not match its fingerprint. "
            "Approve and execute nothing, and tell the administrator at once.",
        ),
        "already_signed": QT_TRANSLATE_NOOP(
            "error",
            "{refund_no} is signed and may be on its way; it can no longer be cancelled. Follow it instead.",
        ),
        # wallets and custodial accounts
        "wallet_of_other_client": QT_TRANSLATE_NOOP(
            "error",
            "{address} is verified for client {client_no}. If both clients really share it, allow that "
            "first, with a remark.",
        ),
        "wallet_in_use": QT_TRANSLATE_NOOP(
            "error", "Refund {refund_no} goes to {address}. Wait until it is finished, or cancel it first."
        ),
        "wallet_deleted": QT_TRANSLATE_NOOP(
            "error", "{address} was deleted. Add it again if the client still uses it."
        ),
        "wallet_of_own_hand": QT_TRANSLATE_NOOP(
            "error",
            "{address} was added, or its proof was begun, by {common}, who counts as one person with {login}. "
            "Where no approval is needed, somebody else has to request a refund to it.",
        ),
        "already_asked": QT_TRANSLATE_NOOP(
            "error", "{login} has asked for this already. Another person has to agree to it, or refuse it."
        ),
        "asked_by_own_hand": QT_TRANSLATE_NOOP(
            "error",
            "{login} asked for this and counts as one person with you. Somebody whose password came from "
            "another administrator has to decide.",
        ),
        "account_assigned": QT_TRANSLATE_NOOP(
            "error",
            "{address} is assigned to client {client_no} and stays theirs. Only unassigned accounts can "
            "be deleted.",
        ),
        "verification_target_missing": QT_TRANSLATE_NOOP(
            "error",
            "Client {client_no} has no custodial account on {network} to pay to. "
            "Import some under Channel Custodial Account.",
        ),
        # operators
        "own_permission": QT_TRANSLATE_NOOP(
            "error", "You cannot give yourself “{permission}”. Ask another administrator."
        ),
        "last_other_hand": QT_TRANSLATE_NOOP(
            "error",
            "{login} is the only administrator who is independent of the others; without them nothing could be "
            "agreed to any more. Ask the database's owner for another administrator first.",
        ),
        "last_administrator": QT_TRANSLATE_NOOP(
            "error", "{login} is the last administrator. Make another operator administrator first."
        ),
        "login_taken": QT_TRANSLATE_NOOP("error", "The login {login} is taken. Choose another."),
        "verifier_malformed": QT_TRANSLATE_NOOP(
            "error",
            "The password did not arrive in the form the server wants. Try again; if it stays, update "
            "WBO Desktop.",
        ),
        "password_unchanged": QT_TRANSLATE_NOOP("error", "The new password is the old one. Choose another."),
        "password_too_short": QT_TRANSLATE_NOOP(
            "error", "At least {minimum} characters. A sentence of several words is easy to remember."
        ),
        "password_common": QT_TRANSLATE_NOOP(
            "error",
            "Too many people use a password like this. Choose several words that do not belong together.",
        ),
        "password_contains_login": QT_TRANSLATE_NOOP("error", "Leave your login out of the password."),
        "second_administrator_needed": QT_TRANSLATE_NOOP(
            "error",
            "Request {id} is yours, or about your own login. Another administrator decides it, under Permission "
            "Requests.",
        ),
        "agreement_needed": QT_TRANSLATE_NOOP(
            "error",
            "{id} would be weaker, or a new way for money: this waits for an administrator of another hand.",
        ),
        "request_waits": QT_TRANSLATE_NOOP(
            "error",
            "{login} has asked for a change of {id} that is not decided yet. Decide it under Permission Requests "
            "first.",
        ),
        "not_your_request": QT_TRANSLATE_NOOP(
            "error", "This was asked for by {login}. Refuse it instead of withdrawing it."
        ),
        # workers
        "lease_lost": QT_TRANSLATE_NOOP(
            "error",
            "Another worker has taken over {network} (term {epoch}). This one steps back; nothing needs "
            "doing.",
        ),
        "checkpoint_moved": QT_TRANSLATE_NOOP(
            "error",
            "{network} was expected at block {expected} and is at {actual}. The worker reads it again "
            "by itself.",
        ),
        "parent_mismatch": QT_TRANSLATE_NOOP(
            "error",
            "{network} was reorganised at block {number}. The worker goes back and reads it again by itself.",
        ),
        "finality_violated": QT_TRANSLATE_NOOP(
            "error",
            "{network} replaced block {number}, which was final. Tell the administrator at once.",
        ),
        "nonce_conflict": QT_TRANSLATE_NOOP(
            "error",
            "{sender} on {network} is at nonce {actual}, not {expected}: somebody else uses this wallet. "
            "Sending has stopped; tell the administrator.",
        ),
        "reconciliation_needed": QT_TRANSLATE_NOOP(
            "error",
            "{sender} on {network} has sent up to nonce {actual}, and the database knows {expected}. "
            "Sending has stopped until the administrator has reconciled both.",
        ),
        "invariant_broken": QT_TRANSLATE_NOOP(
            "error",
            "The database refused an impossible change ({rule}). Nothing was done; tell the administrator.",
        ),
        # the environment
        "login_failed": QT_TRANSLATE_NOOP(
            "error", "Login or password is wrong. Check both, and the caps lock key."
        ),
        "password_wrong": QT_TRANSLATE_NOOP(
            "error",
            "The password is wrong, or your login was locked meanwhile. Check the caps lock key, or ask the "
            "administrator.",
        ),
        "login_locked": QT_TRANSLATE_NOOP(
            "error",
            "Too many failed attempts. Try again after {until}, or ask the administrator for a new password.",
        ),
        "database_unreachable": QT_TRANSLATE_NOOP(
            "error",
            "The server cannot be reached. Nothing was changed. Check the network; you can try again at "
            "any time.",
        ),
        "login_not_permitted": QT_TRANSLATE_NOOP(
            "error",
            "The login {login} may not open a session now: it is disabled, or was not released yet. An administrator "
            "sees why under Operators & Permissions.",
        ),
        "workstation_not_admitted": QT_TRANSLATE_NOOP(
            "error",
            "{server} admits no login from this workstation. The administrator adds it to the server's pg_hba.conf.",
        ),
        "database_starting": QT_TRANSLATE_NOOP(
            "error",
            "The database is starting, recovering or being shut down. Nothing was changed. Wait a moment; it is tried "
            "again by itself.",
        ),
        "database_full": QT_TRANSLATE_NOOP(
            "error",
            "The server has no more room or connections for this login now. Nothing was changed. Close other desktops of "
            "this login, or ask the administrator.",
        ),
        "database_read_only": QT_TRANSLATE_NOOP(
            "error",
            "{server} can only be read now: a copy, or on its way to take over. Nothing was changed. Wait a moment, or ask "
            "the administrator.",
        ),
        "database_missing": QT_TRANSLATE_NOOP(
            "error",
            "There is no database {database} on {server}. The administrator corrects db_name in the settings.",
        ),
        "connection_refused": QT_TRANSLATE_NOOP(
            "error",
            "{server} refused the connection (SQLSTATE {state}). Tell the administrator this number.",
        ),
        "outcome_unknown": QT_TRANSLATE_NOOP(
            "error",
            "The connection broke while this was being done. Whether it was done is not known: look at the record before "
            "you do it again.",
        ),
        "statement_timed_out": QT_TRANSLATE_NOOP(
            "error",
            "The database took too long, so this was given up. Nothing was changed. Try again; narrow the filter if it "
            "was a list.",
        ),
        "busy_elsewhere": QT_TRANSLATE_NOOP(
            "error",
            "Somebody else is working on the same thing at this moment. Nothing was changed. Try again in a moment.",
        ),
        "tls_missing": QT_TRANSLATE_NOOP(
            "error",
            "{server} offers no encryption (TLS), so nothing was sent. The administrator switches it on, or finds out who "
            "is in between.",
        ),
        "tls_wrong_name": QT_TRANSLATE_NOOP(
            "error",
            "The certificate of {server} is for another name, so nothing was sent. The administrator compares db_host with "
            "the certificate.",
        ),
        "tls_expired": QT_TRANSLATE_NOOP(
            "error",
            "The certificate of {server} has expired or is not valid yet, so nothing was sent. The administrator renews it; "
            "check the date of this workstation too.",
        ),
        "tls_untrusted": QT_TRANSLATE_NOOP(
            "error",
            "The certificate of {server} is from an authority that this workstation does not trust, so nothing was sent. "
            "The administrator corrects db_sslrootcert, or finds out who is in between.",
        ),
        "tls_failed": QT_TRANSLATE_NOOP(
            "error",
            "No encrypted connection to {server} could be agreed on, so nothing was sent. The administrator looks at the "
            "server's TLS settings.",
        ),
        "tls_authority_unreadable": QT_TRANSLATE_NOOP(
            "error",
            "The file of trusted authorities {path} cannot be read, so nothing was sent. The administrator corrects "
            "db_sslrootcert.",
        ),
        "scram_missing": QT_TRANSLATE_NOOP(
            "error",
            "{server} wants the password in a form that others could read, so it was not sent. The administrator sets "
            "scram-sha-256 in pg_hba.conf.",
        ),
        "server_not_genuine": QT_TRANSLATE_NOOP(
            "error",
            "{server} could not prove to be the desk's own server: somebody may be in between. The password was not given "
            "away. Tell the administrator at once.",
        ),
        "database_outdated": QT_TRANSLATE_NOOP(
            "error",
            "The database is older than this program: {name} has not run there. "
            "The administrator runs wbo-desktop db upgrade, or you go on with the older program.",
        ),
        "database_foreign": QT_TRANSLATE_NOOP(
            "error",
            "The database is newer than this program, or was changed by another one: {name} is not what this program knows. "
            "Install the program that the administrator upgraded it with.",
        ),
        "transport_insecure": QT_TRANSLATE_NOOP(
            "error",
            "The connection to {server} would not be encrypted and checked, so it was not made. "
            "The administrator has to set up its certificate.",
        ),
        "session_expired": QT_TRANSLATE_NOOP(
            "error", "Your session has ended. Log in again; nothing you did is lost."
        ),
        "screen_locked": QT_TRANSLATE_NOOP(
            "error", "The screen is locked, so nothing was done. Unlock it and try again."
        ),
    },
)

moved_meanwhile_plainly = Words(
    "error",
    {
        "moved_meanwhile": QT_TRANSLATE_NOOP(
            "error",
            "{object} {id} changed while you looked at it. Nothing was done. Reload and decide anew.",
        ),
    },
)
"""The sentence of `moved_meanwhile` for objects without a status."""
