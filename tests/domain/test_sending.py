"""What is done about a signed refund that is in no block yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbo_desktop.domain.sending import Move, ReplacementSet, next_move

STUCK, REFUSED = 120.0, 15.0
WAITING = ReplacementSet(offered=True, mined=False, known=True, refused=False, age=5.0)


@pytest.mark.parametrize(
    ("change", "move"),
    [
        ({}, Move.WAIT),
        ({"offered": False, "known": False}, Move.SEND),
        (
            {"offered": False},
            Move.SEND,
        ),  # a replacement that was stored and not sent, beside its older sister
        ({"known": False}, Move.SEND),
        ({"known": False, "age": 500.0}, Move.SEND),  # dropped: first the same bytes again
        ({"age": 120.0}, Move.REPLACE),
        ({"age": 119.0, "mined": True}, Move.WAIT),
        ({"age": 120.0, "mined": True}, Move.SEND),  # one node says so, and no such block was ever stored
        # refused, but known to a node: it may be mined yet, until it has been tried long enough
        ({"refused": True}, Move.WAIT),
        ({"refused": True, "age": 14.9}, Move.WAIT),
        ({"refused": True, "age": 15.0}, Move.REPLACE),
        ({"offered": False, "refused": True, "known": False, "age": 500.0}, Move.SEND),
        ({"age": 119.9}, Move.WAIT),
        ({"refused": True, "known": False}, Move.SEND),
        ({"refused": True, "known": False, "age": 15.0}, Move.REPLACE),
        ({"refused": True, "known": False, "mined": True, "age": 15.0}, Move.WAIT),
    ],
)
def test_moves(change: dict[str, object], move: Move) -> None:
    assert next_move(replace(WAITING, **change), STUCK, REFUSED) is move  # type: ignore[arg-type]


replacement_sets = st.builds(
    ReplacementSet,
    offered=st.booleans(),
    mined=st.booleans(),
    known=st.booleans(),
    refused=st.booleans(),
    age=st.floats(0, 1e6),
)


@given(replacement_sets)
def test_what_is_mined_is_never_signed_again_and_what_nobody_has_is_offered(
    replacements: ReplacementSet,
) -> None:
    move = next_move(replacements, STUCK, REFUSED)
    if replacements.mined:
        assert move is (Move.SEND if replacements.age >= STUCK else Move.WAIT)
    elif not replacements.known:
        assert move is not Move.WAIT
