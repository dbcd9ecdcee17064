"""What an open desktop makes of a connection that fails: it waits and says why; only a refused login ends it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from wbo_desktop.domain.errors import CATALOGUE, LOST, PASSING, RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import labels
from wbo_desktop.views.health import Health


def refusal(code: str) -> RuleViolation:
    return RuleViolation(code, **dict.fromkeys(CATALOGUE[code], "db.broker.example"))


@pytest.mark.parametrize("code", sorted(LOST | PASSING))
async def test_a_passing_fault_is_said_and_ends_nothing(
    qtbot: QtBot, desk: Desk, store: MemoryStore, settings: QSettings, code: str
) -> None:
    health = Health(desk)
    ended: list[RuleViolation] = []
    health.ended.connect(ended.append)
    store.broken = refusal(code)
    health.look()
    await until(lambda: health.database_lost)
    assert health.fault is not None
    assert labels.sentence(health.fault) == labels.sentence(refusal(code))
    store.broken = None
    health.look()
    await until(lambda: not health.database_lost)
    assert ended == []


@pytest.mark.parametrize("code", ["login_failed", "login_not_permitted", "operator_disabled"])
async def test_a_refused_login_ends_the_session(
    qtbot: QtBot, desk: Desk, store: MemoryStore, settings: QSettings, code: str
) -> None:
    health = Health(desk)
    ended: list[RuleViolation] = []
    health.ended.connect(ended.append)
    store.broken = refusal(code)
    health.look()
    await until(lambda: bool(ended))
    assert ended[0].code == code
