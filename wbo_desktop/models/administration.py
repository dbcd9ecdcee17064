"""The acts of the database's owner, for which no operator has a button: service logins, the first operators,
imports from the core system, cleared alarms.

Every other act is an operator's (`schema/code/54_operators.sql`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.sessions import LIMITS, SessionLimit
from wbo_desktop.domain.types import parse_address
from wbo_desktop.models.connection import refusals
from wbo_desktop.models.migrate import OWNER
from wbo_desktop.secrets import Secret

INTAKE, WORKER = "wbo_intake", "wbo_worker"


def verifier(connection: psycopg.Connection[Any], login: str, password: Secret) -> str:
    """The SCRAM-SHA-256 verifier of a password, made on this side: the server never sees the password."""
    made: bytes = connection.pgconn.encrypt_password(
        password.reveal().encode(), login.encode(), b"scram-sha-256"
    )
    return made.decode()


def make_login(connection: psycopg.Connection[Any], login: str, password: Secret, group: str) -> None:
    """Makes a login that is a member of one group role (`wbo_owner`, `wbo_intake` or `wbo_worker`).

    An existing login gets the password and the membership. Needs a superuser, or the owner for the last two.
    """
    there = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchone() is not None
    statement = "ALTER ROLE {} LOGIN PASSWORD {}" if there else "CREATE ROLE {} LOGIN PASSWORD {}"
    secret = sql.Literal(verifier(connection, login, password))
    connection.execute(sql.SQL(statement).format(sql.Identifier(login), secret))
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(login)))
    if group == INTAKE:
        most = int(LIMITS[SessionLimit.CLIENT_SIDE_CONNECTIONS])
        connection.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(sql.Identifier(login), most))


def make_first_operator(
    connection: psycopg.Connection[Any],
    login: str,
    password: Secret,
    display_name: str,
    permissions: Iterable[Permission],
    *,
    language: str = "zh_HK",
    one_time: bool = True,
) -> None:
    """Makes an operator without an administrator: the first administrator, or a demo's operators. With a
    one-time password the permissions are given once it was changed.

    Needs a member of the owner role.
    """
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute("SELECT wbo_rule.begin_act('create_operator')")
        name = sql.Identifier(login)
        there = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchone() is not None
        statement = "ALTER ROLE {} LOGIN PASSWORD {}" if there else "CREATE ROLE {} LOGIN PASSWORD {}"
        made = verifier(connection, login, password)
        connection.execute(sql.SQL(statement).format(name, sql.Literal(made)))
        connection.execute(sql.SQL("GRANT wbo_operator TO {}").format(name))
        connection.execute("SELECT wbo_rule.limit_role(%s)", (login,))
        connection.execute(
            "INSERT INTO wbo_data.operator (login, display_name, language, must_change_password, one_time_until,"
            " password_mark) VALUES (%s, %s, %s, %s, CASE WHEN %s THEN wbo_rule.one_time_until() END,"
            " wbo_rule.password_mark(%s))",
            (login, display_name, language, one_time, one_time, made),
        )
        connection.execute(
            "SELECT wbo_rule.set_password_expiry(login, coalesce(one_time_until, 'infinity'))"
            " FROM wbo_data.operator WHERE login = %s",
            (login,),
        )
        for permission in permissions:
            connection.execute(
                "INSERT INTO wbo_data.permission_grant (login, permission_code, state, decided_by, decided_at)"
                " VALUES (%s, %s, 'granted', session_user, now())",
                (login, permission.value),
            )
        if not one_time:
            connection.execute("SELECT wbo_rule.give_permissions(%s)", (login,))


LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,30}")
"""The form of a login, as `wbo.create_operator` wants it: lower case and ASCII, so that no two look alike."""


def add_administrator(connection: psycopg.Connection[Any], login: str, password: Secret) -> None:
    """Makes a root administrator: one whose one-time password no operator of the desk gave out. An operator
    of that login gets a new password, is enabled, and becomes a root. Needs a member of the owner role."""
    there = connection.execute("SELECT FROM wbo_data.operator WHERE login = %s", (login,)).fetchone()
    if there is None:
        make_first_operator(connection, login, password, login, (Permission.OPERATOR_ADMIN,))
        return
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute(
            "SELECT wbo_rule.renew_administrator(%s, %s)", (login, verifier(connection, login, password))
        )


def note_issue(connection: psycopg.Connection[Any], login: str, issuer: str) -> None:
    """Records that the administrator `issuer` gave out this operator's password; for the demo's operators,
    whose passwords no administrator gave out. Needs a member of the owner role."""
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute("SELECT wbo_rule.begin_act('create_operator')")
        connection.execute("SELECT wbo_rule.note_issue(%s, %s)", (login, issuer))


def clear_alarm(
    connection: psycopg.Connection[Any], network: str, remark: str, *, accept: bool = False
) -> str:
    """Clears the alarm of a network after the owner has looked into it, so that its worker goes on; returns
    the alarm. With `accept` the finalized blocks that are no longer canonical may be undone. Needs a member
    of the owner role.

    Raises:
        RuleViolation: `remark_blank`, `value_too_long`; `unknown_object`: no such network, or (of the kind
            `alarm`) it has none.
    """
    with refusals(), connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        found = connection.execute(
            "SELECT c.alarm FROM wbo_data.network n LEFT JOIN wbo_data.checkpoint c ON c.network = n.name"
            " WHERE n.name = %s FOR UPDATE OF n",
            (network,),
        ).fetchone()
        if found is None:
            raise RuleViolation("unknown_object", object="network", id=network)
        connection.execute("SELECT wbo_rule.clear_alarm(%s, %s, %s)", (network, remark, accept))
    return str(found[0])


def import_known_addresses(
    connection: psycopg.Connection[Any], network: str, known: Iterable[tuple[str, str]]
) -> int:
    """Imports addresses that belong to no client although clients send from them, such as the hot wallets of
    exchanges, each with the name that operators are shown. An empty name takes one back. Returns how many
    were given.

    Raises:
        RuleViolation: `address_malformed`, `address_checksum`: of the first that is wrong; nothing was
            imported. `unknown_object`: no such network.
    """
    named = [(parse_address(address), label.strip() or None) for address, label in known]
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        if connection.execute("SELECT FROM wbo_data.network WHERE name = %s", (network,)).fetchone() is None:
            raise RuleViolation("unknown_object", object="network", id=network)
        connection.execute("SELECT wbo_rule.begin_act('import_known_addresses')")
        for address, label in named:
            connection.execute(
                "INSERT INTO wbo_data.known_address (network, address, label) VALUES (%s, %s, %s)"
                " ON CONFLICT (network, address) DO UPDATE SET label = excluded.label",
                (network, address, label),
            )
    return len(named)


def import_clients(connection: psycopg.Connection[Any], clients: Iterable[dict[str, Any]]) -> int:
    """Imports clients from the broker's core system; existing ones are updated. Returns how many were given.

    A client has client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified and
    language.
    """
    count = 0
    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute("SELECT wbo_rule.begin_act('import_clients')")
        for one in clients:
            connection.execute(
                "INSERT INTO wbo_data.client (client_no, securities_account, name_en, name_zh_hk, name_zh_cn,"
                " identity_verified, language) VALUES (%(client_no)s, %(securities_account)s, %(name_en)s, %(name_zh_hk)s,"
                " %(name_zh_cn)s, %(identity_verified)s, %(language)s) ON CONFLICT (client_no) DO UPDATE SET"
                " name_en = excluded.name_en, name_zh_hk = excluded.name_zh_hk, name_zh_cn = excluded.name_zh_cn,"
                " identity_verified = excluded.identity_verified, language = excluded.language",
                one,
            )
            count += 1
    return count
