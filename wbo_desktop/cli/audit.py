"""`wbo-desktop audit`: the log verified, replayed, and reported by the day."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from wbo_desktop.cli.arguments import day
from wbo_desktop.cli.common import Commands, complain, connect
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The commands of `audit`."""
    audit = commands.add_parser("audit", help="the audit log: verify, report").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    verify = audit.add_parser(
        "verify", help="walk the hash chain; exit 1 names the first entry that was altered"
    )
    verify.add_argument("--anchor", metavar="HASH", help="a head noted earlier: is it still in the chain?")
    verify.add_argument("--json", action="store_true", help="print JSON")
    verify.add_argument(
        "--replay",
        action="store_true",
        help="rebuild every audited row from the log and compare it with its table",
    )
    verify.set_defaults(run=_verify)
    report = audit.add_parser(
        "report", help="one day in figures with the chain's head: print it, and the log up to then is proven"
    )
    report.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="a day in Hong Kong (default: today)")
    report.add_argument("--json", action="store_true", help="print JSON")
    report.set_defaults(run=_report)


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models.audit import kept_anchor, verify
    from wbo_desktop.models.replay import replay

    anchor = options.anchor or kept_anchor(settings.audit_anchor_file)
    with connect(settings, settings.owner_login, "owner_password") as connection:
        found = verify(connection, anchor)
        replayed = replay(connection) if options.replay else None
    faults = replayed.faults if replayed else ()
    if options.json:
        said = found.as_json()
        if replayed is not None:
            said |= {"rows": replayed.rows, "unexplained": [asdict(fault) for fault in faults]}
        print(json.dumps(said, default=str))
    else:
        if found.fault:
            complain(found.fault if found.bad_seq is None else f"entry {found.bad_seq}: {found.fault}")
        else:
            print(f"{found.entries} entries, {found.sealed} sealed, none altered. Head: {found.head}")
        for fault in faults:
            complain(str(fault))
        if replayed is not None and not faults:
            print(f"{replayed.rows} rows are what the log says of them.")
    return 1 if found.fault or faults else 0


def _report(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models import audit

    with connect(settings, settings.owner_login, "owner_password") as connection:
        found, report = audit.verify(connection), audit.daily_report(connection, options.day)
    if options.json:
        print(json.dumps({"verified": found.as_json(), **report}))
    else:
        print("\n".join(audit.report_lines(report, found)))
    return 1 if found.fault else 0
