"""The sender's functions in the database: what they refuse, whoever calls them with the worker's login."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.support.follow import Follower, take_lease
from tests.support.refunds import approve, credit, executing
from tests.support.sessions import waits_for
from wbo_demo.world import NETWORK, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.sending import WalletStop
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.refund_store import PostgresRefundStore
from wbo_desktop.services.sending import NewAttempt, RefundWork
from wbo_desktop.services.tracking import Lease

OTHER = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")


@pytest.fixture
def chain_store(stack: World) -> Iterator[ChainStore]:
    store = ChainStore(stack.server, stack.logins["worker"].login, stack.logins["worker"].password)
    yield store
    store.close()


@pytest.fixture
def lease(stack: World) -> Lease:
    with stack.connect("worker") as connection:
        epoch = take_lease(connection, NETWORK)
        assert stack.chain is not None
        Follower(connection, stack.chain, NETWORK, epoch).catch_up()
    return Lease(NETWORK, epoch)


@pytest.fixture
def store(chain_store: ChainStore, lease: Lease, stack: World) -> PostgresRefundStore:
    """With the hot wallet registered at nonce 0, and its balances read."""
    store = PostgresRefundStore(chain_store)
    wallet = store.register(lease, Address(stack.hot_wallet.address), 0, 0)
    assert (wallet.next_nonce, wallet.stopped_reason) == (0, None)
    store.report_balances(lease, {"USDT": Decimal(1000), "ETH": Decimal(10)})
    return store


@pytest.fixture
def refund(store: PostgresRefundStore, stack: World, lease: Lease) -> RefundWork:
    """One that is executing."""
    executing(stack, "USDT", 10**6)
    (found,) = store.work(lease).refunds
    return found


def attempt(world: World, nonce: int, mark: str = "aa", fee: int = 10**9) -> NewAttempt:
    wallet = Address(world.hot_wallet.address)
    return NewAttempt(wallet, nonce, TxHash("0x" + mark * 32), bytes.fromhex(mark), fee, fee // 10, 60_000)


def test_the_intent_read_is_the_intent_approved(refund: RefundWork, stack: World) -> None:
    assert refund.is_as_approved
    assert refund.status is RefundStatus.EXECUTING
    assert refund.intent.token == stack.tokens["USDT"].address
    assert (refund.intent.amount, refund.stop_level) == (10**6, 200_000)


def test_storing_takes_the_nonce_and_keeps_the_bytes(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    assert store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0)) == 1
    work = store.work(lease)
    assert work.wallet is not None
    assert work.wallet.next_nonce == 1
    (stored,) = work.refunds
    assert (stored.status, stored.nonce, stored.attempts[0].raw) == (RefundStatus.SIGNED, 0, b"\xaa")
    assert not stored.attempts[0].sent
    store.mark_broadcast(lease, stored.attempts[0].txid, "node said no", maybe_sent=False)
    assert store.work(lease).refunds[0].status is RefundStatus.SIGNED
    store.mark_broadcast(lease, stored.attempts[0].txid, "accepted", maybe_sent=True)
    assert store.work(lease).refunds[0].status is RefundStatus.BROADCAST


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nonce": 1}, "nonce_conflict"),
        ({"sender": OTHER}, "hot_wallet_missing"),
    ],
)
def test_another_nonce_or_sender_is_refused(
    store: PostgresRefundStore,
    lease: Lease,
    refund: RefundWork,
    stack: World,
    change: dict[str, object],
    code: str,
) -> None:
    with pytest.raises(RuleViolation, match=code):
        store.store_signed(lease, refund.refund_no, refund.version, replace(attempt(stack, 0), **change))
    assert not store.work(lease).refunds[0].attempts


def test_a_stale_version_is_refused(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    store.note(lease, refund.refund_no, "gas_balance")
    with pytest.raises(RuleViolation, match="moved_meanwhile"):
        store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))


def test_a_replacement_keeps_the_nonce(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))
    (signed,) = store.work(lease).refunds
    with pytest.raises(RuleViolation, match="status_forbids"):
        store.store_signed(lease, refund.refund_no, signed.version, attempt(stack, 1, "bb"))
    assert store.store_signed(lease, refund.refund_no, signed.version, attempt(stack, 0, "bb")) == 2
    work = store.work(lease)
    assert [a.txid[2:4] for a in work.refunds[0].attempts] == ["aa", "bb"]
    assert work.wallet is not None
    assert work.wallet.next_nonce == 1


def test_only_executed_refunds_can_be_signed(store: PostgresRefundStore, lease: Lease, stack: World) -> None:
    (number,) = approve(stack, credit(stack, "USDT", 10**6))
    with pytest.raises(RuleViolation, match="status_forbids"):
        store.store_signed(lease, number, 2, attempt(stack, 0))


def test_stored_bytes_are_given_out_only_while_they_may_be_sent(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))
    txid = TxHash("0x" + "aa" * 32)
    assert store.bytes_to_send(lease, txid) == b"\xaa"
    with pytest.raises(RuleViolation, match="unknown_object"):
        store.bytes_to_send(lease, TxHash("0x" + "bb" * 32))
    store.stop(lease, WalletStop.UNKNOWN_TRANSACTION)
    with pytest.raises(RuleViolation, match="hot_wallet_stopped"):
        store.bytes_to_send(lease, txid)
    with stack.connect("superuser") as root:
        root.execute("UPDATE wbo_data.hot_wallet SET stopped_reason = NULL, signed_in = 'another database'")
    with pytest.raises(RuleViolation, match="hot_wallet_stopped"):
        store.bytes_to_send(lease, txid)


@pytest.mark.parametrize("first", ["cancel", "sign"])
def test_of_cancelling_and_signing_at_the_same_moment_exactly_one_wins(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World, first: str
) -> None:
    """The second waits for the first's transaction to end, and is then told what became of it."""
    outcomes: dict[str, str] = {}
    arguments = (NETWORK, lease.epoch, refund.refund_no, refund.version, stack.hot_wallet.address, 0)
    acts = {
        "cancel": ("maker", "SELECT wbo.cancel_refund(%s, 'changed their mind')", (refund.refund_no,)),
        "sign": (
            "worker",
            "SELECT wbo_chain.store_signed(%s, %s, %s, %s, %s, %s, %s, %s, 10, 1, 60000)",
            (*arguments, "0x" + "aa" * 32, b"\xaa"),
        ),
    }

    def act(name: str, connection: psycopg.Connection[Any]) -> None:
        _, statement, values = acts[name]
        try:
            connection.execute(statement.encode(), values)
            outcomes[name] = "done"
        except psycopg.Error as error:
            outcomes[name] = str(error.diag.message_primary)

    second = "sign" if first == "cancel" else "cancel"
    with stack.connect(acts[first][0]) as one, stack.connect(acts[second][0]) as two:
        with one.transaction():
            act(first, one)
            waiting = threading.Thread(target=act, args=(second, two))
            waiting.start()
            with stack.connect("superuser") as root:
                assert waits_for(root, two.info.backend_pid) == one.info.backend_pid
        waiting.join()
    assert outcomes == {
        first: "done",
        second: "moved_meanwhile" if second == "sign" else "already_signed",
    }
    with stack.connect("superuser") as root:
        found = root.execute(
            "SELECT r.status, r.nonce, d.status, (SELECT count(*) FROM wbo_data.refund_attempt), h.next_nonce"
            " FROM wbo_data.refund r JOIN wbo_data.deposit d USING (record_no), wbo_data.hot_wallet h"
        ).fetchone()
    assert found == (
        ("cancelled", None, "success", 0, 0) if first == "cancel" else ("signed", 0, "refunding", 1, 1)
    )


def test_a_stopped_wallet_signs_nothing(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    wallet = store.register(lease, Address(stack.hot_wallet.address), 0, 1)  # the pool knows one more
    assert wallet.stopped_reason == "reconciliation_needed"
    with pytest.raises(RuleViolation, match="hot_wallet_stopped"):
        store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))
    # what counts is what was once seen: it does not start again by itself
    assert store.register(lease, Address(stack.hot_wallet.address), 0, 0).stopped_reason is not None


def test_a_halted_network_signs_nothing_new(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World, chain_store: ChainStore
) -> None:
    """What is signed already goes on: its bytes may be on their way."""
    (signed,) = executing(stack, "USDT", 10**6)
    version = next(one.version for one in store.work(lease).refunds if one.refund_no == signed)
    store.store_signed(lease, signed, version, attempt(stack, 0))
    chain_store.raise_alarm(lease, "finality_violated (network=Ethereum, number=7)")
    with pytest.raises(RuleViolation, match="network_halted"):
        store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 1, "bb"))
    assert [one.refund_no for one in store.work(lease).refunds] == [signed]
    with stack.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute("SELECT wbo_rule.clear_alarm(%s, 'looked at it')", (NETWORK,))
    assert {one.refund_no for one in store.work(lease).refunds} == {signed, refund.refund_no}
    store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 1, "bb"))


def test_a_copy_of_the_database_signs_nothing(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    with stack.connect("superuser") as root:
        root.execute("UPDATE wbo_data.hot_wallet SET signed_in = 'another database'")
    with pytest.raises(RuleViolation, match="hot_wallet_stopped"):
        store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))


def test_another_address_is_never_registered_beside_the_first(
    store: PostgresRefundStore, lease: Lease
) -> None:
    with pytest.raises(RuleViolation, match="already_exists"):
        store.register(lease, OTHER, 0, 0)


def test_a_lost_lease_does_nothing(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    late = Lease(NETWORK, lease.epoch - 1)
    for call in (
        lambda: store.work(late),
        lambda: store.register(late, Address(stack.hot_wallet.address), 0, 0),
        lambda: store.store_signed(late, refund.refund_no, refund.version, attempt(stack, 0)),
        lambda: store.bytes_to_send(late, TxHash("0x" + "aa" * 32)),
        lambda: store.mark_broadcast(late, TxHash("0x" + "aa" * 32), "", maybe_sent=True),
        lambda: store.note(late, refund.refund_no, "gas_balance"),
        lambda: store.report_balances(late, {}),
    ):
        with pytest.raises(RuleViolation, match="lease_lost"):
            call()
    assert not store.work(lease).refunds[0].attempts


def test_stored_bytes_never_change(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))
    with stack.connect("superuser") as root:
        for statement in (
            "UPDATE wbo_data.refund_attempt SET raw = '\\x00'",
            "UPDATE wbo_data.refund SET nonce = 7",
            "DELETE FROM wbo_data.refund_attempt",
        ):
            with pytest.raises(psycopg.DatabaseError, match="invariant_broken"):
                root.execute(statement.encode())


def test_the_log_has_every_step_and_no_bytes(
    store: PostgresRefundStore, lease: Lease, refund: RefundWork, stack: World
) -> None:
    store.store_signed(lease, refund.refund_no, refund.version, attempt(stack, 0))
    store.mark_broadcast(lease, TxHash("0x" + "aa" * 32), "accepted", maybe_sent=True)
    store.mark_broadcast(lease, TxHash("0x" + "aa" * 32), "accepted", maybe_sent=True)  # nothing new
    with stack.connect("superuser") as root:
        entries = root.execute(
            "SELECT action, object_type, after FROM wbo_data.audit_entry WHERE object_type IN ('refund_attempt', 'refund')"
            " AND operator = %s ORDER BY seq",
            (stack.logins["worker"].login,),
        ).fetchall()
    assert [(action, kind) for action, kind, _ in entries] == [
        ("sign_refund", "refund_attempt"),
        ("sign_refund", "refund"),
        ("broadcast_refund", "refund_attempt"),
        ("broadcast_refund", "refund"),
    ]
    assert all("raw" not in (after or {}) for _, _, after in entries)
