"""One stolen login stops nobody: a few of the ways of `benchmarks/one_login_stops_nobody.py`, each for some seconds."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.stalling import Desk
from tests.support.stalling_twin import TwinWatch
from tests.support.stalling_ways import WAYS
from wbo_demo.world import World

FEW = (
    ("own row held and six logins failed",),
    ("a record held, asleep", "own role held by a password"),
    ("a listener asleep", "every relation locked", "a TXID attached and not committed"),
    ("any statements", "many in line for one record"),
)
BY_NAME = {way.name: way for way in WAYS}
SECONDS = 6.0
LONGEST, LONGEST_DISABLING = 15.0, 5.0


def test_stolen_logins_stop_nobody(database: World, record_property: Callable[[str, object], None]) -> None:
    desk = Desk(database)
    try:
        found = [desk.attack([BY_NAME[name] for name in names], SECONDS) for names in FEW]
    finally:
        desk.close()
    worst, disabling = max(one.worst for one in found), max(one.disabling for one in found)
    told = f"one login stops nobody: {worst:.1f} s of standstill, disabled within {disabling:.1f} s"
    record_property("figures", told)
    assert worst <= LONGEST, found
    assert disabling <= LONGEST_DISABLING, found
    # it must go on while it is attacked, not only afterwards
    assert all(one.longest["checkpoint"] < SECONDS and one.longest["sealing"] < SECONDS for one in found)


def test_the_watch_of_november_stood_still(database: World) -> None:
    desk = Desk(database, TwinWatch)
    try:
        found = desk.attack([BY_NAME["a record held"]], 2 * SECONDS, held_first=True)
    finally:
        desk.close()
    assert found.longest["checkpoint"] >= SECONDS
    assert found.longest["crediting"] >= SECONDS
