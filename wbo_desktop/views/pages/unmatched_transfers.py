"""未匹配轉賬: transfers to our accounts that no record claims, with the likely client."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import UnmatchedTransfer
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.choices import address_filter, coins, number, txid_filter
from wbo_desktop.views.pages.sections import FactList
from wbo_desktop.views.pages.spec import Choice, Context, Dates, PageSpec, Text, Waiting
from wbo_desktop.views.tables.columns import Column, Kind

COLUMNS = (
    Column(
        UnmatchedTransfer.seen_at, Kind.TIME, 164, title=QT_TRANSLATE_NOOP("field", "First seen on chain")
    ),
    Column(UnmatchedTransfer.amount, Kind.AMOUNT, 244),
    Column(
        UnmatchedTransfer.likely_client_name,
        width=170,
        title=QT_TRANSLATE_NOOP("column", "Likely client"),
        text=labels.likely_client_name,
    ),
    Column(
        UnmatchedTransfer.likely_client_no, Kind.CODE, 110, title=QT_TRANSLATE_NOOP("column", "Client number")
    ),
    Column(UnmatchedTransfer.network, width=110),
    Column(UnmatchedTransfer.sender, Kind.ADDRESS, 150),
    Column(UnmatchedTransfer.recipient, Kind.ADDRESS, 150),
    Column(UnmatchedTransfer.txid, Kind.ADDRESS, 150),
    Column(UnmatchedTransfer.confirmations, Kind.NUMBER, 90),
    Column(UnmatchedTransfer.block_number, Kind.NUMBER, 110, visible=False),
)

FACTS = (
    Column(UnmatchedTransfer.amount, Kind.AMOUNT),
    Column(UnmatchedTransfer.network),
    Column(UnmatchedTransfer.sender, Kind.ADDRESS),
    Column(UnmatchedTransfer.recipient, Kind.ADDRESS),
    Column(UnmatchedTransfer.txid, Kind.ADDRESS),
    Column(UnmatchedTransfer.log_index, Kind.NUMBER),
    Column(UnmatchedTransfer.block_number, Kind.NUMBER),
    Column(UnmatchedTransfer.seen_at, Kind.TIME, title=QT_TRANSLATE_NOOP("field", "First seen on chain")),
)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="unmatched_transfers",
    title=QT_TRANSLATE_NOOP("menu", "Transfers Without Request"),
    icon="coin",
    permission=Permission.RECORD_INQUIRY,
    model=UnmatchedTransfer,
    called=lambda row: shown.shortened(row.txid),
    columns=COLUMNS,
    topics=frozenset({Topic.TRANSFER, Topic.DEPOSIT, Topic.CHAIN}),
    empty=QT_TRANSLATE_NOOP("empty", "Every transfer to our accounts belongs to a request. Nothing to do."),
    filters=(
        Dates(UnmatchedTransfer.seen_at, QT_TRANSLATE_NOOP("field", "First seen on chain")),
        Text(
            UnmatchedTransfer.likely_client_no,
            read=number,
            width=120,
            title=QT_TRANSLATE_NOOP("column", "Client number"),
        ),
        Choice(UnmatchedTransfer.coin, coins),
        address_filter(UnmatchedTransfer.sender),
        address_filter(UnmatchedTransfer.recipient),
        txid_filter(UnmatchedTransfer.txid),
    ),
    sections=(_facts,),
    waiting=(
        Waiting(
            UnmatchedTransfer, (), frozenset({Topic.TRANSFER, Topic.DEPOSIT}), Permission.RECORD_OPERATION
        ),
    ),
)
