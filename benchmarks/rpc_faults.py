"""A chain is followed through three endpoints while the first one misbehaves in every way; beside it, web3
with one.

A token transfer is mined every 0.1 s. Ours reads by height through `Endpoints`; the peer does what a short
script does: take the latest block at each look, go on after an error. With a liar, both credit what they are
ready to believe.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from benchmarks._report import Row
from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import Chain
from wbo_demo.tokens import USDT, Token
from wbo_desktop.chain.evm.blocks import TRANSFER_TOPIC, BlockFacts
from wbo_desktop.chain.evm.quorum import Assertion, agree
from wbo_desktop.chain.evm.reader import read_blocks
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.rpc.health import EndpointRules
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address

FAULTS = {
    "429": Fault(Kind.RATE_LIMIT, seconds=1),
    "stall": Fault(Kind.STALL),
    "reset": Fault(Kind.RESET),
    "lost reply": Fault(Kind.LOSE_REPLY),
    "truncated": Fault(Kind.TRUNCATE),
    "lagging": Fault(Kind.LAG, blocks=20),
    "wrong chain": Fault(Kind.WRONG_CHAIN),
}
FAULT_SECONDS = 2.0
EVERY = 0.1
AMOUNT = 1_000_000
RULES = EndpointRules(seconds=1.0, probe_seconds=1.0, check_every=1.0)
RECOVERY_TARGET = 5.0


@dataclass
class Followed:
    """What one side saw: blocks by height, amounts it would credit, when it last saw something new."""

    heights: set[int] = field(default_factory=set)
    credits: list[int] = field(default_factory=list)


@dataclass
class World:
    chain: Chain
    token: Token
    proxies: list[FaultProxy]


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    """A node, a token that moves all the time, and three endpoints in front of the node."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        chain = stack.enter_context(Chain.start(folder, keep_state=False))
        token = Token.deploy(chain, USDT)
        proxies = [await stack.enter_async_context(FaultProxy(chain.rpc_url)) for _ in range(3)]
        mining = asyncio.create_task(_mine(chain, token))
        try:
            yield World(chain, token, proxies)
        finally:
            mining.cancel()
            await asyncio.gather(mining, return_exceptions=True)


async def _mine(chain: Chain, token: Token) -> None:
    faucet, someone = chain.account("faucet"), chain.account("someone").address
    while True:
        await asyncio.to_thread(token.transfer, faucet, someone, AMOUNT)
        await asyncio.sleep(EVERY)


async def _ours(endpoints: Endpoints, token: Address, start: int, seen: Followed, believe: bool) -> None:
    """By height, from `start`, until cancelled; amounts are credited when another endpoint sees them too."""
    height = start
    while True:
        try:
            head = (await endpoints.head()).number
            while height <= head:
                upto = min(head, height + 20)
                numbers = range(height, upto + 1)
                blocks = await endpoints.attempt(partial(_read, endpoints.chain_id, numbers, token))
                if believe:
                    for block in blocks:
                        seen.credits += await _agreed(endpoints, block)
                seen.heights.update(numbers)
                height = upto + 1
        except RpcError:
            pass  # no node answered this time; the height stays
        await asyncio.sleep(EVERY / 2)


async def _read(chain_id: int, numbers: range, token: Address, client: NodeProvider) -> list[BlockFacts]:
    return await read_blocks(client, chain_id, numbers, {token})


async def _agreed(endpoints: Endpoints, facts: BlockFacts) -> list[int]:
    found = []
    for transfer in facts.transfers:
        claim = Assertion(transfer.txid, facts.block.number, facts.block.hash, 1, (transfer,))
        if claim.txid in (await agree(endpoints, [claim], facts.source)).confirmed:
            found.append(transfer.amount)
    return found


async def _theirs(url: str, token: str, seen: Followed) -> None:
    """web3 with one endpoint: the latest block at each look, its logs, on to the next look after an error."""
    from web3 import AsyncHTTPProvider, AsyncWeb3

    provider = AsyncHTTPProvider(url, request_kwargs={"timeout": 1.0})
    w3, contract = AsyncWeb3(provider), AsyncWeb3.to_checksum_address(token)
    try:
        while True:
            try:
                number = await w3.eth.block_number
                logs = await w3.eth.get_logs(
                    {"fromBlock": number, "toBlock": number, "address": contract, "topics": [TRANSFER_TOPIC]}
                )
                if number not in seen.heights:
                    seen.credits += [int.from_bytes(log["data"], "big") for log in logs]
                seen.heights.add(number)
            except Exception:
                pass  # a short script goes on
            await asyncio.sleep(EVERY / 2)
    finally:
        await provider.disconnect()


async def _recovered(endpoints: Endpoints) -> float:
    """Seconds until the first endpoint is in use again."""
    began = monotonic()
    while not endpoints.report()[0].usable and monotonic() - began < 30:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return monotonic() - began


async def _through_faults(place: World) -> tuple[Followed, Followed, set[int], dict[str, float]]:
    token = Address(place.token.address)
    ours, theirs = Followed(), Followed()
    recoveries: dict[str, float] = {}
    async with Endpoints([p.url for p in place.proxies], place.chain.chain_id, RULES) as endpoints:
        start = (await endpoints.head()).number + 1
        tasks = [
            asyncio.create_task(_ours(endpoints, token, start, ours, believe=False)),
            asyncio.create_task(_theirs(place.proxies[0].url, token, theirs)),
        ]
        for name, fault in FAULTS.items():
            place.proxies[0].add(replace(fault))
            await asyncio.sleep(FAULT_SECONDS)
            place.proxies[0].clear()
            recoveries[name] = await _recovered(endpoints)
        end = await asyncio.to_thread(place.chain.head)
        began = monotonic()
        while end not in ours.heights and monotonic() - began < 10:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return ours, theirs, set(range(start, end + 1)), recoveries


def _lie(method: str, params: list[Any], result: Any) -> Any:
    """Every Transfer moves a thousand times as much."""
    if method == "eth_getLogs":
        _multiply(result)
    elif method == "eth_getTransactionReceipt" and result:
        _multiply(result["logs"])
    elif method == "eth_getBlockReceipts" and result:
        for receipt in result:
            _multiply(receipt["logs"])
    return result


def _multiply(logs: list[Any]) -> None:
    for log in logs:
        if log["topics"] and log["topics"][0] == TRANSFER_TOPIC:
            log["data"] = f"0x{int(log['data'], 16) * 1000:064x}"


async def _with_a_liar(place: World) -> tuple[Followed, Followed]:
    """The preferred endpoint lies about every receipt."""
    token = Address(place.token.address)
    ours, theirs = Followed(), Followed()
    place.proxies[0].add(Fault(Kind.CHANGE, change=_lie))
    rules = replace(RULES, quarrel_rest=1.0)  # let the liar come back and try again
    async with Endpoints([p.url for p in place.proxies], place.chain.chain_id, rules) as endpoints:
        start = (await endpoints.head()).number + 1
        tasks = [
            asyncio.create_task(_ours(endpoints, token, start, ours, believe=True)),
            asyncio.create_task(_theirs(place.proxies[0].url, token, theirs)),
        ]
        await asyncio.sleep(3 * FAULT_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return ours, theirs


async def _measure() -> list[Row]:
    async with world() as place:
        ours, theirs, all_heights, recoveries = await _through_faults(place)
        our_credits, their_credits = await _with_a_liar(place)
    ours_missed, theirs_missed = len(all_heights - ours.heights), len(all_heights - theirs.heights)
    slowest = max(recoveries, key=lambda name: recoveries[name])
    wrong, their_wrong = (sum(a != AMOUNT for a in side.credits) for side in (our_credits, their_credits))
    right = len(our_credits.credits) - wrong
    return [
        Row(
            "rpc_faults missed blocks",
            f"{ours_missed} of {len(all_heights)}",
            f"{theirs_missed} of {len(all_heights)}",
            None,
            "0, and the peer misses some",
            ours_missed == 0 < theirs_missed,
            ", ".join(FAULTS),
        ),
        Row(
            "rpc_faults recovery",
            f"{recoveries[slowest]:.1f} s",
            "",
            None,
            f"<= {RECOVERY_TARGET:g} s after the fault ended",
            recoveries[slowest] <= RECOVERY_TARGET,
            f"slowest: {slowest}",
        ),
        Row(
            "rpc_faults credits from the liar",
            f"{wrong} of {len(our_credits.credits)}",
            f"{their_wrong} of {len(their_credits.credits)}",
            None,
            "0, and the peer has some",
            wrong == 0 < their_wrong and right > 0,
            f"{right} honest credits meanwhile",
        ),
    ]


def run() -> list[Row]:
    """Missed blocks, recovery, and credits from a liar."""
    return asyncio.run(_measure())
