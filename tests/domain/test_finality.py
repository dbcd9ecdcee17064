"""Confirmations, what an amount needs, and how long it will take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbo_desktop.domain.finality import (
    FinalityRule,
    block_seconds,
    blocks_left,
    confirm_height,
    confirmations,
    is_final,
    is_stalled,
    required_confirmations,
    seconds_left,
)

C, F = FinalityRule.CONFIRMATIONS, FinalityRule.FINALIZED
HEIGHTS = st.integers(0, 10**9)
NEEDS = st.integers(-2, 200)


@pytest.mark.parametrize(
    ("head", "block", "count"), [(100, 100, 1), (105, 100, 6), (99, 100, 0), (100, None, 0), (0, 0, 1)]
)
def test_the_block_itself_is_the_first_confirmation(head: int, block: int | None, count: int) -> None:
    assert confirmations(head, block) == count


@pytest.mark.parametrize(
    ("amount", "needed"), [(0, 12), (999, 12), (1000, 24), (4999, 24), (5000, 64), (10**30, 64)]
)
def test_policy_raises_confirmations_with_the_amount_in_any_order(amount: int, needed: int) -> None:
    rules = [(5000, 64), (1000, 24), (10, 3)]
    assert required_confirmations(12, amount, rules) == needed
    assert required_confirmations(12, amount, reversed(rules)) == needed


@given(
    st.integers(-5, 100), st.integers(0, 10**30), st.lists(st.tuples(st.integers(0, 10**30), st.integers()))
)
def test_policy_can_only_raise(coin: int, amount: int, rules: list[tuple[int, int]]) -> None:
    needed = required_confirmations(coin, amount, rules)
    assert needed >= max(1, coin)
    assert required_confirmations(coin, amount + 1, rules) >= needed


@pytest.mark.parametrize(
    ("head", "finalized", "rule", "block", "needed", "final"),
    [
        (105, None, C, 100, 6, True),
        (104, None, C, 100, 6, False),
        (104, 104, C, 100, 6, False),
        (100, None, C, 100, 0, True),
        (99, None, C, 100, 1, False),
        (1000, None, C, None, 1, False),
        (200, 100, F, 100, 6, True),
        (200, 99, F, 100, 6, False),
        (200, None, F, 100, 6, False),
        (99, 100, F, 100, 6, False),
        (10**9, 10**9, "whenever", 1, 1, False),
        (105, None, "confirmations", 100, 6, True),
    ],
)
def test_when_a_block_is_final(
    head: int, finalized: int | None, rule: str, block: int | None, needed: int, final: bool
) -> None:
    assert is_final(head, finalized, rule, block, needed) is final


@given(HEIGHTS, HEIGHTS, NEEDS)
def test_counting_and_height_agree(head: int, block: int, needed: int) -> None:
    final = is_final(head, None, C, block, needed)
    assert final is (confirmations(head, block) >= max(1, needed))
    assert final is (head >= confirm_height(block, needed))
    left = blocks_left(head, None, C, block, needed)
    assert left is not None
    assert (left == 0) is final
    assert is_final(head + left, None, C, block, needed)
    assert left == 0 or not is_final(head + left - 1, None, C, block, needed)


@given(HEIGHTS, HEIGHTS, HEIGHTS, NEEDS, st.sampled_from(FinalityRule))
def test_what_is_final_stays_final(
    head: int, finalized: int, block: int, needed: int, rule: FinalityRule
) -> None:
    if is_final(head, finalized, rule, block, needed):
        assert is_final(head + 1, finalized + 1, rule, block, needed)


def test_blocks_left_under_the_finalized_rule() -> None:
    assert blocks_left(200, 136, F, 150, 1) == 14
    assert blocks_left(200, 150, F, 150, 1) == 0
    assert blocks_left(200, 149, F, 150, 1) == 1
    assert blocks_left(149, 150, F, 150, 1) == 1  # a head that lags behind what is final
    assert blocks_left(149, 160, F, 150, 1) == 1
    assert blocks_left(200, None, F, 150, 1) is None
    assert blocks_left(200, 136, "whenever", 150, 1) is None


@pytest.mark.parametrize(
    ("left", "measured", "since", "seconds"),
    [
        (5, 12.0, 0.0, 60),
        (5, 12.0, 7.0, 53),
        (1, 12.0, 500.0, 1),
        (0, None, 0.0, 0),
        (3, None, 0.0, None),
        (None, 12.0, 0.0, None),
        (4, 0.25, 0.0, 1),
        (None, None, 0.0, None),
        (2, 12.0, 23.0, 1),
        (2, 12.0, 22.0, 2),
    ],
)
def test_expected_seconds(
    left: int | None, measured: float | None, since: float, seconds: int | None
) -> None:
    assert seconds_left(left, measured, since) == seconds


def test_without_more_the_head_counts_as_just_seen() -> None:
    assert seconds_left(5, 12.0) == 60


def test_one_confirmation_is_enough_where_no_rule_wants_more() -> None:
    assert required_confirmations(1, 10**30) == required_confirmations(0, 0, [(5, 3)]) == 1


@pytest.mark.parametrize(
    ("older", "newer", "seconds"),
    [
        ((100, 1000.0), (110, 1120.0), 12.0),
        ((100, 1000.0), (100, 1000.0), None),
        ((100, 5.0), (99, 9.0), None),
        ((100, 5.0), (100, 9.0), None),
        ((100, 5.0), (101, 5.0), None),
        ((100, 5.0), (101, 4.0), None),
        ((100, 5.0), (101, 5.25), 0.25),
    ],
)
def test_measured_block_time(
    older: tuple[int, float], newer: tuple[int, float], seconds: float | None
) -> None:
    assert block_seconds(older, newer) == seconds


@pytest.mark.parametrize(
    ("since", "measured", "stalled"),
    [
        (59.0, 1.0, False),
        (60.0, 1.0, False),
        (61.0, 1.0, True),
        (119.0, 12.0, False),
        (121.0, 12.0, True),
        (121.0, None, True),
        (119.0, None, False),
        (120.0, None, False),
        (60.0, 0.0, False),
        (60.5, 6.0, True),
        (61.0, 6.1, False),
        (120.0, 12.0, False),
    ],
)
def test_standing_still_is_ten_blocks_without_one(
    since: float, measured: float | None, stalled: bool
) -> None:
    assert is_stalled(since, measured) is stalled
