"""Values as text: amounts with every decimal, times with their zone, addresses and hashes whole or shortened,
durations.

Nothing here rounds. Words for codes are left to `labels`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QObject

NOTHING = "—"
HONG_KONG = timezone(timedelta(hours=8), "HKT")
"""The desk's own zone, without summer time since 1979; a workstation need not have the world's zones."""
GROUP_SPACE = "\u2009"
"""A thin space between the groups of an address: it reads as a gap, and what is copied never comes from
here."""


def amount(value: Decimal | int | None, decimals: int | None = None, coin: str | None = None) -> str:
    """An amount in units of the coin as text, thousands separated, with `decimals` decimals and the coin's
    code behind it.

    `decimals` None shows the decimals that the value has. A value with more decimals than the coin shows them
    all.
    """
    if value is None:
        return NOTHING
    exact = Decimal(value)
    have = max(0, -int(exact.as_tuple().exponent)) if exact.is_finite() else 0
    text = f"{exact:,.{max(have, decimals or 0)}f}"
    return f"{text}\u00a0{coin}" if coin else text


def difference(value: Decimal, decimals: int, coin: str) -> str:
    """A difference of amounts as text, with its sign."""
    text = amount(value, decimals, coin)
    return f"+{text}" if value > 0 else text


def plain_amount(value: Decimal | None, decimals: int | None = None) -> str:
    """An amount without separators and coin, as it is copied and typed."""
    return "" if value is None else amount(value, decimals).replace(",", "")


def moment(value: datetime | str | None) -> datetime | None:
    """A time as an aware datetime in the workstation's zone; text is ISO 8601 as the database's JSON has
    it."""
    if value is None or value == "":
        return None
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    if read.tzinfo is None:
        read = read.replace(tzinfo=UTC)
    return read.astimezone()


def time_text(value: datetime | str | None) -> str:
    """A moment in local time with its zone: `2026-11-22 19:04:05 HKT` or `… +08:00`."""
    try:
        local = moment(value)
    except ValueError:
        return str(value)
    return NOTHING if local is None else f"{local:%Y-%m-%d %H:%M:%S} {zone(local)}"


def short_time(value: datetime | str | None) -> str:
    """A moment in local time without its zone, for a narrow column."""
    local = moment(value)
    return NOTHING if local is None else f"{local:%Y-%m-%d %H:%M:%S}"


def time_tooltip(value: datetime | str | None) -> str:
    """A moment in UTC, for the tooltip."""
    local = moment(value)
    return "" if local is None else f"{local.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def zone(local: datetime) -> str:
    """The local zone's short name, or its offset where the system has only a long name."""
    name = local.tzname() or ""
    if name and len(name) <= 5 and name.isascii():
        return name
    offset = local.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def grouped(address: str | None) -> str:
    """An address or hash whole, in groups of four after its `0x`: to be read and compared, not copied."""
    if not address:
        return NOTHING
    prefix, digits = (address[:2], address[2:]) if address[:2].lower() == "0x" else ("", address)
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    return GROUP_SPACE.join([prefix, *groups] if prefix else groups)


def shortened(address: str | None, head: int = 6, tail: int = 6) -> str:
    """The first and last digits of an address or hash, for a table whose tooltip has the whole."""
    if not address:
        return NOTHING
    if len(address) <= head + tail + 3:
        return address
    return f"{address[: head + 2]}…{address[-tail:]}"


class Counted(QObject):
    """Texts with a number, each in the form that the number needs. lupdate takes a text for one of several forms
    only where an object's own `tr` is called."""

    def seconds(self, number: int) -> str:
        """Seconds, shortened."""
        return self.tr("%n s", "", number)

    def minutes(self, number: int) -> str:
        """Minutes, shortened."""
        return self.tr("%n min", "", number)

    def hours(self, number: int) -> str:
        """Hours, shortened."""
        return self.tr("%n h", "", number)

    def days(self, number: int) -> str:
        """A span of `number` whole days in words, with the plural of the language."""
        return self.tr("%n day(s)", "", number)

    def blocks_to_go(self, number: int) -> str:
        """Blocks that are still missing."""
        return self.tr("%n block(s) to go", "", number)


_counted = Counted()


def duration(length: timedelta | float | int | None) -> str:
    """A length of time in its largest unit or two: `45 s`, `3 min`, `2 h 5 min`, `4 days`."""
    if length is None:
        return NOTHING
    seconds = int(length.total_seconds() if isinstance(length, timedelta) else length)
    seconds = max(0, seconds)
    if seconds < 60:
        return _counted.seconds(seconds)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        return _counted.minutes(minutes)
    if days < 2:
        rest = minutes - 60 * hours
        text = _counted.hours(hours)
        if not rest:
            return text
        return QCoreApplication.translate("format", "{hours} {minutes}").format(
            hours=text, minutes=_counted.minutes(rest)
        )
    return _counted.days(days)


def ago(value: datetime | str | None, now: datetime | None = None) -> str:
    """The time since a moment, in words."""
    local = moment(value)
    if local is None:
        return NOTHING
    passed = (now or datetime.now(UTC)) - local
    if passed < timedelta(seconds=5):
        return QCoreApplication.translate("format", "just now")
    return QCoreApplication.translate("format", "{duration} ago").format(duration=duration(passed))


def expected(remaining_blocks: int | None, seconds_per_block: float | None) -> str:
    """The time at which confirmations are expected to be complete, in words."""
    if remaining_blocks is None:
        return NOTHING
    if remaining_blocks <= 0:
        return QCoreApplication.translate("format", "complete")
    if not seconds_per_block:
        return _counted.blocks_to_go(remaining_blocks)
    return QCoreApplication.translate("format", "about {duration} to go").format(
        duration=duration(remaining_blocks * seconds_per_block)
    )


def confirmations(have: int | None, need: int | None) -> str:
    """`7 / 12`: confirmations of those needed, never more than needed."""
    if need is None:
        return NOTHING
    return f"{min(have or 0, need)} / {need}"


def joined(items: Iterable[str]) -> str:
    """A list in one line, separated by the language's comma."""
    return QCoreApplication.translate("format", ", ").join(items) or NOTHING
