"""核實入賬 accepts one transfer: nothing of it is left when the record means another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.security.scene import USDT, Scene
from wbo_demo.world import DemoClient
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.services.tracking import CreditDecision, Decisions

Ask = Callable[..., Any]


@pytest.fixture
def client(scene: Scene) -> DemoClient:
    return scene.world.clients[0]


def state(scene: Scene, record: str) -> tuple[str, str | None, bool]:
    with scene.world.connect("superuser") as root:
        found = root.execute(
            "SELECT status, reason, accepted FROM wbo_data.deposit WHERE record_no = %s", (record,)
        ).fetchone()
    assert found is not None
    return found[0], found[1], found[2]


def accepted(scene: Scene, client: DemoClient, ask: Ask) -> tuple[str, Transfer]:
    """A record of 100 for which 60 came, accepted and not final yet."""
    paid = scene.chain.transfer("USDT", client.wallet.address, client.custodial, 60 * USDT)
    record = scene.submit(client, 100 * USDT, "S-less", txid=paid.txid)
    scene.chain.mine(paid)
    assert state(scene, record) == ("abnormal", "amount_differs", False)
    version = ask("viewer", "SELECT version FROM wbo.deposit_record WHERE record_no = %s", record)
    ask("maker", "SELECT wbo.accept_deposit(%s, 'client agrees', %s)", record, version)
    assert state(scene, record) == ("processing", "amount_differs", True)
    return record, paid


@pytest.mark.parametrize("now_came", [60, 30])
def test_reorganised_away_it_has_to_be_accepted_again(
    scene: Scene, client: DemoClient, ask: Ask, now_came: int
) -> None:
    record, paid = accepted(scene, client, ask)
    scene.chain.reorganise(1)
    scene.chain.settle()
    assert state(scene, record)[2] is False
    scene.chain.mine(replace(paid, amount=now_came * USDT))
    scene.chain.mine()
    scene.chain.mine()
    assert state(scene, record) == ("abnormal", "amount_differs", False)


def test_credited_reorganised_and_checked_again(scene: Scene, client: DemoClient, ask: Ask) -> None:
    record, paid = accepted(scene, client, ask)
    scene.chain.mine()
    scene.chain.mine()
    assert state(scene, record)[0] == "success"
    scene.chain.reorganise(4)
    version = ask("viewer", "SELECT version FROM wbo.deposit_record WHERE record_no = %s", record)
    ask("maker", "SELECT wbo.recheck_deposit(%s, %s)", record, version)
    assert state(scene, record) == ("pending_auth", "transfer_not_seen", False)
    scene.chain.mine(replace(paid, amount=1 * USDT))
    assert state(scene, record) == ("abnormal", "amount_differs", False)


def test_a_credit_that_the_guard_refuses_is_judged_anew(scene: Scene, client: DemoClient, ask: Ask) -> None:
    """Its wallet is deleted before it is final."""
    record, _ = accepted(scene, client, ask)
    scene.chain.mine()
    of_client = "FROM wbo.wallet_address WHERE client_no = %s"
    wallet = ask("viewer", f"SELECT wallet_id {of_client}", client.client_no)
    version = ask("viewer", f"SELECT version {of_client}", client.client_no)
    ask("maker", "SELECT wbo.delete_wallet(%s, 'lost', %s)", wallet, version)
    last = scene.chain.blocks[-1]
    block = replace(scene.chain._block(last.number + 1, last.hash))
    work = scene.chain.store.record_blocks(scene.chain.lease, 300, last.hash, [block], block.number, None)
    scene.chain.blocks.append(block)
    (due,) = work.due
    scene.chain.store.apply_decisions(
        scene.chain.lease, Decisions(credits=(CreditDecision(record, due.version),))
    )
    assert state(scene, record) == ("pending_auth", "transfer_not_seen", False)


def test_another_transfer_attached_past_the_functions(scene: Scene, client: DemoClient, ask: Ask) -> None:
    record, _ = accepted(scene, client, ask)
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 100 * USDT))
    with scene.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute("SELECT set_config('wbo.action', 'test', false)")
        owner.execute(
            "UPDATE wbo_data.deposit SET confirm_height = 200, transfer_id ="
            " (SELECT id FROM wbo_data.chain_transfer WHERE amount_base = 100000000) WHERE record_no = %s",
            (record,),
        )
    assert state(scene, record)[2] is False


def test_under_a_refund_the_record_follows_what_was_accepted(
    scene: Scene, client: DemoClient, ask: Ask
) -> None:
    record, paid = accepted(scene, client, ask)
    scene.chain.mine()
    scene.chain.mine()
    scene.request(record, client, 60 * USDT)
    scene.chain.reorganise(4)
    scene.chain.mine(paid)
    scene.chain.mine()
    scene.chain.mine()
    assert state(scene, record) == ("refunding", None, True)
