"""The desk that the person works at: coins, clients, money in every state, and colleagues who never do anything.

It is made the same way on today's schema and on its faulty twin, from statements that both understand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.support import twin_2026_11
from tests.support.one_hand.chain import Chain, Payment, signature
from tests.support.one_hand.desk import Becoming
from tests.support.one_hand.worker import NETWORK, Worker
from wbo_demo.world import World
from wbo_desktop.domain.permissions import Permission as P
from wbo_desktop.models import migrate
from wbo_desktop.models.connection import open_connection

USDT = 10**6
_STORED = "SCRAM-SHA-256$4096:{salt}$" + "A" * 43 + "=:" + "B" * 43 + "="
UNKNOWN = _STORED.format(salt="dW5rbm93bnVua25vd24=")
KNOWN = tuple(_STORED.format(salt=salt) for salt in ("a25vd25rbm93bmtub3c=", "a25vd25rbm93bmtub24="))
"""Verifiers of passwords: the person knows those of `KNOWN`, and a login that has one of them is theirs."""

_SEES = [p for p in P if p.endswith("_inquiry")]
_MAKES = [P.WALLET_OPERATION, P.APPLICATION_OPERATION, P.RECORD_OPERATION, P.REFUND]
COLLEAGUES: Mapping[str, tuple[str | None, list[P]]] = {
    "oh_admin": (None, [P.OPERATOR_ADMIN]),
    "oh_second": (None, [P.OPERATOR_ADMIN]),
    "oh_maker": ("oh_admin", [*_SEES, *_MAKES]),
    "oh_checker": ("oh_second", [*_SEES, P.REFUND_APPROVAL]),
    "oh_keeper": ("oh_second", [*_SEES, P.CURRENCY_OPERATION, P.CUSTODIAL_OPERATION]),
    "oh_clerk": ("oh_second", [*_SEES, *_MAKES, P.CURRENCY_OPERATION, P.CUSTODIAL_OPERATION]),
    "oh_viewer": ("oh_admin", _SEES),
}
"""Login → who gave out its password, long ago, and what it may do."""

STARTS: Mapping[str, tuple[str, ...]] = {
    "an administrator": ("oh_admin",),
    "an administrator and whom they made": ("oh_admin", "oh_maker", "oh_viewer"),
    "the other administrator and whom they made": ("oh_second", "oh_checker", "oh_keeper", "oh_clerk"),
    "a maker": ("oh_maker",),
    "a maker who keeps coins and accounts": ("oh_clerk",),
    "a checker": ("oh_checker",),
    "a keeper of coins and accounts": ("oh_keeper",),
    "a viewer": ("oh_viewer",),
}


def address(number: int) -> str:
    """An address without letters, which is its own checksum."""
    return f"0x{number:040d}"


WALLETS = {"V100001": address(1), "V100002": address(2), "V100003": address(3), "V100004": address(4)}
"""Each client's own wallet. The third client is the person's accomplice."""
THIEFS = (address(901), address(902), WALLETS["V100003"])
"""Addresses whose keys the person has."""
STRANGERS = (address(801), address(802), WALLETS["V100001"], WALLETS["V100004"])
"""Addresses whose keys the person has not; the first gave an allowance to every address, as some do."""
TOKENS = {"USDT": address(701), "DAI": address(702)}
OWN_TOKENS = (address(991), address(992))
"""Contracts of the person's own: their logs say whatever the person likes."""
OWN_ACCOUNTS = tuple(address(950 + n) for n in range(4))
SERVICES = {"oh_worker": "wbo_worker", "oh_intake": "wbo_intake"}


@dataclass
class Stage:
    """A database on which nothing has happened yet but the usual day."""

    world: World
    chain: Chain

    def connect(self) -> psycopg.Connection[Any]:
        """The session of a superuser, who becomes each login in turn. Tens of thousands of statements fill no log."""
        connection = self.world.connect("superuser")
        connection.execute("SET log_statement = 'none'; SET log_min_messages = 'panic'")
        return connection


@contextmanager
def stage(world: World, name: str, twin: bool) -> Iterator[Stage]:
    """Set it up in a database of its own beside an existing one; gone afterwards, with its logins.

    Args:
        world: of a server that has the desk's roles.
        twin: on the schema of November 2026 instead of today's.
    """
    who = world.logins["superuser"]
    with open_connection(replace(world.server, dbname="postgres"), who.login, who.password, "stage") as outer:
        outer.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made = replace(world, server=replace(world.server, dbname=name))
        try:
            with made.connect("superuser") as connection:
                chain = _set_up(connection, twin)
            yield Stage(made, chain)
        finally:
            outer.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            for login in (*COLLEAGUES, *SERVICES):
                outer.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))


def _set_up(connection: psycopg.Connection[Any], twin: bool) -> Chain:
    if twin:
        twin_2026_11.install(connection)
    else:
        migrate.initialise(connection)
    chain = Chain(NETWORK)
    with connection.transaction():
        _make_colleagues(connection)
        _configure(connection)
    with connection.transaction():
        _the_day(connection, chain)
    return chain


def _make_colleagues(connection: psycopg.Connection[Any]) -> None:
    for login, group in SERVICES.items():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(login)))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(login)))
    connection.execute("SET LOCAL ROLE wbo_owner")
    for login, (_, permissions) in COLLEAGUES.items():
        name = sql.Identifier(login)
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(UNKNOWN)))
        connection.execute(sql.SQL("GRANT wbo_operator TO {}").format(name))
        connection.execute(
            "INSERT INTO wbo_data.operator (login, display_name, must_change_password, password_mark)"
            " VALUES (%s, %s, false, wbo_rule.password_mark(%s))",
            (login, login, UNKNOWN),
        )
        for permission in permissions:
            connection.execute(
                "INSERT INTO wbo_data.permission_grant (login, permission_code, state, decided_by, decided_at)"
                " VALUES (%s, %s, 'granted', session_user, now())",
                (login, permission.value),
            )
        connection.execute("SELECT wbo_rule.give_permissions(%s)", (login,))
    issues = connection.execute(
        "SELECT to_regprocedure('wbo_rule.note_issue(text, text)') IS NOT NULL"
    ).fetchone()
    for login, (issuer, _) in COLLEAGUES.items():
        if issuer and issues and issues[0]:
            connection.execute("SELECT wbo_rule.note_issue(%s, %s)", (login, issuer))
        connection.execute(
            "UPDATE wbo_data.operator SET password_issued_by = %s, password_issued_at = now() - interval '90 days'"
            " WHERE login = %s",
            (issuer, login),
        )
    connection.execute("RESET ROLE")


def _configure(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SET LOCAL ROLE wbo_owner")
    connection.execute(
        "INSERT INTO wbo_data.network (name, chain_id, rpc_urls, agreement, finality, txid_grace_seconds) VALUES"
        " (%s, 31337, ARRAY['http://127.0.0.1:1', 'http://127.0.0.1:2'], 2, 'confirmations', 3600),"
        " ('Polygon', 137, ARRAY['http://127.0.0.1:3', 'http://127.0.0.1:4'], 2, 'finalized', 3600)",
        (NETWORK,),
    )
    coins = (("ETH", 18, None, True), ("USDT", 6, TOKENS["USDT"], True), ("DAI", 18, TOKENS["DAI"], False))
    for code, decimals, contract, enabled in coins:
        unit = 10**decimals
        connection.execute(
            "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals,"
            " minimum_base, confirmations, confirmation_steps, wallet_rule, deposit_enabled, credit_tolerance,"
            " approvals_needed, two_approvals_above_base, daily_refund_limit_base, cooling_off_hours, alert_level_base,"
            " stop_level_base)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 3, %s, 'every_deposit', %s, 5, 1, %s, %s, %s, %s, %s)",
            (
                code, NETWORK, code, code, code, contract, decimals, unit // 100,
                Jsonb([{"from_base": str(1000 * unit), "confirmations": 6}]), enabled,
                1000 * unit, 100_000 * unit, 12 * (code == "DAI"), 100 * unit, 10 * unit,
            ),
        )  # fmt: skip
    for name, value in (("transfer_gap_hours", 48), ("idle_lock_minutes", 15), ("login_failures", 5)):
        connection.execute(
            "UPDATE wbo_data.policy SET value = to_jsonb(%s::integer) WHERE name = %s", (value, name)
        )
    for number, (client, wallet) in enumerate(WALLETS.items(), start=1):
        connection.execute(
            "INSERT INTO wbo_data.client (client_no, securities_account, name_en, identity_verified)"
            " VALUES (%s, %s, %s, true)",
            (client, f"02-{client}-30", client),
        )
        if number < 4:
            _account(connection, address(600 + number), client)
        _wallet(connection, client, wallet, verified=number < 4)
    for number in range(3):
        _account(connection, address(650 + number), None)
    connection.execute("RESET ROLE")


def _account(connection: psycopg.Connection[Any], where: str, client: str | None) -> None:
    connection.execute(
        "INSERT INTO wbo_data.custodial_account (channel, network, address) VALUES ('OSL', %s, %s)",
        (NETWORK, where),
    )
    # in steps, as a desk does it: where an import waits for a confirmation, the owner gave it
    connection.execute(
        "UPDATE wbo_data.custodial_account SET client_no = %s, assigned_at = now()"
        " WHERE address = %s AND %s::text IS NOT NULL",
        (client, where, client),
    )


def _wallet(connection: psycopg.Connection[Any], client: str, wallet: str, verified: bool) -> None:
    connection.execute(
        "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (%s, %s, %s)",
        (client, NETWORK, wallet),
    )
    if verified:
        challenge = f"I own {wallet}"
        connection.execute(
            "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = %s,"
            " signature = %s WHERE address = %s",
            (challenge, signature(wallet, challenge), wallet),
        )
        connection.execute(
            "UPDATE wbo_data.wallet_address SET status = 'verified', evidence = '{}', verified_by = session_user,"
            " verified_at = now() - interval '90 days' WHERE address = %s",
            (wallet,),
        )


# The day ---------------------------------------------------------------------------------------------------------------


def _the_day(connection: psycopg.Connection[Any], chain: Chain) -> None:
    desk = Becoming(connection)
    worker = Worker(desk, chain)
    worker.begin()
    usdt = TOKENS["USDT"]

    def apply(client: str, coin: str, amount: str, serial: str) -> str:
        target = f"(SELECT address FROM wbo_data.custodial_account WHERE client_no = '{client}')"
        row = connection.execute(target[1:-1].encode()).fetchone()
        assert row is not None
        return str(
            desk.act(
                "oh_intake",
                "SELECT record_no FROM wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s)",
                serial, f"02-{client}-30", coin, NETWORK, amount, WALLETS[client], row[0],
            )
        )  # fmt: skip

    def pay(client: str, contract: str | None, amount: int) -> None:
        row = connection.execute(
            "SELECT address FROM wbo_data.custodial_account WHERE client_no = %s", (client,)
        ).fetchone()
        assert row is not None
        chain.waiting.append(Payment(contract, WALLETS[client], row[0], amount, WALLETS[client]))

    records = {}
    for serial, client, coin, amount, contract, base in (
        ("S-250", "V100001", "USDT", "250", usdt, 250 * USDT),
        ("S-1500", "V100002", "USDT", "1500", usdt, 1500 * USDT),
        ("S-ETH", "V100002", "ETH", "1", None, 10**18),
        ("S-asked", "V100002", "USDT", "90", usdt, 90 * USDT),
        ("S-agreed", "V100002", "USDT", "80", usdt, 80 * USDT),
        ("S-differs", "V100001", "USDT", "10", usdt, 3 * USDT),
    ):
        records[serial] = apply(client, coin, amount, serial)
        pay(client, contract, base)
        worker.tick()
    for _ in range(6):
        worker.tick()
    apply("V100001", "USDT", "5", "S-waiting")
    apply("V100003", "USDT", "20", "S-accomplice")
    apply("V100002", "USDT", "30", "S-confirming")
    pay("V100002", usdt, 30 * USDT)
    worker.tick()
    for serial in ("S-asked", "S-agreed"):
        amount = (serial == "S-asked" and "90") or "80"
        refund = desk.act(
            "oh_maker", "SELECT wbo.request_refund(%s, %s, %s, NULL, 'client asked')",
            records[serial], WALLETS["V100002"], amount,
        )  # fmt: skip
    desk.act("oh_checker", "SELECT wbo.approve_refund(%s, 1)", refund)
