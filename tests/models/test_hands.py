"""One person, one hand: who may have known a password counts as its owner, to the root."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.operators import Operators
from wbo_demo.world import World
from wbo_desktop.domain.permissions import Permission as P

Ask = Callable[..., Any]
ADMIN = P.OPERATOR_ADMIN
SAME = "SELECT wbo_rule.same_hand(%s, %s)"


def _issue(database: World, *issues: tuple[str, str | None]) -> None:
    """Let passwords be given out in this order: (whose, by whom)."""
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        for whose, by in issues:
            owner.execute("SELECT wbo_rule.note_issue(%s, %s)", (whose, by))


@pytest.fixture
def six(operators: Operators) -> list[str]:
    """Operators that the owner made: roots, all of them."""
    return [operators.make() for _ in range(6)]


def test_roots_are_strangers_to_each_other(six: list[str], ask: Ask) -> None:
    for one in six:
        for other in six:
            assert ask("superuser", SAME, one, other) is (one == other)
        assert ask("superuser", "SELECT wbo_rule.roots(%s)", one) == [one]


def test_a_hand_reaches_to_the_root_and_to_every_branch(six: list[str], ask: Ask, database: World) -> None:
    a, b, ghost, its_ghost, cousin, stranger = six
    _issue(database, (ghost, a), (its_ghost, ghost), (cousin, a), (stranger, b))
    for one, other in ((a, ghost), (a, its_ghost), (ghost, cousin), (its_ghost, cousin), (b, stranger)):
        assert ask("superuser", SAME, one, other) is True
        assert ask("superuser", SAME, other, one) is True
    for one in (a, ghost, its_ghost, cousin):
        for other in (b, stranger):
            assert ask("superuser", SAME, one, other) is False
    assert ask("superuser", "SELECT wbo_rule.roots(%s)", its_ghost) == [a]
    assert ask("superuser", "SELECT wbo_rule.hand(%s)", its_ghost) == sorted([its_ghost, ghost, a])


def test_a_circle_of_re_issues_does_not_wash_a_hand(six: list[str], ask: Ask, database: World) -> None:
    """Ghosts that give out each other's passwords would be nobody's, if only the latest issuer counted."""
    a, _, ghost, other, *_ = six
    _issue(database, (ghost, a), (other, ghost), (ghost, other), (other, ghost), (ghost, ghost))
    with database.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.operator SET password_issued_at = now() - interval '1 year'")
    for one in (ghost, other):
        assert ask("superuser", SAME, a, one) is True


def test_a_login_of_another_hand_is_clean_only_when_the_hours_have_passed(
    six: list[str], ask: Ask, database: World
) -> None:
    a, b, ghost, *_ = six
    _issue(database, (ghost, a), (ghost, b))
    assert ask("superuser", SAME, ghost, b) is True
    assert ask("superuser", SAME, ghost, a) is True
    with database.connect("superuser") as connection:
        connection.execute("UPDATE wbo_data.operator SET password_issued_at = now() - interval '25 hours'")
    assert ask("superuser", SAME, ghost, a) is False
    # what the owner gives out is a root again
    _issue(database, (ghost, None))
    assert ask("superuser", "SELECT wbo_rule.hand(%s)", ghost) == [ghost]


def test_two_quick_re_issues_wash_no_more_than_one(six: list[str], ask: Ask, database: World) -> None:
    a, b, c, ghost, *_ = six
    _issue(database, (ghost, a), (ghost, b), (ghost, c))
    assert ask("superuser", "SELECT wbo_rule.hand(%s)", ghost) == sorted([a, b, c, ghost])
