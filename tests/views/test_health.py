"""What the worker knows is on the screen, with the truth of what waits and what still works."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.gate import Gate
from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import Network
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.header import Banner, Header
from wbo_desktop.views.health import Health
from wbo_desktop.views.labels import networks as words
from wbo_desktop.views.operation import settle
from wbo_desktop.views.pages import network as network_page
from wbo_desktop.views.tables.columns import cell
from wbo_desktop.views.theme import Mode, Tone

NOW = datetime.now(UTC)
VIOLATED = str(RuleViolation("finality_violated", network="Ethereum", number=96))
SINCE = "2026-11-24T04:05:06+00:00"


def banner_of(health: Health, qtbot: QtBot) -> Banner:
    window = QWidget()
    qtbot.addWidget(window)
    banner = Banner(health, QWidget(window), window)
    banner.kept = window  # type: ignore[attr-defined]
    return banner


def row(**changes: Any) -> dict[str, Any]:
    """A network as it is now; times among the changes are meant as seen from `NOW`."""
    since_then = datetime.now(UTC) - NOW
    told = {
        "network": "Ethereum", "head_number": 100, "head_seen_at": NOW, "checkpoint_number": 100, "alarm": None,
        "worker": "w", "worker_until": NOW + timedelta(hours=1),
        "worker_state": {"code": "", "since": SINCE, "usable": 2, "nodes": 2, "needed": 1},
    } | changes  # fmt: skip
    return {name: at + since_then if isinstance(at, datetime) else at for name, at in told.items()}


def state(code: str, usable: int = 0, nodes: int = 1, needed: int = 1) -> dict[str, Any]:
    return {
        "worker_state": {"code": code, "since": SINCE, "usable": usable, "nodes": nodes, "needed": needed}
    }


async def looked(desk: Desk, store: MemoryStore, *rows: dict[str, Any]) -> Health:
    store.rows["chain_health"] = list(rows)
    health = Health(desk)
    health.look()
    await until(health.networks)
    return health


CASES = [
    ({}, Tone.GOOD, "Ethereum 100", ""),
    (state("no_node"), Tone.BAD, "節點全無回應", "入賬、小額支付驗證及退幣發送均須等待"),
    (state("few_nodes", 1, 2, 2), Tone.WAITING, "回應的節點不足", "2 個節點中只有 1 個有回應，須有 2 個一致"),
    (state("sending", 1), Tone.WAITING, "退幣未能發送", "區塊確認及入賬照常運作"),
    (state("fault", 1), Tone.WAITING, "鏈上程序故障", "退幣可能須等待"),
    ({"head_number": None, "head_seen_at": None}, Tone.WAITING, "從未見過", "首個區塊出現前"),
    (
        {"head_seen_at": NOW - timedelta(minutes=30)},
        Tone.WAITING,
        "Ethereum 100 · 30 分鐘",
        "30 分鐘沒有新區塊",
    ),
    (
        {"worker_until": NOW - timedelta(seconds=1)} | state("no_node"),
        Tone.WAITING,
        "Ethereum 100",
        "沒有鏈上程序",
    ),
    ({"alarm": "deep reorganisation"}, Tone.BAD, "Ethereum 100", "deep reorganisation"),
    ({"alarm": VIOLATED}, Tone.BAD, "Ethereum 100", "取代了已終局的區塊 96"),
]


@pytest.mark.parametrize(("changes", "tone", "short", "message"), CASES)
async def test_a_network_is_told_as_it_is(
    desk: Desk, store: MemoryStore, changes: dict[str, Any], tone: Tone, short: str, message: str
) -> None:
    health = await looked(desk, store, row(**changes))
    (network,) = health.networks()
    assert words.tone(network) is tone
    assert short in words.short(network)
    assert message in words.message(network)
    assert bool(words.message(network)) == bool(message)
    assert (words.grade(network) == 0) == (tone is Tone.GOOD)


@pytest.mark.parametrize(("code", "waits", "works"), [
    ("no_node", ("確認", "入賬", "退幣發送"), ("查詢", "撤銷", "批准")),
    ("few_nodes", ("入賬", "退幣完結"), ("其他功能",)),
    ("sending", ("退幣",), ("入幣", "入賬")),
    ("fault", ("入賬", "退幣"), ("查詢", "撤銷")),
])  # fmt: skip
async def test_the_banner_says_what_waits_and_what_works(
    desk: Desk, store: MemoryStore, code: str, waits: tuple[str, ...], works: tuple[str, ...]
) -> None:
    health = await looked(desk, store, row(**state(code)))
    said = words.message(health.networks()[0])
    assert all(word in said for word in (*waits, *works)), said
    assert "2026-11-24" in said


@pytest.mark.parametrize(("language", "waits", "works"), [
    ("zh_HK", ("區塊 96", "入賬", "執行或完結退幣"), ("撤銷", "批准", "其他網絡")),
    ("zh_CN", ("区块 96", "入账", "执行或完结退币"), ("撤销", "批准", "其他网络")),
    ("en", ("block 96", "credited", "no refund is executed or settled"), ("revoking", "approving", "other networks")),
])  # fmt: skip
async def test_an_alarm_is_told_in_words(
    qtbot: QtBot,
    desk: Desk,
    store: MemoryStore,
    language: str,
    waits: tuple[str, ...],
    works: tuple[str, ...],
) -> None:
    i18n.install(language)
    health = await looked(desk, store, row(alarm=VIOLATED))
    said = banner_of(health, qtbot)._text.text()
    assert all(word in said for word in (*waits, *works)), said
    for text in (said, words.long(health.networks()[0]), labels.value("alarm", VIOLATED)):
        assert "finality" not in text
        assert "=" not in text
    alarm = next(column for column in network_page.FACTS if column.key == "alarm")
    assert cell(alarm, Network(alarm=VIOLATED)).text == labels.alarm(VIOLATED)


async def test_of_two_networks_that_are_well_the_header_names_the_same_all_the_time(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    named = set()
    for older in ("Ethereum", "Polygon"):
        rows = [
            row(network=name, head_seen_at=NOW - timedelta(seconds=3 * (name == older)))
            for name in ("Ethereum", "Polygon")
        ]
        header = Header(desk, await looked(desk, store, *rows), Mode.LIGHT, 1.0)
        qtbot.addWidget(header)
        named.add(header._chain.accessibleName().split()[0])
    assert named == {"Ethereum"}


def reading(**changes: Any) -> dict[str, Any]:
    """How far the server's log was read, a moment ago; times among the changes are meant as seen from `NOW`."""
    since_then = datetime.now(UTC) - NOW
    told = {"looked_at": NOW, "behind_bytes": 2048, "behind_since": None, "collects": True} | changes
    return {
        name: value + since_then if isinstance(value, datetime) else value for name, value in told.items()
    }


LATE = [
    ({}, Tone.GOOD, "尚餘 2 KiB 未讀", ""),
    ({"behind_bytes": 300 << 20, "behind_since": NOW}, Tone.WAITING, "300 MiB", "尚有 300 MiB 未讀"),
    (
        {"behind_bytes": 2 << 20, "behind_since": NOW - timedelta(minutes=2)},
        Tone.WAITING,
        "2 MiB",
        "延遲記錄",
    ),
    ({"behind_bytes": 2 << 20, "behind_since": NOW}, Tone.GOOD, "2 MiB", ""),
    ({"looked_at": NOW - timedelta(minutes=2)}, Tone.WAITING, "未讀取", "不會計算次數"),
    ({"looked_at": None}, Tone.WAITING, "未讀取", "不會計算次數"),
    ({"collects": False}, Tone.WAITING, "沒有可讀取的日誌", "jsonlog"),
]


@pytest.mark.parametrize(("changes", "tone", "tooltip", "message"), LATE)
async def test_administrators_see_how_far_the_servers_log_is_read(
    qtbot: QtBot,
    desk: Desk,
    store: MemoryStore,
    changes: dict[str, Any],
    tone: Tone,
    tooltip: str,
    message: str,
) -> None:
    store.rows["log_reading"] = [reading(**changes)]
    health = await looked(desk, store, row())
    await until(lambda: health.log_reading is not None)
    header, banner = Header(desk, health, Mode.LIGHT, 1.0), banner_of(health, qtbot)
    qtbot.addWidget(header)
    shown = []
    header._database.show_state = lambda *told: shown.append(told)  # type: ignore[method-assign]
    header.show_health()
    assert shown[0][0] is tone
    assert tooltip in shown[0][2]
    assert message in banner._text.text()
    assert bool(banner._text.text()) == bool(message)


async def test_who_administers_nobody_is_not_told_of_the_servers_log(qtbot: QtBot) -> None:
    store = MemoryStore(permissions=frozenset({Permission.RECORD_INQUIRY}))
    store.rows["log_reading"] = [reading(collects=False)]
    desk = Desk(store, store.session())
    health = await looked(desk, store, row())
    assert health.log_reading is None
    assert banner_of(health, qtbot)._text.text() == ""
    await settle()
    await desk.close()


async def test_a_password_that_waits_to_be_confirmed_is_told(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    health = await looked(desk, store, row())
    banner = banner_of(health, qtbot)
    assert banner._text.text() == ""
    desk.session = replace(desk.session, password_foreign=True)
    health.changed.emit()
    said = banner._text.text()
    assert all(word in said for word in ("密碼", "只可查閱", "一切操作均被拒絕", "管理員", "操作員與權限")), (
        said
    )


async def test_a_network_that_was_never_seen_is_not_hidden_by_one_in_good_health(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    unseen = row(network="Base", head_number=None, head_seen_at=None)
    health = await looked(desk, store, row(), unseen)
    header, banner = Header(desk, health, Mode.LIGHT, 1.0), banner_of(health, qtbot)
    qtbot.addWidget(header)
    assert header._chain.accessibleName() == "Base：從未見過"
    assert "從未見過此網絡的區塊" in header._chain.toolTip()
    assert "從未見過 Base" in banner._text.text()


async def test_both_networks_that_do_not_work_are_told(qtbot: QtBot, desk: Desk, store: MemoryStore) -> None:
    health = await looked(
        desk, store, row(network="Base", head_seen_at=NOW - timedelta(hours=1)), row(**state("no_node"))
    )
    banner = banner_of(health, qtbot)
    first, second = banner._text.text().split("\n")
    assert "Ethereum" in first, "the worst first"
    assert "Base" in second


async def test_what_is_heard_while_an_answer_is_awaited_is_asked_again(
    desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    health = await looked(desk, store, row())
    gate.shut()
    health.look()
    await until(lambda: gate.asked == 1)
    # the answer under way was read before this
    store.rows["chain_health"] = [row(**state("no_node"))]
    health.look()
    gate.open(10)
    await until(lambda: health.networks()[0].trouble == "no_node")
