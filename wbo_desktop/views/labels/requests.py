"""Requests that wait for an administrator of another hand, in words: the object, and each value before and
after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from wbo_desktop.models.tables import PermissionRequest
from wbo_desktop.views.labels.fields import field
from wbo_desktop.views.labels.names import permission, policy
from wbo_desktop.views.labels.sentences import value

HIDDEN = frozenset({"code", "network", "name", "decimals"})
"""The fields that are not listed: the object has them already, or they only say how amounts are written."""


def request_about(row: PermissionRequest) -> str:
    """The login, rule, coin or network that a row of `permission_request` is about."""
    return policy(row.object_id) if row.kind == "save_policy" else str(row.login or row.object_id)


def request_changes(row: PermissionRequest) -> list[tuple[str, str, str]]:
    """(name, before, after) of every value that the request would change, in words."""
    before, after = _mapping(row.before), _mapping(row.payload)
    if row.kind == "grant_permission":
        return [(field("permission_code"), "—", permission(row.permission_code))]
    after = _mapping(after.get("details")) or after
    names = [name for name in after if name in before or after[name] not in (None, "")]
    return [
        (field(name), value(name, before.get(name), row.kind), value(name, after[name], row.kind))
        for name in names
        if not _same(before.get(name), after[name]) and not (name in HIDDEN and name not in before)
    ]


def request_change(row: PermissionRequest) -> str:
    """The changes of a request in one line."""
    if row.kind == "grant_permission":
        return permission(row.permission_code)
    said = request_changes(row)
    if row.kind == "save_policy":
        return " · ".join(f"{before} → {after}" for _, before, after in said)
    return " · ".join(
        f"{name} {after}" if before == "—" else f"{name} {before} → {after}" for name, before, after in said
    )


def _mapping(content: Any) -> Mapping[str, Any]:
    found = json.loads(content) if isinstance(content, str) else content
    return found if isinstance(found, Mapping) else {}


def _same(before: Any, after: Any) -> bool:
    """Whether two values are equal, numbers by their value (1.50 and 1.5)."""
    if isinstance(before, bool) or isinstance(after, bool) or isinstance(before, list):
        return bool(before == after)
    if before in (None, "") or after in (None, ""):
        return before in (None, "") and after in (None, "")
    try:
        return Decimal(str(before)) == Decimal(str(after))
    except InvalidOperation:
        return str(before) == str(after)
