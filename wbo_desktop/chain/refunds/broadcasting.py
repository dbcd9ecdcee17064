"""Offers signed bytes to the network and puts the answer in words. No answer is proof of anything: only our own
hash in a canonical block settles a refund, and that is the tracker's to find."""

from __future__ import annotations

from dataclasses import dataclass

from wbo_desktop.chain.refunds.node_words import MAYBE_PENDING, SendWord, classify
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import NodeError, RpcError, Unavailable
from wbo_desktop.domain.types import TxHash

ACCEPTED = "accepted"
NEVER_AS_IT_IS = frozenset({SendWord.FEE_TOO_LOW, SendWord.GAS})
"""The same bytes will not be taken later either, unless fees fall; with other fees or gas they would."""

_WORDS = {word.value: word for word in SendWord}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `maybe_sent` is False only when no node can have the bytes from this."""

    text: str
    maybe_sent: bool

    @property
    def refused(self) -> bool:
        """A node said no in so many words."""
        return not self.maybe_sent and word_of(self.text) is not None


def word_of(text: str) -> SendWord | None:
    """The classified word at the beginning of a stored answer."""
    return _WORDS.get(text.partition(":")[0])


async def offer(endpoints: Endpoints, raw: bytes, txid: TxHash, *, to_all: bool = False) -> Answer:
    """Offer the bytes once, to one node or `to_all`; whatever happens comes back as an answer: the best of them."""
    if to_all:
        answers = [_heard(said, txid) for said in await endpoints.send_raw_to_all(raw)]
        return max(answers, key=lambda one: (one.text == ACCEPTED, one.maybe_sent))
    try:
        return _heard(await endpoints.send_raw(raw), txid)
    except RpcError as error:
        return _heard(error, txid)


def _heard(said: str | RpcError, txid: TxHash) -> Answer:
    match said:
        case str():
            return Answer(ACCEPTED if said.lower() == txid else "answered with another hash", True)
        case NodeError():
            word = classify(said.message)
            return Answer(f"{word}: {said.message}", word in MAYBE_PENDING)
        case Unavailable():
            return Answer(f"no answer: {said}", said.maybe_delivered)
        case _:
            return Answer(f"unreadable answer: {said}", True)
