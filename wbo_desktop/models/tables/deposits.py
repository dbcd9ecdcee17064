"""Deposits: applications, records, and what happened to them."""

from __future__ import annotations

from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.models.tables.base import Paging, View, integer, json, moment, number, text, yes_no
from wbo_desktop.models.tables.keys import CLIENT, COIN, SECURITIES_ACCOUNT, Keys


class DepositRecord(View):
    """A deposit record, from the request to the credit."""

    record_no = text()
    external_serial = text()
    client_no = text()
    client_name = text()
    client_name_zh_hk = text(null=True)
    client_name_zh_cn = text(null=True)
    securities_account = text()
    coin = text()
    network = text()
    decimals = integer()
    claimed_amount = number()
    observed_amount = number(null=True)
    credited_amount = number(null=True)
    source_address = text()
    observed_source = text(null=True)
    target_address = text()
    txid = text(null=True)
    log_index = integer(null=True)
    block_number = integer(null=True)
    block_hash = text(null=True)
    confirmations = integer()
    required_confirmations = integer()
    status = text()
    reason = text(null=True)
    verdicts = json()
    proposal = json()
    alarm = yes_no()
    version = integer()
    requested_at = moment()
    created_at = moment()
    first_seen_at = moment(null=True)
    credited_at = moment(null=True)
    updated_at = moment()
    remark = text(null=True)
    wallet_id = integer(null=True)
    wallet_status = text(null=True)
    custodial_client_no = text(null=True)
    reports_missing = integer()
    refund_no = text(null=True)
    refund_status = text(null=True)
    network_head = integer(null=True)
    head_seen_at = moment(null=True)
    block_seconds = number(null=True)
    observed_txid = text(null=True)

    paging = Paging(
        key=(record_no,),
        order=created_at,
        keys=Keys(
            "deposit_key",
            record_no,
            (record_no, status, client_no, source_address, target_address, txid, external_serial, created_at),
            ((coin, COIN), (client_no, CLIENT), (securities_account, SECURITIES_ACCOUNT)),
            (("coin_id", status, DepositStatus),),
            ((record_no, created_at),),
        ),
    )


class DepositApplication(View):
    """An application as the client side submitted it, with the status of its record."""

    external_serial = text()
    record_no = text()
    client_no = text()
    client_name = text()
    client_name_zh_hk = text(null=True)
    client_name_zh_cn = text(null=True)
    securities_account = text()
    coin = text()
    network = text()
    decimals = integer()
    amount = number()
    source_address = text()
    target_address = text()
    txid = text(null=True)
    requested_at = moment()
    received_at = moment()
    status = text()
    reason = text(null=True)
    verdicts = json()
    deleted_at = moment(null=True)
    deleted_by = text(null=True)
    delete_remark = text(null=True)
    version = integer()

    paging = Paging(
        key=(record_no,),
        order=received_at,
        keys=Keys(
            "application_key",
            record_no,
            (
                record_no,
                status,
                client_no,
                source_address,
                target_address,
                txid,
                external_serial,
                received_at,
            ),
            ((coin, COIN), (client_no, CLIENT), (securities_account, SECURITIES_ACCOUNT)),
            (("coin_id", status, DepositStatus),),
        ),
    )


class DepositTimeline(View):
    """One event of a deposit record."""

    record_no = text()
    seq = integer()
    at = moment()
    operator = text()
    workstation = text()
    action = text()
    before_status = text(null=True)
    after_status = text(null=True)
    reason = text(null=True)
    remark = text(null=True)

    paging = Paging(key=(seq,), order=seq, descending=False)
