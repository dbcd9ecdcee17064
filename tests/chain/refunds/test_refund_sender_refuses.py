"""What the sender must not do: sign what was not approved, believe a signer, pay what cannot be paid, go on in the dark."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from eth_account import Account

from tests.support.bytecode import RETURNS_FALSE, RETURNS_TRUE, REVERTS
from tests.support.follow import take_lease
from tests.support.refunds import approve, credit, execute, executing, payments
from tests.support.sending import PATIENT, Desk, quick_signer
from wbo_demo.world import NETWORK, World
from wbo_desktop.chain.refunds.transactions import UnsignedTransfer
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import Address

STRANGER = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")


@dataclass
class LyingSigner:
    """Signs with the hot wallet's key, but something else than it was asked to."""

    address: Address
    key: str
    lie: Callable[[UnsignedTransfer], UnsignedTransfer]

    async def sign(self, tx: UnsignedTransfer) -> bytes:
        fields = self.lie(tx).fields()
        fields.pop("from")
        return bytes(Account.sign_transaction(fields, self.key).raw_transaction)


LIES: dict[str, Callable[[UnsignedTransfer], UnsignedTransfer]] = {
    "address": lambda tx: replace(tx, address=STRANGER),
    "amount": lambda tx: replace(tx, amount=tx.amount + 1),
    "chain id": lambda tx: replace(tx, chain_id=tx.chain_id + 1),
    "nonce": lambda tx: replace(tx, nonce=tx.nonce + 1),
    "token": lambda tx: replace(tx, token=STRANGER if tx.token else tx.address),
    "gas": lambda tx: replace(tx, gas=tx.gas * 2),
    "fees": lambda tx: replace(tx, fees=replace(tx.fees, fee_cap=tx.fees.fee_cap * 100)),
}


def nothing_stored(desk: Desk) -> bool:
    return (
        desk.one("SELECT count(*) AS n FROM wbo_data.refund_attempt")["n"] == 0
        and desk.one("SELECT next_nonce FROM wbo.hot_wallet")["next_nonce"] == 0
    )


@pytest.mark.parametrize("coin", ["USDT", "ETH"])
@pytest.mark.parametrize("lie", LIES)
async def test_a_signer_that_signs_otherwise_is_refused_and_logged(
    desk: Desk, coin: str, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    wallet = desk.world.hot_wallet
    desk.sender._tools.signer = LyingSigner(Address(wallet.address), wallet.private_key.reveal(), LIES[lie])
    (number,) = executing(desk.world, coin, 10**16 if coin == "ETH" else 10**6)
    assert (await desk.step()).waiting == {number: "signed_otherwise"}
    refund = desk.refund(number)
    assert (refund["status"], refund["failure"], refund["nonce"]) == ("executing", "signed_otherwise", None)
    assert nothing_stored(desk)
    assert any(r.levelno == logging.CRITICAL and number in r.getMessage() for r in caplog.records)
    assert not payments(desk.chain, wallet.address, desk.first_block + 1)


async def test_a_signature_of_another_key_is_refused(desk: Desk) -> None:
    desk.sender._tools.signer = LyingSigner(
        Address(desk.world.hot_wallet.address), "0x" + "42" * 32, lambda tx: tx
    )
    (number,) = executing(desk.world, "USDT", 10**6)
    assert (await desk.step()).waiting == {number: "signed_otherwise"}
    assert nothing_stored(desk)


async def test_another_wallets_signer_is_no_sender(stack: World, tmp_path: Path, desk: Desk) -> None:
    executing(stack, "USDT", 10**6)
    other = replace(stack, hot_wallet=stack.clients[0].wallet)
    desk.sender._signer = desk.sender._tools.signer = quick_signer(other, tmp_path)
    assert (await desk.step()).stopped == "other_hot_wallet"
    assert nothing_stored(desk)


# ------------------------------------------------------------ what was approved


def tampered(desk: Desk, statement: str, *values: object) -> None:
    """Somebody with the superuser's rights writes past every guard."""
    with desk.world.connect("superuser") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode(), values)


@pytest.mark.parametrize("change", ["amount_base = amount_base * 2", f"address = '{STRANGER}'"])
async def test_a_refund_changed_after_its_approval_is_not_signed(desk: Desk, change: str) -> None:
    (number,) = executing(desk.world, "USDT", 10**6)
    tampered(desk, f"UPDATE wbo_data.refund SET {change} WHERE refund_no = %s", number)
    assert (await desk.step()).waiting == {number: "intent_mismatch"}
    assert nothing_stored(desk)


async def test_stored_bytes_that_were_changed_stop_the_wallet(by_hand: Desk) -> None:
    first, _ = executing(by_hand.world, "USDT", 10**6, 2)
    await by_hand.step()
    by_hand.chain.rpc("anvil_dropAllTransactions")
    thief, _ = by_hand.chain.sign(by_hand.world.hot_wallet, STRANGER, 10**18, nonce=0)
    tampered(
        by_hand,
        "UPDATE wbo_data.refund_attempt SET raw = %s WHERE refund_no = %s",
        *(bytes.fromhex(thief[2:]), first),
    )
    before = by_hand.endpoints.requests
    assert (await by_hand.step()).stopped == "stored_bytes_altered"
    assert (
        by_hand.endpoints.requests == before + 1
    )  # only looked; nothing was offered, the other refund neither
    assert (await by_hand.step()).stopped == "stored_bytes_altered"
    assert not by_hand.chain.rpc("txpool_content")["pending"]


async def test_a_refund_cancelled_while_it_was_being_signed_is_never_sent(desk: Desk) -> None:
    def cancel(name: str) -> None:
        if name == "after_sign":
            with desk.world.connect("maker") as maker:
                maker.execute("SELECT wbo.cancel_refund(%s, 'client changed their mind')", (numbers[0],))

    desk.sender._tools.checkpoint = cancel
    numbers = executing(desk.world, "USDT", 10**6)
    assert not (await desk.step()).sent
    assert desk.refund(numbers[0])["status"] == "cancelled"
    assert nothing_stored(desk)
    desk.sender._tools.checkpoint = lambda name: None
    other = executing(desk.world, "USDT", 2 * 10**6)
    assert (await desk.step()).sent == other
    assert desk.refund(other[0])["nonce"] == 0  # the nonce of what was thrown away is used
    desk.settle()


async def test_a_worker_whose_lease_was_taken_stores_nothing(desk: Desk) -> None:
    def lose_it(name: str) -> None:
        if name == "after_sign":
            tampered(desk, "UPDATE wbo_data.worker_lease SET expires_at = now()")
            with desk.world.connect("worker") as another:
                take_lease(another, NETWORK, "another worker")

    desk.sender._tools.checkpoint = lose_it
    (number,) = executing(desk.world, "USDT", 10**6)
    with pytest.raises(RuleViolation, match="lease_lost"):
        await desk.step()
    assert nothing_stored(desk)
    assert desk.refund(number)["status"] == "executing"
    desk.follower.epoch += 1


# ------------------------------------------------------------ what cannot be paid now


async def test_too_little_of_the_coin_waits_and_holds_nobody_up(desk: Desk) -> None:
    """The wallet has 100,000 USDT and must keep 0.2 of its stop level."""
    desk.all('UPDATE wbo_data.hot_wallet SET balances = \'{"USDT": "200000"}\' RETURNING 1')  # an old look
    short, small = (*executing(desk.world, "USDT", 99_999_900_000), *executing(desk.world, "USDT", 10**6))
    progress = await desk.step()
    assert progress.waiting == {short: "hot_wallet_balance"}
    assert progress.sent == [small]
    assert desk.refund(small)["nonce"] == 0
    desk.settle()
    paid = desk.world.pay(desk.world.clients[1].wallet, desk.world.hot_wallet.address, "USDT", 10**9)
    desk.chain.receipt(paid)
    assert (await desk.step()).sent == [short]
    assert desk.refund(short)["failure"] is None
    desk.settle()
    assert desk.refund(short)["status"] == "confirmed"


async def test_what_is_signed_counts_as_spent(by_hand: Desk) -> None:
    desk = by_hand
    first, second = executing(desk.world, "USDT", 60_000_000_000, 2)
    assert (await desk.step()).waiting == {second: "hot_wallet_balance"}
    assert (await desk.step()).waiting == {second: "hot_wallet_balance"}  # stored, and in no block
    desk.settle()
    assert (await desk.step()).waiting == {second: "hot_wallet_balance"}
    assert desk.refund(first)["status"] == "confirmed"


async def test_without_gas_nothing_is_signed(desk: Desk) -> None:
    desk.chain.fund(desk.world.hot_wallet.address, 1000)
    (number,) = executing(desk.world, "USDT", 10**6)
    assert (await desk.step()).waiting == {number: "gas_balance"}
    assert nothing_stored(desk)
    desk.chain.fund(desk.world.hot_wallet.address, 10**19)
    assert (await desk.step()).sent == [number]
    desk.settle()


async def test_a_replacement_is_not_signed_for_more_gas_than_there_is(by_hand: Desk) -> None:
    """It could never be mined, and each further one would promise more."""
    desk = by_hand
    (number,) = executing(desk.world, "USDT", 10**6)
    await desk.step()
    (first,) = desk.attempts(number)
    desk.chain.fund(desk.world.hot_wallet.address, int(first["gas_limit"] * first["max_fee_per_gas"]))
    desk.sender._tools.rules = replace(PATIENT, stuck_after=0.0)
    assert (await desk.step()).waiting == {number: "gas_balance"}
    assert len(desk.attempts(number)) == 1
    desk.chain.fund(desk.world.hot_wallet.address, 10**18)
    assert (await desk.step()).replaced == [number]
    desk.settle()
    assert desk.refund(number)["status"] == "confirmed"


# ------------------------------------------------------------ an address that became a contract


async def test_an_address_that_became_a_contract_is_held_until_the_operator_decides(desk: Desk) -> None:
    """It was none when it was verified and approved; what is sent to a contract may be lost."""
    (number,) = executing(desk.world, "USDT", 10**6)
    address = desk.refund(number)["address"]
    desk.chain.rpc("anvil_setCode", address, "0x" + RETURNS_TRUE)
    for _ in range(2):  # the warning is known by the second time, and the decision is still not made
        assert (await desk.step()).waiting == {number: "address_became_contract"}
        refund = desk.refund(number)
        assert (refund["status"], refund["failure"]) == ("executing", "address_became_contract")
        assert refund["is_contract"]
    assert nothing_stored(desk)
    with desk.world.connect("maker") as maker:
        maker.execute("SELECT wbo.cancel_refund(%s, 'to be asked')", (number,))
    again = approve(desk.world, credit(desk.world, "USDT", 10**6), acknowledged="contract")
    execute(desk.world, again)
    assert (await desk.step()).sent == again
    desk.chain.rpc("anvil_setCode", address, "0x")
    desk.settle()


async def test_an_account_that_delegates_is_no_contract(desk: Desk) -> None:
    """EIP-7702: its owner has the key."""
    (number,) = executing(desk.world, "USDT", 10**6)
    desk.chain.rpc("anvil_setCode", desk.refund(number)["address"], "0xef0100" + "11" * 20)
    assert (await desk.step()).sent == [number]
    desk.chain.rpc("anvil_setCode", desk.refund(number)["address"], "0x")
    desk.settle()


async def test_fees_above_the_cap_wait(desk: Desk) -> None:
    desk.sender._tools.rules = replace(PATIENT, fee_cap=10)
    (number,) = executing(desk.world, "USDT", 10**6)
    assert (await desk.step()).waiting == {number: "fees_above_cap"}
    assert nothing_stored(desk)


@pytest.mark.parametrize(
    ("code", "failure"),
    [(RETURNS_FALSE, "token_returns_false"), (REVERTS, "would_revert"), ("", "token_missing")],
)
async def test_a_token_that_would_not_pay_is_not_paid_with(desk: Desk, code: str, failure: str) -> None:
    (number,) = executing(desk.world, "USDT", 10**6)
    real = desk.sender._look

    async def rich(work: object) -> object:
        view = await real(work)  # type: ignore[arg-type]
        token = Address(desk.world.tokens["USDT"].address)
        return replace(view, balances={**view.balances, token: 10**12})

    desk.sender._look = rich  # type: ignore[method-assign,assignment]  # a token like this says anything
    desk.chain.rpc("anvil_setCode", desk.world.tokens["USDT"].address, "0x" + code)
    other = executing(desk.world, "ETH", 10**16)
    progress = await desk.step()
    assert progress.waiting == {number: failure}
    assert progress.sent == other
    desk.settle()


# ------------------------------------------------------------ how it can end otherwise


async def test_a_reverted_refund_fails_when_that_is_final(by_hand: Desk) -> None:
    desk = by_hand
    (number,) = executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.chain.rpc("anvil_setCode", desk.world.tokens["USDT"].address, "0x" + REVERTS)
    desk.settle(2)
    assert desk.refund(number)["status"] == "confirming"
    desk.settle(1)
    refund = desk.refund(number)
    assert (refund["status"], refund["failure"]) == ("failed", "transaction_reverted")
    record = desk.one("SELECT status FROM wbo.deposit_record WHERE record_no = %s", refund["record_no"])
    assert record["status"] == "refund_failed"


async def test_success_without_a_transfer_is_neither_confirmed_nor_failed(by_hand: Desk) -> None:
    desk = by_hand
    (number,) = executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.chain.rpc("anvil_setCode", desk.world.tokens["USDT"].address, "0x" + RETURNS_TRUE)
    desk.settle(5)
    refund = desk.refund(number)
    assert (refund["status"], refund["failure"]) == ("confirming", "transfer_not_seen_on_chain")
    assert not (await desk.step()).sent


async def test_a_foreign_transaction_with_the_nonce_stops_and_fails_when_final(by_hand: Desk) -> None:
    desk = by_hand
    (number,) = executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.chain.rpc("anvil_dropAllTransactions")
    desk.foreign.add(desk.chain.send(desk.world.hot_wallet, STRANGER, 1, nonce=0))
    desk.settle(2)
    assert desk.refund(number)["status"] == "broadcast"
    assert desk.one("SELECT stopped_reason FROM wbo.hot_wallet") == {"stopped_reason": "unknown_transaction"}
    progress = await desk.step()
    assert (progress.stopped, progress.sent) == ("unknown_transaction", [])
    desk.settle(1)
    refund = desk.refund(number)
    assert (refund["status"], refund["failure"]) == ("failed", "nonce_used_by_other")


@pytest.mark.parametrize("mined", [True, False], ids=["mined", "only in the pool"])
async def test_foreign_use_of_the_key_stops_everything(by_hand: Desk, mined: bool) -> None:
    desk = by_hand
    executing(desk.world, "USDT", 10**6)
    desk.foreign.add(desk.chain.send(desk.world.hot_wallet, STRANGER, 1))
    if mined:
        desk.chain.mine()
    assert (await desk.step()).stopped == "reconciliation_needed"
    assert desk.one("SELECT count(*) AS n FROM wbo_data.refund_attempt")["n"] == 0
