"""渠道存管賬戶: the deposit addresses the custodians gave us, and whom each is assigned to."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from wbo_desktop.domain.acts import DeleteCustodialAccount, ImportCustodialAccounts, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.services.pages import Row
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.custodial import DeleteCustodialAccountDialog, ImportCustodialAccountsDialog
from wbo_desktop.views.pages import rules
from wbo_desktop.views.pages.choices import address_filter, networks, number
from wbo_desktop.views.pages.spec import ActSpec, Choice, PageSpec, Text
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.theme import Tone


def _assignment(row: Row) -> str:
    if row["client_no"]:
        return QCoreApplication.translate("custodial", "Assigned")
    return QCoreApplication.translate("custodial", "Free")


def _tone(row: Row) -> Tone:
    return Tone.NEUTRAL if row["client_no"] else Tone.GOOD


PAGE = PageSpec(
    code="channel_custodial_account",
    title=QT_TRANSLATE_NOOP("menu", "Channel Custodial Account"),
    icon="vault",
    permission=Permission.CUSTODIAL_INQUIRY,
    source="custodial_account",
    key=("account_id",),
    called=lambda row: shown.shortened(row["address"]),
    columns=(
        Column("address", Kind.CODE, 380),
        Column("status", Kind.CHIP, 100, text=_assignment, tone=_tone),
        Column("channel", width=140),
        Column("network", width=120),
        Column("client_no", Kind.CODE, 110),
        Column("client_name", width=180, text=labels.client_name),
        Column("assigned_at", Kind.TIME, 160),
        Column("created_at", Kind.TIME, 160),
    ),
    topics=frozenset({Topic.CUSTODIAL}),
    empty=QT_TRANSLATE_NOOP(
        "empty",
        "No custodial accounts yet. Import the addresses the custodian gave you; each client gets one when first needed.",
    ),
    filters=(
        Choice("network", networks),
        Text("client_no", read=number, width=120),
        address_filter("address"),
    ),
    acts=(
        ActSpec(ImportCustodialAccounts, ImportCustodialAccountsDialog, "upload", on_row=False),
        ActSpec(DeleteCustodialAccount, DeleteCustodialAccountDialog, "trash", rules.delete_account),
    ),
)
