"""The menu tree as data: folders and pages. A page that the operator may not query is not in the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wbo_desktop.services.desk import Desk
from wbo_desktop.views.commands import Command
from wbo_desktop.views.commands.declared import FIXED
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP, Marked
from wbo_desktop.views.pages import (
    audit_log,
    balance_differences,
    channel_custodial_account,
    client_wallet_address,
    coin_deposit_records,
    cryptocurrency,
    deposit_application,
    desk_rules,
    network,
    operators,
    permission_requests,
    refunds,
    unmatched_transfers,
)
from wbo_desktop.views.pages.base import Page


@dataclass(frozen=True, slots=True)
class Folder:
    """A heading of the menu with its entries."""

    title: Marked
    entries: tuple[Folder | Page, ...]


TREE: tuple[Folder | Page, ...] = (
    Folder(
        QT_TRANSLATE_NOOP("menu", "VA Clearing Management"),
        (
            Folder(
                QT_TRANSLATE_NOOP("menu", "Deposit & Withdrawal"),
                (
                    channel_custodial_account.PAGE,
                    client_wallet_address.PAGE,
                    Folder(
                        QT_TRANSLATE_NOOP("menu", "Deposit"),
                        (
                            deposit_application.PAGE,
                            coin_deposit_records.PAGE,
                            unmatched_transfers.PAGE,
                            balance_differences.PAGE,
                            refunds.PAGE,
                        ),
                    ),
                ),
            ),
        ),
    ),
    Folder(
        QT_TRANSLATE_NOOP("menu", "Business Parameters"),
        (Folder(QT_TRANSLATE_NOOP("menu", "Funds"), (cryptocurrency.PAGE, network.PAGE)),),
    ),
    Folder(
        QT_TRANSLATE_NOOP("menu", "System"),
        (operators.PAGE, permission_requests.PAGE, desk_rules.PAGE, audit_log.PAGE),
    ),
)

FIRST = coin_deposit_records.PAGE.code
"""The code of the page that is open at an operator's first login."""


def allowed(desk: Desk, entries: tuple[Folder | Page, ...] = TREE) -> tuple[Folder | Page, ...]:
    """The menu tree with the pages that this operator may query; empty folders are left out."""
    found: list[Folder | Page] = []
    for entry in entries:
        if isinstance(entry, Folder):
            if inside := allowed(desk, entry.entries):
                found.append(Folder(entry.title, inside))
        elif desk.sees(entry.permission):
            found.append(entry)
    return tuple(found)


def pages(entries: tuple[Folder | Page, ...] = TREE) -> Iterator[Page]:
    """All pages of a tree, in its order."""
    for entry in entries:
        if isinstance(entry, Folder):
            yield from pages(entry.entries)
        else:
            yield entry


def page_command(page: Page) -> Command:
    """The command that brings up a page."""
    return Command(f"page.{page.code}", page.title, page.icon, permission=page.permission, offered=True)


def commands() -> Iterator[Command]:
    """Every command of the desktop: the declared ones, then each page with its acts."""
    yield from FIXED
    for page in pages():
        yield page_command(page)
        yield from page.commands()
