"""Old deposit records in any number, for trying out and for measuring; `old_records.sql` makes them."""

from __future__ import annotations

from importlib import resources

from wbo_demo.world import World


def add_old_records(world: World, records: int) -> None:
    """Add `records` deposit records of the last 400 days; the same again adds none."""
    if records == 0:
        return
    script = (resources.files(__package__) / "old_records.sql").read_bytes()
    with world.connect("superuser") as connection, connection.transaction():
        connection.execute("SELECT set_config('demo.records', %s, true)", (str(records),))
        connection.execute(script)
