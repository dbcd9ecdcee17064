"""The refund sender's side of the database: the functions of `schema/code/61_sending.sql`, called as the
worker's login."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from wbo_desktop.domain.refund import RefundIntent, RefundStatus
from wbo_desktop.domain.sending import WalletStop
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.services.sending import (
    FeeEstimate,
    HeldCoin,
    HotWallet,
    NewAttempt,
    RefundWork,
    SendingWork,
    StoredAttempt,
)
from wbo_desktop.services.tracking import Lease


class PostgresRefundStore:
    """The implementation of `services.sending.RefundStore`, on the connection that the tracker uses."""

    def __init__(self, chain: ChainStore) -> None:
        self._chain = chain

    def register(self, lease: Lease, address: Address, mined: int, pending: int) -> HotWallet:
        return _wallet(self._value("register_hot_wallet", lease, address, mined, pending))

    def work(self, lease: Lease) -> SendingWork:
        found = self._value("refund_work", lease)
        wallet = found["wallet"]
        return SendingWork(
            wallet=_wallet(wallet) if wallet else None,
            looked_ago=wallet["looked_ago"] if wallet else None,
            coins=tuple(HeldCoin(c["code"], _address(c["contract"]), c["decimals"]) for c in found["coins"]),
            refunds=tuple(_refund(one) for one in found["refunds"]),
        )

    def store_signed(self, lease: Lease, refund_no: str, version: int, attempt: NewAttempt) -> int:
        number: int = self._value(
            "store_signed",
            lease,
            refund_no,
            version,
            attempt.sender,
            attempt.nonce,
            attempt.txid,
            attempt.raw,
            Decimal(attempt.fee_cap),
            Decimal(attempt.tip),
            attempt.gas,
        )
        return number

    def bytes_to_send(self, lease: Lease, txid: TxHash) -> bytes:
        return bytes.fromhex(self._value("bytes_to_send", lease, txid))

    def mark_broadcast(self, lease: Lease, txid: TxHash, answer: str, maybe_sent: bool) -> None:
        """Stores a node's answer to an attempt, and whether it may have been sent."""
        self._value("mark_broadcast", lease, txid, answer, maybe_sent)

    def note(self, lease: Lease, refund_no: str, failure: str | None) -> None:
        self._value("note_refund", lease, refund_no, failure)

    def note_contract(self, lease: Lease, address: Address) -> None:
        self._chain.note_contracts(lease, {address: True})

    def report_balances(
        self, lease: Lease, balances: Mapping[str, Decimal], fees: FeeEstimate | None = None
    ) -> None:
        """Stores the hot wallet's balances, in units by coin, and what refunds cost now."""
        estimate = {} if fees is None else {"held": fees.held, "native": fees.native, "token": fees.token}
        self._value("report_balances", lease, Jsonb(_as_text(balances)), Jsonb(_as_text(estimate)))

    def stop(self, lease: Lease, reason: WalletStop) -> None:
        """Stops the wallet: nothing is signed until the owner has reconciled it."""
        self._value("stop_hot_wallet", lease, reason)

    def _value(self, function: str, lease: Lease, *arguments: Any) -> Any:
        return self._chain.call(function, lease.network, lease.epoch, *(_plain(a) for a in arguments))


def _plain(value: Any) -> Any:
    # a StrEnum would be sent as an enum type of the server's
    return str(value) if isinstance(value, str) else value


def _as_text(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: f"{amount:f}" for name, amount in amounts.items()}


def _address(text: str | None) -> Address | None:
    return None if text is None else Address(text)


def _wallet(found: Mapping[str, Any]) -> HotWallet:
    return HotWallet(Address(found["address"]), found["next_nonce"], found["stopped_reason"])


def _refund(found: Mapping[str, Any]) -> RefundWork:
    return RefundWork(
        refund_no=found["refund_no"],
        version=found["version"],
        status=RefundStatus(found["status"]),
        intent=RefundIntent(
            refund_no=found["refund_no"],
            record_no=found["record_no"],
            chain_id=found["chain_id"],
            token=_address(found["token"]),
            address=Address(found["address"]),
            amount=int(found["amount"]),
        ),
        intent_text=found["intent"],
        intent_hash=found["intent_hash"],
        coin=found["coin"],
        stop_level=int(found["stop_level"]),
        failure=found["failure"],
        hot_wallet=_address(found["hot_wallet"]),
        nonce=found["nonce"],
        is_contract=found["is_contract"],
        attempts=tuple(
            StoredAttempt(
                attempt=one["attempt"],
                txid=TxHash(one["txid"]),
                raw=bytes.fromhex(one["raw"]),
                sent=one["sent"],
                age=one["age"],
                last_answer=one["last_answer"] or "",
            )
            for one in found["attempts"]
        ),
    )
