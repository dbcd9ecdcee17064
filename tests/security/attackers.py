"""Who attacks, and how one attempt is made: in a transaction that is rolled back whatever came of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from wbo_demo.world import OPERATORS, Login, World
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import administration
from wbo_desktop.models.connection import open_connection
from wbo_desktop.secrets import Secret

DENIED = "42501"


@dataclass
class Figures:
    """What was tried, what was refused, and what should have been and was not (or the other way round)."""

    tried: int = 0
    refused: int = 0
    breaches: list[str] = field(default_factory=list)
    hindered: list[str] = field(default_factory=list)

    def count(self, *, refused: bool, may: bool, who: str, what: str, told: str = "") -> None:
        """One attempt and its outcome."""
        self.tried += 1
        self.refused += refused
        if not may and not refused:
            self.breaches.append(f"{who}: {what}")
        elif may and refused:
            self.hindered.append(f"{who}: {what} {told}")

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.tried + other.tried,
            self.refused + other.refused,
            self.breaches + other.breaches,
            self.hindered + other.hindered,
        )

    def __str__(self) -> str:
        allowed = self.tried - self.refused
        return f"{self.tried:,} attempts, {self.refused:,} refused, {allowed:,} allowed as they should be"


class Attackers:
    """Open sessions of every kind of login."""

    def __init__(
        self, world: World, logins: Mapping[str, Login], permissions: Mapping[str, frozenset[Permission]]
    ) -> None:
        self.world = world
        self.logins = dict(logins)
        self.permissions = dict(permissions)
        self._sessions: dict[str, psycopg.Connection[Any]] = {}

    @property
    def names(self) -> list[str]:
        """All of them."""
        return list(self.logins)

    def held(self, name: str) -> frozenset[Permission]:
        """The permissions of one; none for the client side and the worker."""
        return self.permissions.get(name, frozenset())

    def is_operator(self, name: str) -> bool:
        """Whether it is a person's login."""
        return name in self.permissions

    def session(self, name: str) -> psycopg.Connection[Any]:
        """Their open session; a new one when the last was ended."""
        open_one = self._sessions.get(name)
        if open_one is None or open_one.closed:
            who = self.logins[name]
            open_one = open_connection(self.world.server, who.login, who.password, "psql")
            open_one.execute("SET lock_timeout = '300ms'")
            self._sessions[name] = open_one
        return open_one

    def attempt(self, name: str, statement: str, probe: str | None = None) -> tuple[str, Any]:
        """Try a statement (and ask the probe after it); returns the SQLSTATE, "" when it went through, and the last value.

        Nothing of it stays.
        """
        session = self.session(name)
        steps = [statement] if probe is None else [statement, probe]
        value: Any = None
        try:
            session.execute(("BEGIN;" + steps[0]).encode(), prepare=False)
            for step in steps[1:]:
                value = session.execute(step.encode(), prepare=False).fetchone()
            state = ""
        except psycopg.Error as error:
            state, value = error.sqlstate or "08006", str(error).splitlines()[0]
        finally:
            if not session.closed:
                session.execute("ROLLBACK; RESET ALL; SET lock_timeout = '300ms'", prepare=False)
        return state, value[0] if isinstance(value, tuple) else value

    def close(self) -> None:
        """End all sessions."""
        for session in self._sessions.values():
            session.close()


def everybody(world: World) -> Attackers:
    """The made-up people, the services, an operator without any permission, and one for each permission alone."""
    people = ("maker", "checker", "viewer", "admin")
    logins = {name: world.logins[name] for name in (*people, "intake", "worker")}
    permissions = {name: frozenset(OPERATORS[name][1]) for name in people}
    alone = {"none": frozenset[Permission]()} | {f"only{n}": frozenset({p}) for n, p in enumerate(Permission)}
    with world.connect("superuser") as connection:
        for name, held in alone.items():
            who = Login(f"attacker_{name}", Secret(secrets.token_urlsafe(18)))
            administration.make_first_operator(
                connection, who.login, who.password, name, held, one_time=False
            )
            logins[name], permissions[name] = who, held
    return Attackers(world, logins, permissions)
