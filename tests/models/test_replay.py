"""`audit verify --replay`: what the tables hold is what the log says, and what is not is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.security.scene import Scene, set_up
from wbo_demo.world import World
from wbo_desktop.models import audit, migrate, replay
from wbo_desktop.models.replay import ROW_DIFFERS, ROW_MISSING, ROW_UNEXPLAINED


@pytest.fixture
def scene(database: World) -> Scene:
    """A day's work: records, wallets and refunds in every state."""
    made = set_up(database)
    made.chain.close()
    return made


def faults(world: World) -> list[tuple[str, str]]:
    """What the replay finds, as the owner's administrator."""
    with world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        found = replay.replay(connection)
    assert found.rows > 10
    return [(fault.code, fault.table) for fault in found.faults]


def behind_the_triggers(world: World, statement: str, *values: object) -> None:
    """What whoever owns the server can do: change a table so that no trigger notices."""
    with world.connect("superuser") as superuser, superuser.transaction():
        superuser.execute("SET LOCAL session_replication_role = replica")
        superuser.execute(statement.encode(), values)


def test_a_days_work_is_explained_to_the_last_column(scene: Scene) -> None:
    assert faults(scene.world) == []


def test_so_it_is_for_a_session_of_another_time_zone(scene: Scene, ask: Callable[..., Any]) -> None:
    with scene.world.connect("maker") as maker:
        maker.execute("SET timezone = 'Asia/Hong_Kong'")
        maker.execute(
            "SELECT wbo.revoke_deposit(%s, 'zone', (SELECT version FROM wbo.deposit_record WHERE record_no = %s))",
            (scene.submit(scene.world.clients[1], 5_000_000, "S-zone"),) * 2,
        )
    assert faults(scene.world) == []


@pytest.mark.parametrize(
    ("statement", "code", "table"),
    [
        (
            "UPDATE wbo_data.deposit SET credited_base = credited_base + 1 WHERE status = 'success'",
            ROW_DIFFERS,
            "deposit",
        ),
        ("UPDATE wbo_data.refund SET status = 'approved' WHERE status = 'requested'", ROW_DIFFERS, "refund"),
        (
            "UPDATE wbo_data.wallet_address SET address = '0x' || repeat('a', 40) WHERE id = 1",
            ROW_DIFFERS,
            "wallet_address",
        ),
        (
            "UPDATE wbo_data.policy SET value = 'false' WHERE name = 'refund_approval_required'",
            ROW_DIFFERS,
            "policy",
        ),
        ("UPDATE wbo_data.checkpoint SET alarm = 'made up'", ROW_DIFFERS, "checkpoint"),
        (
            "UPDATE wbo_data.permission_grant SET state = 'withdrawn' WHERE id = 1",
            ROW_DIFFERS,
            "permission_grant",
        ),
        ("DELETE FROM wbo_data.refund_approval", ROW_MISSING, "refund_approval"),
        (
            "INSERT INTO wbo_data.client (client_no, securities_account, name_en) VALUES ('GHOST', 'GHOST', 'Ghost')",
            ROW_UNEXPLAINED,
            "client",
        ),
    ],
)
def test_what_the_owner_does_with_the_triggers_off_is_named(
    scene: Scene, statement: str, code: str, table: str
) -> None:
    behind_the_triggers(scene.world, statement)
    found = faults(scene.world)
    assert set(found) == {(code, table)}


def test_an_explained_transaction_has_an_entry(scene: Scene) -> None:
    with scene.world.connect("superuser") as superuser:
        superuser.execute(
            "UPDATE wbo_data.hot_wallet_transaction SET explanation = 'known', explained_by = 'owner', explained_at = now()"
        )
        entry = superuser.execute(
            "SELECT after ->> 'explanation' FROM wbo_data.audit_entry WHERE object_type = 'hot_wallet_transaction'"
        ).fetchone()
    assert entry == ("known",)
    assert faults(scene.world) == []
    behind_the_triggers(
        scene.world, "UPDATE wbo_data.hot_wallet_transaction SET explanation = 'nothing to see'"
    )
    assert set(faults(scene.world)) == {(ROW_DIFFERS, "hot_wallet_transaction")}


def verified(world: World) -> audit.Verified:
    with world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        return audit.verify(connection)


def test_an_entry_for_yesterday_contradicts_the_others(scene: Scene) -> None:
    with scene.world.connect("superuser") as superuser:
        superuser.execute(
            "INSERT INTO wbo_data.audit_entry (at, operator, workstation, action, object_type, object_id)"
            " VALUES (now() - interval '1 day', 'maker', 'OPS-1', 'revoke_deposit', 'deposit', 'DP20260101-000001')"
        )
        superuser.execute("SELECT wbo_rule.seal_entries(10000)")
    found = verified(scene.world)
    assert found.fault == "time_contradicts"


def test_an_entry_whose_seal_is_older_contradicts_it(scene: Scene) -> None:
    with scene.world.connect("superuser") as superuser:
        superuser.execute("SELECT wbo_rule.seal_entries(10000)")
    assert verified(scene.world).fault is None
    behind_the_triggers(
        scene.world, "UPDATE wbo_data.audit_seal SET sealed_at = sealed_at - interval '1 day'"
    )
    assert verified(scene.world).fault == "time_contradicts"


def test_a_chain_that_was_sealed_anew_no_longer_fits_the_anchor_that_is_kept(
    scene: Scene, tmp_path: Path
) -> None:
    with scene.world.connect("superuser") as superuser:
        superuser.execute("SELECT wbo_rule.seal_entries(10000)")
    kept = tmp_path / "anchors.txt"
    kept.write_text(f"Head after entry 9: {'0' * 64}\nHead after entry 10: {verified(scene.world).head}\n")
    anchor = audit.kept_anchor(str(kept))
    behind_the_triggers(scene.world, "UPDATE wbo_data.audit_entry SET remark = 'another' WHERE seq = 1")
    behind_the_triggers(scene.world, "DELETE FROM wbo_data.audit_seal")
    behind_the_triggers(scene.world, "UPDATE wbo_data.audit_horizon SET horizon = '1:1:', position = 0")
    with scene.world.connect("superuser") as superuser:
        superuser.execute("SELECT wbo_rule.seal_entries(10000)")
    assert verified(scene.world).fault is None, "a chain made anew is whole by itself"
    with scene.world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        assert audit.verify(connection, anchor).fault == "anchor_missing"


@pytest.mark.parametrize("content", [None, "no head here"])
def test_an_anchor_that_is_wanted_and_not_there_is_said(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "anchors.txt"
    if content is not None:
        file.write_text(content)
    with pytest.raises(migrate.MigrationError, match="audit_anchor_file"):
        audit.kept_anchor(str(file))
    assert audit.kept_anchor("") is None


def test_operators_do_not_replay(scene: Scene) -> None:
    with scene.world.connect("viewer") as viewer, pytest.raises(psycopg.errors.InsufficientPrivilege):
        replay.replay(viewer)
