"""加密貨幣: the coins that can be deposited, one row per coin and network."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import SaveCryptocurrency, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import Cryptocurrency
from wbo_desktop.services.pages import Row
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.dialogs.currency import SaveCryptocurrencyDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.sections import FactList
from wbo_desktop.views.pages.spec import ActSpec, Context, PageSpec
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.theme import Tone


def _name(row: Row) -> str:
    """The coin's name in the current language."""
    column = {"zh_HK": "name_zh_hk", "zh_CN": "name_zh_cn"}.get(i18n.language(), "name_en")
    return str(row.get(column) or row["name_en"] or row["code"])


def _enabled(row: Row) -> str:
    if row["deposit_enabled"]:
        return QCoreApplication.translate("cryptocurrency", "Open")
    return QCoreApplication.translate("cryptocurrency", "Closed")


def _tone(row: Row) -> Tone:
    return Tone.GOOD if row["deposit_enabled"] else Tone.NEUTRAL


def _contract(row: Row) -> str:
    return str(row["contract"] or QCoreApplication.translate("cryptocurrency", "Native coin"))


COLUMNS = (
    Column("code", Kind.CODE, 90),
    Column("name", width=140, text=_name),
    Column("network", width=120),
    Column("deposit_enabled", Kind.CHIP, 100, text=_enabled, tone=_tone),
    Column("minimum_deposit", Kind.AMOUNT, 216, coin="code"),
    Column("confirmations", Kind.NUMBER, 90),
    Column("decimals", Kind.NUMBER, 80),
    Column("wallet_rule", width=130, words=labels.wallet_rule),
    Column("contract", Kind.CODE, 370, text=_contract),
    Column("remark", width=200),
    Column("updated_at", Kind.TIME, 160, visible=False),
)

FACTS = (
    Column("name_zh_hk"),
    Column("name_zh_cn"),
    Column("name_en"),
    Column("contract", Kind.ADDRESS, visible=False),
    Column("decimals", Kind.NUMBER),
    Column("minimum_deposit", Kind.AMOUNT, coin="code"),
    Column("confirmations", Kind.NUMBER),
    Column("wallet_rule", words=labels.wallet_rule),
    Column("credit_tolerance", Kind.NUMBER),
    Column("approvals_needed", Kind.NUMBER),
    Column("two_approvals_above", Kind.AMOUNT, coin="code", visible=False),
    Column("cooling_off_hours", Kind.NUMBER),
    Column("daily_refund_limit", Kind.AMOUNT, coin="code", visible=False),
    Column("alert_level", Kind.AMOUNT, coin="code", visible=False),
    Column("stop_level", Kind.AMOUNT, coin="code", visible=False),
    Column("remark", visible=False),
    Column("updated_at", Kind.TIME),
)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="cryptocurrency",
    title=QT_TRANSLATE_NOOP("menu", "Cryptocurrency"),
    icon="coin",
    permission=Permission.CURRENCY_INQUIRY,
    source=Cryptocurrency,
    key=("code", "network"),
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
