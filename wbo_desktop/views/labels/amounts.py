"""The amount of a deposit record in words: credited, seen on chain, or only claimed; and its difference from
the claim."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from wbo_desktop.models.tables import DepositRecord, Field
from wbo_desktop.views import format as shown

translate = QCoreApplication.translate


def deposit_amount(row: DepositRecord) -> Decimal | None:
    """The amount of a row of `deposit_record` in units of the coin: credited, else seen on chain, else
    claimed."""
    return next((amount for field in _ORDER if (amount := field.of(row)) is not None), None)


_ORDER: tuple[Field[Decimal] | Field[Decimal | None], ...] = (
    DepositRecord.credited_amount,
    DepositRecord.observed_amount,
    DepositRecord.claimed_amount,
)


def _basis(row: DepositRecord) -> str:
    return next((field.name for field in _ORDER if field.of(row) is not None), "claimed_amount")


def deposit_amount_text(row: DepositRecord) -> str:
    """The amount for a table; with a word before it unless it was credited."""
    text = _text(row, deposit_amount(row))
    match _basis(row):
        case "credited_amount":
            return text
        case "observed_amount":
            return translate("amount", "on chain {amount}").format(amount=text)
    return translate("amount", "claimed {amount}").format(amount=text)


def amount_difference(row: DepositRecord) -> Decimal | None:
    """The amount credited or seen less the claim, in units; None while nothing was seen, or when they are
    equal."""
    found, claimed = deposit_amount(row), row.claimed_amount
    if found is None or claimed is None or found == claimed:
        return None
    return Decimal(found) - Decimal(claimed)


def amount_difference_text(row: DepositRecord) -> str:
    """The difference as text with its sign."""
    difference = amount_difference(row)
    if difference is None:
        return shown.NOTHING
    return shown.difference(difference, row.decimals, row.coin)


def deposit_amount_explained(row: DepositRecord) -> str:
    """A sentence about the amount: what it is, the claim, and the difference."""
    basis, difference = _basis(row), amount_difference(row)
    if basis == "claimed_amount":
        return translate("amount", "Claimed by the client; nothing was seen on chain yet.")
    if difference is None:
        return (
            translate("amount", "Credited, exactly as claimed.")
            if basis == "credited_amount"
            else translate("amount", "Seen on chain, exactly as claimed; not credited.")
        )
    template = (
        translate("amount", "Credited; claimed were {claimed}, the difference is {difference}.")
        if basis == "credited_amount"
        else translate(
            "amount", "Seen on chain, not credited; claimed were {claimed}, the difference is {difference}."
        )
    )
    return template.format(
        claimed=_text(row, row.claimed_amount),
        difference=shown.difference(difference, row.decimals, row.coin),
    )


def _text(row: DepositRecord, value: Decimal | None) -> str:
    return shown.amount(value, row.decimals, row.coin)
