"""With an operator's own password and psql, somebody can do exactly what that operator's buttons do.

Each suite first stands on the schema as it is, and must then notice every deliberate hole made in a copy of it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.security import matrix, tricks, weakenings
from tests.security.attackers import Attackers, Figures
from wbo_demo.postgres import Postgres
from wbo_desktop.models import catalogue
from wbo_desktop.models.connection import open_connection

QUICK: dict[str, Callable[[Attackers], Figures]] = {
    "relations": lambda attackers: matrix.attack_relations(attackers, matrix.PLAIN),
    "functions": matrix.attack_functions,
    "tricks": tricks.attack,
}
SUITES: dict[str, Callable[[Attackers], Figures]] = {
    "relations": matrix.attack_relations,
    "functions": matrix.attack_functions,
    "tricks": tricks.attack,
}


@pytest.mark.parametrize("suite", SUITES)
def test_nothing_forbidden_goes_through_and_nothing_allowed_is_refused(
    suite: str, attackers: Attackers, record_property: Callable[[str, object], None]
) -> None:
    figures = SUITES[suite](attackers)
    record_property("figures", f"stolen_login, {suite}: {figures}")
    assert figures.breaches == []
    assert figures.hindered == []
    assert figures.tried > 1000


@pytest.mark.parametrize(
    ("hole", "suite"),
    [(hole, suite) for hole in weakenings.ALL for suite in sorted(hole.seen_by & {*SUITES, "catalogue"})],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_weakened_copy_is_noticed(hole: weakenings.Weakening, suite: str, attackers: Attackers) -> None:
    names = {name: attackers.logins[name].login for name in ("intake", "checker")}
    names["database"] = attackers.world.server.dbname
    with attackers.world.connect("superuser") as connection:
        connection.execute(hole.weaken.format(**names).encode())
        try:
            if suite == "catalogue":
                assert list(catalogue.holes(connection))
            else:
                # one of each kind is enough to see a hole, and much faster
                few = Attackers(
                    attackers.world,
                    {n: attackers.logins[n] for n in ("viewer", "admin", "intake")},
                    attackers.permissions,
                )
                try:
                    assert QUICK[suite](few).breaches
                finally:
                    few.close()
        finally:
            connection.execute((hole.restore or "SELECT").format(**names).encode())


def test_a_role_set_for_ones_own_next_login_is_not_taken(attackers: Attackers) -> None:
    """PostgreSQL lets anybody write down such a setting; at login it is worth nothing."""
    session = attackers.session("none")
    try:
        for wanted in ("wbo_owner", "checker", "atm.va_refund_approval"):
            session.execute(f'ALTER ROLE attacker_none SET role = "{wanted}"'.encode())
            who = attackers.logins["none"]
            with open_connection(attackers.world.server, who.login, who.password, "psql") as next_login:
                assert next_login.execute("SELECT current_user, session_user").fetchone() == (
                    who.login,
                    who.login,
                )
    finally:
        session.execute("ALTER ROLE attacker_none RESET ALL")


def test_a_readers_own_condition_does_not_see_what_a_view_keeps_back(attackers: Attackers) -> None:
    """A cast that fails tells its value in the error: it must not run on other objects' audit entries."""
    with attackers.world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        connection.execute("SELECT wbo_rule.begin_act('x', 'between-us')")
        connection.execute(
            "INSERT INTO wbo_data.audit_entry (workstation, action, object_type, object_id, remark)"
            " VALUES ('w', 'between-us', 'operator', 'between-us', 'between-us')"
        )
    for condition in (
        "remark::int = 1",
        "action::int = 1",
        "(remark || action)::int = 1",
        "1/(length(remark)-10) = 1",
    ):
        state, told = attackers.attempt("viewer", f"SELECT * FROM wbo.deposit_timeline WHERE {condition}")
        assert "between-us" not in str(told)
        assert state in {"", "22P02"}, told


def test_the_same_with_psql(attackers: Attackers, postgres_cluster: Postgres) -> None:
    """psql's own commands reach nothing more: what it sends is what the other suites send."""
    who = attackers.logins["maker"]
    server = attackers.world.server
    script = "\n".join(
        (
            "\\set ON_ERROR_STOP off",
            "\\copy wbo.coin FROM /etc/hostname",
            "\\lo_import /etc/hostname",
            "UPDATE wbo_data.deposit SET status = 'success';",
            "SET ROLE wbo_owner;",
            "\\password checker\nshort\nshort",
        )
    )
    done = subprocess.run(
        [
            postgres_cluster.bin_dir / "psql",
            "-X",
            "-q",
            "-h",
            server.host,
            "-p",
            str(server.port),
            "-U",
            who.login,
            server.dbname,
        ],
        input=script,
        env={"PGPASSWORD": who.password.reveal(), "LC_ALL": "C.UTF-8", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.count("ERROR:") == 5, done.stderr
    assert "permission denied for view coin" in done.stderr
    assert "permission denied to set role" in done.stderr
