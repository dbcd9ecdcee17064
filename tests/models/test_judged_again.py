"""A wish to judge a record again that comes while the worker judges it is not lost with the decision on older facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.security.scene import USDT, Scene
from tests.support.simulated_chain import new_hash
from wbo_desktop.services.judging import SOON, hold
from wbo_desktop.services.tracking import Decisions, Work

Ask = Callable[..., Any]

WAITING = (
    "SELECT count(*) FROM wbo_data.deposit_check WHERE record_no = %s AND check_after <= clock_timestamp()"
)
VERIFIED = """
UPDATE wbo_data.wallet_address SET status = 'verified', method = 'message_signature', challenge = 'c', signature = 's',
    evidence = '{}', verified_at = now(), verified_by = 'worker' WHERE client_no = %s
"""


@pytest.fixture
def judging(scene: Scene) -> tuple[str, Work]:
    """A record on chain whose wallet is not verified, and what the worker was told of it."""
    client = scene.world.clients[3]
    record = scene.submit(client, 20 * USDT, "S-1")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 20 * USDT))
    assert scene.status(record) == "pending_auth"
    with scene.world.connect("superuser") as root:
        root.execute("SELECT wbo_rule.want_check(%s, 'Ethereum')", (record,))
    work = scene.chain.look()
    assert [facts.claim.record_no for facts in work.records] == [record]
    return record, work


def verify(scene: Scene) -> None:
    """The wallet is verified: the record has the version that it had, and is to be judged again."""
    with scene.world.connect("superuser") as root:
        root.execute("SELECT set_config('wbo.action', 'test', false)")
        root.execute(
            "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature' WHERE client_no = %s",
            (scene.world.clients[3].client_no,),
        )
        root.execute(VERIFIED.encode(), (scene.world.clients[3].client_no,))


def test_the_wallet_is_verified_while_the_record_is_judged(
    scene: Scene, judging: tuple[str, Work], ask: Ask
) -> None:
    record, work = judging
    verify(scene)
    scene.chain.store.apply_decisions(scene.chain.lease, scene.chain.decisions(work))
    assert scene.status(record) == "pending_auth", "judged by what was known before"
    assert ask("superuser", WAITING, record) == 1
    scene.chain.settle()
    assert scene.status(record) == "processing"


def test_nothing_could_be_said_and_a_wish_came_meanwhile(
    scene: Scene, judging: tuple[str, Work], ask: Ask
) -> None:
    """The decision to look again later puts off its own question, not the newer one."""
    record, work = judging
    verify(scene)
    scene.chain.store.apply_decisions(
        scene.chain.lease, Decisions(tuple(hold(facts, 3600) for facts in work.records))
    )
    assert ask("superuser", WAITING, record) == 1
    scene.chain.settle()
    assert scene.status(record) == "processing"


def test_without_a_newer_wish_the_question_is_answered_or_put_off(
    scene: Scene, judging: tuple[str, Work], ask: Ask
) -> None:
    record, work = judging
    queued = "SELECT count(*) FROM wbo_data.deposit_check WHERE record_no = %s"
    scene.chain.store.apply_decisions(scene.chain.lease, Decisions((hold(work.records[0], 3600 * SOON),)))
    assert (ask("superuser", queued, record), ask("superuser", WAITING, record)) == (1, 0)
    decisions = scene.chain.decisions(work)
    scene.chain.store.apply_decisions(scene.chain.lease, decisions)
    assert ask("superuser", queued, record) == 0


def test_a_txid_attached_while_the_record_is_judged(
    scene: Scene, judging: tuple[str, Work], ask: Ask
) -> None:
    """That changes the record itself: the decision is dropped, the record asked about again."""
    record, work = judging
    ask("intake", "SELECT wbo.attach_txid('S-1', %s)", new_hash())
    applied = scene.chain.store.apply_decisions(scene.chain.lease, scene.chain.decisions(work))
    assert (applied.moved, applied.dropped) == (0, 1)
    assert ask("superuser", WAITING, record) == 1


def test_a_decision_of_a_version_before_is_dropped(scene: Scene, judging: tuple[str, Work]) -> None:
    record, work = judging
    (decision,) = scene.chain.decisions(work).records
    stale = replace(decision, version=decision.version - 1)
    applied = scene.chain.store.apply_decisions(scene.chain.lease, Decisions((stale,)))
    assert (applied.moved, applied.dropped) == (0, 1)
    assert scene.status(record) == "pending_auth"
