"""Refunds on their way: in which order they are in hand, what proves a payment, and what a reorganisation takes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.security.scene import USDT, Scene
from tests.support.simulated_chain import Sent
from wbo_desktop.domain.types import Address
from wbo_desktop.services.tracking import FoundBlock

Ask = Callable[..., Any]

STATUS = "SELECT status FROM wbo.refund WHERE refund_no = %s"
FAILURE = "SELECT failure FROM wbo.refund WHERE refund_no = %s"
STOPPED = "SELECT stopped_reason FROM wbo_data.hot_wallet"
SOMEBODY = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")


def approved(scene: Scene, number: int = 0) -> str:
    client = scene.world.clients[number]
    record = scene.credited(client, 100 * USDT, f"S-{number}")
    refund = scene.request(record, client, 90 * USDT)
    scene.approve(refund)
    return refund


@pytest.fixture
def signed(scene: Scene) -> tuple[str, list[Sent]]:
    """A refund whose bytes are offered, and those bytes."""
    refund = approved(scene)
    scene.execute(refund)
    return refund, scene.chain.sign()


def final(scene: Scene) -> None:
    for _ in range(3):
        scene.chain.mine()


def store_block(scene: Scene, block: FoundBlock) -> None:
    chain = scene.chain
    work = chain.store.record_blocks(chain.lease, 300, chain.blocks[-1].hash, [block], block.number, None)
    chain.blocks.append(block)
    chain.settle(work)


def test_what_was_executed_first_is_signed_first_and_stored_bytes_come_before(scene: Scene) -> None:
    first, second, third = (approved(scene, number) for number in (0, 1, 2))
    for refund in (third, first):
        scene.execute(refund)
    in_hand = lambda: [one.refund_no for one in scene.chain.refunds.work(scene.chain.lease).refunds]  # noqa: E731
    assert in_hand() == [third, first]
    scene.chain.sign()
    scene.execute(second)
    assert in_hand() == [third, first, second]


def test_a_refusal_is_forgotten_once_a_node_takes_the_bytes(
    scene: Scene, signed: tuple[str, list[Sent]], ask: Ask
) -> None:
    refund, (sent,) = signed
    chain = scene.chain
    chain.refunds.note(chain.lease, refund, "node_refuses")
    assert ask("viewer", FAILURE, refund) == "node_refuses"
    chain.refunds.mark_broadcast(chain.lease, sent.txid, "fee_too_low: underpriced", False)
    assert ask("viewer", FAILURE, refund) == "node_refuses", "another no is no yes"
    chain.refunds.mark_broadcast(chain.lease, sent.txid, "accepted", True)
    assert (ask("viewer", FAILURE, refund), ask("viewer", STATUS, refund)) == (None, "broadcast")


@pytest.mark.parametrize("wrong", [{"sender": SOMEBODY}, {"recipient": SOMEBODY}, {"amount": 0}])
def test_coins_that_others_sent_or_got_prove_no_payment(
    scene: Scene, signed: tuple[str, list[Sent]], ask: Ask, wrong: dict[str, Any]
) -> None:
    """Our bytes are in a block with success, and what the client should have got is not."""
    refund, sent = signed
    block = scene.chain.next_block(sent=sent)
    store_block(scene, replace(block, transfers=tuple(replace(t, **wrong) for t in block.transfers)))
    final(scene)
    assert ask("viewer", STATUS, refund) == "confirming"
    assert ask("viewer", FAILURE, refund) == "transfer_not_seen_on_chain"


def test_a_failure_whose_block_is_gone_stops_the_wallet(
    scene: Scene, signed: tuple[str, list[Sent]], ask: Ask
) -> None:
    """The transaction that failed may succeed in another block, and a new refund may have been paid by then."""
    refund, sent = signed
    scene.chain.mine(sent=sent, succeeded=False)
    final(scene)
    assert ask("viewer", STATUS, refund) == "failed"
    assert ask("superuser", STOPPED) is None
    scene.chain.reorganise(2)
    assert ask("superuser", STOPPED) is None, "its own block is still there"
    scene.chain.reorganise(2)
    assert ask("superuser", STOPPED) == "settled_refund_reorganised"


def test_a_refund_goes_back_with_its_block_and_not_with_the_one_after(
    scene: Scene, signed: tuple[str, list[Sent]], ask: Ask
) -> None:
    refund, sent = signed
    scene.chain.mine(sent=sent)
    scene.chain.mine()
    assert ask("viewer", STATUS, refund) == "confirming"
    scene.chain.reorganise(1)
    assert ask("viewer", STATUS, refund) == "confirming"
    scene.chain.reorganise(1)
    assert ask("viewer", STATUS, refund) == "broadcast"


def test_a_confirmed_refund_is_offered_again_until_it_is_mined_again(
    scene: Scene, signed: tuple[str, list[Sent]], ask: Ask
) -> None:
    refund, sent = signed
    chain = scene.chain
    chain.mine(sent=sent)
    final(scene)
    assert ask("viewer", STATUS, refund) == "confirmed"
    assert chain.refunds.work(chain.lease).refunds == ()
    chain.reorganise(4)
    assert [one.refund_no for one in chain.refunds.work(chain.lease).refunds] == [refund]
    chain.mine(sent=sent)
    assert chain.refunds.work(chain.lease).refunds == ()
