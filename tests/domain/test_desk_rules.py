"""In which direction each rule of the desk is weaker."""

# ruff: noqa: E501 - a case reads best on one line

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

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
