"""Rules that count minutes or hours count those: each is set to an odd number and what follows from it is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.security.scene import Scene
from tests.support.operators import Operators
from wbo_demo.world import World

Ask = Callable[..., Any]
Refusal = Callable[..., str]
USDT = 10**6


def _set(database: World, name: str, value: int) -> None:
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute(
            "UPDATE wbo_data.policy SET value = to_jsonb(%s::integer) WHERE name = %s", (value, name)
        )


def test_a_lock_lasts_so_many_minutes(database: World, operators: Operators, ask: Ask) -> None:
    _set(database, "login_lock_minutes", 7)
    name = operators.make()
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        for _ in range(5):
            owner.execute(
                "INSERT INTO wbo_data.login_failure (login, address) VALUES (%s, '10.0.0.9')", (name,)
            )
    ask("worker", "SELECT wbo_chain.keep_watch()")
    left = ask(
        "superuser",
        "SELECT extract(epoch FROM locked_until - now())::float FROM wbo_data.operator WHERE login = %s",
        name,
    )
    assert 6 * 60 < left <= 7 * 60


@pytest.mark.parametrize("begin", ["begin_micro_payment(%s, 'USDT', %s)", "begin_message_signature(%s, %s)"])
def test_a_wallet_verification_stays_open_so_many_hours(begin: str, database: World, ask: Ask) -> None:
    _set(database, "micro_payment_hours", 5)
    client = database.clients[3].client_no
    wallet = ask("maker", "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s", client)
    version = ask("maker", "SELECT version FROM wbo.wallet_address WHERE wallet_id = %s", wallet)
    ask("maker", f"SELECT wbo.{begin}", wallet, version)
    left = ask(
        "superuser",
        "SELECT extract(epoch FROM expires_at - now())::float FROM wbo_data.wallet_address WHERE id = %s",
        wallet,
    )
    assert 4.9 * 3600 < left <= 5 * 3600


def test_a_one_time_password_is_valid_so_many_hours(database: World, operators: Operators, ask: Ask) -> None:
    _set(database, "one_time_password_hours", 3)
    name = operators.create("admin", changed=False)
    left = ask(
        "superuser",
        "SELECT extract(epoch FROM rolvaliduntil - now())::float FROM pg_roles WHERE rolname = %s",
        name,
    )
    assert 2.9 * 3600 < left <= 3 * 3600


def test_a_re_issued_password_counts_as_the_earlier_administrators_so_many_hours(
    database: World, operators: Operators, ask: Ask
) -> None:
    _set(database, "fresh_password_hours", 3)
    first, second, whose = operators.make(), operators.make(), operators.make()
    with database.connect("superuser") as connection:
        for issuer in (first, second):
            connection.execute("SELECT wbo_rule.note_issue(%s, %s)", (whose, issuer))
        for hours, same in ((2.9, True), (3.1, False)):
            connection.execute(
                "UPDATE wbo_data.operator SET password_issued_at = now() - %s * interval '1 hour' WHERE login = %s",
                (hours, whose),
            )
            found = connection.execute("SELECT wbo_rule.same_hand(%s, %s)", (whose, first)).fetchone()
            assert found == (same,)


def test_a_wallet_cools_off_so_many_hours(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    client = scene.world.clients[0]
    record = scene.credited(client, 100 * USDT, "S-1")
    with scene.world.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.cryptocurrency SET cooling_off_hours = 3 WHERE code = 'USDT'")
        request = "SELECT wbo.request_refund(%s, %s, 100, NULL, 'asked')"
        for hours, code in ((2.9, "wallet_cooling_off"), (3.1, None)):
            connection.execute(
                "UPDATE wbo_data.wallet_address SET verified_at = now() - %s * interval '1 hour' WHERE client_no = %s",
                (hours, client.client_no),
            )
            if code is None:
                ask("maker", request, record, client.wallet.address)
            else:
                assert refusal("maker", request, record, client.wallet.address) == code


def test_a_transfer_may_be_so_many_hours_from_its_request(scene: Scene) -> None:
    """By the guard: the block's time against the record's, to the hour."""
    client = scene.world.clients[0]
    record = scene.submit(client, 100 * USDT, "S-1")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 100 * USDT))
    assert scene.status(record) == "processing"
    _set(scene.world, "transfer_gap_hours", 3)
    with scene.world.connect("superuser") as connection:
        for hours, late in ((3.1, True), (2.9, False), (-2.9, False), (-3.1, True)):
            connection.execute("BEGIN")
            connection.execute("SET session_replication_role = replica")
            connection.execute(
                "UPDATE wbo_data.block SET mined_at = (SELECT created_at FROM wbo_data.deposit WHERE record_no = %s)"
                " + %s * interval '1 hour'",
                (record, hours),
            )
            connection.execute("RESET session_replication_role")
            told = ""
            try:
                connection.execute(
                    "UPDATE wbo_data.deposit SET status = status WHERE record_no = %s", (record,)
                )
            except Exception as refused:
                told = str(refused)
            connection.execute("ROLLBACK")
            assert ("credit:late" in told) is late, (hours, told)
