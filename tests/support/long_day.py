"""A long day of the demo, faster than it goes: real window, worker, servers and clients, and operators who do their part.

Measured is what the issue of a demo left running is: errors of any kind, memory, how long the window's thread was held
up, and records that neither worker nor operator moves any more.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import psycopg
import qasync
from PySide6.QtCore import QSettings, QTimer

from wbo_demo.beside import at_work
from wbo_demo.clients import DECIMALS
from wbo_demo.desk import BLOCK_SECONDS
from wbo_demo.history import this_morning
from wbo_demo.life import EVERY_SECONDS, Life
from wbo_demo.stack import Stack, running
from wbo_demo.tour.hand import Hand
from wbo_desktop.app import Desktop, connect_to, make_application
from wbo_desktop.domain.types import to_base_units
from wbo_desktop.services.supervision import Board

REFUSALS = ("hot_wallet_balance", "hot_wallet_missing", "moved_meanwhile", "status_forbids")
"""What an operator may be told on an ordinary day."""

MOST = {
    ("Ethereum", "ETH"): 50,
    ("Ethereum", "USDT"): 50_000,
    ("Ethereum", "DAI"): 50_000,
    ("Polygon", "POL"): 20_000,
    ("Polygon", "USDC"): 50_000,
}
"""The balance to which the hot wallets are topped up."""

PAGES = (
    "coin_deposit_records",
    "deposit_application",
    "refunds",
    "unmatched_transfers",
    "client_wallet_address",
)
LOOK_MS = 5
SETTLE_SECONDS = 60.0

LEFT_BEHIND = """
SELECT 'processing: ' || record_no FROM wbo_data.deposit WHERE status = 'processing'
UNION ALL SELECT 'refund ' || status || ': ' || refund_no FROM wbo_data.refund
    WHERE status IN ('executing', 'signed', 'broadcast', 'confirming')
UNION ALL SELECT 'not judged: ' || record_no FROM wbo_data.deposit_check
    WHERE check_after < clock_timestamp() - interval '5 seconds'
UNION ALL SELECT 'not read: ' || network FROM wbo_data.checkpoint WHERE number < head_number - 10
UNION ALL SELECT 'alarm: ' || network FROM wbo_data.checkpoint WHERE alarm IS NOT NULL
UNION ALL SELECT 'stopped: ' || network FROM wbo_data.hot_wallet WHERE stopped_reason IS NOT NULL
UNION ALL SELECT 'not seen though on chain: ' || d.record_no FROM wbo_data.deposit d JOIN wbo_data.chain_transfer t
    ON t.network = d.network AND t.txid = d.txid AND t.canonical AND t.coin_id = d.coin_id
    WHERE d.status = 'pending_auth' AND d.reason = 'transfer_not_seen'
      AND NOT EXISTS (SELECT FROM wbo_data.deposit o WHERE o.transfer_id = t.id)
"""


@dataclass
class Figures:
    """What came of it. `stalls`: seconds of work of the window's thread between two looks of a timer."""

    minutes: float = 0.0
    errors: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    deeds: dict[str, int] = field(default_factory=dict)
    start: float = 0.0
    """Seconds from nothing to the login."""
    refunds: int = 0
    credited: int = 0
    blocks: int = 0
    nodes: int = 0
    """Memory of the local chains' nodes at the end, in bytes."""
    first_answer: float | None = None
    """Seconds until the desk first refused a client something: what ended the clients of November 2026."""

    @property
    def growth(self) -> float:
        """Memory at the end as a part of memory after the warm-up; medians, for it breathes."""
        last = self.memory[-1][0]
        warm = [size for at, size in self.memory if 0.2 * last <= at <= 0.4 * last]
        end = [size for at, size in self.memory if at >= 0.85 * last]
        return median(end) / median(warm)


def spend(folder: Path, seconds: float, pace: float) -> Figures:
    """A day of `seconds` at `pace` times the demo's own. Needs a thread that may have Qt."""
    app = make_application("zh_HK")
    figures = Figures()
    began = time.monotonic()
    with (
        _errors(figures.errors),
        running(folder, BLOCK_SECONDS / pace, history=True) as stack,
        qasync.QEventLoop(app) as loop,
    ):
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(
            lambda _, context: figures.errors.append(str(context.get("exception") or context))
        )
        board = Board()
        board.subscribe(lambda: figures.troubles.extend(f"{t.part}: {t.error}" for t in board.troubles()))
        kept = QSettings(str(folder / "desktop.ini"), QSettings.Format.IniFormat)
        desktop = Desktop(connect_to(stack.settings()), "demo", kept, board)

        def shown(_: object) -> None:
            figures.start = figures.start or time.monotonic() - began

        desktop.shown.connect(shown)
        loop.run_until_complete(_day(stack, desktop, board, figures, seconds, pace))
    asyncio.set_event_loop(None)
    return figures


async def _day(
    stack: Stack, desktop: Desktop, board: Board, figures: Figures, seconds: float, pace: float
) -> None:
    life = Life(stack.world)
    session = asyncio.ensure_future(desktop.run())
    hand, over = Hand(), asyncio.Event()
    first = stack.chain.head()

    async def clients() -> None:
        await this_morning(stack.world)
        living = asyncio.ensure_future(life.live(EVERY_SECONDS / pace))
        stopped = asyncio.ensure_future(over.wait())
        await asyncio.wait((living, stopped), return_when=asyncio.FIRST_COMPLETED)
        if living.done():
            living.result()
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)

    async with at_work(stack, board, ("clients", clients)):
        await _log_in(hand, stack)
        with _stalls(figures.stalls):
            began = time.monotonic()
            await _until_evening(stack, desktop, life, figures, began + seconds, pace)
            over.set()
            figures.minutes = (time.monotonic() - began) / 60
            await _settle(stack, figures)
        figures.blocks = stack.chain.head() - first
        pids = [chain.pid for chain in stack.chains.values()]
        figures.nodes = sum(psutil.Process(pid).memory_info().rss for pid in pids if pid)
    desktop.stop()
    await session
    figures.deeds = dict(life.counts)


async def _log_in(hand: Hand, stack: Stack) -> None:
    who = stack.world.logins["maker"]
    await hand.type("login.login", who.login)
    await hand.type("login.password", who.password.reveal())
    await hand.click("login.ok")
    await hand.until(lambda: _window(hand), "the window")


def _window(hand: Hand) -> Any:
    try:
        return hand.window()
    except Exception:
        return None


async def _until_evening(
    stack: Stack, desktop: Desktop, life: Life, figures: Figures, end: float, pace: float
) -> None:
    """Pages are looked through, refunds are asked for, agreed to and executed; memory is read once a second."""
    began, me = time.monotonic(), psutil.Process()
    pages = itertools.cycle(PAGES)
    next_page = next_memory = began
    next_refund = began + 60 / pace
    while (now := time.monotonic()) < end:
        if now >= next_memory:
            figures.memory.append((now - began, me.memory_info().rss))
            next_memory = now + 1.0
        if life.answers and figures.first_answer is None:
            figures.first_answer = now - began
        if now >= next_page and desktop.window is not None:
            desktop.window.open_page(next(pages))
            desktop.window.refresh()
            next_page = now + 20 / pace
        if now >= next_refund:
            figures.refunds += await asyncio.to_thread(_one_refund, stack)
            next_refund = now + 60 / pace
        await asyncio.sleep(0.05)


def _one_refund(stack: Stack) -> int:
    """The maker asks for a refund of what came last, the checker agrees, the maker executes; 1 when it came to that."""
    find = (
        "SELECT d.record_no, a.address, d.credited_amount FROM wbo.deposit_record d JOIN wbo.refund_address a"
        " ON a.client_no = d.client_no AND a.network = d.network AND a.address = d.observed_source"
        " WHERE d.status = 'success' AND d.refund_no IS NULL ORDER BY d.created_at DESC LIMIT 1"
    )
    for (network, coin), most in MOST.items():
        ledger = stack.world.ledger(network)
        ledger.provide(stack.world.hot_wallet, coin, to_base_units(Decimal(most), DECIMALS[coin]))
    try:
        with stack.world.connect("maker") as maker, stack.world.connect("checker") as checker:
            row = maker.execute(find).fetchone()
            if row is None:
                return 0
            asked = maker.execute("SELECT wbo.request_refund(%s, %s, %s, NULL, 'asked for')", row).fetchone()
            assert asked is not None
            version = "SELECT version FROM wbo.refund WHERE refund_no = %s"
            checker.execute(f"SELECT wbo.approve_refund(%s, ({version}))", (asked[0], asked[0]))
            maker.execute(f"SELECT wbo.execute_refund(%s, ({version}))", (asked[0], asked[0]))
    except psycopg.Error as refused:
        if refused.diag.message_primary not in REFUSALS:
            raise
        return 0
    return 1


async def _settle(stack: Stack, figures: Figures) -> None:
    """Waits until everything that is under way has ended, without new deposits."""
    deadline = time.monotonic() + SETTLE_SECONDS
    left = await asyncio.to_thread(_left, stack)
    while left and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
        left = await asyncio.to_thread(_left, stack)
    figures.left_behind = left
    with stack.world.connect("superuser") as root:
        row = root.execute(
            "SELECT count(*) FROM wbo_data.deposit WHERE credited_at > now() - interval '12 hours'"
        ).fetchone()
    figures.credited = row[0] if row else 0


def _left(stack: Stack) -> list[str]:
    with stack.world.connect("superuser") as root:
        return [text for (text,) in root.execute(LEFT_BEHIND.encode()).fetchall()]


@contextmanager
def _stalls(found: list[float]) -> Iterator[None]:
    """How long this thread worked between two looks, whatever else the machine did."""
    last = time.thread_time()

    def look() -> None:
        nonlocal last
        now = time.thread_time()
        if now - last > 0.02:
            found.append(now - last)
        last = now

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    try:
        yield
    finally:
        timer.stop()


class _Collecting(logging.Handler):
    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        self._found.append(f"{record.name}: {record.getMessage()}")


@contextmanager
def _errors(found: list[str]) -> Iterator[None]:
    """Whatever is logged as an error, and what no code caught: in this thread, in others, in Qt's slots."""
    collecting = _Collecting(found)
    logging.getLogger().addHandler(collecting)
    hooks: list[tuple[Any, str, Callable[..., Any]]] = [
        (where, name, getattr(where, name))
        for where, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"))
    ]
    for where, name, _ in hooks:
        setattr(where, name, lambda *seen: found.append(" ".join(map(str, seen))))
    try:
        yield
    finally:
        logging.getLogger().removeHandler(collecting)
        for where, name, before in hooks:
            setattr(where, name, before)
