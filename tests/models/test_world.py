"""The made-up broker is what the rest of the suite stands on."""

from __future__ import annotations

import pytest

from wbo_demo import world
from wbo_demo.world import World
from wbo_desktop.domain.permissions import Permission


def test_a_deposit_is_received_once(database: World) -> None:
    client = database.clients[0]
    with database.connect("intake") as intake:
        submit = (
            "SELECT record_no, status, reason FROM wbo.submit_deposit_application"
            "('S-1', %s, 'USDT', 'Ethereum', 100.5, %s, %s)"
        )
        values = (client.securities_account, client.wallet.address, client.custodial)
        first = intake.execute(submit, values).fetchone()
        again = intake.execute(submit, values).fetchone()
    assert first == again
    assert first is not None
    assert first[1:] == ("pending_auth", "transfer_not_seen")
    with database.connect("viewer") as viewer:
        rows = viewer.execute("SELECT record_no, claimed_amount FROM wbo.deposit_record").fetchall()
    assert [(r[0], str(r[1])) for r in rows] == [(first[0], "100.500000")]


def test_a_folder_of_a_version_with_fewer_people_gets_the_others(
    database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {**world.OPERATORS, "third_admin": ("Third", frozenset({Permission.OPERATOR_ADMIN}))}
    monkeypatch.setattr(world, "OPERATORS", more)
    with database.connect("owner") as owner:
        assert world.add_missing_operators(owner, database.logins) == ["third_admin"]
        assert world.add_missing_operators(owner, database.logins) == []
    with database.connect("third_admin") as third:
        assert third.execute("SELECT hand FROM wbo.my_session()").fetchone() == (["third_admin"],)


def test_maker_and_checker_are_of_two_hands(database: World) -> None:
    with database.connect("superuser") as connection:
        for one, other, same in (
            ("maker", "checker", False),
            ("admin", "admin2", False),
            ("maker", "admin", True),
            ("checker", "admin2", True),
        ):
            found = connection.execute("SELECT wbo_rule.same_hand(%s, %s)", (one, other)).fetchone()
            assert found == (same,), (one, other)
