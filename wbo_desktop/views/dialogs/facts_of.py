"""The facts of a row that dialogs show above their fields: what the operator is about to act on."""

from __future__ import annotations

from typing import Any

from wbo_desktop.models.tables import DepositApplication, DepositRecord, Refund, View, WalletAddress
from wbo_desktop.services.pages import Named
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.widgets import Fact, StatusChip, address_fact

ClientsRow = DepositRecord | DepositApplication | Refund | WalletAddress
"""A row with the number and the names of a client."""
AmountsRow = DepositRecord | DepositApplication | Refund
"""A row with amounts of one coin."""


def _value(row: View, field: Named) -> Any:
    return getattr(row, field.name)


def text_fact(row: View, field: Named) -> Fact:
    """The fact of a field as it is."""
    return field.name, labels.field(field.name), str(_value(row, field) or shown.NOTHING)


def time_fact(row: View, field: Named) -> Fact:
    """The fact of a time, local with its zone."""
    return field.name, labels.field(field.name), shown.time_text(_value(row, field))


def amount_fact(row: AmountsRow, field: Named) -> Fact:
    """The fact of an amount, with every decimal of the coin."""
    return field.name, labels.field(field.name), shown.amount(_value(row, field), row.decimals, row.coin)


def client_fact(row: ClientsRow) -> Fact:
    """The fact with number and name of the client."""
    return "client", labels.field("client_name"), f"{row.client_no}  {labels.client_name(row)}"


def status_fact(kind: str, row: ClientsRow) -> Fact:
    """The fact with the status as a chip."""
    return "status", labels.field("status"), StatusChip(kind, row.status)


def deposit_facts(row: DepositRecord) -> list[Fact]:
    """The facts that identify a deposit record."""
    facts = [
        text_fact(row, DepositRecord.record_no),
        client_fact(row),
        status_fact("deposit", row),
        amount_fact(row, DepositRecord.claimed_amount),
        text_fact(row, DepositRecord.network),
    ]
    if row.reason:
        facts.insert(3, ("reason", labels.field("reason"), labels.record_explained(row)))
    if row.observed_amount is not None and row.observed_amount != row.claimed_amount:
        facts.append(amount_fact(row, DepositRecord.observed_amount))
    if row.credited_amount is not None:
        facts.append(amount_fact(row, DepositRecord.credited_amount))
    facts.append(address_fact("source_address", labels.field("source_address"), row.source_address))
    return facts


def wallet_facts(row: WalletAddress) -> list[Fact]:
    """The facts that identify a client's wallet."""
    return [
        client_fact(row),
        text_fact(row, WalletAddress.network),
        status_fact("wallet", row),
        address_fact("address", labels.field("address"), row.address),
    ]


def refund_facts(row: Refund) -> list[Fact]:
    """The facts that identify a refund."""
    return [
        text_fact(row, Refund.refund_no),
        text_fact(row, Refund.record_no),
        client_fact(row),
        status_fact("refund", row),
        text_fact(row, Refund.network),
        amount_fact(row, Refund.amount),
        address_fact("address", labels.field("address"), row.address),
    ]
