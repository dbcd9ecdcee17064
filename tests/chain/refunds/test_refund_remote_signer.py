"""Refunds signed by a remote signer (`eth_signTransaction`), which is believed no more than any other."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from tests.support.anvil_signer import ACCOUNT, anvil_signer, endow
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from tests.support.refunds import assert_sums_agree, executing, payments
from tests.support.sending import PATIENT, Desk, sending_desk
from wbo_demo.world import World
from wbo_desktop.chain.refunds.signed import decode_signed
from wbo_desktop.chain.refunds.signer import RemoteSigner
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address

STRANGER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


@pytest.fixture
def signer_url(stack: World, tmp_path: Path) -> Iterator[str]:
    assert stack.chain is not None
    endow(stack.chain, stack.tokens["USDT"])
    with anvil_signer(tmp_path / "signer", stack.chain.chain_id) as url:
        yield url


@pytest.fixture
async def signer(signer_url: str) -> AsyncIterator[FaultProxy]:
    async with FaultProxy(signer_url) as proxy:
        yield proxy


@pytest.fixture
async def desk(stack: World, tmp_path: Path, signer: FaultProxy) -> AsyncIterator[Desk]:
    """Its hot wallet's key is anvil's alone."""
    client = NodeProvider(signer.url)
    remote = RemoteSigner(client, Address(ACCOUNT.address))
    world = replace(stack, hot_wallet=ACCOUNT)
    async with sending_desk(world, tmp_path, signer=remote) as desk:
        await desk.step()
        yield desk
        desk.follow()
        assert_sums_agree(world, desk.first_block + 1)
    await client.close()


@pytest.mark.parametrize(("coin", "amount"), [("USDT", 1_500_000), ("ETH", 10**16)])
async def test_a_refund_is_signed_remotely_paid_and_confirmed(
    desk: Desk, signer: FaultProxy, coin: str, amount: int
) -> None:
    (number,) = executing(desk.world, coin, amount)
    assert (await desk.step()).sent == [number]
    assert signer.asked == [["eth_signTransaction"]]
    desk.settle()
    refund = desk.refund(number)
    assert (refund["status"], refund["hot_wallet"]) == ("confirmed", ACCOUNT.address)
    (paid,) = payments(desk.chain, ACCOUNT.address, desk.first_block + 1)
    assert (paid.address, paid.amount) == (refund["address"], amount)


async def test_a_replacement_is_signed_remotely_too(desk: Desk) -> None:
    desk.chain.rpc("evm_setAutomine", False)
    (number,) = executing(desk.world, "USDT", 10**6)
    await desk.step()
    desk.sender._tools.rules = replace(PATIENT, stuck_after=0.0)
    assert (await desk.step()).replaced == [number]
    first, second = (decode_signed(one["raw"]) for one in desk.attempts(number))
    assert second.nonce == first.nonce
    assert second.fees.fee_cap * 10 >= first.fees.fee_cap * 11
    desk.settle()
    assert desk.refund(number)["txid"] == second.tx_hash


LIES: dict[str, dict[str, Any]] = {
    "another address": {"to": STRANGER},
    "another amount": {"value": "0x1"},
    "another chain": {"chainId": "0x1"},
    "another nonce": {"nonce": "0x1"},
    "more gas": {"gas": "0xf4240"},
    "a higher fee": {"maxFeePerGas": hex(10**13)},
    "a higher tip": {"maxPriorityFeePerGas": hex(10**10)},
    "an access list": {"accessList": [{"address": STRANGER, "storageKeys": []}]},
    "a contract creation": {"to": ""},
    "a call": {"data": "0x095ea7b3" + "00" * 64},
    "another key": {"key": "0x" + "42" * 32},
}


def instead(change: dict[str, Any]) -> Callable[[str, list[Any], Any], Any]:
    """A signer that signs what it was asked to with something changed."""

    def answer(method: str, params: list[Any], result: Any) -> Any:
        fields = {**params[0], **change}
        fields.pop("from")
        key = fields.pop("key", ACCOUNT.private_key.reveal())
        if fields.get("to") == "":
            del fields["to"]
        return "0x" + bytes(Account.sign_transaction(fields, key).raw_transaction).hex()

    return answer


@pytest.mark.parametrize("lie", LIES)
async def test_what_was_not_agreed_is_refused_and_logged(
    desk: Desk, signer: FaultProxy, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In the worker's log and, for whoever reads the record of what was done, in the audit log."""
    fault = signer.add(Fault(Kind.CHANGE, change=instead(LIES[lie])))
    (number,) = executing(desk.world, "ETH", 10**16)
    assert (await desk.step()).waiting == {number: "signed_otherwise"}
    said = [one for one in caplog.records if one.levelno == logging.CRITICAL]
    assert [number in one.getMessage() for one in said] == [True]
    entry = desk.one("SELECT * FROM wbo.audit_log WHERE action = 'note_refund'")
    assert (entry["operator"], entry["object_id"]) == (desk.world.logins["worker"].login, number)
    assert entry["after"]["failure"] == "signed_otherwise"
    assert not desk.attempts(number)
    assert not payments(desk.chain, ACCOUNT.address, desk.first_block + 1)
    fault.times = 0  # an honest answer: the refund goes on, with the nonce that nobody used
    assert (await desk.step()).sent == [number]
    assert desk.refund(number)["nonce"] == 0
    desk.settle()


async def test_a_signer_that_repeats_an_old_answer_is_refused(desk: Desk, signer: FaultProxy) -> None:
    """The same coin, address and amount as before, and yet another refund: the nonce tells."""
    kept: list[Any] = []

    def repeat(method: str, params: list[Any], result: Any) -> Any:
        kept.append(result)
        return kept[0]

    signer.add(Fault(Kind.CHANGE, change=repeat))
    first, second = executing(desk.world, "USDT", 10**6, 2)
    progress = await desk.step()
    assert (progress.sent, progress.waiting) == ([first], {second: "signed_otherwise"})
    desk.settle()


async def test_a_signer_that_is_away_or_says_no_holds_the_refund(desk: Desk, signer: FaultProxy) -> None:
    (number,) = executing(desk.world, "USDT", 10**6)
    for fault in (Fault(Kind.RESET), Fault(Kind.REPLACE_ERROR, message="denied by policy")):
        signer.add(fault)
        assert (await desk.step()).waiting == {number: "signer_refused"}
        signer.clear()
    assert (await desk.step()).sent == [number]
    desk.settle()
