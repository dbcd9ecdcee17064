"""What the database writes into the audit log, and what it refuses about, has words for the desktop to show."""

from __future__ import annotations

import re
from importlib import resources

from wbo_demo.world import World
from wbo_desktop.domain.errors import CATALOGUE
from wbo_desktop.models.tables import VIEWS
from wbo_desktop.views import labels

SCHEMA = "\n".join(
    file.read_text(encoding="utf-8")
    for file in (resources.files("wbo_desktop.models") / "schema" / "code").iterdir()
    if file.name.endswith(".sql")
)


def found(pattern: str) -> set[str]:
    return set(re.findall(pattern, SCHEMA))


def test_every_action_has_a_word() -> None:
    written = found(r"begin_(?:operator_)?act\('([a-z_]+)'") | {
        "refused",
        "end_session",
        "password_changed_elsewhere",
    }
    assert len(written) > 40
    assert written - set(labels.action) == set()


def test_every_kind_of_object_has_a_word() -> None:
    named = found(r"refuse_(?:status|unknown)\('([a-z_]+)'") | found(r"'object', '([a-z_]+)'")
    assert len(named) > 10
    assert named - set(labels.object_kind) == set()


def test_every_refusal_is_in_the_catalogue_with_its_parameters() -> None:
    raised = found(r"refuse\('WB\d{3}', '([a-z_]+)'")
    assert len(raised) > 30
    assert raised - set(CATALOGUE) == set()
    for code, literal in re.findall(
        r"refuse\('WB\d{3}', '([a-z_]+)', jsonb_build_object\(\s*'([a-z_]+)'", SCHEMA
    ):
        assert literal in CATALOGUE[code], (code, literal)


WORDLESS = frozenset(
    {
        # names of the client in other languages stand under the field of the English one, or under a column's own title
        *(
            "client_name_zh_hk",
            "client_name_zh_cn",
            "client_language",
            "likely_client_no",
            "likely_client_name",
        ),
        *("likely_client_name_zh_hk", "likely_client_name_zh_cn"),
        # of a row only for a rule, a sentence or a colour
        *(
            "added_by",
            "added_by_desk",
            "wallet_added_by_desk",
            "wallet_added_at",
            "asked_at",
            "asked_by_own_hand",
        ),
        *(
            "for_me",
            "waiting_by",
            "custodial_client_no",
            "is_contract",
            "known_as",
            "refund_status",
            "observed_txid",
        ),
        *(
            "reports_missing",
            "before_status",
            "after_status",
            "micro_confirmations",
            "micro_required",
            "seen_at",
        ),
        # of the chain's and the desk's own state, which the header, the banner and dialogs put into sentences
        *(
            "alerts",
            "behind_bytes",
            "behind_since",
            "block_seconds",
            "checked_at",
            "checkpoint_number",
            "collects",
        ),
        *("fee_coin", "fee_estimate", "head_number", "looked_at", "worker", "worker_state", "worker_until"),
        # never shown
        *("difference_id", "request", "migrations"),
    }
)
"""Fields that are not shown under a name of their own."""

OF_ACTS = {"object", "rows", "details", "password", "current_password", "new_password", "scram_verifier"}
"""What a refusal names that is no column: an act's argument, or a field of a dialog."""


def test_every_field_has_words_or_is_known_to_need_none() -> None:
    fields = {name for view in VIEWS for name in view.fields()}
    assert fields - set(labels.field) == WORDLESS


def test_no_word_is_without_a_field(database: World) -> None:
    """Of a view, of a table that the log keeps, or of an act."""
    fields = {name for view in VIEWS for name in view.fields()}
    logged = {column for _, column in logged_columns(database)}
    assert set(labels.field) - fields - logged - OF_ACTS == set()


def logged_columns(database: World) -> list[tuple[str, str]]:
    """Tables with their columns, less those that the table's trigger leaves out of the log."""
    with database.connect("superuser") as connection:
        return connection.execute(
            "SELECT c.relname, a.attname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE t.tgname = 'y_audit' AND a.attname <> ALL (string_to_array("
            "     split_part(encode(t.tgargs, 'escape'), '\\000', 3), ','))"
        ).fetchall()


def test_every_column_that_the_log_keeps_has_a_word(database: World) -> None:
    kept = logged_columns(database)
    assert len(kept) > 100
    assert {f"{table}.{column}" for table, column in kept if column not in labels.field} == set()
