"""What runs in the background: nothing is lost, nothing fails unseen, what failed begins again and says so."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from time import monotonic

import pytest

from wbo_desktop.services.supervision import Board, Pauses, State, keep_running, spawn, spawn_thread

QUICK = Pauses(first=0.01, longest=0.04, steady=0.2, limit=4)


async def until(condition: Callable[[], object], seconds: float = 5) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline
        await asyncio.sleep(0.005)


async def test_an_exception_of_a_task_is_said_though_nobody_awaits_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[BaseException] = []

    async def breaks() -> None:
        raise ValueError("it broke")

    spawn(breaks(), "the part", failed=told.append)
    await until(lambda: told)
    assert [str(error) for error in told] == ["it broke"]
    assert "the part failed: it broke" in caplog.text
    assert "Traceback" in caplog.text


async def test_a_task_is_kept_until_it_ends() -> None:
    done: list[int] = []

    async def waits() -> None:
        await asyncio.get_running_loop().create_future()

    async def works() -> None:
        await asyncio.sleep(0.01)
        done.append(1)

    waiting = spawn(waits(), "waits")
    spawn(works(), "works")
    gc.collect()
    await until(lambda: done)
    assert not waiting.done()
    waiting.cancel()


async def test_an_awaited_task_is_not_said_twice(caplog: pytest.LogCaptureFixture) -> None:
    async def breaks() -> None:
        raise ValueError("handled")

    with pytest.raises(ValueError, match="handled"):
        await spawn(breaks(), "awaited", awaited=True)
    await asyncio.sleep(0)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_part_that_fails_begins_again_and_is_forgotten_when_it_is_steady() -> None:
    board, states, runs = Board(), [], []
    board.subscribe(lambda: states.append([trouble.state for trouble in board.troubles()]))

    async def work() -> None:
        runs.append(monotonic())
        if len(runs) < 3:
            raise OSError(f"failure {len(runs)}")
        await asyncio.get_running_loop().create_future()

    task = spawn(keep_running("clients", work, board, pauses=QUICK), "kept")
    await until(lambda: len(runs) == 3)
    assert [(t.part, t.error, t.times) for t in board.troubles()] == [("clients", "failure 2", 2)]
    await until(lambda: not board.troubles())
    assert states == [[State.WAITING], [State.BEGUN_AGAIN], [State.WAITING], [State.BEGUN_AGAIN], []]
    assert runs[1] - runs[0] >= QUICK.after(1)
    assert runs[2] - runs[1] >= QUICK.after(2)
    task.cancel()


async def test_a_part_that_keeps_failing_is_given_up_and_stays_visible(
    caplog: pytest.LogCaptureFixture,
) -> None:
    board, runs = Board(), []

    async def work() -> None:
        runs.append(1)
        raise OSError("for ever")

    await keep_running("chain", work, board, detail="Ethereum", pauses=QUICK)
    assert len(runs) == QUICK.limit
    (trouble,) = board.troubles()
    assert (trouble.state, trouble.times, trouble.detail) == (State.GIVEN_UP, QUICK.limit, "Ethereum")
    assert "given up" in caplog.text


async def test_a_failure_after_a_steady_time_counts_as_the_first() -> None:
    board, runs = Board(), []
    pauses = Pauses(first=0.01, steady=0.03, limit=3)

    async def work() -> None:
        runs.append(1)
        await asyncio.sleep(0.05)
        raise OSError("now and then")

    task = spawn(keep_running("worker", work, board, pauses=pauses), "kept")
    await until(lambda: len(runs) > 4)
    assert all(trouble.state is not State.GIVEN_UP for trouble in board.troubles())
    assert not task.done()
    task.cancel()


async def test_a_part_that_returns_is_over() -> None:
    board, runs = Board(), []

    async def work() -> None:
        runs.append(1)

    await keep_running("worker", work, board, pauses=QUICK)
    assert (runs, board.troubles()) == ([1], [])


def test_a_thread_that_fails_begins_again_and_ends_when_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    over, runs = threading.Event(), []

    def listen() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise ValueError("a payload that nobody expected")
        over.wait()

    thread = spawn_thread(listen, "listener", over)
    deadline = monotonic() + 5
    while len(runs) < 2:
        assert monotonic() < deadline
        over.wait(0.01)
    assert "listener failed and begins again" in caplog.text
    over.set()
    thread.join(5)
    assert not thread.is_alive()
