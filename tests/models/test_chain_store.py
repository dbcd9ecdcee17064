"""The worker's functions as they are called: what they refuse, what they keep, on the real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from wbo_demo.world import World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import Address, BlockHash, TxHash
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.services.tracking import Decisions, FoundBlock, Lease, RecordDecision

START = datetime(2026, 1, 5, tzinfo=UTC)
SENDER = Address("0x" + "1" * 40)


@pytest.fixture
def store(database: World) -> Iterator[ChainStore]:
    who = database.logins["worker"]
    opened = ChainStore(database.server, who.login, who.password)
    yield opened
    opened.close()


@pytest.fixture
def lease(store: ChainStore) -> Lease:
    """Of a network that is tracked from block 10 on."""
    taken = store.take_lease("Ethereum", "tests", 60)
    assert taken is not None
    store.start_tracking(taken, block(10))
    return taken


def block(number: int, fork: str = "a", **more: object) -> FoundBlock:
    """A block of a made-up chain; `fork` tells branches apart, above block 12."""
    return FoundBlock(
        number=number,
        hash=hash_of(number, fork),
        parent_hash=hash_of(number - 1, fork),
        mined_at=START + timedelta(seconds=12 * number),
        **more,  # type: ignore[arg-type]
    )


def hash_of(number: int, fork: str = "a") -> BlockHash:
    return BlockHash(f"0x{fork if number > 12 else 'a'}{number:063x}")


def payment(
    database: World, txid: str = "0x" + "7" * 64, amount: int = 5_000_000, log_index: int = 0
) -> Transfer:
    client = database.clients[0]
    contract = Address(database.tokens["USDT"].address)
    return Transfer(
        TxHash(txid), log_index, contract, Address(client.wallet.address), client.custodial, amount
    )


def refused(code: str) -> pytest.RaisesExc[RuleViolation]:
    return pytest.RaisesExc(RuleViolation, check=lambda error: error.code == code)


def test_one_leads(store: ChainStore) -> None:
    mine = store.take_lease("Ethereum", "me", 60)
    assert mine is not None
    assert store.take_lease("Ethereum", "you", 60) is None
    assert store.take_lease("Ethereum", "me", 60) == mine, "the holder renews under the same epoch"
    store.release_lease(mine)
    yours = store.take_lease("Ethereum", "you", 60)
    assert yours == Lease("Ethereum", mine.epoch + 1)
    with refused("lease_lost"):
        store.report_health(mine, 3, {})


def test_tracking_starts_once(store: ChainStore, lease: Lease) -> None:
    store.start_tracking(lease, block(5))
    mark = store.checkpoint("Ethereum")
    assert mark is not None
    assert (mark.number, mark.hash) == (10, hash_of(10))


def test_blocks_must_follow(store: ChainStore, lease: Lease) -> None:
    work = store.record_blocks(lease, 60, hash_of(10), [block(11), block(12)], 12, None)
    assert work.checkpoint.number == 12
    with refused("checkpoint_moved"):
        store.record_blocks(lease, 60, hash_of(10), [block(11)], 12, None)
    with refused("parent_mismatch"):
        store.record_blocks(lease, 60, hash_of(12), [block(14)], 14, None)
    with refused("parent_mismatch"):
        store.record_blocks(lease, 60, hash_of(12), [block(13), block(14, "b")], 14, None)
    assert store.recent_blocks("Ethereum", 12, 10)[0].hash == hash_of(12)


def test_only_what_is_ours_is_kept(database: World, store: ChainStore, lease: Lease) -> None:
    """Listed coins to our accounts, more than nothing; everything else passes by."""
    stranger = Address("0x" + "2" * 40)
    ours = payment(database)
    others = (
        Transfer(ours.txid, 1, ours.token, SENDER, stranger, 5),
        Transfer(ours.txid, 2, stranger, SENDER, ours.recipient, 5),
        Transfer(ours.txid, 3, ours.token, SENDER, ours.recipient, 0),
    )
    store.record_blocks(lease, 60, hash_of(10), [block(11, transfers=(ours, *others))], 11, None)
    with database.connect("superuser") as connection:
        kept = connection.execute("SELECT log_index, amount_base FROM wbo_data.chain_transfer").fetchall()
    assert kept == [(0, 5_000_000)]


def test_largest_amounts_survive(database: World, store: ChainStore, lease: Lease) -> None:
    most = 2**256 - 1
    store.record_blocks(
        lease, 60, hash_of(10), [block(11, transfers=(payment(database, amount=most),))], 11, None
    )
    with database.connect("superuser") as connection:
        (kept,) = connection.execute("SELECT amount_base::text FROM wbo_data.chain_transfer").fetchone() or (
            "",
        )
    assert int(kept) == most


def test_rewind_marks_and_the_same_block_may_come_back(
    database: World, store: ChainStore, lease: Lease
) -> None:
    money = payment(database)
    store.record_blocks(
        lease, 60, hash_of(10), [block(11), block(12), block(13, transfers=(money,))], 13, None
    )
    undone = store.rewind(lease, hash_of(13), 12)
    assert (undone.depth, undone.transfers) == (1, 1)
    store.record_blocks(lease, 60, hash_of(12), [block(13, "b")], 13, None)
    store.rewind(lease, hash_of(13, "b"), 12)
    store.record_blocks(lease, 60, hash_of(12), [block(13, transfers=(money,))], 13, None)
    with database.connect("superuser") as connection:
        blocks = connection.execute(
            "SELECT hash::text, canonical FROM wbo_data.block WHERE number = 13 ORDER BY hash"
        ).fetchall()
        transfers = connection.execute("SELECT canonical FROM wbo_data.chain_transfer").fetchall()
    assert blocks == [(hash_of(13), True), (hash_of(13, "b"), False)]
    assert transfers == [(True,)]


def test_no_rewind_below_finality(store: ChainStore, lease: Lease) -> None:
    store.record_blocks(lease, 60, hash_of(10), [block(11), block(12), block(13)], 13, 12)
    with refused("finality_violated"):
        store.rewind(lease, hash_of(13), 11)
    store.rewind(lease, hash_of(13), 12)


def test_an_alarm_stops_everything_until_the_owner_clears_it(
    database: World, store: ChainStore, lease: Lease
) -> None:
    store.raise_alarm(lease, "something is very wrong")
    with refused("invariant_broken"):
        store.record_blocks(lease, 60, hash_of(10), [block(11)], 11, None)
    with refused("invariant_broken"):
        store.apply_decisions(lease, Decisions())
    mark = store.checkpoint("Ethereum")
    assert mark is not None
    assert mark.alarm == "something is very wrong"
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute("SELECT wbo_rule.clear_alarm('Ethereum', 'looked at it')")
    store.record_blocks(lease, 60, hash_of(10), [block(11)], 11, None)


def test_a_decision_on_old_facts_is_dropped(database: World, store: ChainStore, lease: Lease) -> None:
    """The record moved after it was read: the decision is not applied, and the record is asked about again."""
    client = database.clients[0]
    with database.connect("intake") as intake:
        intake.execute(
            "SELECT wbo.submit_deposit_application('S-1', %s, 'USDT', 'Ethereum', 5, %s, %s)",
            (client.securities_account, client.wallet.address, client.custodial),
        )
    money = payment(database)
    (facts,) = store.record_blocks(lease, 60, hash_of(10), [block(11, transfers=(money,))], 11, None).records
    assert facts.claim.claimed_base == 5_000_000
    (stored,) = facts.transfers
    with database.connect("intake") as intake:
        intake.execute("SELECT wbo.attach_txid('S-1', %s)", (money.txid,))
    from wbo_desktop.domain.deposit import DepositStatus

    late = RecordDecision(
        facts.claim.record_no, facts.version, facts.ticket, DepositStatus.PROCESSING, None, stored.id, 3
    )
    applied = store.apply_decisions(lease, Decisions((late,)))
    assert (applied.moved, applied.dropped) == (0, 1)
    (again,) = store.record_blocks(lease, 60, hash_of(11), [], 11, None).records
    assert again.claim.txid == money.txid
    assert again.version > facts.version


def test_the_guard_does_not_stall_the_others(database: World, store: ChainStore, lease: Lease) -> None:
    """One record that the guard refuses (its wallet was deleted meanwhile) leaves the rest of the batch alone."""
    from wbo_desktop.domain.deposit import DepositStatus

    first, second = database.clients[:2]
    transfers = []
    for n, client in enumerate((first, second)):
        with database.connect("intake") as intake:
            intake.execute(
                "SELECT wbo.submit_deposit_application(%s, %s, 'USDT', 'Ethereum', 5, %s, %s)",
                (f"S-{n}", client.securities_account, client.wallet.address, client.custodial),
            )
        contract = Address(database.tokens["USDT"].address)
        sender = Address(client.wallet.address)
        transfers.append(Transfer(TxHash(f"0x{n:064x}"), 0, contract, sender, client.custodial, 5_000_000))
    work = store.record_blocks(lease, 60, hash_of(10), [block(11, transfers=tuple(transfers))], 11, None)
    with database.connect("superuser") as connection:
        connection.execute(
            "UPDATE wbo_data.wallet_address SET status = 'deleted', deleted_at = now() WHERE client_no = %s",
            (first.client_no,),
        )
    decisions = tuple(
        RecordDecision(
            f.claim.record_no, f.version, f.ticket, DepositStatus.PROCESSING, None, f.transfers[0].id, 3
        )
        for f in work.records
    )
    applied = store.apply_decisions(lease, Decisions(decisions))
    assert (applied.moved, applied.dropped) == (1, 1)


def test_the_worker_may_do_nothing_else(database: World) -> None:
    import psycopg

    with database.connect("worker") as worker:
        for attempt in (
            "SELECT * FROM wbo_data.deposit",
            "SELECT * FROM wbo.deposit_record",
            "UPDATE wbo_data.deposit SET status = 'success'",
            "SELECT wbo_rule.clear_alarm('Ethereum', 'let me')",
            "SELECT wbo.accept_deposit('DP', 'x', 1)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                worker.execute(attempt.encode())


def test_a_broken_connection_is_opened_again(database: World, store: ChainStore) -> None:
    store.configuration()
    with database.connect("superuser") as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", (store.backend,))
    with refused("database_unreachable"):
        store.configuration()
    assert store.configuration().networks
