"""入幣申請: the applications as the client side submitted them, with the result of the checks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import DeleteApplication, Topic
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import DepositApplication
from wbo_desktop.services.pages import Row
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.deposits import DeleteApplicationDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages import deposit_detail, rules
from wbo_desktop.views.pages.choices import address_filter, coins, number, txid_filter
from wbo_desktop.views.pages.coin_deposit_records import explained, status_tone
from wbo_desktop.views.pages.sections import FactList, Headline, Link
from wbo_desktop.views.pages.spec import ActSpec, Chips, Choice, Context, Dates, PageSpec, Text
from wbo_desktop.views.tables.columns import Column, Kind

COLUMNS = (
    Column("external_serial", Kind.CODE, 168),
    Column("status", Kind.CHIP, 136, words=labels.deposit_status, tone=status_tone, tooltip=explained),
    Column("client_name", width=160, text=labels.client_name, tooltip=labels.client_name),
    Column("amount", Kind.AMOUNT, 238),
    Column("reason", width=150, words=labels.reason, tooltip=explained),
    Column("received_at", Kind.TIME, 164),
    Column("client_no", Kind.CODE, 96),
    Column("securities_account", Kind.CODE, 112),
    Column("network", width=96),
    Column("source_address", Kind.ADDRESS, 150),
    Column("target_address", Kind.ADDRESS, 150),
    Column("txid", Kind.ADDRESS, 150),
    Column("record_no", Kind.CODE, 172),
    Column("requested_at", Kind.TIME, 164, visible=False),
    Column("deleted_at", Kind.TIME, 164, visible=False),
    Column("deleted_by", width=100, visible=False),
    Column("delete_remark", width=200, visible=False),
)

FACTS = (
    Column("client_name", text=labels.client_name),
    Column("client_no", Kind.CODE),
    Column("securities_account", Kind.CODE),
    Column("network"),
    Column("source_address", Kind.ADDRESS),
    Column("target_address", Kind.ADDRESS),
    Column("txid", Kind.ADDRESS),
    Column("requested_at", Kind.TIME),
    Column("received_at", Kind.TIME),
    Column("deleted_at", Kind.TIME, visible=False),
    Column("deleted_by", visible=False),
    Column("delete_remark", visible=False),
)


def _headline(context: Context, parent: QWidget) -> QWidget:
    return Headline(
        "deposit",
        "external_serial",
        lambda row: shown.amount(row["amount"], row["decimals"], row["coin"]),
        lambda row: labels.deposit_explained(row["status"], row["reason"]),
        lambda row: labels.deposit_next_step(row["status"], row["reason"]),
        parent,
    )


def _record_link(context: Context, parent: QWidget) -> QWidget:
    def text(row: Row) -> str:
        return QCoreApplication.translate("deposit", "Deposit record {number}").format(
            number=row["record_no"]
        )

    def target(row: Row) -> tuple[str, dict[str, str]] | None:
        return (
            ("coin_deposit_records", {"record_no": str(row["record_no"])}) if row.get("record_no") else None
        )

    return Link(context, text, target, parent, "record")


def _facts(context: Context, parent: QWidget) -> QWidget:
    submitted = QT_TRANSLATE_NOOP("deposit", "As submitted by the client side")
    return FactList(context, lambda: QCoreApplication.translate("deposit", submitted), FACTS, parent)


PAGE = PageSpec(
    code="deposit_application",
    title=QT_TRANSLATE_NOOP("menu", "Deposit Application"),
    icon="inbox",
    permission=Permission.APPLICATION_INQUIRY,
    source=DepositApplication,
    key=("external_serial",),
    columns=COLUMNS,
    topics=frozenset({Topic.DEPOSIT}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "No applications yet. They appear here by themselves when the client side submits them."
    ),
    filters=(
        Chips("status", tuple(DepositStatus), labels.deposit_status),
        Dates("received_at"),
        Text("external_serial", width=150),
        Text("client_no", read=number, width=104),
        Text("securities_account", read=number, width=120),
        Choice("coin", coins),
        address_filter("source_address"),
        txid_filter(),
    ),
    acts=(ActSpec(DeleteApplication, DeleteApplicationDialog, "trash", rules.delete_application),),
    sections=(_headline, _record_link, deposit_detail.Verdicts, _facts),
)
