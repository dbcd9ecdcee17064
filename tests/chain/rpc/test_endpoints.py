"""Several endpoints as one: failing over, coming back, agreeing, and never believing another network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import ETHER, Chain
from wbo_demo.tokens import USDT, Token
from wbo_desktop.chain.evm.blocks import TRANSFER_TOPIC, BlockFacts
from wbo_desktop.chain.evm.quorum import Assertion, Finding, agree
from wbo_desktop.chain.evm.reader import read_blocks
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RateLimited, RpcError, Unavailable
from wbo_desktop.chain.rpc.health import Aside, EndpointRules
from wbo_desktop.domain.types import Address, BlockHash, TxHash

QUICK = EndpointRules(seconds=0.5, probe_seconds=0.5, check_every=0.3, retest_every=0.3, patience=2.0)
CHAIN_ID = 31337


@pytest.fixture
async def proxies(evm: Chain) -> AsyncIterator[list[FaultProxy]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(FaultProxy(evm.rpc_url)) for _ in range(3)]


@pytest.fixture
async def three(proxies: list[FaultProxy]) -> AsyncIterator[Endpoints]:
    async with Endpoints([proxy.url for proxy in proxies], CHAIN_ID, QUICK) as endpoints:
        yield endpoints


async def until(true: Callable[[], Any], seconds: float = 5.0) -> float:
    """How long it took until something held."""
    began = monotonic()
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (states of several objects, no event)
            await asyncio.sleep(0.01)
    return monotonic() - began


def reasons(endpoints: Endpoints) -> list[str]:
    return [report.reason for report in endpoints.report()]


async def test_the_first_configured_is_preferred(three: Endpoints, proxies: list[FaultProxy]) -> None:
    before = [proxy.requests for proxy in proxies]
    for _ in range(5):
        await three.call("eth_gasPrice")
    asked = [
        [m for m in proxy.asked[n:] if m == ["eth_gasPrice"]]
        for proxy, n in zip(proxies, before, strict=True)
    ]
    assert [len(times) for times in asked] == [5, 0, 0]
    assert three.requests == 5, "probes are counted apart"


FAULTS = {
    "429": Fault(Kind.RATE_LIMIT, seconds=1),
    "500": Fault(Kind.HTTP_ERROR),
    "stall": Fault(Kind.STALL),
    "reset": Fault(Kind.RESET),
    "lost": Fault(Kind.LOSE_REPLY),
    "truncated": Fault(Kind.TRUNCATE),
    "cut": Fault(Kind.CUT),
    "rubbish": Fault(Kind.BAD_JSON),
    "wrong ids": Fault(Kind.WRONG_ID),
    "wrong chain": Fault(Kind.WRONG_CHAIN),
    "lagging": Fault(Kind.LAG, blocks=10),
    "frozen": Fault(Kind.LAG, frozen_at=0),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_failover_and_recovery(
    name: str, three: Endpoints, proxies: list[FaultProxy], evm: Chain
) -> None:
    """One call later another endpoint has answered; soon after the fault's end the first is back in use."""
    await asyncio.to_thread(evm.mine, 12)
    head = await three.head()
    proxies[0].add(replace(FAULTS[name]))
    began = monotonic()
    assert (await three.head()).number >= head.number
    assert (await three.head()).number >= head.number
    assert monotonic() - began < 3
    await until(lambda: reasons(three)[0] != "")
    proxies[0].clear()
    assert await until(lambda: reasons(three)[0] == "") < 5


async def test_a_single_endpoint_recovers_too(proxy: FaultProxy) -> None:
    async with Endpoints([proxy.url], CHAIN_ID, QUICK) as endpoints:
        proxy.add(Fault(Kind.RESET))
        with pytest.raises(Unavailable):
            await endpoints.head()
        proxy.clear()
        await endpoints.head()
        assert proxy.asked[-1] == ["eth_chainId", "eth_getBlockByNumber"]


async def test_a_rate_limit_is_waited_for_when_nobody_else_is_left(proxy: FaultProxy) -> None:
    async with Endpoints([proxy.url], CHAIN_ID, QUICK) as endpoints:
        proxy.add(Fault(Kind.RATE_LIMIT, seconds=1, times=1))
        began = monotonic()
        await endpoints.head()
        assert monotonic() - began >= 0.9
        proxy.add(Fault(Kind.RATE_LIMIT, seconds=30, times=1))
        with pytest.raises(RateLimited) as caught:
            await endpoints.head()
        assert 20 < caught.value.retry_after <= 30


async def test_another_network_is_never_used(evm: Chain, proxies: list[FaultProxy]) -> None:
    for proxy in proxies:
        proxy.add(Fault(Kind.WRONG_CHAIN))
    async with Endpoints([proxy.url for proxy in proxies], CHAIN_ID, QUICK) as endpoints:
        assert set(reasons(endpoints)) == {Aside.WRONG_CHAIN}
        with pytest.raises(Unavailable):
            await endpoints.call("eth_blockNumber")
        with pytest.raises(Unavailable) as caught:
            await endpoints.send_raw(b"\x02")
        assert not caught.value.maybe_delivered
        assert not any(proxy.sent for proxy in proxies)


async def test_a_network_that_changes_under_way_is_noticed_in_the_same_request(
    three: Endpoints, proxies: list[FaultProxy]
) -> None:
    proxies[0].add(Fault(Kind.WRONG_CHAIN))
    facts = await three.attempt(lambda client: read_blocks(client, CHAIN_ID, [0], set()))
    assert facts[0].source != three.report()[0].label
    assert reasons(three)[0] == Aside.WRONG_CHAIN


async def test_a_nodes_own_answer_is_not_asked_twice(three: Endpoints, proxies: list[FaultProxy]) -> None:
    with pytest.raises(NodeError):
        await three.call("eth_call", {"to": "nonsense"}, "latest")
    assert sum(["eth_call"] in proxy.asked for proxy in proxies) == 1
    assert reasons(three) == ["", "", ""]


async def test_a_missing_method_is_looked_for_elsewhere(three: Endpoints, proxies: list[FaultProxy]) -> None:
    proxies[0].add(
        Fault(Kind.REPLACE_ERROR, {"eth_gasPrice"}, message="the method eth_gasPrice does not exist")
    )
    assert int(await three.call("eth_gasPrice"), 16) > 0
    assert reasons(three) == ["", "", ""], "it does the rest of its work"


@pytest.mark.parametrize("kind", [Kind.RESET, Kind.LOSE_REPLY, Kind.TRUNCATE, Kind.STALL, Kind.DUPLICATE])
async def test_signed_bytes_are_offered_once(
    kind: Kind, three: Endpoints, proxies: list[FaultProxy], evm: Chain
) -> None:
    raw, txid = evm.sign(evm.account("faucet"), evm.account("someone").address, 1)
    proxies[0].add(Fault(kind, {"eth_sendRawTransaction"}, times=1))
    with pytest.raises(RpcError):
        await three.send_raw(bytes.fromhex(raw[2:]))
    assert sum(len([m for m in proxy.asked if m == ["eth_sendRawTransaction"]]) for proxy in proxies) == 1
    arrived = evm.rpc("eth_getTransactionByHash", txid) is not None
    assert arrived == (kind in (Kind.LOSE_REPLY, Kind.TRUNCATE, Kind.DUPLICATE))
    if not arrived:
        assert await three.send_raw(bytes.fromhex(raw[2:])) == txid, "the next endpoint takes the same bytes"


async def test_no_endpoint_at_all() -> None:
    async with Endpoints(["http://127.0.0.1:1", "ws://127.0.0.1:1"], CHAIN_ID, QUICK) as endpoints:
        with pytest.raises(Unavailable):
            await endpoints.head()
        assert reasons(endpoints) == [Aside.UNREACHABLE] * 2
    with pytest.raises(ValueError):
        Endpoints([], CHAIN_ID)


async def test_heads_over_websocket_wake_the_caller(evm: Chain) -> None:
    async with Endpoints([evm.ws_url], CHAIN_ID, QUICK) as endpoints:
        woken = endpoints.wake_ups(every=30)
        await anext(woken)
        async with asyncio.timeout(10):
            next_one = asyncio.ensure_future(anext(woken))
            while not next_one.done():
                await asyncio.to_thread(evm.mine)
                await asyncio.sleep(0.05)
        assert (await endpoints.head()).number == evm.head()
        next_one = asyncio.ensure_future(anext(woken))
        endpoints.wake()
        await asyncio.wait_for(next_one, 5)
        await woken.aclose()


async def test_polling_wakes_the_caller(evm: Chain) -> None:
    async with Endpoints([evm.rpc_url], CHAIN_ID, QUICK) as endpoints:
        woken = endpoints.wake_ups(every=0.05)
        async with asyncio.timeout(5):
            for _ in range(3):
                await anext(woken)
        await woken.aclose()


# ------------------------------------------------------------ agreement


@pytest.fixture
async def claim(evm: Chain) -> Assertion:
    """A real transfer of 1.5 USDT, as an honest endpoint reports it."""
    token = Token.deploy(evm, USDT)
    txid = token.transfer(evm.account("faucet"), evm.account("someone").address, 1_500_000)
    height = int(evm.receipt(txid)["blockNumber"], 16)
    async with Endpoints([evm.rpc_url], CHAIN_ID) as endpoints:
        (facts,) = await endpoints.attempt(
            lambda client: read_blocks(client, CHAIN_ID, [height], {Address(token.address)})
        )
    return claim_of(facts)


def claim_of(facts: BlockFacts) -> Assertion:
    return Assertion(facts.txs[0].txid, facts.block.number, facts.block.hash, 1, facts.transfers)


def more_money(method: str, params: list[Any], result: Any) -> Any:
    """A liar's change: every Transfer moves a thousand times as much."""
    for receipt in result if method == "eth_getBlockReceipts" else [result]:
        if method in ("eth_getBlockReceipts", "eth_getTransactionReceipt"):
            for log in receipt["logs"]:
                if log["topics"][0] == TRANSFER_TOPIC:
                    log["data"] = f"0x{int(log['data'], 16) * 1000:064x}"
    return result


async def test_honest_endpoints_agree(three: Endpoints, proxies: list[FaultProxy], claim: Assertion) -> None:
    before = three.requests
    source = three.report()[0].label
    assert (await agree(three, [claim], source)).confirmed == {claim.txid}
    assert three.requests == before + 1, "one witness beside the source"
    assert (await agree(three, [claim])).confirmed == {claim.txid}
    assert three.requests == before + 3


async def test_a_payment_is_the_senders_with_its_nonce_and_nothing_left_out(
    three: Endpoints, evm: Chain, claim: Assertion
) -> None:
    """What settles a refund: a node may not lend another's transaction, nor hide what was paid."""
    tx = evm.rpc("eth_getTransactionByHash", claim.txid)
    (transfer,) = claim.transfers
    told = replace(
        claim,
        sender=Address(evm.account("faucet").address),
        nonce=int(tx["nonce"], 16),
        nothing_else=frozenset({transfer.token}),
    )
    assert told.sender == transfer.sender
    assert (await agree(three, [told])).confirmed == {claim.txid}
    for change, verdict in (
        ({"nonce": int(tx["nonce"], 16) + 1}, Finding.OTHER_SENDER),
        ({"sender": Address(evm.account("somebody else").address)}, Finding.OTHER_SENDER),
        ({"status": 0}, Finding.OTHER_STATUS),
        ({"transfers": ()}, Finding.OTHER_TRANSFERS),
    ):
        agreement = await agree(three, [replace(told, **change)])  # type: ignore[arg-type]
        assert not agreement.confirmed
        assert set(agreement.disputed[claim.txid].values()) == {verdict}
    hidden = replace(told, transfers=(), nothing_else=frozenset())
    assert (await agree(three, [hidden])).confirmed, "of coins that nobody lists, nothing is asked"


async def test_one_endpoint_agrees_with_itself_alone(evm: Chain, claim: Assertion) -> None:
    async with Endpoints([evm.rpc_url], CHAIN_ID, QUICK) as endpoints:
        assert (await agree(endpoints, [claim])).confirmed == {claim.txid}
        other = replace(claim, block_hash=BlockHash("0x" + "12" * 32))
        assert (await agree(endpoints, [other])).disputed[claim.txid]


async def test_two_addresses_of_one_node_are_one_voice(
    evm: Chain, proxy: FaultProxy, claim: Assertion
) -> None:
    urls = [evm.rpc_url, evm.ws_url, proxy.url]
    async with Endpoints(urls, CHAIN_ID, QUICK) as endpoints:
        assert (await agree(endpoints, [claim], endpoints.report()[0].label)).confirmed
        proxy.add(Fault(Kind.STALL))
        assert (await agree(endpoints, [claim], endpoints.report()[0].label)).unheard == {claim.txid}


async def test_a_liar_among_three_credits_nothing(
    three: Endpoints, proxies: list[FaultProxy], evm: Chain, claim: Assertion
) -> None:
    """The liar is asked first; what it says is refused by both others, and it is set aside."""
    proxies[0].add(Fault(Kind.CHANGE, change=more_money))
    token = claim.transfers[0].token
    assert token is not None
    (facts,) = await three.attempt(
        lambda client: read_blocks(client, CHAIN_ID, [claim.block_number], {token})
    )
    lie = claim_of(facts)
    assert lie.transfers[0].amount == 1_500_000_000
    for source in (facts.source, None):
        agreement = await agree(three, [lie], source)
        assert not agreement.confirmed
        assert Finding.OTHER_TRANSFERS in agreement.disputed[claim.txid].values()
    assert reasons(three)[0] == Aside.CONTRADICTED
    (facts,) = await three.attempt(
        lambda client: read_blocks(client, CHAIN_ID, [claim.block_number], {token})
    )
    assert claim_of(facts) == claim


async def test_the_head_of_one_that_is_contradicted_makes_nobody_lag(three: Endpoints) -> None:
    await until(lambda: all(report.usable for report in three.report()))
    liar, *others = three.report()
    three.saw_head(three._all[0].client, 10**9)
    three.distrust(liar.label, "shows a block that is not there")
    assert three.best_head == max(report.head for report in others)
    assert [report.lag for report in three.report()][1:] == [0, 0]


async def test_a_lying_witness_stops_nothing(
    three: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    proxies[1].add(Fault(Kind.CHANGE, change=more_money))
    agreement = await agree(three, [claim], three.report()[0].label)
    assert agreement.confirmed == {claim.txid}
    assert reasons(three) == ["", Aside.CONTRADICTED, ""]


async def test_one_against_one_confirms_nothing_and_blames_nobody(
    evm: Chain, proxy: FaultProxy, claim: Assertion
) -> None:
    proxy.add(Fault(Kind.CHANGE, change=more_money))
    async with Endpoints([evm.rpc_url, proxy.url], CHAIN_ID, QUICK) as endpoints:
        agreement = await agree(endpoints, [claim], endpoints.report()[0].label)
        assert list(agreement.disputed) == [claim.txid]
        assert reasons(endpoints) == ["", ""]


DIFFERENT: dict[str, tuple[Callable[[Assertion], Assertion], Finding]] = {
    "another block": (
        lambda c: replace(c, block_hash=BlockHash("0x" + "12" * 32)), Finding.OTHER_BLOCK),
    "another transaction": (lambda c: replace(c, txid=TxHash("0x" + "12" * 32)), Finding.NO_TRANSACTION),
    "another status": (lambda c: replace(c, status=0), Finding.OTHER_STATUS),
    "another amount": (
        lambda c: replace(c, transfers=(replace(c.transfers[0], amount=1),)), Finding.OTHER_TRANSFERS),
    "another token": (
        lambda c: replace(c, transfers=(replace(c.transfers[0], token=None),)), Finding.OTHER_TRANSFERS),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENT)
async def test_every_difference_is_named(name: str, three: Endpoints, claim: Assertion) -> None:
    change, verdict = DIFFERENT[name]
    changed = change(claim)
    agreement = await agree(three, [changed, claim] if changed.txid != claim.txid else [changed])
    assert set(agreement.disputed[changed.txid].values()) == {verdict}


async def test_a_witness_without_the_block_says_nothing(
    three: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    for proxy in proxies[1:]:
        proxy.add(Fault(Kind.LAG, frozen_at=claim.block_number - 1))
    agreement = await agree(three, [claim], three.report()[0].label)
    assert agreement.unheard == {claim.txid}
    proxies[1].clear()
    assert (await agree(three, [claim], three.report()[0].label)).confirmed == {claim.txid}


async def test_native_and_internal_transfers_are_witnessed(three: Endpoints, evm: Chain) -> None:
    from tests.support.bytecode import FORWARDER, deployable
    from wbo_desktop.chain.evm.traces import TraceKind

    someone = evm.account("through a contract").address
    forwarder = await asyncio.to_thread(evm.deploy, deployable(FORWARDER))
    data = "0x" + "00" * 12 + someone[2:]
    txid = evm.send(evm.account("faucet"), forwarder, ETHER, data, gas=200_000)
    height = int((await asyncio.to_thread(evm.receipt, txid))["blockNumber"], 16)
    (facts,) = await three.attempt(
        lambda client: read_blocks(client, CHAIN_ID, [height], set(), traces=TraceKind.CALL_TRACER)
    )
    honest = claim_of(facts)
    assert [t.log_index for t in honest.transfers] == [-1, -2]
    assert (await agree(three, [honest], facts.source)).confirmed
    lie = replace(honest, transfers=(replace(honest.transfers[1], amount=2 * ETHER),))
    assert (await agree(three, [lie], facts.source)).disputed


async def test_bad_replies_of_a_decoder_move_on_to_the_next(
    three: Endpoints, proxies: list[FaultProxy], claim: Assertion
) -> None:
    def stripped(method: str, params: list[Any], result: Any) -> Any:
        return [r | {"logs": []} for r in result] if method == "eth_getBlockReceipts" else result

    proxies[0].add(Fault(Kind.CHANGE, change=stripped))
    token = claim.transfers[0].token
    assert token is not None
    (facts,) = await three.attempt(
        lambda client: read_blocks(client, CHAIN_ID, [claim.block_number], {token})
    )
    assert facts.transfers == claim.transfers
    assert reasons(three)[0] == Aside.BAD_REPLY
    async with Endpoints([proxies[0].url], CHAIN_ID, QUICK) as alone:
        with pytest.raises(BadReply):
            await alone.attempt(lambda client: read_blocks(client, CHAIN_ID, [claim.block_number], {token}))
