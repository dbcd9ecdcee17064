"""A node dies and comes back: what the worker knows within a second is on the screen within two."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
import qasync
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.desk_worker import QUICK
from wbo_demo.chain import Chain
from wbo_demo.world import World
from wbo_desktop.models.store import PostgresStore
from wbo_desktop.services.desk import log_in
from wbo_desktop.views import fonts, i18n, theme
from wbo_desktop.views.header import Banner, Header
from wbo_desktop.views.health import Health
from wbo_desktop.views.labels import networks as words
from wbo_desktop.views.operation import settle
from wbo_desktop.views.theme import Mode, Tone
from wbo_desktop.worker import Worker

ON_SCREEN = 2.0


@pytest.fixture
def node(stack: World, tmp_path: Path) -> Iterator[Chain]:
    """A chain of this test's own, which may die: killed, it begins again with the same first block."""
    with Chain.start(tmp_path / "node", chain_id=31337, options=("--timestamp", "1700000000")) as chain:
        with stack.connect("superuser") as connection:
            connection.execute("UPDATE wbo_data.network SET rpc_urls = %s", ([chain.rpc_url],))
        yield chain


async def until(condition: object, seconds: float) -> float:
    """Seconds until it holds."""
    began = monotonic()
    while not condition():  # type: ignore[operator]
        assert monotonic() - began < seconds, f"waited {seconds} s in vain"
        await asyncio.sleep(0.01)
    return monotonic() - began


def test_a_killed_node_is_on_the_screen_within_two_seconds_and_so_is_its_return(
    qapp: QApplication, stack: World, node: Chain
) -> None:
    fonts.prepare()
    i18n.install("zh_HK")
    theme.apply("light")
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_scenario(stack, node))
    asyncio.set_event_loop(None)


async def _scenario(stack: World, node: Chain) -> None:
    who, worker_login = stack.logins["viewer"], stack.logins["worker"]
    desk = await log_in(
        lambda login, password: PostgresStore(stack.server, login, password), who.login, who.password
    )
    worker = Worker(stack.server, worker_login.login, worker_login.password, rules=QUICK)
    work = asyncio.create_task(worker.run())
    health = Health(desk)
    window = QWidget()
    header, banner = Header(desk, health, Mode.LIGHT, 1.0), Banner(health, QWidget(window), window)
    desk.start_listening()
    health.start()
    try:

        def well() -> bool:
            found = health.network("Ethereum")
            return found is not None and found.worker is not None and words.grade(found) == 0

        await until(well, 20)
        assert not banner._text.text()
        assert node.pid is not None
        os.kill(node.pid, signal.SIGKILL)
        await until(lambda: worker.networks["Ethereum"].failure, 5)
        assert not worker.health()["ok"]
        seconds = await until(lambda: "節點全無回應" in header._chain.accessibleName(), 10)
        assert seconds < ON_SCREEN
        print(f"on the screen {seconds:.2f} s after the worker knew")
        found = health.network("Ethereum")
        assert found is not None
        assert words.tone(found) is Tone.BAD
        assert "退幣發送均須等待" in banner._text.text()
        assert "查詢" in banner._text.text()
        await asyncio.to_thread(node.restart)
        await until(lambda: worker.health()["ok"], 10)
        seconds = await until(well, 10)
        assert seconds < ON_SCREEN
        assert not banner._text.text()
        print(f"green again {seconds:.2f} s after the worker knew")
    finally:
        health.stop()
        header.deleteLater()
        window.deleteLater()
        await worker.stop()
        await asyncio.wait_for(work, 30)
        await settle()
        await desk.close()
