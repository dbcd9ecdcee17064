"""The demo's ninety days: what the log says is what the tables hold, and yesterday's deposits can be refunded today."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import psutil
import pytest

from wbo_demo import history
from wbo_demo.beside import at_work
from wbo_demo.stack import LASTING_STATES, Stack, running

TABLES = {
    "client": ("client", "client_no"),
    "custodial_account": ("custodial_account", "concat_ws(' ', network, address)"),
    "wallet": ("wallet_address", "id::text"),
    "application": ("deposit_application", "external_serial"),
    "deposit": ("deposit", "record_no"),
    "refund": ("refund", "refund_no"),
    "refund_approval": ("refund_approval", "concat_ws(' ', refund_no, login)"),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A new world with its past."""
    with running(tmp_path_factory.mktemp("demo"), 0.5, history=True) as stack:
        yield stack


def rows(demo: Stack, query: str, *values: object) -> list[tuple[Any, ...]]:
    with demo.world.connect("superuser") as root:
        return root.execute(query.encode(), values).fetchall()


def test_it_is_an_ordinary_desk(demo: Stack) -> None:
    counts = dict(rows(demo, "SELECT status, count(*) FROM wbo.deposit_record GROUP BY 1"))
    total = sum(counts.values())
    assert total > 1500
    assert 0.8 < counts["success"] / total < 0.95
    assert set(counts) == {"success", "refunded", "deleted", "cancelled", "abnormal", "pending_auth"}
    reasons = {
        reason for (reason,) in rows(demo, "SELECT reason FROM wbo.deposit_record WHERE status = 'abnormal'")
    }
    assert len(reasons) >= 3
    ((coins, networks, clients, days),) = rows(
        demo,
        "SELECT count(DISTINCT coin), count(DISTINCT network), count(DISTINCT client_no),"
        " extract(day FROM max(created_at) - min(created_at)) FROM wbo.deposit_record",
    )
    assert (coins, networks) == (5, 2)
    assert clients > 100
    assert days >= 88
    ((unmatched, refunds),) = rows(
        demo, "SELECT (SELECT count(*) FROM wbo.unmatched_transfer), (SELECT count(*) FROM wbo.refund)"
    )
    assert unmatched > 10
    ((transfers, served),) = rows(
        demo,
        "SELECT (SELECT count(*) FROM wbo_data.chain_transfer), (SELECT count(*) FROM wbo_data.transfer_holder h"
        " JOIN wbo_data.deposit d USING (record_no) WHERE h.credited = (d.credited_at IS NOT NULL))",
    )
    assert transfers == served + unmatched
    assert refunds > 50


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_every_row_is_the_sum_of_its_entries(demo: Stack, kind: str) -> None:
    table, key = TABLES[kind]
    ignored = {"is_contract"} if kind == "wallet" else set()
    states: dict[str, dict[str, Any]] = {}
    entries = rows(
        demo,
        "SELECT object_id, before, after FROM wbo_data.audit_entry WHERE object_type = %s ORDER BY seq",
        kind,
    )
    for object_id, before, after in entries:
        state = states.setdefault(object_id, {})
        assert (before is None) == (not state), object_id
        assert all(state[name] == value for name, value in (before or {}).items()), object_id
        assert set(before or after) == set(after)
        state.update(after)
    held = dict(rows(demo, f"SELECT {key}, to_jsonb(t) FROM wbo_data.{table} t"))
    assert {name: {k: v for k, v in row.items() if k not in ignored} for name, row in held.items()} == states


def test_every_move_is_one_that_a_status_may_make(demo: Stack) -> None:
    assert (
        rows(
            demo,
            "SELECT DISTINCT e.object_type, e.before ->> 'status', e.after ->> 'status' FROM wbo_data.audit_entry e"
            " WHERE e.object_type IN ('deposit', 'refund', 'wallet') AND e.before ? 'status' AND NOT EXISTS ("
            " SELECT FROM wbo_data.status_move m WHERE m.object_type = e.object_type"
            " AND m.from_status = e.before ->> 'status' AND m.to_status = e.after ->> 'status')",
        )
        == []
    )


def test_the_log_is_sealed_and_in_the_order_of_its_times(demo: Stack) -> None:
    ((entries, sealed, fault),) = rows(demo, "SELECT entries, sealed, fault FROM wbo_rule.verify_entries()")
    assert fault is None
    assert entries == sealed > 5000
    assert (
        rows(
            demo,
            "SELECT seq FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS before FROM wbo_data.audit_entry) AS e"
            " WHERE at < before",
        )
        == []
    )
    assert (
        rows(
            demo,
            "SELECT e.seq FROM wbo_data.audit_entry e JOIN wbo_data.audit_seal s USING (seq)"
            " WHERE s.sealed_at NOT BETWEEN e.at AND e.at + interval '5 seconds'",
        )
        == []
    )


async def test_a_deposit_of_before_is_refunded_on_the_chain_of_now(demo: Stack) -> None:
    async with at_work(demo) as board:
        await history.this_morning(demo.world)
        ((refund_no, version, address, coin, amount),) = rows(
            demo,
            "SELECT refund_no, version, address, coin, amount_base FROM wbo.refund WHERE status = 'approved' LIMIT 1",
        )
        token = demo.world.tokens[coin]
        before = token.balance_of(address)
        with demo.world.connect("maker") as maker:
            maker.execute("SELECT wbo.execute_refund(%s, %s)", (refund_no, version))
        deadline = monotonic() + 40
        while rows(demo, "SELECT status FROM wbo.refund WHERE refund_no = %s", refund_no) != [("confirmed",)]:
            assert monotonic() < deadline, rows(
                demo, "SELECT * FROM wbo.refund WHERE refund_no = %s", refund_no
            )
            await asyncio.sleep(0.05)
        assert token.balance_of(address) - before == amount
        assert board.troubles() == []
    live = "SELECT count(*) FROM wbo.refund WHERE status IN ('requested', 'approved')"
    ((waiting,),) = rows(demo, live)
    assert waiting >= 3


def test_the_nodes_do_not_mine_by_themselves(demo: Stack) -> None:
    """One that does, every two seconds or less, keeps 1,500 states, each as long as its chain: gigabytes in a day."""
    for chain in demo.chains.values():
        words = psutil.Process(chain.pid).cmdline()
        assert "--no-mining" in words
        assert words[words.index("--prune-history") + 1] == str(LASTING_STATES)


def test_the_world_is_found_again(demo: Stack, tmp_path: Path) -> None:
    kept = json.loads((demo.folder / "world.json").read_text())
    assert kept["history"] is True
    again = history.crowd(demo.world)
    assert [client.wallet.address for client in again] == [c.wallet.address for c in demo.world.crowd]
    assert demo.chain.head() >= history.FIRST_BLOCKS["Ethereum"]
