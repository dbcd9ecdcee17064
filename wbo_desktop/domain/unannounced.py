"""Transfers that no record claims, and TXIDs that a client names on the telephone: whose they are, and if
they are real.

Makes the claim that the transfer by itself would fulfil and asks `matching` about it, so that one function
judges every transfer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from wbo_desktop.domain.deposit import Reason
from wbo_desktop.domain.diagnosis import Diagnosis, NextStep, diagnose, message_for
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transaction, WalletFact
from wbo_desktop.domain.matching import judge
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.domain.verdicts import Check

_TOLD = (Check.EXISTENCE, Check.NETWORK, Check.STATUS, Check.TOKEN, Check.TARGET)
"""What can be said about a transaction that pays none of our clients."""


@dataclass(frozen=True, slots=True)
class AcceptedCoin:
    """A coin that is listed on a network; `token` is None for the native one."""

    code: str
    network: str
    token: Address | None
    decimals: int
    minimum_base: int


def presume(
    transfer: PlacedTransfer,
    accounts: Sequence[OurAddress],
    coins: Sequence[AcceptedCoin],
    asked_at: datetime,
) -> Claim | None:
    """The claim that a transfer would fulfil by itself, of the client to whom the paid account is assigned.
    None when it is not a listed coin on an assigned account."""
    account = next(
        (a for a in accounts if (a.network, a.address) == (transfer.network, transfer.recipient)), None
    )
    coin = next((c for c in coins if (c.network, c.token) == (transfer.network, transfer.token)), None)
    if account is None or account.client_no is None or coin is None or transfer.amount <= 0:
        return None
    return Claim(
        record_no=transfer.used_by or "",
        client_no=account.client_no,
        coin=coin.code,
        network=transfer.network,
        token=coin.token,
        decimals=coin.decimals,
        claimed_base=transfer.amount,
        minimum_base=coin.minimum_base,
        source=transfer.sender,
        target=transfer.recipient,
        txid=transfer.txid,
        created_at=asked_at,
    )


def diagnose_txid(
    txid: TxHash,
    network: str,
    transaction: Transaction | None,
    transfers: Sequence[PlacedTransfer],
    wallets: Sequence[WalletFact],
    accounts: Sequence[OurAddress],
    coins: Sequence[AcceptedCoin],
    asked_at: datetime,
) -> tuple[Diagnosis, Claim | None]:
    """The diagnosis of a TXID that no record names, and the claim of the client who was probably paid (None:
    no client's).

    Facts as for `matching.judge`; `network` is the one the client says. `record_no` of the claim is the
    record that already holds the transfer, empty when there is none.
    """
    own = sorted((t for t in transfers if t.txid == txid), key=lambda t: (not t.canonical, t.log_index))
    claims = (presume(t, accounts, coins, asked_at) for t in own if t.network == network)
    claim = next((c for c in claims if c is not None), None)
    if claim is not None:
        return diagnose(claim, judge(claim, transaction, transfers, wallets, accounts)), claim
    return _nobodys(txid, network, transaction, own, accounts, coins, asked_at), None


def _nobodys(
    txid: TxHash,
    network: str,
    transaction: Transaction | None,
    own: Sequence[PlacedTransfer],
    accounts: Sequence[OurAddress],
    coins: Sequence[AcceptedCoin],
    asked_at: datetime,
) -> Diagnosis:
    # transfers of nothing are of a coin too, where there are no others
    moved = {t.token for t in own if t.amount > 0} or {t.token for t in own}
    here = [coin for coin in coins if coin.network == network]
    coin = next(
        (c for c in here if c.token in moved), here[0] if here else AcceptedCoin("", network, None, 18, 0)
    )
    # some address that nothing was sent to stands for the account that the client may have meant
    recipients = {t.recipient for t in own}
    nobody = next(a for a in (Address(f"0x{n:040d}") for n in count()) if a not in recipients)
    claim = Claim(
        record_no="",
        client_no="",
        coin=coin.code,
        network=network,
        token=coin.token,
        decimals=coin.decimals,
        claimed_base=0,
        minimum_base=0,
        source=nobody,
        target=nobody,
        txid=txid,
        created_at=asked_at,
    )
    nobodys = OurAddress(network, nobody, "")
    judgement = judge(claim, transaction, own, (), (nobodys, *accounts), txid_overdue=transaction is None)
    diagnosis = diagnose(claim, judgement)
    lines = tuple(
        replace(line, claimed=None) if line.question in (Check.TOKEN, Check.TARGET) else line
        for line in diagnosis.lines
        if line.question in _TOLD
    )
    if diagnosis.reason is Reason.WALLET_UNVERIFIED:  # there is no wallet yet to speak of
        message = message_for("txid_pending", claim, judgement)
        return Diagnosis(lines, Reason.TRANSFER_NOT_SEEN, (NextStep.WAIT_FOR_CHAIN,), message)
    if diagnosis.reason is Reason.OTHER_CLIENTS_ACCOUNT:  # the client is told of the account that was paid
        paid = replace(claim, target=judgement.verdict(Check.TARGET).found or nobody)
        return replace(diagnosis, lines=lines, message=message_for(diagnosis.reason, paid, judgement))
    return replace(diagnosis, lines=lines)
