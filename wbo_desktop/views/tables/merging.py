"""What becomes of a list when its source changed; pure, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from wbo_desktop.services.pages import Row

Key = tuple[Any, ...]


def with_kept(
    fresh: Sequence[Row],
    shown: Sequence[Key],
    kept: Collection[Key],
    looked_up: Mapping[Key, Row | None],
    key_of: Callable[[Row], Key],
) -> list[Row]:
    """`fresh` with the kept rows that are not in it, each behind the row that it stands behind now.

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
    """How many of `fresh` the list does not show; behind its last row there is only what scrolling brings, unless
    `fresh` is all there is."""
    end = max((at for at, key in enumerate(fresh) if key in shown), default=len(fresh))
    return sum(key not in shown for key in (fresh if whole else fresh[:end]))
