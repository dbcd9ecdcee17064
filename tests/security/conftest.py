"""Attackers: every kind of login there is, in the database of one test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import psycopg
import pytest

from tests.security.attackers import Attackers
from wbo_desktop.demo.world import Login, World
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import administration
from wbo_desktop.secrets import Secret


@pytest.fixture
def attackers(database: World) -> Iterator[Attackers]:
    """maker, checker, viewer, admin, intake, worker, somebody with no permission, and one login for each permission."""
    with database.connect("superuser") as connection:
        logins = {
            name: database.logins[name]
            for name in ("maker", "checker", "viewer", "admin", "intake", "worker")
        }
        permissions = {name: world_permissions(name) for name in ("maker", "checker", "viewer", "admin")}
        alone = {"none": frozenset[Permission]()} | {
            f"only{n}": frozenset({p}) for n, p in enumerate(Permission)
        }
        for name, held in alone.items():
            logins[name] = Login(f"attacker_{name}", Secret(secrets.token_urlsafe(18)))
            permissions[name] = held
            administration.make_first_operator(
                connection, logins[name].login, logins[name].password, name, held, one_time=False
            )
    made = Attackers(database, logins, permissions)
    yield made
    made.close()


def world_permissions(name: str) -> frozenset[Permission]:
    """What the made-up broker gave this operator."""
    from wbo_desktop.demo.world import OPERATORS

    return frozenset(OPERATORS[name][1])


@pytest.fixture
def owner(database: World) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A session of the owner's administrator, as the owner role itself."""
    with database.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        yield connection
