"""Amounts lose nothing, times name their zone, addresses come back whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain.types import from_base_units
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n

ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7"


@pytest.fixture(autouse=True)
def in_english(qapp: QCoreApplication) -> None:
    i18n.install("en")


@pytest.mark.parametrize(
    ("value", "decimals", "coin", "text"),
    [
        (Decimal("1234567.5"), 6, "USDT", "1,234,567.500000\u00a0USDT"),
        (Decimal("0.000000000000000001"), 18, "ETH", "0.000000000000000001\u00a0ETH"),
        (Decimal("1E+3"), 2, None, "1,000.00"),
        (Decimal("1E-7"), None, None, "0.0000001"),
        (Decimal("12.3456789"), 2, None, "12.3456789"),
        (0, 6, None, "0.000000"),
        (None, 6, "USDT", "—"),
    ],
)
def test_amounts(value: Decimal | None, decimals: int | None, coin: str | None, text: str) -> None:
    assert shown.amount(value, decimals, coin) == text


@given(st.integers(min_value=0, max_value=2**256 - 1), st.integers(min_value=0, max_value=18))
def test_an_amount_shown_is_the_amount(base: int, decimals: int) -> None:
    value = from_base_units(base, decimals)
    assert Decimal(shown.amount(value, decimals).replace(",", "")) == value
    assert Decimal(shown.plain_amount(value, decimals)) == value


def test_times_are_local_with_their_zone_and_utc_in_the_tooltip() -> None:
    moment = datetime(2026, 11, 22, 11, 4, 5, tzinfo=UTC)
    local = moment.astimezone()
    assert shown.time_text(moment) == f"{local:%Y-%m-%d %H:%M:%S} {shown.zone(local)}"
    assert shown.time_text("2026-11-22T11:04:05+00:00") == shown.time_text(moment)
    assert shown.time_tooltip(moment) == "2026-11-22 11:04:05 UTC"
    assert shown.time_text(None) == "—"
    assert shown.time_text("soon") == "soon"


def test_a_zone_with_a_long_name_is_an_offset() -> None:
    from datetime import timezone

    far = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30), "India Standard Time"))
    assert shown.zone(far) == "+05:30"


def test_addresses() -> None:
    parts = shown.grouped(ADDRESS).split(shown.GROUP_SPACE)
    assert parts[0] == "0x"
    assert all(len(part) == 4 for part in parts[1:])
    assert "".join(parts) == ADDRESS
    assert shown.shortened(ADDRESS) == "0x529084…169EE7"
    assert shown.shortened("0x1234") == "0x1234"
    assert shown.grouped(None) == shown.shortened("") == "—"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (172800, "2 days"),
        (-4, "0 s"),
    ],
)
def test_durations(seconds: int, text: str) -> None:
    assert shown.duration(seconds) == text
    assert shown.duration(timedelta(seconds=seconds)) == text


def test_ago_and_expected() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert shown.ago(now - timedelta(minutes=3), now) == "3 min ago"
    assert shown.ago(now, now) == "just now"
    assert shown.expected(5, 12) == "about 1 min to go"
    assert shown.expected(1, None) == "1 block to go"
    assert shown.expected(0, 12) == "complete"
    assert shown.confirmations(15, 12) == "12 / 12"


UNITS = [
    (0, "0 秒", "0 s"),
    (59, "59 秒", "59 s"),
    (60, "1 分鐘", "1 min"),
    (119, "1 分鐘", "1 min"),
    (3_599, "59 分鐘", "59 min"),
    (3_600, "1 小時", "1 h"),
    (3_660, "1 小時 1 分鐘", "1 h 1 min"),
    (86_399, "23 小時 59 分鐘", "23 h 59 min"),
    (86_400, "24 小時", "24 h"),
    (172_799, "47 小時 59 分鐘", "47 h 59 min"),
    (172_800, "2 天", "2 days"),
    (1_036_799, "11 天", "11 days"),
    (-5, "0 秒", "0 s"),
]


@pytest.mark.parametrize(("seconds", "chinese", "english"), UNITS)
def test_lengths_of_time_have_their_unit_in_every_language(seconds: int, chinese: str, english: str) -> None:
    for language, text in (("zh_HK", chinese), ("en", english)):
        i18n.install(language)
        assert shown.duration(seconds) == text
        assert shown.duration(timedelta(seconds=seconds)) == text
        assert shown.duration(float(seconds)) == text


def test_remaining_time_and_age_go_over_to_hours_and_days() -> None:
    i18n.install("en")
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert shown.ago(now - timedelta(seconds=4), now) == "just now"
    assert shown.ago(now - timedelta(seconds=5), now) == "5 s ago"
    assert shown.ago(now - timedelta(hours=3, minutes=7), now) == "3 h 7 min ago"
    assert shown.ago(now - timedelta(days=3), now) == "3 days ago"
    assert shown.expected(64, 12) == "about 12 min to go"
    assert shown.expected(600, 12) == "about 2 h to go"
    assert shown.expected(2, None) == "2 blocks to go"
