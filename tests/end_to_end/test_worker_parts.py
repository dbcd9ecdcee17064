"""No part of a worker ends unseen: a companion of a line is begun again, a dead sealer ends the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.desk_worker import QUICK, Desk, eventually, working
from wbo_demo.world import World
from wbo_desktop.chain.leading import CompanionMaker, Leading
from wbo_desktop.domain.network_health import NetworkTrouble
from wbo_desktop.services.watching import Watching
from wbo_desktop.worker import Worker, _unwell


class Frail:
    """A companion that breaks the first time."""

    def __init__(self, runs: list[int]) -> None:
        self._runs = runs
        self.failure = ""

    async def run(self) -> None:
        self._runs.append(1)
        if len(self._runs) == 1:
            raise ValueError("the first one breaks")
        await asyncio.get_running_loop().create_future()

    def wake(self) -> None:
        """Nothing to do."""


async def test_a_companion_that_breaks_is_begun_again(stack: World, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def companions(self: Worker, name: str, on_threads: Any) -> Iterator[CompanionMaker]:
        yield lambda leading: Frail(runs)

    monkeypatch.setattr(Worker, "_companions", companions)
    async with working(stack) as worker:
        await eventually(lambda: len(runs) == 2)
        await eventually(lambda: worker.networks["Ethereum"].leads)
        line = worker.networks["Ethereum"]
        await eventually(lambda: line.leads and line.health().get("checkpoint") is not None)
        # blocks are followed again; that a part broke a moment ago is not forgotten for it
        assert not worker.health()["ok"]
        assert line.health()["state"]["code"] == NetworkTrouble.FAULT
        assert "the first one breaks" in line.failure


async def test_health_is_not_ok_while_refunds_are_not_sent(
    stack: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Frail] = []

    def companions(self: Worker, name: str, on_threads: Any) -> Iterator[CompanionMaker]:
        def make(leading: Leading) -> Frail:
            made.append(Frail([0]))
            return made[-1]

        yield make

    monkeypatch.setattr(Worker, "_companions", companions)
    async with working(stack) as worker:
        await eventually(lambda: made and worker.health()["ok"])
        made[0].failure = "the signer does not answer"
        assert not worker.health()["ok"]
        assert worker.health()["networks"][0]["failure"] == "the signer does not answer"
        stored = "SELECT worker_state ->> 'code' AS code FROM wbo.chain_health WHERE network = 'Ethereum'"
        await eventually(lambda: Desk(stack).rows(stored)[0]["code"] == NetworkTrouble.SENDING, 2)
        made[0].failure = ""
        await eventually(lambda: Desk(stack).rows(stored)[0]["code"] == "", 2)


async def test_health_is_not_ok_while_a_line_has_stopped(stack: World) -> None:
    async with working(stack) as worker:
        await eventually(lambda: worker.networks and worker.health()["ok"])
        worker.networks["Ethereum"].stop()
        await eventually(lambda: not worker.health()["ok"])
        assert worker.health()["stopped"] == ["Ethereum"]


async def test_a_worker_whose_sealer_died_ends_with_its_error(
    stack: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = Watching._for_ever

    async def dies(self: Watching, name: str, work: Any) -> None:
        if name == "sealer":
            raise ValueError("no sealer")
        await lives(self, name, work)

    monkeypatch.setattr(Watching, "_for_ever", dies)
    who = stack.logins["worker"]
    worker = Worker(stack.server, who.login, who.password, rules=QUICK)
    with pytest.raises(ValueError, match="no sealer"):
        await asyncio.wait_for(worker.run(), 20)


@pytest.mark.parametrize(
    ("line", "unwell"),
    [
        ({"failure": ""}, False),
        ({"failure": "", "alarm": None, "state": {"code": ""}}, False),
        ({"failure": "no node answers"}, True),
        ({"failure": "", "alarm": "finality_violated", "state": {"code": ""}}, True),
        ({"failure": "", "alarm": None, "state": {"code": "few_nodes"}}, True),
    ],
)
def test_a_line_that_cannot_do_all_of_its_work_is_not_well(line: dict[str, Any], unwell: bool) -> None:
    assert _unwell(line) is unwell
