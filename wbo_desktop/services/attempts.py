"""Slows down wrong passwords typed at this desk: each refusal takes longer, and after some the login has to
wait.

Courtesy, like every check in front of the database: there the watch locks the login, whatever this program
does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wbo_desktop.domain.errors import RuleViolation

MOST = 5
LOCKED = timedelta(minutes=15)
FIRST_DELAY, LONGEST_DELAY = 0.25, 4.0


class Attempts:
    """The failed logins of each login at this desk, in memory.

    Args:
        most, locked: after `most` failures within `locked`, the login waits until the last is as old as
            `locked`. The policy's own numbers are not known before a login.
        now: the clock; aware times.
    """

    def __init__(
        self,
        most: int = MOST,
        locked: timedelta = LOCKED,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._most, self._locked, self._now = most, locked, now
        self._failures: dict[str, list[datetime]] = {}

    def check(self, login: str) -> None:
        """Refuses a login that has to wait; called before the server is asked.

        Raises:
            RuleViolation: `login_locked`, with the time until which it waits.
        """
        recent = self._recent(login)
        if len(recent) >= self._most:
            raise RuleViolation("login_locked", until=(recent[-1] + self._locked).isoformat())

    async def failed(self, login: str) -> None:
        """Counts one wrong password and sleeps: 0.25 s for the first, doubling up to 4 s."""
        recent = self._recent(login)
        self._failures[login] = [*recent, self._now()]
        await asyncio.sleep(min(LONGEST_DELAY, FIRST_DELAY * 2 ** len(recent)))

    def succeeded(self, login: str) -> None:
        """Forgets the failures of a login, after the right password."""
        self._failures.pop(login, None)

    def _recent(self, login: str) -> list[datetime]:
        oldest = self._now() - self._locked
        return [at for at in self._failures.get(login, ()) if at > oldest]
