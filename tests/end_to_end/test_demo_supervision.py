"""Servers, worker and clients of the demo are killed under an open desktop: the window says so, and all goes on."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel

from wbo_demo import chain as chains
from wbo_demo.beside import _mine, at_work
from wbo_demo.chain import Chain
from wbo_demo.stack import Stack, running
from wbo_demo.tour.hand import Hand
from wbo_desktop.app import Desktop, connect_to, make_application
from wbo_desktop.services.supervision import Board, Pauses, State, keep_running, spawn
from wbo_desktop.views import i18n

PAUSES = Pauses(first=0.5, longest=1.0, steady=2.0, limit=4)


async def until(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, what
        await asyncio.sleep(0.02)


async def test_a_node_that_runs_but_answers_nothing_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chains, "REQUEST_SECONDS", 2.0)
    monkeypatch.setattr(chains, "ANSWER_SECONDS", 2.0)
    board, told, heads = Board(), [], []
    board.subscribe(lambda: told.extend(board.troubles()))
    with Chain.start(tmp_path / "chain") as chain:
        ask = chain.head
        monkeypatch.setattr(chain, "head", lambda: heads.append(ask()))
        keeping = spawn(
            keep_running("chain", partial(_mine, chain, None), board, pauses=PAUSES), "keep chain"
        )
        await until(lambda: heads, "an answer, before there is none")
        node = chain.pid
        assert node is not None
        os.kill(node, signal.SIGSTOP)
        await until(lambda: any("does not answer" in trouble.error for trouble in told), "the trouble")
        await until(lambda: chain.pid not in (None, node) and chain.answers(), "another node", 60)
        await until(lambda: not board.troubles(), "calm again")
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def said(hand: Hand) -> str:
    banner = hand.window().banner.findChild(QLabel, "banner.text")
    return banner.text() if banner is not None and hand.window().banner.isVisible() else ""


def test_what_fails_beside_the_desktop_is_said_and_begins_again(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_application("en")
    clients: list[int] = []
    desktops: list[Desktop] = []

    async def live() -> None:
        clients.append(1)
        if len(clients) > 1:
            await asyncio.get_running_loop().create_future()
        await until(lambda: desktops, "somebody who can see it")
        raise ValueError("no such <b>client</b>")

    async def scenario(stack: Stack) -> None:
        board = Board()
        remembered = QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)
        desktop = Desktop(connect_to(stack.settings("en")), "here", remembered, board)
        session = asyncio.ensure_future(desktop.run())
        hand = Hand()
        async with at_work(stack, board, ("clients", live), pauses=PAUSES):
            who = stack.world.logins["maker"]
            await hand.type("login.login", who.login)
            await hand.type("login.password", who.password.reveal())
            await hand.click("login.ok")
            await until(lambda: desktop.window is not None, "the window")
            desktops.append(desktop)
            await until(lambda: "The simulated clients failed" in said(hand), "clients in the banner")
            assert "no such <b>client</b>" in said(hand)
            await until(lambda: len(clients) == 2, "the clients begun again")
            await until(lambda: not board.troubles(), "calm after a steady time")

            node = stack.chain.pid
            assert node is not None
            os.kill(node, signal.SIGKILL)
            await until(
                lambda: "The local chain (Ethereum) failed" in said(hand), "the chain in the banner", 5
            )
            await until(
                lambda: stack.chain.running and stack.chain.pid not in (None, node), "the chain again"
            )
            head = await asyncio.to_thread(stack.chain.head)
            await until(lambda: stack.chain.head() > head, "blocks again")

            server = stack.postgres.pid
            assert server is not None
            os.kill(server, signal.SIGKILL)
            await until(lambda: "The embedded PostgreSQL failed" in said(hand), "PostgreSQL in the banner", 5)
            await until(lambda: not board.troubles(), "calm again", 60)
            with stack.world.connect("superuser") as root:
                assert root.execute("SELECT 1").fetchone() == (1,)
            assert all(trouble.state is not State.GIVEN_UP for trouble in board.troubles())
            assert desktop.window is not None, "the session outlives its server's restart"
        desktop.stop()
        await session

    logging.getLogger("wbo.worker").setLevel(logging.CRITICAL)
    with running(tmp_path / "demo", 0.5, history=True) as stack, qasync.QEventLoop(qapp) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(scenario(stack))
    asyncio.set_event_loop(None)
    logging.getLogger("wbo.worker").setLevel(logging.NOTSET)
    i18n.install("zh_HK")
    told = caplog.text
    for part in ("clients failed", "chain Ethereum failed", "postgres failed"):
        assert part in told, "the terminal says it too"
