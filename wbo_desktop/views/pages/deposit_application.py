"""入幣申請: the applications as the client side submitted them, with the result of the checks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import DeleteApplication, Topic
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import DepositApplication
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.deposits import DeleteApplicationDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages import deposit_detail
from wbo_desktop.views.pages.choices import address_filter, coins, number, txid_filter
from wbo_desktop.views.pages.coin_deposit_records import explained, status_tone
from wbo_desktop.views.pages.sections import FactList, Headline, Link
from wbo_desktop.views.pages.spec import ActSpec, Chips, Choice, Context, Dates, PageSpec, Text
from wbo_desktop.views.tables.columns import Column, Kind

COLUMNS = (
    Column(DepositApplication.external_serial, Kind.CODE, 168),
    Column(
        DepositApplication.status,
        Kind.CHIP,
        136,
        words=labels.deposit_status,
        tone=status_tone,
        tooltip=explained,
    ),
    Column(DepositApplication.client_name, width=160, text=labels.client_name, tooltip=labels.client_name),
    Column(DepositApplication.amount, Kind.AMOUNT, 238),
    Column(DepositApplication.reason, width=150, words=labels.reason, tooltip=explained),
    Column(DepositApplication.received_at, Kind.TIME, 164),
    Column(DepositApplication.client_no, Kind.CODE, 96),
    Column(DepositApplication.securities_account, Kind.CODE, 112),
    Column(DepositApplication.network, width=96),
    Column(DepositApplication.source_address, Kind.ADDRESS, 150),
    Column(DepositApplication.target_address, Kind.ADDRESS, 150),
    Column(DepositApplication.txid, Kind.ADDRESS, 150),
    Column(DepositApplication.record_no, Kind.CODE, 172),
    Column(DepositApplication.requested_at, Kind.TIME, 164, visible=False),
    Column(DepositApplication.deleted_at, Kind.TIME, 164, visible=False),
    Column(DepositApplication.deleted_by, width=100, visible=False),
    Column(DepositApplication.delete_remark, width=200, visible=False),
)

FACTS = (
    Column(DepositApplication.client_name, text=labels.client_name),
    Column(DepositApplication.client_no, Kind.CODE),
    Column(DepositApplication.securities_account, Kind.CODE),
    Column(DepositApplication.network),
    Column(DepositApplication.source_address, Kind.ADDRESS),
    Column(DepositApplication.target_address, Kind.ADDRESS),
    Column(DepositApplication.txid, Kind.ADDRESS),
    Column(DepositApplication.requested_at, Kind.TIME),
    Column(DepositApplication.received_at, Kind.TIME),
    Column(DepositApplication.deleted_at, Kind.TIME, visible=False),
    Column(DepositApplication.deleted_by, visible=False),
    Column(DepositApplication.delete_remark, visible=False),
)


def _headline(context: Context, parent: QWidget) -> QWidget:
    return Headline(
        "deposit",
        "external_serial",
        lambda row: shown.amount(row.amount, row.decimals, row.coin),
        lambda row: labels.deposit_explained(row.status, row.reason),
        lambda row: labels.deposit_next_step(row.status, row.reason),
        parent,
    )


def _record_link(context: Context, parent: QWidget) -> QWidget:
    def text(row: DepositApplication) -> str:
        return QCoreApplication.translate("deposit", "Deposit record {number}").format(number=row.record_no)

    def target(row: DepositApplication) -> tuple[str, dict[str, str]] | None:
        return ("coin_deposit_records", {"record_no": str(row.record_no)}) if row.record_no else None

    return Link(context, text, target, parent, "record")


def _facts(context: Context, parent: QWidget) -> QWidget:
    submitted = QT_TRANSLATE_NOOP("deposit", "As submitted by the client side")
    return FactList(context, lambda: QCoreApplication.translate("deposit", submitted), FACTS, parent)


PAGE = PageSpec(
    code="deposit_application",
    title=QT_TRANSLATE_NOOP("menu", "Deposit Application"),
    icon="inbox",
    permission=Permission.APPLICATION_INQUIRY,
    model=DepositApplication,
    called=lambda row: str(row.external_serial),
    columns=COLUMNS,
    topics=frozenset({Topic.DEPOSIT}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "No applications yet. They appear here by themselves when the client side submits them."
    ),
    filters=(
        Chips(DepositApplication.status, tuple(DepositStatus), labels.deposit_status),
        Dates(DepositApplication.received_at),
        Text(DepositApplication.external_serial, width=150),
        Text(DepositApplication.client_no, read=number, width=104),
        Text(DepositApplication.securities_account, read=number, width=120),
        Choice(DepositApplication.coin, coins),
        address_filter(DepositApplication.source_address),
        txid_filter(DepositApplication.txid),
    ),
    acts=(ActSpec(DeleteApplication, DeleteApplicationDialog, "trash"),),
    sections=(_headline, _record_link, deposit_detail.Verdicts, _facts),
)
