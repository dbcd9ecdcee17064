"""Which rule is weaker: the database and the dialogs judge by one table, and alike."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wbo_demo.world import World
from wbo_desktop.domain.desk_rules import POLICIES, RULES, Weaker, weakened

DECIMALS = 6
AMOUNT = st.integers(0, 50).map(str)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "minimum_deposit": AMOUNT,
    "confirmations": st.integers(1, 40),
    "confirmation_steps": st.lists(
        st.fixed_dictionaries({"from": AMOUNT, "confirmations": st.integers(1, 40)}), max_size=3
    ),
    "wallet_rule": st.sampled_from(["once", "every_deposit"]),
    "deposit_enabled": st.booleans(),
    "credit_tolerance": st.sampled_from(["0", "0.50", "5", "100"]),
    "approvals_needed": st.integers(0, 2),
    "two_approvals_above": st.none() | AMOUNT,
    "cooling_off_hours": st.integers(0, 48),
    "daily_refund_limit": st.none() | AMOUNT,
    "alert_level": st.none() | AMOUNT,
    "stop_level": st.none() | AMOUNT,
    "rpc_urls": st.lists(st.sampled_from(["http://a", "http://b"]), max_size=2),
    "finality": st.sampled_from(["confirmations", "finalized"]),
    "agreement": st.integers(1, 3),
    "worker_agreement": st.integers(1, 3),
    "txid_grace_seconds": st.integers(0, 10),
}


def _of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({r.shown_as: VALUES[r.shown_as] for r in RULES if r.object_type == kind})


def _row(kind: str, shown: dict[str, Any]) -> dict[str, Any]:
    """What is shown in units, as the table has it in base units."""
    row: dict[str, Any] = {}
    for rule in (r for r in RULES if r.object_type == kind):
        value = shown[rule.shown_as]
        if rule.name.endswith("_base") and value is not None:
            value = int(value) * 10**DECIMALS
        if rule.name == "confirmation_steps":
            value = [
                {"from_base": str(int(s["from"]) * 10**DECIMALS), "confirmations": s["confirmations"]}
                for s in value
            ]
        row[rule.name] = value
    return row


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_database_and_dialogs_judge_alike(database: World, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["cryptocurrency", "network"]))
    before, after = data.draw(_of(kind)), data.draw(_of(kind))
    names = {rule.name: rule.shown_as for rule in RULES if rule.object_type == kind}
    with database.connect("superuser") as connection:
        found = connection.execute(
            "SELECT wbo_rule.weakened(%s, %s::jsonb, %s::jsonb)",
            (kind, json.dumps(_row(kind, before)), json.dumps(_row(kind, after))),
        ).fetchone()
    assert found is not None
    assert sorted(names[name] for name in found[0]) == sorted(weakened(kind, before, after))


@given(name=st.sampled_from(sorted(POLICIES)), was=st.integers(0, 30), becomes=st.integers(0, 30))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_they_do_of_policies(database: World, name: str, was: int, becomes: int) -> None:
    values: list[Any] = [was, becomes]
    if POLICIES[name].weaker is Weaker.RANK:
        values = [bool(was % 2), bool(becomes % 2)]
    with database.connect("superuser") as connection:
        found = connection.execute(
            "SELECT wbo_rule.is_weaker(r, %s, %s) FROM wbo_data.desk_rule r WHERE object_type = 'policy' AND name = %s",
            (*(str(value).lower() for value in values), name),
        ).fetchone()
    assert found == (bool(weakened("policy", {name: values[0]}, {name: values[1]})),)


def test_the_installed_table_is_the_domains(database: World) -> None:
    with database.connect("superuser") as connection:
        rows = connection.execute(
            "SELECT object_type, name, weaker, ranks, unlimited, lowest, highest FROM wbo_data.desk_rule"
        ).fetchall()
        policies = dict(connection.execute("SELECT name, value FROM wbo_data.policy").fetchall())
    assert sorted(row[:3] for row in rows) == sorted((r.object_type, r.name, r.weaker.value) for r in RULES)
    assert policies == {name: rule.default for name, rule in POLICIES.items()}
