"""Fees suggested by real history, and raised by what every node wants for a replacement."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import Chain
from wbo_desktop.chain.refunds.fees import (
    LOWEST_TIP,
    Fees,
    FeesAboveCap,
    _dynamic,
    _legacy,
    replacement,
    suggest,
    suggested,
)
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, Unavailable
from wbo_desktop.chain.rpc.provider import NodeProvider

GWEI = 10**9
fee = st.integers(0, 10**14)


def history(base_fees: list[int], rewards: list[Any]) -> Any:
    def change(method: str, params: list[Any], result: Any) -> Any:
        if method != "eth_feeHistory":
            return result
        return {"baseFeePerGas": [hex(f) for f in base_fees], "reward": rewards}

    return change


async def test_suggestion_on_a_real_chain(evm: Chain, client: NodeProvider) -> None:
    fees = await suggest(client, cap=500 * GWEI)
    base = int(evm.rpc("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
    assert fees.dynamic
    assert fees.tip >= LOWEST_TIP
    assert base * 7 // 8 <= fees.fee_cap - fees.tip <= 2 * base * 9 // 8


async def test_next_base_fee_doubled_and_the_usual_tip(through: NodeProvider, proxy: FaultProxy) -> None:
    rewards = [["0x0"], [hex(3 * GWEI)], [hex(2 * GWEI)], [hex(900 * GWEI)], []]
    proxy.add(Fault(Kind.CHANGE, change=history([7, 8, 9, 10, 50 * GWEI], rewards)))
    assert await suggest(through, cap=500 * GWEI) == Fees(103 * GWEI, 3 * GWEI)
    assert await suggest(through, cap=60 * GWEI) == Fees(60 * GWEI, 3 * GWEI)
    with pytest.raises(FeesAboveCap) as caught:
        await suggest(through, cap=50 * GWEI)
    assert caught.value.cap == 50 * GWEI


async def test_a_network_without_eip_1559(through: NodeProvider, proxy: FaultProxy, evm: Chain) -> None:
    price = int(evm.rpc("eth_gasPrice"), 16)
    proxy.add(
        Fault(Kind.REPLACE_ERROR, {"eth_feeHistory"}, message="the method eth_feeHistory does not exist")
    )
    fees = await suggest(through, cap=500 * GWEI)
    assert fees == Fees(price * 11 // 10, price * 11 // 10, dynamic=False)
    with pytest.raises(FeesAboveCap):
        await suggest(through, cap=1)
    proxy.clear()
    proxy.add(Fault(Kind.CHANGE, change=history([0, 0], [])))
    assert not (await suggest(through, cap=500 * GWEI)).dynamic


async def test_nonsense_is_a_bad_reply(through: NodeProvider, proxy: FaultProxy) -> None:
    for rewards in ([[5]], [["x"]]):
        proxy.add(Fault(Kind.CHANGE, change=history([GWEI, GWEI], rewards)))
        with pytest.raises(BadReply):
            await suggest(through, cap=500 * GWEI)
        proxy.clear()


@given(fee, fee, fee, fee, st.booleans())
def test_a_replacement_raises_both_by_a_tenth_at_least(a: int, b: int, c: int, d: int, dynamic: bool) -> None:
    cap = 10**15
    old = Fees(max(a, b), min(a, b), dynamic) if dynamic else Fees(a, a, dynamic=False)
    new = replacement(old, Fees(max(c, d), min(c, d)), cap)
    assert new.dynamic == dynamic
    for was, now in ((old.fee_cap, new.fee_cap), (old.tip, new.tip)):
        assert now > was
        assert now * 100 >= was * 110
    assert new.tip <= new.fee_cap <= cap
    assert new.fee_cap >= max(c, d), "what the network asks for now; the cap is far away"
    assert new.tip >= min(c, d)
    least = [max(was + 1, -(-was * 110 // 100)) for was in (old.fee_cap, old.tip)]
    if dynamic:
        assert new.tip == max(least[1], min(c, d)), "and not more"
        assert new.fee_cap == max(least[0], max(c, d), new.tip)
    else:
        assert new.fee_cap == new.tip == max(least[0], max(c, d))


@pytest.mark.parametrize(
    ("old", "asked", "becomes"),
    [
        (Fees(100, 2), Fees(300, 5), Fees(300, 5)),
        (Fees(100, 2), Fees(300, 1), Fees(300, 3)),
        (Fees(100, 20), Fees(50, 5), Fees(110, 22)),
        (Fees(100, 2), Fees(50, 40), Fees(110, 40)),
        (Fees(100, 2), Fees(5000, 1500), Fees(1000, 1000)),
        (Fees(100, 100, dynamic=False), Fees(300, 5), Fees(300, 300, dynamic=False)),
        (Fees(100, 100, dynamic=False), Fees(50, 5), Fees(110, 110, dynamic=False)),
        (Fees(100, 100, dynamic=False), Fees(5000, 5), Fees(1000, 1000, dynamic=False)),
    ],
)
def test_a_replacement_pays_what_the_network_asks_for_now(old: Fees, asked: Fees, becomes: Fees) -> None:
    """Where fees rose meanwhile, a tenth more would wait as long as the first did."""
    assert replacement(old, asked, 1000) == becomes


def test_a_replacement_stops_at_the_cap() -> None:
    old = Fees(100 * GWEI, 2 * GWEI)
    assert replacement(old, Fees(900 * GWEI, 3 * GWEI), 110 * GWEI) == Fees(110 * GWEI, 3 * GWEI)
    with pytest.raises(FeesAboveCap) as caught:
        replacement(old, Fees(900 * GWEI, 3 * GWEI), 110 * GWEI - 1)
    assert (caught.value.needed, caught.value.cap) == (110 * GWEI, 110 * GWEI - 1)
    assert str(caught.value) == f"{110 * GWEI} wei per gas needed, cap {110 * GWEI - 1}"


def test_a_tip_above_the_cap_is_no_fee() -> None:
    with pytest.raises(ValueError, match=r"^the tip is part of the fee cap$"):
        Fees(1, 2)


HISTORY = {"baseFeePerGas": [hex(7), hex(50 * GWEI)], "reward": [[hex(3 * GWEI)]]}
MISSING = NodeError(-32601, "the method does not exist")
BUSY = Unavailable("no answer in time", timed_out=True)


@pytest.mark.parametrize(
    ("answer", "price", "cap", "fees"),
    [
        (HISTORY, hex(GWEI), 500 * GWEI, Fees(103 * GWEI, 3 * GWEI)),
        (HISTORY, MISSING, 500 * GWEI, Fees(103 * GWEI, 3 * GWEI)),
        (HISTORY, hex(GWEI), 50 * GWEI + 1, Fees(50 * GWEI + 1, 3 * GWEI)),
        (HISTORY, hex(GWEI), 50 * GWEI, Fees(50 * GWEI, 0)),
        (MISSING, hex(10 * GWEI), 500 * GWEI, Fees(11 * GWEI, 11 * GWEI, dynamic=False)),
        (BUSY, hex(10 * GWEI), 500 * GWEI, Fees(11 * GWEI, 11 * GWEI, dynamic=False)),
        (MISSING, hex(10), 10, Fees(10, 10, dynamic=False)),
        (MISSING, hex(1), 10, Fees(1, 1, dynamic=False)),
        (MISSING, hex(11), 10, Fees(10, 0)),
        (MISSING, MISSING, 500 * GWEI, None),
        (MISSING, "0x0", 500 * GWEI, None),
        ({"baseFeePerGas": ["x"]}, hex(GWEI), 500 * GWEI, None),
    ],
)
def test_fees_from_answers_that_may_be_errors(answer: Any, price: Any, cap: int, fees: Fees | None) -> None:
    assert suggested(answer, price, cap) == fees


@pytest.mark.parametrize(
    ("answer", "price", "why"),
    [
        ([], hex(GWEI), "fee history"),
        ({"baseFeePerGas": "0x1"}, hex(GWEI), "base fees"),
        ({"baseFeePerGas": ["x"]}, hex(GWEI), "base fee"),
        ({"baseFeePerGas": [hex(GWEI)], "reward": [["x"]]}, hex(GWEI), "tip"),
        (None, "x", "gas price"),
        (None, "0x0", "a gas price of nothing"),
    ],
)
def test_a_bad_reply_is_told_by_what_was_bad(answer: Any, price: Any, why: str) -> None:
    with pytest.raises(BadReply) as refused:
        _dynamic(answer, 500 * GWEI) or _legacy(price, 500 * GWEI)
    assert why in str(refused.value)


def test_what_was_needed_is_told() -> None:
    with pytest.raises(FeesAboveCap) as base:
        _dynamic(HISTORY, 50 * GWEI)
    assert (base.value.needed, base.value.cap) == (50 * GWEI + 1, 50 * GWEI)
    with pytest.raises(FeesAboveCap) as price:
        _legacy(hex(11), 10)
    assert (price.value.needed, price.value.cap) == (11, 10)
