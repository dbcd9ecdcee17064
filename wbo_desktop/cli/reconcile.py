"""`wbo-desktop reconcile`: a restored database and its hot wallet."""

from __future__ import annotations

import argparse

from wbo_desktop.cli.arguments import pair
from wbo_desktop.cli.common import Commands, connect
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The command `reconcile`."""
    reconcile = commands.add_parser(
        "reconcile", help="after a restore: compare the hot wallet with the chain, then let it send again"
    )
    reconcile.add_argument("network")
    for option, whose, meaning in (
        ("--pays", "REFUND_NO", "this transaction is that refund's payment"),
        ("--paid-out", "RECORD_NO", "it paid out that record by a refund that the database forgot"),
    ):
        reconcile.add_argument(
            option, metavar=f"TXID={whose}", type=pair, action="append", default=[], help=meaning
        )
    reconcile.add_argument(
        "--foreign", metavar="TXID", action="append", default=[], help="it has nothing to do with refunds"
    )
    reconcile.add_argument("--remark", default="", help="why, for the audit log; with it sending goes on")
    reconcile.set_defaults(run=_reconcile)


def _reconcile(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.chain.refunds.recovered import WalletOnChain
    from wbo_desktop.models.reconcile import Orders, chain_of, reconcile

    orders = Orders(dict(options.pays), dict(options.paid_out), options.foreign)
    with connect(settings, settings.owner_login, "owner_password") as connection:
        chain = WalletOnChain(*chain_of(connection, options.network))
        found = reconcile(connection, options.network, chain, orders, options.remark)
    print("\n".join(found.lines))
    return 0 if found.sending else 1
