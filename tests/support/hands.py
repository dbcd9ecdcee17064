"""The logins of one person: the person's own, and those taken over beside it."""

from __future__ import annotations

from tests.support.operators import Operators
from wbo_desktop.domain.permissions import Permission


def ghost(operators: Operators, of: str, *permissions: Permission) -> str:
    """An operator whose password came from `of`, one of the world's logins: the same hand."""
    name = operators.make(*permissions)
    with operators.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute("SELECT wbo_rule.note_issue(%s, %s)", (name, operators.world.logins[of].login))
    return name
