"""A sample of faults in the schema: each takes a rule away, and something behaves otherwise."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from tests.security import scene
from tests.security.catalogue_faults import Watch, watch_all
from tests.security.conditions import faults
from wbo_demo.world import World

SAMPLE = 40
SEED = 3


@pytest.fixture
def watch(database: World) -> Iterator[Watch]:
    day = scene.set_up(database)
    made = Watch(day)
    yield made
    made.close()
    day.chain.close()


def test_a_fault_in_the_schema_is_noticed_by_what_it_does(
    watch: Watch, record_property: Callable[[str, object], None]
) -> None:
    assert watch.wrong() == [], "nothing was done to it yet"
    dice = random.Random(SEED)
    rules = dice.sample([f for f in watch.faults if f.kind != "condition"], SAMPLE)
    conditions = dice.sample([f for f in watch.faults if f.kind == "condition"], SAMPLE)
    for kind, sample in (("rules", rules), ("conditions", conditions)):
        tally = watch_all(watch, sample)
        tried, noticed = tally.tried.total(), tally.noticed.total()
        record_property("figures", f"faults in the schema, {kind}: {noticed} of {tried} noticed by behaviour")
        assert [f.name for f in tally.survivors] == []
        assert tried >= 0.9 * SAMPLE


def test_conditions_are_taken_apart_where_they_part() -> None:
    source = "IF a = 1 AND (b BETWEEN 2 AND 3 OR c) THEN x; ELSIF d THEN y; END IF;"
    said = dict(faults(source))
    assert said["without «AND (b BETWEEN 2 AND 3 OR c)»"] == "IF a = 1 THEN x; ELSIF d THEN y; END IF;"
    assert said["without «OR c»"] == "IF a = 1 AND (b BETWEEN 2 AND 3 ) THEN x; ELSIF d THEN y; END IF;"
    assert said["never «d»"] == "IF a = 1 AND (b BETWEEN 2 AND 3 OR c) THEN x; ELSIF false THEN y; END IF;"
    assert len(said) == 6
