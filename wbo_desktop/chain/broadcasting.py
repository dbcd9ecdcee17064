"""Offers signed bytes to the network and puts the answer in words. No answer is proof of anything: only our own
hash in a canonical block settles a refund, and that is the tracker's to find."""

from __future__ import annotations

from dataclasses import dataclass

from wbo_desktop.chain.endpoints import Endpoints
from wbo_desktop.chain.errors import BadReply, NodeError, Unavailable
from wbo_desktop.chain.node_words import MAYBE_PENDING, SendWord, classify
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


async def offer(endpoints: Endpoints, raw: bytes, txid: TxHash) -> Answer:
    """Offer the bytes once; whatever happens comes back as an answer."""
    try:
        said = await endpoints.send_raw(raw)
    except NodeError as error:
        word = classify(error.message)
        return Answer(f"{word}: {error.message}", word in MAYBE_PENDING)
    except Unavailable as error:
        return Answer(f"no answer: {error}", error.maybe_delivered)
    except BadReply as error:
        return Answer(f"unreadable answer: {error}", True)
    return Answer(ACCEPTED if said.lower() == txid else "answered with another hash", True)
