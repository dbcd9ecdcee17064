"""One person's way over the desk: their logins, what each may do, what came of it; and time, which they have."""

from __future__ import annotations

import random
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.support.one_hand.arguments import Arguments
from tests.support.one_hand.desk import Becoming
from tests.support.one_hand.facts import Facts, Looking
from tests.support.one_hand.stage import KNOWN, STARTS, Stage
from tests.support.one_hand.truth import Judge
from tests.support.one_hand.worker import Worker

_ACTS = """
SELECT p.proname, p.oid::regprocedure::text, p.proargnames[1:p.pronargs],
       ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS t),
       ARRAY(SELECT r.rolname FROM pg_roles r WHERE r.rolname ~ '^(atm|sys)\\.|^wbo_operator$'
             AND has_function_privilege(r.rolname, p.oid, 'EXECUTE'))
FROM pg_proc p WHERE p.pronamespace = 'wbo'::regnamespace AND p.prokind = 'f' ORDER BY 1"""


@dataclass
class Function:
    """An act as the catalogue describes it; `roles` hold the right to it."""

    name: str
    names: list[str]
    types: list[str]
    roles: frozenset[str]


@dataclass
class Tally:
    """What a campaign tried, and what it found: each kind with the shortest way there."""

    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[str]] = field(default_factory=dict)


class Walk:
    """One person's way from one start, on a desk as it was; taken back afterwards."""

    def __init__(
        self, stage: Stage, connection: psycopg.Connection[Any], start: str, seed: int, tally: Tally
    ) -> None:
        self.dice = random.Random(seed)
        self.tally, self.start = tally, start
        self.desk = Becoming(connection)
        self.chain = deepcopy(stage.chain)
        self.worker = Worker(self.desk, self.chain)
        self.told: list[str] = [f"starts as {start}"]
        self.me = ""
        for login in STARTS[start]:
            self._knows(login)
        self.worker.lead()
        self.looking = Looking(connection)
        self.facts: Facts = self.looking.look()
        self.judge = Judge(self.facts, self.chain)
        self.functions = [
            Function(name, names or [], types, frozenset(roles))
            for name, _, names, types, roles in connection.execute(_ACTS.encode())
            if roles
        ]
        self.by_name = {f.name: f for f in self.functions}
        self.arguments = Arguments(self.dice, lambda: self.facts, lambda: self.me)
        self.serials = 0

    def _knows(self, login: str) -> None:
        name, verifier = psycopg.sql.Identifier(login), psycopg.sql.Literal(KNOWN[0])
        self.desk.connection.execute(psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, verifier))
        self.desk.connection.execute(
            "UPDATE wbo_data.operator SET password_mark = wbo_rule.password_mark(%s) WHERE login = %s",
            (KNOWN[0], login),
        )

    def act(self, login: str, name: str, /, **forced: Any) -> bool:
        """One act of one login; whether it came off."""
        function = self.by_name.get(name)
        if function is None:
            return False
        self.me = login
        values = self.arguments.choose(name, function.names, function.types, forced)
        slots = ", ".join(f"%s::{kind}" for kind in function.types)
        return self._try(login, f"SELECT wbo.{name}({slots})", *values, label=name)

    def _try(self, login: str, statement: str, *values: Any, label: str = "") -> bool:
        self.tally.steps += 1
        try:
            self.desk.act(login, statement, *values)
        except psycopg.Error as error:
            state = error.sqlstate or "?"
            ours = state.startswith("WB") and error.diag.message_primary
            self.tally.refused[ours or state] += 1
            return False
        self.tally.done[label or statement[:30]] += 1
        self.told.append(f"{login}: {label or statement} {[getattr(v, 'obj', v) for v in values]}")
        self.see()
        return True

    def see(self) -> None:
        """Look again, and have it judged."""
        self.facts = self.looking.look()
        for kind in self.judge.judge(self.facts):
            if kind not in self.tally.found or len(self.tally.found[kind]) > len(self.told):
                self.tally.found[kind] = list(self.told)

    def mine(self, *rights: str) -> list[str]:
        """The person's logins that hold one of these."""
        return [
            n for n in self.facts.hand if not rights or self.facts.rights.get(n, frozenset()) & set(rights)
        ]

    def _somebody(self, *rights: str) -> str:
        found = self.mine(*rights)
        return self.dice.choice(found) if found else ""

    def _others(self, login: str, statement: str, *values: Any) -> None:
        try:
            self.desk.act(login, statement, *values)
        except psycopg.Error:
            return
        self.told.append(f"{login}: {statement} {values}")
        self.see()

    def pass_blocks(self, count: int) -> None:
        """Blocks go by, and what is due is decided."""
        for _ in range(count):
            self.worker.tick()
        self.told.append(f"{count} blocks")
        self.see()

    def pass_time(self) -> None:
        """Moves everything that happened some hours into the past."""
        hours = self.dice.choice([2, 25, 80])
        self.tally.steps += 1
        self.desk.connection.execute("SET LOCAL session_replication_role = replica")
        self.desk.connection.execute(_EARLIER.format(hours=hours).encode())
        self.desk.connection.execute("SET LOCAL session_replication_role = origin")
        self.told.append(f"{hours} hours")
        self.see()


_EARLIER = """
DO $earlier$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT c.oid::regclass AS of_table,
               string_agg(format('%1$I = %1$I - interval ''{hours} hours''', a.attname), ', ') AS columns
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
             AND a.atttypid = 'timestamptz'::regtype
        WHERE c.relnamespace = 'wbo_data'::regnamespace AND c.relkind = 'r'
          AND c.relname NOT IN ('audit_entry', 'audit_seal', 'worker_lease', 'schema_migration', 'log_file')
        GROUP BY c.oid
    LOOP
        EXECUTE format('UPDATE %s SET %s', one.of_table, one.columns);
    END LOOP;
END
$earlier$"""
