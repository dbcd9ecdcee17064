"""Refusals of six node implementations: what is made of them, beside a plain list of substrings.

The peer is the list of a relayer that is widely used (OpenZeppelin's, as of 2025): one list for "already
submitted", one for "nonce too high". The faulty way is the same in all such lists: words that mean "another
transaction has this nonce" are read as "ours was sent".
"""

from __future__ import annotations

from benchmarks._report import Row
from tests.support.node_sentences import SENTENCES
from wbo_desktop.chain.refunds.broadcasting import SendWord, classify

PEER_SUBMITTED = (
    "nonce too low",
    "nonce is too low",
    "already known",
    "replacement transaction underpriced",
    "same hash was already imported",
)
PEER_TOO_HIGH = (
    "nonce too high",
    "nonce is too high",
    "nonce too far in the future",
    "exceeds next nonce",
    "nonce out of range",
    "tx-nonce-too-high",
)
FAMILIES = (
    SendWord.ALREADY_KNOWN,
    SendWord.NONCE_TOO_LOW,
    SendWord.UNDERPRICED,
    SendWord.INSUFFICIENT_FUNDS,
)


def run() -> list[Row]:
    """How many sentences are understood, and how many refusals would pass for a send."""
    sentences = [(said, word) for table in SENTENCES.values() for said, word in table]
    ours = sum(classify(said) is word for said, word in sentences)
    of_interest = [(said, word) for said, word in sentences if word in FAMILIES]
    peer = sum(_peer(said) == _expected_of_peer(word) for said, word in of_interest)
    peer_sent = sum(
        _peer(said) == "submitted" and word is not SendWord.ALREADY_KNOWN for said, word in sentences
    )
    ours_sent = sum("success" in classify(said).value for said, _ in sentences)
    note = f"{len(SENTENCES)} implementations"
    return [
        Row(
            "node_words classified",
            f"{ours} of {len(sentences)}",
            f"{peer} of {len(of_interest)} in the four families that matter",
            None,
            "all",
            ours == len(sentences),
            note,
        ),
        Row(
            "node_words refusals read as sent",
            str(ours_sent),
            str(peer_sent),
            None,
            "0, and the plain list has some",
            ours_sent == 0 < peer_sent,
            note,
        ),
    ]


def _peer(said: str) -> str:
    text = said.lower()
    if any(pattern in text for pattern in PEER_SUBMITTED):
        return "submitted"
    return "too high" if any(pattern in text for pattern in PEER_TOO_HIGH) else "other"


def _expected_of_peer(word: SendWord) -> str:
    """Only a transaction that is known was submitted; the peer has no other family, so "other" is right for the rest."""
    return "submitted" if word is SendWord.ALREADY_KNOWN else "other"
