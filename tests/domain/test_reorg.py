"""Where two chains part, at every depth, and what a rewind does to those who held an orphaned transfer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbo_desktop.domain import deposit, refund, wallet
from wbo_desktop.domain.deposit import ACCEPTABLE, DepositStatus, Reason
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.reorg import (
    DEPOSIT_UNDO,
    REFUND_UNDO,
    WALLET_UNDO,
    Hashes,
    Heights,
    Rewind,
    StoredBlock,
    Undo,
    find_ancestor,
)


def chain(first: int, last: int, fork: str = "a") -> list[StoredBlock]:
    """Newest first."""
    blocks = [StoredBlock(n, f"{fork}{n}", f"{fork}{n - 1}") for n in range(first, last + 1)]
    return blocks[::-1]


def parted(depth: int, kept: int = 100, head: int = 1000) -> tuple[list[StoredBlock], dict[int, str]]:
    """Our chain and a node's that replaced our `depth` newest blocks, and went on for two more."""
    ours = chain(head - kept + 1, head)
    theirs = {b.number: b.hash for b in ours} | {n: f"b{n}" for n in range(head - depth + 1, head + 3)}
    return ours, theirs


def answered(search: Generator[Heights, Hashes, Rewind], theirs: dict[int, str]) -> tuple[Rewind, int]:
    """What a search found, and in how many requests."""
    heights, requests = next(search), 1
    try:
        while True:
            heights = search.send({n: theirs.get(n) for n in heights})
            requests += 1
    except StopIteration as found:
        return found.value, requests


@pytest.mark.parametrize("depth", range(65))
def test_the_ancestor_is_found_at_every_depth_in_few_requests(depth: int) -> None:
    ours, theirs = parted(depth)
    rewind, requests = answered(find_ancestor("Ethereum", ours, finalized_number=900), theirs)
    assert rewind.ancestor.number == 1000 - depth
    assert [b.number for b in rewind.orphaned] == list(range(1000, 1000 - depth, -1))
    assert rewind.missing == ()
    assert requests <= 7


def common_ancestor(
    network: str,
    stored: Sequence[StoredBlock],
    node_hash: Callable[[int], str | None],
    finalized_number: int | None = None,
) -> Rewind:
    """The result of a search whose every question is answered at once."""
    search = find_ancestor(network, stored, finalized_number)
    try:
        heights = next(search)
        while True:
            heights = search.send({height: node_hash(height) for height in heights})
    except StopIteration as found:
        rewind: Rewind = found.value
        return rewind


@pytest.mark.parametrize("depth", range(4, 65))
def test_counting_heights_only_would_credit_what_is_gone(depth: int) -> None:
    """The faulty way first: six blocks deep by number, so it is credited, in a block that no longer is."""
    ours, theirs = parted(depth)
    gone = ours[depth - 1]
    assert max(theirs) >= gone.number + 6 - 1
    assert gone in common_ancestor("Ethereum", ours, theirs.get).orphaned


def test_a_node_that_lags_undoes_nothing() -> None:
    ours, theirs = parted(0)
    lagging = {n: h for n, h in theirs.items() if n <= 997}
    rewind = common_ancestor("Ethereum", ours, lagging.get)
    assert rewind.ancestor.number == 997
    assert rewind.orphaned == ()
    assert [b.number for b in rewind.missing] == [1000, 999, 998]


def test_a_shorter_chain_that_contradicts_undoes_all_above_the_ancestor() -> None:
    ours, theirs = parted(5)
    shorter = {n: h for n, h in theirs.items() if n <= 997}
    rewind = common_ancestor("Ethereum", ours, shorter.get)
    assert rewind.ancestor.number == 995
    assert [b.number for b in rewind.orphaned] == [1000, 999, 998, 997, 996]


def test_a_final_block_that_changed_stops_the_line() -> None:
    ours, theirs = parted(20)
    with pytest.raises(RuleViolation) as refused:
        common_ancestor("Ethereum", ours, theirs.get, finalized_number=985)
    assert refused.value.code == "finality_violated"
    assert refused.value.params == {"network": "Ethereum", "number": 985}
    assert common_ancestor("Ethereum", ours, theirs.get, finalized_number=980).ancestor.number == 980


def test_another_chain_altogether_stops_the_line() -> None:
    ours, theirs = parted(100)
    with pytest.raises(RuleViolation) as refused:
        common_ancestor("Ethereum", ours, theirs.get)
    assert refused.value.code == "finality_violated"
    assert refused.value.params == {"network": "Ethereum", "number": 901}


def test_the_search_asks_for_one_height_first_and_twice_as_many_each_time() -> None:
    """The usual case, no reorganisation at all, costs one hash; a deep one few requests of at most 64."""
    ours, theirs = parted(100, kept=400)
    search = find_ancestor("Ethereum", ours)
    asked, heights = [], next(search)
    with suppress(StopIteration):
        while True:
            asked.append(len(heights))
            heights = search.send({n: theirs.get(n) for n in heights})
    assert asked == [1, 2, 4, 8, 16, 32, 64]
    nothing_kept = find_ancestor("Ethereum", chain(1, 3))
    assert next(nothing_kept) == (3,)
    assert nothing_kept.send({}) == (2, 1)
    with pytest.raises(RuleViolation):
        nothing_kept.send({})  # there is nothing left to ask for


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ([], "stored_chain_empty"),
        ([StoredBlock(3, "a3", "a1"), StoredBlock(1, "a1", "a0")], "stored_chain_linked"),
        ([StoredBlock(3, "a3", "b2"), StoredBlock(2, "a2", "a1")], "stored_chain_linked"),
        (chain(1, 5)[::-1], "stored_chain_linked"),
    ],
)
def test_our_own_blocks_must_be_a_chain(broken: list[StoredBlock], rule: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        common_ancestor("Ethereum", broken, lambda number: f"a{number}")
    assert (refused.value.code, refused.value.params) == ("invariant_broken", {"rule": rule})


@given(st.integers(1, 200), st.data())
def test_following_any_sequence_of_forks_ends_on_the_nodes_chain(kept: int, data: st.DataObject) -> None:
    """A stored chain that is rewound and extended after every fork is always the node's, block by block."""
    node = chain(1, kept)[::-1]
    stored = list(node)
    for fork in range(data.draw(st.integers(1, 5))):
        depth = data.draw(st.integers(0, min(64, len(node) - 1)))
        base = node[: len(node) - depth]
        grown = data.draw(st.integers(1, 4)) + depth
        for _ in range(grown):
            number = base[-1].number + 1
            base.append(StoredBlock(number, f"{fork}:{number}", base[-1].hash))
        node = base
        rewind = common_ancestor("Ethereum", stored[::-1], {b.number: b.hash for b in node}.get)
        assert set(stored) - set(node) == set(rewind.orphaned)
        at = next(i for i, b in enumerate(node) if b.number == rewind.ancestor.number)
        stored = [*stored[: len(stored) - len(rewind.orphaned)], *node[at + 1 :]]
        assert stored == node


# what is undone


def test_every_undo_is_a_move_that_the_table_allows() -> None:
    tables: list[tuple[Mapping[Any, Any], Mapping[Any, Undo]]] = [
        (deposit.MOVES, DEPOSIT_UNDO),
        (refund.MOVES, REFUND_UNDO),
        (wallet.MOVES, WALLET_UNDO),
    ]
    for moves, table in tables:
        for status, undo in table.items():
            assert undo.to_status is None or undo.to_status in moves[status]


@pytest.mark.parametrize("status", DepositStatus)
def test_nothing_that_was_promised_is_taken_back_silently(status: DepositStatus) -> None:
    undo = DEPOSIT_UNDO.get(status)
    money_promised = {
        DepositStatus.SUCCESS,
        DepositStatus.REFUNDING,
        DepositStatus.REFUNDED,
        DepositStatus.REFUND_FAILED,
    }
    assert (undo is not None and undo.alarm) is (status in money_promised)


def test_confirming_goes_back_and_waits_and_credited_becomes_abnormal() -> None:
    processing, success = DEPOSIT_UNDO[DepositStatus.PROCESSING], DEPOSIT_UNDO[DepositStatus.SUCCESS]
    assert (processing.to_status, processing.reason) == (DepositStatus.PENDING_AUTH, Reason.TRANSFER_NOT_SEEN)
    assert (success.to_status, success.reason) == (DepositStatus.ABNORMAL, Reason.REORGANISED)
    assert Reason.REORGANISED not in ACCEPTABLE


def test_what_lets_its_transfer_go_is_judged_again_and_what_has_an_alarm_is_not() -> None:
    for undo in DEPOSIT_UNDO.values():
        assert undo.judged_again is not undo.alarm
        assert undo.judged_again or not undo.detached


def test_records_that_ended_without_money_have_nothing_to_undo() -> None:
    for status in (DepositStatus.CANCELLED, DepositStatus.DELETED):
        assert status not in DEPOSIT_UNDO
