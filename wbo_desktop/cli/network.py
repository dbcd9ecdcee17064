"""`wbo-desktop network`: what the owner may do to a network past the desk."""

from __future__ import annotations

import argparse
import json

from wbo_desktop.cli.common import CommandError, Commands, connect
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The commands of `network`."""
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
    clear.set_defaults(run=_clear_alarm)


def _clear_alarm(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.domain.errors import RuleViolation
    from wbo_desktop.models.administration import clear_alarm

    with connect(settings, settings.owner_login, "owner_password") as connection:
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
