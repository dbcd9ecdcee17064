"""What the database writes into the audit log, and what it refuses about, has words for the desktop to show."""

from __future__ import annotations

import re
from importlib import resources

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
