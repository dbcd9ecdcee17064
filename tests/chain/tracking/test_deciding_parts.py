"""The tracker's judgement by itself: whom to ask again, what settles, what a node's state means, what a line says."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from wbo_desktop.chain.evm.quorum import Agreement
from wbo_desktop.chain.evm.traces import FIRST_INTERNAL
from wbo_desktop.chain.rpc import health
from wbo_desktop.chain.rpc.errors import (
    BadReply,
    NodeError,
    NotYet,
    RateLimited,
    RpcError,
    Unavailable,
    WrongChain,
)
from wbo_desktop.chain.rpc.health import Aside, Endpoint, reason_of, report_on
from wbo_desktop.chain.tracking import crediting
from wbo_desktop.chain.tracking.budget import Budget
from wbo_desktop.chain.tracking.crediting import Believed, Opinion, Sources, WitnessNodes, sent_assertion
from wbo_desktop.chain.tracking.deciding import _settles, _to_believe
from wbo_desktop.chain.tracking.network_worker import NetworkWorker, NetworkWorkerRules
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.finality import FinalityRule
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.domain.wallet import VerificationMethod
from wbo_desktop.services.tracking import (
    Checkpoint,
    DueRecord,
    MicroTransfer,
    NetworkSettings,
    SentTransaction,
    WalletCase,
    Work,
)

WALLET = Address("0x" + "33" * 20)
OTHER = Address("0x" + "44" * 20)
TOKEN = Address("0x" + "11" * 20)


def txid(number: int) -> TxHash:
    return TxHash(f"0x{number:064x}")


def block(number: int) -> BlockHash:
    return BlockHash(f"0x{number + 10_000:064x}")


def transfer(number: int, sender: Address = WALLET, log_index: int = 0, amount: int = 5) -> Transfer:
    return Transfer(txid(number), log_index, TOKEN, sender, OTHER, amount)


def believed(number: int) -> Believed:
    return Believed(transfer(number), number, block(number))


class Nodes:
    """Endpoints whose other nodes say this of each transaction, and who is distrusted for it."""

    def __init__(self, quorum: int = 2) -> None:
        self.rules = SimpleNamespace(quorum=quorum)
        self.confirms: set[TxHash] = set()
        self.disputes: set[TxHash] = set()
        self.distrusted: set[str] = set()
        self.asked: list[tuple[list[TxHash], str | None]] = []

    async def agree(self, claims: Any, source: str | None) -> Agreement:
        names = [claim.txid for claim in claims]
        self.asked.append((names, source))
        return Agreement(
            frozenset(self.confirms & {*names}), {one: {} for one in names if one in self.disputes}
        )

    def report(self) -> list[Any]:
        return [SimpleNamespace(label=one, reason="contradicted") for one in self.distrusted]


@pytest.fixture
def nodes() -> Nodes:
    return Nodes()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(crediting, "monotonic", lambda: now[0])
    return now


def witnesses(nodes: Any) -> tuple[WitnessNodes, Sources]:
    sources = Sources()
    return WitnessNodes(nodes, sources, Nodes.agree), sources


@pytest.mark.parametrize(("quorum", "needed"), [(1, False), (2, True), (3, True)])
def test_others_are_asked_where_more_than_one_has_to_agree(quorum: int, needed: bool) -> None:
    asking, _ = witnesses(Nodes(quorum))
    assert asking.needed is needed


async def test_a_contradiction_is_a_persons_affair_after_a_minute_and_not_before(
    nodes: Nodes, clock: list[float]
) -> None:
    asking, _ = witnesses(nodes)
    nodes.disputes = {txid(1)}
    for passed, overdue in ((0.0, set()), (59.0, set()), (60.5, {txid(1)})):
        clock[0] = 1000.0 + passed
        opinion = await asking.ask([believed(1)])
        assert opinion.disputed == overdue, passed
    assert asking.disputes == 0, "told once; whoever looks may have it asked anew"


async def test_a_contradiction_that_ended_is_forgotten(nodes: Nodes, clock: list[float]) -> None:
    asking, _ = witnesses(nodes)
    nodes.disputes = {txid(1)}
    await asking.ask([believed(1)])
    assert asking.disputes == 1
    nodes.disputes, nodes.confirms = set(), {txid(1)}
    assert (await asking.ask([believed(1)])).confirmed == {txid(1)}
    assert asking.disputes == 0
    clock[0] += 100
    nodes.disputes, nodes.confirms = {txid(1)}, set()
    assert (await asking.ask([believed(1)])).disputed == frozenset(), "its minute begins anew"


async def test_one_source_is_asked_about_at_a_time_the_largest_first_and_no_more_than_fit(
    nodes: Nodes,
) -> None:
    asking, sources = witnesses(nodes)
    for number in range(1, 41):
        sources.note(block(number), "many")
    sources.note(block(50), "one")
    await asking.ask([believed(50), *(believed(number) for number in range(1, 41))])
    ((names, source),) = nodes.asked
    assert source == "many"
    assert len(names) == crediting.MOST_ASSERTIONS
    assert await asking.ask([]) == Opinion()
    assert len(nodes.asked) == 1, "nothing is nobody's question"


async def test_what_a_liar_told_is_read_again_from_its_lowest_block(nodes: Nodes) -> None:
    asking, sources = witnesses(nodes)
    for number in (7, 5, 9):
        sources.note(block(number), "liar")
    nodes.disputes = {txid(7), txid(5)}
    nodes.confirms = {txid(9)}
    asked = [believed(7), believed(5), believed(9)]
    assert (await asking.ask(asked)).misled_at is None, "disputed, but nobody is distrusted for it"
    nodes.distrusted = {"liar"}
    assert (await asking.ask(asked)).misled_at == 5


def test_the_oldest_source_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crediting, "REMEMBERED_BLOCKS", 2)
    sources = Sources()
    for number in (1, 2, 3):
        sources.note(block(number), f"node {number}")
    assert [sources.of(block(number)) for number in (1, 2, 3)] == [None, "node 2", "node 3"]


def sent(**changes: Any) -> SentTransaction:
    told = {
        "txid": txid(1), "block_number": 7, "block_hash": block(7), "sender": WALLET, "nonce": 3, "succeeded": True,
        "transfers": (transfer(1), transfer(1, OTHER, 1), transfer(1, log_index=FIRST_INTERNAL)),
    } | changes  # fmt: skip
    return SentTransaction(**told)


def test_a_payment_is_confirmed_as_the_wallets_own_and_with_how_it_ended() -> None:
    listed = frozenset({TOKEN, None})
    claim = sent_assertion(sent(), listed)
    assert (claim.sender, claim.nonce, claim.status) == (WALLET, 3, 1)
    assert [(t.sender, t.log_index) for t in claim.transfers] == [(WALLET, 0)], (
        "what others moved, and what contracts did inside, is not the wallet's"
    )
    assert claim.nothing_else == listed
    assert sent_assertion(sent(succeeded=False), listed).status == 0
    unknown = sent_assertion(sent(transfers=None), listed)
    assert unknown.transfers == ()
    assert unknown.nothing_else == frozenset(), "what was not kept cannot be compared"


# what is decided


def work(**parts: Any) -> Work:
    return Work(Checkpoint(9, block(9), 9), **parts)


def test_what_others_said_nothing_about_settles_nothing() -> None:
    three = tuple(sent(txid=txid(number)) for number in (1, 2, 3))
    opinion = Opinion(confirmed=frozenset({txid(1)}), disputed=frozenset({txid(2)}))
    assert [(one.txid, one.agreed) for one in _settles(work(sent=three), opinion)] == [
        (txid(1), True),
        (txid(2), False),
    ]


def wallet_case(number: int, attached: bool | None) -> WalletCase:
    seen = (
        None
        if attached is None
        else MicroTransfer(number, transfer(number), number, block(number), attached, 9)
    )
    return WalletCase(
        number, 1, WALLET, "C1", VerificationMethod.MICRO_PAYMENT, None, None, OTHER, TOKEN, 5, False, seen
    )


def test_money_is_believed_when_it_is_due_and_a_proof_when_it_is_attached() -> None:
    due = DueRecord("DP1", 1, transfer(1), 1, block(1))
    cases = (wallet_case(2, True), wallet_case(3, False), wallet_case(4, None))
    asked = [one.transfer.txid for one in _to_believe(work(due=(due,), wallets=cases))]
    assert asked == [txid(1), txid(2)]


# nodes


@pytest.mark.parametrize(
    ("error", "aside"),
    [
        (WrongChain(1, 2), Aside.WRONG_CHAIN),
        (RateLimited(2.0), Aside.RATE_LIMITED),
        (NotYet("no such block"), Aside.LAGGING),
        (BadReply("half"), Aside.BAD_REPLY),
        (NodeError(-32000, "internal"), Aside.BAD_REPLY),
        (Unavailable("reset"), Aside.UNREACHABLE),
    ],
)
def test_why_a_node_is_set_aside(error: RpcError, aside: Aside) -> None:
    assert reason_of(error) is aside


def endpoint(position: int = 0, head: int = 100, latency: float = 0.0) -> Endpoint:
    client: Any = SimpleNamespace(label="node", counts=SimpleNamespace(requests=0))
    return Endpoint(client, position, aside=None, head=head, latency=latency)


def test_a_node_is_chosen_by_its_head_then_its_speed_then_its_place() -> None:
    assert endpoint(1).rank(100) < endpoint(0, head=98).rank(100), "two behind is behind"
    assert endpoint(0, head=99).rank(100) < endpoint(1).rank(100), "one behind is the time between two looks"
    assert endpoint(1, latency=0.05).rank(100) < endpoint(0, latency=0.8).rank(100)
    assert endpoint(0, latency=0.06).rank(100) < endpoint(1, latency=0.05).rank(100)


def test_since_when_a_node_is_out_is_kept_until_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [10.0]
    monkeypatch.setattr(health, "monotonic", lambda: now[0])
    one = endpoint()
    one.set_aside(Aside.UNREACHABLE, "reset", 1.0)
    assert one.test_at == 11.0
    now[0] = 20.0
    one.set_aside(Aside.BAD_REPLY, "half", 5.0)
    assert (one.aside_since, one.test_at, one.why) == (10.0, 25.0, "half")
    one.take_back()
    assert one.usable
    one.set_aside(Aside.LAGGING, "behind", 1.0)
    assert one.aside_since == 20.0


@pytest.mark.parametrize(("head", "best", "lag"), [(100, 103, 3), (103, 103, 0), (105, 103, 0), (-1, 103, 0)])
def test_how_far_a_node_is_behind_is_told_once_it_has_shown_a_head(head: int, best: int, lag: int) -> None:
    assert report_on(endpoint(head=head), best).lag == lag


def test_a_step_has_four_requests() -> None:
    nodes: Any = SimpleNamespace(requests=10)
    budget = Budget(nodes)
    budget.begin()
    assert budget.allows(4)
    assert not budget.allows(5)
    nodes.requests = 13
    assert budget.spent == 3
    assert budget.allows(1)
    assert not budget.allows(2)


# what a line says of itself


def line() -> NetworkWorker:
    network = NetworkSettings("Ethereum", 1, FinalityRule.CONFIRMATIONS, (), 2)
    nothing: Any = None
    return NetworkWorker(
        network, (), frozenset(), nothing, nothing, "worker", NetworkWorkerRules(said_for=1000.0)
    )


@pytest.mark.parametrize(
    ("usable", "needed", "sending", "failing", "code"),
    [
        (2, 2, "", "", ""),
        (0, 1, "broken", "fault", "no_node"),
        (1, 2, "broken", "fault", "few_nodes"),
        (2, 2, "broken", "fault", "sending"),
        (2, 2, "", "fault", "fault"),
    ],
)
def test_the_worst_that_a_line_has_is_what_it_tells(
    usable: int, needed: int, sending: str, failing: str, code: str
) -> None:
    made = line()
    made._companions = [SimpleNamespace(failure=""), SimpleNamespace(failure=sending)]  # type: ignore[list-item]
    made._failing = failing
    made._endpoints = SimpleNamespace(nodes=(usable, 2), quorum=needed)  # type: ignore[assignment]
    told = made._state()
    assert told["code"] == code
    assert (told["usable"], told["nodes"], told["needed"]) == (usable, 2, needed)
    assert made._state()["since"] == told["since"], "since when it is so, not since the last look"


def test_a_part_that_broke_is_told_although_the_next_step_went_well() -> None:
    made = line()
    assert made.failure == ""
    made._broke = ("the sender fell over", 1e12)
    assert made.failure == "the sender fell over"
    made._failing = "no node answers"
    assert made.failure == "no node answers"
    made._failing, made._broke = "", ("long ago", -1e12)
    assert made.failure == ""
