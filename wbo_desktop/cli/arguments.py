"""The kinds of values that commands take; each raises ArgumentTypeError with what is wrong."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation


def seconds(text: str) -> float:
    """Seconds from 0 to 3600."""
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError("must be between 0 and 3600 seconds")
    return value


def pair(text: str) -> tuple[str, str]:
    """Two words joined by an equals sign, TXID=NUMBER."""
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form A=B")
    return left, right


def day(text: str) -> date:
    """A calendar day in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-01-31") from None


def count(text: str) -> int:
    """A whole number from 0."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def amount(text: str) -> Decimal:
    """A decimal number, exactly as typed."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount") from None
