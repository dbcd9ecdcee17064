"""渠道存管賬戶: the deposit addresses that custodians gave us, and the client that each is assigned to."""

from __future__ import annotations

from wbo_desktop.domain.acts import (
    ConfirmCustodialDeletion,
    ConfirmCustodialImport,
    DeleteCustodialAccount,
    ImportCustodialAccounts,
    RefuseCustodialDeletion,
    RefuseCustodialImport,
    Topic,
)
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import CustodialAccount, CustodialRequest
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.custodial import DeleteCustodialAccountDialog, ImportCustodialAccountsDialog
from wbo_desktop.views.dialogs.custodial_review import (
    ConfirmCustodialDeletionDialog,
    ConfirmCustodialImportDialog,
    RefuseCustodialDeletionDialog,
    RefuseCustodialImportDialog,
)
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.choices import address_filter, networks, number
from wbo_desktop.views.pages.spec import ActSpec, Chips, Choice, PageSpec, Text, Waiting
from wbo_desktop.views.tables.columns import Column, Computed, Kind
from wbo_desktop.views.theme import Tone

WAITING = frozenset({"importing", "deleting"})
"""The states in which an operator of another hand has to confirm or refuse."""

_TONES = {"importing": Tone.WAITING, "deleting": Tone.WAITING, "free": Tone.GOOD}


def _tone(row: CustodialAccount) -> Tone:
    return _TONES.get(row.state, Tone.NEUTRAL)


def _next(row: CustodialAccount) -> str:
    return labels.account_next(row.state)


def _waits_for(row: CustodialAccount) -> str:
    """The login that asked for what an operator of another hand has to confirm; empty when nothing waits."""
    return str(row.delete_asked_by or row.imported_by or "") if row.state in WAITING else ""


PAGE = PageSpec(
    code="channel_custodial_account",
    title=QT_TRANSLATE_NOOP("menu", "Channel Custodial Account"),
    icon="vault",
    permission=Permission.CUSTODIAL_INQUIRY,
    model=CustodialAccount,
    called=lambda row: shown.shortened(row.address),
    columns=(
        Column(CustodialAccount.address, Kind.CODE, 380),
        Column(CustodialAccount.state, Kind.CHIP, 150, words=labels.account_state, tone=_tone, tooltip=_next),
        Column(CustodialAccount.channel, width=140),
        Column(CustodialAccount.network, width=120),
        Column(CustodialAccount.client_no, Kind.CODE, 110),
        Column(CustodialAccount.client_name, width=180, text=labels.client_name),
        Column(Computed("asked_by"), width=120, text=_waits_for, visible=False),
        Column(CustodialAccount.import_id, Kind.NUMBER, 90, visible=False),
        Column(CustodialAccount.confirmed_by, width=120, visible=False),
        Column(CustodialAccount.assigned_at, Kind.TIME, 160),
        Column(CustodialAccount.created_at, Kind.TIME, 160),
    ),
    topics=frozenset({Topic.CUSTODIAL}),
    empty=QT_TRANSLATE_NOOP(
        "empty",
        "No custodial accounts yet. Import the addresses the custodian gave you; once another person has confirmed them, "
        "each client gets one when first needed.",
    ),
    filters=(
        Chips(CustodialAccount.state, ("importing", "deleting", "free", "assigned"), labels.account_state),
        Choice(CustodialAccount.network, networks),
        Text(CustodialAccount.client_no, read=number, width=120),
        address_filter(CustodialAccount.address),
    ),
    acts=(
        ActSpec(ImportCustodialAccounts, ImportCustodialAccountsDialog, "upload", on_row=False),
        ActSpec(ConfirmCustodialImport, ConfirmCustodialImportDialog, "check-circle"),
        ActSpec(RefuseCustodialImport, RefuseCustodialImportDialog, "x-circle"),
        ActSpec(DeleteCustodialAccount, DeleteCustodialAccountDialog, "trash"),
        ActSpec(ConfirmCustodialDeletion, ConfirmCustodialDeletionDialog, "check"),
        ActSpec(RefuseCustodialDeletion, RefuseCustodialDeletionDialog, "dash-circle"),
    ),
    waiting=(
        Waiting(
            CustodialRequest,
            (Filter(CustodialRequest.asked_by_own_hand, Match.EQUAL, False),),
            frozenset({Topic.CUSTODIAL}),
            Permission.REFUND_APPROVAL,
        ),
    ),
)
