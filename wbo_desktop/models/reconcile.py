"""Reconciliation of a stopped hot wallet: every transaction that the chain has and the database does not is
explained, then refunds are sent again. Needs a member of the owner role; `wbo-desktop reconcile` prints the
lines made here.

A database restored from a backup has forgotten what it signed afterwards. The chain's count of the wallet's
transactions says how many there were, the tracker reads them again, and each is one of three: the payment of
a refund that this database still has, the payment of one that it has forgotten, or no refund.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

import psycopg

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import Address, TxHash, parse_tx_hash
from wbo_desktop.models.connection import refusals


class SignedFees(Protocol):
    """`chain.refunds.fees.Fees`."""

    @property
    def fee_cap(self) -> int: ...
    @property
    def tip(self) -> int: ...


class Signed(Protocol):
    """What signed bytes do, read out of them; `chain.signed.SignedIntent`."""

    @property
    def gas(self) -> int: ...
    @property
    def fees(self) -> SignedFees: ...


class ChainSide(Protocol):
    """The chain, as `chain.recovered.ChainSide` asks it."""

    def counts(self, wallet: Address) -> tuple[int, int]: ...
    def signed(self, txid: TxHash) -> tuple[bytes, Signed] | None: ...


@dataclass(frozen=True, slots=True)
class Orders:
    """The administrator's explanations of transactions, by TXID.

    Attributes:
        pays: the number of the refund that it paid.
        paid_out: the number of the record that it paid out, whose refund the database has forgotten; that
            record is never refunded again.
        foreign: those that paid no refund.
    """

    pays: Mapping[str, str] = field(default_factory=dict)
    paid_out: Mapping[str, str] = field(default_factory=dict)
    foreign: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.pays or self.paid_out or self.foreign)


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a comparison: lines for the administrator; `sending` when refunds are sent (again)."""

    sending: bool
    lines: tuple[str, ...]


def reconcile(
    connection: psycopg.Connection[Any],
    network: str,
    chain: ChainSide,
    orders: Orders | None = None,
    remark: str = "",
) -> Findings:
    """Carries out `orders` and compares again; the wallet sends again when nothing is left and `remark` gives
    a reason.

    Raises:
        RuleViolation: `hot_wallet_missing`, `remark_blank`, `unknown_object`, `status_forbids`: nothing was
            changed.
    """
    with refusals(), connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        wallet = Address(_unreconciled(connection, network, 0)["address"])
        mined, pending = chain.counts(wallet)
        _carry_out(connection, network, chain, orders or Orders(), remark)
        unreconciled = _unreconciled(connection, network, mined)
        left = tuple(_left(network, unreconciled, mined, pending))
        if left:
            return Findings(False, (*_heading(unreconciled, mined, pending), *left))
        if unreconciled["stopped_reason"] is None and unreconciled["same_database"]:
            return Findings(
                True, (f"{wallet} on {network} agrees with the chain: {mined} sent. Nothing to do.",)
            )
        if not remark.strip():
            ask = (
                f'Nothing is left to explain. To send again: wbo-desktop reconcile "{network}" --remark "why"'
            )
            return Findings(False, (*_heading(unreconciled, mined, pending), *_caution(unreconciled), ask))
        connection.execute(
            "SELECT wbo_rule.reconcile_hot_wallet(%s, %s, %s, %s)", (network, mined, pending, remark)
        )
        return Findings(
            True,
            (f"{wallet} on {network} sends again, from nonce {max(mined, unreconciled['next_nonce'])}.",),
        )


def chain_of(connection: psycopg.Connection[Any], network: str) -> tuple[list[str], int]:
    """The network's endpoints and chain id.

    Raises:
        RuleViolation: `unknown_object`: there is no such network.
    """
    with refusals(), connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        found = connection.execute(
            "SELECT rpc_urls, chain_id FROM wbo_data.network WHERE name = %s", (network,)
        ).fetchone()
    if found is None:
        raise RuleViolation("unknown_object", object="network", id=network)
    return found[0], found[1]


def _unreconciled(connection: psycopg.Connection[Any], network: str, mined: int) -> dict[str, Any]:
    found = connection.execute("SELECT wbo_rule.hot_wallet_unreconciled(%s, %s)", (network, mined)).fetchone()
    if found is None or found[0] is None:
        raise RuleViolation("hot_wallet_missing", network=network)
    unreconciled: dict[str, Any] = found[0]
    return unreconciled


def _carry_out(
    connection: psycopg.Connection[Any], network: str, chain: ChainSide, orders: Orders, remark: str
) -> None:
    for txid, refund_no in orders.pays.items():
        found = chain.signed(parse_tx_hash(txid))
        if found is None:
            raise RuleViolation("unknown_object", object="hot_wallet_transaction", id=txid)
        raw, signed = found
        fees = (Decimal(signed.fees.fee_cap), Decimal(signed.fees.tip))
        connection.execute(
            "SELECT wbo_rule.adopt_transaction(%s, %s, %s, %s, %s, %s, %s, %s)",
            (network, txid, refund_no, raw, *fees, signed.gas, remark),
        )
    explained = [*orders.paid_out.items(), *((txid, None) for txid in orders.foreign)]
    for txid, record_no in explained:
        connection.execute(
            "SELECT wbo_rule.explain_transaction(%s, %s, %s, %s)", (network, txid, record_no, remark)
        )


# ---------------------------------------------------------------- in words


def _heading(unreconciled: Mapping[str, Any], mined: int, pending: int) -> Iterator[str]:
    why = unreconciled["stopped_reason"] or (
        "running" if unreconciled["same_database"] else "reconciliation_needed"
    )
    yield f"Hot wallet {unreconciled['address']}: {why}."
    yield (
        f"Sent by the chain's count: {mined} ({pending - mined} more in the pool). "
        f"Signed by this database: up to {unreconciled['next_nonce']}."
    )
    if not unreconciled["same_database"]:
        yield "This database was restored or failed over since it last signed."


def _caution(unreconciled: Mapping[str, Any]) -> Iterator[str]:
    if not unreconciled["same_database"]:
        yield (
            "A transaction that was signed after the backup and that no node shows now can still be mined while some "
            "node keeps it (geth: three hours). Unless you know that none was signed, wait that long and look again."
        )


def _left(network: str, unreconciled: Mapping[str, Any], mined: int, pending: int) -> Iterator[str]:
    """A line for each transaction that is not explained, with the command that explains it."""
    if unreconciled["unread"]:
        yield (
            f"{unreconciled['unread']} of its transactions are in blocks that are not stored yet (stored up to "
            f"{unreconciled['checkpoint']}). Let the worker run, it sends nothing meanwhile; then look again."
        )
    unseen = pending - max(mined, unreconciled["next_nonce"])
    if unseen > 0:
        yield f"{unseen} transactions wait in the pool that this database does not know. Wait until they are mined or gone."
    for one in unreconciled["unknown"]:
        yield from _unknown(network, one)


def _unknown(network: str, one: Mapping[str, Any]) -> Iterator[str]:
    done = "succeeded" if one["succeeded"] else "failed"
    yield f"Unknown: nonce {one['nonce']}, block {one['block_number']}, {done}, TXID {one['txid']}"
    for moved in one["transfers"]:
        whose = f" (client {moved['client_no']})" if moved["client_no"] else ""
        yield f"    paid {moved['amount']} {moved['coin']} to {moved['recipient']}{whose}"
    command = f'wbo-desktop reconcile "{network}" --remark "why"'
    for refund in one["refunds"]:
        if refund["status"] == "requested":
            yield f"    {refund['refund_no']} asks for the same: reject it, then use --paid-out with its record"
        else:
            yield f"    if it is the payment of {refund['refund_no']}: {command} --pays {one['txid']}={refund['refund_no']}"
    for record in one["records"]:
        yield (
            f"    if it paid out {record['record_no']} by a refund that was forgotten: "
            f"{command} --paid-out {one['txid']}={record['record_no']}"
        )
    yield f"    if it has nothing to do with refunds: {command} --foreign {one['txid']}"
