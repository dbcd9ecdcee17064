"""The commands. Reads arguments and settings, imports what the command needs, says what is wrong in one
line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wbo_desktop import __version__
from wbo_desktop.settings import LANGUAGES, Settings, SettingsError, load

if TYPE_CHECKING:
    from wbo_desktop.models.connection import Server


class CommandError(Exception):
    """What is wrong and what to do, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = options.run
    try:
        return command(options, load())
    except (CommandError, SettingsError) as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        words = _known(error)
        if words is None:
            raise
        return _complain(words)


def _complain(words: str) -> int:
    print("wbo-desktop: " + " ".join(words.split()), file=sys.stderr)
    return 1


def _known(error: Exception) -> str | None:
    """The sentence for errors of the environment; None for a defect, which should be seen whole."""
    from wbo_demo.folder import DemoError
    from wbo_desktop.domain.errors import RuleViolation
    from wbo_desktop.models.migrate import MigrationError

    if isinstance(error, RuleViolation):
        from wbo_desktop.views.labels import sentence

        return sentence(error)
    return str(error) if isinstance(error, (DemoError, MigrationError)) else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wbo-desktop", description="Back office for clients' cryptocurrency deposits."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(run=_desktop)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    demo = commands.add_parser(
        "demo", help="the desktop on an embedded database, a local chain and made-up clients"
    )
    demo.add_argument(
        "--tour", type=Path, metavar="DIR", help="drive the windows through every flow; pictures go to DIR"
    )
    demo.add_argument("--lang", choices=LANGUAGES, help="the desktop's language (default: zh_HK)")
    demo.add_argument("--data", type=Path, metavar="DIR", help="keep the made-up world in DIR")
    demo.set_defaults(run=_demo)

    sandbox = commands.add_parser(
        "sandbox", help="the demo's database, chain and worker without windows, until SIGTERM"
    )
    sandbox.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the world is kept")
    sandbox.add_argument("--json", type=Path, required=True, metavar="FILE", help="written when all is ready")
    sandbox.add_argument(
        "--block-time", type=_seconds, default=1.0, metavar="S", help="seconds between blocks (default: 1)"
    )
    sandbox.add_argument(
        "--records", type=_count, default=0, metavar="N", help="so many old deposit records to look at"
    )
    sandbox.add_argument("--no-worker", action="store_true", help="start no chain worker")
    sandbox.set_defaults(run=_sandbox)

    worker = commands.add_parser(
        "worker", help="the headless chain worker; SIGTERM finishes what it holds and stops"
    )
    worker.set_defaults(run=_worker)

    _add_database(commands)
    _add_network(commands)
    _add_audit(commands)
    _add_client(commands)
    return parser


def _add_database(commands: Any) -> None:
    database = commands.add_parser("db", help="the schema: init, upgrade, check").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    init = database.add_parser("init", help="make roles and schema in an empty database")
    init.add_argument(
        "--login", metavar="LOGIN", help="who may create roles (default: the setting owner_login)"
    )
    init.add_argument(
        "--admin",
        metavar="LOGIN",
        action="append",
        default=[],
        help="also make an administrator, with a one-time password; give it twice, for two people",
    )
    init.add_argument("--json", action="store_true", help="print JSON")
    init.set_defaults(run=_db_init)
    add = database.add_parser(
        "add-admin",
        help="make another administrator, or one anew who was lost",
        description="As the database's owner, who stands above all hands: for a desk whose administrators are too few.",
    )
    add.add_argument("admin", metavar="LOGIN", nargs=1)
    add.add_argument("--json", action="store_true", help="print JSON")
    add.set_defaults(run=_db_add_admin)
    upgrade = database.add_parser("upgrade", help="bring the schema to this program's version")
    upgrade.set_defaults(run=_db_upgrade)
    check = database.add_parser("check", help="compare the database with this program")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=_db_check)
    reconcile = commands.add_parser(
        "reconcile", help="after a restore: compare the hot wallet with the chain, then let it send again"
    )
    reconcile.add_argument("network")
    for option, whose, meaning in (
        ("--pays", "REFUND_NO", "this transaction is that refund's payment"),
        ("--paid-out", "RECORD_NO", "it paid out that record by a refund that the database forgot"),
    ):
        reconcile.add_argument(
            option, metavar=f"TXID={whose}", type=_pair, action="append", default=[], help=meaning
        )
    reconcile.add_argument(
        "--foreign", metavar="TXID", action="append", default=[], help="it has nothing to do with refunds"
    )
    reconcile.add_argument("--remark", default="", help="why, for the audit log; with it sending goes on")
    reconcile.set_defaults(run=_reconcile)


def _add_network(commands: Any) -> None:
    network = commands.add_parser("network", help="a network's line: clear-alarm").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    clear = network.add_parser(
        "clear-alarm",
        help="let a network's line go on after somebody has looked",
        description="Let a line that an alarm stopped go on. As the database's owner; kept in the audit log.",
    )
    clear.add_argument("network", metavar="NETWORK")
    clear.add_argument(
        "--remark", required=True, metavar="TEXT", help="what was found and who decided, for the audit log"
    )
    clear.add_argument(
        "--accept",
        action="store_true",
        help="accept what the chain says now: final blocks that it replaced may be undone, with what rests on them",
    )
    clear.add_argument("--json", action="store_true", help="print JSON")
    clear.set_defaults(run=_network_clear_alarm)


def _add_audit(commands: Any) -> None:
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
    verify.set_defaults(run=_audit_verify)
    report = audit.add_parser(
        "report", help="one day in figures with the chain's head: print it, and the log up to then is proven"
    )
    report.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="a day in Hong Kong (default: today)")
    report.add_argument("--json", action="store_true", help="print JSON")
    report.set_defaults(run=_audit_report)


def _add_client(commands: Any) -> None:
    client = commands.add_parser("client", help="play the client side against a database").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    submit = client.add_parser("submit", help="submit a deposit request")
    submit.add_argument("external_serial")
    submit.add_argument("securities_account")
    submit.add_argument("coin")
    submit.add_argument("network")
    submit.add_argument("amount", type=_amount)
    submit.add_argument("source_address")
    submit.add_argument("target_address")
    submit.add_argument("--txid")
    submit.add_argument("--json", action="store_true", help="print JSON")
    submit.set_defaults(run=_client_submit)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError("must be between 0 and 3600 seconds")
    return value


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form A=B")
    return left, right


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-01-31") from None


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount") from None


# the programs


def _desktop(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.app import run_desktop

    return run_desktop(settings)


def _demo(options: argparse.Namespace, settings: Settings) -> int:
    language = options.lang or settings.language
    if options.tour:
        from wbo_demo.tour import run_tour

        return run_tour(options.tour, language, options.data)
    from wbo_demo.desk import run_demo

    return run_demo(language, options.data)


def _sandbox(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_demo.sandbox import run_sandbox

    return run_sandbox(
        options.data, options.json, options.block_time, options.records, worker=not options.no_worker
    )


def _worker(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.worker import run_worker

    return run_worker(settings)


# the database


def server_of(settings: Settings) -> Server:
    """The shared database that the settings name."""
    from wbo_desktop.models.connection import Server

    return Server(
        settings.db_host, settings.db_port, settings.db_name, settings.db_sslmode, settings.db_sslrootcert
    )


def _connect(settings: Settings, login: str, secret: str) -> Any:
    from wbo_desktop.models.connection import open_connection
    from wbo_desktop.secrets import Secret, find_secret

    if not login:
        raise CommandError(f"who logs in? Set {secret.removesuffix('_password')}_login in the settings")
    password = find_secret(secret)
    if password is None and sys.stdin.isatty():
        import getpass

        password = Secret(getpass.getpass(f"Password of {login}: "))
    if password is None:
        raise CommandError(
            f"no password for {login}: put {secret} into the keyring or the service's credentials"
        )
    return open_connection(server_of(settings), login, password, "wbo-desktop cli")


def _db_init(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop import administrators
    from wbo_desktop.models import migrate

    if wrong := administrators.complaint(options.admin):
        raise CommandError(wrong)
    with _connect(settings, options.login or settings.owner_login, "owner_password") as connection:
        migrate.initialise(connection)
        made = administrators.make(connection, options.admin)
    if options.json:
        print(json.dumps({"version": migrate.SCHEMA_VERSION, "administrators": administrators.as_json(made)}))
        return 0
    print(f"The schema is there, at version {migrate.SCHEMA_VERSION}.")
    administrators.show(made)
    if len(made) < 2:
        print(f"wbo-desktop: warning: {administrators.ALONE}", file=sys.stderr)
    return 0


def _db_add_admin(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop import administrators

    if wrong := administrators.complaint(options.admin):
        raise CommandError(wrong)
    with _connect(settings, settings.owner_login, "owner_password") as connection:
        made = administrators.make(connection, options.admin)
    if options.json:
        print(json.dumps(administrators.as_json(made)[0]))
    else:
        administrators.show(made)
    return 0


def _db_upgrade(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models import migrate

    with _connect(settings, settings.owner_login, "owner_password") as connection:
        print(f"The schema is at version {migrate.upgrade(connection)}.")
    return 0


def _db_check(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models import migrate

    with _connect(settings, settings.owner_login, "owner_password") as connection:
        found = migrate.check(connection)
    if options.json:
        print(
            json.dumps(
                {
                    "version": found.version,
                    "needed": found.needed,
                    "faults": found.faults,
                    "warnings": found.warnings,
                }
            )
        )
    elif found.faults:
        _complain("; ".join(found.faults))
    else:
        print(f"All is well: version {found.version}.")
    for warning in () if options.json else found.warnings:
        print(f"wbo-desktop: warning: {warning}", file=sys.stderr)
    return 1 if found.faults else 0


def _reconcile(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.chain.refunds.recovered import ChainSide
    from wbo_desktop.models.reconcile import Orders, chain_of, reconcile

    orders = Orders(dict(options.pays), dict(options.paid_out), options.foreign)
    with _connect(settings, settings.owner_login, "owner_password") as connection:
        chain = ChainSide(*chain_of(connection, options.network))
        found = reconcile(connection, options.network, chain, orders, options.remark)
    print("\n".join(found.lines))
    return 0 if found.sending else 1


def _network_clear_alarm(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.domain.errors import RuleViolation
    from wbo_desktop.models.administration import clear_alarm

    with _connect(settings, settings.owner_login, "owner_password") as connection:
        try:
            alarm = clear_alarm(connection, options.network, options.remark, accept=options.accept)
        except RuleViolation as refused:
            if refused.params.get("object") == "alarm":
                raise CommandError(
                    f"{options.network} has no alarm; its line is not stopped by one"
                ) from None
            if refused.code == "permission_denied":
                raise CommandError(f"{settings.owner_login} is not a member of wbo_owner") from None
            if refused.code == "unknown_object":
                raise CommandError(f"there is no network {options.network}; mind capital letters") from None
            raise
    if options.json:
        print(json.dumps({"network": options.network, "alarm": alarm, "accepted": options.accept}))
    else:
        print(f"{options.network} goes on. The alarm was: {alarm}")
    return 0


def _audit_verify(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models.audit import kept_anchor, verify
    from wbo_desktop.models.replay import replay

    anchor = options.anchor or kept_anchor(settings.audit_anchor_file)
    with _connect(settings, settings.owner_login, "owner_password") as connection:
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
            _complain(found.fault if found.bad_seq is None else f"entry {found.bad_seq}: {found.fault}")
        else:
            print(f"{found.entries} entries, {found.sealed} sealed, none altered. Head: {found.head}")
        for fault in faults:
            _complain(str(fault))
        if replayed is not None and not faults:
            print(f"{replayed.rows} rows are what the log says of them.")
    return 1 if found.fault or faults else 0


def _audit_report(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models import audit

    with _connect(settings, settings.owner_login, "owner_password") as connection:
        found, report = audit.verify(connection), audit.daily_report(connection, options.day)
    if options.json:
        print(json.dumps({"verified": found.as_json(), **report}))
    else:
        print("\n".join(audit.report_lines(report, found)))
    return 1 if found.fault else 0


def _client_submit(options: argparse.Namespace, settings: Settings) -> int:
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
    with _connect(settings, settings.intake_login, "intake_password") as connection, refusals():
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
