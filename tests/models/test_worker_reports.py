"""Where a network wants two workers' word, one worker's login makes no money real."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.security.scene import USDT, Scene
from wbo_demo.world import Login, World
from wbo_desktop.models import administration
from wbo_desktop.secrets import Secret


@pytest.fixture
def second(database: World) -> str:
    """Another worker's login; its name in `world.logins`."""
    login = Login(f"worker_{secrets.token_hex(3)}", Secret(secrets.token_urlsafe(18)))
    with database.connect("superuser") as superuser:
        administration.make_login(superuser, login.login, login.password, administration.WORKER)
        superuser.execute("UPDATE wbo_data.network SET worker_agreement = 2 WHERE name = 'Ethereum'")
    database.logins["second worker"] = login
    return "second worker"


def final(scene: Scene) -> str:
    """A record whose transfer one worker has stored, with all its confirmations."""
    client = scene.world.clients[0]
    record = scene.submit(client, 100 * USDT, "S-invented")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 100 * USDT))
    for _ in range(4):
        scene.chain.mine()
    return record


def seen_by(scene: Scene, who: str, amount: int | None = None) -> int:
    """This login's report of every stored transfer, with another amount where one is given; how many were taken."""
    with scene.world.connect("superuser") as superuser:
        blocks = [
            {"hash": block, "transfers": [transfer | ({"amount": str(amount)} if amount else {})]}
            for block, transfer in superuser.execute(
                "SELECT t.block_hash::text, jsonb_build_object('txid', t.txid, 'log_index', t.log_index,"
                " 'contract', k.contract, 'sender', t.sender, 'recipient', t.recipient, 'amount', t.amount_base::text)"
                " FROM wbo_data.chain_transfer t JOIN wbo_data.cryptocurrency k ON k.id = t.coin_id"
            )
        ]
    return int(scene.value(who, "SELECT wbo_chain.report_transfers('Ethereum', %s)", Jsonb(blocks)))


def test_one_login_alone_credits_nothing(scene: Scene, second: str, ask: Callable[..., Any]) -> None:
    record = final(scene)
    assert scene.status(record) == "processing"
    seen_by(scene, "worker")
    scene.chain.mine()
    assert scene.status(record) == "processing"
    assert ask("viewer", "SELECT reports_missing FROM wbo.deposit_record WHERE record_no = %s", record) == 1


def test_what_a_stolen_login_writes_itself_is_refused_by_the_guard(scene: Scene, second: str) -> None:
    record = final(scene)
    with scene.world.connect("superuser") as superuser, pytest.raises(psycopg.Error) as refused:
        superuser.execute(
            "UPDATE wbo_data.deposit SET status = 'success', credited_at = now(), credited_base = 100000000"
            " WHERE record_no = %s",
            (record,),
        )
    assert refused.value.diag.message_primary == "invariant_broken"
    assert '"credit:reports"' in (refused.value.diag.message_detail or "")


def test_the_second_logins_report_of_the_same_transfer_credits(scene: Scene, second: str) -> None:
    record = final(scene)
    wanted = scene.value(second, "SELECT wbo_chain.blocks_to_report('Ethereum', 10)")
    assert len(wanted) == 1
    assert seen_by(scene, second) == 1
    scene.chain.mine()
    assert scene.status(record) == "success"
    assert scene.value(second, "SELECT wbo_chain.blocks_to_report('Ethereum', 10)") == []


def test_a_report_of_another_amount_does_not_count(scene: Scene, second: str) -> None:
    record = final(scene)
    assert seen_by(scene, second, amount=99 * USDT) == 1
    scene.chain.mine()
    assert scene.status(record) == "processing"


def test_nobody_reports_in_anothers_name(scene: Scene, second: str) -> None:
    final(scene)
    with scene.world.connect("worker") as worker, pytest.raises(psycopg.Error) as refused:
        worker.execute("UPDATE wbo_data.transfer_report SET login = 'somebody'")
    assert refused.value.sqlstate == "42501"
    with scene.world.connect("worker") as worker, pytest.raises(psycopg.Error) as refused:
        worker.execute("SET SESSION AUTHORIZATION postgres")
    assert refused.value.sqlstate == "42501"
