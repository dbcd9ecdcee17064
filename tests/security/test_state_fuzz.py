"""Everything anybody can try, in any order and at once: the database does what the model in `domain/` says, and no more."""

from __future__ import annotations

import pytest

from tests.support.fuzz_arena import Drift
from tests.support.fuzz_campaign import campaign
from wbo_demo.world import World

HOLES = {
    "a trigger switched off": "ALTER TABLE wbo_data.deposit DISABLE TRIGGER a_guard_move",
    "a move too many": "INSERT INTO wbo_data.status_move SELECT 'deposit', a, b FROM unnest(ARRAY['cancelled', 'deleted',"
    " 'pending_auth', 'abnormal', 'success']) a, unnest(ARRAY['pending_auth', 'cancelled', 'refunded', 'processing',"
    " 'deleted', 'refunding']) b WHERE a <> b ON CONFLICT DO NOTHING",
    "credits that nothing backs": "ALTER TABLE wbo_data.deposit DISABLE TRIGGER d_guard_credit",
    "a version that stands still": "ALTER TABLE wbo_data.deposit DISABLE TRIGGER b_version",
}


def test_nothing_illegal_comes_off_and_money_is_what_the_chain_holds(template: World) -> None:
    tally = campaign(template, examples=20, steps=30)
    assert tally.steps > 400
    assert tally.races > 10
    assert {"deposit processing → success", "refund requested → approved"} <= tally.moves.keys()


@pytest.mark.parametrize("hole", HOLES)
def test_a_weakened_schema_is_found_out(template: World, hole: str) -> None:
    with pytest.raises(Drift):
        campaign(template, examples=12, steps=30, weaken=HOLES[hole])
