"""The refund sender's codes, and what it does next with a signed transaction.

The wording is left to the views; asking nodes and sending bytes to `chain.refunds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefundFailure(StrEnum):
    """Why a refund cannot be signed now, waits, or ended without money moving."""

    INTENT_MISMATCH = "intent_mismatch"
    """What is to be signed is not what was approved."""
    COIN_BALANCE = "hot_wallet_balance"
    """The hot wallet has not enough of the coin, or would fall below its stop level (攔截頭寸)."""
    GAS_BALANCE = "gas_balance"
    """The hot wallet cannot pay the network's fee."""
    FEES_ABOVE_CAP = "fees_above_cap"
    WOULD_REVERT = "would_revert"
    TOKEN_RETURNS_FALSE = "token_returns_false"
    TOKEN_MISSING = "token_missing"
    """There is no contract at the token's address."""
    TOO_MUCH_GAS = "too_much_gas"
    ADDRESS_BECAME_CONTRACT = "address_became_contract"
    """Code is deployed at the refund's address, and no operator was warned of it: to be decided anew."""
    SIGNER_REFUSED = "signer_refused"
    SIGNED_OTHERWISE = "signed_otherwise"
    """The signer answered with another transaction than it was given; nothing of it was kept."""
    NODE_REFUSES = "node_refuses"
    """Signed, and no node takes it now; it is offered again and again."""
    TRANSFER_NOT_SEEN = "transfer_not_seen_on_chain"
    """Mined with success, but the token logged no transfer: an operator has to look."""
    PAID_BY_UNKNOWN = "paid_by_unknown"
    """A transaction that this database does not know used the nonce and pays the same: to be reconciled."""
    NODES_DISAGREE = "nodes_disagree"
    """The nodes contradict one another about what became of it, and the network wants them to agree."""
    TRANSACTION_REVERTED = "transaction_reverted"
    NONCE_USED_BY_OTHER = "nonce_used_by_other"


class WalletStop(StrEnum):
    """Why nothing is signed or sent from a hot wallet until an administrator has looked into it."""

    RECONCILIATION_NEEDED = "reconciliation_needed"
    """The database may have forgotten what it sent: restored, failed over, or behind the chain."""
    UNKNOWN_TRANSACTION = "unknown_transaction"
    """The hot wallet sent what this database never signed."""
    STORED_BYTES_ALTERED = "stored_bytes_altered"
    """Stored signed bytes are not what was approved."""
    SETTLED_REORGANISED = "settled_refund_reorganised"
    """The block that proved a refund's failure is gone."""
    OTHER_HOT_WALLET = "other_hot_wallet"
    """The signer's address is not the one this network's refunds are paid from."""


class Move(StrEnum):
    """What the sender does next with a signed refund."""

    WAIT = "wait"
    SEND = "send"
    """Offer the newest stored bytes to the nodes, unchanged."""
    REPLACE = "replace"
    """Sign again with the same nonce and higher fees."""


@dataclass(frozen=True, slots=True)
class ReplacementSet:
    """All signed transactions of one nonce, as the node sees them.

    Attributes:
        offered: the newest was given to a node before, whatever came back.
        mined: one of them is in a block, or the nonce is used up, as this node says. What is stored as mined is not
            asked about here any more.
        known: the node has one of them.
        refused: the newest can never be taken as it is (its fees or gas limit are too low).
        age: seconds since the newest was first sent, or signed.
    """

    offered: bool
    mined: bool
    known: bool
    refused: bool
    age: float


def next_move(replacements: ReplacementSet, stuck_after: float, refused_after: float) -> Move:
    """What to do now. A dropped, evicted or reorganised transaction is sent again, never signed anew with
    another nonce: both could be mined.

    Args:
        stuck_after: seconds after which a waiting transaction is replaced.
        refused_after: the same for one that no node takes.
    """
    if replacements.mined:
        # if no worker has stored such a block in all this time, the node may be wrong; the same bytes do no harm
        return Move.SEND if replacements.age >= stuck_after else Move.WAIT
    if not replacements.offered:
        return Move.SEND
    if replacements.refused and replacements.age >= refused_after:
        return Move.REPLACE
    if not replacements.known:
        return Move.SEND
    return Move.REPLACE if replacements.age >= stuck_after else Move.WAIT
