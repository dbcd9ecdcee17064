"""The merging of a list with the rows that its source has now. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

R = TypeVar("R")

Key = tuple[Any, ...]


def with_kept(
    fresh: Sequence[R],
    shown: Sequence[Key],
    kept: Collection[Key],
    looked_up: Mapping[Key, R | None],
    key_of: Callable[[R], Key],
) -> list[R]:
    """`fresh` with the kept rows that are not in it, each after the row that it follows in the list now.

    Args:
        shown: the keys as the list has them.
        looked_up: kept rows as they are now; None for one that no longer exists.
    """
    rows = list(fresh)
    keys = [key_of(row) for row in rows]
    before: Key | None = None
    for key in shown:
        row = looked_up.get(key)
        if row is not None and key in kept:
            at = keys.index(before) + 1 if before is not None else 0
            rows.insert(at, row)
            keys.insert(at, key)
        if key in keys:
            before = key
    return rows


def newcomers(fresh: Sequence[Key], shown: Collection[Key], whole: bool) -> int:
    """The number of rows of `fresh` that the list does not show. Those after the list's last row do not
    count, since scrolling brings them, unless `fresh` is everything (`whole`)."""
    end = max((at for at, key in enumerate(fresh) if key in shown), default=len(fresh))
    return sum(key not in shown for key in (fresh if whole else fresh[:end]))
