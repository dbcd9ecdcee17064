"""The schema holds every rule that it is declared to hold, and no right that it is not."""

from __future__ import annotations

from tests.security.inventory import inventory, kept
from wbo_demo.world import World


def test_the_schema_is_what_it_is_declared_to_be(database: World) -> None:
    """When it is meant to be otherwise: python -m tests.security.inventory, and read what that changed."""
    with database.connect("superuser") as connection:
        found = set(inventory(connection))
        version = connection.info.server_version
    # the role that reserves connections came with PostgreSQL 16
    declared = {line for line in kept() if version >= 160000 or "pg_use_reserved_connections" not in line}
    assert sorted(declared - found) == [], "declared, and not there"
    assert sorted(found - declared) == [], "there, and not declared"
