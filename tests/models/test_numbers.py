"""Record and refund numbers: as many digits as they need, anew each Hong Kong day, and nobody waits for one."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.security.scene import USDT, Scene
from wbo_demo.world import World
from wbo_desktop.models import pages
from wbo_desktop.models.connection import Database
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.pages import PageRequest

Ask = Callable[..., Any]
Refusal = Callable[..., str]

SUBMIT = "SELECT record_no FROM wbo.submit_deposit_application(%s, %s, 'USDT', 'Ethereum', 10, %s, %s, NULL, now())"
A_DAY = 10**10
HONG_KONG = ZoneInfo("Asia/Hong_Kong")


def today() -> int:
    """Hong Kong's day, counted from 1970."""
    return datetime.now(HONG_KONG).date().toordinal() - datetime(1970, 1, 1, tzinfo=UTC).date().toordinal()


def submit(world: World, serial: str) -> str:
    client = world.clients[0]
    with world.connect("intake") as intake:
        values = (serial, client.securities_account, client.wallet.address, client.custodial)
        row = intake.execute(SUBMIT, values).fetchone()
    assert row is not None
    return str(row[0])


def count(number: str) -> int:
    """The count of a number of today."""
    found = re.fullmatch(r"(?:DP|RF)(\d{8})-(\d{6,})", number)
    assert found is not None, number
    days = {(datetime.now(HONG_KONG) - timedelta(minutes=m)).strftime("%Y%m%d") for m in (0, 5)}
    assert found[1] in days
    return int(found[2])


def set_counter(world: World, value: int, counter: str = "deposit_no") -> None:
    """As if that had been the last number."""
    with world.connect("superuser") as root:
        root.execute(f"SELECT setval('wbo_data.{counter}', %s)".encode(), (value,))


def test_the_seventh_digit(database: World) -> None:
    set_counter(database, today() * A_DAY + 999_997)
    numbers = [submit(database, f"S-{n}") for n in range(14)]
    assert [count(number) for number in numbers] == list(range(999_998, 1_000_012))
    assert numbers[2].endswith("-1000000")
    found: list[str] = []
    after: tuple[Any, ...] | None = None
    who = database.logins["viewer"]
    viewer = Database(database.server, who.login, who.password, "tests")
    while True:
        page = pages.page(viewer, PageRequest(DepositRecord, after=after, limit=3))
        found += [row["record_no"] for row in page.rows]
        after = page.last
        if after is None:
            break
    viewer.close_all()
    assert found == numbers[::-1], "pages go on across it, newest first, each row once"


def test_the_seventh_digit_of_refunds(scene: Scene) -> None:
    client = scene.world.clients[0]
    records = [scene.credited(client, 10 * USDT, f"S-{n}") for n in range(2)]
    set_counter(scene.world, today() * A_DAY + 999_998, "refund_no")
    assert [count(scene.request(record, client, 10 * USDT)) for record in records] == [999_999, 1_000_000]


@pytest.mark.parametrize(("days_ago", "reached"), [(1, 512), (400, 7_000_000)])
def test_each_day_begins_anew(database: World, days_ago: int, reached: int) -> None:
    set_counter(database, (today() - days_ago) * A_DAY + reached)
    assert [count(submit(database, f"S-{n}")) for n in range(3)] == [1, 2, 3]


def test_a_counter_from_before_numbers_had_days_goes_on(database: World) -> None:
    """An upgrade in the middle of a day: no number of that day comes twice."""
    set_counter(database, 41)
    assert [count(submit(database, f"S-{n}")) for n in range(3)] == [42, 43, 44]


def test_the_first_number_of_all_is_one(database: World) -> None:
    with database.connect("superuser") as root:
        root.execute("ALTER SEQUENCE wbo_data.deposit_no RESTART")
    assert count(submit(database, "S-1")) == 1


def test_a_clock_that_is_behind_uses_the_day_that_began(database: World) -> None:
    """Somebody else's clock reached midnight a moment earlier: no day is begun twice, no number given twice."""
    set_counter(database, (today() + 1) * A_DAY + 3)
    tomorrow = (datetime.now(HONG_KONG) + timedelta(days=1)).strftime("%Y%m%d")
    assert submit(database, "S-1") == f"DP{tomorrow}-000004"


@pytest.mark.parametrize("upgraded", [False, True])
def test_sessions_that_race_at_midnight(database: World, upgraded: bool) -> None:
    """Or for the first number after an upgrade."""
    before = 41
    set_counter(database, before if upgraded else (today() - 1) * A_DAY + 512)
    sessions = 8
    begin = threading.Barrier(sessions)
    numbers: list[str] = []

    def one(name: int) -> None:
        begin.wait()
        for n in range(3):
            numbers.append(submit(database, f"S-{name}-{n}"))

    threads = [threading.Thread(target=one, args=(name,)) for name in range(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = sorted(count(number) for number in numbers)
    assert len(set(counts)) == 3 * sessions
    if upgraded:
        assert counts[0] > before
    else:
        assert counts == list(range(1, 3 * sessions + 1))


def test_nobody_waits_for_a_transaction_that_has_a_number(database: World) -> None:
    """Neither for the one that began the day: intake goes on while it sits there, and when it is rolled back."""
    set_counter(database, today() * A_DAY - 5)
    client = database.clients[0]
    with database.connect("intake") as idle:
        idle.execute("BEGIN")
        values = ("S-idle", client.securities_account, client.wallet.address, client.custodial)
        first = idle.execute(SUBMIT, values).fetchone()
        assert first is not None
        with database.connect("intake") as other:
            other.execute("SET statement_timeout = '5s'")
            values = (
                "S-1",
                database.clients[1].securities_account,
                database.clients[1].wallet.address,
                database.clients[1].custodial,
            )
            second = other.execute(SUBMIT, values).fetchone()
        idle.execute("ROLLBACK")
    assert second is not None
    assert (count(first[0]), count(second[0])) == (1, 2)
    assert count(submit(database, "S-2")) == 3


def test_a_refused_request_burns_no_number(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    world, client = scene.world, scene.world.clients[0]
    with world.connect("superuser") as root:
        root.execute("INSERT INTO wbo_data.network (name, chain_id) VALUES ('Empty', 99)")
        root.execute("SELECT set_config('wbo.action', 'test', false)")
        root.execute(
            "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, decimals)"
            " VALUES ('ETH', 'Empty', 'E', 'E', 'E', 18)"
        )
    first = count(scene.submit(client, 10 * USDT, "S-first"))
    wrong = "SELECT wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s)"
    source, target, account = client.wallet.address, client.custodial, client.securities_account
    for code, values in {
        "unknown_object": ("W", "nobody", "USDT", "Ethereum", 10, source, target),
        "amount_not_positive": ("W", account, "USDT", "Ethereum", 0, source, target),
        "value_missing": ("W", account, "USDT", "Ethereum", 10, " ", target),
        "serial_reused": ("S-first", account, "USDT", "Ethereum", 11, source, target),
    }.items():
        assert refusal("intake", wrong, *values) == code
    ask("maker", 'SELECT wbo.save_cryptocurrency(\'{"code": "ETH", "network": "Ethereum", "deposit_enabled": false}\','
                 " (SELECT version FROM wbo.cryptocurrency WHERE code = 'ETH' AND network = 'Ethereum'))")  # fmt: skip
    assert refusal("intake", wrong, "W", account, "ETH", "Ethereum", 10, source, target) == "deposit_disabled"
    assert count(scene.submit(client, 10 * USDT, "S-second")) == first + 1

    records = [scene.credited(scene.world.clients[1], amount * USDT, f"S-{amount}") for amount in (30, 40)]
    other = scene.world.clients[1]
    begun = count(scene.request(records[0], other, 30 * USDT))
    ask_for = "SELECT wbo.request_refund(%s, %s, %s, %s, %s)"
    address = other.wallet.address
    for code, values in {
        "refund_in_progress": (records[0], address, 30, None, "x"),
        "refund_exceeds_credited": (records[1], address, 41, None, "x"),
        "adjust_reason_missing": (records[1], address, 39, None, "x"),
        "remark_blank": (records[1], address, 40, None, " "),
        "amount_too_precise": (records[1], address, Decimal("1.0000001"), "x", "x"),
        "refund_address_other_client": (records[1], client.wallet.address, 40, None, "x"),
        "unknown_object": ("DP-none", address, 40, None, "x"),
    }.items():
        assert refusal("maker", ask_for, *values) == code
    assert count(scene.request(records[1], other, 40 * USDT)) == begun + 1


def test_the_day_is_not_begun_by_hand(database: World) -> None:
    """Nobody but the owner's functions comes near a counter."""
    for login in ("intake", "maker", "worker"):
        for statement in (
            "SELECT wbo_rule.start_day('wbo_data.deposit_no', 1)",
            "SELECT FROM wbo_data.number_turn FOR UPDATE",
        ):
            with database.connect(login) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement.encode())
