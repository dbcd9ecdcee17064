"""The sender's judgement by itself: what a wallet can still pay, what an answer means, what a replacement set needs."""

from __future__ import annotations

from time import monotonic
from typing import Any

import pytest

from wbo_desktop.chain.refunds.broadcasting import ACCEPTED, OfferAnswer, offer
from wbo_desktop.chain.refunds.fees import Fees, FeesAboveCap, suggested
from wbo_desktop.chain.refunds.hot_wallet import CannotSign, Seen, SpendableBalance, WalletView
from wbo_desktop.chain.refunds.step import SendingRules, Step, Tools
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RateLimited, RpcError, Unavailable
from wbo_desktop.domain.refund import RefundIntent, RefundStatus
from wbo_desktop.domain.sending import RefundFailure
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.services.sending import RefundWork, SendingWork, StoredAttempt
from wbo_desktop.services.tracking import Lease

TOKEN = Address("0x" + "11" * 20)
CLIENT = Address("0x" + "22" * 20)
WALLET = Address("0x" + "33" * 20)
OURS, OLDER = TxHash("0x" + "aa" * 32), TxHash("0x" + "bb" * 32)
LOW = "fee_too_low: underpriced"


def work(
    token: Address | None = TOKEN,
    amount: int = 100,
    stop_level: int = 0,
    attempts: tuple[StoredAttempt, ...] = (),
    status: RefundStatus = RefundStatus.EXECUTING,
    nonce: int | None = None,
) -> RefundWork:
    intent = RefundIntent("RF1", "DP1", 1, token, CLIENT, amount)
    return RefundWork(
        "RF1", 1, status, intent, intent.canonical(), intent.digest(), "USDT", stop_level, None,
        WALLET if attempts else None, nonce, attempts,
    )  # fmt: skip


# the spendable


@pytest.mark.parametrize(
    ("held", "refund", "fee", "failure"),
    [
        ({TOKEN: 100, None: 7}, work(), 7, None),
        ({TOKEN: 99, None: 7}, work(), 7, RefundFailure.COIN_BALANCE),
        ({None: 7}, work(), 7, RefundFailure.COIN_BALANCE),
        ({TOKEN: 100, None: 6}, work(), 7, RefundFailure.GAS_BALANCE),
        ({TOKEN: 100}, work(), 1, RefundFailure.GAS_BALANCE),
        ({TOKEN: 150, None: 7}, work(stop_level=50), 7, None),
        ({TOKEN: 149, None: 7}, work(stop_level=50), 7, RefundFailure.COIN_BALANCE),
        ({None: 107}, work(None), 7, None),
        ({None: 106}, work(None), 7, RefundFailure.GAS_BALANCE),
        ({None: 99}, work(None), 0, RefundFailure.COIN_BALANCE),
    ],
)
def test_a_refund_is_signed_down_to_the_last_unit_and_no_further(
    held: dict[Address | None, int], refund: RefundWork, fee: int, failure: RefundFailure | None
) -> None:
    spendable = SpendableBalance(held, ())
    if failure is None:
        spendable.check(refund, fee)
        return
    with pytest.raises(CannotSign) as refused:
        spendable.check(refund, fee)
    assert refused.value.failure is failure


def test_what_is_promised_is_spent() -> None:
    spendable = SpendableBalance({TOKEN: 200, None: 10}, ())
    spendable.take(TOKEN, 100, 4)
    spendable.check(work(), 6)
    with pytest.raises(CannotSign) as refused:
        spendable.check(work(), 7)
    assert refused.value.failure is RefundFailure.GAS_BALANCE
    with pytest.raises(CannotSign):
        spendable.check(work(amount=101), 1)
    spendable.check_more(6)
    with pytest.raises(CannotSign):
        spendable.check_more(7)
    spendable.take(None, 5, 1)
    with pytest.raises(CannotSign):
        spendable.check_more(1)


# what nodes answer


class Nodes:
    """Endpoints that answer an offer like this."""

    def __init__(self, *said: str | RpcError) -> None:
        self.said = said

    async def send_raw(self, raw: bytes) -> str:
        (one,) = self.said
        if isinstance(one, RpcError):
            raise one
        return one

    async def send_raw_to_all(self, raw: bytes) -> list[str | RpcError]:
        return list(self.said)


async def heard(*said: str | RpcError, to_all: bool = True) -> OfferAnswer:
    nodes: Any = Nodes(*said)
    return await offer(nodes, b"\x01", OURS, to_all=to_all)


@pytest.mark.parametrize("to_all", [True, False])
@pytest.mark.parametrize(
    ("said", "maybe_sent", "refused"),
    [
        (OURS, True, False),
        (OURS.upper().replace("0X", "0x"), True, False),
        (OLDER, True, False),
        (NodeError(-32000, "already known"), True, False),
        (NodeError(-32000, "transaction underpriced"), False, True),
        (NodeError(-32000, "insufficient funds for gas * price + value"), False, True),
        (Unavailable("reset", maybe_delivered=True), True, False),
        (Unavailable("nobody listens", maybe_delivered=False), False, False),
        (RateLimited(3.0), False, False),
        (BadReply("half a reply"), True, False),
    ],
)
async def test_whether_a_node_may_have_the_bytes(
    said: str | RpcError, maybe_sent: bool, refused: bool, to_all: bool
) -> None:
    answer = await heard(said, to_all=to_all)
    assert answer.maybe_sent is maybe_sent
    assert answer.refused is refused
    assert (answer.text == ACCEPTED) is (isinstance(said, str) and said.lower() == OURS)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (OURS, NodeError(-32000, "already known")),
        (OURS, NodeError(-32000, "transaction underpriced")),
        (NodeError(-32000, "already known"), NodeError(-32000, "transaction underpriced")),
        (Unavailable("reset", maybe_delivered=True), NodeError(-32000, "transaction underpriced")),
        (BadReply("half a reply"), Unavailable("nobody listens", maybe_delivered=False)),
    ],
)
async def test_of_several_answers_the_one_counts_by_which_somebody_may_have_the_bytes(
    better: str | RpcError, worse: str | RpcError, turned: bool
) -> None:
    said = (worse, better) if turned else (better, worse)
    assert await heard(*said) == await heard(better)


# what a replacement set needs


def attempt(
    number: int, txid: TxHash, *, sent: bool = True, age: float = 1.0, answer: str = ""
) -> StoredAttempt:
    return StoredAttempt(number, txid, b"\x02", sent, age, answer)


def step(seen: dict[TxHash, Seen], mined: int = 5, **rules: Any) -> Step:
    nobody: Any = None
    tools = Tools(nobody, nobody, nobody, nobody, SendingRules(**rules), lambda _: None)
    view = WalletView(mined, mined, {}, seen)
    return Step(tools, Lease("Ethereum", 1), SendingWork(None, None), view)


def test_a_replacement_set_is_known_by_any_of_its_bytes_and_mined_by_any() -> None:
    both = (attempt(1, OLDER), attempt(2, OURS))
    refund = work(attempts=both, nonce=5)
    pooled = step({OLDER: Seen.POOL, OURS: Seen.NOWHERE})._replacements(refund)
    assert pooled.known
    assert not pooled.mined
    blocked = step({OLDER: Seen.BLOCK, OURS: Seen.POOL})._replacements(refund)
    assert blocked.mined
    assert step({OLDER: Seen.NOWHERE, OURS: Seen.NOWHERE}, mined=6)._replacements(refund).mined, (
        "the nonce is used"
    )
    assert not step({OLDER: Seen.NOWHERE, OURS: Seen.NOWHERE}, mined=5)._replacements(refund).mined


@pytest.mark.parametrize(
    ("newest", "seen", "offered", "refused"),
    [
        (attempt(2, OURS, sent=False), Seen.NOWHERE, False, False),
        (attempt(2, OURS, sent=False, answer=LOW), Seen.NOWHERE, True, True),
        (attempt(2, OURS, sent=True, answer=LOW), Seen.POOL, True, False),
        (attempt(2, OURS, sent=True, answer="accepted"), Seen.NOWHERE, True, False),
        (attempt(2, OURS, sent=False, answer="nonce_too_low: x"), Seen.NOWHERE, True, False),
    ],
)
def test_bytes_are_refused_when_no_node_takes_them_as_they_are(
    newest: StoredAttempt, seen: Seen, offered: bool, refused: bool
) -> None:
    refund = work(attempts=(attempt(1, OLDER), newest), nonce=5)
    replacements = step({OLDER: Seen.NOWHERE, OURS: seen})._replacements(refund)
    assert replacements.offered is offered
    assert replacements.refused is refused
    assert replacements.age == newest.age


@pytest.mark.parametrize(
    ("status", "waits", "may"),
    [
        (RefundStatus.BROADCAST, 0.0, True),
        (RefundStatus.BROADCAST, 60.0, False),
        (RefundStatus.CONFIRMED, 0.0, False),
        (RefundStatus.CONFIRMED, 60.0, False),
    ],
)
def test_a_confirmed_refund_is_never_replaced_nor_one_that_could_not_be_a_moment_ago(
    status: RefundStatus, waits: float, may: bool
) -> None:
    made = step({OURS: Seen.POOL})
    if waits:
        made._tools.not_before["RF1"] = monotonic() + waits
    assert made._may_replace(work(attempts=(attempt(1, OURS),), status=status, nonce=5)) is may


# what a node suggests


def history(base: int, *tips: int | None) -> dict[str, Any]:
    return {
        "baseFeePerGas": ["0x1", hex(base)],
        "reward": [[] if tip is None else [hex(tip)] for tip in tips],
    }


GWEI = 10**9


@pytest.mark.parametrize(
    ("told", "price", "cap", "fees"),
    [
        (history(10 * GWEI, GWEI), "0x1", 100 * GWEI, Fees(21 * GWEI, GWEI)),
        (history(10 * GWEI, 0, None, 3 * GWEI, GWEI), "0x1", 100 * GWEI, Fees(21 * GWEI, GWEI)),
        (history(10 * GWEI), "0x1", 100 * GWEI, Fees(20 * GWEI + 1_000_000, 1_000_000)),
        (history(10 * GWEI, GWEI), "0x1", 15 * GWEI, Fees(15 * GWEI, GWEI)),
        (history(10 * GWEI, GWEI), "0x1", 10 * GWEI, Fees(10 * GWEI, 0)),
        (NodeError(-32601, "method not found"), hex(100), 1000, Fees(110, 110, dynamic=False)),
        (NodeError(-32601, "method not found"), hex(100), 105, Fees(105, 105, dynamic=False)),
        (NodeError(-32601, "method not found"), NodeError(-1, "no"), 105, None),
        (NodeError(-32601, "method not found"), "0x0", 105, None),
    ],
)
def test_what_sending_would_cost_from_answers_that_came_along(
    told: Any, price: Any, cap: int, fees: Fees | None
) -> None:
    """The next block's base fee doubled, the usual tip of blocks that had any; never above the cap."""
    assert suggested(told, price, cap) == fees


def test_a_cap_is_told_with_what_was_needed() -> None:
    error = FeesAboveCap(12, 10)
    assert (error.needed, error.cap) == (12, 10)
