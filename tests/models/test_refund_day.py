"""The daily limit's day is Hong Kong's, and what is not said when a coin is saved stays as strict as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.models.test_requests import STRONGER
from tests.security.scene import USDT, Scene
from wbo_demo.world import World

Ask = Callable[..., Any]
Refusal = Callable[..., str]

COIN = (
    "SELECT wbo.save_cryptocurrency(%s, (SELECT version FROM wbo.cryptocurrency"
    " WHERE code = 'USDT' AND network = 'Ethereum'))"
)
REQUEST = "SELECT wbo.request_refund(%s, %s, %s, %s, %s)"


def save(ask: Ask, **details: object) -> Any:
    return ask("maker", COIN, json.dumps({"code": "USDT", "network": "Ethereum", **details}))


@pytest.mark.parametrize(("seconds", "counts"), [(-1, False), (1, True)])
def test_a_refund_counts_from_hong_kongs_midnight_on(
    scene: Scene, ask: Ask, refusal: Refusal, seconds: int, counts: bool
) -> None:
    """At any hour the test may run at, that is another moment than midnight anywhere else."""
    one, two = scene.world.clients[:2]
    records = [scene.credited(one, 100 * USDT, "S-1"), scene.credited(two, 100 * USDT, "S-2")]
    save(ask, daily_refund_limit="150")
    first = ask("maker", REQUEST, records[0], one.wallet.address, 100, None, "asked")
    midnight = datetime.now(ZoneInfo("Asia/Hong_Kong")).replace(hour=0, minute=0, second=0, microsecond=0)
    with scene.world.connect("superuser") as root:
        root.execute("SET session_replication_role = replica")
        root.execute(
            "UPDATE wbo_data.refund SET requested_at = %s WHERE refund_no = %s",
            (midnight + timedelta(seconds=seconds), first),
        )
    asked = (records[1], two.wallet.address, 100, None, "asked")
    if counts:
        assert refusal("maker", REQUEST, *asked) == "daily_limit_exceeded"
    else:
        assert ask("maker", REQUEST, *asked)


@pytest.mark.parametrize("said", [{}, {"approvals_needed": None}], ids=["left out", "null"])
def test_approvals_left_out_stay_as_they_were(database: World, ask: Ask, said: dict[str, object]) -> None:
    needed = "SELECT approvals_needed FROM wbo.cryptocurrency WHERE code = 'USDT'"
    assert save(ask, approvals_needed=2) == "saved"
    assert save(ask, remark="another word", **said) == "saved"
    assert ask("maker", needed) == 2


def test_nothing_that_is_left_out_gets_weaker(database: World, ask: Ask) -> None:
    assert save(ask, **STRONGER) == "saved"
    rules = ", ".join(f"to_jsonb(c) -> '{name}'" for name in sorted(STRONGER))
    now = f"SELECT jsonb_build_array({rules}) FROM wbo.cryptocurrency c WHERE code = 'USDT'"
    before = ask("maker", now)
    assert save(ask, remark="nothing else") == "saved"
    assert ask("maker", now) == before


def test_a_coin_made_without_a_word_about_approvals_wants_one(database: World, ask: Ask) -> None:
    with database.connect("superuser") as root:
        found = root.execute(
            "SELECT column_default FROM information_schema.columns"
            " WHERE table_schema = 'wbo_data' AND table_name = 'cryptocurrency' AND column_name = 'approvals_needed'"
        ).fetchone()
    assert found == ("1",)
