"""A sender at work, and the sum that must hold after every test: what left on chain is what the database says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.refunds import assert_sums_agree
from tests.support.sending import Desk, sending_desk
from wbo_demo.world import World


@pytest.fixture
async def desk(stack: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with sending_desk(stack, tmp_path) as desk:
        await desk.step()  # names the hot wallet
        yield desk
        desk.follow()
        assert_sums_agree(stack, desk.first_block + 1, desk.foreign)


@pytest.fixture
def by_hand(desk: Desk) -> Desk:
    """The same, on a chain that mines only when told to."""
    desk.chain.rpc("evm_setAutomine", False)
    return desk
