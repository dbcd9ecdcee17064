"""JSON-RPC with one endpoint that does everything wrong that endpoints do."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import Chain
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RateLimited, Unavailable
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.provider import NodeProvider

HEAD = Call("eth_blockNumber")
CHAIN = Call("eth_chainId")


async def test_single_call_and_batch(client: NodeProvider) -> None:
    assert await client.call("eth_chainId") == hex(31337)
    results = await client.batch([CHAIN, HEAD, Call("eth_getBlockByNumber", ("0x0", False)), CHAIN])
    assert results[0] == results[3] == hex(31337)
    assert results[2]["number"] == "0x0"
    assert (client.counts.requests, client.counts.calls) == (2, 5)


async def test_one_bad_item_does_not_spoil_a_batch(client: NodeProvider) -> None:
    good, bad, also_good = await client.batch([CHAIN, Call("eth_noSuchThing"), CHAIN])
    assert good == also_good == hex(31337)
    assert isinstance(bad, NodeError)
    assert bad.code == -32601
    assert bad.method_missing


async def test_a_long_batch_is_split_and_stays_in_order(client: NodeProvider) -> None:
    client.longest_batch = 7
    calls = [Call("web3_sha3", (f"0x{n:04x}",)) for n in range(30)]
    expected = [await client.call("web3_sha3", f"0x{n:04x}") for n in range(30)]
    before = client.counts.requests
    assert await client.batch(calls) == expected
    assert client.counts.requests - before == 5
    assert await client.batch([]) == []


async def test_an_error_is_raised_with_its_code(client: NodeProvider) -> None:
    with pytest.raises(NodeError) as caught:
        await client.call("eth_noSuchThing")
    assert caught.value.code == -32601


async def test_rate_limit_is_honoured(through: NodeProvider, proxy: FaultProxy) -> None:
    proxy.add(Fault(Kind.RATE_LIMIT, seconds=30, times=1))
    with pytest.raises(RateLimited) as caught:
        await through.call("eth_chainId")
    assert caught.value.retry_after == 30
    with pytest.raises(RateLimited):
        await through.call("eth_chainId")
    assert proxy.requests == 1, "not asked again before the time is over"


async def test_rate_limit_ends(through: NodeProvider, proxy: FaultProxy) -> None:
    proxy.add(Fault(Kind.RATE_LIMIT, seconds=0, times=1))
    with pytest.raises(RateLimited):
        await through.batch([CHAIN, HEAD])
    assert 0 < through.resumes_in <= 0.1
    async with asyncio.timeout(5):
        while through.resumes_in > 0:  # noqa: ASYNC110 (it is a clock that is waited for)
            await asyncio.sleep(0.01)
    assert await through.call("eth_chainId") == hex(31337)


async def test_a_providers_own_words_for_a_limit(through: NodeProvider, proxy: FaultProxy) -> None:
    words = "Your app has exceeded its compute units per second capacity"
    proxy.add(Fault(Kind.REPLACE_ERROR, message=words, times=1))
    with pytest.raises(RateLimited):
        await through.batch([CHAIN, HEAD])


@pytest.mark.parametrize("kind", [Kind.TRUNCATE, Kind.CUT, Kind.BAD_JSON, Kind.WRONG_ID])
async def test_a_broken_reply_is_a_bad_reply(through: NodeProvider, proxy: FaultProxy, kind: Kind) -> None:
    proxy.add(Fault(kind, times=1))
    with pytest.raises(BadReply):
        await through.call("eth_chainId")
    assert await through.call("eth_chainId") == hex(31337)


@pytest.mark.parametrize("kind", [Kind.TRUNCATE, Kind.CUT, Kind.BAD_JSON, Kind.WRONG_ID, Kind.DROP_ITEMS])
async def test_a_broken_batch_is_asked_for_item_by_item(
    through: NodeProvider, proxy: FaultProxy, kind: Kind
) -> None:
    proxy.add(Fault(kind, times=1))
    assert await through.batch([CHAIN] * 9) == [hex(31337)] * 9
    assert all(len(methods) == 1 for methods in proxy.asked[1:])


async def test_a_batch_that_stalls_is_asked_for_item_by_item(
    through: NodeProvider, proxy: FaultProxy
) -> None:
    through.seconds = 0.3
    proxy.add(Fault(Kind.STALL, times=1))
    assert await through.batch([CHAIN] * 3) == [hex(31337)] * 3


async def test_a_dead_endpoint_costs_two_waits_and_not_one_for_each_item(
    through: NodeProvider, proxy: FaultProxy
) -> None:
    through.seconds = 0.2
    proxy.add(Fault(Kind.STALL))
    with pytest.raises(Unavailable) as caught:
        await through.batch([CHAIN] * 50)
    assert caught.value.timed_out
    assert proxy.requests == 2


async def test_a_node_without_batches_is_served_anyway(through: NodeProvider, proxy: FaultProxy) -> None:
    proxy.add(Fault(Kind.NO_BATCHES))
    assert await through.batch([CHAIN] * 5) == [hex(31337)] * 5
    assert through.longest_batch == 1
    before = proxy.requests
    await through.batch([CHAIN] * 5)
    assert proxy.requests - before == 5, "it is not tried again"


async def test_a_reset_connection_is_replaced_once(through: NodeProvider, proxy: FaultProxy) -> None:
    proxy.add(Fault(Kind.RESET, times=1))
    assert await through.call("eth_chainId") == hex(31337)
    proxy.add(Fault(Kind.RESET))
    with pytest.raises(Unavailable):
        await through.call("eth_chainId")
    assert proxy.requests == 4


@pytest.mark.parametrize("kind", [Kind.RESET, Kind.LOSE_REPLY, Kind.TRUNCATE, Kind.HTTP_ERROR])
async def test_a_send_is_never_repeated(through: NodeProvider, proxy: FaultProxy, kind: Kind) -> None:
    proxy.add(Fault(kind))
    with pytest.raises((Unavailable, BadReply)):
        await through.call("eth_sendRawTransaction", "0x00")
    assert proxy.requests == 1
    with pytest.raises(ValueError):
        await through.batch([CHAIN, Call("eth_sendRawTransaction", ("0x00",))])
    assert proxy.requests == 1


async def test_nobody_listens() -> None:
    client = NodeProvider("http://127.0.0.1:1")
    with pytest.raises(Unavailable) as caught:
        await client.call("eth_chainId")
    assert not caught.value.maybe_delivered
    await client.close()


async def test_no_message_names_the_address(proxy: FaultProxy) -> None:
    client = NodeProvider(f"{proxy.url}/v3/secret-key?token=other-secret", seconds=0.2)
    said = [repr(client), client.label]
    for kind in (Kind.RATE_LIMIT, Kind.RESET, Kind.STALL, Kind.TRUNCATE, Kind.HTTP_ERROR):
        proxy.add(Fault(kind, seconds=0, times=2))
        with pytest.raises((Unavailable, BadReply)) as caught:
            await client.call("eth_chainId")
        said.append(str(caught.value) + repr(caught.value))
        proxy.clear()
    assert not any("secret" in text for text in said)
    await client.close()


async def test_websocket_calls_batches_and_heads(evm: Chain) -> None:
    client = NodeProvider(evm.ws_url)
    heads = asyncio.Event()
    listening = asyncio.create_task(client.listen_heads(heads.set))
    assert await client.call("eth_chainId") == hex(31337)
    assert (await client.batch([CHAIN, Call("eth_noSuchThing"), HEAD]))[0] == hex(31337)
    with pytest.raises(NodeError):
        await client.call("eth_noSuchThing")
    async with asyncio.timeout(10):
        while not heads.is_set():
            await asyncio.to_thread(evm.mine)
            await asyncio.sleep(0.05)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await client.close()


async def test_websocket_nobody_listens() -> None:
    client = NodeProvider("ws://127.0.0.1:1")
    with pytest.raises(Unavailable) as caught:
        await client.call("eth_chainId")
    assert not caught.value.maybe_delivered
    await client.close()
