"""What a stolen password can do with psql: every login, table, verb, function and trick, and the same on weakened copies.

The peer is the state of the art in this kind of program: LedgerSMB, where clients log in to PostgreSQL too, has 40 definer
functions and pins the search_path of none. Here a hole made on purpose shows what each suite would have seen.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any

import psycopg

from benchmarks._report import Row
from benchmarks._world import broker
from tests.security import matrix, tricks
from tests.security.attackers import Attackers, Figures, everybody
from wbo_desktop.models import catalogue

HOLES = (
    "EXECUTE ON FUNCTION wbo.revoke_deposit(text, text, integer) TO PUBLIC",
    "SELECT ON wbo.audit_log TO wbo_operator",
    "USAGE ON SCHEMA wbo_data TO wbo_operator",
    "TEMPORARY ON DATABASE {database} TO PUBLIC",
    "CREATE ON SCHEMA public TO PUBLIC",
    "EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC",
    "EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO PUBLIC",
    "EXECUTE ON FUNCTION pg_read_file(text) TO wbo_operator",
    "wbo_log_reader TO bench_intake",
    "pg_read_all_data TO bench_viewer",
)
SUITES = (matrix.attack_relations, matrix.attack_functions, tricks.attack)


def run() -> list[Row]:
    """One row for the attempts, one for the catalogue, one for the holes made on purpose."""
    with broker() as world, world.connect("superuser") as superuser:
        attackers = everybody(world)
        try:
            return [_attempts(attackers), _catalogue(superuser), _weakened(attackers, superuser)]
        finally:
            attackers.close()


def _attempts(attackers: Attackers) -> Row:
    begun = perf_counter()
    figures = Figures()
    for suite in SUITES:
        figures += suite(attackers)
    wrong = len(figures.breaches) + len(figures.hindered)
    return Row(
        "stolen_login: attempts",
        f"{figures.refused:,} of {figures.tried:,} refused",
        "0 went through that must not",
        None,
        "0 breaches, 0 hindered",
        wrong == 0,
        f"{len(attackers.names)} logins; the other {figures.tried - figures.refused:,} are what they may do;"
        f" {perf_counter() - begun:.0f} s {figures.breaches[:2]} {figures.hindered[:2]}",
    )


def _catalogue(superuser: psycopg.Connection[Any]) -> Row:
    found = superuser.execute(
        "SELECT count(*), count(*) FILTER (WHERE proconfig IS NULL OR NOT EXISTS (SELECT FROM unnest(proconfig) AS c"
        " WHERE c LIKE 'search_path=pg_catalog%')) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname LIKE 'wbo%' AND p.prosecdef"
    ).fetchone()
    assert found is not None
    holes = list(catalogue.holes(superuser))
    return Row(
        "stolen_login: definer functions",
        f"{found[1]} of {found[0]} without pinned search_path",
        "LedgerSMB: 40 of 40",
        None,
        "0",
        found[1] == 0 and not holes,
        "; ".join(holes) or "0 executable by PUBLIC, 0 tables writable by a login, owner cannot log in",
    )


def _weakened(attackers: Attackers, superuser: psycopg.Connection[Any]) -> Row:
    few = {name: attackers.logins[name] for name in ("viewer", "admin", "intake")}
    noticed = 0
    for hole in HOLES:
        superuser.execute(f"GRANT {hole}".format(database=attackers.world.server.dbname).encode())
        small = Attackers(attackers.world, few, attackers.permissions)
        try:
            noticed += any(suite(small).breaches for suite in QUICK)
        finally:
            small.close()
            undo = f"REVOKE {hole}".replace(" TO ", " FROM ")
            superuser.execute(undo.format(database=attackers.world.server.dbname).encode())
    return Row(
        "stolen_login: holes made on purpose",
        f"{noticed} of {len(HOLES)} noticed",
        "",
        None,
        "all",
        noticed == len(HOLES),
        "one grant too many at a time; the suite has more kinds of holes",
    )


def _plain(attackers: Attackers) -> Figures:
    return matrix.attack_relations(attackers, matrix.PLAIN)


QUICK = (_plain, matrix.attack_functions, tricks.attack)
