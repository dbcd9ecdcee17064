"""A record shows what was credited; before that what was seen, else the claim, and says which."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.health import Health
from wbo_desktop.views.pages import coin_deposit_records
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.pages.spec import Context, Explorers

SPEC = coin_deposit_records.PAGE
CLAIMED, SEEN = Decimal("100.000000"), Decimal("99.500000")

CASES: list[tuple[dict[str, Any], str, str, str, str]] = [
    (
        {"status": "success", "credited_amount": SEEN, "observed_amount": SEEN},
        "99.500000\u00a0USDT",
        "99.500000",
        "已入賬；申報 100.000000\u00a0USDT，相差 -0.500000\u00a0USDT。",
        "-0.500000\u00a0USDT",
    ),
    (
        {"status": "refunded", "credited_amount": SEEN, "observed_amount": SEEN},
        "99.500000\u00a0USDT",
        "99.500000",
        "已入賬；申報 100.000000\u00a0USDT，相差 -0.500000\u00a0USDT。",
        "-0.500000\u00a0USDT",
    ),
    (
        {"status": "success", "credited_amount": CLAIMED, "observed_amount": CLAIMED},
        "100.000000\u00a0USDT",
        "100.000000",
        "已入賬，與申報相同。",
        "",
    ),
    (
        {"status": "abnormal", "credited_amount": None, "observed_amount": SEEN},
        "鏈上 99.500000\u00a0USDT",
        "99.500000",
        "鏈上所見，未入賬；申報 100.000000\u00a0USDT，相差 -0.500000\u00a0USDT。",
        "-0.500000\u00a0USDT",
    ),
    (
        {"status": "processing", "credited_amount": None, "observed_amount": CLAIMED},
        "鏈上 100.000000\u00a0USDT",
        "100.000000",
        "鏈上所見，與申報相同；未入賬。",
        "",
    ),
    (
        {"status": "pending_auth", "credited_amount": None, "observed_amount": None},
        "申報 100.000000\u00a0USDT",
        "100.000000",
        "客戶申報，鏈上尚未見到。",
        "",
    ),
]


@pytest.mark.parametrize(("changes", "listed", "copied", "about", "difference"), CASES)
async def test_list_and_headline_show_what_was_credited_and_say_what_else_it_is(
    qtbot: QtBot,
    desk: Desk,
    store: MemoryStore,
    changes: dict[str, Any],
    listed: str,
    copied: str,
    about: str,
    difference: str,
) -> None:
    row = store.rows["deposit_record"][0]
    row |= {"coin": "USDT", "decimals": 6, "claimed_amount": CLAIMED} | changes
    store.rows["deposit_record"] = [row]
    page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), SPEC)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    await until(lambda: page.model.rowCount() and page.detail.row())
    at = [column.key for column in SPEC.columns].index("amount")
    assert not page.table.isColumnHidden(at)
    cell = page.model.index(0, at)
    assert cell.data() == listed
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == about
    page.table.setCurrentIndex(cell)
    page.table.copy_cell()
    assert QGuiApplication.clipboard().text() == copied

    def said(name: str) -> str:
        found = [label for label in page.findChildren(QLabel, f"detail.{name}") if label.isVisibleTo(page)]
        return found[0].text() if found else ""

    assert said("amount") == f"{copied} USDT"
    assert said("about_amount") == about
    assert said("claimed_amount") == "100.000000\u00a0USDT"
    assert said("difference") == difference
