"""Refunds to send: credited records made in bulk, requested, approved and executed as operators do; and the sum on chain."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg

from wbo_demo.chain import Chain
from wbo_demo.world import NETWORK, DemoClient, World
from wbo_desktop.chain.evm.blocks import TRANSFER_TOPIC
from wbo_desktop.domain.types import checksum_address, from_base_units

_CREDIT = """
WITH mark AS (SELECT * FROM wbo_data.block WHERE network = %(network)s AND canonical ORDER BY number LIMIT 1),
application AS (
    INSERT INTO wbo_data.deposit_application
        (external_serial, client_no, coin_id, amount_base, source_address, target_address, txid, requested_at)
    SELECT s.serial, %(client)s, k.id, s.amount, %(wallet)s, %(custodial)s, s.txid, now()
    FROM unnest(%(serials)s::text[], %(txids)s::text[], %(amounts)s::numeric[]) AS s (serial, txid, amount)
    CROSS JOIN wbo_data.cryptocurrency k
    WHERE k.code = %(coin)s AND k.network = %(network)s RETURNING *
), transfer AS (
    INSERT INTO wbo_data.chain_transfer
        (network, block_number, block_hash, txid, log_index, coin_id, sender, recipient, amount_base, custodial_id)
    SELECT m.network, m.number, m.hash, a.txid, 0, a.coin_id, %(wallet)s, %(custodial)s, a.amount_base, c.id
    FROM application a, mark m, wbo_data.custodial_account c
    WHERE c.network = m.network AND c.address = %(custodial)s RETURNING *
)
INSERT INTO wbo_data.deposit
    (record_no, external_serial, client_no, coin_id, network, claimed_base, source_address, target_address, txid,
     required_confirmations)
SELECT a.external_serial, a.external_serial, a.client_no, a.coin_id, t.network, a.amount_base, a.source_address,
       a.target_address, a.txid, %(confirmations)s
FROM application a JOIN transfer t ON t.txid = a.txid
"""


def credit(
    world: World, coin: str, base_units: int, count: int = 1, client: DemoClient | None = None
) -> list[str]:
    """That many credited records; the network must be tracked. Their money is only written down, not on chain.

    It is said to be in the oldest block stored, which no reorganisation of a test reaches.
    """
    return credit_each(world, coin, [base_units] * count, client)


def credit_each(
    world: World, coin: str, amounts: Sequence[int], client: DemoClient | None = None
) -> list[str]:
    """A credited record of each amount."""
    who = client or world.clients[0]
    tag = secrets.token_hex(4)
    serials = [f"DP{tag}{n:05d}" for n in range(len(amounts))]
    with world.connect("superuser") as connection, connection.transaction():
        connection.execute(
            _CREDIT.encode(),
            {
                "network": NETWORK,
                "client": who.client_no,
                "coin": coin,
                "amounts": list(amounts),
                "wallet": who.wallet.address,
                "custodial": who.custodial,
                "serials": serials,
                "txids": ["0x" + secrets.token_hex(32) for _ in serials],
                "confirmations": 3,
            },
        )
        for status, more in (
            ("processing", "transfer_id = t.id, confirm_height = t.block_number"),
            ("success", "credited_base = t.amount_base, credited_at = now()"),
        ):
            connection.execute(
                f"UPDATE wbo_data.deposit d SET status = '{status}', {more} FROM wbo_data.chain_transfer t"
                " WHERE t.txid = d.txid AND d.record_no = ANY (%s)".encode(),
                (serials,),
            )
        connection.execute("DELETE FROM wbo_data.deposit_check WHERE record_no = ANY (%s)", (serials,))
    return serials


def approve(
    world: World, records: Iterable[str], to: str | None = None, acknowledged: str | None = None
) -> list[str]:
    """Refunds of the whole amount, requested by maker and approved by checker; their numbers.

    `acknowledged`: the risk about which the client was asked.
    """
    numbers = []
    with world.connect("maker") as maker, world.connect("checker") as checker:
        for record in records:
            row = maker.execute(
                "SELECT source_address, credited_amount FROM wbo.deposit_record WHERE record_no = %s",
                (record,),
            ).fetchone()
            assert row is not None
            found = maker.execute(
                "SELECT wbo.request_refund(%s, %s, %s, NULL, 'client asked', %s)",
                (record, to or row[0], row[1], acknowledged),
            ).fetchone()
            assert found is not None
            checker.execute("SELECT wbo.approve_refund(%s, 1)", (found[0],))
            numbers.append(found[0])
    return numbers


def execute(world: World, refunds: Iterable[str]) -> None:
    """Execute approved refunds, in a session young enough."""
    with world.connect("maker") as maker:
        for refund in refunds:
            maker.execute(
                "SELECT wbo.execute_refund(%s, (SELECT version FROM wbo.refund WHERE refund_no = %s))",
                (refund, refund),
            )


def executing(
    world: World, coin: str, base_units: int, count: int = 1, client: DemoClient | None = None
) -> list[str]:
    """Refunds that only wait for the sender."""
    numbers = approve(world, credit(world, coin, base_units, count, client))
    execute(world, numbers)
    return numbers


@dataclass(frozen=True)
class Paid:
    """One transfer that the hot wallet made, as the chain shows it. `token` is None for the native coin."""

    txid: str
    nonce: int
    token: str | None
    address: str
    amount: int


def payments(chain: Chain, wallet: str, from_block: int = 0) -> list[Paid]:
    """Everything the hot wallet paid out in the canonical chain, read from the blocks and logs themselves."""
    found = []
    for number in range(from_block, chain.head() + 1):
        for tx in chain.rpc("eth_getBlockByNumber", hex(number), True)["transactions"]:
            if tx["from"].lower() == wallet.lower():
                found += _moved(tx, chain.rpc("eth_getTransactionReceipt", tx["hash"]))
    return found


def _moved(tx: dict[str, Any], receipt: dict[str, Any]) -> Iterator[Paid]:
    nonce, value = int(tx["nonce"], 16), int(tx["value"], 16)
    if receipt["status"] == "0x1" and value:
        yield Paid(tx["hash"], nonce, None, checksum_address(tx["to"]), value)
    for log in receipt["logs"]:
        if log["topics"][0] == TRANSFER_TOPIC:
            to = checksum_address("0x" + log["topics"][2][-40:])
            yield Paid(tx["hash"], nonce, checksum_address(log["address"]), to, int(log["data"], 16))


def rows(connection: psycopg.Connection[Any], query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Shorthand."""
    return list(connection.execute(query.encode(), values).fetchall())


def known_transactions(world: World) -> set[str]:
    """TXIDs of the hot wallet that this database signed, or that an administrator has explained."""
    with world.connect("superuser") as connection:
        return {
            txid
            for (txid,) in rows(
                connection,
                "SELECT txid::text FROM wbo_data.refund_attempt UNION"
                " SELECT txid::text FROM wbo_data.hot_wallet_transaction WHERE explanation IS NOT NULL",
            )
        }


def assert_sums_agree(world: World, from_block: int, foreign: Collection[str] = ()) -> None:
    """What the hot wallet paid on chain is, coin by coin and address by address, what the database says refunds moved.

    A payment that the database knows nothing of is one too many, unless it is among those that the test made by hand
    (`foreign`, TXIDs).
    """
    assert world.chain is not None
    coins = {}
    booked: Counter[tuple[str, str]] = Counter()
    with world.connect("superuser") as connection:
        for code, contract, decimals in rows(
            connection, "SELECT code, contract, decimals FROM wbo_data.cryptocurrency"
        ):
            coins[contract] = (code, decimals)
        ours = {txid for (txid,) in rows(connection, "SELECT txid FROM wbo_data.refund_attempt")}
        for code, address, amount in rows(
            connection,
            "SELECT coin, address, sum(amount) FROM wbo.refund WHERE status = 'confirmed'"
            " OR (status = 'confirming' AND failure IS DISTINCT FROM 'transfer_not_seen_on_chain') GROUP BY 1, 2",
        ):
            booked[code, address] += amount
    moved: Counter[tuple[str, str]] = Counter()
    paid = payments(world.chain, world.hot_wallet.address, from_block)
    unknown = {one.txid for one in paid} - known_transactions(world) - set(foreign)
    assert not unknown, f"the hot wallet paid by transactions that the database does not know: {unknown}"
    for one in paid:
        if one.txid in ours:
            code, decimals = coins[one.token]
            moved[code, one.address] += from_base_units(one.amount, decimals)
    assert {k: Decimal(v) for k, v in moved.items()} == {k: Decimal(v) for k, v in booked.items()}
