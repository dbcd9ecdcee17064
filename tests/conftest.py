"""What every test may ask for: a PostgreSQL server, a local chain, and a Qt that needs no screen.

The server and the chain are started once per test process; each test has a chain of its own, and a database.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

# Before anything imports Qt: without a screen it aborts Python, and without a UTF-8 locale it warns.
if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"

import pytest

from wbo_desktop.demo.chain import Chain
from wbo_desktop.demo.postgres import Postgres


@pytest.fixture(scope="session")
def postgres_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server of this test process: the wheel's, or the one that WBO_PG_BIN names."""
    server = Postgres.start(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop(remove=True)


@pytest.fixture(scope="session")
def anvil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """A local chain of this test process, a block for each transaction. Tests take `chain`."""
    node = Chain.start(tmp_path_factory.mktemp("chain"), keep_state=False)
    yield node
    node.stop(remove=True)


@pytest.fixture
def chain(anvil: Chain) -> Iterator[Chain]:
    """The local chain, taken back afterwards to what it was before this test."""
    before = anvil.snapshot()
    yield anvil
    anvil.rpc("evm_setIntervalMining", 0)
    anvil.rpc("evm_setAutomine", True)
    anvil.revert(before)
