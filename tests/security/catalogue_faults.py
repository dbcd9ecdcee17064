"""Plausible faults put into a schema one at a time, each taken back at once; and what notices them."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.security import behaviours, violations
from tests.security.behaviours import Probe
from tests.security.conditions import faults as condition_faults
from tests.security.inventory import inventory, kept
from tests.security.matrix import (
    EVERY_OPERATOR,
    EVERY_OPERATORS_FUNCTIONS,
    EXECUTORS,
    INTAKES_FUNCTIONS,
    READERS,
)
from tests.security.scene import Scene
from tests.security.violations import Violation
from wbo_desktop.models import catalogue

GUARDS = (
    "guard_%", "check_refund", "keep", "keep_%", "hold_for_%", "refuse_change", "count_version", "count_and_date_version", "end_acceptance", "require_refund_wallet",
    "require_acknowledgement", "receiver_risk", "require_other_hand", "require_agreement", "is_agreed", "is_power", "holds_power", "is_weaker",
    "weakened", "needs_fewer_confirmations", "confirmations_of", "cools_until", "hand", "same_hand", "holder", "holder_of", "other_owner",
    "report_stored", "reports_missing", "transfer_arrives", "transfer_is_taken", "wallet_moved", "is_blank", "write_audit",
)  # fmt: skip
"""The triggers' functions and those that they call, whose conditions are turned round; `%` stands for anything."""


_HELPERS = re.compile(r"function: wbo_rule.(hint|session_is_younger_than)\(")
"""What the probes put in place of the desk's own; it is declared otherwise."""


@dataclass(frozen=True)
class Fault:
    """What is done to the schema. `table` is the one that it is about, if it is about one."""

    kind: str
    name: str
    statement: str
    table: str = ""


_SIMPLE = {
    "trigger": "SELECT c.relname || '.' || t.tgname, format('DROP TRIGGER %I ON wbo_data.%I', t.tgname, c.relname), c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'wbo_data'::regnamespace AND NOT t.tgisinternal",
    "trigger off": "SELECT c.relname || '.' || t.tgname, format('ALTER TABLE wbo_data.%I DISABLE TRIGGER %I', c.relname, t.tgname), c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'wbo_data'::regnamespace AND NOT t.tgisinternal",
    "constraint": "SELECT c.relname || '.' || k.conname, format('ALTER TABLE wbo_data.%I DROP CONSTRAINT %I CASCADE', c.relname, k.conname), c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = 'wbo_data'::regnamespace AND k.contype IN ('c', 'f', 'u', 'p')",
    "unique": "SELECT x.relname, format('DROP INDEX wbo_data.%I', x.relname), c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid WHERE c.relnamespace = 'wbo_data'::regnamespace AND i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)",
    "pin": "SELECT p.oid::regprocedure::text, format('ALTER FUNCTION %s RESET search_path', p.oid::regprocedure), '' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule', 'wbo_log') AND p.prosecdef",
    "grant": "SELECT p.oid::regprocedure::text || ' ' || a.grantee::regrole, format('REVOKE EXECUTE ON FUNCTION %s FROM %s', p.oid::regprocedure, a.grantee::regrole), '' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(p.proacl) AS a WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule') AND a.grantee <> p.proowner"
    " UNION ALL SELECT c.oid::regclass::text || ' ' || a.grantee::regrole, format('REVOKE %s ON %s FROM %s', a.privilege_type, c.oid::regclass, a.grantee::regrole), '' FROM pg_class c, aclexplode(c.relacl) AS a WHERE c.relnamespace = 'wbo'::regnamespace AND a.grantee <> c.relowner"
    " UNION ALL SELECT n.nspname || ' ' || a.grantee::regrole, format('REVOKE USAGE ON SCHEMA %I FROM %s', n.nspname, a.grantee::regrole), '' FROM pg_namespace n, aclexplode(n.nspacl) AS a WHERE n.nspname LIKE 'wbo%' AND a.grantee <> n.nspowner",
    "revoke": "SELECT p.oid::regprocedure::text, format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', p.oid::regprocedure), '' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule')"
    " UNION ALL SELECT c.oid::regclass::text, format('GRANT SELECT ON %s TO PUBLIC', c.oid::regclass), '' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('wbo', 'wbo_data') AND c.relkind IN ('r', 'v')"
    " UNION ALL SELECT n.nspname, format('GRANT USAGE ON SCHEMA %I TO PUBLIC', n.nspname), '' FROM pg_namespace n WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule', 'wbo_data')",
}  # fmt: skip


def faults(connection: psycopg.Connection[Any]) -> Iterator[Fault]:
    """All of them, as the catalogue of this database offers them."""
    for kind, query in _SIMPLE.items():
        for name, statement, table in connection.execute(query.encode()).fetchall():
            yield Fault(kind, name, statement, table)
    for name, source, definition in connection.execute(
        "SELECT p.proname, p.prosrc, pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'wbo_rule'::regnamespace"
        " AND p.proname LIKE ANY (%s) ORDER BY 1",
        (list(GUARDS),),
    ).fetchall():
        for done, changed in condition_faults(source):
            yield Fault("condition", f"{name}: {done}", definition.replace(source, changed))


@dataclass
class Tally:
    """Of each kind how many there were, how many were noticed by behaviour, and the names of those that were not."""

    tried: Counter[str]
    noticed: Counter[str]
    declared: Counter[str]
    survivors: list[Fault]


class Watch:
    """What a whole database answers, to be asked again of one with a fault in it. Works in a transaction it takes back."""

    def __init__(self, scene: Scene) -> None:
        self.connection = scene.world.connect("superuser")
        self.connection.execute(
            "SET log_statement = 'none'; SET log_min_messages = 'panic'; SET statement_timeout = '5s'"
        )
        self.connection.execute("BEGIN")
        for statement in behaviours.AS_OWNER.split(";\n"):
            self.connection.execute(statement.encode())
        violations.fill(self.connection)
        self.probes = list(behaviours.probes(scene, self.connection))
        self.faults = list(faults(self.connection))
        self._telling: dict[str, list[Probe]] = {}
        self.unbroken: list[str] = []
        self._violations: dict[str, list[Violation]] = {}
        self.kept = [line for line in kept() if not _HELPERS.search(line)]

    def close(self) -> None:
        """Take everything back."""
        self.connection.execute("ROLLBACK")
        self.connection.close()

    def wrong(self) -> list[str]:
        """What does not answer as it should although nothing was done to it."""
        said = [
            f"{p.expected} ≠ {t}: {p.statement[-200:]}"
            for p in self.probes
            if (t := behaviours.told(self.connection, p)) != p.expected
        ]
        return said + list(self._rights()) + list(catalogue.holes(self.connection))[1:]

    def notices(self, fault: Fault) -> str:
        """What behaves otherwise with this fault; "" when nothing does."""
        if fault.kind in ("constraint", "unique") and fault.table not in self._violations:
            self._violations[fault.table], missing = violations.find(self.connection, fault.table)
            self.unbroken += missing
        self.connection.execute("SAVEPOINT fault")
        try:
            try:
                self.connection.execute(fault.statement.encode(), prepare=False)
            except psycopg.Error as error:
                return f"cannot be: {error.sqlstate}"
            return self._seen(fault)
        finally:
            self.connection.execute("ROLLBACK TO fault; RELEASE fault")

    def declared_otherwise(self, fault: Fault) -> bool:
        """Whether the declared inventory tells it."""
        self.connection.execute("SAVEPOINT fault")
        try:
            self.connection.execute(fault.statement.encode(), prepare=False)
            return [line for line in inventory(self.connection) if not _HELPERS.search(line)] != self.kept
        except psycopg.Error:
            return True
        finally:
            self.connection.execute("ROLLBACK TO fault; RELEASE fault")

    def _seen(self, fault: Fault) -> str:
        if fault.kind in ("grant", "revoke", "pin", "trigger off"):
            said = next(iter(self._rights()), "") or next(iter(self._holes()), "")
            if said or fault.kind != "trigger off":
                return said
        if fault.kind in ("constraint", "unique") and (line := self._broken(fault.table)):
            return line
        telling = self._telling.setdefault(_place(fault), [])
        for probe in (*telling, *(p for p in self._about(fault) if p not in telling)):
            if (answer := behaviours.told(self.connection, probe)) != probe.expected:
                telling[:] = [probe, *(p for p in telling if p != probe)]
                return f"{probe.expected} ≠ {answer}"
        return ""

    def _broken(self, table: str) -> str:
        """The constraint that no longer refuses what breaks it."""
        self.connection.execute("SAVEPOINT breaking")
        violations.stand_aside(self.connection, table)
        broken = (
            v.line for v in self._violations[table] if violations.told(self.connection, v)[0] != v.constraint
        )
        line = next(broken, "")
        self.connection.execute("ROLLBACK TO breaking; RELEASE breaking")
        return line

    def _about(self, fault: Fault) -> list[Probe]:
        if not fault.table:  # a function, with the codes of its refusals in its text
            return sorted(self.probes, key=lambda p: not p.expected or p.expected not in fault.statement)
        return sorted(self.probes, key=lambda p: f"wbo_data.{fault.table} " not in p.statement)

    def _holes(self) -> list[str]:
        """But for the helper that the probes need."""
        return [
            line
            for line in catalogue.holes(self.connection)
            if "as_owner" not in line and "hint()" not in line
        ]

    def _rights(self) -> Iterator[str]:
        declared = {f"{kind} {name} {role}" for kind, name, role in _declared()}
        rows = self.connection.execute(_RIGHTS.encode()).fetchall()
        for (right,) in rows:
            if right not in declared:
                yield f"a right too many: {right}"
        for right in sorted(declared - {right for (right,) in rows}):
            yield f"a right too few: {right}"


def _place(fault: Fault) -> str:
    """Faults of one place are told by the same few probes: those are asked first."""
    return fault.table or fault.name.partition(":")[0]


_RIGHTS = """
WITH roles (name) AS (SELECT rolname FROM pg_roles WHERE rolname ~ '^(atm|sys)\\.' OR rolname IN ('wbo_operator', 'wbo_intake', 'wbo_worker') UNION ALL SELECT 'public')
SELECT 'execute ' || CASE n.nspname WHEN 'wbo_chain' THEN 'wbo_chain' ELSE n.nspname || '.' || p.proname END || ' ' || r.name
FROM roles r, pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule', 'wbo_log') AND has_function_privilege(r.name, p.oid, 'EXECUTE')
UNION SELECT 'nobody of wbo_chain.' || p.proname FROM pg_proc p WHERE p.pronamespace = 'wbo_chain'::regnamespace AND NOT has_function_privilege('wbo_worker', p.oid, 'EXECUTE')
UNION SELECT 'select ' || c.oid::regclass || ' ' || r.name FROM roles r, pg_class c WHERE c.relnamespace IN ('wbo'::regnamespace, 'wbo_data'::regnamespace)
      AND c.relkind IN ('r', 'v') AND has_table_privilege(r.name, c.oid, 'SELECT')
UNION SELECT 'usage wbo_log ' || r.name FROM (VALUES ('wbo_owner'), ('wbo_log_reader')) AS r (name) WHERE has_schema_privilege(r.name, 'wbo_log', 'USAGE')
UNION SELECT 'usage ' || n.nspname || ' ' || r.name FROM roles r, pg_namespace n WHERE n.nspname LIKE 'wbo%' AND has_schema_privilege(r.name, n.oid, 'USAGE')"""


def _declared() -> Iterator[tuple[str, str, str]]:
    """Who may do what, by product and contract; the same tables as the attacks'."""
    yield from (("execute", f"wbo.{f}", str(p)) for f, allowed in EXECUTORS.items() for p in allowed)
    yield from (("execute", f"wbo.{f}", "wbo_operator") for f in EVERY_OPERATORS_FUNCTIONS)
    yield from (("execute", f"wbo.{f}", "wbo_intake") for f in INTAKES_FUNCTIONS)
    for function in ("to_units", "is_my_hand", "cools_until", "reports_missing"):
        yield "execute", f"wbo_rule.{function}", "wbo_operator"
    yield "execute", "wbo_chain", "wbo_worker"
    yield from (("select", f"wbo.{v}", str(p)) for v, allowed in READERS.items() for p in allowed)
    yield from (("select", f"wbo.{v}", "wbo_operator") for v in EVERY_OPERATOR)
    yield from (("usage", "wbo", role) for role in ("wbo_operator", "wbo_intake"))
    yield from (("usage", "wbo_log", role) for role in ("wbo_owner", "wbo_log_reader"))
    yield "usage", "wbo_chain", "wbo_worker"


def watch_all(watch: Watch, among: list[Fault]) -> Tally:
    """Each of these faults in turn."""
    tally = Tally(Counter(), Counter(), Counter(), [])
    for fault in among:
        seen = watch.notices(fault)
        if seen.startswith("cannot be"):
            continue
        tally.tried[fault.kind] += 1
        tally.noticed[fault.kind] += bool(seen)
        if not seen:
            tally.declared[fault.kind] += watch.declared_otherwise(fault)
            tally.survivors.append(fault)
    return tally
