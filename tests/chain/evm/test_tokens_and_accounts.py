"""Tokens as they really answer, and who signed a message."""

from __future__ import annotations

import asyncio

import pytest
from eth_account import Account as EthAccount
from eth_account.messages import encode_defunct
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bytecode import (
    RETURNS_FALSE,
    RETURNS_NOTHING,
    RETURNS_TRUE,
    REVERTS,
    SAYS_VALID,
    deployable,
)
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import ETHER, Chain
from wbo_demo.tokens import USDT, Token
from wbo_desktop.chain.evm.accounts import is_contract, personal_signer, signed_by
from wbo_desktop.chain.evm.tokens import TransferTrial, balances, decimals, symbol, try_transfer
from wbo_desktop.chain.refunds.broadcasting import SendWord
from wbo_desktop.chain.refunds.transactions import PLAIN_TRANSFER_GAS, WouldFail, estimate_gas
from wbo_desktop.chain.rpc.errors import BadReply
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address

MESSAGE = "WBO wallet check 7Q2F\nclient 80012345 — 錢包地址認證"


async def test_a_real_token(evm: Chain, client: NodeProvider) -> None:
    token = Token.deploy(evm, USDT)
    address, faucet = Address(token.address), Address(evm.account("faucet").address)
    nobody = Address(evm.account("nobody").address)
    assert (await decimals(client, address), await symbol(client, address)) == (6, "USDT")
    before = client.counts.requests
    held, none, native = await balances(client, [(address, faucet), (address, nobody), (None, nobody)])
    assert (held, none, native) == (USDT.supply, 0, 0)
    assert client.counts.requests == before + 1
    (earlier,) = await balances(client, [(None, nobody)], evm.head() - 1)
    assert earlier == 0
    assert await try_transfer(client, address, faucet, nobody, 5) is TransferTrial.WORKS
    assert await try_transfer(client, address, nobody, faucet, 5) is TransferTrial.REVERTS
    assert await try_transfer(client, nobody, faucet, nobody, 5) is TransferTrial.NO_CONTRACT
    gas = await estimate_gas(client, faucet, address, nobody, 5)
    assert 30_000 < gas < 150_000
    with pytest.raises(WouldFail) as caught:
        await estimate_gas(client, nobody, address, faucet, 5)
    assert caught.value.word is SendWord.REVERTED


async def test_native_gas(evm: Chain, client: NodeProvider, through: NodeProvider, proxy: FaultProxy) -> None:
    faucet, nobody = Address(evm.account("faucet").address), Address(evm.account("nobody").address)
    assert await estimate_gas(client, faucet, None, nobody, ETHER) == PLAIN_TRANSFER_GAS
    words = "insufficient funds for gas * price + value: have 0 want 1000000000000000000"
    proxy.add(Fault(Kind.REPLACE_ERROR, message=words))
    with pytest.raises(WouldFail) as caught:
        await estimate_gas(through, nobody, None, faucet, ETHER)
    assert caught.value.word is SendWord.INSUFFICIENT_FUNDS


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        (RETURNS_NOTHING, TransferTrial.WORKS),
        (RETURNS_TRUE, TransferTrial.WORKS),
        (RETURNS_FALSE, TransferTrial.RETURNS_FALSE),
        (REVERTS, TransferTrial.REVERTS),
    ],
)
async def test_tokens_that_answer_oddly(
    evm: Chain, client: NodeProvider, runtime: str, expected: TransferTrial
) -> None:
    token = Address(await asyncio.to_thread(evm.deploy, deployable(runtime)))
    faucet, nobody = Address(evm.account("faucet").address), Address(evm.account("nobody").address)
    assert await try_transfer(client, token, faucet, nobody, 5) is expected


@pytest.mark.parametrize("runtime", [RETURNS_NOTHING, REVERTS])
async def test_contracts_that_are_no_tokens(evm: Chain, client: NodeProvider, runtime: str) -> None:
    token = Address(await asyncio.to_thread(evm.deploy, deployable(runtime)))
    for question in (decimals, symbol):
        with pytest.raises(BadReply):
            await question(client, token)


async def test_a_symbol_of_early_tokens(evm: Chain, client: NodeProvider) -> None:
    early = "7f4d4b52" + "00" * 29 + "60005260206000f3"  # bytes32 "MKR"
    token = Address(await asyncio.to_thread(evm.deploy, deployable(early)))
    assert await symbol(client, token) == "MKR"


# ------------------------------------------------------------ accounts


async def test_what_is_a_contract(evm: Chain, client: NodeProvider) -> None:
    contract = Address(await asyncio.to_thread(evm.deploy, deployable(RETURNS_NOTHING)))
    person = Address(evm.account("someone").address)
    assert await is_contract(client, contract)
    assert not await is_contract(client, person)
    delegating = Address(evm.account("delegating").address)
    evm.rpc("anvil_setCode", delegating, "0xef0100" + contract[2:])
    assert not await is_contract(client, delegating), "EIP-7702: its owner still has the key"


async def test_signatures_of_people(evm: Chain, client: NodeProvider) -> None:
    person = evm.account("someone")
    signature = bytes(
        EthAccount.sign_message(encode_defunct(text=MESSAGE), person.private_key.reveal()).signature
    )
    address = Address(person.address)
    assert await signed_by(client, address, MESSAGE, signature)
    assert await signed_by(client, address, MESSAGE, signature[:64] + bytes([signature[64] - 27]))
    assert not await signed_by(client, address, MESSAGE + " ", signature)
    assert not await signed_by(client, Address(evm.account("other").address), MESSAGE, signature)
    for broken in (b"", signature[:64], signature + b"\0", bytes(65), signature[:64] + b"\x1d", bytes(9000)):
        assert not await signed_by(client, address, MESSAGE, broken)


async def test_signatures_of_contracts(evm: Chain, client: NodeProvider) -> None:
    for runtime, expected in (
        (SAYS_VALID, True),
        (RETURNS_TRUE, False),
        (RETURNS_NOTHING, False),
        (REVERTS, False),
    ):
        wallet = Address(await asyncio.to_thread(evm.deploy, deployable(runtime)))
        assert await signed_by(client, wallet, MESSAGE, b"anything") is expected


@settings(deadline=None)
@given(st.text(max_size=80), st.binary(max_size=70))
def test_any_signature_is_somebodys_or_nobodys(message: str, signature: bytes) -> None:
    signer = personal_signer(message, signature)
    assert signer is None or len(signer) == 42
