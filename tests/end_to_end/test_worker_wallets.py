"""Wallets are verified by the worker: a micro-payment to the last base unit, or a signed message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account as EthAccount
from eth_account.messages import encode_defunct

from tests.support.desk_worker import Desk, eventually, working
from wbo_demo.chain import Chain
from wbo_demo.tokens import call_data, compiled
from wbo_demo.world import World
from wbo_desktop.chain.tracking.budget import REQUESTS_A_STEP

CONTRACTS = Path(__file__).parents[1] / "contracts"


@pytest.fixture
def desk(stack: World) -> Desk:
    return Desk(stack)


@pytest.fixture
def wallet(stack: World, desk: Desk) -> Callable[[], dict[str, Any]]:
    """The wallet of the client whose wallet is not verified yet, as it is now."""
    number = stack.clients[3].client_no

    def read() -> dict[str, Any]:
        (row,) = desk.rows("SELECT * FROM wbo.wallet_address WHERE client_no = %s", number)
        return row

    return read


def begin(stack: World, wallet: dict[str, Any], function: str, *values: object) -> None:
    with stack.connect("maker") as maker:
        places = ", ".join(["%s"] * (len(values) + 2))
        call = f"SELECT wbo.{function}({places})"
        maker.execute(call.encode(), (wallet["wallet_id"], *values, wallet["version"]))


@pytest.mark.parametrize("coin", ["ETH", "USDT"])
async def test_micro_payment(
    stack: World, chain: Chain, wallet: Callable[[], dict[str, Any]], coin: str
) -> None:
    """Seen at once, verified when final; the amount is exact, or it is nothing."""
    client = stack.clients[3]
    async with working(stack):
        begin(stack, wallet(), "begin_micro_payment", coin)
        asked = wallet()
        decimals = 18 if coin == "ETH" else 6
        base = int(asked["micro_amount"].scaleb(decimals))
        stack.pay(client.wallet, asked["micro_target"], coin, base + 1)
        stack.pay(stack.clients[0].wallet, asked["micro_target"], coin, base)
        txid = stack.pay(client.wallet, asked["micro_target"], coin, base)
        await eventually(lambda: wallet()["micro_txid"] == txid)
        assert wallet()["status"] == "verifying"
        chain.mine(2)
        row = await eventually(lambda: (w := wallet())["status"] == "verified" and w)
    assert row["evidence"]["txid"] == txid
    assert row["evidence"]["sender"] == client.wallet.address
    assert row["evidence"]["amount_base"] == str(base)


async def test_a_payment_that_the_wallet_did_not_sign_proves_nothing(
    stack: World, chain: Chain, desk: Desk, wallet: Callable[[], dict[str, Any]]
) -> None:
    """Whoever has an allowance sends with `transferFrom`: the log names the wallet, the wallet signed nothing of it."""
    client, other = stack.clients[3], stack.clients[0]
    token = stack.tokens["USDT"].address
    words = ("address", "address", "uint256")
    async with working(stack):
        begin(stack, wallet(), "begin_micro_payment", "USDT")
        asked = wallet()
        base = int(asked["micro_amount"].scaleb(6))
        allow = call_data("approve(address,uint256)", words[1:], (other.wallet.address, 2 * base))
        chain.send(client.wallet, token, data=allow)
        pull = (client.wallet.address, asked["micro_target"], base)
        chain.send(other.wallet, token, data=call_data("transferFrom(address,address,uint256)", words, pull))
        row = await eventually(lambda: (w := wallet())["failure"] and w)
        assert (row["status"], row["failure"], row["micro_txid"]) == (
            "verifying",
            "not_signed_by_wallet",
            None,
        )
        chain.mine(4)
        await desk.caught_up()
        assert wallet()["version"] == row["version"], "it is said once, not with each block"
        # the money is not lost with the proof: it waits among what nobody announced
        (found,) = desk.rows("SELECT amount, sender FROM wbo.unmatched_transfer")
        assert found == {"amount": asked["micro_amount"], "sender": client.wallet.address}
        # the client's own payment still proves it
        txid = stack.pay(client.wallet, asked["micro_target"], "USDT", base)
        chain.mine(3)
        row = await eventually(lambda: (w := wallet())["status"] == "verified" and w)
    assert row["evidence"]["txid"] == txid
    assert row["evidence"]["signed_by"] == client.wallet.address
    assert row["failure"] is None


async def test_a_token_contract_that_lies_proves_nothing(
    stack: World, chain: Chain, wallet: Callable[[], dict[str, Any]]
) -> None:
    """A listed contract may log what it likes; what the wallet signed it cannot make up."""
    client = stack.clients[3]
    liar = chain.deploy(compiled("Hostile", CONTRACTS).bytecode)
    with stack.connect("superuser") as connection:
        connection.execute(
            "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals,"
            " confirmations) VALUES ('LIE', 'Ethereum', 'Lie', 'Lie', 'Lie', %s, 6, 1)",
            (liar,),
        )
    async with working(stack):
        begin(stack, wallet(), "begin_micro_payment", "LIE")
        asked = wallet()
        said = (client.wallet.address, asked["micro_target"], int(asked["micro_amount"].scaleb(6)), 1)
        words = ("address", "address", "uint256", "uint256")
        chain.send(
            stack.clients[0].wallet,
            liar,
            data=call_data("pretend(address,address,uint256,uint256)", words, said),
        )
        chain.mine(3)
        row = await eventually(lambda: (w := wallet())["failure"] and w)
    assert (row["status"], row["failure"]) == ("verifying", "not_signed_by_wallet")


async def test_micro_payment_reorganised_away(
    stack: World, chain: Chain, wallet: Callable[[], dict[str, Any]]
) -> None:
    client = stack.clients[3]
    async with working(stack):
        begin(stack, wallet(), "begin_micro_payment", "USDT")
        asked = wallet()
        base = int(asked["micro_amount"].scaleb(6))
        stack.pay(client.wallet, asked["micro_target"], "USDT", base)
        chain.mine(2)
        await eventually(lambda: wallet()["status"] == "verified")
        chain.reorg(3)
        chain.mine()
        row = await eventually(lambda: (w := wallet())["status"] == "verifying" and w)
        assert row["failure"] == "reorganised"
        stack.pay(client.wallet, asked["micro_target"], "USDT", base)
        chain.mine(3)
        await eventually(lambda: wallet()["status"] == "verified")


async def test_micro_payment_that_never_comes(
    stack: World, desk: Desk, wallet: Callable[[], dict[str, Any]]
) -> None:
    async with working(stack):
        begin(stack, wallet(), "begin_micro_payment", "USDT")
        with stack.connect("superuser") as connection:
            connection.execute(
                "UPDATE wbo_data.wallet_address SET expires_at = now() WHERE status = 'verifying'"
            )
        row = await eventually(lambda: (w := wallet())["status"] == "unverified" and w)
    assert row["failure"] == "expired"


async def test_signed_message(stack: World, wallet: Callable[[], dict[str, Any]]) -> None:
    """Somebody else's signature fails and may be tried again; the owner's verifies."""
    client = stack.clients[3]
    async with working(stack):
        begin(stack, wallet(), "begin_message_signature")
        challenge = encode_defunct(text=wallet()["challenge"])
        wrong = EthAccount.sign_message(challenge, stack.clients[0].wallet.private_key.reveal())
        begin(stack, wallet(), "submit_wallet_signature", _hex(wrong.signature))
        row = await eventually(lambda: (w := wallet())["failure"] and w)
        assert (row["status"], row["failure"]) == ("verifying", "signature_wrong")
        right = EthAccount.sign_message(challenge, client.wallet.private_key.reveal())
        begin(stack, wallet(), "submit_wallet_signature", _hex(right.signature))
        row = await eventually(lambda: (w := wallet())["status"] == "verified" and w)
    assert row["evidence"]["method"] == "EIP-191"
    assert row["evidence"]["recovered"] == client.wallet.address


CONTRACT_WALLET = """
# pragma version 0.4.3
owner: address

@deploy
def __init__(owner: address):
    self.owner = owner

@external
@view
def isValidSignature(digest: bytes32, signature: Bytes[65]) -> bytes4:
    r: uint256 = convert(slice(signature, 0, 32), uint256)
    s: uint256 = convert(slice(signature, 32, 32), uint256)
    v: uint256 = convert(slice(signature, 64, 1), uint256)
    if ecrecover(digest, v, r, s) == self.owner:
        return 0x1626ba7e
    return 0xffffffff
"""


async def test_signed_by_a_contract(stack: World, chain: Chain, desk: Desk) -> None:
    """EIP-1271: the contract at the address says whether the signature is its owner's."""
    import vyper

    client = stack.clients[3]
    code = vyper.compile_code(CONTRACT_WALLET, output_formats=["bytecode"])["bytecode"]
    contract = chain.deploy(code, ["address"], [client.wallet.address])
    with stack.connect("maker") as maker:
        maker.execute("SELECT wbo.add_wallet(%s, 'Ethereum', %s, NULL)", (client.client_no, contract))

    def wallet() -> dict[str, Any]:
        (row,) = desk.rows("SELECT * FROM wbo.wallet_address WHERE address = %s", contract)
        return row

    async with working(stack):
        begin(stack, wallet(), "begin_message_signature")
        challenge = encode_defunct(text=wallet()["challenge"])
        wrong = EthAccount.sign_message(challenge, stack.clients[0].wallet.private_key.reveal())
        begin(stack, wallet(), "submit_wallet_signature", _hex(wrong.signature))
        await eventually(lambda: wallet()["failure"] == "signature_wrong")
        right = EthAccount.sign_message(challenge, client.wallet.private_key.reveal())
        begin(stack, wallet(), "submit_wallet_signature", _hex(right.signature))
        row = await eventually(lambda: (w := wallet())["status"] == "verified" and w)
    assert row["evidence"]["method"] == "EIP-1271"
    assert row["evidence"]["contract"] == contract


async def test_the_worker_finds_out_which_wallets_are_contracts(
    stack: World, chain: Chain, desk: Desk
) -> None:
    """For the warning before a refund; with requests left over, and never more than a step may have."""
    contract = stack.tokens["USDT"].address
    asked = "SELECT address, is_contract FROM wbo.wallet_address"

    def all_known() -> bool:
        return all(row["is_contract"] is not None for row in desk.rows(asked))

    async with working(stack) as worker:
        await eventually(all_known)
        tracker = worker.networks["Ethereum"].tracker
        assert tracker is not None
        tracker.progress.most_requests = tracker.progress.most_round_trips = 0
        with stack.connect("maker") as maker:
            maker.execute(
                "SELECT wbo.add_wallet(%s, 'Ethereum', %s, NULL)", (stack.clients[3].client_no, contract)
            )
        chain.mine(2)
        await eventually(all_known)
        assert tracker.progress.most_requests <= REQUESTS_A_STEP
        assert tracker.progress.most_round_trips <= 3
    assert {row["address"] for row in desk.rows(asked) if row["is_contract"]} == {contract}


def _hex(signature: bytes) -> str:
    return "0x" + signature.hex().removeprefix("0x")
