"""Everybody × every table and view × every verb, and everybody × every function.

What each may do is said here once more, apart from the schema's grants, from product and contract: so a grant too many is
seen, and one too few as well.
"""

from __future__ import annotations

from typing import Any

import psycopg

from tests.security.attackers import DENIED, Attackers, Figures
from wbo_desktop.domain import acts
from wbo_desktop.domain.permissions import Permission as P

EVERY_OPERATOR = frozenset({"change_mark", "chain_health", "coin", "policy", "schema_version"})
RECORDS = frozenset({P.RECORD_INQUIRY})
READERS: dict[str, frozenset[P]] = {
    "cryptocurrency": frozenset({P.CURRENCY_INQUIRY}),
    "network": frozenset({P.CURRENCY_INQUIRY}),
    "custodial_account": frozenset({P.CUSTODIAL_INQUIRY}),
    "custodial_request": frozenset({P.CUSTODIAL_INQUIRY}),
    "wallet_request": frozenset({P.WALLET_INQUIRY}),
    "wallet_address": frozenset({P.WALLET_INQUIRY}),
    "client": frozenset({P.WALLET_INQUIRY, P.APPLICATION_INQUIRY, P.RECORD_INQUIRY}),
    "deposit_application": frozenset({P.APPLICATION_INQUIRY}),
    "deposit_record": RECORDS,
    "deposit_timeline": RECORDS,
    "refund": RECORDS,
    "refund_attempt": RECORDS,
    "hot_wallet": RECORDS,
    "unmatched_transfer": RECORDS,
    "unexplained_balance": RECORDS,
    "refund_address": frozenset({P.REFUND, P.REFUND_APPROVAL}),
    "operator": frozenset({P.OPERATOR_ADMIN}),
    "permission_request": frozenset({P.OPERATOR_ADMIN}),
    "log_reading": frozenset({P.OPERATOR_ADMIN}),
    "audit_log": frozenset({P.AUDIT_INQUIRY}),
    "deposit_key": RECORDS,
    "refund_key": RECORDS,
    "unmatched_key": RECORDS,
    "application_key": frozenset({P.APPLICATION_INQUIRY}),
    "wallet_key": frozenset({P.WALLET_INQUIRY}),
    "custodial_key": frozenset({P.CUSTODIAL_INQUIRY}),
}
EXECUTORS: dict[str, frozenset[P]] = {
    **{act.function: frozenset({act.permission}) for act in acts.ALL if act.permission is not None},
    "verify_audit": frozenset({P.AUDIT_INQUIRY}),
    "audit_head": frozenset({P.AUDIT_INQUIRY}),
    "daily_report": frozenset({P.AUDIT_INQUIRY}),
}
EVERY_OPERATORS_FUNCTIONS = frozenset({"my_session", "my_hand", "change_own_password"})
INTAKES_FUNCTIONS = frozenset({"submit_deposit_application", "attach_txid", "deposit_address"})

LOCKS = (
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
PLAIN = (
    "SELECT count(*) FROM {t}",
    "INSERT INTO {t} ({c}) SELECT NULL WHERE false",
    "UPDATE {t} SET {c} = NULL WHERE false",
    "DELETE FROM {t} WHERE false",
)
"""Enough to see a hole by: each asks for one right alone and stumbles over nothing else."""
READING = ("SELECT count(*) FROM {t}", "COPY (TABLE {t}) TO STDOUT", "LOCK TABLE {t} IN ACCESS SHARE MODE")
WRITING = (
    *PLAIN[1:],
    "INSERT INTO {t} DEFAULT VALUES",
    "INSERT INTO {t} ({c}) SELECT {c} FROM {t} WHERE false",
    "UPDATE {t} SET {c} = {c} WHERE false",
    "MERGE INTO {t} AS a USING (SELECT 1) AS b ON false WHEN NOT MATCHED THEN INSERT DEFAULT VALUES",
    "TRUNCATE {t}",
    "COPY {t} ({c}) FROM STDIN",
    "SELECT 1 FROM {t} FOR UPDATE",
    "SELECT 1 FROM {t} FOR KEY SHARE",
    "ALTER {k} {t} RENAME TO other_name",
    "ALTER {k} {t} OWNER TO CURRENT_USER",
    "DROP {k} {t} CASCADE",
    "CREATE INDEX ON {t} ({c})",
    "CREATE TRIGGER hook BEFORE INSERT ON {t} FOR EACH STATEMENT EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE hook AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY hook ON {t}",
    "COMMENT ON {k} {t} IS 'x'",
    *(f"LOCK TABLE {{t}} IN {mode} MODE" for mode in LOCKS),
)


def relations(connection: psycopg.Connection[Any]) -> list[tuple[str, str, str, str]]:
    """(schema, name, TABLE or VIEW, a column) of everything there is."""
    return connection.execute(
        "SELECT n.nspname, c.relname, CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,"
        " (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = c.oid AND attnum = 1)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('wbo', 'wbo_data') AND c.relkind IN ('r', 'v') ORDER BY 1, 2"
    ).fetchall()  # type: ignore[return-value]


def functions(connection: psycopg.Connection[Any]) -> list[tuple[str, str, str]]:
    """(schema, name, a call with nulls for arguments) of every function of ours."""
    return connection.execute(
        "SELECT n.nspname, p.proname, format('SELECT %I.%I(%s)', n.nspname, p.proname, coalesce((SELECT string_agg("
        "'NULL::' || format_type(t, NULL), ', ' ORDER BY i) FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, i)), ''))"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('wbo', 'wbo_chain', 'wbo_rule', 'wbo_log') ORDER BY 1, 2, 3"
    ).fetchall()  # type: ignore[return-value]


def may_read(attackers: Attackers, who: str, schema: str, name: str) -> bool:
    """By product and contract."""
    if schema != "wbo" or not attackers.is_operator(who):
        return False
    return name in EVERY_OPERATOR or bool(READERS.get(name, frozenset()) & attackers.held(who))


def may_execute(attackers: Attackers, who: str, schema: str, name: str) -> bool:
    """By product and contract."""
    if schema == "wbo_chain":
        return who == "worker"
    if schema != "wbo":
        return False
    if who == "intake":
        return name in INTAKES_FUNCTIONS
    return attackers.is_operator(who) and (
        name in EVERY_OPERATORS_FUNCTIONS or bool(EXECUTORS.get(name, frozenset()) & attackers.held(who))
    )


def attack_relations(attackers: Attackers, verbs: tuple[str, ...] = (*READING, *WRITING)) -> Figures:
    """Everybody, every table and view, every verb. Who holds a single permission tries the plain verbs, to save time."""
    figures = Figures()
    with attackers.world.connect("superuser") as connection:
        targets = relations(connection)
    for who in attackers.names:
        for schema, name, kind, column in targets:
            reads = may_read(attackers, who, schema, name)
            for verb in PLAIN if who.startswith("only") else verbs:
                statement = verb.format(t=f"{schema}.{name}", k=kind, c=column)
                state, told = _try(attackers, who, statement)
                figures.count(
                    refused=state != "",
                    may=reads and verb in READING,
                    who=who,
                    what=statement,
                    told=f"{state} {told}",
                )
    return figures


def attack_functions(attackers: Attackers) -> Figures:
    """Everybody, every function. With its permission a call with nulls meets the function's own rules, never "denied"."""
    figures = Figures()
    with attackers.world.connect("superuser") as connection:
        targets = functions(connection)
    for who in attackers.names:
        for schema, name, call in targets:
            state, told = attackers.attempt(who, call)
            may = may_execute(attackers, who, schema, name)
            figures.count(refused=state == DENIED, may=may, who=who, what=call, told=str(told))
    return figures


def _try(attackers: Attackers, who: str, statement: str) -> tuple[str, Any]:
    """An attempt; COPY from and to the client needs its own protocol."""
    if not statement.startswith("COPY"):
        return attackers.attempt(who, statement)
    session = attackers.session(who)
    try:
        with session.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            if "TO STDOUT" in statement:
                for _ in copy:
                    pass
        return "", None
    except psycopg.Error as error:
        return error.sqlstate or "08006", str(error).splitlines()[0]
