"""The rules of the desk that operators set, each with the direction in which it protects less.

One table for both sides: installed into the database (`wbo_data.desk_rule`), whose guard lets a weaker rule
through only when an administrator of another hand agreed, and read by the dialogs, which say so before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Weaker(StrEnum):
    """The change of a rule's value that makes it protect less."""

    LOWER = "lower"
    HIGHER = "higher"
    RANK = "rank"
    """A choice whose values are ranked in `DeskRule.ranks`, the weakest first."""
    ANY = "any"
    """Values that cannot be compared: every change counts as weaker."""


@dataclass(frozen=True, slots=True)
class DeskRule:
    """One setting that decides something: a policy, or a column of a coin or network.

    Attributes:
        object_type: `policy`, `cryptocurrency` or `network`; `name` is the policy's name, or the column of
            that table.
        shown_as: its name in acts and pages where that differs (amounts are shown in units of the coin).
        ranks: the values of a choice, the weakest first.
        unlimited: the value weaker than every number: `null` (no limit is set) or `zero` (switched off).
        default: of a policy, before operators set it; lowest, highest: the bounds of a number.
        unit: what a number counts.
    """

    object_type: str
    name: str
    weaker: Weaker
    shown_as: str = ""
    ranks: tuple[str, ...] = ()
    unlimited: str | None = None
    default: int | bool | None = None
    lowest: int | None = None
    highest: int | None = None
    unit: str | None = None


def _policy(
    name: str, weaker: Weaker, default: int, unit: str, *, lowest: int = 1, unlimited: str | None = None
) -> DeskRule:
    return DeskRule(
        "policy",
        name,
        weaker,
        unlimited=unlimited,
        default=default,
        lowest=lowest,
        highest=100_000,
        unit=unit,
    )


def _coin(
    name: str,
    weaker: Weaker,
    shown_as: str = "",
    *,
    unlimited: str | None = None,
    ranks: tuple[str, ...] = (),
    bounds: tuple[int, int] | None = None,
) -> DeskRule:
    return DeskRule(
        "cryptocurrency",
        name,
        weaker,
        shown_as=shown_as or name,
        unlimited=unlimited,
        ranks=ranks,
        lowest=bounds and bounds[0],
        highest=bounds and bounds[1],
    )


def _network(name: str, weaker: Weaker, bounds: tuple[int, int] | None = None) -> DeskRule:
    return DeskRule(
        "network", name, weaker, shown_as=name, lowest=bounds and bounds[0], highest=bounds and bounds[1]
    )


_LOWER, _HIGHER, _RANK, _ANY = Weaker.LOWER, Weaker.HIGHER, Weaker.RANK, Weaker.ANY

RULES: tuple[DeskRule, ...] = (
    DeskRule("policy", "refund_approval_required", _RANK, ranks=("false", "true"), default=True),
    _policy("idle_lock_minutes", _HIGHER, 15, "minutes"),
    _policy("session_hours", _HIGHER, 12, "hours"),
    _policy("login_failures", _HIGHER, 5, "attempts"),
    _policy("login_lock_minutes", _LOWER, 15, "minutes"),
    _policy("micro_payment_hours", _HIGHER, 24, "hours"),
    _policy("one_time_password_hours", _HIGHER, 72, "hours"),
    _policy("fresh_password_hours", _LOWER, 24, "hours", lowest=0),
    _policy("wallet_cooling_off_hours", _LOWER, 24, "hours", lowest=0),
    _policy("transfer_gap_hours", _HIGHER, 0, "hours", lowest=0, unlimited="zero"),
    _coin("minimum_base", _LOWER, "minimum_deposit"),
    _coin("confirmations", _LOWER, bounds=(1, 10_000)),
    _coin("confirmation_steps", _ANY),
    _coin("wallet_rule", _RANK, ranks=("once", "every_deposit")),
    _coin("deposit_enabled", _RANK, ranks=("true", "false")),
    _coin("credit_tolerance", _HIGHER),
    _coin("approvals_needed", _LOWER, bounds=(0, 2)),
    _coin("two_approvals_above_base", _HIGHER, "two_approvals_above", unlimited="null"),
    _coin("cooling_off_hours", _LOWER, bounds=(0, 8760)),
    _coin("daily_refund_limit_base", _HIGHER, "daily_refund_limit", unlimited="null"),
    _coin("alert_level_base", _LOWER, "alert_level", unlimited="null"),
    _coin("stop_level_base", _LOWER, "stop_level", unlimited="null"),
    _network("finality", _ANY),
    _network("rpc_urls", _ANY),
    _network("agreement", _LOWER, (1, 9)),
    _network("worker_agreement", _LOWER, (1, 5)),
    _network("txid_grace_seconds", _HIGHER, (0, 604_800)),
)
"""Every rule of the desk. A column that is not here (names, remarks, the explorer's addresses) decides
nothing and is saved at once."""

BY_NAME: Mapping[tuple[str, str], DeskRule] = {(rule.object_type, rule.name): rule for rule in RULES}

POLICIES: Mapping[str, DeskRule] = {rule.name: rule for rule in RULES if rule.object_type == "policy"}


def bounds(object_type: str, name: str) -> tuple[int, int]:
    """The lowest and the highest value of a rule that is a number and has bounds.

    Raises:
        ValueError: it has none.
    """
    rule = BY_NAME[object_type, name]
    if rule.lowest is None or rule.highest is None:
        raise ValueError(f"{object_type} {name} has no bounds")
    return rule.lowest, rule.highest


def weakened(object_type: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The rules that `after` makes weaker than `before`, by the names they have in acts and pages, in the table's order.

    Both map such names to values; what `after` leaves out stays as it is. `confirmation_steps` and `rpc_urls` are lists.
    """
    return [
        rule.shown_as or rule.name
        for rule in RULES
        if rule.object_type == object_type
        and (rule.shown_as or rule.name) in after
        and _weaker(rule, before, after)
    ]


def _weaker(rule: DeskRule, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    name = rule.shown_as or rule.name
    was, becomes = before.get(name), after[name]
    if name == "confirmation_steps":
        return _needs_less(before, {**before, **after})
    if rule.weaker is Weaker.ANY:
        return bool(was != becomes)
    if rule.weaker is Weaker.RANK:
        return rule.ranks.index(_word(becomes)) < rule.ranks.index(_word(was))
    if _no_limit(rule, was) or _no_limit(rule, becomes):
        return _no_limit(rule, becomes) and not _no_limit(rule, was)
    old, new = Decimal(str(was)), Decimal(str(becomes))
    return new < old if rule.weaker is Weaker.LOWER else new > old


def _word(value: Any) -> str:
    return str(value).lower()  # `True` of Python and `true` of the database are one choice


def _no_limit(rule: DeskRule, value: Any) -> bool:
    return (rule.unlimited == "null" and value is None) or (
        rule.unlimited == "zero" and value is not None and Decimal(str(value)) == 0
    )


def _needs_less(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether some amount needs fewer confirmations after the change than before."""
    amounts = {Decimal(0)} | {_from(step) for rules in (before, after) for step in _steps(rules)}
    return any(_needed(after, amount) < _needed(before, amount) for amount in amounts)


def _steps(rules: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return rules.get("confirmation_steps") or ()


def _from(step: Mapping[str, Any]) -> Decimal:
    return Decimal(str(step["from"]))


def _needed(rules: Mapping[str, Any], amount: Decimal) -> int:
    raised = [int(step["confirmations"]) for step in _steps(rules) if amount >= _from(step)]
    return max([int(rules.get("confirmations") or 1), *raised])
