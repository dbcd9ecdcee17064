"""The root administrators, made by the database's owner: `db init --admin A --admin B` and `db add-admin LOGIN`.

Each one-time password is shown by itself, since two people are to have one each.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Any

from wbo_desktop.secrets import Secret

CLEAR = "\033[H\033[2J\033[3J"
"""The escape sequence that clears a terminal with its scrollback."""

ALONE = "One administrator alone grants nothing that matters: make another one with wbo-desktop db add-admin LOGIN"


def complaint(logins: Sequence[str]) -> str | None:
    """What is wrong with the names of new administrators, in one line; None when nothing is."""
    from wbo_desktop.models.administration import LOGIN

    for login in logins:
        if not LOGIN.fullmatch(login) or login.startswith(("wbo_", "pg_")):
            return f"{login!r} is no login: lower-case letters, digits, point and underscore"
        if logins.count(login) > 1:
            return f"{login} is given twice; two administrators are two people"
    return None


def make(connection: Any, logins: Sequence[str]) -> list[tuple[str, Secret]]:
    """Makes these root administrators, or renews them. Returns each with a one-time password."""
    from wbo_desktop.models.administration import add_administrator

    made = [(login, Secret(token_urlsafe(15))) for login in logins]
    for login, password in made:
        add_administrator(connection, login, password)
    return made


def show(made: Sequence[tuple[str, Secret]]) -> None:
    """Prints each login and password by itself; on a terminal one is cleared before the next is shown."""
    on_a_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    for at, (login, password) in enumerate(made):
        print(f"\nAdministrator {login}, one-time password: {password.reveal()}")
        print(f"For {login} alone. It has to be changed at the first login.")
        if on_a_terminal:
            more = "the next is shown" if at + 1 < len(made) else "it is gone from the screen"
            input(f"Press Enter when {login} has it: {more}. ")
            print(CLEAR, end="")
        else:
            print("-" * 64)


def as_json(made: Sequence[tuple[str, Secret]]) -> list[dict[str, str]]:
    """The logins and one-time passwords as plain values for JSON."""
    return [{"login": login, "one_time_password": password.reveal()} for login, password in made]
