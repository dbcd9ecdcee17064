"""The confirmations that an amount needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbo_desktop.domain.finality import required_confirmations


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


def test_one_confirmation_is_enough_where_no_rule_wants_more() -> None:
    assert required_confirmations(1, 10**30) == required_confirmations(0, 0, [(5, 3)]) == 1
