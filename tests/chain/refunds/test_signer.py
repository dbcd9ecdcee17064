"""Signers: the honest ones sign what was asked; the others are refused."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from eth_account import Account

from wbo_demo.chain import ETHER, Chain
from wbo_demo.tokens import USDT, Token
from wbo_desktop.chain.refunds.fees import Fees, replacement
from wbo_desktop.chain.refunds.signed import NotAPlainTransfer, SignedMismatch, decode_signed
from wbo_desktop.chain.refunds.signer import KeystoreSigner, RemoteSigner, Signer, SignerRefused
from wbo_desktop.chain.refunds.transactions import UnsignedTransfer, estimate_gas
from wbo_desktop.chain.rpc.errors import BadReply, Unavailable
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address
from wbo_desktop.secrets import Secret

KEY = "0x" + "42" * 32
HOT = Address(Account.from_key(KEY).address)
TO = Address("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")
FEES = Fees(30 * 10**9, 10**9)
TX = UnsignedTransfer(31337, HOT, 0, None, TO, 10**15, 21_000, FEES)
PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def keystore(tmp_path: Path) -> Path:
    path = tmp_path / "hot.json"
    path.write_text(json.dumps(Account.encrypt(KEY, PASSPHRASE, iterations=2)), "utf-8")
    return path


class Remote:
    """A signing server whose answer can be bent."""

    def __init__(self) -> None:
        self.bend: Callable[[dict[str, Any]], dict[str, Any]] = lambda tx: tx
        self.key = KEY
        self.wrap: Callable[[str], Any] = lambda raw: raw
        self.error: str | None = None
        self.asked: list[dict[str, Any]] = []

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body["params"][0])
        answer: dict[str, Any] = {"jsonrpc": "2.0", "id": body["id"]}
        if self.error is not None:
            return web.json_response(answer | {"error": {"code": -32000, "message": self.error}})
        tx = self.bend(dict(body["params"][0]))
        tx.pop("from")
        raw = "0x" + bytes(Account.sign_transaction(tx, self.key).raw_transaction).hex()
        return web.json_response(answer | {"result": self.wrap(raw)})


@pytest.fixture
async def remote() -> AsyncIterator[tuple[Remote, RemoteSigner]]:
    server = Remote()
    app = web.Application()
    app.router.add_post("/", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = NodeProvider(f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield server, RemoteSigner(client, HOT)
    await client.close()
    await runner.cleanup()


async def test_a_keystore_signs(keystore: Path) -> None:
    signer: Signer = KeystoreSigner(keystore, Secret(PASSPHRASE))
    assert signer.address == HOT
    for tx in (TX, replace(TX, token=TO), replace(TX, fees=Fees(5, 5, dynamic=False))):
        raw = await signer.sign(tx)
        assert decode_signed(raw).sender == HOT
        assert await signer.sign(tx) == raw, "the same transaction has the same bytes (RFC 6979)"


async def test_a_wrong_passphrase_and_another_wallet(keystore: Path) -> None:
    with pytest.raises(SignerRefused) as caught:
        await KeystoreSigner(keystore, Secret("wrong" * 4)).sign(TX)
    assert caught.value.__cause__ is None
    with pytest.raises(SignerRefused):
        await KeystoreSigner(keystore, Secret(PASSPHRASE)).sign(replace(TX, sender=TO))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"address": 5}', '{"address": "zz"}', "{"])
def test_a_file_that_is_no_keystore(tmp_path: Path, content: str) -> None:
    path = tmp_path / "hot.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SignerRefused):
        KeystoreSigner(path, Secret("x"))
    with pytest.raises(SignerRefused):
        KeystoreSigner(tmp_path / "nothing.json", Secret("x"))


def test_nothing_prints_the_secrets(keystore: Path) -> None:
    signer = KeystoreSigner(keystore, Secret(PASSPHRASE))
    assert PASSPHRASE not in repr(signer) + str(signer) + repr(vars(signer))
    with pytest.raises(TypeError):
        pickle.dumps(signer)


@pytest.mark.parametrize("wrap", [lambda raw: raw, lambda raw: {"raw": raw, "tx": {"hash": "0x"}}])
async def test_both_shapes_of_a_remote_answer(
    remote: tuple[Remote, RemoteSigner], wrap: Callable[[str], Any]
) -> None:
    server, signer = remote
    server.wrap = wrap
    raw = await signer.sign(TX)
    assert decode_signed(raw).amount == TX.amount
    asked = server.asked[0]
    assert (asked["from"], asked["nonce"], asked["chainId"], asked["type"]) == (HOT, "0x0", "0x7a69", "0x2")


BENT: dict[str, tuple[dict[str, Any], str]] = {
    "address": ({"to": HOT}, "address"),
    "amount": ({"value": "0x1"}, "amount"),
    "chain": ({"chainId": "0x1"}, "chain_id"),
    "nonce": ({"nonce": "0x9"}, "nonce"),
    "gas": ({"gas": "0xffffff"}, "gas"),
    "fees": ({"maxFeePerGas": hex(10**15)}, "fees"),
}


@pytest.mark.parametrize("name", BENT)
async def test_a_signer_that_signs_something_else_is_refused(
    remote: tuple[Remote, RemoteSigner], name: str
) -> None:
    server, signer = remote
    change, field = BENT[name]
    server.bend = lambda tx: tx | change
    with pytest.raises(SignedMismatch) as caught:
        await signer.sign(TX)
    assert caught.value.field == field


async def test_other_answers_are_refused(remote: tuple[Remote, RemoteSigner]) -> None:
    server, signer = remote
    server.bend = lambda tx: tx | {"data": "0x095ea7b3" + "00" * 64}
    with pytest.raises(NotAPlainTransfer):
        await signer.sign(TX)
    server.bend, server.key = lambda tx: tx, "0x" + "43" * 32
    with pytest.raises(SignedMismatch, match="sender"):
        await signer.sign(TX)
    server.key = KEY
    for rubbish in (None, 5, {}, {"raw": None}, "0x", "0xzz", []):
        server.wrap = lambda raw, rubbish=rubbish: rubbish  # type: ignore[misc]
        with pytest.raises(BadReply):
            await signer.sign(TX)
    server.error = "denied by policy"
    with pytest.raises(SignerRefused, match="denied by policy"):
        await signer.sign(TX)


async def test_a_remote_signer_that_is_away() -> None:
    client = NodeProvider("http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        await RemoteSigner(client, HOT).sign(TX)
    await client.close()


async def test_signed_refunds_on_a_real_chain(evm: Chain, client: NodeProvider, keystore: Path) -> None:
    """Native, ERC-20 and a replacement: what was signed is what moved."""
    token = Token.deploy(evm, USDT)
    evm.fund(HOT, 10 * ETHER)
    evm.receipt(token.transfer(evm.account("faucet"), HOT, 5_000_000))
    signer = KeystoreSigner(keystore, Secret(PASSPHRASE))
    to = Address(evm.account("refunded").address)
    nonce = int(evm.rpc("eth_getTransactionCount", HOT, "latest"), 16)
    native = replace(TX, nonce=nonce, address=to, amount=ETHER)
    evm.receipt(await client.call("eth_sendRawTransaction", "0x" + (await signer.sign(native)).hex()))
    assert evm.balance(to) == ETHER

    evm.rpc("evm_setAutomine", False)
    try:
        contract = Address(token.address)
        gas = await estimate_gas(client, HOT, contract, to, 4_000_000)
        first = replace(native, nonce=nonce + 1, token=contract, amount=4_000_000, gas=gas)
        second = replace(first, fees=replacement(first.fees, FEES, cap=10**12))
        hashes = []
        for tx in (first, second):
            raw = await signer.sign(tx)
            hashes.append(decode_signed(raw).tx_hash)
            assert await client.call("eth_sendRawTransaction", "0x" + raw.hex()) == hashes[-1]
        evm.mine()
    finally:
        evm.rpc("evm_setAutomine", True)
    assert token.balance_of(to) == 4_000_000
    assert evm.rpc("eth_getTransactionReceipt", hashes[0]) is None
    assert evm.rpc("eth_getTransactionReceipt", hashes[1])["status"] == "0x1"


def test_core_dumps_are_forbidden() -> None:
    """In a process of its own: it cannot be undone."""
    script = (
        "import ctypes, resource, sys; from wbo_desktop.chain.refunds.signer import disable_core_dumps\n"
        "done = disable_core_dumps()\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "assert sys.platform != 'linux' or ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE\n"
        "print(*done)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "RLIMIT_CORE" in found.stdout
