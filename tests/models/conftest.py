"""A desk with a simulated chain behind it, and operators of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
import pytest

from tests.security.scene import Scene
from tests.support.agreement import agree as agree_to_all
from tests.support.simulated_chain import SimulatedChain
from wbo_demo.world import World


@pytest.fixture
def scene(database: World) -> Iterator[Scene]:
    """The made-up broker with a chain that a test moves on by itself."""
    made = Scene(database, SimulatedChain(database))
    yield made
    made.chain.close()


@pytest.fixture
def ask(database: World) -> Callable[..., Any]:
    """`ask("maker", "SELECT …", values…)`: the first value, in a session of its own."""

    def first(who: str, statement: str, *values: object) -> Any:
        with database.connect(who) as connection:
            cursor = connection.execute(statement.encode(), values)
            row = cursor.fetchone() if cursor.description else None
        return None if row is None else row[0]

    return first


@pytest.fixture
def refusal(database: World) -> Callable[..., str]:
    """`refusal("maker", "SELECT …", values…)`: the code of the rule that refused it, or the SQLSTATE."""

    def code(who: str, statement: str, *values: object) -> str:
        with database.connect(who) as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(statement.encode(), values)
        state = refused.value.sqlstate or ""
        return str(refused.value.diag.message_primary) if state.startswith("WB") else state

    return code


@pytest.fixture
def agree(database: World) -> Callable[..., int]:
    """`agree()` or `agree("admin")`: an administrator of another hand approves what waits."""
    return lambda by="admin2": agree_to_all(database, by)


def column(rows: Iterable[Any]) -> list[Any]:
    """The first column."""
    return [row[0] for row in rows]
