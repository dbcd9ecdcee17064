"""The choices of filters, and the readers of typed filter values."""

from __future__ import annotations

from typing import Any

from wbo_desktop.domain.types import parse_address, parse_tx_hash
from wbo_desktop.models.tables import ChainHealth, ListedCoin
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Match, Named
from wbo_desktop.views.pages.spec import Text


async def coins(desk: Desk) -> list[tuple[Any, str]]:
    """The codes of all coins, each once, as options of a filter."""
    codes = {str(row.code): None for row in await desk.rows(ListedCoin)}
    return [(code, code) for code in codes]


async def networks(desk: Desk) -> list[tuple[Any, str]]:
    """The names of all networks, as options of a filter."""
    return [(row.network, row.network) for row in await desk.rows(ChainHealth)]


def number(text: str) -> str:
    """A record, client or account number as the database has it: without space around it, in capital letters."""
    return text.strip().upper()


def txid_filter(field: Named) -> Text:
    """A filter on a whole TXID in `field`."""
    return Text(field, Match.EQUAL, parse_tx_hash, width=136)


def address_filter(field: Named) -> Text:
    """A filter on a whole address in `field`."""
    return Text(field, Match.EQUAL, lambda text: parse_address(text, field.name), width=136)
