"""In which direction each rule of the desk is weaker."""

# ruff: noqa: E501 - a case reads best on one line

from __future__ import annotations

import importlib
from decimal import Decimal
from typing import Any

import pytest

from wbo_desktop.domain import desk_rules
from wbo_desktop.domain.desk_rules import POLICIES, RULES, Weaker, weakened


@pytest.mark.parametrize(
    ("name", "before", "weaker", "stronger"),
    [
        ("refund_approval_required", True, False, None),
        ("idle_lock_minutes", 15, 16, 14),
        ("session_hours", 12, 13, 11),
        ("login_failures", 5, 6, 4),
        ("login_lock_minutes", 15, 14, 16),
        ("micro_payment_hours", 24, 25, 23),
        ("one_time_password_hours", 72, 73, 71),
        ("fresh_password_hours", 24, 23, 25),
        ("transfer_gap_hours", 24, 25, 23),
        ("transfer_gap_hours", 24, 0, 1),
    ],
)
def test_each_policy(name: str, before: Any, weaker: Any, stronger: Any) -> None:
    assert weakened("policy", {name: before}, {name: weaker}) == [name]
    assert weakened("policy", {name: weaker}, {name: before}) == []
    assert weakened("policy", {name: before}, {name: before}) == []
    if stronger is not None:
        assert weakened("policy", {name: before}, {name: stronger}) == []


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("idle_lock_minutes", "minutes"), ("login_lock_minutes", "minutes"), ("session_hours", "hours"), ("micro_payment_hours", "hours"),
        ("one_time_password_hours", "hours"), ("fresh_password_hours", "hours"), ("transfer_gap_hours", "hours"), ("login_failures", "attempts"),
    ],
)  # fmt: skip
def test_a_policy_counts_what_its_name_says(name: str, unit: str) -> None:
    assert POLICIES[name].unit == unit


COIN = {
    "minimum_deposit": Decimal("1.5"), "confirmations": 12, "confirmation_steps": [{"from": "100", "confirmations": 30}],
    "wallet_rule": "every_deposit", "deposit_enabled": False, "credit_tolerance": Decimal(5), "approvals_needed": 1,
    "two_approvals_above": Decimal(100), "cooling_off_hours": 24, "daily_refund_limit": Decimal(1000),
    "alert_level": Decimal(50), "stop_level": Decimal(10),
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "weaker"),
    [
        ({"minimum_deposit": "1.49"}, True), ({"minimum_deposit": "1.50"}, False), ({"minimum_deposit": "2"}, False),
        ({"confirmations": 11}, True), ({"confirmations": 13}, False), ({"wallet_rule": "once"}, True), ({"deposit_enabled": True}, True),
        ({"credit_tolerance": "5.01"}, True), ({"credit_tolerance": "5.00"}, False), ({"credit_tolerance": "4"}, False),
        ({"approvals_needed": 0}, True), ({"approvals_needed": 2}, False),
        ({"two_approvals_above": None}, True), ({"two_approvals_above": "101"}, True), ({"two_approvals_above": "99"}, False),
        ({"cooling_off_hours": 23}, True), ({"cooling_off_hours": 25}, False),
        ({"daily_refund_limit": None}, True), ({"daily_refund_limit": "1001"}, True), ({"daily_refund_limit": "1"}, False),
        ({"alert_level": None}, True), ({"alert_level": "49"}, True), ({"alert_level": "51"}, False),
        ({"stop_level": None}, True), ({"stop_level": "9"}, True), ({"stop_level": "11"}, False),
        ({"confirmation_steps": []}, True), ({"confirmation_steps": [{"from": "100", "confirmations": 29}]}, True),
        ({"confirmation_steps": [{"from": "101", "confirmations": 30}]}, True),
        ({"confirmation_steps": [{"from": "50", "confirmations": 30}]}, False),
        ({"confirmation_steps": [{"from": "100", "confirmations": 30}, {"from": "5", "confirmations": 13}]}, False),
        ({"confirmation_steps": [{"from": "100", "confirmations": 30}, {"from": "5", "confirmations": 2}]}, False),
        # below what every deposit needs a step asks for nothing more
        ({"confirmation_steps": [{"from": "100", "confirmations": 30}, {"from": "5", "confirmations": 12}]}, False),
        ({"name_en": "Another", "remark": "x"}, False), ({}, False),
    ],
)  # fmt: skip
def test_each_rule_of_a_coin(change: dict[str, Any], weaker: bool) -> None:
    assert weakened("cryptocurrency", COIN, change) == (list(change) if weaker else [])


def test_fewer_confirmations_under_steps_that_ask_for_more_are_still_fewer_for_small_amounts() -> None:
    assert weakened("cryptocurrency", COIN, {"confirmations": 3, "confirmation_steps": []}) == [
        "confirmations",
        "confirmation_steps",
    ]


@pytest.mark.parametrize(
    ("before", "change", "weaker"),
    [
        # a step that asks for less than every deposit needs may go; above it, it may not
        ({"confirmations": 12, "confirmation_steps": [{"from": "5", "confirmations": 10}]}, {"confirmation_steps": []}, False),
        ({"confirmations": 12, "confirmation_steps": [{"from": "5", "confirmations": 13}]}, {"confirmation_steps": []}, True),
        # without a number of its own a coin needs one
        ({"confirmation_steps": [{"from": "5", "confirmations": 1}]}, {"confirmation_steps": []}, False),
        ({"confirmation_steps": [{"from": "5", "confirmations": 2}]}, {"confirmation_steps": []}, True),
        # what is under the lowest step counts too, however small
        ({"confirmations": 12, "confirmation_steps": []}, {"confirmations": 3, "confirmation_steps": [{"from": "0.5", "confirmations": 12}]}, True),
    ],
)  # fmt: skip
def test_steps_are_judged_with_what_every_deposit_needs(
    before: dict[str, Any], change: dict[str, Any], weaker: bool
) -> None:
    assert ("confirmation_steps" in weakened("cryptocurrency", before, change)) is weaker


@pytest.mark.parametrize("name", ["two_approvals_above", "daily_refund_limit", "alert_level", "stop_level"])
def test_a_limit_that_was_never_set_is_not_taken_away(name: str) -> None:
    assert weakened("cryptocurrency", {name: None}, {name: None}) == []
    assert weakened("cryptocurrency", {}, {name: None}) == []
    assert weakened("cryptocurrency", {name: None}, {name: "5"}) == []


@pytest.mark.parametrize(
    ("change", "weaker"),
    [
        ({"rpc_urls": ["http://a", "http://b"]}, False), ({"rpc_urls": ["http://b", "http://a"]}, True), ({"rpc_urls": []}, True),
        ({"finality": "confirmations"}, False), ({"finality": "finalized"}, True), ({"agreement": 1}, True), ({"agreement": 3}, False),
        ({"txid_grace_seconds": 3601}, True), ({"txid_grace_seconds": 1}, False), ({"explorer_tx_url": "https://x"}, False),
    ],
)  # fmt: skip
def test_each_rule_of_a_network(change: dict[str, Any], weaker: bool) -> None:
    before = {
        "rpc_urls": ["http://a", "http://b"],
        "finality": "confirmations",
        "agreement": 2,
        "txid_grace_seconds": 3600,
    }
    assert weakened("network", before, change) == (list(change) if weaker else [])


def test_choices_are_ranked_and_numbers_have_bounds() -> None:
    for rule in RULES:
        assert (rule.weaker is Weaker.RANK) == bool(rule.ranks)
        if rule.object_type == "policy" and rule.weaker is not Weaker.RANK:
            assert rule.lowest is not None
            assert rule.highest is not None
            assert isinstance(rule.default, int)
            assert rule.lowest <= rule.default <= rule.highest


TABLE = """
policy refund_approval_required rank of false true, at first True
policy idle_lock_minutes higher, at first 15 of 1 to 100000 minutes
policy session_hours higher, at first 12 of 1 to 100000 hours
policy login_failures higher, at first 5 of 1 to 100000 attempts
policy login_lock_minutes lower, at first 15 of 1 to 100000 minutes
policy micro_payment_hours higher, at first 24 of 1 to 100000 hours
policy one_time_password_hours higher, at first 72 of 1 to 100000 hours
policy fresh_password_hours lower, at first 24 of 0 to 100000 hours
policy wallet_cooling_off_hours lower, at first 24 of 0 to 100000 hours
policy transfer_gap_hours higher or zero, at first 0 of 0 to 100000 hours
cryptocurrency minimum_base=minimum_deposit lower
cryptocurrency confirmations=confirmations lower of 1 to 10000
cryptocurrency confirmation_steps=confirmation_steps any
cryptocurrency wallet_rule=wallet_rule rank of once every_deposit
cryptocurrency deposit_enabled=deposit_enabled rank of true false
cryptocurrency credit_tolerance=credit_tolerance higher
cryptocurrency approvals_needed=approvals_needed lower of 0 to 2
cryptocurrency two_approvals_above_base=two_approvals_above higher or null
cryptocurrency cooling_off_hours=cooling_off_hours lower of 0 to 8760
cryptocurrency daily_refund_limit_base=daily_refund_limit higher or null
cryptocurrency alert_level_base=alert_level lower or null
cryptocurrency stop_level_base=stop_level lower or null
network finality=finality any
network rpc_urls=rpc_urls any
network agreement=agreement lower of 1 to 9
network worker_agreement=worker_agreement lower of 1 to 5
network txid_grace_seconds=txid_grace_seconds higher of 0 to 604800
"""
"""What is installed into the database, where it decides: a line that changes is a decision."""


def told(rule: Any) -> str:
    line = (
        f"{rule.object_type} {rule.name}" + (f"={rule.shown_as}" if rule.shown_as else "") + f" {rule.weaker}"
    )
    line += f" of {' '.join(rule.ranks)}" if rule.ranks else ""
    line += f" or {rule.unlimited}" if rule.unlimited else ""
    line += f", at first {rule.default}" if rule.default is not None else ""
    line += f" of {rule.lowest} to {rule.highest}" if rule.highest is not None else ""
    return line + (f" {rule.unit}" if rule.unit else "")


def test_the_whole_table() -> None:
    """Made anew for it: the module's functions run once, before any test could be asked about them."""
    kept = dict(vars(desk_rules))
    try:
        made = [told(rule) for rule in importlib.reload(desk_rules).RULES]
    finally:
        vars(desk_rules).update(kept)
    assert made == TABLE.split("\n")[1:-1]
    assert [told(rule) for rule in RULES] == made


def test_what_has_no_bounds_says_so() -> None:
    assert desk_rules.bounds("network", "agreement") == (1, 9)
    with pytest.raises(ValueError, match="credit_tolerance"):
        desk_rules.bounds("cryptocurrency", "credit_tolerance")
