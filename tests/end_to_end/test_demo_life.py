"""The made-up clients' day: what the desk refuses them is an answer, anything else is a failure that is seen."""

from __future__ import annotations

import random
from decimal import Decimal

import psycopg
import pytest

from tests.support.desk_worker import Desk, working
from wbo_demo import life as life_module
from wbo_demo.life import Life, Wish, asks_and_pays
from wbo_demo.world import NETWORK, World
from wbo_desktop.domain.errors import RuleViolation

AMOUNT = Decimal("250")


async def test_the_worker_took_another_payment_for_the_request_meanwhile(stack: World) -> None:
    """The demo died of this after eleven minutes: the client's own TXID came second, and was refused."""
    life, desk = Life(stack), Desk(stack)
    client = stack.clients[0]
    ask, pay, tell = asks_and_pays(life, Wish(client, NETWORK, "USDT", AMOUNT))
    async with working(stack):
        ask()
        life.clients.pay(client, "USDT", AMOUNT)
        (row,) = desk.rows("SELECT record_no FROM wbo_data.deposit")
        await desk.until(row["record_no"], "processing")
        pay()
        with pytest.raises(RuleViolation) as refused:
            tell()
        assert refused.value.code == "txid_already_attached"
        assert await life.answered([tell]) == "txid_already_attached"
    assert life.counts["txid_already_attached"] == 1


async def test_the_day_goes_on_after_a_refusal(stack: World, monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life(stack, random.Random(1))
    done: list[int] = []

    def deed(*_: object) -> life_module.Deed:
        def step() -> None:
            done.append(1)
            if len(done) >= 4:
                raise OSError("the end of this test")
            raise RuleViolation("txid_already_attached", external_serial="S", txid="0x")

        return [step]

    monkeypatch.setattr(life_module, "_DEEDS", {"deed": (deed, 1)})
    with pytest.raises(OSError, match="the end of this test"):
        await life.live(0.01)
    assert life.counts["txid_already_attached"] == 3


async def test_a_lost_database_is_no_answer(stack: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise RuleViolation("database_unreachable")

    with pytest.raises(RuleViolation):
        await Life(stack).answered([lost])

    def broken() -> None:
        raise psycopg.errors.SyntaxError("a defect")

    with pytest.raises(psycopg.Error):
        await Life(stack).answered([broken])
