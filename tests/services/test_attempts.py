"""Wrong passwords at one desk: slower each time, then not at all for a while."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.attempts import Attempts


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_each_wrong_password_takes_longer() -> None:
    attempts = Attempts(most=3)

    async def fail() -> float:
        began = monotonic()
        await attempts.failed("maker")
        return monotonic() - began

    async def both() -> tuple[float, float]:
        return await fail(), await fail()

    first, second = asyncio.run(both())
    assert first >= 0.25
    assert second >= 0.5
    assert first < second


def test_after_so_many_the_desk_waits_and_says_until_when() -> None:
    clock = Clock()
    attempts = Attempts(most=2, locked=timedelta(minutes=15), now=clock)
    for _ in range(2):
        attempts.check("maker")
        clock.now += timedelta(minutes=1)
        asyncio.run(attempts.failed("maker"))
    with pytest.raises(RuleViolation) as refused:
        attempts.check("maker")
    assert refused.value.code == "login_locked"
    assert refused.value.params == {"until": "2026-03-01T09:17:00+00:00"}
    attempts.check("checker")
    clock.now += timedelta(minutes=15)
    attempts.check("maker")


def test_a_right_password_forgets_the_wrong_ones() -> None:
    attempts = Attempts(most=2)
    attempts.succeeded("viewer")  # who never failed
    asyncio.run(attempts.failed("maker"))
    attempts.succeeded("maker")
    asyncio.run(attempts.failed("maker"))
    attempts.check("maker")
