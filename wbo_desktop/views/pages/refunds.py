"""退幣: the refunds, with the state of each and who has to act next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import (
    ApproveRefund,
    CancelRefund,
    ExecuteRefund,
    RecordClientNotified,
    RejectRefund,
    Topic,
)
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.models.tables import Refund
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.receivers import wallet_adder
from wbo_desktop.views.dialogs.refund_close import CancelRefundDialog, RecordClientNotifiedDialog
from wbo_desktop.views.dialogs.refund_detail import RefundDetailDialog
from wbo_desktop.views.dialogs.refund_review import (
    ApproveRefundDialog,
    ExecuteRefundDialog,
    RejectRefundDialog,
)
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.choices import address_filter, coins, number, txid_filter
from wbo_desktop.views.pages.deposit_detail import Confirmations
from wbo_desktop.views.pages.sections import FactList, Headline, Link
from wbo_desktop.views.pages.spec import ActSpec, Chips, Choice, Context, Dates, PageSpec, Text, Waiting
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.theme import Tone
from wbo_desktop.views.widgets.tones import tone_of


def _tone(row: Refund) -> Tone:
    return tone_of("refund", row.status)


def _approvals(row: Refund) -> str:
    """The approvers, and how many approvals of those needed there are, as text."""
    given: list[Mapping[str, Any]] = list(row.approvals or [])
    count = f"{len(given)} / {row.approvals_needed or 0}"
    names = shown.joined(str(one["login"]) for one in given)
    return f"{count} · {names}" if given else count


def _notified(row: Refund) -> str:
    if row.status != RefundStatus.CONFIRMED:
        return shown.NOTHING
    if not row.notified_at:
        return QCoreApplication.translate("refund", "Not yet told")
    return shown.short_time(row.notified_at)


COLUMNS = (
    Column(Refund.refund_no, Kind.CODE, 168),
    Column(
        Refund.status, Kind.CHIP, 112, words=labels.refund_status, tone=_tone, tooltip=labels.refund_next_step
    ),
    Column(Refund.client_name, width=110, text=labels.client_name, tooltip=labels.client_name),
    Column(Refund.amount, Kind.AMOUNT, 238),
    Column(Refund.approvals, width=110, text=_approvals),
    Column(Refund.confirmations, Kind.PROGRESS, 80),
    Column(Refund.requested_at, Kind.TIME, 164),
    Column(Refund.requested_by, width=90),
    Column(Refund.record_no, Kind.CODE, 172),
    Column(Refund.client_no, Kind.CODE, 96),
    Column(Refund.network, width=96),
    Column(Refund.address, Kind.ADDRESS, 150),
    Column(Refund.txid, Kind.ADDRESS, 150),
    Column(Refund.executed_by, width=90, visible=False),
    Column(Refund.executed_at, Kind.TIME, 164, visible=False),
    Column(Refund.nonce, Kind.NUMBER, 70, visible=False),
    Column(Refund.fee_paid, Kind.AMOUNT, 190, coin=Refund.fee_coin, decimals=None, visible=False),
    Column(Refund.notified_at, width=158, text=_notified),
    Column(Refund.remark, width=200, visible=False),
)

FACTS = (
    Column(Refund.client_name, text=labels.client_name),
    Column(Refund.client_no, Kind.CODE),
    Column(Refund.network),
    Column(Refund.credited_amount, Kind.AMOUNT),
    Column(Refund.adjust_reason, visible=False),
    Column(Refund.address, Kind.ADDRESS),
    Column(Refund.wallet_added_by, text=wallet_adder),
    Column(Refund.wallet_method, words=labels.method),
    Column(Refund.wallet_verified_at, Kind.TIME),
    Column(Refund.receiver_acknowledged, words=labels.receiver_risk, visible=False),
    Column(Refund.remark),
    Column(Refund.requested_by),
    Column(Refund.requested_at, Kind.TIME),
    Column(Refund.approvals, text=_approvals),
    Column(Refund.executed_by, visible=False),
    Column(Refund.executed_at, Kind.TIME, visible=False),
    Column(Refund.hot_wallet, Kind.ADDRESS, visible=False),
    Column(Refund.nonce, Kind.NUMBER, visible=False),
    Column(Refund.txid, Kind.ADDRESS, visible=False),
    Column(Refund.block_number, Kind.NUMBER, visible=False),
    Column(Refund.fee_paid, Kind.AMOUNT, coin=Refund.fee_coin, decimals=None, visible=False),
    Column(Refund.failure, words=labels.reason, visible=False),
    Column(Refund.closed_by, visible=False),
    Column(Refund.closed_at, Kind.TIME, visible=False),
    Column(Refund.close_remark, visible=False),
    Column(Refund.notified_at, Kind.TIME, visible=False),
    Column(Refund.notified_by, visible=False),
    Column(Refund.notified_channel, words=labels.channel, visible=False),
    Column(Refund.notified_remark, visible=False),
    Column(Refund.intent_hash, Kind.ADDRESS),
)


def _headline(context: Context, parent: QWidget) -> QWidget:
    def to_whom(row: Refund) -> str:
        template = QCoreApplication.translate("refund", "To {client} on {network}")
        return template.format(client=labels.client_name(row), network=row.network)

    return Headline(
        "refund",
        "refund_no",
        lambda row: shown.amount(row.amount, row.decimals, row.coin),
        to_whom,
        labels.refund_next_step,
        parent,
    )


def _record_link(context: Context, parent: QWidget) -> QWidget:
    def text(row: Refund) -> str:
        return QCoreApplication.translate("deposit", "Deposit record {number}").format(number=row.record_no)

    return Link(
        context, text, lambda row: ("coin_deposit_records", {"record_no": row.record_no}), parent, "record"
    )


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


def _waiting(status: RefundStatus, permission: Permission) -> Waiting:
    return Waiting(
        Refund, (Filter(Refund.status, Match.EQUAL, str(status)),), frozenset({Topic.REFUND}), permission
    )


PAGE = PageSpec(
    code="refunds",
    title=QT_TRANSLATE_NOOP("menu", "Refunds"),
    icon="refund",
    permission=Permission.RECORD_INQUIRY,
    model=Refund,
    columns=COLUMNS,
    topics=frozenset({Topic.REFUND, Topic.CHAIN}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "No refunds yet. A refund is requested from a credited record under Coin Deposit Records."
    ),
    filters=(
        Chips(Refund.status, tuple(RefundStatus), labels.refund_status),
        Dates(Refund.requested_at),
        Text(Refund.refund_no, read=number, width=136),
        Text(Refund.record_no, read=number, width=136),
        Text(Refund.client_no, read=number, width=104),
        Choice(Refund.coin, coins),
        address_filter(Refund.address),
        txid_filter(Refund.txid),
    ),
    acts=(
        ActSpec(ApproveRefund, ApproveRefundDialog, "check-circle"),
        ActSpec(RejectRefund, RejectRefundDialog, "x-circle"),
        ActSpec(ExecuteRefund, ExecuteRefundDialog, "play"),
        ActSpec(CancelRefund, CancelRefundDialog, "revoke"),
        ActSpec(RecordClientNotified, RecordClientNotifiedDialog, "bell"),
    ),
    sections=(_headline, Confirmations, _record_link, _facts),
    waiting=(
        _waiting(RefundStatus.REQUESTED, Permission.REFUND_APPROVAL),
        _waiting(RefundStatus.APPROVED, Permission.REFUND),
    ),
    opens=RefundDetailDialog,
)
