"""The worker's side of the database at its edges: leases that ran out, finality that only rises, whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from tests.models.test_chain_store import block, hash_of, lease, refused, store
from tests.security.scene import USDT, Scene
from tests.support.simulated_chain import new_hash
from wbo_demo.world import World
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.services.tracking import Lease

__all__ = ["lease", "store"]

Ask = Callable[..., Any]

RUN_OUT = "UPDATE wbo_data.worker_lease SET expires_at = clock_timestamp() - interval '1 second'"


def test_a_lease_that_ran_out_is_nobodys_and_begins_anew(
    database: World, store: ChainStore, ask: Ask
) -> None:
    """Its holder may have slept through it: what they had in hand then is refused."""
    mine = store.take_lease("Ethereum", "me", 60)
    assert mine is not None
    ask("superuser", RUN_OUT)
    with refused("lease_lost"):
        store.report_health(mine, 3, {})
    again = store.take_lease("Ethereum", "me", 60)
    assert again == Lease("Ethereum", mine.epoch + 1)
    with refused("lease_lost"):
        store.report_health(mine, 3, {})
    store.report_health(again, 3, {})


def test_a_change_of_what_works_is_told_at_once_and_only_a_change(
    database: World, store: ChainStore, lease: Lease
) -> None:
    def told(code: str) -> list[str]:
        """What open desktops hear of this report."""
        with database.connect("superuser") as listening:
            listening.execute("LISTEN wbo_changes")
            store.report_health(lease, 60, {"state": {"code": code}})
            listening.execute("NOTIFY wbo_changes, 'that was all'")
            heard = []
            for notice in listening.notifies(timeout=20):
                if notice.payload == "that was all":
                    break
                heard.append(notice.payload)
            return heard

    told("")
    assert told("no_node") == ["chain"]
    assert told("no_node") == []
    assert told("") == ["chain"]


def test_what_was_final_stays_final(store: ChainStore, lease: Lease) -> None:
    """A node that is behind shows a lower one, another none at all."""
    store.record_blocks(lease, 60, hash_of(10), [block(11), block(12)], 12, 12)
    for number, shown in ((13, 11), (14, None)):
        store.record_blocks(lease, 60, hash_of(number - 1), [block(number)], number, shown)
        mark = store.checkpoint("Ethereum")
        assert mark is not None
        assert (mark.number, mark.finalized) == (number, 12)
    with refused("finality_violated"):
        store.rewind(lease, hash_of(14), 11)


def test_a_record_whose_block_is_gone_waits_without_a_height(scene: Scene, ask: Ask) -> None:
    client = scene.world.clients[0]
    record = scene.submit(client, 20 * USDT, "S-1")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 20 * USDT))
    assert scene.status(record) == "processing"
    held = "SELECT confirm_height IS NOT NULL OR transfer_id IS NOT NULL FROM wbo_data.deposit WHERE record_no = %s"
    assert ask("superuser", held, record)
    scene.chain.reorganise(1)
    assert scene.status(record) == "pending_auth"
    assert not ask("superuser", held, record)


def test_a_request_is_contested_by_one_that_names_no_transfer_either(scene: Scene, ask: Ask) -> None:
    client = scene.world.clients[0]
    contested = "SELECT (wbo_rule.record_facts(%s, 1) ->> 'contested')::boolean"
    first = scene.submit(client, 20 * USDT, "S-1")
    assert not ask("superuser", contested, first)
    second = scene.submit(client, 30 * USDT, "S-2")
    assert ask("superuser", contested, first)
    ask("intake", "SELECT wbo.attach_txid('S-2', %s)", new_hash())
    assert not ask("superuser", contested, first), "the other has a transfer of its own"
    assert ask("superuser", contested, second), "the first still has none"


def test_who_waits_longest_is_judged_first(scene: Scene, ask: Ask) -> None:
    records = [scene.submit(client, 20 * USDT, f"S-{n}") for n, client in enumerate(scene.world.clients[:3])]
    waits = """UPDATE wbo_data.deposit_check SET check_after = clock_timestamp() - %s * interval '1 minute'
               WHERE record_no = %s"""
    queue = """INSERT INTO wbo_data.deposit_check (record_no, network) VALUES (%s, 'Ethereum') ON CONFLICT DO NOTHING"""
    for record in records:
        ask("superuser", queue, record)
    first = (
        """SELECT (wbo_rule.to_decide('Ethereum', 1, clock_timestamp()) -> 'records' -> 0) ->> 'record_no'"""
    )
    with scene.world.connect("superuser") as root:
        root.execute("SET enable_indexscan = off")  # whichever way the server reads the queue
        root.execute("SET enable_bitmapscan = off")
        for order in permutations(records):
            for minutes, record in enumerate(order, start=1):
                root.execute(waits.encode(), (minutes, record))
            assert root.execute(first.encode()).fetchone() == (order[-1],)


@pytest.mark.parametrize(("amount", "needed"), [(50, 1), (51, 2)])
def test_two_approve_what_is_above_the_threshold_and_not_what_is_at_it(
    scene: Scene, ask: Ask, amount: int, needed: int
) -> None:
    client = scene.world.clients[0]
    record = scene.credited(client, 100 * USDT, "S-1")
    details = '{"code": "USDT", "network": "Ethereum", "two_approvals_above": "50"}'
    ask("maker", "SELECT wbo.save_cryptocurrency(%s, 1)", details)
    request = "SELECT wbo.request_refund(%s, %s, %s, 'part of it', 'asked')"
    refund = ask("maker", request, record, client.wallet.address, amount)
    assert ask("viewer", "SELECT approvals_needed FROM wbo.refund WHERE refund_no = %s", refund) == needed


def test_what_was_approved_can_still_be_rejected(scene: Scene, ask: Ask) -> None:
    client = scene.world.clients[0]
    record = scene.credited(client, 100 * USDT, "S-1")
    refund = scene.request(record, client, 100 * USDT)
    scene.approve(refund)
    ask("checker", "SELECT wbo.reject_refund(%s, 'not so fast')", refund)
    assert ask("viewer", "SELECT status FROM wbo.refund WHERE refund_no = %s", refund) == "rejected"
    assert scene.status(record) == "success"


def test_what_was_paid_today_counts_against_the_daily_limit(
    scene: Scene, ask: Ask, refusal: Callable[..., str]
) -> None:
    client, other = scene.world.clients[:2]
    record = scene.credited(client, 100 * USDT, "S-1")
    second = scene.credited(other, 5 * USDT, "S-2")
    details = '{"code": "USDT", "network": "Ethereum", "daily_refund_limit": "101"}'
    ask("maker", "SELECT wbo.save_cryptocurrency(%s, 1)", details)
    refund = scene.request(record, client, 100 * USDT)
    scene.approve(refund)
    scene.execute(refund)
    scene.chain.mine(sent=scene.chain.sign())
    for _ in range(3):
        scene.chain.mine()
    assert scene.status(record) == "refunded"
    request = "SELECT wbo.request_refund(%s, %s, %s, 'part of it', 'asked')"
    assert refusal("maker", request, second, other.wallet.address, 2) == "daily_limit_exceeded"
    ask("maker", request, second, other.wallet.address, 1)
