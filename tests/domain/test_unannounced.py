"""Money that nobody announced: whose it seems to be, and what is said of it, word for word.

The table is `unannounced.txt`; after a change that is meant, `python -m tests.domain.test_unannounced` writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.domain import cases
from tests.domain.cases import NOW
from wbo_desktop.domain.deposit import Reason
from wbo_desktop.domain.diagnosis import ASKED, MESSAGES, Diagnosis
from wbo_desktop.domain.facts import Claim, PlacedTransfer, Transaction
from wbo_desktop.domain.unannounced import AcceptedCoin, diagnose_txid, presume
from wbo_desktop.domain.verdicts import Note

COINS = (
    AcceptedCoin("ETH", cases.NETWORK, None, 18, 10**16),
    AcceptedCoin("USDT", cases.NETWORK, cases.USDT, 6, 10_000_000),
)


def ask(
    *transfers: PlacedTransfer, transaction: Transaction | None = cases.TRANSACTION
) -> tuple[Diagnosis, str | None]:
    diagnosis, claim = diagnose_txid(
        cases.TXID, cases.NETWORK, transaction, transfers, cases.WALLETS, cases.ACCOUNTS, COINS, NOW
    )
    assert set(diagnosis.message.params) == set(MESSAGES[diagnosis.message.code])
    return diagnosis, claim and claim.client_no


def test_unannounced_money_has_a_likely_client_and_is_judged_like_any() -> None:
    assert ask(cases.TRANSFER)[1] == cases.CLIENT
    assert ask(cases.TRANSFER)[0].reason is None
    assert ask(replace(cases.TRANSFER, sender=cases.EXCHANGE))[0].reason is Reason.SENDER_NOT_VERIFIED
    assert ask(replace(cases.TRANSFER, amount=1))[0].reason is Reason.BELOW_MINIMUM
    assert ask(replace(cases.TRANSFER, status=0))[0].reason is Reason.TRANSACTION_FAILED
    assert ask(replace(cases.TRANSFER, recipient=cases.THEIRS))[1] == cases.OTHER_CLIENT


def test_the_record_that_holds_the_transfer_is_named() -> None:
    held = replace(cases.TRANSFER, used_by="DP20260302000005")
    diagnosis, claim = diagnose_txid(
        cases.TXID, cases.NETWORK, None, [held], cases.WALLETS, cases.ACCOUNTS, COINS, NOW
    )
    assert claim is not None
    assert claim.record_no == "DP20260302000005"
    assert diagnosis.reason is None


@pytest.mark.parametrize(
    ("transfer", "reason"),
    [
        ({"token": cases.FAKE}, Reason.WRONG_CONTRACT),
        ({"recipient": cases.EXCHANGE}, Reason.NOT_OUR_ADDRESS),
        ({"recipient": cases.SPARE}, Reason.OTHER_CLIENTS_ACCOUNT),
        ({"amount": 0}, Reason.NO_TRANSFER),
        ({"recipient": "0x" + "0" * 40}, Reason.NOT_OUR_ADDRESS),
    ],
)
def test_a_transaction_that_pays_nobody_of_ours(transfer: dict[str, object], reason: Reason) -> None:
    diagnosis, client = ask(replace(cases.TRANSFER, **transfer))  # type: ignore[arg-type]
    assert (diagnosis.reason, client) == (reason, None)
    assert [line.question for line in diagnosis.lines] == list(ASKED[:5])


def test_a_txid_that_no_node_knows_or_that_waits() -> None:
    waiting = replace(cases.TRANSACTION, block_number=None, block_hash=None, status=None)
    elsewhere = replace(cases.TRANSACTION, network=cases.OTHER_NETWORK)
    assert ask(transaction=None)[0].reason is Reason.TXID_NOT_FOUND
    assert ask(transaction=elsewhere)[0].reason is Reason.WRONG_NETWORK
    diagnosis = ask(transaction=waiting)[0]
    assert (diagnosis.reason, diagnosis.message.code) == (Reason.TRANSFER_NOT_SEEN, "txid_pending")
    assert diagnosis.lines[0].note is Note.IN_MEMPOOL


@pytest.mark.parametrize(
    "unlike",
    [{"token": cases.FAKE}, {"recipient": cases.SPARE}, {"amount": 0}, {"network": cases.OTHER_NETWORK}],
)
def test_nothing_is_presumed_of_what_could_never_be_credited(unlike: dict[str, object]) -> None:
    transfer = replace(cases.TRANSFER, **unlike)  # type: ignore[arg-type]
    assert presume(transfer, cases.ACCOUNTS, COINS, NOW) is None


def _mined(**changes: Any) -> dict[str, Any]:
    return {"transfers": [replace(cases.TRANSFER, **changes)]}


TABLE = Path(__file__).with_name("unannounced.txt")
TO_ANOTHER = replace(cases.TRANSFER, log_index=7, recipient=cases.THEIRS, amount=20_000_000)
SCENES: dict[str, dict[str, Any]] = {
    "plain": _mined(),
    "native coin": _mined(token=None, log_index=-1, amount=10**18),
    "from a stranger": _mined(sender=cases.EXCHANGE),
    "the node shows it in another block": _mined(block_number=49, block_hash=cases.block_hash(49)),
    "two of our clients in one transaction": {"transfers": [TO_ANOTHER, cases.TRANSFER]},
    "the first of two was orphaned": {
        "transfers": [replace(cases.TRANSFER, canonical=False), TO_ANOTHER],
        "transaction": None,
    },
    "another transaction's transfer beside it": {
        "transfers": [replace(TO_ANOTHER, txid=cases.OTHER_TXID, log_index=1), cases.TRANSFER]
    },
    "same addresses on another network": {
        "transfers": [replace(cases.TRANSFER, network=cases.OTHER_NETWORK)],
        "transaction": replace(cases.TRANSACTION, network=cases.OTHER_NETWORK),
    },
    "of nothing": _mined(amount=0),
    "one base unit to a stranger": _mined(amount=1, recipient=cases.EXCHANGE),
    "one base unit to a stranger, beside a transfer of nothing": {
        "transfers": [
            replace(cases.TRANSFER, amount=1, recipient=cases.EXCHANGE),
            replace(cases.TRANSFER, token=None, log_index=-1, amount=0, recipient=cases.EXCHANGE),
        ]
    },
    "a listed coin to a stranger": _mined(recipient=cases.EXCHANGE),
    "native coin to a stranger": _mined(token=None, log_index=-1, recipient=cases.EXCHANGE),
    "a coin that is not listed": _mined(token=cases.FAKE),
    "an account of nobody": _mined(recipient=cases.SPARE),
    "moved nothing at all": {},
    "failed": {"transaction": replace(cases.TRANSACTION, status=0)},
    "in the pool": {
        "transaction": replace(cases.TRANSACTION, block_number=None, block_hash=None, status=None)
    },
    "unknown": {"transaction": None},
    "unknown on a network without coins": {"transaction": None, "coins": ()},
    "to a stranger on a network without coins": _mined(recipient=cases.EXCHANGE) | {"coins": ()},
    "coins of another network only": _mined()
    | {"coins": [AcceptedCoin("USDT", cases.OTHER_NETWORK, cases.USDT, 6, 10_000_000)]},
    "nothing moved on a network without coins": {"coins": ()},
}
"""Every line of these is in the table. Without more said, the node shows the transaction, and both coins are listed."""


def answer(
    transfers: Sequence[PlacedTransfer] = (),
    transaction: Transaction | None = cases.TRANSACTION,
    coins: Sequence[AcceptedCoin] = COINS,
) -> tuple[Diagnosis, Claim | None]:
    return diagnose_txid(
        cases.TXID, cases.NETWORK, transaction, transfers, cases.WALLETS, cases.ACCOUNTS, coins, NOW
    )


def lines() -> list[str]:
    """The table, made now."""
    told = []
    for name, facts in SCENES.items():
        diagnosis, claim = answer(**facts)
        whose = (
            claim
            and f"{claim.record_no!r} {claim.client_no} {claim.coin} {claim.claimed_base} of {claim.minimum_base}"
        )
        told += [
            name,
            f"  {diagnosis.reason} of {whose}: {' '.join(diagnosis.steps)}",
            f"  {diagnosis.message.code} {dict(diagnosis.message.params)}",
            *(
                f"  {x.question} {x.answer} | {x.claimed} | {x.found} | {x.reason} | {x.note}{' !' if x.decisive else ''}"
                for x in diagnosis.lines
            ),
        ]
    return [re.sub(r"0x(?:b10c)?0{9,}", "0x", line) for line in told]


def test_every_line_is_what_the_table_says() -> None:
    assert lines() == TABLE.read_text(encoding="utf-8").splitlines()


def test_the_order_in_which_transfers_are_told_does_not_matter() -> None:
    for facts in SCENES.values():
        transfers = list(facts.get("transfers", ()))
        assert answer(**facts | {"transfers": transfers[::-1]}) == answer(**facts)


def test_what_nobody_holds_names_no_record() -> None:
    claim = answer([cases.TRANSFER])[1]
    assert claim is not None
    assert (claim.record_no, claim.coin, claim.network) == ("", "USDT", cases.NETWORK)


if __name__ == "__main__":
    TABLE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
