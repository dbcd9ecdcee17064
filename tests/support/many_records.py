"""A broker with very many records, for what has to stay fast when the tables are long."""

from __future__ import annotations

from pathlib import Path

from wbo_demo import world
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login, World
from wbo_desktop.models.connection import Server, open_connection

_SQL = Path(__file__).with_name("many_records.sql")
_BIG = (
    "deposit",
    "deposit_application",
    "unmatched",
    "chain_transfer",
    "refund",
    "audit_entry",
    "wallet_address",
    "custodial_account",
    "client",
)


def build(postgres: Postgres, name: str, records: int, clients: int) -> World:
    """A new database `name` with so many records in it, analysed and vacuumed as autovacuum would."""
    superuser = Login(postgres.superuser, postgres.superuser_password)
    maintenance = Server(postgres.host, postgres.port, "postgres")
    with open_connection(maintenance, superuser.login, superuser.password, "many") as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    made = world.build(Server(postgres.host, postgres.port, name), superuser, prefix=f"{name}_")
    with made.connect("superuser") as connection:
        # logins belong to the whole server: one that may write every table would be found by others' tests
        connection.execute(f"REVOKE wbo_owner FROM {name}_owner".encode())
    fill(made, records, clients)
    return made


def fill(made: World, records: int, clients: int) -> None:
    """So many records more."""
    with made.connect("superuser") as connection:
        with connection.transaction():
            connection.execute("SELECT set_config('many.records', %s, true)", (str(records),))
            connection.execute("SELECT set_config('many.clients', %s, true)", (str(clients),))
            connection.execute(_SQL.read_bytes())
        for table in _BIG:
            connection.execute(f"VACUUM (ANALYZE) wbo_data.{table}".encode())
