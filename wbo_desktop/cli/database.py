"""`wbo-desktop db`: the schema and its first administrators."""

from __future__ import annotations

import argparse
import json
import sys

from wbo_desktop.cli.common import CommandError, Commands, complain, connect
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The commands of `db`."""
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
    init.set_defaults(run=_init)
    add = database.add_parser(
        "add-admin",
        help="make another administrator, or one anew who was lost",
        description="As the database's owner, who stands above all hands: for a desk whose administrators are too few.",
    )
    add.add_argument("admin", metavar="LOGIN", nargs=1)
    add.add_argument("--json", action="store_true", help="print JSON")
    add.set_defaults(run=_add_admin)
    upgrade = database.add_parser("upgrade", help="bring the schema to this program's version")
    upgrade.set_defaults(run=_upgrade)
    check = database.add_parser("check", help="compare the database with this program")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=_check)


def _init(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop import administrators
    from wbo_desktop.models import migrate

    if wrong := administrators.complaint(options.admin):
        raise CommandError(wrong)
    with connect(settings, options.login or settings.owner_login, "owner_password") as connection:
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


def _add_admin(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop import administrators

    if wrong := administrators.complaint(options.admin):
        raise CommandError(wrong)
    with connect(settings, settings.owner_login, "owner_password") as connection:
        made = administrators.make(connection, options.admin)
    if options.json:
        print(json.dumps(administrators.as_json(made)[0]))
    else:
        administrators.show(made)
    return 0


def _upgrade(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models import migrate

    with connect(settings, settings.owner_login, "owner_password") as connection:
        print(f"The schema is at version {migrate.upgrade(connection)}.")
    return 0


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.models import migrate

    with connect(settings, settings.owner_login, "owner_password") as connection:
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
        complain("; ".join(found.faults))
    else:
        print(f"All is well: version {found.version}.")
    for warning in () if options.json else found.warnings:
        print(f"wbo-desktop: warning: {warning}", file=sys.stderr)
    return 1 if found.faults else 0
