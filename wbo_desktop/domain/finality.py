"""When a block is deep enough to believe: confirmations counted when asked, or the chain's own `finalized`.

Numbers only. Whether the block is still the canonical one is the tracker's and `reorg`'s question, and comes
first.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class FinalityRule(StrEnum):
    """A network's way of saying that a block stays."""

    CONFIRMATIONS = "confirmations"
    FINALIZED = "finalized"


def confirmations(head: int, block_number: int | None) -> int:
    """How many blocks say so, the transfer's own included; 0 when it is in none, or in one above the head."""
    return 0 if block_number is None else max(0, head - block_number + 1)


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


def confirm_height(block_number: int, required: int) -> int:
    """The head at which a block has the confirmations it needs."""
    return block_number + max(1, required) - 1


def is_final(
    head: int,
    finalized_number: int | None,
    rule: FinalityRule | str,
    block_number: int | None,
    required: int,
) -> bool:
    """Whether a canonical block may be credited on.

    A network that goes by `finalized` needs a node to say so: without the number, nothing is final. An
    unknown rule makes nothing final either.
    """
    if block_number is None or block_number > head:
        return False
    if rule == FinalityRule.FINALIZED:
        return finalized_number is not None and block_number <= finalized_number
    return rule == FinalityRule.CONFIRMATIONS and head >= confirm_height(block_number, required)


def blocks_left(
    head: int,
    finalized_number: int | None,
    rule: FinalityRule | str,
    block_number: int,
    required: int,
) -> int | None:
    """Blocks until final, 0 when it is; None when it cannot be said."""
    if is_final(head, finalized_number, rule, block_number, required):
        return 0
    if rule == FinalityRule.FINALIZED:
        # the finalized block follows the head at about the same distance
        return None if finalized_number is None else max(1, block_number - finalized_number)
    if rule == FinalityRule.CONFIRMATIONS:
        return confirm_height(block_number, required) - head
    return None


def block_seconds(older: tuple[int, float], newer: tuple[int, float]) -> float | None:
    """The measured time of one block, from two blocks as (number, Unix time); None when they do not tell."""
    blocks, seconds = newer[0] - older[0], newer[1] - older[1]
    return seconds / blocks if blocks > 0 and seconds > 0 else None


def seconds_left(
    left: int | None, measured_block_seconds: float | None, since_head: float = 0.0
) -> int | None:
    """Seconds until final as shown to people: `left` blocks from now, the time since the head already waited.

    None when unknown; at least 1 as long as a block is missing, because a block that is late is still to
    come.
    """
    if left == 0:
        return 0
    if left is None or measured_block_seconds is None:
        return None
    return max(1, round(left * measured_block_seconds - since_head))


def is_stalled(since_head: float, measured_block_seconds: float | None) -> bool:
    """Whether the chain (or our sight of it) stands still: ten blocks' time, at least a minute."""
    return since_head > max(60.0, 10 * (measured_block_seconds or 12.0))
