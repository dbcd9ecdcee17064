"""Refunds: the intent, its transactions, where they may go, and the wallets that pay."""

from __future__ import annotations

from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.models.tables.base import Paging, View, integer, json, moment, number, text, texts, yes_no
from wbo_desktop.models.tables.keys import CLIENT, COIN, Keys


class Refund(View):
    """A refund, from the request to its final block."""

    refund_no = text()
    record_no = text()
    client_no = text()
    client_name = text()
    client_name_zh_hk = text(null=True)
    client_name_zh_cn = text(null=True)
    client_language = text()
    coin = text()
    network = text()
    chain_id = integer()
    token = text(null=True)
    decimals = integer()
    status = text()
    amount = number()
    amount_base = number()
    credited_amount = number(null=True)
    address = text()
    wallet_id = integer()
    wallet_method = text(null=True)
    wallet_verified_at = moment(null=True)
    adjust_reason = text(null=True)
    remark = text()
    intent = text()
    intent_hash = text()
    approvals_needed = integer()
    approvals = json()
    requested_by = text()
    requested_at = moment()
    approved_by = text(null=True)
    approved_at = moment(null=True)
    executed_by = text(null=True)
    executed_at = moment(null=True)
    closed_by = text(null=True)
    closed_at = moment(null=True)
    close_remark = text(null=True)
    hot_wallet = text(null=True)
    nonce = integer(null=True)
    txid = text(null=True)
    fee_paid = number(null=True)
    fee_coin = text(null=True)
    block_number = integer(null=True)
    block_hash = text(null=True)
    confirmations = integer()
    required_confirmations = integer()
    failure = text(null=True)
    notified_at = moment(null=True)
    notified_by = text(null=True)
    notified_channel = text(null=True)
    notified_remark = text(null=True)
    version = integer()
    updated_at = moment()
    network_head = integer(null=True)
    head_seen_at = moment(null=True)
    block_seconds = number(null=True)
    is_contract = yes_no(null=True)
    known_as = text(null=True)
    receiver_acknowledged = text()
    requested_hand = texts()
    wallet_added_by = text()
    wallet_added_at = moment()
    wallet_added_by_desk = yes_no()

    paging = Paging(
        key=(refund_no,),
        order=requested_at,
        keys=Keys(
            "refund_key",
            refund_no,
            (refund_no, requested_at, status, record_no, client_no, address, txid),
            ((coin, COIN), (client_no, CLIENT)),
            (("coin_id", status, RefundStatus),),
            ((refund_no, requested_at),),
        ),
    )


class RefundAttempt(View):
    """One transaction that was signed for a refund: the first, or a replacement."""

    refund_no = text()
    attempt = integer()
    txid = text()
    nonce = integer()
    max_fee_per_gas = number()
    max_priority_fee_per_gas = number()
    gas_limit = integer()
    signed_at = moment()
    broadcast_at = moment(null=True)
    state = text()
    block_number = integer(null=True)
    last_answer = text(null=True)

    paging = Paging(key=(txid,), order=attempt, descending=False)


class RefundAddress(View):
    """A wallet that a client's refund may be sent to."""

    wallet_id = integer()
    client_no = text()
    network = text()
    address = text()
    method = text(null=True)
    verified_at = moment(null=True)
    is_contract = yes_no(null=True)
    known_as = text(null=True)
    added_by = text()
    added_by_desk = yes_no()
    cools_until = json(null=True)

    paging = Paging(key=(wallet_id,), order=wallet_id, descending=False)


class HotWalletState(View):
    """The balances of a hot wallet, as last reported."""

    network = text()
    address = text()
    balances = json()
    fee_estimate = json()
    fee_coin = text(null=True)
    stopped_reason = text(null=True)
    checked_at = moment(null=True)
    next_nonce = integer()
    alerts = json()

    paging = Paging(key=(network, address), order=network, descending=False)

    class Meta:
        table_name = "hot_wallet"
