"""The desk of these tests refuses what it is told to."""

from __future__ import annotations

import pytest

from tests.views.dialogs.support import ToldStore


@pytest.fixture
def store() -> ToldStore:
    """An ordinary day, and a will of its own."""
    return ToldStore()
