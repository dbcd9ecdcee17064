"""The warnings about an address to which coins are about to go, when they may be lost to the client there.

The worker finds out whether it is a contract; the owner keeps the list of known addresses.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain.wallet import ReceiverRisk, receiver_risk
from wbo_desktop.models.tables import Refund, RefundAddress, WalletAddress
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.widgets import Fact
from wbo_desktop.views.widgets.plain import label

Receiver = Refund | RefundAddress | WalletAddress
"""A row with an address that coins may go to, and what is known of it."""


def receiver_kind(row: Receiver) -> str:
    """The kind of an address in words: its known name, a contract, or a plain wallet; a dash until the worker
    has asked a node."""
    translate = QCoreApplication.translate
    if row.known_as:
        return str(row.known_as)
    if row.is_contract is None:
        return shown.NOTHING
    return translate("receiver", "Contract") if row.is_contract else translate("receiver", "Plain wallet")


def risk_of(row: Receiver) -> ReceiverRisk | None:
    """The risk that has to be acknowledged before a refund to the address of a row; None for none."""
    return receiver_risk(row.known_as, row.is_contract)


def caution(row: Receiver) -> str:
    """The warning about the address of a row of `refund_address`, `wallet_address` or `refund`; empty when
    nothing is known against it."""
    translate = QCoreApplication.translate
    if row.known_as:
        return translate(
            "receiver",
            "This address belongs to {name} and serves many of its customers. Coins that are sent back there "
            "may never reach the client.",
        ).format(name=row.known_as)
    if row.is_contract:
        return translate(
            "receiver",
            "This address is a contract, not a plain wallet. Not every contract can take coins back or hand "
            "them on: they may be lost.",
        )
    return ""


def wallet_adder(row: Refund) -> str:
    """The text on who added the wallet of a refund and when: the client side, or an operator."""
    translate = QCoreApplication.translate
    template = (
        translate("receiver", "Operator {login}, {time}")
        if row.wallet_added_by_desk
        else translate("receiver", "The client's side ({login}), {time}")
    )
    return template.format(login=row.wallet_added_by, time=shown.time_text(row.wallet_added_at))


def wallet_facts_of_refund(row: Refund) -> list[Fact]:
    """The fact on who added the wallet of a refund; marked when it was the requester."""
    facts: list[Fact] = [("wallet_added_by", labels.field("wallet_added_by"), wallet_adder(row))]
    if row.wallet_added_by_desk and row.wallet_added_by == row.requested_by:
        text = QCoreApplication.translate(
            "receiver",
            "{login} added this wallet and requested this refund. Ask the client yourself whether it is theirs.",
        ).format(login=row.requested_by)
        facts.append(("wallet_added_by_requester", "", label(text, "warning")))
    return facts


def is_cooling(until: datetime | str | None) -> bool:
    """Whether no refund can go to a wallet yet; `until` in the form of a view or of its JSON."""
    if until is None:
        return False
    return (datetime.fromisoformat(until) if isinstance(until, str) else until) > datetime.now(UTC)
