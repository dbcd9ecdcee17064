"""What is said about an address that coins are about to go to, when what arrives there may be lost to the client.

The worker learns whether it is a contract; the owner keeps the list of known addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain.wallet import ReceiverRisk, receiver_risk
from wbo_desktop.views import format as shown


def receiver_kind(row: Mapping[str, Any]) -> str:
    """What kind of address it is, for tables and details: whose, a contract, or a plain wallet; a dash until
    the worker has asked a node."""
    translate = QCoreApplication.translate
    if row.get("known_as"):
        return str(row["known_as"])
    if row.get("is_contract") is None:
        return shown.NOTHING
    return translate("receiver", "Contract") if row["is_contract"] else translate("receiver", "Plain wallet")


def risk_of(row: Mapping[str, Any]) -> ReceiverRisk | None:
    """What has to be acknowledged before a refund to the address of a row."""
    return receiver_risk(row.get("known_as"), row.get("is_contract"))


def caution(row: Mapping[str, Any]) -> str:
    """The warning about the address of a row of `refund_address`, `wallet_address` or `refund`; empty when
    nothing is known against it."""
    translate = QCoreApplication.translate
    if row.get("known_as"):
        return translate(
            "receiver",
            "This address belongs to {name} and serves many of its customers. Coins that are sent back there "
            "may never reach the client.",
        ).format(name=row["known_as"])
    if row.get("is_contract"):
        return translate(
            "receiver",
            "This address is a contract, not a plain wallet. Not every contract can take coins back or hand "
            "them on: they may be lost.",
        )
    return ""


def is_cooling(until: datetime | str | None) -> bool:
    """Whether a wallet still waits before refunds can go to it; `until` as a view or its JSON has it."""
    if until is None:
        return False
    return (datetime.fromisoformat(until) if isinstance(until, str) else until) > datetime.now(UTC)
