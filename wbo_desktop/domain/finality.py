"""A network's rule of finality, and the confirmations that an amount needs.

The rules are installed into the database, which computes the height from which a transfer is final
(`wbo_rule.final_height`) and the height that is reached. Whether a block is still the canonical one is the
tracker's and `reorg`'s question, and comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class FinalityRule(StrEnum):
    """A network's way of saying that a block stays."""

    CONFIRMATIONS = "confirmations"
    FINALIZED = "finalized"


@dataclass(frozen=True, slots=True)
class FinalHeight:
    """How a rule of finality counts.

    Attributes:
        counts_confirmations: a transfer in block `number` is final when height `number + confirmations - 1` is
            reached; otherwise when `number` is.
        settled_by: what has to reach that height: the newest block that is stored (`checkpoint`), or the newest
            that a node calls `finalized`; without one, nothing is final.
    """

    counts_confirmations: bool
    settled_by: str


FINAL_HEIGHTS: Mapping[FinalityRule, FinalHeight] = {
    FinalityRule.CONFIRMATIONS: FinalHeight(counts_confirmations=True, settled_by="checkpoint"),
    FinalityRule.FINALIZED: FinalHeight(counts_confirmations=False, settled_by="finalized"),
}


def required_confirmations(
    coin_confirmations: int, amount_base: int, raise_rules: Iterable[tuple[int, int]] = ()
) -> int:
    """The confirmations an amount needs.

    Args:
        coin_confirmations: the coin's own rule.
        raise_rules: policy, pairs of (from this many base units, at least so many confirmations), in any
            order. A rule can only raise.

    Returns: at least 1.
    """
    raised = (least for from_amount, least in raise_rules if amount_base >= from_amount)
    return max(1, coin_confirmations, *raised)
