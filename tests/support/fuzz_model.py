"""What the desk should do, in plain Python: statuses move as domain's tables say, money is what the made-up chain holds.

An act is asked for with the version that was seen last; one that finds its record touched since is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.fuzz_ledger import Payment
from wbo_desktop.domain import deposit, refund, wallet
from wbo_desktop.domain.deposit import DepositStatus as D
from wbo_desktop.domain.refund import RefundStatus as R
from wbo_desktop.domain.wallet import WalletStatus as W

CONFIRMATIONS = 3
TOLERANCE_PERCENT = 5
SETTLED = frozenset({D.SUCCESS, D.REFUNDING, D.REFUNDED, D.REFUND_FAILED})
"""Credited, and nothing has undone it since."""
ACCEPTABLE = frozenset(deposit.ACCEPTABLE)


class Illegal(AssertionError):
    """The model itself made a move that domain's tables do not have: the model is wrong."""


@dataclass
class Seen:
    """A transfer as the database stored it: once for each block that held it."""

    payment: Payment
    number: int
    canonical: bool = True


@dataclass
class Record:
    """A deposit."""

    client: int
    coin: str
    claimed: int
    txid: str | None
    source: str = ""
    target: str = ""
    status: D = D.PENDING_AUTH
    reason: str | None = "transfer_not_seen"
    transfer: int | None = None
    accepted: bool = False
    alarm: bool = False
    credited: int | None = None
    height: int | None = None
    touched: bool = False

    def move(self, to: D) -> None:
        if to is not self.status and to not in deposit.MOVES[self.status]:
            raise Illegal(f"deposit {self.status} → {to}")
        self.status, self.touched = to, True

    def back_to_waiting(self) -> None:
        self.move(D.PENDING_AUTH)
        self.reason, self.transfer, self.height, self.accepted = "transfer_not_seen", None, None, False


@dataclass
class Refund:
    """A refund and the transaction that pays it."""

    record: str
    wallet: int
    amount: int
    status: R = R.REQUESTED
    nonce: int | None = None
    txid: str | None = None
    number: int | None = None
    notified: bool = False
    touched: bool = False

    def move(self, to: R) -> None:
        if to is not self.status and to not in refund.MOVES[self.status]:
            raise Illegal(f"refund {self.status} → {to}")
        self.status, self.touched = to, True


@dataclass
class Wallet:
    """A client's wallet."""

    client: int
    address: str
    status: W
    signed: bool = False
    touched: bool = False

    def move(self, to: W) -> None:
        if to is not self.status and to not in wallet.MOVES[self.status]:
            raise Illegal(f"wallet {self.status} → {to}")
        self.status, self.touched = to, True


@dataclass
class Mined:
    """A transaction of the hot wallet in a block."""

    txid: str
    nonce: int
    number: int
    succeeded: bool
    pays: bool
    canonical: bool = True


@dataclass
class Model:
    """Everything. `minimum` is each coin's smallest deposit; `custodial` each client's account.

    `credited_for`: the record that a TXID (of one payment each, here) was ever credited for.
    """

    minimum: dict[str, int]
    contracts: dict[str, str | None]
    custodial: list[str]
    head: int
    records: dict[str, Record] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    wallets: dict[int, Wallet] = field(default_factory=dict)
    seen: dict[int, Seen] = field(default_factory=dict)
    mined: list[Mined] = field(default_factory=list)
    credited_for: dict[str, str] = field(default_factory=dict)
    next_nonce: int = 0
    stopped: bool = False

    def settle(self) -> None:
        """Nothing is stale any more: what was seen last is what there is."""
        for one in (*self.records.values(), *self.refunds.values(), *self.wallets.values()):
            one.touched = False

    def live(self, record: str) -> list[Refund]:
        return [r for r in self.refunds.values() if r.record == record and r.status in refund.LIVE]

    def verified(self, client: int, address: str) -> bool:
        return any(
            w.client == client and w.address == address and w.status is W.VERIFIED
            for w in self.wallets.values()
        )

    def backs(self, record: Record, transfer: int | None, accepted: bool) -> bool:
        """Whether this transfer is real money of that record's client, of the amount that was claimed."""
        seen = self.seen.get(transfer) if transfer is not None else None
        if seen is None or not seen.canonical:
            return False
        paid = seen.payment
        in_order = (
            paid.contract == self.contracts[record.coin]
            and paid.recipient == self.custodial[record.client]
            and self.verified(record.client, paid.sender)
        )
        fits = (
            paid.amount >= self.minimum[record.coin]
            and paid.amount <= record.claimed
            and paid.amount * 100 >= record.claimed * (100 - TOLERANCE_PERCENT)
        )
        return in_order and (accepted or fits)

    def is_free(self, record: str, transfer: int) -> bool:
        """Whether no other record has this money, in whichever block it is, or was ever credited for it."""
        txid = self.seen[transfer].payment.txid
        held = (r.transfer for n, r in self.records.items() if n != record and r.transfer is not None)
        return self.credited_for.get(txid, record) == record and txid not in {
            self.seen[i].payment.txid for i in held
        }

    def is_on_chain(self, name: str) -> bool:
        """Whether money is on chain for a record that waits: what it was judged by, or what it means."""
        one = self.records[name]

        def is_meant(paid: Payment) -> bool:
            if one.txid is not None:
                return paid.txid == one.txid and paid.recipient == one.target
            wanted = (one.source, one.target, self.contracts[one.coin])
            return (paid.sender, paid.recipient, paid.contract) == wanted

        return any(
            seen.canonical and self.is_free(name, i) and (i == one.transfer or is_meant(seen.payment))
            for i, seen in self.seen.items()
        )

    def rests_on_final(self, record: Record) -> bool:
        """A credit under a refund lost its block, and is in a final one again."""
        return (
            record.alarm
            and record.reason == "reorganised"
            and record.status in (D.REFUNDING, D.REFUNDED, D.REFUND_FAILED)
            and record.height is not None
            and record.height <= self.head
        )

    # what the chain does

    def mine(self, number: int, seen: dict[int, Seen], mined: list[Mined]) -> None:
        """A block; refunds move by the hot wallet's transactions in it and by the ones that are deep enough now."""
        self.head = number
        self.seen |= seen
        self.mined += mined
        for record in self.records.values():
            if record.alarm and record.transfer is not None:
                self._follow(record, seen)
        for one in self.refunds.values():
            if one.status in (R.SIGNED, R.BROADCAST, R.CONFIRMING):
                self._settle_refund(one)

    def _follow(self, record: Record, seen: dict[int, Seen]) -> None:
        """A credit that lost its block finds the same payment in another one."""
        was = self.seen[record.transfer or 0].payment
        for i, new in seen.items():
            if new.payment == was:
                record.transfer, record.height, record.touched = i, new.number + CONFIRMATIONS - 1, True

    def _settle_refund(self, one: Refund) -> None:
        found = next((m for m in self.mined if m.canonical and m.nonce == one.nonce), None)
        if found is None:
            return
        if one.status in (R.SIGNED, R.BROADCAST):
            one.move(R.CONFIRMING)
            one.number = found.number
        if found.number + CONFIRMATIONS - 1 > self.head:
            return
        if found.succeeded and found.pays:
            one.move(R.CONFIRMED)
            self.records[one.record].move(D.REFUNDED)
        elif not found.succeeded:
            one.move(R.FAILED)
            self.records[one.record].move(D.REFUND_FAILED)
        else:
            one.touched = True

    def rewind(self, to: int) -> None:
        """Blocks above a height are undone, and what was built on them."""
        orphans = {i for i, s in self.seen.items() if s.canonical and s.number > to}
        for i in orphans:
            self.seen[i].canonical = False
        for mined in self.mined:
            mined.canonical = mined.canonical and mined.number <= to
        for record in self.records.values():
            if record.transfer in orphans:
                self._undo(record)
        for one in self.refunds.values():
            if one.status is R.CONFIRMING and one.number is not None and one.number > to:
                one.move(R.BROADCAST)
                one.number = None
        failed = {r.nonce for r in self.refunds.values() if r.status is R.FAILED}
        if any(m.nonce in failed and m.number > to for m in self.mined):
            self.stopped = True
        self.head = to

    @staticmethod
    def _undo(record: Record) -> None:
        if record.status in (D.PROCESSING, D.PENDING_AUTH):
            record.back_to_waiting()
        elif record.status is D.SUCCESS:
            record.move(D.ABNORMAL)
            record.reason, record.alarm, record.height = "reorganised", True, None
        elif record.status in (D.REFUNDING, D.REFUNDED, D.REFUND_FAILED):
            record.reason, record.alarm, record.touched = "reorganised", True, True
            record.height = None
