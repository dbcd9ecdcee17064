"""The classes of `models.tables` beside the database's own catalogue: names, types, order, and what a row may lack."""

from __future__ import annotations

from typing import Any

import pytest

from tests.security.scene import Scene
from wbo_demo.world import World
from wbo_desktop.models import tables
from wbo_desktop.models.tables import VIEWS, DepositRecord, Network, Refund, View

NO_MODEL = {
    "change_mark": "read by the connection that listens, and shown nowhere",
    "deposit_key": "keys of deposit_record",
    "application_key": "keys of deposit_application",
    "refund_key": "keys of refund",
    "wallet_key": "keys of wallet_address",
    "custodial_key": "keys of custodial_account",
    "unmatched_key": "keys of unmatched_transfer",
}
"""Views that operators may read and that no page lists."""

COLUMNS = """
    SELECT c.relname, a.attname, t.typname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE n.nspname = 'wbo' AND c.relkind = 'v' ORDER BY c.relname, a.attnum"""


@pytest.fixture
def catalogue(database: World) -> dict[str, dict[str, str]]:
    """The columns of each view of schema `wbo` with their types, in the view's order."""
    found: dict[str, dict[str, str]] = {}
    with database.connect("superuser") as connection:
        for view, column, kind in connection.execute(COLUMNS):
            found.setdefault(view, {})[column] = kind
    return found


def test_every_view_has_one_class_or_a_reason_for_none(catalogue: dict[str, dict[str, str]]) -> None:
    names = [view.source() for view in VIEWS]
    assert sorted([*names, *NO_MODEL]) == sorted(catalogue)
    classes = {one for one in vars(tables).values() if isinstance(one, type) and issubclass(one, View)}
    assert classes - {View} == set(VIEWS)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.source())
def test_fields_are_the_views_columns_in_name_type_and_order(
    view: type[View], catalogue: dict[str, dict[str, str]]
) -> None:
    columns = catalogue[view.source()]
    assert list(view.fields()) == list(columns)
    wrong = {
        name: columns[name] for name, field in view.fields().items() if columns[name] not in field.pg_types
    }
    assert wrong == {}


def test_the_keys_of_long_views_have_what_is_asked_of_them(catalogue: dict[str, dict[str, str]]) -> None:
    long = [view.paging.keys for view in VIEWS if view.paging.keys is not None]
    assert {keys.view for keys in long} == {name for name in NO_MODEL if name.endswith("_key")}
    for keys in long:
        columns = catalogue[keys.view]
        asked = [keys.key_name, *(field.name for field in keys.filters), *keys.day_of.values()]
        asked += [found.becomes for found in keys.look_up_of.values()]
        asked += [name for column, (by, _) in keys.spread_of.items() for name in (column, by)]
        assert set(asked) <= set(columns), keys.view


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.source())
def test_no_row_lacks_what_its_class_promises(view: type[View], scene: Scene) -> None:
    promised = [name for name, field in view.fields().items() if not field.null]
    with scene.world.connect("superuser") as connection:
        rows = connection.execute(
            f"SELECT {', '.join(promised) or 'NULL'} FROM wbo.{view.source()}".encode()
        ).fetchall()
    lacking = {name for row in rows for name, value in zip(promised, row, strict=False) if value is None}
    assert lacking == set()


def test_every_row_is_told_from_the_others_by_its_key(scene: Scene) -> None:
    with scene.world.connect("superuser") as connection:
        for view in VIEWS:
            key = ", ".join(view.paging.key_names)
            double = f"SELECT {key} FROM wbo.{view.source()} GROUP BY {key} HAVING count(*) > 1"
            assert connection.execute(double.encode()).fetchall() == [], view


# ---------------------------------------------------------------- a row


def test_a_row_answers_for_its_fields_and_equals_one_with_the_same_values() -> None:
    row = DepositRecord(record_no="DP1", status="success")
    assert (row.record_no, row.status, row.remark, row.key) == ("DP1", "success", None, ("DP1",))
    assert DepositRecord.status.of(row) == "success"
    assert row == DepositRecord(record_no="DP1", status="success")
    assert row != DepositRecord(record_no="DP1", status="abnormal")
    assert row != Refund(record_no="DP1", status="success")
    assert (repr(row), str(row)) == ("<DepositRecord: DP1>", "DP1")


def test_a_row_has_no_other_field_and_is_not_changed() -> None:
    with pytest.raises(TypeError, match="DepositRecord has no colour"):
        DepositRecord(colour="red")
    row = DepositRecord(record_no="DP1")
    with pytest.raises(AttributeError):
        row.status = "success"
    with pytest.raises(TypeError):
        hash(row)


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.save(),
        lambda row: row.delete_instance(),
        lambda row: Network.insert(name="x"),
        lambda row: Network.insert_many([{"name": "x"}]),
        lambda row: Network.update(name="x"),
        lambda row: Network.delete(),
        lambda row: Network.create(name="x"),
        lambda row: Network.replace(name="x"),
        lambda row: Network.bulk_create([row]),
        lambda row: Network.get_or_create(name="x"),
        lambda row: Network.create_table(),
        lambda row: Network.drop_table(),
        lambda row: Network.truncate_table(),
    ],
)
def test_what_would_write_is_refused(write: Any) -> None:
    with pytest.raises(TypeError, match="only the database's functions write"):
        write(Network(name="Ethereum"))
