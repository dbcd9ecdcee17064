"""餘額差異: differences of balance reconciliation, native coin on an account that no transfer explains."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import ExplainDifference, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import UnexplainedBalance
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.balances import ExplainDifferenceDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.choices import address_filter, networks, number
from wbo_desktop.views.pages.sections import Advice, FactList
from wbo_desktop.views.pages.spec import ActSpec, Choice, Context, Dates, PageSpec, Text, Waiting
from wbo_desktop.views.tables.columns import Column, Kind

LIKELY = QT_TRANSLATE_NOOP("column", "Likely client")
LIKELY_NO = QT_TRANSLATE_NOOP("column", "Client number")


def _difference(row: UnexplainedBalance) -> str:
    """The difference as text with its sign: positive for more than expected."""
    return shown.difference(row.amount, row.decimals, row.coin)


def _what_to_do(row: UnexplainedBalance) -> str:
    translate = QCoreApplication.translate
    if row.amount > 0:
        return translate(
            "balance",
            "More came than transfers explain: a contract may have passed it on. Open the address in the explorer "
            "between these blocks and ask the likely client. It cannot be credited here; tell your supervisor "
            "what you found, then explain the difference.",
        )
    return translate(
        "balance",
        "Less is there than expected although nothing was sent. Tell your supervisor now, and explain the "
        "difference only when the cause is found.",
    )


COLUMNS = (
    Column(UnexplainedBalance.found_at, Kind.TIME, 164),
    Column(
        UnexplainedBalance.amount,
        Kind.AMOUNT,
        244,
        title=QT_TRANSLATE_NOOP("column", "Difference"),
        text=_difference,
    ),
    Column(UnexplainedBalance.likely_client_name, width=170, title=LIKELY, text=labels.likely_client_name),
    Column(UnexplainedBalance.likely_client_no, Kind.CODE, 110, title=LIKELY_NO),
    Column(UnexplainedBalance.network, width=110),
    Column(UnexplainedBalance.address, Kind.ADDRESS, 150),
    Column(UnexplainedBalance.from_number, Kind.NUMBER, 110),
    Column(UnexplainedBalance.to_number, Kind.NUMBER, 110),
)

FACTS = (
    Column(
        UnexplainedBalance.amount,
        Kind.AMOUNT,
        title=QT_TRANSLATE_NOOP("column", "Difference"),
        text=_difference,
    ),
    Column(UnexplainedBalance.network),
    Column(UnexplainedBalance.address, Kind.ADDRESS),
    Column(UnexplainedBalance.likely_client_name, title=LIKELY, text=labels.likely_client_name),
    Column(UnexplainedBalance.likely_client_no, Kind.CODE, title=LIKELY_NO),
    Column(UnexplainedBalance.from_number, Kind.NUMBER),
    Column(UnexplainedBalance.to_number, Kind.NUMBER),
    Column(UnexplainedBalance.found_at, Kind.TIME),
)


def _note(context: Context, parent: QWidget) -> QWidget:
    return Advice(_what_to_do, parent)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="balance_differences",
    title=QT_TRANSLATE_NOOP("menu", "Balance Differences"),
    icon="vault",
    permission=Permission.RECORD_INQUIRY,
    model=UnexplainedBalance,
    called=lambda row: shown.shortened(row.address),
    columns=COLUMNS,
    topics=frozenset({Topic.TRANSFER}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "Every balance of our accounts is explained by transfers. Nothing to do."
    ),
    filters=(
        Dates(UnexplainedBalance.found_at),
        Text(UnexplainedBalance.likely_client_no, read=number, width=120, title=LIKELY_NO),
        Choice(UnexplainedBalance.network, networks),
        address_filter(UnexplainedBalance.address),
    ),
    acts=(ActSpec(ExplainDifference, ExplainDifferenceDialog, "check"),),
    sections=(_note, _facts),
    waiting=(Waiting(UnexplainedBalance, (), frozenset({Topic.TRANSFER}), Permission.RECORD_OPERATION),),
)
