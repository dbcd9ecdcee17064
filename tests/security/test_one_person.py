"""Ways in which one person paid, as they were seen: each played to its end, whoever else agrees to what looks harmless."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from decimal import Decimal

import psycopg
import pytest

from tests.security.scene import Scene
from tests.support.operators import Operators
from tests.support.simulated_chain import SimulatedChain
from wbo_demo.world import Login, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission as P
from wbo_desktop.models import administration
from wbo_desktop.secrets import Secret

USDT = 10**6
REQUEST = "SELECT wbo.request_refund(%s, %s, %s, NULL, 'asked')"
APPROVE = "SELECT wbo.approve_refund(%s, %s)"
EXECUTE = "SELECT wbo.execute_refund(%s, %s)"
PAID = ("executing", "signed", "broadcast", "confirming", "confirmed")


class Person:
    """Somebody who holds `admin` and every login that it makes or gives a password; does whatever is not refused."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.refused: list[str] = []

    def do(self, who: str, statement: str, *values: object) -> object:
        """The first value; None when it was refused, whose code is kept."""
        try:
            with self.world.connect(who) as session:
                row = session.execute(statement.encode(), values).fetchone()
        except psycopg.Error as error:
            self.refused.append(str(error.diag.message_primary))
            return None
        except RuleViolation as refusal:
            self.refused.append(refusal.code)
            return None
        return row[0] if row else None

    def make(self, by: str, *permissions: P) -> str:
        """A ghost: an operator whose one-time password `by` gives out."""
        name = f"ghost_{secrets.token_hex(4)}"
        once = Secret(secrets.token_urlsafe(18))
        self.do(by, "SELECT wbo.create_operator(%s, 'Ghost', %s, 'en')", name, self._verifier(name, once))
        for permission in permissions:
            self.do(by, "SELECT wbo.grant_permission(%s, %s)", name, permission.value)
        self.world.logins[name] = Login(name, once)
        return name

    def reset(self, by: str, name: str) -> None:
        """Give a colleague a new password, and know it."""
        once = Secret(secrets.token_urlsafe(18))
        if self.do(by, "SELECT wbo.reset_password(%s, %s) IS NOT NULL", name, self._verifier(name, once)):
            self.world.logins[name] = Login(name, once)

    def move_in(self, name: str) -> None:
        """Change the one-time password to one's own."""
        own = Secret(secrets.token_urlsafe(18))
        if self.do(name, "SELECT wbo.change_own_password(%s)", self._verifier(name, own)) is not None:
            self.world.logins[name] = Login(name, own)

    def pay(self, record: str, to: str, requester: str, approver: str | None) -> None:
        """Request, approve and execute."""
        refund = self.do(requester, REQUEST, record, to, Decimal(100))
        if approver is not None:
            self.do(approver, APPROVE, refund, 1)
        self.do(requester, EXECUTE, refund, 2)
        self.do(requester, EXECUTE, refund, 1)

    def _verifier(self, name: str, password: Secret) -> str:
        with self.world.connect("superuser") as connection:
            return administration.verifier(connection, name, password)


@pytest.fixture
def scene(database: World) -> Iterator[Scene]:
    """The made-up broker with a chain that a test moves on by itself."""
    made = Scene(database, SimulatedChain(database))
    yield made
    made.chain.close()


@pytest.fixture
def record(scene: Scene) -> str:
    """A credited deposit of 100 USDT."""
    return scene.credited(scene.world.clients[0], 100 * USDT, "S-1")


def _agreed(world: World) -> None:
    """A second administrator agrees to all that waits, as somebody might who is in a hurry."""
    from tests.support.agreement import agree

    agree(world)


def _was_paid(scene: Scene, record: str) -> bool:
    found = scene.value(
        "viewer",
        "SELECT count(*) FROM wbo.refund WHERE record_no = %s AND status = ANY (%s)",
        record,
        list(PAID),
    )
    return bool(found)


@pytest.mark.parametrize("agreed", [False, True])
def test_two_ghosts_of_one_administrator_do_not_pay(scene: Scene, record: str, agreed: bool) -> None:
    """Seen: a second administrator was granted at once, each made one operator; 250 USDT arrived."""
    world, person = scene.world, Person(scene.world)
    second = person.make("admin", P.OPERATOR_ADMIN)
    if agreed:
        _agreed(world)
    person.move_in(second)
    maker = person.make("admin", P.REFUND, P.RECORD_INQUIRY)
    checker = person.make(second, P.REFUND_APPROVAL, P.RECORD_INQUIRY)
    if agreed:
        _agreed(world)
    for ghost in (maker, checker):
        person.move_in(ghost)
    person.pay(record, world.clients[0].wallet.address, maker, checker)
    assert not _was_paid(scene, record)
    assert ("same_hand" if agreed else "login_failed") in person.refused


def test_one_administrator_does_not_switch_the_second_person_off(
    scene: Scene, record: str, operators: Operators
) -> None:
    """Seen: refund_approval_required off and approvals_needed 0, by one; then nobody else was asked."""
    person = Person(scene.world)
    person.do("admin", "SELECT wbo.save_policy('refund_approval_required', 'false')")
    version = scene.value("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT'")
    none = '{"code": "USDT", "network": "Ethereum", "approvals_needed": 0}'
    person.do("maker", "SELECT wbo.save_cryptocurrency(%s::jsonb, %s)", none, version)
    for request in (1, 2):
        person.do("admin", "SELECT wbo.approve_request(%s)", request)
    person.pay(record, scene.world.clients[0].wallet.address, "maker", None)
    assert not _was_paid(scene, record)
    assert {"second_administrator_needed", "same_hand", "status_forbids"} <= set(person.refused)


@pytest.mark.parametrize("agreed", [False, True])
def test_fresh_password_hours_0_makes_no_two_people(
    scene: Scene, record: str, operators: Operators, agreed: bool
) -> None:
    """Seen: the hours to 0, and the passwords of maker and checker given out by one administrator were two people's."""
    person = Person(scene.world)
    maker = operators.make(P.REFUND, P.RECORD_INQUIRY)
    checker = operators.make(P.REFUND_APPROVAL, P.RECORD_INQUIRY)
    person.do("admin", "SELECT wbo.save_policy('fresh_password_hours', '0')")
    for colleague in (maker, checker):
        person.reset("admin", colleague)
    if agreed:
        _agreed(scene.world)
    for colleague in (maker, checker):
        person.move_in(colleague)
    person.pay(record, scene.world.clients[0].wallet.address, maker, checker)
    assert not _was_paid(scene, record)
    assert ("same_hand" if agreed else "login_failed") in person.refused
