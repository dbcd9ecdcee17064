"""`wbo-desktop client`: the client side played against a database."""

from __future__ import annotations

import argparse
import json

from wbo_desktop.cli.arguments import amount
from wbo_desktop.cli.common import Commands, connect
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The commands of `client`."""
    client = commands.add_parser("client", help="play the client side against a database").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    submit = client.add_parser("submit", help="submit a deposit request")
    submit.add_argument("external_serial")
    submit.add_argument("securities_account")
    submit.add_argument("coin")
    submit.add_argument("network")
    submit.add_argument("amount", type=amount)
    submit.add_argument("source_address")
    submit.add_argument("target_address")
    submit.add_argument("--txid")
    submit.add_argument("--json", action="store_true", help="print JSON")
    submit.set_defaults(run=_submit)


def _submit(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models.connection import refusals

    values = (
        options.external_serial,
        options.securities_account,
        options.coin,
        options.network,
        options.amount,
        options.source_address,
        options.target_address,
        options.txid,
    )
    with connect(settings, settings.intake_login, "intake_password") as connection, refusals():
        row = connection.execute(
            "SELECT record_no, status, reason FROM wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        ).fetchone()
    record_no, status, reason = row or ("", "", "")
    if options.json:
        print(json.dumps({"record_no": record_no, "status": status, "reason": reason}))
    else:
        print(f"{record_no}: {status}" + (f" ({reason})" if reason else ""))
    return 0
