# ruff: noqa: E501 - a statement reads best on one line
"""Every table of rules that the program installs: what it says is what the database does, and nothing else says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from tests.security.scene import USDT, Scene
from wbo_demo.world import NETWORK, World
from wbo_desktop.domain.refund import LIVE
from wbo_desktop.models import installed_rules

Ask = Callable[..., Any]
Refusal = Callable[..., str]


@pytest.fixture
def rule(database: World) -> Callable[[str], None]:
    """`rule("UPDATE wbo_data.… ")`: changes a row of a table of rules, as no program does."""

    def change(statement: str) -> None:
        with database.connect("superuser") as root:
            root.execute("SET session_replication_role = replica")
            assert root.execute(statement.encode()).rowcount > 0

    return change


@pytest.mark.parametrize("table", installed_rules.tables())
def test_a_table_says_what_the_program_says(table: str, database: World) -> None:
    with database.connect("superuser") as root:
        found = root.execute(f"SELECT * FROM wbo_data.{table}".encode()).fetchall()
    said = [tuple(getattr(value, "obj", value) for value in row) for row in installed_rules.tables()[table]]
    assert sorted(found, key=str) == sorted(said, key=str)


def _fields(scene: Scene, record: str) -> tuple[Any, ...]:
    with scene.world.connect("superuser") as root:
        found = root.execute(
            "SELECT status, reason, alarm, transfer_id IS NULL FROM wbo_data.deposit WHERE record_no = %s",
            (record,),
        ).fetchone()
    assert found is not None
    return tuple(found)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("SET reason = reason", ("abnormal", "reorganised", True, False)),
        ("SET reason = 'nodes_disagree'", ("abnormal", "nodes_disagree", True, False)),
        ("SET alarm = false", ("abnormal", "reorganised", False, False)),
        ("SET detached = true", ("abnormal", "reorganised", True, True)),
        ("SET reason = NULL", ("success", None, False, False)),
    ],
)
def test_undoing_a_credit_goes_by_the_table(
    scene: Scene, rule: Callable[[str], None], change: str, after: tuple[Any, ...]
) -> None:
    record = scene.credited(scene.world.clients[0], 100 * USDT, "S-1")
    rule(f"UPDATE wbo_data.undo_move {change} WHERE object_type = 'deposit' AND from_status = 'success'")
    scene.chain.reorganise(3)
    assert _fields(scene, record) == after


def _abnormal(scene: Scene) -> str:
    client = scene.world.clients[0]
    paid = scene.chain.transfer("USDT", client.wallet.address, client.custodial, 60 * USDT)
    record = scene.submit(client, 100 * USDT, "S-less")
    scene.chain.mine(paid)
    assert _fields(scene, record)[:2] == ("abnormal", "amount_differs")
    return record


@pytest.mark.parametrize(("judged", "checks"), [(True, 1), (False, 0)])
def test_an_abnormal_record_is_judged_again_when_the_table_says_so(
    scene: Scene, rule: Callable[[str], None], ask: Ask, judged: bool, checks: int
) -> None:
    record = _abnormal(scene)
    rule(
        f"UPDATE wbo_data.undo_move SET judged_again = {judged} WHERE object_type = 'deposit' AND from_status = 'abnormal'"
    )
    scene.chain.reorganise(1)
    assert _fields(scene, record) == ("abnormal", "amount_differs", False, False)
    assert (
        ask("superuser", "SELECT count(*) FROM wbo_data.deposit_check WHERE record_no = %s", record) == checks
    )


def test_only_an_acceptable_reason_is_accepted(
    scene: Scene, rule: Callable[[str], None], ask: Ask, refusal: Refusal
) -> None:
    record = _abnormal(scene)
    accept = "SELECT wbo.accept_deposit(%s, 'client agrees', (SELECT version FROM wbo.deposit_record WHERE record_no = %s))"
    rule("UPDATE wbo_data.deposit_reason SET acceptable = false WHERE reason = 'amount_differs'")
    assert refusal("maker", accept, record, record) == "fault_not_acceptable"
    rule("UPDATE wbo_data.deposit_reason SET acceptable = true WHERE reason = 'amount_differs'")
    ask("maker", accept, record, record)
    assert scene.status(record) == "processing"


@pytest.mark.parametrize(("curable", "after"), [(True, "processing"), (False, "abnormal")])
def test_another_transfer_cures_what_the_table_calls_curable(
    scene: Scene, rule: Callable[[str], None], curable: bool, after: str
) -> None:
    record, client = _abnormal(scene), scene.world.clients[0]
    rule(f"UPDATE wbo_data.deposit_reason SET curable = {curable} WHERE reason = 'amount_differs'")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 100 * USDT))
    assert scene.status(record) == after


def test_a_refund_is_live_and_cancellable_by_the_sets(
    scene: Scene, rule: Callable[[str], None], ask: Ask, refusal: Refusal
) -> None:
    client = scene.world.clients[0]
    record = scene.credited(client, 100 * USDT, "S-1")
    refund = scene.request(record, client, 100 * USDT)
    again = ("SELECT wbo.request_refund(%s, %s, 1, 'part', 'asked')", record, client.wallet.address)
    cancel = ("SELECT wbo.cancel_refund(%s, 'changed')", refund)
    assert refusal("maker", *again) == "refund_in_progress"
    rule("UPDATE wbo_data.status_set SET status = 'none' WHERE name = 'cancellable' AND status = 'requested'")
    assert refusal("maker", *cancel) == "already_signed"
    rule("UPDATE wbo_data.status_set SET status = 'none' WHERE name = 'live' AND status = 'requested'")
    assert refusal("maker", *again) == "status_forbids"
    assert refusal("maker", *cancel) == "status_forbids"
    rule("UPDATE wbo_data.status_set SET status = 'requested' WHERE status = 'none'")
    ask("maker", *cancel)
    assert scene.status(record) == "success"


def test_one_live_refund_a_record_is_an_index_over_the_same_statuses(database: World, ask: Ask) -> None:
    told = ask(
        "superuser",
        "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = 'wbo_data.refund_live'::regclass",
    )
    assert set(re.findall(r"'(\w+)'::text", told)) == {status.value for status in LIVE}


@pytest.mark.parametrize(("counts", "after"), [(True, "processing"), (False, "success")])
def test_finality_counts_as_the_table_says(
    scene: Scene, rule: Callable[[str], None], counts: bool, after: str
) -> None:
    client = scene.world.clients[0]
    record = scene.submit(client, 5 * USDT, "S-1")
    rule(
        f"UPDATE wbo_data.finality_rule SET counts_confirmations = {counts} WHERE finality = 'confirmations'"
    )
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 5 * USDT))
    assert scene.status(record) == after


def test_what_settles_a_network_is_what_the_table_names(
    scene: Scene, rule: Callable[[str], None], ask: Ask
) -> None:
    scene.chain.mine()
    settled = ("superuser", "SELECT wbo_rule.settled_height(%s)", NETWORK)
    assert ask(*settled) == scene.chain.head
    rule("UPDATE wbo_data.finality_rule SET settled_by = 'finalized' WHERE finality = 'confirmations'")
    finalized = ask(
        "superuser",
        "SELECT coalesce(finalized_number, -1) FROM wbo_data.checkpoint WHERE network = %s",
        NETWORK,
    )
    assert ask(*settled) == finalized


def test_a_remark_is_blank_by_the_table(scene: Scene, rule: Callable[[str], None], refusal: Refusal) -> None:
    record = scene.submit(scene.world.clients[0], 5 * USDT, "S-1")
    revoke = "SELECT wbo.revoke_deposit(%s, %s, 99)"
    assert refusal("maker", revoke, record, "xx") == "moved_meanwhile"
    rule("INSERT INTO wbo_data.blank_range VALUES (120, 120)")
    assert refusal("maker", revoke, record, "xx") == "remark_blank"


def test_the_first_risk_that_applies_is_told(database: World, rule: Callable[[str], None], ask: Ask) -> None:
    wallet = database.clients[0].wallet.address
    rule(f"UPDATE wbo_data.wallet_address SET is_contract = true WHERE address = '{wallet}'")
    rule(f"INSERT INTO wbo_data.known_address VALUES ('{NETWORK}', '{wallet}', 'An exchange')")
    risk = (
        "superuser",
        "SELECT wbo_rule.receiver_risk(w) FROM wbo_data.wallet_address w WHERE address = %s",
        wallet,
    )
    assert ask(*risk) == "known_address"
    rule("UPDATE wbo_data.receiver_risk SET place = 9 WHERE risk = 'known_address'")
    assert ask(*risk) == "contract"


def test_a_policy_is_its_initial_value_until_one_is_set(
    database: World, rule: Callable[[str], None], ask: Ask
) -> None:
    number = ("superuser", "SELECT wbo_rule.policy_number('micro_payment_hours')")
    rule("UPDATE wbo_data.desk_rule SET initial = '7' WHERE name = 'micro_payment_hours'")
    assert ask(*number) == 24
    rule("DELETE FROM wbo_data.policy WHERE name = 'micro_payment_hours'")
    assert ask(*number) == 7


@pytest.mark.parametrize(
    ("kind", "name", "who", "save"),
    [
        ("policy", "idle_lock_minutes", "admin", "SELECT wbo.save_policy('idle_lock_minutes', '14')"),
        ("network", "txid_grace_seconds", "maker",
         """SELECT wbo.save_network('{"name": "Ethereum", "txid_grace_seconds": 14}', version) FROM wbo.network WHERE name = 'Ethereum'"""),
        ("cryptocurrency", "confirmations", "maker",
         """SELECT wbo.save_cryptocurrency('{"code": "USDT", "network": "Ethereum", "confirmations": 14}', version)
            FROM wbo.cryptocurrency WHERE code = 'USDT' AND network = 'Ethereum'"""),
    ],
)  # fmt: skip
def test_a_number_stays_within_the_tables_bounds(
    rule: Callable[[str], None], ask: Ask, refusal: Refusal, kind: str, name: str, who: str, save: str
) -> None:
    bounds = f"UPDATE wbo_data.desk_rule SET lowest = %d, highest = %d WHERE object_type = '{kind}' AND name = '{name}'"
    for lowest, highest in ((0, 13), (15, 20)):
        rule(bounds % (lowest, highest))
        assert refusal(who, save) == "value_invalid"
    rule(bounds % (14, 14))
    assert ask(who, save) in ("saved", "waiting")


COPIES = {
    "statuses of a live refund": r"'requested', 'approved', 'executing'(\)|, 'signed', 'broadcast', 'confirming')",
    "acceptable reasons": r"'amount_differs', 'below_minimum'",
    "the height of finality": r"block_number \+ \w+(\.\w+)? - 1|WHEN 'finalized' THEN (?!coalesce\(finalized, -1\) ELSE newest)",
    "a policy's first value": r"policy(_number)?\('\w+'\)( #>> '\{\}'\))?(::integer)?, [0-9]",
    "blank characters": r"\\u[0-9a-f]{4}",
    "undoing": r"THEN 'pending_auth' ELSE|THEN 'verifying' ELSE",
}


@pytest.mark.parametrize("what", COPIES)
def test_no_function_lists_it_a_second_time(what: str) -> None:
    code = resources.files("wbo_desktop.models") / "schema" / "code"
    for file in code.iterdir():
        assert not re.search(COPIES[what], file.read_text(encoding="utf-8")), file.name
