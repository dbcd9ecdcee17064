"""Guards hold for whoever writes, the owner's functions included; and the suite notices one that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.security import guard_attempts, guards, scene, weakenings
from wbo_demo.world import World
from wbo_desktop.domain import deposit, refund, wallet

HOLES = [hole for hole in weakenings.ALL if "guards" in hole.seen_by]


@pytest.fixture
def day(database: World) -> Iterator[scene.Scene]:
    made = scene.set_up(database)
    yield made
    made.chain.close()


def test_the_owner_itself_cannot_write_what_is_not_true(
    day: scene.Scene, record_property: Callable[[str, object], None]
) -> None:
    figures = guards.attack(day)
    record_property("figures", f"guards: {figures}")
    assert figures.breaches == []
    assert figures.tried > 150


def test_what_differs_in_nothing_is_not_refused(day: scene.Scene) -> None:
    """Each attack on a credit changes one thing of this."""
    with day.world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        assert guards.outcome(connection, guard_attempts.matching(day.names)) == ""


def test_an_error_of_another_kind_is_no_refusal(day: scene.Scene) -> None:
    """With its guard gone an attack fails by a constraint, and that is noticed."""
    with day.world.connect("superuser") as connection:
        connection.execute("DROP TRIGGER d_guard_credit ON wbo_data.deposit")
    missed = [one for one in guards.attack(day).breaches if "credit:" in one]
    assert any("credit:transfer expected, deposit_check told" in one for one in missed)
    for rule in ("network", "coin", "purpose", "minimum", "late", "target", "sender", "amount"):
        assert any(f"credit:{rule} expected" in one for one in missed), rule


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.name)
def test_a_weakened_copy_is_noticed(hole: weakenings.Weakening, day: scene.Scene) -> None:
    with day.world.connect("superuser") as connection:
        connection.execute(hole.weaken.encode())
    assert guards.attack(day).breaches


def test_the_table_of_moves_is_the_domains(database: World) -> None:
    said = {
        (kind, before.value, after.value)
        for kind, table in (("deposit", deposit.MOVES), ("refund", refund.MOVES), ("wallet", wallet.MOVES))
        for before, afters in table.items()
        for after in afters
    }
    with database.connect("superuser") as connection:
        installed = set(
            connection.execute("SELECT object_type, from_status, to_status FROM wbo_data.status_move")
        )
    assert installed == said
