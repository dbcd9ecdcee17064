"""How many blocks are read at once while catching up: more while it goes fast, half as many when it fails."""

from __future__ import annotations

FAST_SECONDS = 0.4
SLOW_SECONDS = 1.2
"""A range must take clearly less than a lease lasts."""


class AdaptiveRange:
    """The size of the next range, 1 to `longest` blocks, with about `most_transactions` in them: a reply is
    parsed in one go, and a window on the same loop waits for that."""

    def __init__(self, longest: int, most_transactions: int) -> None:
        self.longest = max(1, longest)
        self.most_transactions = most_transactions
        self.size = 1

    def worked(self, seconds: float, blocks: int, transactions: int) -> None:
        """Adapts to a range that was read in this time."""
        if blocks == 0:
            return
        if seconds > SLOW_SECONDS:
            self.size = max(1, blocks // 2)
        elif seconds < FAST_SECONDS and blocks >= self.size:
            self.size = min(self.longest, self.size * 2)
        fitting = self.most_transactions * blocks // max(1, transactions)
        self.size = max(1, min(self.size, fitting))

    def failed(self, blocks: int) -> None:
        """Halves the range after one that could not be read: a node may serve in halves what it refuses at
        once."""
        self.size = max(1, blocks // 2)
