"""The ambiguous campaign: what comes back from a send tells nothing, in every way a node and a network know.

`campaign` runs it for the sender, `naive_campaign` for the faulty way beside it: an error means not sent, so once more with
a fresh nonce. Both count transfers on chain.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from eth_account import Account

from tests.support.fault_proxy import Fault, FaultProxy, Kind
from tests.support.refunds import approve, assert_sums_agree, credit_each, execute
from tests.support.sending import PATIENT, Desk, sending_desk
from wbo_demo.chain import ETHER
from wbo_demo.world import World
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.rpc.provider import NodeProvider

SEND = frozenset({"eth_sendRawTransaction"})
TIMEOUT = 0.25
BACKLOG = 8
RULES = replace(PATIENT, stuck_after=3.0, refused_after=0.2)

WAYS: dict[str, Callable[[], Fault]] = {
    "reply lost": lambda: Fault(Kind.LOSE_REPLY),
    "reply late": lambda: Fault(Kind.LATE_REPLY, seconds=TIMEOUT * 1.5),
    "connection reset before": lambda: Fault(Kind.RESET),
    "stalled": lambda: Fault(Kind.STALL, seconds=TIMEOUT * 1.5),
    "cut short": lambda: Fault(Kind.CUT),
    "truncated": lambda: Fault(Kind.TRUNCATE),
    "not JSON": lambda: Fault(Kind.BAD_JSON),
    "another id": lambda: Fault(Kind.WRONG_ID),
    "HTTP 500": lambda: Fault(Kind.HTTP_ERROR),
    "HTTP 429": lambda: Fault(Kind.RATE_LIMIT, seconds=0.05),
    "delivered twice": lambda: Fault(Kind.DUPLICATE),
    "already known": lambda: Fault(Kind.REPLACE_ERROR, message="already known"),
    "nonce too low": lambda: Fault(Kind.REPLACE_ERROR, message="nonce too low: next nonce 9, tx nonce 8"),
    "underpriced": lambda: Fault(Kind.REPLACE_ERROR, message="replacement transaction underpriced"),
    "insufficient funds": lambda: Fault(
        Kind.REPLACE_ERROR, message="insufficient funds for gas * price + value: balance 0, tx cost 1"
    ),
    "fee too low": lambda: Fault(Kind.REPLACE_ERROR, message="max fee per gas less than block base fee"),
    "gas too low": lambda: Fault(Kind.REPLACE_ERROR, message="intrinsic gas too low"),
    "unheard of": lambda: Fault(Kind.REPLACE_ERROR, message="the node has a headache"),
    "another hash": lambda: Fault(Kind.CHANGE, change=lambda method, params, result: "0x" + "ab" * 32),
}


@dataclass
class Outcome:
    """What a campaign came to; `paid` counts the transfers of each refund, `resent` sends of bytes sent before."""

    answers: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    refunds: int = 0
    resent: int = 0
    strangers: int = 0
    nonces: int = 0
    seconds: float = 0.0

    @property
    def duplicates(self) -> int:
        """Transfers too many."""
        return sum(times - 1 for times in self.paid.values() if times > 1)

    @property
    def lost(self) -> int:
        """Refunds that never were paid."""
        return self.refunds - len(self.paid)


class Troubles:
    """Gives each send a trouble of its own, every way in turn, and counts those that came to pass."""

    def __init__(self, proxy: FaultProxy, chance: random.Random) -> None:
        self._proxy, self._chance = proxy, chance
        self._set: list[tuple[str, Fault]] = []
        self._ways = list(WAYS)
        self.answers: Counter[str] = Counter()

    def prepare(self, sends: int) -> None:
        """Trouble for the next sends."""
        self.collect()
        for _ in range(sends):
            if not self._ways:
                self._ways = list(WAYS)
                self._chance.shuffle(self._ways)
            way = self._ways.pop()
            fault = replace(WAYS[way](), methods=SEND, times=1)
            self._set.append((way, self._proxy.add(fault)))

    def collect(self) -> None:
        """Count what struck, and forget the rest."""
        self.answers.update(way for way, fault in self._set if fault.times == 0)
        self._set.clear()
        self._proxy.clear()


async def campaign(world: World, folder: Path, answers: int, seed: int = 7) -> Outcome:
    """So many ambiguous answers while refunds are under way; then none, and what left on chain is counted."""
    began, chance, outcome = monotonic(), random.Random(seed), Outcome()
    chain = world.chain
    assert chain is not None
    amounts: dict[int, str] = {}
    chain.rpc("evm_setAutomine", False)
    async with (
        FaultProxy(chain.rpc_url) as proxy,
        sending_desk(world, folder, rpc_url=proxy.url, rules=RULES, seconds=TIMEOUT) as desk,
    ):
        troubles = Troubles(proxy, chance)
        await desk.step()
        while troubles.answers.total() < answers:
            _top_up(desk, amounts)
            troubles.prepare(16)
            await _round(desk, chance)
            troubles.collect()
        while desk.one("SELECT count(*) AS n FROM wbo.refund WHERE status NOT IN ('confirmed', 'requested')")[
            "n"
        ]:
            await _round(desk, chance)
        outcome.answers, outcome.refunds = troubles.answers, len(amounts)
        _count(desk, proxy, amounts, outcome)
        assert_sums_agree(world, desk.first_block + 1)
    outcome.seconds = monotonic() - began
    return outcome


async def _round(desk: Desk, chance: random.Random) -> None:
    """A step of the sender, and what the chain does meanwhile."""
    desk.chain.rpc("evm_setAutomine", chance.random() < 0.3)
    try:
        await desk.step()
    except RpcError:
        pass  # the same step again, as the worker's loop does
    if chance.random() < 0.1:
        desk.chain.rpc("anvil_dropAllTransactions")
    if chance.random() < 0.6:
        desk.chain.mine(chance.choice((1, 2)))
    desk.follow()


def _top_up(desk: Desk, amounts: dict[int, str]) -> None:
    if desk.one("SELECT count(*) AS n FROM wbo.refund WHERE status = 'executing'")["n"] < BACKLOG:
        wanted = [1_000_000 + len(amounts) + n for n in range(2 * BACKLOG)]
        numbers = approve(desk.world, credit_each(desk.world, "USDT", wanted))
        execute(desk.world, numbers)
        amounts.update(zip(wanted, numbers, strict=True))


def _count(desk: Desk, proxy: FaultProxy, amounts: dict[int, str], outcome: Outcome) -> None:
    world, chain = desk.world, desk.chain
    contract = {"fromBlock": hex(desk.first_block + 1), "address": world.tokens["USDT"].address}
    for log in chain.rpc("eth_getLogs", contract):
        if log["topics"][1][-40:] == world.hot_wallet.address[2:].lower():
            outcome.paid[amounts[int(log["data"], 16)]] += 1
    stored = {bytes(row["raw"]) for row in desk.all("SELECT raw FROM wbo_data.refund_attempt")}
    sent = Counter(proxy.sent)
    outcome.resent = sum(times - 1 for times in sent.values())
    outcome.strangers = len(set(sent) - stored)
    outcome.nonces = desk.one("SELECT next_nonce FROM wbo.hot_wallet")["next_nonce"]


async def naive_campaign(world: World, answers: int, seed: int = 7) -> Outcome:
    """The same troubles for a script that takes every error for "not sent" and tries again with the next nonce."""
    began, chance, outcome = monotonic(), random.Random(seed), Outcome()
    chain = world.chain
    assert chain is not None
    wallet = chain.account("hasty wallet")
    chain.fund(wallet.address, 100 * ETHER)
    chain.rpc("evm_setAutomine", True)
    first_block = chain.head() + 1
    async with FaultProxy(chain.rpc_url) as proxy:
        client = NodeProvider(proxy.url, seconds=TIMEOUT)
        troubles = Troubles(proxy, chance)
        while troubles.answers.total() < answers:
            outcome.refunds += 1
            troubles.prepare(1)
            for _ in range(4):
                nonce = int(chain.rpc("eth_getTransactionCount", wallet.address, "pending"), 16)
                fields = {
                    "type": 2,
                    "chainId": chain.chain_id,
                    "nonce": nonce,
                    "to": world.clients[0].wallet.address,
                    "value": outcome.refunds,
                    "gas": 21_000,
                    "maxFeePerGas": 100 * 10**9,
                    "maxPriorityFeePerGas": 10**9,
                }
                raw = Account.sign_transaction(fields, wallet.private_key.reveal()).raw_transaction
                try:
                    await client.call("eth_sendRawTransaction", "0x" + raw.hex().removeprefix("0x"))
                    break
                except RpcError:
                    continue
            troubles.collect()
        await client.close()
        outcome.answers = troubles.answers
    for number in range(first_block, chain.head() + 1):
        for tx in chain.rpc("eth_getBlockByNumber", hex(number), True)["transactions"]:
            if tx["from"].lower() == wallet.address.lower():
                outcome.paid[str(int(tx["value"], 16))] += 1
    outcome.seconds = monotonic() - began
    return outcome
