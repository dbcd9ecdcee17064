"""Transfers and balances that no record explains."""

from __future__ import annotations

from wbo_desktop.models.tables.base import Paging, View, integer, moment, number, text
from wbo_desktop.models.tables.keys import COIN, Keys


class UnmatchedTransfer(View):
    """A transfer to one of our accounts that no record claims."""

    transfer_id = integer()
    network = text()
    coin = text()
    decimals = integer()
    amount = number()
    sender = text()
    recipient = text()
    txid = text()
    log_index = integer()
    block_number = integer()
    block_hash = text()
    confirmations = integer()
    seen_at = moment()
    likely_client_no = text(null=True)
    likely_client_name = text(null=True)
    likely_client_name_zh_hk = text(null=True)
    likely_client_name_zh_cn = text(null=True)

    paging = Paging(
        key=(transfer_id,),
        order=seen_at,
        keys=Keys(
            "unmatched_key",
            transfer_id,
            (transfer_id, seen_at, network, sender, recipient, txid, likely_client_no),
            ((coin, COIN),),
        ),
    )


class UnexplainedBalance(View):
    """A difference of balance reconciliation: a balance that the known transfers do not explain."""

    difference_id = integer()
    network = text()
    coin = text()
    decimals = integer()
    address = text()
    amount = number()
    from_number = integer()
    to_number = integer()
    found_at = moment()
    likely_client_no = text(null=True)
    likely_client_name = text(null=True)
    likely_client_name_zh_hk = text(null=True)
    likely_client_name_zh_cn = text(null=True)

    paging = Paging(key=(difference_id,), order=found_at)
