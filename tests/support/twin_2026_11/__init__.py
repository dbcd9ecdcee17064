"""The schema as it stood in November 2026, kept as it was: campaigns must find its known faults before they are believed
when they find none in today's.
"""

from importlib import resources
from typing import Any

import psycopg

_FILES = resources.files(__name__)
TABLES = (_FILES / "tables.sql").read_text(encoding="utf-8")
MOVES = (_FILES / "moves.sql").read_text(encoding="utf-8")
CODE = (_FILES / "code.sql").read_text(encoding="utf-8")


def install(connection: psycopg.Connection[Any]) -> None:
    """Make that schema in an empty database of a server that has the desk's roles already. Needs a superuser."""
    with connection.transaction():
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        database = psycopg.sql.Identifier(connection.info.dbname)
        connection.execute(
            psycopg.sql.SQL("GRANT CONNECT, CREATE ON DATABASE {} TO wbo_owner").format(database)
        )
        connection.execute("SET LOCAL ROLE wbo_owner")
        for text in (TABLES, MOVES, CODE):
            connection.execute(text.encode())
