"""What the commands share: their one kind of error, and the login to the database."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, TypeAlias

from wbo_desktop.settings import Settings

if TYPE_CHECKING:
    from wbo_desktop.models.connection import Server


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a family adds its commands: what `add_subparsers` returned."""


class CommandError(Exception):
    """What is wrong and what to do, in one line."""


def complain(words: str) -> int:
    """Prints what is wrong as one line on standard error; returns the exit status 1."""
    print("wbo-desktop: " + " ".join(words.split()), file=sys.stderr)
    return 1


def server_of(settings: Settings) -> Server:
    """The shared database that the settings name."""
    from wbo_desktop.models.connection import Server

    return Server(
        settings.db_host, settings.db_port, settings.db_name, settings.db_sslmode, settings.db_sslrootcert
    )


def connect(settings: Settings, login: str, secret: str) -> Any:
    """The database, opened by `login` with the secret of that name, which is asked for where a person sits there.

    Raises:
        CommandError: no login in the settings, or its password is nowhere.
    """
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
