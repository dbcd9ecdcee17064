"""What runs in the background: nothing is lost, nothing fails unseen, what failed begins again and says so."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import inf
from time import monotonic

import pytest

from wbo_desktop.services import supervision
from wbo_desktop.services.supervision import (
    Board,
    Pauses,
    State,
    Trouble,
    keep_running,
    spawn,
    spawn_lasting,
    spawn_thread,
)

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


class Expected(Exception):
    """A failure that is known, and said without where it happened."""

    known = True


async def test_what_a_board_and_the_terminal_tell_of_a_part(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    board, told, failures = Board(), [], [Expected("two\nlines"), OSError(), ValueError("at last")]
    board.subscribe(lambda: told.extend(board.troubles()))

    async def work() -> None:
        raise failures.pop(0)

    began = datetime.now(UTC)
    pauses = Pauses(first=0.01, longest=0.04, limit=3)
    await keep_running("chain", work, board, detail="Polygon", pauses=pauses)
    assert [(one.part, one.detail, one.error, one.state, one.times) for one in told] == [
        ("chain", "Polygon", "two lines", State.WAITING, 1),
        ("chain", "Polygon", "two lines", State.BEGUN_AGAIN, 1),
        ("chain", "Polygon", "OSError", State.WAITING, 2),
        ("chain", "Polygon", "OSError", State.BEGUN_AGAIN, 2),
        ("chain", "Polygon", "at last", State.GIVEN_UP, 3),
    ]
    assert all(began <= one.at <= datetime.now(UTC) for one in told)
    assert [one.next_at and one.next_at - one.at for one in told] == [
        timedelta(seconds=0.01), None, timedelta(seconds=0.02), None, None
    ]  # fmt: skip
    assert [(record.getMessage(), bool(record.exc_info)) for record in caplog.records] == [
        ("chain Polygon failed: two lines; it begins again in 0.01 s", False),
        ("chain Polygon begins again", False),
        ("chain Polygon failed: OSError; it begins again in 0.02 s", True),
        ("chain Polygon begins again", False),
        ("chain Polygon failed 3 times and is given up: at last", True),
    ]


async def test_of_two_parts_of_a_kind_one_gets_well_alone() -> None:
    board, over = Board(), asyncio.Event()
    runs: dict[str, int] = {"Ethereum": 0, "Polygon": 0}

    async def work(detail: str) -> None:
        runs[detail] += 1
        if runs[detail] == 1 or detail == "Polygon":
            raise OSError(detail)
        await over.wait()

    steady, sick = Pauses(first=0.01, steady=0.05), Pauses(first=0.01, longest=0.01, steady=9, limit=inf)
    tasks = [
        spawn(
            keep_running("chain", lambda: work("Ethereum"), board, detail="Ethereum", pauses=steady), "one"
        ),
        spawn(keep_running("chain", lambda: work("Polygon"), board, detail="Polygon", pauses=sick), "other"),
    ]
    await until(lambda: len(board.troubles()) == 2)
    await until(lambda: [one.detail for one in board.troubles()] == ["Polygon"])
    tasks[1].cancel()
    over.set()
    await tasks[0]
    assert [one.detail for one in board.troubles()] == ["Polygon"]


def test_the_given_up_stand_first_then_the_oldest() -> None:
    board, now = Board(), datetime.now(UTC)
    states = (("worker", State.WAITING, 2), ("clients", State.GIVEN_UP, 3), ("chain", State.BEGUN_AGAIN, 1))
    for part, state, age in states:
        board.tell(Trouble(part, "", "it broke", state, 1, now - timedelta(minutes=age)))
    board.tell(Trouble("postgres", "", "it broke", State.GIVEN_UP, 1, now))
    assert [one.part for one in board.troubles()] == ["clients", "postgres", "worker", "chain"]


def test_who_listens_no_more_is_not_told() -> None:
    board, told = Board(), []
    stop = board.subscribe(lambda: told.append(1))
    still = board.subscribe(lambda: told.append(2))
    stop()
    stop()
    board.tell(Trouble("worker", "", "it broke", State.WAITING, 1, datetime.now(UTC)))
    assert told == [2]
    still()
    board.well("worker")
    board.well("worker")
    assert told == [2]


def test_pauses_double_up_to_the_longest() -> None:
    pauses = Pauses(first=1.5, longest=10)
    assert [pauses.after(times) for times in range(1, 6)] == [1.5, 3.0, 6.0, 10.0, 10.0]


@pytest.mark.parametrize(("length", "said"), [(299, "x" * 299), (300, "x" * 300), (301, "x" * 299 + "…")])
async def test_a_long_error_is_cut(length: int, said: str) -> None:
    board = Board()

    async def work() -> None:
        raise OSError("x" * length)

    await keep_running("worker", work, board, pauses=Pauses(limit=1))
    assert [one.error for one in board.troubles()] == [said]


async def test_a_lasting_watcher_is_never_given_up(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pauses, "after", lambda pauses, times: 0.001)
    runs: list[str] = []

    async def work() -> None:
        current = asyncio.current_task()
        assert current is not None
        runs.append(current.get_name())
        raise OSError("again")

    task = spawn_lasting(work, "bell")
    await until(lambda: len(runs) > 3 * Pauses().limit)
    assert not task.done()
    assert set(runs) == {"bell"}
    assert "bell failed: again" in caplog.text
    task.cancel()


async def test_a_task_that_ended_is_let_go() -> None:
    async def works() -> int:
        return 7

    task = spawn(works(), "short")
    assert task in supervision._running
    assert await task == 7
    await until(lambda: task not in supervision._running)


def test_a_thread_has_its_name_and_ends_with_the_program() -> None:
    over = threading.Event()
    thread = spawn_thread(over.wait, "listener", over)
    assert (thread.name, thread.daemon) == ("listener", True)
    over.set()
    thread.join(5)
