"""Offers signed bytes to the network and classifies the answers. No answer is proof: only the hash of our
bytes in a canonical block settles a refund, which the tracker finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import NodeError, RpcError, Unavailable
from wbo_desktop.domain.types import TxHash


class SendWord(StrEnum):
    """The reason for which a node refused a transaction."""

    ALREADY_KNOWN = "already_known"
    NONCE_TOO_LOW = "nonce_too_low"
    NONCE_TOO_HIGH = "nonce_too_high"
    UNDERPRICED = "underpriced"
    """Another transaction has this nonce, and ours does not pay enough more to take its place."""
    FEE_TOO_LOW = "fee_too_low"
    """Below what the network or the node takes at all."""
    FEE_ABOVE_NODE_CAP = "fee_above_node_cap"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    GAS = "gas"
    """The gas limit is too small, or larger than a block or the rules allow."""
    REVERTED = "reverted"
    POOL_FULL = "pool_full"
    WRONG_CHAIN = "wrong_chain"
    NOT_READY = "not_ready"
    """The node is synchronising or takes no transactions."""
    INVALID = "invalid"
    """Malformed, badly signed, or of a kind the node does not take."""
    UNKNOWN = "unknown"


MAYBE_PENDING = frozenset(
    {
        SendWord.ALREADY_KNOWN,
        SendWord.NONCE_TOO_LOW,
        SendWord.NONCE_TOO_HIGH,
        SendWord.UNDERPRICED,
        SendWord.NOT_READY,
        SendWord.UNKNOWN,
    }
)
"""After these the transaction, or another of its nonce, may be in a pool or a block: look for the hash
first.
"""

W = SendWord

_TABLE: tuple[tuple[SendWord, str], ...] = (
    # before anything with "nonce too low" in it: the nonce of somebody else's delegation (EIP-7702)
    (W.INVALID, r"authority (nonce|already)|authori[sz]ation|delegation authority"),
    (W.INVALID, r"max initcode|initcode too large"),
    (W.INVALID, r"nonce has max value|noncetoohigh: nonce exceeds max|exceeds max nonce"),
    (W.REVERTED, r"execution reverted|transaction reverted|vm execution error|reverted with"),
    (W.ALREADY_KNOWN, r"already.?known|known transaction|already imported"),
    (W.ALREADY_KNOWN, r"already in (the )?(mem)?pool|already exists"),
    (W.ALREADY_KNOWN, r"existing txn? with same hash|same hash was already imported|already_exists"),
    (W.UNDERPRICED, r"replacement.{0,20}(underpriced|not allowed|fee too low|gas price)"),
    (W.UNDERPRICED, r"replacementnotallowed"),
    (W.UNDERPRICED, r"could not replace existing tx|to replace existing transaction"),
    (W.UNDERPRICED, r"replaced by transaction with"),
    (W.UNDERPRICED, r"future transaction tries to replace|ownnoncealreadyused|can't replace blob"),
    (W.NONCE_TOO_LOW, r"nonce.{0,8}too low|oldnonce|old nonce"),
    (W.NONCE_TOO_LOW, r"\binvalid: mined\b|^mined$|nonce.{0,20}already.{0,10}used"),
    (W.NONCE_TOO_HIGH, r"nonce.{0,8}too (high|far|distant)|nonce ?gap|gapped.?nonce"),
    (W.NONCE_TOO_HIGH, r"delegation nonce gap|noncetoofar"),
    (W.NONCE_TOO_HIGH, r"nonce is too distant|lower nonce exists|exceeds next nonce|nonce out of range"),
    (W.FEE_ABOVE_NODE_CAP, r"exceeds the configured cap|fee cap exceeded|txfeecap"),
    (W.INSUFFICIENT_FUNDS, r"insufficient.?(funds|balance)|upfront cost exceeds|overdraws from account"),
    (W.INSUFFICIENT_FUNDS, r"not enough (funds|balance)|balance is zero|cost overflow|int256overflow"),
    (W.INVALID, r"priority fee per gas (higher|exceeds)|max_priority_fee_per_gas` greater"),
    (W.INVALID, r"invalidmaxpriorityfee"),
    (W.GAS, r"intrinsic.?gas|exceeds (max )?(block|transaction).{0,4}gas limit|exceeds block's? gas limit"),
    (W.GAS, r"gas limit (is )?(too high|reached|exceed)|gaslimitexceeded"),
    (W.GAS, r"gas limit is greater|gas ?uint(64)? ?overflow"),
    (W.GAS, r"txgaslimitcapexceeded|floor (data )?gas|out of gas|gas required exceeds|gas limit exceeds"),
    (W.FEE_TOO_LOW, r"underpriced|fee.?too.?low|less than block base fee|below (chain )?minimum|gas tip cap"),
    (W.FEE_TOO_LOW, r"gas price (is )?(too low|below)|below (current )?base fee|feetoolow"),
    (W.FEE_TOO_LOW, r"fee below|too low gas price"),
    (W.POOL_FULL, r"(tx)?pool (is )?(full|overflow)|sub-pool is full"),
    (W.POOL_FULL, r"account limit exceeded|in-flight transaction limit"),
    (W.POOL_FULL, r"spammer|pool size constraints|txpool is full|limit in txpool is full"),
    (W.WRONG_CHAIN, r"chain ?id|replay-protected|signed for another chain|eip-155"),
    (W.NOT_READY, r"sync|transaction pool not enabled|txpool (is )?disabled"),
    (W.INVALID, r"invalid (sender|signature|transaction)|invalidtxsignature"),
    (W.INVALID, r"failed to (decode|recover)|failedtoresolve"),
    (W.INVALID, r"oversized data|rlp|input data too large|too large"),
    (W.INVALID, r"maxtxsizeexceeded|negative value|not an eoa"),
    (W.INVALID, r"not supported|unsupported|not activated|already reserved"),
    (W.INVALID, r"conflicting|type conflict|not authorized"),
    (W.INVALID, r"senderiscontract|permissiondenied|transaction invalid|^invalid\b"),
)

_COMPILED = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in _TABLE)


def classify(message: str) -> SendWord:
    """The meaning of a node's error message. Codes are not looked at: nodes give one number to many
    things.
    """
    text = message.strip()
    return next((word for word, pattern in _COMPILED if pattern.search(text)), SendWord.UNKNOWN)


# ------------------------------------------------------------ offering

ACCEPTED = "accepted"
NEVER_AS_IT_IS = frozenset({SendWord.FEE_TOO_LOW, SendWord.GAS})
"""The same bytes will not be taken later either, unless fees fall; with other fees or gas they would."""

_WORDS = {word.value: word for word in SendWord}


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """The outcome of a broadcast. `maybe_sent` is False only when no node can have the bytes from it."""

    text: str
    maybe_sent: bool

    @property
    def refused(self) -> bool:
        """Whether a node refused the bytes explicitly."""
        return not self.maybe_sent and word_of(self.text) is not None


def word_of(text: str) -> SendWord | None:
    """The classified word at the beginning of a stored answer."""
    return _WORDS.get(text.partition(":")[0])


async def offer(endpoints: Endpoints, raw: bytes, txid: TxHash, *, to_all: bool = False) -> OfferAnswer:
    """The best answer to offering the bytes once, to one node or `to_all`. Never raises for a failure of a
    node."""
    if to_all:
        answers = [_heard(said, txid) for said in await endpoints.send_raw_to_all(raw)]
        return max(answers, key=lambda one: (one.text == ACCEPTED, one.maybe_sent))
    try:
        return _heard(await endpoints.send_raw(raw), txid)
    except RpcError as error:
        return _heard(error, txid)


def _heard(said: str | RpcError, txid: TxHash) -> OfferAnswer:
    match said:
        case str():
            return OfferAnswer(ACCEPTED if said.lower() == txid else "answered with another hash", True)
        case NodeError():
            word = classify(said.message)
            return OfferAnswer(f"{word}: {said.message}", word in MAYBE_PENDING)
        case Unavailable():
            return OfferAnswer(f"no answer: {said}", said.maybe_delivered)
        case _:
            return OfferAnswer(f"unreadable answer: {said}", True)
