"""What filters offer to choose from, and how typed values are read."""

from __future__ import annotations

from typing import Any

from wbo_desktop.domain.types import parse_address, parse_tx_hash
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Match
from wbo_desktop.views.pages.spec import Text


async def coins(desk: Desk) -> list[tuple[Any, str]]:
    """The codes of all coins, once each."""
    codes = {str(row["code"]): None for row in await desk.rows("coin")}
    return [(code, code) for code in codes]


async def networks(desk: Desk) -> list[tuple[Any, str]]:
    """The names of all networks."""
    return [(row["network"], row["network"]) for row in await desk.rows("chain_health")]


def number(text: str) -> str:
    """Record, client and account numbers are written in capital letters."""
    return text.strip().upper()


def txid_filter() -> Text:
    """A whole TXID."""
    return Text("txid", Match.EQUAL, parse_tx_hash, width=136)


def address_filter(column: str) -> Text:
    """A whole address."""
    return Text(column, Match.EQUAL, lambda text: parse_address(text, column), width=136)
