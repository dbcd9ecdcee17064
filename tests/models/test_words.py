"""What the database writes into the audit log, and what it refuses about, has words for the desktop to show."""

from __future__ import annotations

import re
from importlib import resources

from wbo_demo.world import World
from wbo_desktop.domain.errors import CATALOGUE
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


def test_every_column_that_the_log_keeps_has_a_word(database: World) -> None:
    """Read from the triggers: a table's columns less those that its trigger leaves out."""
    with database.connect("superuser") as connection:
        kept = connection.execute(
            "SELECT c.relname, a.attname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE t.tgname = 'y_audit' AND a.attname <> ALL (string_to_array("
            "     split_part(encode(t.tgargs, 'escape'), '\\000', 3), ','))"
        ).fetchall()
    assert len(kept) > 100
    assert {f"{table}.{column}" for table, column in kept if column not in labels.field} == set()
