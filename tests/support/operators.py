"""Operators of a test's own: logins belong to the whole server, so what a test does to one it does to others' too."""

from __future__ import annotations

import itertools
import secrets

from tests.support.agreement import agree
from wbo_demo.world import Login, World
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models import administration
from wbo_desktop.secrets import Secret

_numbers = itertools.count(1)


class Operators:
    """Makes logins that no other test has: logins belong to the whole server."""

    def __init__(self, world: World) -> None:
        self.world = world

    def make(self, *permissions: Permission, one_time: bool = False) -> str:
        """An operator made by the owner; its name in `world.logins`."""
        name = self.name()
        password = Secret(secrets.token_urlsafe(18))
        with self.world.connect("owner") as owner:
            administration.make_first_operator(
                owner, name, password, name.title(), permissions, one_time=one_time
            )
        self.world.logins[name] = Login(name, password)
        return name

    def name(self) -> str:
        """A login that does not exist yet."""
        return f"op{next(_numbers)}_{secrets.token_hex(3)}"

    def create(self, by: str, *permissions: Permission, changed: bool = True) -> str:
        """An operator made by an administrator and agreed to by another, with the password changed unless told
        otherwise."""
        name = self.name()
        one_time = Secret(secrets.token_urlsafe(18))
        with self.world.connect(by) as admin:
            admin.execute(
                "SELECT wbo.create_operator(%s, 'Somebody', %s, 'en')",
                (name, administration.verifier(admin, name, one_time)),
            )
            for permission in permissions:
                admin.execute("SELECT wbo.grant_permission(%s, %s)", (name, permission.value))
        self.world.logins[name] = Login(name, one_time)
        self.agree(by, name)
        if changed:
            self.change_password(name)
        return name

    def agree(self, asked: str, about: str = "") -> None:
        """An administrator of another hand agrees to what `asked` wants."""
        agree(self.world, "admin" if asked == "admin2" else "admin2", about)

    def reissue(self, by: str, name: str) -> None:
        """A new one-time password by an administrator, agreed to, and changed by its owner."""
        verifier = self.verifier(name)
        with self.world.connect(by) as admin:
            admin.execute("SELECT wbo.reset_password(%s, %s)", (name, verifier))
        self.agree(by, name)
        self.change_password(name)

    def change_password(self, name: str) -> None:
        """As the desktop does at the first login."""
        chosen = Secret(secrets.token_urlsafe(18))
        with self.world.connect(name) as session:
            session.execute(
                "SELECT wbo.change_own_password(%s)", (administration.verifier(session, name, chosen),)
            )
        self.world.logins[name] = Login(name, chosen)

    def verifier(self, name: str) -> str:
        """The verifier of a new one-time password, which is put into `world.logins`."""
        password = Secret(secrets.token_urlsafe(18))
        self.world.logins[name] = Login(name, password)
        with self.world.connect("owner") as owner:
            return administration.verifier(owner, name, password)
