"""`wbo-desktop clients import` and `wbo-desktop addresses import`: files of the core system and of the owner."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wbo_desktop.cli.common import CommandError, Commands, complain, connect
from wbo_desktop.settings import Settings

if TYPE_CHECKING:
    from wbo_desktop.models.csv_files import FileFaults


def add(commands: Commands) -> None:
    """The commands of `clients` and `addresses`."""
    clients = _import_of(
        commands,
        "clients",
        "the core system's clients: import",
        "Take over the core system's clients from a CSV file: new ones are added, known ones brought up to date. "
        "Columns: client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified (yes or no), "
        "language (zh_HK, zh_CN or en).",
    )
    clients.set_defaults(run=_clients)
    addresses = _import_of(
        commands,
        "addresses",
        "addresses that many people send from: import",
        "Name addresses of exchanges and the like from a CSV file, so that a refund to one is asked about. "
        "Columns: address, name. An empty name takes one back.",
        network=True,
    )
    addresses.set_defaults(run=_addresses)


def _import_of(
    commands: Commands, family: str, summary: str, told: str, *, network: bool = False
) -> argparse.ArgumentParser:
    families = commands.add_parser(family, help=summary).add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    command = families.add_parser(
        "import",
        help="from a CSV file, whole or not at all",
        description=f"{told} As the database's owner. Every line is checked before anything is written.",
    )
    if network:
        command.add_argument("network", metavar="NETWORK")
    command.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8 with a line of column names")
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _clients(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models.csv_files import take_clients

    return _import(options, settings, lambda owner: take_clients(owner, options.file), "clients")


def _addresses(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models.csv_files import take_addresses

    def take(owner: Any) -> int:
        return take_addresses(owner, options.network, options.file)

    return _import(options, settings, take, "addresses")


def _import(options: argparse.Namespace, settings: Settings, take: Callable[[Any], int], what: str) -> int:
    from wbo_desktop.domain.errors import RuleViolation
    from wbo_desktop.models.csv_files import FileFaults

    try:
        with connect(settings, settings.owner_login, "owner_password") as owner:
            count = take(owner)
    except FileFaults as wrong:
        return _refused(wrong, what, as_json=options.json)
    except RuleViolation as refused:
        if refused.code == "permission_denied":
            raise CommandError(f"{settings.owner_login} is not a member of wbo_owner") from None
        if refused.code == "unknown_object":
            raise CommandError(f"there is no network {options.network}; mind capital letters") from None
        raise
    if options.json:
        print(json.dumps({what: count, "faults": []}))
    else:
        print(f"{count} {what} imported.")
    return 0


def _refused(wrong: FileFaults, what: str, *, as_json: bool) -> int:
    if as_json:
        faults = [{"line": f.line, "field": f.field, "fault": f.words} for f in wrong.faults]
        print(json.dumps({what: 0, "faults": faults}, ensure_ascii=False))
        return 1
    for fault in wrong.faults:
        complain(str(fault))
    return complain("nothing was imported")
