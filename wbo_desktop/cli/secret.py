"""`wbo-desktop secret`: the services' secrets in the operating system's keyring. No command prints one, and none takes
one as an argument, which other users of the machine could read."""

from __future__ import annotations

import argparse
import getpass
import json
import sys

from wbo_desktop.cli.common import CommandError, Commands
from wbo_desktop.secrets import (
    SECRETS,
    KeyringUnusable,
    Secret,
    delete_secret,
    keep_secret,
    place_of,
    read_keyring,
)
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The commands of `secret`."""
    secret = commands.add_parser("secret", help="the services' secrets in the keyring: set, list, delete")
    families = secret.add_subparsers(title="commands", metavar="COMMAND", required=True)
    keep = families.add_parser(
        "set",
        help="put a secret into the keyring",
        description="Asks for the secret, or reads it from standard input: the first line.",
    )
    keep.add_argument("name", choices=SECRETS, metavar="NAME", help=", ".join(SECRETS))
    keep.set_defaults(run=_set)
    listing = families.add_parser("list", help="which secrets there are, and where from; never their values")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    delete = families.add_parser("delete", help="take a secret out of the keyring")
    delete.add_argument("name", choices=SECRETS, metavar="NAME", help=", ".join(SECRETS))
    delete.set_defaults(run=_delete)


def _set(options: argparse.Namespace, settings: Settings) -> int:
    secret = _asked(options.name) if sys.stdin.isatty() else Secret(sys.stdin.readline().rstrip("\r\n"))
    if not secret:
        raise CommandError(f"no {options.name} was given; nothing was kept")
    try:
        keep_secret(options.name, secret)
    except KeyringUnusable as error:
        raise CommandError(_unusable(error)) from None
    print(f"The keyring has {options.name}.")
    _warn_of_another(options.name)
    return 0


def _asked(name: str) -> Secret:
    """The secret as typed, twice the same."""
    typed = getpass.getpass(f"{name}: ")
    if typed and getpass.getpass("The same again: ") != typed:
        raise CommandError("the two differ; nothing was kept")
    return Secret(typed)


def _warn_of_another(name: str) -> None:
    """Says when the services still take the secret from another place, which is asked first."""
    place = place_of(name)
    if place != "keyring":
        print(f"wbo-desktop: warning: {name} is taken from the {place}, which comes first", file=sys.stderr)


def _list(options: argparse.Namespace, settings: Settings) -> int:
    places = {name: place_of(name) for name in SECRETS}
    if options.json:
        print(json.dumps(places))
    else:
        for name, place in places.items():
            print(f"{name:22} {place or 'not set':16} {SECRETS[name]}")
    try:
        read_keyring(next(iter(SECRETS)))
    except KeyringUnusable as error:
        print(f"wbo-desktop: warning: {_unusable(error)}", file=sys.stderr)
    return 0


def _delete(options: argparse.Namespace, settings: Settings) -> int:
    try:
        found = delete_secret(options.name)
    except KeyringUnusable as error:
        raise CommandError(_unusable(error)) from None
    if not found:
        raise CommandError(f"the keyring has no {options.name}")
    print(f"The keyring has {options.name} no longer.")
    return 0


def _unusable(error: KeyringUnusable) -> str:
    return (
        f"the operating system's keyring cannot be used: {error}. On a server use the service manager's "
        "credentials, see Secrets in the administrator's guide"
    )
