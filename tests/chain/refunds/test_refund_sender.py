"""A refund's life at the sender: paid, replaced, dropped, reorganised away, and settled once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.refunds import assert_sums_agree, executing, payments
from tests.support.sending import PATIENT, Desk, sending_desk
from wbo_demo.chain import GWEI, Chain
from wbo_demo.world import World
from wbo_desktop.chain.refunds.signed import decode_signed

IMPATIENT = replace(PATIENT, stuck_after=0.0)


def pool(chain: Chain) -> set[str]:
    """The transactions that wait."""
    pending = chain.rpc("txpool_content")["pending"]
    return {tx["hash"] for of_sender in pending.values() for tx in of_sender.values()}


@pytest.mark.parametrize(("coin", "amount"), [("USDT", 1_500_000), ("ETH", 10**17), ("DAI", 5 * 10**18)])
async def test_an_executed_refund_is_paid_and_confirmed(desk: Desk, coin: str, amount: int) -> None:
    (number,) = executing(desk.world, coin, amount)
    progress = await desk.step()
    assert progress.signed == progress.sent == [number]
    refund = desk.refund(number)
    assert (refund["status"], refund["failure"]) == ("broadcast", None)
    desk.settle()
    refund = desk.refund(number)
    assert refund["status"] == "confirmed"
    (paid,) = payments(desk.chain, desk.world.hot_wallet.address, desk.first_block + 1)
    assert (paid.txid, paid.nonce) == (refund["txid"], refund["nonce"])
    assert (paid.address, paid.amount) == (refund["address"], amount)
    assert refund["fee_paid"] > 0
    assert desk.one("SELECT status FROM wbo.deposit_record WHERE record_no = %s", refund["record_no"]) == {
        "status": "refunded"
    }


async def test_many_at_once_get_nonces_without_a_gap(by_hand: Desk) -> None:
    numbers = executing(by_hand.world, "USDT", 1_000_000, 5) + executing(by_hand.world, "ETH", 10**16, 5)
    await by_hand.step()
    nonces = [by_hand.refund(number)["nonce"] for number in numbers]
    assert nonces == list(range(nonces[0], nonces[0] + 10))  # in the order of execution
    by_hand.settle()
    assert {by_hand.refund(number)["status"] for number in numbers} == {"confirmed"}


async def test_no_more_in_flight_than_nodes_guarantee(by_hand: Desk) -> None:
    by_hand.sender._tools.rules = replace(PATIENT, most_in_flight=3)
    executing(by_hand.world, "ETH", 10**16, 5)
    assert len((await by_hand.step()).signed) == 3
    assert not (await by_hand.step()).signed
    by_hand.chain.mine()
    assert len((await by_hand.step()).signed) == 2
    by_hand.settle()


async def test_an_idle_step_asks_no_node(stack: World, tmp_path: Path) -> None:
    async with sending_desk(stack, tmp_path, rules=replace(PATIENT, look_every=60)) as desk:
        await desk.step()
        before = desk.endpoints.requests
        await desk.step()
        assert desk.endpoints.requests == before


async def test_balances_are_shown(desk: Desk) -> None:
    held = desk.one("SELECT balances FROM wbo.hot_wallet")["balances"]
    assert held == {
        "ETH": "100.000000000000000000",
        "USDT": "100000.000000",
        "DAI": "100000.000000000000000000",
    }


# ------------------------------------------------------------ replacement


async def test_a_stuck_transaction_is_replaced_with_the_same_nonce(by_hand: Desk) -> None:
    (number,) = executing(by_hand.world, "USDT", 2_000_000)
    await by_hand.step()
    by_hand.sender._tools.rules = IMPATIENT
    for _ in range(3):
        assert (await by_hand.step()).replaced == [number]
    attempts = by_hand.attempts(number)
    assert len({a["nonce"] for a in attempts}) == 1
    for older, newer in pairwise(attempts):
        for fee in ("max_fee_per_gas", "max_priority_fee_per_gas"):
            assert newer[fee] * 10 >= older[fee] * 11
    assert pool(by_hand.chain) == {attempts[-1]["txid"]}
    by_hand.settle()
    refund = by_hand.refund(number)
    assert (refund["status"], refund["txid"]) == ("confirmed", attempts[-1]["txid"])


async def test_any_of_the_replacement_set_that_is_mined_settles(by_hand: Desk) -> None:
    (number,) = executing(by_hand.world, "ETH", 10**16)
    await by_hand.step()
    by_hand.sender._tools.rules = IMPATIENT
    await by_hand.step()
    first, second = by_hand.attempts(number)
    by_hand.chain.rpc("anvil_dropTransaction", second["txid"])
    by_hand.chain.rpc("eth_sendRawTransaction", "0x" + first["raw"].hex())
    by_hand.settle()
    refund = by_hand.refund(number)
    assert (refund["status"], refund["txid"]) == ("confirmed", first["txid"])
    assert not (await by_hand.step()).sent


async def test_fees_rise_only_to_the_cap(by_hand: Desk) -> None:
    (number,) = executing(by_hand.world, "ETH", 10**16)
    await by_hand.step()
    cap = int(by_hand.attempts(number)[0]["max_fee_per_gas"]) * 13 // 10
    by_hand.sender._tools.rules = replace(IMPATIENT, fee_cap=cap)
    for _ in range(6):
        await by_hand.step()
    attempts = by_hand.attempts(number)
    assert len(attempts) == 3
    assert attempts[-1]["max_fee_per_gas"] <= cap
    assert by_hand.refund(number)["failure"] == "fees_above_cap"
    by_hand.settle()
    assert by_hand.refund(number)["failure"] is None


async def test_bytes_whose_fees_no_node_takes_are_replaced_not_skipped(by_hand: Desk) -> None:
    (number,) = executing(by_hand.world, "ETH", 10**16)
    by_hand.chain.rpc("anvil_setNextBlockBaseFeePerGas", hex(GWEI))
    by_hand.chain.mine()
    await by_hand.step()
    (first,) = by_hand.attempts(number)
    by_hand.chain.rpc("anvil_dropTransaction", first["txid"])
    by_hand.chain.rpc("anvil_setNextBlockBaseFeePerGas", hex(100 * GWEI))
    by_hand.chain.mine()
    by_hand.sender._tools.rules = replace(PATIENT, refused_after=0.0)
    await by_hand.step()  # the same bytes again: refused
    assert by_hand.attempts(number)[0]["last_answer"].startswith("fee_too_low")
    assert (await by_hand.step()).replaced == [number]
    by_hand.settle()
    refund = by_hand.refund(number)
    assert (refund["status"], refund["nonce"]) == ("confirmed", first["nonce"])


async def test_a_chain_without_eip_1559_is_paid_and_replaced_with_gas_prices(
    stack: World, tmp_path: Path
) -> None:
    with Chain.start(tmp_path / "legacy", keep_state=False, options=["--hardfork", "berlin"]) as chain:
        chain.fund(stack.hot_wallet.address, 10**19)
        async with sending_desk(replace(stack, chain=chain), tmp_path) as desk:
            await desk.step()
            chain.rpc("evm_setAutomine", False)
            (number,) = executing(desk.world, "ETH", 10**16)
            await desk.step()
            desk.sender._tools.rules = IMPATIENT
            await desk.step()
            types = [decode_signed(a["raw"]).tx_type for a in desk.attempts(number)]
            assert types == [0, 0]
            desk.settle()
            assert desk.refund(number)["status"] == "confirmed"


# ------------------------------------------------------------ lost on the way


async def test_a_dropped_transaction_is_sent_again_as_it_was(by_hand: Desk) -> None:
    (number,) = executing(by_hand.world, "USDT", 1_000_000)
    await by_hand.step()
    for _ in range(3):
        (attempt,) = by_hand.attempts(number)
        by_hand.chain.rpc("anvil_dropTransaction", attempt["txid"])
        assert not pool(by_hand.chain)
        assert (await by_hand.step()).sent == [number]
        assert pool(by_hand.chain) == {attempt["txid"]}
    by_hand.settle()
    assert by_hand.refund(number)["status"] == "confirmed"


async def test_an_evicted_line_is_sent_again_in_the_order_of_nonces(by_hand: Desk) -> None:
    numbers = executing(by_hand.world, "ETH", 10**16, 6)
    await by_hand.step()
    by_hand.chain.rpc("anvil_dropAllTransactions")
    assert (await by_hand.step()).sent == numbers
    by_hand.settle()
    assert {by_hand.refund(n)["status"] for n in numbers} == {"confirmed"}


async def test_a_reorganised_refund_goes_back_and_is_sent_again(by_hand: Desk) -> None:
    (number,) = executing(by_hand.world, "USDT", 1_000_000)
    await by_hand.step()
    by_hand.settle(2)
    assert by_hand.refund(number)["status"] == "confirming"
    by_hand.chain.reorg(2)
    by_hand.chain.mine()
    by_hand.follow()
    refund = by_hand.refund(number)
    assert (refund["status"], refund["block_number"]) == ("broadcast", None)
    await by_hand.step()
    by_hand.settle()
    refund = by_hand.refund(number)
    assert refund["status"] == "confirmed"
    assert len(by_hand.attempts(number)) == 1


async def test_a_confirmed_refund_whose_block_is_gone_is_sent_again(by_hand: Desk) -> None:
    """Deeper than the network's rule calls final: the record stays settled, and the money must still go out once."""
    by_hand.settle(2)
    (number,) = executing(by_hand.world, "ETH", 10**16)
    await by_hand.step()
    by_hand.settle(4)
    assert by_hand.refund(number)["status"] == "confirmed"
    by_hand.chain.reorg(5)
    by_hand.chain.rpc("anvil_dropAllTransactions")
    by_hand.chain.mine()
    by_hand.follow()
    by_hand.sender._tools.rules = IMPATIENT
    assert (await by_hand.step()).sent == [number]
    assert not (await by_hand.step()).replaced
    by_hand.settle()
    assert len(payments(by_hand.chain, by_hand.world.hot_wallet.address, by_hand.first_block + 1)) == 1
    assert not (await by_hand.step()).sent


# ------------------------------------------------------------ the sum itself


async def test_a_payment_that_nobody_booked_is_found_by_the_sum(desk: Desk) -> None:
    """The check after every test would be worth nothing if it overlooked the one payment too many."""
    (number,) = executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.settle()
    wallet, since = desk.world.hot_wallet, desk.first_block + 1
    assert_sums_agree(desk.world, since)
    again = desk.world.pay(wallet, desk.refund(number)["address"], "USDT", 10**6)
    desk.follow()
    with pytest.raises(AssertionError, match="does not know"):
        assert_sums_agree(desk.world, since)
    desk.foreign.add(again)
    assert_sums_agree(desk.world, since, desk.foreign)


async def test_a_refund_booked_and_not_paid_is_found_by_the_sum(desk: Desk) -> None:
    executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.settle()
    desk.chain.reorg(4)
    desk.chain.rpc("anvil_dropAllTransactions")
    with pytest.raises(AssertionError):
        assert_sums_agree(desk.world, desk.first_block + 1)
    desk.chain.mine()
    desk.follow()
    await desk.step()
    desk.settle()
