"""No password in the server's log, even when it logs every statement: operators made, passwords changed, logins failing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.agreement import agree
from tests.support.spilled import EVERYTHING
from wbo_demo import world
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login, World
from wbo_desktop.domain.acts import (
    CreateOperator,
    DisableOperator,
    EnableOperator,
    GrantPermission,
    ResetPassword,
)
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.models.store import PostgresStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Desk, log_in

FIRST, CHOSEN, SECOND, WRONG = (
    Secret(f"{word} battery staple 4711") for word in ("one-time", "chosen", "reset", "mistyped")
)


@pytest.fixture
def talkative(tmp_path: Path) -> Iterator[Postgres]:
    """A server of its own that logs every statement, its parameters and every connection."""
    server = Postgres.start(tmp_path, settings=EVERYTHING)
    yield server
    server.stop(remove=True)


async def desk_of(made: World, login: str, password: Secret) -> Desk:
    return await log_in(lambda who, secret: PostgresStore(made.server, who, secret), login, password)


async def a_day_with_passwords(made: World) -> None:
    admin = await desk_of(made, "admin", made.logins["admin"].password)
    await admin.do(
        CreateOperator("newcomer", "New Comer", await admin.one_time_verifier("newcomer", FIRST), "en")
    )
    agree(made)
    await admin.do(GrantPermission("newcomer", Permission.RECORD_INQUIRY.value))
    newcomer = await desk_of(made, "newcomer", FIRST)
    assert newcomer.session.must_change_password
    await newcomer.change_own_password(FIRST, CHOSEN)
    for wrong in (FIRST, WRONG):
        with pytest.raises(RuleViolation, match="login_failed"):
            await desk_of(made, "newcomer", wrong)
    with pytest.raises(RuleViolation):
        await newcomer.change_own_password(WRONG, SECOND)
    await newcomer.close()
    await admin.do(ResetPassword("newcomer", await admin.one_time_verifier("newcomer", SECOND)))
    await admin.do(GrantPermission("newcomer", Permission.REFUND.value))
    agree(made)
    await admin.do(ResetPassword("newcomer", await admin.one_time_verifier("newcomer", SECOND)))
    agree(made)
    await admin.do(DisableOperator("newcomer", "left"))
    await admin.do(EnableOperator("newcomer", await admin.one_time_verifier("newcomer", FIRST), "came back"))
    agree(made)
    with pytest.raises(RuleViolation):  # an error inside a function is logged with the statement it ran
        await admin.do(
            CreateOperator("newcomer", "Again", await admin.one_time_verifier("newcomer", WRONG), "en")
        )
    await admin.close()


def test_a_log_of_everything_holds_no_password(
    talkative: Postgres, record_property: Callable[[str, object], None]
) -> None:
    superuser = Login(talkative.superuser, talkative.superuser_password)
    maintenance = Server(talkative.host, talkative.port, "postgres")
    with open_connection(maintenance, superuser.login, superuser.password, "tests") as connection:
        connection.execute("CREATE DATABASE desk")
    made = world.build(replace(maintenance, dbname="desk"), superuser)
    for name in made.logins:
        made.connect(name).close()
    asyncio.run(a_day_with_passwords(made))
    logs = [path.read_bytes() for path in talkative.server_log.parent.iterdir()]
    everything = b"\n".join(logs)
    assert b"CREATE ROLE" in everything, "the log does not hold the statements"
    assert b"newcomer" in everything
    passwords = [FIRST, CHOSEN, SECOND, WRONG, *(one.password for one in made.logins.values())]
    record_property(
        "figures",
        f"server log: {everything.count(bytes([10])):,} lines, {len(passwords)} passwords looked for",
    )
    assert [n for n, secret in enumerate(passwords) if secret.reveal().encode() in everything] == []
    # and the search does find what a careless client would have written there
    with open_connection(maintenance, superuser.login, superuser.password, "careless") as connection:
        connection.execute(f"CREATE ROLE careless PASSWORD '{WRONG.reveal()}'".encode())
    assert any(WRONG.reveal().encode() in path.read_bytes() for path in talkative.server_log.parent.iterdir())
