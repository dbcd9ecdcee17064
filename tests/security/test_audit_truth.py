"""The audit tells the truth: one entry for each committed change, none for any other, and no later hand goes unnoticed."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.audit_crash import campaign as crashes
from tests.support.audit_desk import OPERATORS, WORKER, Desk, add_wallet
from tests.support.audit_replay import replay
from tests.support.audit_tamper import ANCHORED, INSIDE, Tamperer, edit_column
from wbo_demo.world import NETWORK, World

ENTRIES = 100
TAMPERINGS = 200
WITHOUT_CONTENT = """
CREATE OR REPLACE FUNCTION wbo_rule.seal_hash(previous bytea, place bigint, e wbo_data.audit_entry) RETURNS bytea
LANGUAGE sql STABLE AS $$ SELECT sha256(previous || convert_to(place || ':' || e.seq, 'UTF8')) $$
"""


@pytest.fixture
def superuser(database: World) -> Iterator[psycopg.Connection[Any]]:
    with database.connect("superuser") as connection:
        yield connection


@pytest.fixture
def desk(database: World) -> Iterator[Desk]:
    made = Desk(database, 20260102)
    yield made
    made.close()


def one(connection: psycopg.Connection[Any], query: str, *values: Any) -> Any:
    row = connection.execute(query.encode(), values).fetchone()
    return None if row is None else row[0]


def seal(superuser: psycopg.Connection[Any]) -> None:
    """Seal everything there is. Another test's transaction may still hold the horizon back for a moment."""
    for _ in range(1000):
        superuser.execute("SELECT wbo_rule.seal_entries(100000)")
        if one(superuser, "SELECT count(*) FROM wbo_data.audit_entry") == one(
            superuser, "SELECT count(*) FROM wbo_data.audit_seal"
        ):
            return
    raise AssertionError("the horizon stands still")


@pytest.fixture
def sealed(superuser: psycopg.Connection[Any], desk: Desk) -> psycopg.Connection[Any]:
    """A log of about a hundred entries, all sealed, and a session that may do everything."""
    while one(superuser, "SELECT count(*) FROM wbo_data.audit_entry") < ENTRIES:
        desk.act((add_wallet,))
    seal(superuser)
    return superuser


def test_each_change_has_one_entry_and_each_entry_a_change(
    desk: Desk, superuser: psycopg.Connection[Any]
) -> None:
    for _ in range(60):
        desk.act(WORKER)
        desk.act(OPERATORS)
        desk.act(OPERATORS)
    told = replay(superuser)
    assert told.faults == []
    assert told.entries > 200
    assert {"submit", "add_wallet", "half_an_act", "track", "refund"} <= desk.deeds.done.keys()
    assert one(superuser, "SELECT count(*) FROM wbo_data.audit_entry WHERE remark = 'rolled back'") == 0


@pytest.mark.parametrize(
    ("hole", "seen"),
    [
        ("ALTER TABLE wbo_data.deposit DISABLE TRIGGER y_audit", "does not tell"),
        (
            "CREATE TRIGGER y_audit_again AFTER UPDATE ON wbo_data.wallet_address"
            " FOR EACH ROW EXECUTE FUNCTION wbo_rule.write_audit('wallet', 'id')",
            "was not as it says",
        ),
    ],
)
def test_a_change_without_entry_and_an_entry_twice_are_noticed(
    desk: Desk, superuser: psycopg.Connection[Any], hole: str, seen: str
) -> None:
    superuser.execute(hole.encode())
    for _ in range(30):
        desk.act(OPERATORS)
    assert any(seen in fault for fault in replay(superuser).faults)


def test_what_was_rolled_back_or_refused_left_no_entry(
    database: World, superuser: psycopg.Connection[Any]
) -> None:
    before = one(superuser, "SELECT count(*) FROM wbo_data.audit_entry")
    add = "SELECT wbo.add_wallet('C100021', 'Ethereum', '0x' || repeat('ab', 20), 'x')"
    with database.connect("maker") as maker:
        with maker.transaction(force_rollback=True):
            maker.execute(add)
            assert one(maker, "SELECT count(*) FROM wbo.audit_log") == before + 1
        with pytest.raises(psycopg.Error, match="unknown_object"):
            maker.execute("SELECT wbo.revoke_deposit('DP-none', 'x', 1)")
        assert one(superuser, "SELECT count(*) FROM wbo_data.audit_entry") == before
        maker.execute(add)
    assert one(superuser, "SELECT count(*) FROM wbo_data.audit_entry") == before + 1


def test_killed_servers_lose_no_entry_and_invent_none(tmp_path: Path) -> None:
    result = crashes(tmp_path, kills=3, people=3, seed=7)
    assert result.faults == []
    assert result.lost == []
    assert (result.fault, result.kills) == (None, 3)
    assert result.entries > 100
    assert result.broken > 0


def test_a_log_that_is_not_sealed_or_not_hashed_tells_nothing(
    superuser: psycopg.Connection[Any], desk: Desk
) -> None:
    """Two faulty ways: the suite below must be able to fail."""
    desk.act((add_wallet,))
    with superuser.transaction(force_rollback=True):
        superuser.execute("SET LOCAL session_replication_role = replica")
        superuser.execute("UPDATE wbo_data.audit_entry SET operator = 'somebody else'")
        assert one(superuser, "SELECT fault FROM wbo_rule.verify_entries()") is None
    superuser.execute(WITHOUT_CONTENT)
    seal(superuser)
    found = Tamperer(superuser, 1).campaign(10, [edit_column])
    assert len(found.missed) == 10


def test_every_tampering_is_noticed(sealed: psycopg.Connection[Any]) -> None:
    found = Tamperer(sealed, 20260102).campaign(TAMPERINGS)
    assert found.missed == []
    assert found.total == TAMPERINGS
    assert one(sealed, "SELECT fault FROM wbo_rule.verify_entries()") is None


@pytest.mark.parametrize("kind", ANCHORED)
def test_a_chain_cut_or_rewritten_needs_the_head_kept_elsewhere(
    sealed: psycopg.Connection[Any], kind: Any
) -> None:
    hand = Tamperer(sealed, 5)
    with sealed.transaction(force_rollback=True):
        kind(hand)
        assert hand.fault() is None
        assert hand.fault(anchored=True) == "anchor_missing"


@pytest.mark.parametrize("kind", INSIDE)
def test_the_fault_is_named(sealed: psycopg.Connection[Any], kind: Any) -> None:
    hand = Tamperer(sealed, random.Random(kind.__name__).randrange(1000))
    with sealed.transaction(force_rollback=True):
        kind(hand)
        assert hand.fault() in {"entry_altered", "entry_removed", "entry_inserted", "seal_missing"}


def test_sealing_makes_nobody_wait(database: World, desk: Desk) -> None:
    for _ in range(5):
        desk.act((add_wallet,))
    done = threading.Event()

    def write() -> None:
        with database.connect("maker") as maker:
            maker.execute("SET statement_timeout = '5s'")
            for n in range(20):
                maker.execute(
                    "SELECT wbo.add_wallet('C100021', %s, %s, 'while it is sealed')", (NETWORK, f"0x{n:040x}")
                )
        done.set()

    with database.connect("worker") as worker, worker.transaction():
        assert one(worker, "SELECT wbo_chain.seal_audit(10000)") > 0
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        assert done.wait(20), "writers wait for the sealer"
    writer.join(5)
    with database.connect("superuser") as superuser:
        seal(superuser)
        assert one(superuser, "SELECT fault FROM wbo_rule.verify_entries()") is None


def test_an_open_transaction_is_sealed_after_it_ends(
    database: World, superuser: psycopg.Connection[Any]
) -> None:
    """A writer that began before the sealing and commits after it is sealed by the next."""
    with database.connect("maker") as maker:
        with maker.transaction():
            maker.execute("SELECT wbo.add_wallet('C100021', 'Ethereum', '0x' || repeat('cd', 20), 'slow')")
            with database.connect("worker") as worker:
                worker.execute("SELECT wbo_chain.seal_audit(10000)")
        seal(superuser)
    sealed = (
        "SELECT count(*) FROM wbo_data.audit_seal JOIN wbo_data.audit_entry USING (seq) WHERE remark = 'slow'"
    )
    assert one(superuser, sealed) == 1
    assert one(superuser, "SELECT fault FROM wbo_rule.verify_entries()") is None
