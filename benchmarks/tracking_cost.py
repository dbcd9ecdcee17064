"""What a block costs the tracker, whatever is pending: requests to the node and round trips to the database.

Beside it the common way: one request for each pending transaction at each block. Then 10,000 blocks are caught up,
with a new tracker half way, as after a restart.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic

from benchmarks._report import Row
from benchmarks._tracking import tracking
from benchmarks._world import broker
from wbo_demo.world import World
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.chain.tracking.tracker import TrackerRules

PENDING = (10, 1_000, 10_000, 100_000)
ACCOUNTS = 100_000
BLOCKS = 12
TRANSFERS = 20
CATCH_UP = 10_000
PEER_UP_TO = 10_000

FILL = """
INSERT INTO wbo_data.deposit_application (external_serial, client_no, coin_id, amount_base, source_address,
                                          target_address, txid, requested_at)
SELECT 'BENCH-' || n, 'C100021', k.id, 5000000, %(source)s,
       '0x' || substr(encode(sha256(('account' || n)::bytea), 'hex'), 1, 40),
       CASE WHEN n %% 2 = 0 THEN '0x' || encode(sha256(n::text::bytea), 'hex') END, now()
FROM generate_series(%(first)s::integer, %(last)s::integer) AS n, wbo_data.cryptocurrency k WHERE k.code = 'USDT';
INSERT INTO wbo_data.deposit (record_no, external_serial, client_no, coin_id, network, claimed_base, source_address,
                              target_address, txid, required_confirmations, reason)
SELECT external_serial, external_serial, client_no, coin_id, 'Ethereum', amount_base, source_address,
       target_address, txid, 3, 'transfer_not_seen'
FROM wbo_data.deposit_application
WHERE external_serial LIKE 'BENCH-%%' AND substr(external_serial, 7)::integer BETWEEN %(first)s AND %(last)s;
INSERT INTO wbo_data.deposit_check (record_no, network, check_after)
SELECT record_no, network, now() + interval '1 hour' FROM wbo_data.deposit
WHERE txid IS NOT NULL AND record_no LIKE 'BENCH-%%' ON CONFLICT DO NOTHING;
ANALYZE;
"""
MORE_ACCOUNTS = """
INSERT INTO wbo_data.custodial_account (channel, network, address)
SELECT 'OSL', 'Ethereum', '0x' || substr(encode(sha256(('account' || n)::bytea), 'hex'), 1, 40)
FROM generate_series(1, %s::integer) AS n
"""


@dataclass(frozen=True)
class Cost:
    """The dearest block, and the mean time."""

    requests: int
    round_trips: int
    milliseconds: float


def run() -> list[Row]:
    with broker() as made:
        with made.connect("superuser") as connection:
            connection.execute("SET session_replication_role = replica")  # filling in, not acting
            connection.execute(MORE_ACCOUNTS, (ACCOUNTS,))
        rows = []
        before = 0
        for pending in PENDING:
            _fill(made, before, pending)
            before = pending
            ours = asyncio.run(_ours(made))
            peer = asyncio.run(_peer(made, pending)) if pending <= PEER_UP_TO else None
            rows.append(_row(pending, ours, peer))
        rows.append(asyncio.run(_catch_up(made)))
    return rows


def _fill(made: World, before: int, pending: int) -> None:
    client = made.clients[0]
    values = {
        "first": before + 1,
        "last": pending,
        "source": client.wallet.address,
    }
    with made.connect("superuser") as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in FILL.split(";\n"):
            if statement.strip():
                connection.execute(statement.encode(), values)


def _block(made: World) -> None:
    """Transfers to others, and one to us that no record waits for."""
    assert made.chain is not None
    stranger = made.chain.account("a stranger").address
    made.chain.rpc("evm_setAutomine", False)
    for n in range(TRANSFERS):
        to = made.clients[1].custodial if n == 0 else stranger
        made.pay(made.clients[0].wallet, to, "USDT", 1000 + n)
    made.chain.mine()
    made.chain.rpc("evm_setAutomine", True)


async def _ours(made: World) -> Cost:
    async with tracking(made) as by_hand:
        await by_hand.settle()
        requests = trips = 0
        spent = 0.0
        for _ in range(BLOCKS):
            await asyncio.to_thread(_block, made)
            began = monotonic()
            asked, told = await by_hand.settle()
            spent += monotonic() - began
            requests, trips = max(requests, asked), max(trips, told)
        return Cost(requests, trips, spent / BLOCKS * 1000)


async def _peer(made: World, pending: int) -> Cost:
    assert made.chain is not None
    with made.connect("superuser") as connection:
        found = connection.execute(
            "SELECT txid FROM wbo_data.deposit WHERE txid IS NOT NULL AND status = 'pending_auth'"
        )
        txids = [row[0] for row in found.fetchall()]
    client = NodeProvider(made.chain.rpc_url)
    began = monotonic()
    for txid in txids:
        await client.call("eth_getTransactionReceipt", txid)
    spent = (monotonic() - began) * 1000
    await client.close()
    return Cost(len(txids), pending, spent)


def _row(pending: int, ours: Cost, peer: Cost | None) -> Row:
    beside = "not run" if peer is None else f"{peer.requests} requests, {peer.milliseconds:.0f} ms"
    return Row(
        f"tracking_cost, {pending:,} pending".replace(",", " "),
        f"{ours.requests} requests, {ours.round_trips} round trips, {ours.milliseconds:.1f} ms",
        beside,
        None if peer is None else ours.milliseconds / peer.milliseconds,
        "at most 4 requests and 3 round trips a block",
        ours.requests <= 4 and ours.round_trips <= 3,
        f"{ACCOUNTS} custodial accounts, {TRANSFERS} transfers a block",
    )


async def _catch_up(made: World) -> Row:
    assert made.chain is not None
    async with tracking(made) as by_hand:
        await by_hand.settle()
    for _ in range(CATCH_UP // 250):
        made.chain.mine(250)
    began = monotonic()
    async with tracking(made, rules=TrackerRules(lease_seconds=300)) as first:
        while first.tracker.progress.blocks < CATCH_UP // 2:
            await first.tracker.step()
        half, asked = first.tracker.progress.blocks, first.endpoints.requests
    async with tracking(made) as second:
        requests, trips = await second.settle()
        rest = second.tracker.progress.blocks
    seconds = monotonic() - began
    return Row(
        f"tracking_cost, {CATCH_UP:,} blocks caught up".replace(",", " "),
        f"{CATCH_UP / seconds:.0f} blocks/s",
        "",
        None,
        "all of them, each once; fewer than one request a block",
        half + rest == CATCH_UP and asked + requests < CATCH_UP,
        f"{seconds:.1f} s, {asked + requests} requests, {trips} round trips after the restart at half way",
    )
