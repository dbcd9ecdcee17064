"""Failed logins at this desk: each answer takes longer than the last, and after some the desk itself says to wait.

Courtesy, like every check in front of the database: there the watch locks the login, whatever this program does.
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
    """How often each login failed here lately.

    Args:
        most, locked: so many failures within this time, and the desk waits until it is over (the policy's own
            numbers are not known before somebody is logged in).
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
        """Before asking the server.

        Raises:
            RuleViolation: `login_locked`.
        """
        recent = self._recent(login)
        if len(recent) >= self._most:
            raise RuleViolation("login_locked", until=(recent[-1] + self._locked).isoformat())

    async def failed(self, login: str) -> None:
        """The password was wrong: takes note, and its time."""
        recent = self._recent(login)
        self._failures[login] = [*recent, self._now()]
        await asyncio.sleep(min(LONGEST_DELAY, FIRST_DELAY * 2 ** len(recent)))

    def succeeded(self, login: str) -> None:
        """The password was right: what came before is forgotten."""
        self._failures.pop(login, None)

    def _recent(self, login: str) -> list[datetime]:
        oldest = self._now() - self._locked
        return [at for at in self._failures.get(login, ()) if at > oldest]
