"""Facts for the tests of matching and diagnosis: an honest deposit, and whatever a test changes about it.

`HONEST`, `WAITS`, `UNREAL` and `FAULTY` are the tables: scenes with the answer that is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wbo_desktop.domain.deposit import ACCEPTABLE, DepositStatus, Reason
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transaction, WalletFact
from wbo_desktop.domain.matching import judge
from wbo_desktop.domain.types import Address, BlockHash, TxHash, checksum_address
from wbo_desktop.domain.verdicts import Judgement
from wbo_desktop.domain.wallet import WalletRule, WalletStatus

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def address(number: int) -> Address:
    return checksum_address(f"0x{number:040x}")


def tx_hash(number: int) -> TxHash:
    return TxHash(f"0x{number:064x}")


def block_hash(number: int) -> BlockHash:
    return BlockHash(f"0xb10c{number:060x}")


WALLET, SECOND_WALLET, STRANGER, EXCHANGE = (address(n) for n in (0xA1, 0xA2, 0xA3, 0xA4))
OURS, OURS_TOO, THEIRS, SPARE = (address(n) for n in (0xC1, 0xC2, 0xC3, 0xC4))
USDT, USDC, FAKE = (address(n) for n in (0xE1, 0xE2, 0xE3))
TXID, OTHER_TXID = tx_hash(1), tx_hash(2)
CLIENT, OTHER_CLIENT = "900001", "900002"
NETWORK, OTHER_NETWORK = "Ethereum", "Base"

CLAIM = Claim(
    record_no="DP20260302000001",
    client_no=CLIENT,
    coin="USDT",
    network=NETWORK,
    token=USDT,
    decimals=6,
    claimed_base=100_000_000,
    minimum_base=10_000_000,
    source=WALLET,
    target=OURS,
    txid=TXID,
    created_at=NOW,
)
TRANSFER = PlacedTransfer(
    txid=TXID,
    log_index=3,
    network=NETWORK,
    token=USDT,
    sender=WALLET,
    recipient=OURS,
    amount=100_000_000,
    status=1,
    canonical=True,
    block_number=50,
    block_hash=block_hash(50),
    block_time=NOW + timedelta(minutes=2),
)
TRANSACTION = Transaction(
    txid=TXID,
    network=NETWORK,
    block_number=50,
    block_hash=block_hash(50),
    block_time=NOW + timedelta(minutes=2),
    status=1,
    sender=WALLET,
)
WALLETS = (
    WalletFact(CLIENT, NETWORK, WALLET, WalletStatus.VERIFIED, NOW - timedelta(days=9)),
    WalletFact(OTHER_CLIENT, NETWORK, STRANGER, WalletStatus.VERIFIED, NOW - timedelta(days=9)),
)
ACCOUNTS = (
    OurAddress(NETWORK, OURS, CLIENT),
    OurAddress(NETWORK, OURS_TOO, CLIENT),
    OurAddress(NETWORK, THEIRS, OTHER_CLIENT),
    OurAddress(NETWORK, SPARE, None),
)


@dataclass(frozen=True)
class Scene:
    """All facts of one judgement."""

    claim: Claim = CLAIM
    transaction: Transaction | None = TRANSACTION
    transfers: tuple[PlacedTransfer, ...] = (TRANSFER,)
    wallets: tuple[WalletFact, ...] = WALLETS
    accounts: tuple[OurAddress, ...] = ACCOUNTS
    txid_overdue: bool = False

    def judge(self) -> Judgement:
        return judge(
            self.claim,
            self.transaction,
            self.transfers,
            self.wallets,
            self.accounts,
            txid_overdue=self.txid_overdue,
        )


def scene(**changes: Any) -> Scene:
    """An honest deposit with changes: `claim`, `transfer`, `transaction`, `wallet` take fields."""
    given = dict(changes)
    claim = replace(CLAIM, **given.pop("claim", {}))
    transfers = (replace(TRANSFER, **given.pop("transfer", {})), *given.pop("more", ()))
    wallets = (replace(WALLETS[0], **given.pop("wallet", {})), WALLETS[1])
    transaction = given.pop("transaction", {})
    if isinstance(transaction, dict):
        transaction = replace(TRANSACTION, **transaction)
    whole = {"claim": claim, "transfers": transfers, "wallets": wallets, "transaction": transaction}
    return Scene(**(whole | given))


def other(**changes: Any) -> PlacedTransfer:
    """Another transfer than the honest one."""
    return (
        replace(TRANSFER, log_index=7, **changes)
        if "log_index" not in changes
        else replace(TRANSFER, **changes)
    )


NO_TXID: dict[str, Any] = {"txid": None}
SEPARATE: dict[str, Any] = {"txid": OTHER_TXID, "block_number": 51, "block_hash": block_hash(51)}
"""A transfer in a transaction of its own."""


@dataclass(frozen=True)
class Row:
    """A scene and what is right for it."""

    name: str
    scene: Scene
    status: DepositStatus
    reason: Reason | None
    extra: dict[str, Any] = field(default_factory=dict)


P, W, A = DepositStatus.PROCESSING, DepositStatus.PENDING_AUTH, DepositStatus.ABNORMAL
R = Reason


def unverified(status: WalletStatus) -> dict[str, Any]:
    return {"status": status, "verified_at": None}


HONEST: tuple[Row, ...] = (
    Row("plain", scene(), P, None),
    Row("stored block alone", scene(transaction=None), P, None),
    Row("stored block alone, overdue", scene(transaction=None, txid_overdue=True), P, None),
    Row("native coin", scene(claim={"token": None}, transfer={"token": None, "log_index": -1}), P, None),
    Row("lower-case source", scene(claim={"source": WALLET.lower()}), P, None),
    Row("exactly 95 %", scene(transfer={"amount": 95_000_000}), P, None),
    Row("exactly the minimum", scene(claim={"minimum_base": 100_000_000}), P, None),
    Row(
        "fee on transfer: the log's amount counts",
        scene(transfer={"amount": 98_000_000}),
        P,
        None,
        {"amount": 98_000_000},
    ),
    Row("relayed: the balance's owner counts", scene(transaction={"sender": STRANGER}), P, None),
    Row(
        "request long after the money",
        scene(transfer={"block_time": NOW - timedelta(days=30)}, transaction=None),
        P,
        None,
    ),
    Row(
        "another verified wallet of the client",
        scene(
            transfer={"sender": SECOND_WALLET},
            wallets=(*WALLETS, WalletFact(CLIENT, NETWORK, SECOND_WALLET, WalletStatus.VERIFIED, NOW)),
        ),
        P,
        None,
    ),
    Row(
        "wallet verified after the request, every deposit",
        scene(claim={"wallet_rule": WalletRule.EVERY_DEPOSIT}, wallet={"verified_at": NOW}),
        P,
        None,
    ),
    Row(
        "shared wallet, deleted and added again",
        scene(
            wallets=(
                WalletFact(CLIENT, NETWORK, WALLET, WalletStatus.DELETED),
                WalletFact(OTHER_CLIENT, NETWORK, WALLET, WalletStatus.VERIFIED, NOW),
                WalletFact(CLIENT, NETWORK, WALLET, WalletStatus.VERIFIED, NOW),
            )
        ),
        P,
        None,
    ),
    Row(
        "batch: the exact one of two",
        scene(transfer={"amount": 99_000_000}, more=(other(),)),
        P,
        None,
        {"log_index": 7},
    ),
    Row(
        "batch: the client's own, not the stranger's of the exact amount",
        scene(transfer={"amount": 99_000_000}, more=(other(sender=STRANGER),)),
        P,
        None,
        {"log_index": 3},
    ),
    Row(
        "batch: one log serves another record, the other is free",
        scene(transfer={"used_by": "DP20260302000009"}, more=(other(),)),
        P,
        None,
        {"log_index": 7},
    ),
    Row(
        "batch: the one that fits, not the larger",
        scene(transfer={"amount": 97_000_000}, more=(other(amount=150_000_000),)),
        P,
        None,
        {"log_index": 3},
    ),
    Row(
        "wallet listed twice, verified again since",
        scene(
            claim={"wallet_rule": WalletRule.EVERY_DEPOSIT},
            wallets=(
                WALLETS[0],
                WalletFact(CLIENT, NETWORK, WALLET, WalletStatus.VERIFIED, NOW),
                WalletFact(CLIENT, NETWORK, WALLET, WalletStatus.VERIFIED),
            ),
        ),
        P,
        None,
    ),
    Row(
        "the same TXID on two networks",
        scene(transaction=None, more=(replace(TRANSFER, network=OTHER_NETWORK),)),
        P,
        None,
    ),
    Row(
        "mined again, both stored",
        scene(
            transaction=None,
            transfer={"canonical": False, "block_hash": block_hash(49), "block_number": 49},
            more=(TRANSFER,),
        ),
        P,
        None,
        {"block_number": 50},
    ),
    Row("held by this very record", scene(transfer={"used_by": CLAIM.record_no}), P, None),
    Row("fake token beside the money", scene(more=(other(token=FAKE, amount=10**12),)), P, None),
    Row("told twice", scene(more=(TRANSFER,)), P, None),
    Row(
        "mined again in another block",
        scene(
            transfer={"canonical": False, "block_hash": block_hash(49), "block_number": 49},
            more=(TRANSFER,),
        ),
        P,
        None,
        {"block_number": 50},
    ),
    Row("by account", scene(claim=NO_TXID, transaction=None), P, None),
    Row(
        "by account: the exact one among several",
        scene(
            claim=NO_TXID,
            transaction=None,
            more=(other(**SEPARATE, amount=40_000_000), other(txid=tx_hash(3), amount=97_000_000)),
        ),
        P,
        None,
        {"log_index": 3},
    ),
    Row(
        "by account: the one that fits among several",
        scene(
            claim=NO_TXID,
            transaction=None,
            transfer={"amount": 99_500_000},
            more=(other(**SEPARATE, amount=5),),
        ),
        P,
        None,
        {"log_index": 3},
    ),
    Row("accepted: amount", scene(claim={"accepted": True}, transfer={"amount": 50_000_000}), P, None),
    Row("accepted: more", scene(claim={"accepted": True}, transfer={"amount": 500_000_000}), P, None),
    Row("accepted: minimum", scene(claim={"accepted": True, "minimum_base": 10**9}), P, None),
    Row("accepted: late", scene(claim={"accepted": True, "max_gap": timedelta(0)}), P, None),
)

WAITS: tuple[Row, ...] = (
    Row(
        "another TXID on another network",
        scene(transaction=None, transfers=(other(**SEPARATE, network=OTHER_NETWORK),)),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "another TXID that would fit",
        scene(transaction=None, transfers=(other(**SEPARATE),)),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: to the client's other account",
        scene(claim=NO_TXID, transaction=None, transfer={"recipient": OURS_TOO}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: to a stranger",
        scene(claim=NO_TXID, transaction=None, transfer={"recipient": EXCHANGE}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row("log without status", scene(transfer={"status": None}), W, R.TRANSFER_NOT_SEEN),
    Row(
        "a number but no hash of the block",
        scene(transaction={"block_hash": None}, transfers=()),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row("nothing seen", scene(transaction=None, transfers=()), W, R.TRANSFER_NOT_SEEN),
    Row(
        "in the mempool",
        scene(
            transaction={"block_number": None, "block_hash": None, "status": None},
            transfers=(),
            txid_overdue=True,
        ),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row("receipt without status", scene(transaction={"status": None}, transfers=()), W, R.TRANSFER_NOT_SEEN),
    Row(
        "nothing seen, wallet unverified",
        scene(transaction=None, transfers=(), wallet=unverified(WalletStatus.UNVERIFIED)),
        W,
        R.WALLET_UNVERIFIED,
    ),
    Row(
        "nothing seen, wallet unknown",
        scene(transaction=None, transfers=(), wallets=()),
        W,
        R.WALLET_UNVERIFIED,
    ),
    Row("wallet unverified", scene(wallet=unverified(WalletStatus.UNVERIFIED)), W, R.WALLET_UNVERIFIED),
    Row("wallet being verified", scene(wallet=unverified(WalletStatus.VERIFYING)), W, R.WALLET_UNVERIFIED),
    Row(
        "wallet unverified goes before a wrong amount",
        scene(wallet=unverified(WalletStatus.UNVERIFIED), transfer={"amount": 1}),
        W,
        R.WALLET_UNVERIFIED,
    ),
    Row(
        "accepted, wallet unverified",
        scene(claim={"accepted": True}, wallet=unverified(WalletStatus.VERIFYING)),
        W,
        R.WALLET_UNVERIFIED,
    ),
    Row(
        "verified before the request, every deposit",
        scene(claim={"wallet_rule": WalletRule.EVERY_DEPOSIT}),
        W,
        R.WALLET_UNVERIFIED,
    ),
    Row(
        "verified, nobody knows when, every deposit",
        scene(claim={"wallet_rule": WalletRule.EVERY_DEPOSIT}, wallet={"verified_at": None}),
        W,
        R.WALLET_UNVERIFIED,
    ),
    Row("orphaned", scene(transaction=None, transfer={"canonical": False}), W, R.TRANSFER_NOT_SEEN),
    Row(
        "orphaned and accepted",
        scene(claim={"accepted": True}, transaction=None, transfer={"canonical": False}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "the node has it in another block",
        scene(transaction={"block_hash": block_hash(52)}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row("told twice, differently", scene(more=(replace(TRANSFER, amount=7),)), W, R.TRANSFER_NOT_SEEN),
    Row(
        "by account: nothing",
        scene(claim=NO_TXID, transaction=None, transfers=(), txid_overdue=True),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: orphaned",
        scene(claim=NO_TXID, transaction=None, transfer={"canonical": False}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: failed",
        scene(claim=NO_TXID, transaction=None, transfer={"status": 0}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: fake token",
        scene(claim=NO_TXID, transaction=None, transfer={"token": FAKE}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: zero value",
        scene(claim=NO_TXID | {"claimed_base": 0}, transaction=None, transfer={"amount": 0}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: from another wallet",
        scene(claim=NO_TXID, transaction=None, transfer={"sender": STRANGER}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: held by another",
        scene(claim=NO_TXID, transaction=None, transfer={"used_by": "DP9"}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: held by another, says one of two",
        scene(claim=NO_TXID, transaction=None, more=(replace(TRANSFER, used_by="DP9"),)),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: other network",
        scene(claim=NO_TXID, transaction=None, transfer={"network": OTHER_NETWORK}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
    Row(
        "by account: two of the same",
        scene(claim=NO_TXID, transaction=None, more=(other(**SEPARATE),)),
        W,
        R.TRANSFER_NOT_SEEN,
        {"proposed": 2},
    ),
    Row(
        "by account: two that fit",
        scene(
            claim=NO_TXID,
            transaction=None,
            transfer={"amount": 99_000_000},
            more=(other(**SEPARATE, amount=98_000_000),),
        ),
        W,
        R.TRANSFER_NOT_SEEN,
        {"proposed": 2},
    ),
    Row(
        "by account: two that do not fit",
        scene(
            claim=NO_TXID,
            transaction=None,
            transfer={"amount": 1},
            more=(other(**SEPARATE, amount=500_000_000),),
        ),
        W,
        R.TRANSFER_NOT_SEEN,
        {"proposed": 2},
    ),
    Row(
        "by account: contested and not fitting",
        scene(claim=NO_TXID | {"contested": True}, transaction=None, transfer={"amount": 50_000_000}),
        W,
        R.TRANSFER_NOT_SEEN,
    ),
)

UNREAL: tuple[Row, ...] = (
    Row(
        "source is no address, TXID unknown",
        scene(claim={"source": "?"}, transaction=None, transfers=(), txid_overdue=True),
        A,
        R.INVALID_ADDRESS,
    ),
    Row(
        "to a stranger, while another TXID would fit",
        scene(transfer={"recipient": EXCHANGE}, more=(other(**SEPARATE),)),
        A,
        R.NOT_OUR_ADDRESS,
    ),
    Row(
        "ours says one copy, another's says the other",
        scene(transfer={"used_by": CLAIM.record_no}, more=(replace(TRANSFER, used_by="DP9"),)),
        A,
        R.TXID_ALREADY_USED,
    ),
    Row(
        "fake token to us, the real one elsewhere",
        scene(transfer={"token": FAKE}, more=(other(recipient=EXCHANGE),)),
        A,
        R.WRONG_CONTRACT,
    ),
    Row(
        "a stranger's transfer in the same batch is not the client's",
        scene(transfer={"sender": STRANGER, "recipient": THEIRS}, more=(other(recipient=EXCHANGE),)),
        A,
        R.NOT_OUR_ADDRESS,
    ),
    Row(
        "failed, though the log does not say",
        scene(transaction={"status": 0}, transfer={"status": None}),
        A,
        R.TRANSACTION_FAILED,
    ),
    Row(
        "by account: another client's",
        scene(claim=NO_TXID | {"target": THEIRS}, transaction=None, transfer={"recipient": THEIRS}),
        A,
        R.OTHER_CLIENTS_ACCOUNT,
    ),
    Row("source is no address", scene(claim={"source": "my wallet"}), A, R.INVALID_ADDRESS),
    Row(
        "source mistyped",
        scene(claim={"source": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"}),
        A,
        R.INVALID_ADDRESS,
    ),
    Row("target is no address", scene(claim={"target": "", "accepted": True}), A, R.INVALID_ADDRESS),
    Row(
        "target is not ours",
        scene(claim={"target": STRANGER}, transfer={"recipient": STRANGER}),
        A,
        R.NOT_OUR_ADDRESS,
    ),
    Row(
        "target is not ours, nothing seen",
        scene(claim={"target": STRANGER}, transaction=None, transfers=()),
        A,
        R.NOT_OUR_ADDRESS,
    ),
    Row(
        "target is ours on another network only",
        scene(accounts=(OurAddress(OTHER_NETWORK, OURS, CLIENT),)),
        A,
        R.NOT_OUR_ADDRESS,
    ),
    Row(
        "target is another client's",
        scene(claim={"target": THEIRS}, transfer={"recipient": THEIRS}),
        A,
        R.OTHER_CLIENTS_ACCOUNT,
    ),
    Row(
        "target is nobody's",
        scene(claim={"target": SPARE}, transfer={"recipient": SPARE}),
        A,
        R.OTHER_CLIENTS_ACCOUNT,
    ),
    Row("unknown and overdue", scene(transaction=None, transfers=(), txid_overdue=True), A, R.TXID_NOT_FOUND),
    Row(
        "orphaned for good",
        scene(transaction=None, transfer={"canonical": False}, txid_overdue=True),
        A,
        R.TXID_NOT_FOUND,
    ),
    Row(
        "another transaction's facts",
        scene(transaction={"txid": OTHER_TXID}, transfers=(), txid_overdue=True),
        A,
        R.TXID_NOT_FOUND,
    ),
    Row("wrong network", scene(transaction={"network": OTHER_NETWORK}, transfers=()), A, R.WRONG_NETWORK),
    Row(
        "wrong network, with its transfer",
        scene(transaction={"network": OTHER_NETWORK}, transfer={"network": OTHER_NETWORK}),
        A,
        R.WRONG_NETWORK,
    ),
    Row(
        "wrong network, stored",
        scene(transaction=None, transfer={"network": OTHER_NETWORK}),
        A,
        R.WRONG_NETWORK,
    ),
    Row("failed", scene(transaction={"status": 0}, transfers=()), A, R.TRANSACTION_FAILED),
    Row(
        "failed, yet with a log",
        scene(transaction={"status": 0}, transfer={"status": 0}),
        A,
        R.TRANSACTION_FAILED,
    ),
    Row("failed, says the receipt", scene(transaction={"status": 0}), A, R.TRANSACTION_FAILED),
    Row("failed, says the stored transfer", scene(transfer={"status": 0}), A, R.TRANSACTION_FAILED),
    Row("failed, stored only", scene(transaction=None, transfer={"status": 0}), A, R.TRANSACTION_FAILED),
    Row(
        "failed and accepted",
        scene(claim={"accepted": True}, transaction={"status": 0}, transfers=()),
        A,
        R.TRANSACTION_FAILED,
    ),
    Row("fake token", scene(transfer={"token": FAKE}), A, R.WRONG_CONTRACT),
    Row(
        "fake token, accepted", scene(claim={"accepted": True}, transfer={"token": FAKE}), A, R.WRONG_CONTRACT
    ),
    Row("another listed token", scene(transfer={"token": USDC}), A, R.WRONG_CONTRACT),
    Row("native coin for a token", scene(transfer={"token": None, "log_index": -1}), A, R.WRONG_CONTRACT),
    Row("token for the native coin", scene(claim={"token": None}), A, R.WRONG_CONTRACT),
    Row(
        "fake token to another of ours",
        scene(transfer={"token": FAKE, "recipient": THEIRS}),
        A,
        R.WRONG_CONTRACT,
    ),
    Row("to a stranger", scene(transfer={"recipient": EXCHANGE}), A, R.NOT_OUR_ADDRESS),
    Row("to another client", scene(transfer={"recipient": THEIRS}), A, R.OTHER_CLIENTS_ACCOUNT),
    Row("to an account of nobody", scene(transfer={"recipient": SPARE}), A, R.OTHER_CLIENTS_ACCOUNT),
    Row("to the client's other account", scene(transfer={"recipient": OURS_TOO}), A, R.NO_TRANSFER),
    Row("moves nothing", scene(transfers=()), A, R.NO_TRANSFER),
    Row("zero value", scene(transfer={"amount": 0}), A, R.NO_TRANSFER),
    Row(
        "zero value, zero claimed, accepted",
        scene(claim={"claimed_base": 0, "minimum_base": 0, "accepted": True}, transfer={"amount": 0}),
        A,
        R.NO_TRANSFER,
    ),
    Row("foreign token elsewhere", scene(transfer={"token": FAKE, "recipient": EXCHANGE}), A, R.NO_TRANSFER),
    Row("sender unknown", scene(transfer={"sender": EXCHANGE}), A, R.SENDER_NOT_VERIFIED),
    Row("sender is another client's wallet", scene(transfer={"sender": STRANGER}), A, R.SENDER_NOT_VERIFIED),
    Row(
        "source is another client's wallet",
        scene(claim={"source": STRANGER}, transfer={"sender": STRANGER}),
        A,
        R.SENDER_NOT_VERIFIED,
    ),
    Row(
        "sender unknown, accepted",
        scene(claim={"accepted": True}, transfer={"sender": EXCHANGE}),
        A,
        R.SENDER_NOT_VERIFIED,
    ),
    Row(
        "signed by the client, paid by a stranger",
        scene(transaction={"sender": WALLET}, transfer={"sender": EXCHANGE}),
        A,
        R.SENDER_NOT_VERIFIED,
    ),
    Row("wallet deleted", scene(wallet={"status": WalletStatus.DELETED}), A, R.SENDER_NOT_VERIFIED),
    Row("wallet of another network", scene(wallet={"network": OTHER_NETWORK}), A, R.SENDER_NOT_VERIFIED),
    Row("used twice", scene(transfer={"used_by": "DP20260302000009"}), A, R.TXID_ALREADY_USED),
    Row(
        "used twice, accepted",
        scene(claim={"accepted": True}, transfer={"used_by": "DP20260302000009"}),
        A,
        R.TXID_ALREADY_USED,
    ),
    Row(
        "used twice, says one of two", scene(more=(replace(TRANSFER, used_by="DP9"),)), A, R.TXID_ALREADY_USED
    ),
)
"""Faults that nobody can accept away."""

FAULTY: tuple[Row, ...] = (
    Row("a unit under 95 %", scene(transfer={"amount": 94_999_999}), A, R.AMOUNT_DIFFERS),
    Row("a unit more", scene(transfer={"amount": 100_000_001}), A, R.AMOUNT_DIFFERS),
    Row("a unit less, nothing tolerated", scene(
        claim={"tolerance_bps": 0}, transfer={"amount": 99_999_999}), A, R.AMOUNT_DIFFERS),
    Row("tolerance is rounded in the broker's favour", scene(
        claim={"claimed_base": 19, "minimum_base": 1}, transfer={"amount": 18}), A, R.AMOUNT_DIFFERS),
    Row("below the minimum", scene(claim={"minimum_base": 100_000_001}), A, R.BELOW_MINIMUM),
    Row("money too late", scene(claim={"max_gap": timedelta(minutes=1)}), A, R.LATE),
    Row("request too late", scene(claim={"max_gap": timedelta(minutes=1)}, transaction=None,
                                  transfer={"block_time": NOW - timedelta(hours=1)}), A, R.LATE),
    Row("in two parts, one transaction", scene(
        transfer={"amount": 60_000_000}, more=(other(amount=40_000_000),)), A, R.SPLIT_PAYMENT,
        {"proposed": 2, "log_index": 3}),
    Row("in two parts, two transactions", scene(
        transfer={"amount": 60_000_000}, more=(other(**SEPARATE, amount=40_000_000),)), A,
        R.SPLIT_PAYMENT, {"proposed": 2, "log_index": 3}),
    Row("in three parts", scene(
        transfer={"amount": 50_000_000},
        more=(other(**SEPARATE, amount=30_000_000), other(txid=tx_hash(3), amount=20_000_000))), A,
        R.SPLIT_PAYMENT, {"proposed": 3}),
    Row("the other part is a stranger's", scene(
        transfer={"amount": 60_000_000}, more=(other(amount=40_000_000, sender=STRANGER),)), A,
        R.AMOUNT_DIFFERS),
    Row("the other part is held", scene(
        transfer={"amount": 60_000_000}, more=(other(amount=40_000_000, used_by="DP9"),)), A,
        R.AMOUNT_DIFFERS),
    Row("one part told twice is not two", scene(
        claim=NO_TXID, transaction=None, transfer={"amount": 50_000_000},
        more=(replace(TRANSFER, amount=50_000_000),)), A, R.AMOUNT_DIFFERS),
    Row("by account: in two parts", scene(
        claim=NO_TXID, transaction=None, transfer={"amount": 40_000_000},
        more=(other(**SEPARATE, amount=60_000_000),)), A, R.SPLIT_PAYMENT,
        {"proposed": 2, "log_index": 7}),
    Row("by account: the only one", scene(
        claim=NO_TXID, transaction=None, transfer={"amount": 50_000_000}), A, R.AMOUNT_DIFFERS,
        {"log_index": 3}),
)  # fmt: skip
"""The money is real; an operator may accept."""

ALL_ROWS = (*HONEST, *WAITS, *UNREAL, *FAULTY)


def acceptable(judgement: Judgement) -> bool:
    """Whether an operator may accept what was judged: abnormal, and for a reason in `deposit.ACCEPTABLE`."""
    return judgement.to_status is DepositStatus.ABNORMAL and judgement.reason in ACCEPTABLE
