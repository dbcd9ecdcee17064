"""The facts about one record, put in order for `matching`: addresses read, copies of a transfer merged, all
sorted.

The same log may be reported twice (by the database and by a node) and in any order; the judgement must not
depend on either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.facts import Claim, OurAddress, PlacedTransfer, Transaction, WalletFact
from wbo_desktop.domain.types import Address, parse_address
from wbo_desktop.domain.wallet import WalletStatus

_ORDER = (WalletStatus.DELETED, WalletStatus.UNVERIFIED, WalletStatus.VERIFYING, WalletStatus.VERIFIED)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts about one record in the form in which `matching` compares them.

    Attributes:
        source, target: None when the claim's text is not an address.
        transaction: the claim's own on its own network, None when no node showed one.
        own: every transfer of the claim's TXID on its network, zero-value and orphaned ones included.
        account: canonical and successful transfers of the claim's coin to its target that no other record
            holds, whatever their TXID. A claim without TXID, or a payment in parts, is searched for among
            them.
        network: where the TXID was found, None when it was found nowhere.
        txid_overdue: whether the network's grace for an unknown TXID has passed.
    """

    claim: Claim
    source: Address | None
    target: Address | None
    transaction: Transaction | None
    own: tuple[PlacedTransfer, ...]
    account: tuple[PlacedTransfer, ...]
    network: str | None
    wallets: tuple[WalletFact, ...]
    accounts: tuple[OurAddress, ...]
    txid_overdue: bool

    def free(self, transfer: PlacedTransfer) -> bool:
        """Whether no other record holds the transfer."""
        return transfer.used_by in (None, self.claim.record_no)

    def our_account(self, address: str | None) -> OurAddress | None:
        """The custodial account at an address of the claim's network; None when there is none."""
        return next((a for a in self.accounts if a.address == address), None)

    @property
    def target_is_clients(self) -> bool:
        """Whether the record's target is a custodial account assigned to the record's client."""
        account = self.our_account(self.target)
        return account is not None and account.client_no == self.claim.client_no

    def wallet(self, address: str | None) -> WalletFact | None:
        """The client's wallet at an address, None when there is none; of several (one deleted, added again)
        the one that is furthest in `_ORDER`, then the one verified last."""
        own = [w for w in self.wallets if w.address == address and w.client_no == self.claim.client_no]
        return max(own, key=lambda w: (_ORDER.index(w.status), w.verified_at or _NEVER), default=None)

    def of_other_client(self, address: str | None) -> bool:
        """Whether the address is a wallet of another client that is not deleted."""
        return any(
            w.address == address
            and w.client_no != self.claim.client_no
            and w.status is not WalletStatus.DELETED
            for w in self.wallets
        )


def gather(
    claim: Claim,
    transaction: Transaction | None,
    transfers: Sequence[PlacedTransfer],
    wallets: Sequence[WalletFact],
    accounts: Sequence[OurAddress],
    *,
    txid_overdue: bool,
) -> Evidence:
    """The evidence for one claim. A transaction with another TXID than the claim's is left out. Never raises."""
    if transaction is not None and transaction.txid != claim.txid:
        transaction = None
    elsewhere = [t.network for t in transfers if claim.txid is not None and t.txid == claim.txid]
    if transaction is not None and transaction.network != claim.network:
        elsewhere.append(transaction.network)
        transaction = None
    told = _merged(claim, transaction, transfers)
    own = tuple(t for t in told if claim.txid is not None and t.txid == claim.txid)
    network = claim.network if transaction or own else min(elsewhere, default=None)
    evidence = Evidence(
        claim=claim,
        source=_read(claim.source),
        target=_read(claim.target),
        transaction=transaction,
        own=own,
        account=(),
        network=network,
        wallets=tuple(w for w in wallets if w.network == claim.network),
        accounts=tuple(a for a in accounts if a.network == claim.network),
        txid_overdue=txid_overdue,
    )
    return replace(evidence, account=tuple(t for t in told if _pays(evidence, t)))


def _read(text: str) -> Address | None:
    try:
        return parse_address(text)
    except RuleViolation:
        return None


def _pays(evidence: Evidence, transfer: PlacedTransfer) -> bool:
    return (
        evidence.target is not None
        and transfer.recipient == evidence.target
        and transfer.token == evidence.claim.token
        and transfer.amount > 0
        and transfer.canonical
        and transfer.status == 1
        and evidence.free(transfer)
    )


def _merged(
    claim: Claim, transaction: Transaction | None, transfers: Sequence[PlacedTransfer]
) -> list[PlacedTransfer]:
    """One transfer for each log of the claim's network, in chain order."""
    copies: dict[tuple[str, int], list[PlacedTransfer]] = defaultdict(list)
    for transfer in transfers:
        if transfer.network == claim.network:
            copies[transfer.txid, transfer.log_index].append(transfer)
    merged = [_one(claim, transaction, told) for told in copies.values()]
    return sorted(merged, key=lambda t: (t.block_number, t.txid, t.log_index))


def _one(claim: Claim, transaction: Transaction | None, told: list[PlacedTransfer]) -> PlacedTransfer:
    """One transfer from the copies of it. It is held by another record when any copy says so, and not
    canonical when canonical copies differ."""
    told = sorted(told, key=repr)
    others = sorted(t.used_by for t in told if t.used_by not in (None, claim.record_no) and t.used_by)
    used_by = others[0] if others else next((t.used_by for t in told if t.used_by), None)
    stands = {replace(t, used_by=None) for t in told if t.canonical and _in_block(transaction, t)}
    if len(stands) == 1:
        return replace(stands.pop(), used_by=used_by)
    return replace(told[0], canonical=False, used_by=used_by)


def _in_block(transaction: Transaction | None, transfer: PlacedTransfer) -> bool:
    """Whether a stored transfer lies in the block in which the node now shows its transaction."""
    if transaction is None or transaction.txid != transfer.txid:
        return True
    return transaction.block_hash == transfer.block_hash
