"""What a refund rests on cannot be changed below it, nor can judging end a record; not even by the owner's hand."""

from __future__ import annotations

from decimal import Decimal

import psycopg
import pytest
from psycopg.types.json import Jsonb

from wbo_demo.clients import Clients
from wbo_demo.records import add_old_records
from wbo_demo.world import World


@pytest.mark.parametrize("change", ["credited_base = credited_base + 1", "transfer_id = NULL"])
def test_a_refunded_credit_is_kept(database: World, change: str) -> None:
    add_old_records(database, 40)
    with database.connect("superuser") as owner:
        owner.execute("SET ROLE wbo_owner")
        refunded = owner.execute("SELECT count(*) FROM wbo_data.deposit WHERE status = 'refunded'").fetchone()
        assert refunded is not None
        assert refunded[0] > 0
        with pytest.raises(psycopg.Error) as refused:
            owner.execute(f"UPDATE wbo_data.deposit SET {change} WHERE status = 'refunded'".encode())
        assert refused.value.sqlstate == "WB422"


def test_a_worker_cannot_end_a_record(database: World) -> None:
    made = Clients(database).submit(database.clients[0], "USDT", Decimal(100))
    with database.connect("worker") as worker, database.connect("viewer") as viewer:
        epoch = worker.execute("SELECT wbo_chain.take_lease('Ethereum', 'test', 60)").fetchone()
        row = viewer.execute(
            "SELECT version FROM wbo.deposit_record WHERE record_no = %s", (made.record_no,)
        ).fetchone()
        assert epoch is not None
        assert row is not None
        decision = {"record_no": made.record_no, "version": row[0], "ticket": 1, "status": "cancelled"}
        # One decision that is refused does not hold up the others: it is dropped.
        worker.execute(
            "SELECT wbo_chain.apply_decisions('Ethereum', %s, %s)",
            (epoch[0], Jsonb({"records": [decision]})),
        )
        after = viewer.execute(
            "SELECT status FROM wbo.deposit_record WHERE record_no = %s", (made.record_no,)
        ).fetchone()
        assert after == ("pending_auth",)
