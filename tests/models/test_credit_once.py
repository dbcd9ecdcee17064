"""A transfer serves one record for ever, also when its block was replaced and another one has its transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.security.scene import USDT, Scene
from tests.support.simulated_chain import SimulatedChain, new_hash
from wbo_demo.world import DemoClient
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import BlockHash
from wbo_desktop.services.tracking import CreditDecision, Decisions, FoundBlock, Work

Ask = Callable[..., Any]

CREDITED = """
SELECT coalesce(sum(credited_base), 0)::bigint FROM wbo_data.deposit
WHERE status IN ('success', 'refunding', 'refunded', 'refund_failed')
"""
AMOUNT = 100 * USDT


@pytest.fixture
def client(scene: Scene) -> DemoClient:
    return scene.world.clients[0]


def payment(scene: Scene, client: DemoClient, amount: int = AMOUNT, **more: Any) -> Transfer:
    """A payment of the client's, with its log's places in block and transaction."""
    return replace(scene.chain.transfer("USDT", client.wallet.address, client.custodial, amount), **more)


def credited(scene: Scene, client: DemoClient, paid: Transfer, serial: str = "S-first") -> str:
    record = scene.submit(client, paid.amount, serial, txid=paid.txid)
    scene.chain.mine(paid)
    final(scene.chain)
    assert scene.status(record) == "success"
    return record


def final(chain: SimulatedChain) -> None:
    """Until what was mined last is final."""
    for _ in range(3):
        chain.mine()


def store(chain: SimulatedChain, block: FoundBlock) -> Work:
    """A block that is stored, and nothing decided yet."""
    work = chain.store.record_blocks(chain.lease, 300, chain.blocks[-1].hash, [block], block.number, None)
    chain.blocks.append(block)
    return work


def refunding(scene: Scene, record: str, client: DemoClient) -> str:
    refund = scene.request(record, client, AMOUNT)
    assert scene.status(record) == "refunding"
    return refund


def refunded(scene: Scene, record: str, client: DemoClient) -> str:
    refund = refunding(scene, record, client)
    scene.approve(refund)
    scene.execute(refund)
    scene.chain.mine(sent=scene.chain.sign())
    final(scene.chain)
    assert scene.status(record) == "refunded"
    return refund


def row(scene: Scene, record: str) -> dict[str, Any]:
    with scene.world.connect("superuser") as root:
        cursor = root.execute("SELECT * FROM wbo.deposit_record WHERE record_no = %s", (record,))
        names = [column.name for column in cursor.description or ()]
        return dict(zip(names, cursor.fetchone() or (), strict=True))


def assert_no_more_credited_than_arrived(scene: Scene) -> None:
    arrived, _ = scene.chain.balances()
    assert scene.value("superuser", CREDITED) <= arrived["USDT"]


ELSEWHERE = [
    pytest.param({}, id="same place"),
    pytest.param({"log_index": 7}, id="another place in the block"),
    pytest.param({"log_index": 7, "position": 5}, id="another place in its transaction"),
]


@pytest.mark.parametrize("moved", ELSEWHERE)
@pytest.mark.parametrize("became", ["success", "refunding", "refunded"])
def test_a_transfer_mined_again_is_credited_to_nobody_else(
    scene: Scene, client: DemoClient, became: str, moved: dict[str, int]
) -> None:
    paid = payment(scene, client, log_index=2, position=0)
    first = credited(scene, client, paid)
    if became != "success":
        {"refunding": refunding, "refunded": refunded}[became](scene, first, client)
    before = row(scene, first)
    scene.chain.reorganise(len(scene.chain.blocks))
    assert row(scene, first)["alarm"]
    second = scene.submit(client, AMOUNT, "S-second", txid=paid.txid)
    scene.chain.mine()
    scene.chain.mine(replace(paid, **moved))
    final(scene.chain)
    found = row(scene, second)
    assert (found["status"], found["reason"]) == ("abnormal", "txid_already_used")
    follows = row(scene, first)
    assert follows["block_hash"] not in (None, before["block_hash"])
    assert follows["confirmations"] > 3
    assert (follows["status"], follows["alarm"]) == {
        "success": ("abnormal", True), "refunding": ("refunding", False), "refunded": ("refunded", False),
    }[became]  # fmt: skip
    assert_no_more_credited_than_arrived(scene)


def test_an_alarm_ends_only_when_the_transfer_is_final_again(scene: Scene, client: DemoClient) -> None:
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    refund = refunding(scene, first, client)
    scene.approve(refund)
    scene.chain.reorganise(10)
    scene.chain.mine(paid)
    assert row(scene, first)["alarm"], "in a block again, and not final"
    with pytest.raises(psycopg.Error) as refused:
        scene.execute(refund)
    assert "refund:credited" in str(refused.value.diag.message_detail)
    final(scene.chain)
    assert not row(scene, first)["alarm"]
    scene.execute(refund)
    scene.chain.mine(sent=scene.chain.sign())
    final(scene.chain)
    assert scene.status(first) == "refunded"
    assert_no_more_credited_than_arrived(scene)


def test_the_same_block_again_ends_the_alarm_too(scene: Scene, client: DemoClient) -> None:
    """A node went to another chain and came back."""
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    refunding(scene, first, client)
    gone = scene.chain.blocks[-4:]
    scene.chain.reorganise(4)
    assert row(scene, first)["alarm"]
    for block in gone:
        store(scene.chain, block)
        scene.chain.settle()
    assert not row(scene, first)["alarm"]


def test_nodes_that_contradict_each_other_leave_the_alarm_to_a_person(
    scene: Scene, client: DemoClient
) -> None:
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    refunding(scene, first, client)
    chain = scene.chain
    chain.reorganise(10)
    chain.mine(paid)
    chain.mine()
    tip = chain.blocks[-1]
    work = store(chain, replace(tip, number=tip.number + 1, hash=BlockHash(new_hash()), parent_hash=tip.hash))
    assert [due.record_no for due in work.due] == [first]
    doubtful = CreditDecision(first, work.due[0].version, agreed=False)
    chain.store.apply_decisions(chain.lease, Decisions(credits=(doubtful,)))
    found = row(scene, first)
    assert (found["status"], found["alarm"], found["reason"]) == ("refunding", True, "nodes_disagree")
    assert not chain.look().due


def test_a_stale_word_about_the_alarm_is_dropped(scene: Scene, client: DemoClient) -> None:
    """Said of the block before: the record has followed its transfer meanwhile, and that one is not final."""
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    refunding(scene, first, client)
    chain = scene.chain
    for _ in range(2):
        chain.reorganise(10)
        version = row(scene, first)["version"]
        chain.store.apply_decisions(chain.lease, Decisions(credits=(CreditDecision(first, version),)))
        assert row(scene, first)["alarm"]
        chain.mine(paid)
        version = row(scene, first)["version"]
        chain.store.apply_decisions(chain.lease, Decisions(credits=(CreditDecision(first, version),)))
        assert row(scene, first)["alarm"]
    final(chain)
    assert not row(scene, first)["alarm"]


def test_another_amount_under_the_same_txid_waits_for_a_person(scene: Scene, client: DemoClient) -> None:
    """A contract executed anew may pay less, at another place; what was refunded is not paid twice by that."""
    paid = payment(scene, client, position=0)
    first = credited(scene, client, paid)
    refunded(scene, first, client)
    scene.chain.reorganise(20)
    again = [replace(paid, amount=AMOUNT - 1, position=3, log_index=3)]
    second = scene.submit(client, AMOUNT, "S-second", txid=paid.txid)
    scene.chain.mine(*again)
    final(scene.chain)
    assert scene.status(second) == "abnormal"
    found = row(scene, first)
    assert (found["status"], found["alarm"], found["confirmations"]) == ("refunded", True, 0)
    assert scene.value("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 1
    assert_no_more_credited_than_arrived_but_alarmed(scene)


def assert_no_more_credited_than_arrived_but_alarmed(scene: Scene) -> None:
    arrived, _ = scene.chain.balances()
    assert scene.value("superuser", CREDITED.strip() + " AND NOT alarm") <= arrived["USDT"]


def test_a_batch_mined_again_is_told_apart(scene: Scene) -> None:
    """Three of one amount to two accounts in one transaction; all logs stand elsewhere the next time."""
    one, two = scene.world.clients[:2]
    txid = new_hash()

    def batch(shift: int) -> list[Transfer]:
        to = ((0, one), (1, two), (2, one))
        return [payment(scene, c, txid=txid, position=p + shift, log_index=p + shift) for p, c in to]

    records = [
        scene.submit(one, AMOUNT, "S-1", txid=txid),
        scene.submit(two, AMOUNT, "S-2", txid=txid, source=two.wallet.address),
    ]
    scene.chain.mine(*batch(0))
    records.append(scene.submit(one, AMOUNT, "S-3", txid=txid))
    final(scene.chain)
    assert [scene.status(r) for r in records] == ["success"] * 3
    for record, client in zip(records, (one, two, one), strict=True):
        scene.request(record, client, AMOUNT)
    scene.chain.reorganise(10)
    scene.chain.mine(*batch(1))
    final(scene.chain)
    assert [(r["status"], r["alarm"]) for r in (row(scene, n) for n in records)] == [("refunding", False)] * 3
    assert len({row(scene, n)["log_index"] for n in records if n != records[1]}) == 2
    assert scene.value("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 0
    extra = scene.submit(one, AMOUNT, "S-4", txid=txid)
    scene.chain.settle()
    assert scene.status(extra) == "abnormal"


def test_what_was_not_credited_is_free_again(scene: Scene, client: DemoClient, ask: Ask) -> None:
    """Deleted with its application, or reorganised away while it was confirming."""
    paid = payment(scene, client)
    first = scene.submit(client, AMOUNT // 2, "S-first", txid=paid.txid)
    scene.chain.mine(paid)
    second = scene.submit(client, AMOUNT, "S-second", txid=paid.txid)
    scene.chain.settle()
    assert (scene.status(first), scene.status(second)) == ("abnormal", "abnormal")
    ask("maker", "SELECT wbo.delete_application('S-first', 'wrong amount')")
    final(scene.chain)
    assert scene.status(second) == "success"


def test_a_deleted_records_credit_is_not_anybodys_again(scene: Scene, client: DemoClient, ask: Ask) -> None:
    """Credited, reorganised away, looked at, deleted; then the same coins are there again."""
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    scene.chain.reorganise(10)
    ask("maker", "SELECT wbo.recheck_deposit(%s, %s)", first, row(scene, first)["version"])
    ask("maker", "SELECT wbo.delete_application('S-first', 'gone')")
    second = scene.submit(client, AMOUNT, "S-second", txid=paid.txid)
    scene.chain.mine(replace(paid, log_index=4))
    final(scene.chain)
    assert scene.status(second) == "abnormal"
    assert scene.value("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 1, "money is not lost"


@pytest.mark.parametrize("gone", ["orphaned and the wallet deleted", "orphaned and expired"])
def test_a_micro_payment_is_never_credited(scene: Scene, ask: Ask, gone: str) -> None:
    client = scene.world.clients[3]
    wallet, version = wallet_of(scene, client)
    ask("maker", "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)", wallet, version)
    asked = int(
        ask("superuser", "SELECT micro_amount_base FROM wbo_data.wallet_address WHERE id = %s", wallet)
    )
    target = ask("superuser", "SELECT micro_target FROM wbo_data.wallet_address WHERE id = %s", wallet)
    paid = replace(
        scene.chain.transfer("USDT", client.wallet.address, target, asked), log_index=1, position=0
    )
    scene.chain.mine(paid)
    scene.chain.reorganise(1)
    with scene.world.connect("superuser") as root:
        root.execute("SELECT set_config('wbo.action', 'test', false)")
        if gone == "orphaned and expired":
            root.execute("UPDATE wbo_data.wallet_address SET status = 'unverified' WHERE id = %s", (wallet,))
    if gone == "orphaned and the wallet deleted":
        ask("maker", "SELECT wbo.delete_wallet(%s, 'given up', %s)", *wallet_of(scene, client))
    scene.chain.mine(replace(paid, log_index=0))
    purpose = "SELECT array_agg(purpose ORDER BY id) FROM wbo_data.chain_transfer WHERE txid = %s"
    assert ask("superuser", purpose, paid.txid) == ["wallet_verification"] * 2
    record = scene.submit(client, asked, "S-micro", txid=paid.txid)
    final(scene.chain)
    assert (row(scene, record)["status"], row(scene, record)["reason"]) == ("abnormal", "txid_already_used")


def test_a_credit_is_no_proof_of_a_wallet(scene: Scene, ask: Ask) -> None:
    """Credited; then its block is replaced while another wallet of that address waits for just that amount."""
    client = scene.world.clients[0]
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    scene.chain.reorganise(10)
    with scene.world.connect("superuser") as root:
        root.execute("SELECT set_config('wbo.action', 'test', false)")
        root.execute(
            "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (%s, 'Ethereum', %s)",
            (scene.world.clients[1].client_no, client.wallet.address),
        )
        root.execute(
            "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'micro_payment', micro_target = %s,"
            " micro_amount_base = %s, expires_at = now() + interval '1 hour',"
            " micro_coin_id = (SELECT id FROM wbo_data.cryptocurrency WHERE code = 'USDT')"
            " WHERE client_no = %s AND address = %s",
            (client.custodial, AMOUNT, scene.world.clients[1].client_no, client.wallet.address),
        )
    scene.chain.mine(paid)
    work = scene.chain.look()
    assert [case for case in work.wallets if case.transfer is not None] == []
    assert row(scene, first)["confirmations"] == 1, "it is the record's"


def wallet_of(scene: Scene, client: DemoClient) -> tuple[int, int]:
    with scene.world.connect("viewer") as viewer:
        found = viewer.execute(
            "SELECT wallet_id, version FROM wbo.wallet_address WHERE client_no = %s AND status <> 'deleted'",
            (client.client_no,),
        ).fetchone()
    assert found is not None
    return found[0], found[1]


def test_the_owner_cannot_give_a_credit_away(scene: Scene, client: DemoClient) -> None:
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    other = scene.submit(client, AMOUNT, "S-other")
    with scene.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        for statement, rule in (
            ("DELETE FROM wbo_data.transfer_holder", "transfer:kept"),
            ("UPDATE wbo_data.transfer_holder SET credited = false", "transfer:kept"),
            (f"UPDATE wbo_data.transfer_holder SET record_no = '{other}'", "transfer_holder.record_no"),
            ("UPDATE wbo_data.chain_transfer SET purpose = 'wallet_verification'", "transfer:held"),
            (f"UPDATE wbo_data.deposit SET status = 'processing', transfer_id = (SELECT transfer_id FROM wbo_data.deposit"
             f" WHERE record_no = '{first}'), confirm_height = 1 WHERE record_no = '{other}'", "credit:held"),
        ):  # fmt: skip
            with pytest.raises(psycopg.Error) as refused:
                owner.execute(statement.encode())
            assert rule in str(refused.value.diag.message_detail), statement
            owner.execute("SELECT 1")


def test_a_record_paid_out_by_hand_never_loses_its_alarm(scene: Scene, client: DemoClient, ask: Ask) -> None:
    """Its money went out by a transaction that the desk did not sign: no reorganisation makes it refundable again."""
    paid = payment(scene, client)
    first = credited(scene, client, paid)
    with scene.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute(
            "UPDATE wbo_data.deposit SET alarm = true, paid_out = true WHERE record_no = %s", (first,)
        )
    scene.chain.reorganise(10)
    scene.chain.mine(paid)
    final(scene.chain)
    with scene.world.connect("maker") as maker, pytest.raises(psycopg.Error) as refused:
        maker.execute("SELECT wbo.recheck_deposit(%s, %s)", (first, row(scene, first)["version"]))
    assert refused.value.diag.message_primary == "status_forbids"
    assert row(scene, first)["alarm"]
