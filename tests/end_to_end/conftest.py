"""What must hold after every test that pays refunds, however it ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.follow import Follower, take_lease
from tests.support.refunds import assert_sums_agree
from wbo_demo.world import NETWORK, World


@pytest.fixture
def known_elsewhere() -> set[str]:
    """TXIDs that another database than the test's own knows: a copy of it went on by itself."""
    return set()


@pytest.fixture(autouse=True)
def refunds_add_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """The sum of the refunds on chain is the sum in the database, coin by coin and address by address."""
    if "stack" not in request.fixturenames:
        yield
        return
    world: World = request.getfixturevalue("stack")
    elsewhere: set[str] = request.getfixturevalue("known_elsewhere")
    assert world.chain is not None
    first_block = world.chain.head() + 1
    yield
    if has_refunds(world):
        follow(world)
        assert_sums_agree(world, first_block, elsewhere)


def has_refunds(world: World) -> bool:
    """Whether anything was to be paid; a test of something else may leave a chain that nobody can follow."""
    with world.connect("superuser") as root:
        return root.execute("SELECT FROM wbo_data.refund LIMIT 1").fetchone() is not None


def follow(world: World) -> None:
    """Read what the test left unread."""
    assert world.chain is not None
    with world.connect("superuser") as root:
        root.execute("UPDATE wbo_data.worker_lease SET expires_at = now()")
        if root.execute("SELECT FROM wbo_data.checkpoint").fetchone() is None:
            return
    with world.connect("worker") as connection:
        Follower(connection, world.chain, NETWORK, take_lease(connection, NETWORK)).catch_up()
