"""The ninety days before the demo's first: a few hundred clients, and their deposits as an ordinary desk
handled them.

Written set-wise by `history.sql`, so that a first start stays short; then sealed as the worker would have.
"""

from __future__ import annotations

import asyncio
import hashlib
from importlib import resources
from typing import Any

import psycopg
from eth_utils.address import to_checksum_address

from wbo_demo import world
from wbo_demo.chain import Chain
from wbo_demo.people import Person, people
from wbo_demo.world import DemoClient, World
from wbo_desktop.domain.types import Address, parse_address

CLIENTS = 240
DAYS = 90
PER_DAY = 20
FIRST_BLOCKS = {"Ethereum": 24_100_000, "Polygon": 79_600_000}
"""The first block of each local chain in a world with a history, to which the blocks before belong."""

_LOGINS = ("owner", "intake", "worker", "maker", "checker")


def crowd(made: World) -> list[DemoClient]:
    """The clients of the history, who go on depositing; the same for the same data folder."""
    assert made.chain is not None
    account = made.chain.account
    return [
        DemoClient(
            person.client_no,
            person.securities_account,
            account(f"wallet {person.client_no}"),
            _state(n),
            _custodial(person, ""),
        )
        for n, person in enumerate(people(CLIENTS))
    ]


def _state(n: int) -> str:
    return "unverified" if n % 17 == 5 else "verified"


def _custodial(person: Person, network: str) -> Address:
    """The address of a custodial account without a known key: coins only ever arrive there."""
    return parse_address(to_checksum_address(hashlib.sha256(f"{network}{person}".encode()).digest()[:20]))


def write(made: World, clients: list[DemoClient]) -> None:
    """Writes the history into a new world, before its worker has run, and sets the chains' nonces for it."""
    script = (resources.files(__package__) / "history.sql").read_bytes()
    rows = [
        (n, *person, client.wallet.address, client.custodial, _custodial(person, "Polygon "), client.status)
        for n, (person, client) in enumerate(zip(people(CLIENTS), clients, strict=True))
    ]
    settings = {name: made.logins[name].login for name in _LOGINS} | {
        "hot_wallet": made.hot_wallet.address,
        "days": str(DAYS),
        "per_day": str(PER_DAY),
        "first_block": str(FIRST_BLOCKS["Ethereum"]),
        "second_block": str(FIRST_BLOCKS["Polygon"]),
    }
    with made.connect("superuser") as connection:
        with connection.transaction():
            connection.execute(
                "CREATE TEMPORARY TABLE crowd (n integer, client_no text, securities_account text, name_en text,"
                " name_zh_hk text, name_zh_cn text, wallet text, custodial text, second_custodial text, state text)"
                " ON COMMIT DROP"
            )
            with connection.cursor().copy("COPY crowd FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            for name, value in settings.items():
                connection.execute("SELECT set_config(%s, %s, true)", (f"demo.{name}", value))
            connection.execute(script)
        _seal(made)
        paid = connection.execute(
            "SELECT network, count(*) FROM wbo_data.refund WHERE nonce IS NOT NULL GROUP BY 1"
        ).fetchall()
        for table in ("deposit", "deposit_application", "chain_transfer", "audit_entry", "audit_seal"):
            connection.execute(f"ANALYZE wbo_data.{table}".encode())
        for network in FIRST_BLOCKS:
            _begin_tracking(connection, network, made.ledger(network).chain)
    for network, count in paid:
        made.ledger(network).chain.rpc("anvil_setNonce", made.hot_wallet.address, hex(count))


def _begin_tracking(connection: psycopg.Connection[Any], network: str, chain: Chain) -> None:
    """Sets the checkpoint to the local chain's newest block, since the history's blocks are on no node."""
    head = chain.rpc("eth_getBlockByNumber", "latest", False)
    number = int(head["number"], 16)
    connection.execute(
        "INSERT INTO wbo_data.block (network, number, hash, parent_hash, mined_at) VALUES (%s, %s, %s, %s, now())",
        (network, number, head["hash"], head["parentHash"]),
    )
    connection.execute(
        "INSERT INTO wbo_data.checkpoint (network, number, hash, head_number) VALUES (%s, %s, %s, %s)",
        (network, number, head["hash"], number),
    )


def _seal(made: World) -> None:
    """Seals the log, each entry a second after it was written."""
    with made.connect("superuser") as connection, connection.transaction():
        connection.execute("SELECT wbo_rule.seal_entries(1000000)")
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "UPDATE wbo_data.audit_seal s SET sealed_at = e.at + interval '1 second'"
            " FROM wbo_data.audit_entry e WHERE e.seq = s.seq"
        )


async def this_morning(made: World, requested: int = 5, approved: int = 2) -> None:
    """Requests refunds that wait for approval and for execution, unless some wait already.

    They are real acts of the demo's operators, done once the worker has reported the hot wallets' balances.
    """
    known = False
    while not known:
        await asyncio.sleep(0.5)
        known = await asyncio.to_thread(_wallets_are_known, made)
    await asyncio.to_thread(_ask_for_refunds, made, requested, approved)


def _wallets_are_known(made: World) -> bool:
    with made.connect("maker") as maker:
        row = maker.execute(
            "SELECT count(*) FILTER (WHERE checked_at IS NOT NULL) = (SELECT count(*) FROM wbo.network) FROM wbo.hot_wallet"
        ).fetchone()
    return bool(row and row[0])


def _ask_for_refunds(made: World, requested: int, approved: int) -> None:
    with made.connect("maker") as maker, made.connect("checker") as checker:
        if maker.execute(
            "SELECT 1 FROM wbo.refund WHERE status IN ('requested', 'approved') LIMIT 1"
        ).fetchone():
            return
        found = maker.execute(
            "SELECT DISTINCT ON (d.created_at, d.record_no) d.record_no, d.observed_source, d.credited_amount"
            " FROM wbo.deposit_record d JOIN wbo.refund_address a"
            "   ON a.client_no = d.client_no AND a.network = d.network AND a.address = d.observed_source"
            " WHERE d.status = 'success' AND d.refund_no IS NULL AND d.network = %s AND d.coin <> 'ETH'"
            " ORDER BY d.created_at DESC, d.record_no LIMIT %s",
            (world.NETWORK, requested),
        ).fetchall()
        for record_no, address, amount in found:
            maker.execute(
                "SELECT wbo.request_refund(%s, %s, %s, NULL, '客戶要求退幣')", (record_no, address, amount)
            )
        waiting = checker.execute(
            "SELECT refund_no, version FROM wbo.refund WHERE status = 'requested' ORDER BY refund_no LIMIT %s",
            (approved,),
        ).fetchall()
        for refund_no, version in waiting:
            checker.execute("SELECT wbo.approve_refund(%s, %s)", (refund_no, version))
