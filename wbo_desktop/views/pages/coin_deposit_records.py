"""入幣記錄: every deposit record, from the request to the credit, with the acts on it."""

from __future__ import annotations

from wbo_desktop.domain.acts import AcceptDeposit, RecheckDeposit, RequestRefund, RevokeDeposit, Topic
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import DepositApplication, DepositRecord
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.deposits import AcceptDepositDialog, RecheckDepositDialog, RevokeDepositDialog
from wbo_desktop.views.dialogs.refund_request import RequestRefundDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages import deposit_detail as detail
from wbo_desktop.views.pages.choices import address_filter, coins, number, txid_filter
from wbo_desktop.views.pages.spec import ActSpec, Chips, Choice, Dates, PageSpec, Text, Waiting
from wbo_desktop.views.tables.columns import Column, Computed, Kind
from wbo_desktop.views.theme import Tone
from wbo_desktop.views.widgets.tones import tone_of


def explained(row: DepositRecord | DepositApplication) -> str:
    """The tooltip of a status: the state of the record, and the next step."""
    return f"{labels.record_explained(row)}\n{labels.record_next_step(row)}"


def status_tone(row: DepositRecord | DepositApplication) -> Tone:
    """The tone of a record's status."""
    return tone_of("deposit", row.status)


COLUMNS = (
    Column(DepositRecord.record_no, Kind.CODE, 168),
    Column(
        DepositRecord.status, Kind.CHIP, 136, words=labels.deposit_status, tone=status_tone, tooltip=explained
    ),
    Column(DepositRecord.client_name, width=116, text=labels.client_name, tooltip=labels.client_name),
    Column(
        Computed("amount"),
        Kind.AMOUNT,
        238,
        value=labels.deposit_amount,
        text=labels.deposit_amount_text,
        tooltip=labels.deposit_amount_explained,
    ),
    Column(DepositRecord.confirmations, Kind.PROGRESS, 78),
    Column(DepositRecord.reason, width=150, text=labels.record_reason, tooltip=explained),
    Column(DepositRecord.created_at, Kind.TIME, 164),
    Column(DepositRecord.client_no, Kind.CODE, 96),
    Column(DepositRecord.securities_account, Kind.CODE, 112),
    Column(DepositRecord.network, width=96),
    Column(DepositRecord.claimed_amount, Kind.AMOUNT, 238),
    Column(DepositRecord.observed_amount, Kind.AMOUNT, 238, visible=False),
    Column(DepositRecord.credited_amount, Kind.AMOUNT, 238, visible=False),
    Column(DepositRecord.source_address, Kind.ADDRESS, 150),
    Column(DepositRecord.target_address, Kind.ADDRESS, 150),
    Column(DepositRecord.txid, Kind.ADDRESS, 150),
    Column(DepositRecord.refund_no, Kind.CODE, 160, visible=False),
    Column(DepositRecord.external_serial, Kind.CODE, 160, visible=False),
    Column(DepositRecord.block_number, Kind.NUMBER, 100, visible=False),
    Column(DepositRecord.credited_at, Kind.TIME, 158, visible=False),
    Column(DepositRecord.updated_at, Kind.TIME, 158, visible=False),
    Column(DepositRecord.remark, width=200, visible=False),
)

FACTS = (
    Column(DepositRecord.client_name, text=labels.client_name),
    Column(DepositRecord.client_no, Kind.CODE),
    Column(DepositRecord.securities_account, Kind.CODE),
    Column(DepositRecord.network),
    Column(DepositRecord.credited_amount, Kind.AMOUNT, visible=False),
    Column(DepositRecord.observed_amount, Kind.AMOUNT, visible=False),
    Column(DepositRecord.claimed_amount, Kind.AMOUNT),
    Column(
        Computed("difference"),
        Kind.AMOUNT,
        title=QT_TRANSLATE_NOOP("column", "Difference from the claim"),
        value=labels.amount_difference,
        text=labels.amount_difference_text,
        visible=False,
    ),
    Column(DepositRecord.txid, Kind.ADDRESS),
    Column(DepositRecord.block_number, Kind.NUMBER, visible=False),
    Column(DepositRecord.block_hash, Kind.ADDRESS, visible=False),
    Column(DepositRecord.log_index, Kind.NUMBER, visible=False),
    Column(DepositRecord.external_serial, Kind.CODE),
    Column(DepositRecord.requested_at, Kind.TIME),
    Column(DepositRecord.created_at, Kind.TIME),
    Column(DepositRecord.first_seen_at, Kind.TIME, visible=False),
    Column(DepositRecord.credited_at, Kind.TIME, visible=False),
    Column(DepositRecord.updated_at, Kind.TIME),
    Column(DepositRecord.remark, visible=False),
)
"""The columns that the detail panel lists, in its order."""

PAGE = PageSpec(
    code="coin_deposit_records",
    title=QT_TRANSLATE_NOOP("menu", "Coin Deposit Records"),
    icon="records",
    permission=Permission.RECORD_INQUIRY,
    model=DepositRecord,
    columns=COLUMNS,
    topics=frozenset({Topic.DEPOSIT, Topic.REFUND, Topic.CHAIN, Topic.WALLET}),
    empty=QT_TRANSLATE_NOOP(
        "empty",
        "No deposits yet. A record appears here by itself as soon as the client side submits an application.",
    ),
    filters=(
        Chips(DepositRecord.status, tuple(DepositStatus), labels.deposit_status),
        Dates(DepositRecord.created_at),
        Text(DepositRecord.record_no, read=number, width=136),
        Text(DepositRecord.client_no, read=number, width=104),
        Text(DepositRecord.securities_account, read=number, width=120),
        Choice(DepositRecord.coin, coins),
        address_filter(DepositRecord.source_address),
        txid_filter(DepositRecord.txid),
    ),
    acts=(
        ActSpec(RevokeDeposit, RevokeDepositDialog, "revoke"),
        ActSpec(RecheckDeposit, RecheckDepositDialog, "refresh"),
        ActSpec(AcceptDeposit, AcceptDepositDialog, "check-circle"),
        ActSpec(RequestRefund, RequestRefundDialog, "refund"),
    ),
    sections=(
        detail.headline,
        detail.Confirmations,
        detail.refund_link,
        detail.AddressCheck,
        detail.Verdicts,
        detail.facts(FACTS),
        detail.timeline,
    ),
    waiting=(
        Waiting(
            DepositRecord,
            (Filter(DepositRecord.status, Match.EQUAL, str(DepositStatus.ABNORMAL)),),
            frozenset({Topic.DEPOSIT}),
            Permission.RECORD_INQUIRY,
        ),
    ),
)
