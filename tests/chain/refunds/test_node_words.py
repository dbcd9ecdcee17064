"""Every refusal of six node implementations means what their sources say it means."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.node_sentences import SENTENCES
from wbo_demo.chain import ETHER, Account, Chain
from wbo_desktop.chain.refunds.broadcasting import MAYBE_PENDING, SendWord, classify
from wbo_desktop.chain.rpc.errors import NodeError
from wbo_desktop.chain.rpc.provider import NodeProvider

ALL = [(node, said, word) for node, table in SENTENCES.items() for said, word in table]


@pytest.mark.parametrize(("node", "said", "word"), ALL)
def test_each_sentence(node: str, said: str, word: SendWord) -> None:
    assert classify(said) is word


@pytest.mark.parametrize(("node", "said", "word"), ALL)
def test_whatever_is_wrapped_around_it(node: str, said: str, word: SendWord) -> None:
    if said != "Invalid":
        assert classify(f"err: {said} (request id 0xab12)".upper()) is word


def test_no_word_means_success() -> None:
    assert not any(name in word.value for word in SendWord for name in ("success", "accepted", "sent", "ok"))


def test_what_may_be_ours_is_looked_for() -> None:
    for word in (SendWord.ALREADY_KNOWN, SendWord.NONCE_TOO_LOW, SendWord.UNDERPRICED, SendWord.UNKNOWN):
        assert word in MAYBE_PENDING


@given(st.text(max_size=300))
def test_any_text_has_some_meaning(text: str) -> None:
    assert classify(text) in SendWord


async def test_what_the_real_node_says(evm: Chain, client: NodeProvider) -> None:
    rich, poor = evm.account("words"), evm.account("words-poor")
    evm.fund(rich.address, 10 * ETHER)
    assert await refusal(evm, client, poor, nonce=0) is SendWord.INSUFFICIENT_FUNDS
    assert await refusal(evm, client, rich, nonce=0, gas=20_000) is SendWord.GAS
    assert await refusal(evm, client, rich, nonce=0, gas=2**40) is SendWord.GAS
    assert await refusal(evm, client, rich, nonce=0, chainId=5) is SendWord.WRONG_CHAIN
    assert await refusal(evm, client, rich, nonce=0, maxFeePerGas=1, maxPriorityFeePerGas=1) in (
        SendWord.FEE_TOO_LOW,
        SendWord.UNDERPRICED,
    )
    evm.rpc("evm_setAutomine", False)
    try:
        raw, _ = evm.sign(rich, rich.address, 1, nonce=0, gas=21_000, maxFeePerGas=5 * 10**9)
        await client.call("eth_sendRawTransaction", raw)
        with pytest.raises(NodeError) as caught:
            await client.call("eth_sendRawTransaction", raw)
        assert classify(caught.value.message) is SendWord.ALREADY_KNOWN
        fees = {"maxFeePerGas": 4 * 10**9, "maxPriorityFeePerGas": 1}
        assert await refusal(evm, client, rich, nonce=0, **fees) is SendWord.UNDERPRICED
        await asyncio.to_thread(evm.mine)
        assert await refusal(evm, client, rich, nonce=0) is SendWord.NONCE_TOO_LOW
    finally:
        evm.rpc("evm_setAutomine", True)


async def refusal(evm: Chain, client: NodeProvider, sender: Account, **fields: int) -> SendWord:
    raw, _ = evm.sign(sender, sender.address, 1, **({"gas": 21_000} | fields))
    with pytest.raises(NodeError) as caught:
        await client.call("eth_sendRawTransaction", raw)
    return classify(caught.value.message)
