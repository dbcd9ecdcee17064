"""When a network counts as silent, how its pace is measured, and which answers of the server end a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import CATALOGUE, RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.supervision import Board
from wbo_desktop.views.health import Health, Pace

BEGAN = datetime(2026, 11, 22, 8, tzinfo=UTC)


def paced(*seen: tuple[int | None, float]) -> float | None:
    pace = Pace()
    for number, seconds in seen:
        pace.observe(number, BEGAN + timedelta(seconds=seconds))
    return pace.seconds()


@pytest.mark.parametrize(
    ("seen", "seconds"),
    [
        ((), None),
        (((100, 0),), None),
        (((100, 0), (101, 12)), 12.0),
        (((100, 0), (105, 60)), 12.0),
        (((100, 0), (101, 12), (101, 50)), 12.0),
        (((100, 0), (None, 5), (101, 12)), 12.0),
        (((100, 0), (101, 12), (90, 20), (91, 22)), 2.0),
        (((100, 0), (200, 1)), 0.1),
    ],
)
def test_the_pace_is_that_of_the_blocks_seen(
    seen: tuple[tuple[int | None, float], ...], seconds: float | None
) -> None:
    """The same head again is no block; a chain that went back begins anew; never a pace of nothing."""
    assert paced(*seen) == seconds


def network(**changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "network": "Ethereum", "head_number": 100, "head_seen_at": now, "checkpoint_number": 100, "alarm": None,
        "worker": "w", "worker_until": now + timedelta(hours=1), "worker_state": None,
    } | changes  # fmt: skip


async def looked(desk: Desk, store: MemoryStore, *told: dict[str, Any]) -> Health:
    """A health that saw these, one after the other."""
    health = Health(desk)
    for row in told:
        store.rows["chain_health"] = [row]
        seen: list[int] = []
        health.changed.connect(lambda seen=seen: seen.append(1))
        health.look()
        await until(lambda seen=seen: seen)
    return health


@pytest.mark.parametrize(
    ("pace", "quiet_for", "silent"),
    [(2.0, 55, False), (2.0, 65, True), (12.0, 110, False), (12.0, 130, True)],
)
async def test_a_network_is_silent_after_ten_times_its_pace_and_not_within_a_minute(
    desk: Desk, store: MemoryStore, pace: float, quiet_for: float, silent: bool
) -> None:
    last = datetime.now(UTC) - timedelta(seconds=quiet_for)
    health = await looked(
        desk,
        store,
        network(head_seen_at=last - timedelta(seconds=pace)),
        network(head_number=101, head_seen_at=last),
    )
    assert health.seconds_per_block("Ethereum") == pytest.approx(pace)
    (seen,) = health.networks()
    assert seen.silent is silent


async def test_a_lease_that_ran_out_is_no_worker_and_its_words_are_old(
    desk: Desk, store: MemoryStore
) -> None:
    state = {"code": "no_node", "usable": 0, "nodes": 2, "needed": 2}
    until_then = datetime.now(UTC) - timedelta(seconds=1)
    health = await looked(desk, store, network(worker_until=until_then, worker_state=state))
    (seen,) = health.networks()
    assert seen.worker is None
    assert seen.trouble == ""
    assert health.network("Base") is None


@pytest.mark.parametrize(
    "code",
    [
        "session_expired",
        "operator_disabled",
        "not_an_operator",
        "login_failed",
        "login_not_permitted",
        "database_outdated",
        "permission_denied",
    ],
)
async def test_what_this_login_can_never_get_past_ends_the_session(
    desk: Desk, store: MemoryStore, code: str
) -> None:
    health = Health(desk)
    ended: list[RuleViolation] = []
    health.ended.connect(ended.append)
    store.broken = RuleViolation(code, **dict.fromkeys(CATALOGUE[code], "x"))
    health.look()
    await until(lambda: ended)
    assert ended[0].code == ("operator_disabled" if code == "permission_denied" else code)
    assert not health.database_lost


async def test_a_health_that_stopped_asks_and_hears_no_more(desk: Desk, store: MemoryStore) -> None:
    health = await looked(desk, store, network())
    health.start()
    board = Board()
    health.watch(board)
    await until(lambda: not health._asking)
    health.stop()
    asked = len(store.requests)
    told: list[int] = []
    health.changed.connect(lambda: told.append(1))
    desk.changes.publish({Topic.CHAIN})
    assert not health._timer.isActive()
    assert not health._asking
    assert len(store.requests) == asked
    assert told == []
