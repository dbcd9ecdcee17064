"""A superuser's session that acts as one login after another, all in one transaction that is never committed."""

from __future__ import annotations

from typing import Any

import psycopg


class Becoming:
    """`session_user` is what the rules ask for, and it is what is set here; a password is never needed."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def act(self, login: str, statement: str, *values: Any) -> Any:
        """The first value a statement returns to that login. Leaves the session as it was, whatever comes of it."""
        name = psycopg.sql.Identifier(login)
        self.connection.execute(psycopg.sql.SQL("SAVEPOINT act; SET SESSION AUTHORIZATION {}").format(name))
        try:
            cursor = self.connection.execute(statement.encode(), values)
            row = cursor.fetchone() if cursor.description else None
            # what is judged when a transaction ends is judged now: each act would be one of its own
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except psycopg.Error:
            self.connection.execute("ROLLBACK TO act; RELEASE act")
            raise
        self.connection.execute("RESET SESSION AUTHORIZATION; RELEASE act; RESET ROLE")
        return row[0] if row else None
