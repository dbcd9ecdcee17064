"""How many blocks are read at once while catching up: more while it goes fast, half as many when it fails."""

from __future__ import annotations

FAST_SECONDS = 0.4
SLOW_SECONDS = 1.2
"""A range must take clearly less than a lease lasts."""


class AdaptiveRange:
    """The size of the next range, 1 to `longest`."""

    def __init__(self, longest: int) -> None:
        self.longest = max(1, longest)
        self.size = 1

    def worked(self, seconds: float, blocks: int) -> None:
        """A range was read and stored in this time."""
        if seconds > SLOW_SECONDS:
            self.size = max(1, blocks // 2)
        elif seconds < FAST_SECONDS and blocks >= self.size:
            self.size = min(self.longest, self.size * 2)

    def failed(self, blocks: int) -> None:
        """A range could not be read; what a node refuses at once it may give in halves."""
        self.size = max(1, blocks // 2)
