"""客戶錢包地址: the clients' wallets, and how each was verified."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import (
    AddWallet,
    AgreeSharedWallet,
    AllowSharedWallet,
    BeginMessageSignature,
    BeginMicroPayment,
    DeleteWallet,
    RefuseSharedWallet,
    Topic,
)
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.wallet import VerificationMethod, WalletStatus
from wbo_desktop.models.tables import WalletAddress, WalletRequest
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.receivers import caution, is_cooling, receiver_kind
from wbo_desktop.views.dialogs.shared_wallets import (
    AgreeSharedWalletDialog,
    AllowSharedWalletDialog,
    RefuseSharedWalletDialog,
)
from wbo_desktop.views.dialogs.verify_wallet import BeginMessageSignatureDialog, BeginMicroPaymentDialog
from wbo_desktop.views.dialogs.wallets import AddWalletDialog, DeleteWalletDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.choices import address_filter, networks, number
from wbo_desktop.views.pages.sections import FactList, Headline
from wbo_desktop.views.pages.spec import ActSpec, Chips, Choice, Context, PageSpec, Text, Waiting
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.theme import Tone
from wbo_desktop.views.widgets.tones import tone_of


def _tone(row: WalletAddress) -> Tone:
    return tone_of("wallet", row.status)


def _next(row: WalletAddress) -> str:
    return labels.wallet_next(row.status)


def _standing(row: WalletAddress) -> str:
    """One sentence on the verification of a wallet: under way, done (how and when) or failed; and what is
    waited for."""
    if row.sharing == "waiting":
        template = QCoreApplication.translate(
            "wallet", "{login} asks to share it with client {client_no}: waits for another person"
        )
        return template.format(login=row.shared_asked_by, client_no=row.shared_asked_with)
    if row.failure:
        return labels.reason_sentence(row.failure)
    if row.status == WalletStatus.VERIFYING and row.method == VerificationMethod.MICRO_PAYMENT:
        template = QCoreApplication.translate(
            "wallet", "Waiting for {amount} from this address, valid until {until}"
        )
        amount = shown.amount(row.micro_amount, None, row.micro_coin)
        return template.format(amount=amount, until=shown.time_text(row.micro_expires_at))
    if row.status == WalletStatus.VERIFIED and is_cooling(row.cools_until):
        template = QCoreApplication.translate(
            "wallet", "{method}, {time}; added by the desk, receives refunds from {until}"
        )
        return template.format(
            method=labels.method(row.method),
            time=shown.time_text(row.verified_at),
            until=shown.time_text(row.cools_until),
        )
    if row.status == WalletStatus.VERIFIED:
        template = QCoreApplication.translate("wallet", "{method}, {time}")
        return template.format(method=labels.method(row.method), time=shown.time_text(row.verified_at))
    return shown.NOTHING


def _sharing(row: WalletAddress) -> str:
    """The state of a shared address in words; a dash where it is not shared."""
    return labels.sharing(row.sharing) if row.sharing else shown.NOTHING


def _kind_in_full(row: WalletAddress) -> str:
    """The kind of address, with what it means for a refund where it means something."""
    return "\n".join(filter(None, (receiver_kind(row), caution(row))))


COLUMNS = (
    Column(WalletAddress.address, Kind.ADDRESS, 150),
    Column(WalletAddress.status, Kind.CHIP, 116, words=labels.wallet_status, tone=_tone, tooltip=_next),
    Column(WalletAddress.client_name, width=150, text=labels.client_name, tooltip=labels.client_name),
    Column(WalletAddress.client_no, Kind.CODE, 106),
    Column(WalletAddress.network, width=96),
    Column(WalletAddress.method, width=116, words=labels.method),
    Column(
        WalletAddress.is_contract,
        width=150,
        title=QT_TRANSLATE_NOOP("column", "Kind of address"),
        text=receiver_kind,
        tooltip=caution,
        visible=False,
    ),
    Column(WalletAddress.sharing, width=150, text=_sharing, visible=False),
    Column(WalletAddress.created_at, Kind.TIME, 158),
    Column(WalletAddress.verified_at, Kind.TIME, 158),
    Column(WalletAddress.cools_until, Kind.TIME, 158, visible=False),
    Column(WalletAddress.verified_by, width=110),
    Column(WalletAddress.created_by, width=100, visible=False),
    Column(WalletAddress.remark, width=200),
    Column(WalletAddress.wallet_id, Kind.NUMBER, 90, visible=False),
    Column(WalletAddress.deleted_at, Kind.TIME, 158, visible=False),
    Column(WalletAddress.delete_remark, width=200, visible=False),
)

FACTS = (
    Column(WalletAddress.client_name, text=labels.client_name),
    Column(WalletAddress.client_no, Kind.CODE),
    Column(WalletAddress.network),
    Column(WalletAddress.address, Kind.ADDRESS),
    Column(
        WalletAddress.is_contract, title=QT_TRANSLATE_NOOP("column", "Kind of address"), text=_kind_in_full
    ),
    Column(WalletAddress.method, words=labels.method),
    Column(
        WalletAddress.micro_amount, Kind.AMOUNT, coin=WalletAddress.micro_coin, decimals=None, visible=False
    ),
    Column(WalletAddress.micro_target, Kind.ADDRESS, visible=False),
    Column(WalletAddress.micro_expires_at, Kind.TIME, visible=False),
    Column(WalletAddress.micro_txid, Kind.ADDRESS, visible=False),
    Column(WalletAddress.other_client_no, Kind.CODE, visible=False),
    Column(WalletAddress.shared_with, Kind.CODE, visible=False),
    Column(WalletAddress.shared_agreed_by, visible=False),
    Column(WalletAddress.created_at, Kind.TIME),
    Column(WalletAddress.created_by),
    Column(WalletAddress.begun_by, visible=False),
    Column(WalletAddress.verified_at, Kind.TIME, visible=False),
    Column(WalletAddress.cools_until, Kind.TIME, visible=False),
    Column(WalletAddress.verified_by, visible=False),
    Column(WalletAddress.remark, visible=False),
    Column(WalletAddress.deleted_at, Kind.TIME, visible=False),
    Column(WalletAddress.deleted_by, visible=False),
    Column(WalletAddress.delete_remark, visible=False),
)


def _headline(context: Context, parent: QWidget) -> QWidget:
    return Headline(
        "wallet",
        "client_no",
        labels.client_name,
        _standing,
        _next,
        parent,
    )


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="client_wallet_address",
    title=QT_TRANSLATE_NOOP("menu", "Client Wallet Address"),
    icon="wallet",
    permission=Permission.WALLET_INQUIRY,
    model=WalletAddress,
    called=lambda row: f"{row.client_no} {shown.shortened(row.address)}",
    columns=COLUMNS,
    topics=frozenset({Topic.WALLET}),
    empty=QT_TRANSLATE_NOOP(
        "empty",
        "No wallet addresses yet. Add a client's address, then verify it with the client before the deposit.",
    ),
    filters=(
        Chips(WalletAddress.status, tuple(WalletStatus), labels.wallet_status),
        Text(WalletAddress.client_no, read=number, width=120),
        Choice(WalletAddress.network, networks),
        address_filter(WalletAddress.address),
    ),
    acts=(
        ActSpec(AddWallet, AddWalletDialog, "plus", on_row=False),
        ActSpec(BeginMicroPayment, BeginMicroPaymentDialog, "coin"),
        ActSpec(BeginMessageSignature, BeginMessageSignatureDialog, "edit"),
        ActSpec(AllowSharedWallet, AllowSharedWalletDialog, "users"),
        ActSpec(AgreeSharedWallet, AgreeSharedWalletDialog, "check-circle"),
        ActSpec(RefuseSharedWallet, RefuseSharedWalletDialog, "x-circle"),
        ActSpec(DeleteWallet, DeleteWalletDialog, "trash"),
    ),
    sections=(_headline, _facts),
    waiting=(
        Waiting(
            WalletRequest,
            (Filter(WalletRequest.asked_by_own_hand, Match.EQUAL, False),),
            frozenset({Topic.WALLET}),
            Permission.REFUND_APPROVAL,
        ),
    ),
)
