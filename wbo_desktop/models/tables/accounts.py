"""Addresses: clients' wallets and the accounts at custodians."""

from __future__ import annotations

from wbo_desktop.domain.wallet import WalletStatus
from wbo_desktop.models.tables.base import Paging, View, integer, json, moment, number, text, yes_no
from wbo_desktop.models.tables.keys import CLIENT, Keys


class WalletAddress(View):
    """A client's wallet and its verification."""

    wallet_id = integer()
    client_no = text()
    client_name = text()
    client_name_zh_hk = text(null=True)
    client_name_zh_cn = text(null=True)
    network = text()
    address = text()
    status = text()
    method = text(null=True)
    challenge = text(null=True)
    signature = text(null=True)
    micro_coin = text(null=True)
    micro_amount = number(null=True)
    micro_target = text(null=True)
    micro_expires_at = moment(null=True)
    micro_txid = text(null=True)
    micro_confirmations = integer(null=True)
    micro_required = integer(null=True)
    evidence = json(null=True)
    failure = text(null=True)
    remark = text(null=True)
    created_at = moment()
    created_by = text()
    verified_at = moment(null=True)
    verified_by = text(null=True)
    deleted_at = moment(null=True)
    deleted_by = text(null=True)
    delete_remark = text(null=True)
    other_client_no = text(null=True)
    shared_override = yes_no()
    version = integer()
    updated_at = moment()
    is_contract = yes_no(null=True)
    known_as = text(null=True)
    added_by_desk = yes_no()
    begun_by = text(null=True)
    cools_until = moment(null=True)
    shared_with = text(null=True)
    shared_asked_by = text(null=True)
    shared_asked_at = moment(null=True)
    shared_asked_with = text(null=True)
    shared_asked_remark = text(null=True)
    shared_agreed_by = text(null=True)
    shared_agreed_at = moment(null=True)
    sharing = text(null=True)
    asked_by_own_hand = yes_no(null=True)

    paging = Paging(
        key=(wallet_id,),
        order=created_at,
        keys=Keys(
            "wallet_key",
            wallet_id,
            (wallet_id, created_at, status, client_no, network, address),
            ((client_no, CLIENT),),
            (("network", status, WalletStatus),),
        ),
    )


class WalletRequest(View):
    """Sharing of a wallet that waits for an operator of another hand."""

    wallet_id = integer()
    asked_by = text()
    asked_at = moment()
    asked_by_own_hand = yes_no()

    paging = Paging(key=(wallet_id,), order=asked_at)


class CustodialAccount(View):
    """A custodial account that a client pays to, or that is free."""

    account_id = integer()
    channel = text()
    network = text()
    address = text()
    client_no = text(null=True)
    client_name = text(null=True)
    client_name_zh_hk = text(null=True)
    client_name_zh_cn = text(null=True)
    assigned_at = moment(null=True)
    created_at = moment()
    version = integer()
    state = text()
    import_id = integer(null=True)
    imported_by = text(null=True)
    imported_at = moment(null=True)
    confirmed_by = text(null=True)
    confirmed_at = moment(null=True)
    delete_asked_by = text(null=True)
    delete_asked_at = moment(null=True)
    delete_asked_remark = text(null=True)
    asked_by_own_hand = yes_no(null=True)

    paging = Paging(
        key=(account_id,),
        order=created_at,
        keys=Keys("custodial_key", account_id, (account_id, created_at, network, client_no, address)),
    )


class CustodialRequest(View):
    """Imports and deletions of accounts that wait for an operator of another hand."""

    request = text()
    asked_by = text()
    asked_at = moment()
    asked_by_own_hand = yes_no()

    paging = Paging(key=(request,), order=asked_at)
