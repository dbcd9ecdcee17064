"""What a transaction may cost: suggested fees, and the higher ones that replace a stuck transaction.

All amounts are in wei per gas. EIP-1559 where the network has it, the legacy gas price where it has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import Any

from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RpcError
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import given
from wbo_desktop.chain.rpc.provider import NodeProvider

HISTORY = 10
"""Blocks looked back on for the tip."""

REPLACEMENT_PERCENT = 10
"""Geth, Nethermind, Besu, Erigon and Reth want at least this much more on the fee cap and on the tip."""

LOWEST_TIP = 1_000_000

SUGGESTION = (Call("eth_feeHistory", (wire.hexed(HISTORY), "latest", [50])), Call("eth_gasPrice"))
"""What `suggested` needs the answers to, for a request that asks other things as well."""


class FeesAboveCap(Exception):
    """What the network asks for is above the cap an administrator set.

    Attributes:
        needed, cap: wei per gas.
    """

    def __init__(self, needed: int, cap: int) -> None:
        super().__init__(f"{needed} wei per gas needed, cap {cap}")
        self.needed = needed
        self.cap = cap


@dataclass(frozen=True, slots=True)
class Fees:
    """`fee_cap` is the most a unit of gas may cost, `tip` what the block's builder gets; both the gas
    price if legacy.
    """

    fee_cap: int
    tip: int
    dynamic: bool = True

    def __post_init__(self) -> None:
        if self.tip > self.fee_cap and self.dynamic:
            raise ValueError("the tip is part of the fee cap")


async def suggest(client: NodeProvider, cap: int) -> Fees:
    """Fees that get into the next blocks: twice the base fee and the median tip of late, or the node's gas
    price.

    Raises:
        FeesAboveCap: not even the bare base fee fits under `cap`.
        Unavailable, BadReply, NodeError.
    """
    try:
        history = await client.call(SUGGESTION[0].method, *SUGGESTION[0].params)
    except NodeError as error:
        if not error.method_missing:
            raise
        history = None
    return _dynamic(history, cap) or _legacy(await client.call("eth_gasPrice"), cap)


def suggested(history: Any, price: Any, cap: int) -> Fees | None:
    """The suggested fees from the answers to `SUGGESTION`, which may be errors; None when they say nothing."""
    try:
        fees = None if isinstance(history, RpcError) else _dynamic(history, cap)
        return fees or _legacy(given(price), cap)
    except (BadReply, NodeError):
        return None
    except FeesAboveCap:
        return Fees(cap, 0)


def _dynamic(history: Any, cap: int) -> Fees | None:
    """The suggested fees by EIP-1559; None on a network without it."""
    base = _next_base_fee(history)
    if base is None:
        return None
    tip = max(LOWEST_TIP, _usual_tip(history))
    if base + 1 > cap:
        raise FeesAboveCap(base + 1, cap)
    fee_cap = min(cap, 2 * base + tip)
    return Fees(fee_cap, min(tip, fee_cap))


def replacement(old: Fees, suggested: Fees, cap: int) -> Fees:
    """Fees that take the place of `old`: at least the nodes' minimum on both, and what the network asks for
    now.

    Raises:
        FeesAboveCap: the minimum itself is above `cap`; the old transaction then has to be waited for.
    """
    least_cap, least_tip = _raised(old.fee_cap), _raised(old.tip)
    if least_cap > cap:
        raise FeesAboveCap(least_cap, cap)
    if not old.dynamic:
        price = min(cap, max(least_cap, suggested.fee_cap))
        return Fees(price, price, dynamic=False)
    tip = max(least_tip, min(suggested.tip, cap))
    fee_cap = min(cap, max(least_cap, suggested.fee_cap, tip))
    return Fees(fee_cap, min(tip, fee_cap))


def _raised(fee: int) -> int:
    """A fee ten per cent higher, rounded up, and at least by one: nodes want strictly more."""
    return max(fee + 1, -(-fee * (100 + REPLACEMENT_PERCENT) // 100))


def _next_base_fee(history: Any) -> int | None:
    """The next block's base fee, the last one of eth_feeHistory; None on a network without EIP-1559."""
    if history is None:
        return None
    fees = wire.mapping(history, "fee history").get("baseFeePerGas")
    if not fees:
        return None
    return wire.quantity(wire.sequence(fees, "base fees")[-1], "base fee") or None


def _usual_tip(history: Any) -> int:
    """The median over the blocks of each block's median tip; blocks without transactions say nothing."""
    rewards = history.get("reward") or []
    tips = [wire.quantity(row[0], "tip") for row in rewards if isinstance(row, list) and row]
    return median_low([tip for tip in tips if tip > 0] or [0])


def _legacy(answer: Any, cap: int) -> Fees:
    price = wire.quantity(answer, "gas price")
    if price == 0:
        raise BadReply("a gas price of nothing")
    if price > cap:
        raise FeesAboveCap(price, cap)
    # a little above the node's own suggestion, so that it is not the first to be left out
    price = min(cap, price * 11 // 10)
    return Fees(price, price, dynamic=False)
