"""The facts of a row that dialogs show above their fields: what the operator is about to act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.widgets import Fact, StatusChip, address_fact

Row = Mapping[str, Any]


def text_fact(row: Row, column: str) -> Fact:
    """The fact of a column as it is."""
    return column, labels.field(column), str(row.get(column) or shown.NOTHING)


def time_fact(row: Row, column: str) -> Fact:
    """The fact of a time column, local with its zone."""
    return column, labels.field(column), shown.time_text(row.get(column))


def amount_fact(row: Row, column: str) -> Fact:
    """The fact of an amount, with every decimal of the coin."""
    return column, labels.field(column), shown.amount(row.get(column), row.get("decimals"), row.get("coin"))


def client_fact(row: Row) -> Fact:
    """The fact with number and name of the client."""
    return "client", labels.field("client_name"), f"{row['client_no']}  {labels.client_name(row)}"


def status_fact(kind: str, row: Row) -> Fact:
    """The fact with the status as a chip."""
    return "status", labels.field("status"), StatusChip(kind, row.get("status"))


def deposit_facts(row: Row) -> list[Fact]:
    """The facts that identify a deposit record."""
    facts = [
        text_fact(row, "record_no"),
        client_fact(row),
        status_fact("deposit", row),
        amount_fact(row, "claimed_amount"),
        text_fact(row, "network"),
    ]
    if row.get("reason"):
        facts.insert(3, ("reason", labels.field("reason"), labels.record_explained(row)))
    if row.get("observed_amount") is not None and row["observed_amount"] != row.get("claimed_amount"):
        facts.append(amount_fact(row, "observed_amount"))
    if row.get("credited_amount") is not None:
        facts.append(amount_fact(row, "credited_amount"))
    facts.append(address_fact("source_address", labels.field("source_address"), row.get("source_address")))
    return facts


def wallet_facts(row: Row) -> list[Fact]:
    """The facts that identify a client's wallet."""
    return [
        client_fact(row),
        text_fact(row, "network"),
        status_fact("wallet", row),
        address_fact("address", labels.field("address"), row.get("address")),
    ]


def refund_facts(row: Row) -> list[Fact]:
    """The facts that identify a refund."""
    return [
        text_fact(row, "refund_no"),
        text_fact(row, "record_no"),
        client_fact(row),
        status_fact("refund", row),
        text_fact(row, "network"),
        amount_fact(row, "amount"),
        address_fact("address", labels.field("address"), row.get("address")),
    ]
