"""Today's desk with the watch of November 2026 put in: what waits, what is ended and when, as it was then."""

from __future__ import annotations

import re
import threading
from typing import Any

import psycopg

from tests.support.twin_2026_11 import CODE
from wbo_demo.world import World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.connection import open_connection

_OLD = ("wbo_rule.judge_logins", "wbo_rule.end_stalled_sessions", "wbo_chain.apply_decisions")

_SEAL = """
CREATE OR REPLACE FUNCTION wbo_rule.seen_below(seen pg_snapshot, upto xid8) RETURNS pg_snapshot
LANGUAGE sql STABLE SET search_path = pg_catalog, wbo, pg_temp AS $$
    -- as far as the oldest transaction that is still open, and no farther
    SELECT (pg_snapshot_xmin(seen) || ':' || pg_snapshot_xmin(seen) || ':')::pg_snapshot
$$;
CREATE OR REPLACE FUNCTION wbo_chain.keep_watch(
    OUT refused integer, OUT logins integer, OUT ended integer, OUT behind bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, wbo, pg_temp AS $$
BEGIN
    refused := wbo_chain.collect_refusals();
    PERFORM FROM wbo_data.watch FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
        logins := wbo_rule.judge_logins();
        ended := wbo_rule.end_stalled_sessions();
    END IF;
END
$$;
CREATE OR REPLACE FUNCTION wbo_rule.seize_login(of_login text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, wbo, pg_temp AS $$ SELECT wbo_rule.lock_administration() $$;
"""


def function(name: str) -> str:
    """A function as it was, to be put over today's."""
    found = re.search(rf"^CREATE FUNCTION {re.escape(name)}\(.*?^\$\$;$", CODE, re.DOTALL | re.MULTILINE)
    assert found is not None, name
    return found[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def put_in(world: World) -> None:
    """Replace today's functions; there are as many connections for a login as there were."""
    with world.connect("superuser") as root:
        root.execute("SET ROLE wbo_owner")
        for name in _OLD:
            root.execute(function(name).encode())
        root.execute(_SEAL.encode())
        root.execute("UPDATE wbo_data.session_limit SET value = 60 WHERE name = 'connections'")


class TwinWatch:
    """The worker's sealer as it was: sealing and watching on one connection, one after the other."""

    def __init__(self, world: World) -> None:
        put_in(world)
        self._world = world
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        session: psycopg.Connection[Any] | None = None
        while not self._over.is_set():
            try:
                if session is None or session.closed:
                    who = self._world.logins["worker"]
                    session = open_connection(self._world.server, who.login, who.password, "sealer")
                    session.execute("SET statement_timeout = '60s'")
                session.execute("SELECT wbo_chain.seal_audit(1000)")
                session.execute("SELECT wbo_chain.keep_watch()")
            except (psycopg.Error, RuleViolation):
                pass  # said in its log, and tried again
            self._over.wait(1.0)
        if session is not None:
            session.close()

    def stop(self) -> None:
        """End the loop."""
        self._over.set()
        self._thread.join(90)
