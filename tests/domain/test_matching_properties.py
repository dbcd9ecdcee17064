"""What must hold for all facts, also the ones that nobody thought of, by a second opinion written apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain import cases
from tests.domain.cases import NOW, Scene, acceptable, block_hash, tx_hash
from wbo_desktop.domain.deposit import ACCEPTABLE, WAITING, DepositStatus, Reason
from wbo_desktop.domain.diagnosis import diagnose
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.facts import PlacedTransfer
from wbo_desktop.domain.types import parse_address
from wbo_desktop.domain.verdicts import REALITY
from wbo_desktop.domain.wallet import WalletRule, WalletStatus

ADDRESSES = [cases.WALLET, cases.SECOND_WALLET, cases.STRANGER, cases.OURS, cases.THEIRS, cases.SPARE]
NETWORKS = [cases.NETWORK, cases.OTHER_NETWORK]
TOKENS = [cases.USDT, cases.FAKE, None]
TXIDS = [cases.TXID, tx_hash(2), tx_hash(3)]
AMOUNTS = [100, 99, 95, 94, 101, 60, 40, 1, 0, 2**256 - 1]
TIMES = [NOW, NOW + timedelta(seconds=1), NOW - timedelta(days=1), NOW + timedelta(days=40)]
BLOCKS = [block_hash(50), block_hash(51)]

CHANGES: dict[str, dict[str, list[Any]]] = {
    "claim": {
        "token": [None, cases.FAKE],
        "decimals": [-1, 0, 36, 40],
        "claimed_base": AMOUNTS,
        "minimum_base": [0, 50, 100, 101, 2**200],
        "source": [cases.SECOND_WALLET, cases.STRANGER, cases.WALLET.lower(), "", "0x", "\ud800 0x1"],
        "target": [cases.THEIRS, cases.STRANGER, cases.SPARE, "", cases.OURS[:-1]],
        "txid": [None, *TXIDS],
        "created_at": TIMES,
        "wallet_rule": list(WalletRule),
        "tolerance_bps": [0, 10_000, -7, 99_999],
        "max_gap": [timedelta(0), timedelta(days=2)],
        "accepted": [True],
        "contested": [True],
    },
    "transfer": {
        "txid": TXIDS,
        "log_index": [-1, 0, 3],
        "network": NETWORKS,
        "token": TOKENS,
        "sender": ADDRESSES,
        "recipient": ADDRESSES,
        "amount": AMOUNTS,
        "status": [0, None],
        "canonical": [False],
        "block_hash": BLOCKS,
        "block_number": [49, 51],
        "block_time": TIMES,
        "used_by": [None, "DP9", "DP8", cases.CLAIM.record_no],
    },
    "transaction": {
        "txid": TXIDS,
        "network": NETWORKS,
        "block_number": [None, 51],
        "block_hash": [None, *BLOCKS],
        "status": [0, None],
        "sender": ADDRESSES,
    },
    "wallet": {
        "client_no": [cases.OTHER_CLIENT],
        "network": NETWORKS,
        "address": ADDRESSES,
        "status": list(WalletStatus),
        "verified_at": [None, *TIMES],
    },
    "account": {
        "client_no": [None, cases.CLIENT, cases.OTHER_CLIENT],
        "network": NETWORKS,
        "address": ADDRESSES,
    },
}


def changed(thing: Any, changes: dict[str, Any]) -> Any:
    return replace(thing, **changes)


def some(kind: str, least: int = 0, most: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Up to `most` changes of one thing."""
    one = st.sampled_from([(name, value) for name, values in CHANGES[kind].items() for value in values])
    return st.lists(one, min_size=least, max_size=most).map(dict)


def several(base: Any, kind: str, most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """A thing, itself at most once changed, and others like it with some changes."""
    likes = st.lists(some(kind, 1, 3), max_size=most)
    first = some(kind, 0, 1)
    return st.builds(lambda one, more: tuple(changed(base, c) for c in [one, *more]), first, likes)


HONEST_CLAIM = replace(cases.CLAIM, claimed_base=100, minimum_base=10)
SCENES = st.builds(
    Scene,
    claim=some("claim").map(lambda changes: changed(HONEST_CLAIM, changes)),
    transaction=st.none() | some("transaction").map(lambda changes: changed(cases.TRANSACTION, changes)),
    transfers=st.just(())
    | several(replace(cases.TRANSFER, amount=100), "transfer", 3)
    | several(replace(cases.TRANSFER, amount=60), "transfer", 3),
    wallets=st.just(cases.WALLETS) | several(cases.WALLETS[0], "wallet", 2) | st.just(()),
    accounts=st.just(cases.ACCOUNTS) | several(cases.ACCOUNTS[0], "account", 2),
    txid_overdue=st.booleans(),
)
"""Honest deposits with a few changes each: nearly right is where a judge goes wrong."""

many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def why_not_real(facts: Scene, transfer: PlacedTransfer) -> list[str]:
    """The second opinion, which knows no verdicts: what a transfer lacks to be this record's real money."""
    claim = facts.claim
    try:
        target = parse_address(claim.target)
    except RuleViolation:
        return ["target"]
    copies = [t for t in facts.transfers if (t.txid, t.log_index) == (transfer.txid, transfer.log_index)]
    copies = [t for t in copies if t.network == claim.network]
    node = facts.transaction
    node = node if node and (node.txid, node.network) == (claim.txid, claim.network) else None
    wallets = [
        w
        for w in facts.wallets
        if (w.client_no, w.network, w.address) == (claim.client_no, claim.network, transfer.sender)
        and w.status is WalletStatus.VERIFIED
        and (
            claim.wallet_rule is WalletRule.ONCE
            or (w.verified_at is not None and w.verified_at >= claim.created_at)
        )
    ]
    owners = [a.client_no for a in facts.accounts if (a.network, a.address) == (claim.network, target)]
    missing = {
        "from the facts": any(replace(c, used_by=transfer.used_by) == transfer for c in copies),
        "txid": claim.txid in (None, transfer.txid),
        "network": transfer.network == claim.network,
        "canonical": transfer.canonical and (node is None or node.block_hash == transfer.block_hash),
        "status": transfer.status == 1 and (node is None or node.status == 1),
        "token": transfer.token == claim.token,
        "recipient": transfer.recipient == target,
        "our account": claim.client_no in owners,
        "amount": transfer.amount > 0,
        "verified": bool(wallets),
        "unused": all(c.used_by in (None, claim.record_no) for c in copies),
    }
    return [name for name, there in missing.items() if not there]


@given(SCENES)
@many
def test_nothing_is_credited_that_is_not_real_whatever_is_accepted(facts: Scene) -> None:
    judgement = facts.judge()
    if judgement.to_status is DepositStatus.PROCESSING or acceptable(judgement):
        assert judgement.transfer is not None
        assert why_not_real(facts, judgement.transfer) == []
    if judgement.to_status is DepositStatus.PROCESSING and not facts.claim.accepted:
        assert judgement.transfer is not None
        assert facts.claim.minimum_base <= judgement.transfer.amount <= facts.claim.claimed_base


@given(SCENES)
@many
def test_a_transfer_of_another_record_is_never_picked(facts: Scene) -> None:
    judgement = facts.judge()
    for transfer in (judgement.transfer, *judgement.proposal):
        assert transfer is None or transfer.used_by in (None, facts.claim.record_no)


@given(SCENES, st.randoms(use_true_random=False))
@many
def test_the_order_in_which_facts_are_told_does_not_matter(facts: Scene, random: Random) -> None:
    told = {name: list(getattr(facts, name)) for name in ("transfers", "wallets")}
    for values in told.values():
        random.shuffle(values)
    again = replace(facts, **{name: tuple(values) for name, values in told.items()})
    assert again.judge() == facts.judge()


@given(SCENES)
@many
def test_a_status_always_has_a_reason_of_its_kind(facts: Scene) -> None:
    judgement = facts.judge()
    expected = {
        DepositStatus.PROCESSING: {None},
        DepositStatus.PENDING_AUTH: WAITING,
        DepositStatus.ABNORMAL: set(Reason) - WAITING,
    }
    assert judgement.reason in expected[judgement.to_status]
    if judgement.reason in ACCEPTABLE:
        assert all(judgement.verdict(check).passed for check in REALITY)
    if judgement.reason is not None:
        assert any(v.reason is judgement.reason or v.passed is None for v in judgement.verdicts)
    diagnose(facts.claim, judgement)


@given(SCENES)
@many
def test_accepting_changes_nothing_but_faults_of_judgement(facts: Scene) -> None:
    plain = replace(facts, claim=replace(facts.claim, accepted=False)).judge()
    accepted = replace(facts, claim=replace(facts.claim, accepted=True)).judge()
    assert accepted.transfer == plain.transfer
    if acceptable(plain):
        assert accepted.to_status is DepositStatus.PROCESSING
    else:
        assert (accepted.to_status, accepted.reason) == (plain.to_status, plain.reason)


def noise(transfer: PlacedTransfer) -> PlacedTransfer:
    """Whatever else may stand in the transaction or the account, but no money of the client to the target."""
    transfer = replace(transfer, log_index=transfer.log_index + 100)
    pays = (transfer.recipient, transfer.token) == (cases.OURS, cases.USDT)
    return replace(transfer, token=cases.FAKE) if pays and transfer.sender == cases.WALLET else transfer


NOISE = several(cases.TRANSFER, "transfer", 5).map(
    lambda around: tuple(noise(t) for t in around if t.status == 1)
)


@given(NOISE, st.booleans(), st.booleans(), st.integers(95, 100))
@many
def test_an_honest_deposit_is_never_refused_for_what_is_around_it(
    around: tuple[PlacedTransfer, ...], by_txid: bool, node_asked: bool, arrived: int
) -> None:
    amount = arrived * 1_000_000
    facts = cases.scene(
        claim={} if by_txid else cases.NO_TXID,
        transfer={"amount": amount},
        more=around,
        transaction=cases.TRANSACTION if by_txid and node_asked else None,
    )
    judgement = facts.judge()
    assert judgement.to_status is DepositStatus.PROCESSING, judgement
    assert judgement.transfer is not None
    assert judgement.transfer.amount == amount


@given(st.integers(0, 2**256 - 1), st.integers(0, 10_000), st.integers(-3, 3))
def test_what_may_be_missing_is_exact_to_the_base_unit(claimed: int, bps: int, beside: int) -> None:
    claim = replace(cases.CLAIM, claimed_base=claimed, tolerance_bps=bps)
    amount = claim.least_base + beside
    inside = amount * 10_000 >= claimed * (10_000 - bps) and amount <= claimed
    assert claim.fits(amount) is inside


@pytest.mark.parametrize("missing", ["status", "canonical", "token", "recipient", "verified", "unused"])
def test_the_second_opinion_can_say_no(missing: str) -> None:
    wrong = {
        "status": {"status": 0},
        "canonical": {"canonical": False},
        "token": {"token": cases.FAKE},
        "recipient": {"recipient": cases.THEIRS},
        "verified": {"sender": cases.EXCHANGE},
        "unused": {"used_by": "DP9"},
    }[missing]
    facts = cases.scene(transfer=wrong)
    assert missing in why_not_real(facts, facts.transfers[0])
