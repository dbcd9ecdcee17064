"""加密貨幣: the coins that can be deposited, one row per coin and network."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import SaveCryptocurrency, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import Cryptocurrency
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.currency import SaveCryptocurrencyDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.sections import FactList
from wbo_desktop.views.pages.spec import ActSpec, Context, PageSpec
from wbo_desktop.views.tables.columns import Column, Computed, Kind
from wbo_desktop.views.theme import Tone


def _name(row: Cryptocurrency) -> str:
    """The coin's name in the current language."""
    return labels.in_own_language(row.name_en or row.code, row.name_zh_hk, row.name_zh_cn)


def _enabled(row: Cryptocurrency) -> str:
    if row.deposit_enabled:
        return QCoreApplication.translate("cryptocurrency", "Open")
    return QCoreApplication.translate("cryptocurrency", "Closed")


def _tone(row: Cryptocurrency) -> Tone:
    return Tone.GOOD if row.deposit_enabled else Tone.NEUTRAL


def _contract(row: Cryptocurrency) -> str:
    return str(row.contract or QCoreApplication.translate("cryptocurrency", "Native coin"))


COLUMNS = (
    Column(Cryptocurrency.code, Kind.CODE, 90),
    Column(Computed("name"), width=140, text=_name),
    Column(Cryptocurrency.network, width=120),
    Column(Cryptocurrency.deposit_enabled, Kind.CHIP, 100, text=_enabled, tone=_tone),
    Column(Cryptocurrency.minimum_deposit, Kind.AMOUNT, 216, coin=Cryptocurrency.code),
    Column(Cryptocurrency.confirmations, Kind.NUMBER, 90),
    Column(Cryptocurrency.decimals, Kind.NUMBER, 80),
    Column(Cryptocurrency.wallet_rule, width=130, words=labels.wallet_rule),
    Column(Cryptocurrency.contract, Kind.CODE, 370, text=_contract),
    Column(Cryptocurrency.remark, width=200),
    Column(Cryptocurrency.updated_at, Kind.TIME, 160, visible=False),
)

FACTS = (
    Column(Cryptocurrency.name_zh_hk),
    Column(Cryptocurrency.name_zh_cn),
    Column(Cryptocurrency.name_en),
    Column(Cryptocurrency.contract, Kind.ADDRESS, visible=False),
    Column(Cryptocurrency.decimals, Kind.NUMBER),
    Column(Cryptocurrency.minimum_deposit, Kind.AMOUNT, coin=Cryptocurrency.code),
    Column(Cryptocurrency.confirmations, Kind.NUMBER),
    Column(Cryptocurrency.wallet_rule, words=labels.wallet_rule),
    Column(Cryptocurrency.credit_tolerance, Kind.NUMBER),
    Column(Cryptocurrency.approvals_needed, Kind.NUMBER),
    Column(Cryptocurrency.two_approvals_above, Kind.AMOUNT, coin=Cryptocurrency.code, visible=False),
    Column(Cryptocurrency.cooling_off_hours, Kind.NUMBER),
    Column(Cryptocurrency.daily_refund_limit, Kind.AMOUNT, coin=Cryptocurrency.code, visible=False),
    Column(Cryptocurrency.alert_level, Kind.AMOUNT, coin=Cryptocurrency.code, visible=False),
    Column(Cryptocurrency.stop_level, Kind.AMOUNT, coin=Cryptocurrency.code, visible=False),
    Column(Cryptocurrency.remark, visible=False),
    Column(Cryptocurrency.updated_at, Kind.TIME),
)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="cryptocurrency",
    title=QT_TRANSLATE_NOOP("menu", "Cryptocurrency"),
    icon="coin",
    permission=Permission.CURRENCY_INQUIRY,
    model=Cryptocurrency,
    columns=COLUMNS,
    topics=frozenset({Topic.CURRENCY}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "No cryptocurrencies yet. Add the first one; a network has to exist before."
    ),
    acts=(
        ActSpec(
            SaveCryptocurrency,
            SaveCryptocurrencyDialog,
            "plus",
            on_row=False,
            name="cryptocurrency.add",
            title=QT_TRANSLATE_NOOP("act", "Add"),
        ),
        ActSpec(
            SaveCryptocurrency,
            SaveCryptocurrencyDialog,
            "edit",
            name="cryptocurrency.edit",
            title=QT_TRANSLATE_NOOP("act", "Edit"),
        ),
    ),
    sections=(_facts,),
)
