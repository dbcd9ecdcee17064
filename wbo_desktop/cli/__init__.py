"""The commands, a module a family. Each reads its arguments and the settings, imports what it needs when it runs, and
says what is wrong in one line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from wbo_desktop import __version__
from wbo_desktop.cli import audit, client, database, demo, imports, network, programs, reconcile, secret
from wbo_desktop.cli.common import CommandError, complain
from wbo_desktop.settings import Settings, SettingsError, load

FAMILIES = (demo, programs, database, reconcile, network, imports, audit, secret, client)
"""Modules whose `add` adds their commands, in the order in which help lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the process's exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = options.run
    try:
        return command(options, load())
    except (CommandError, SettingsError) as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        words = _known(error)
        if words is None:
            raise
        return complain(words)


def _known(error: Exception) -> str | None:
    """The sentence for errors of the environment; None for a defect, which should be seen whole."""
    from wbo_desktop.domain.errors import RuleViolation
    from wbo_desktop.models.migrate import MigrationError

    if isinstance(error, RuleViolation):
        from wbo_desktop.views.labels import sentence

        return sentence(error)
    return str(error) if isinstance(error, MigrationError) else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wbo-desktop", description="Back office for clients' cryptocurrency deposits."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(run=programs.desktop)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for family in FAMILIES:
        family.add(commands)
    return parser
