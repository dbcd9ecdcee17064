"""Attackers: every kind of login there is, in the database of one test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.attackers import Attackers, everybody
from wbo_demo.world import World


@pytest.fixture
def attackers(database: World) -> Iterator[Attackers]:
    """maker, checker, viewer, admin, intake, worker, somebody with no permission, and one login for each permission."""
    made = everybody(database)
    yield made
    made.close()
