"""What every test may ask for: a PostgreSQL server, a local chain, and a Qt that needs no screen.

The server and the chain are started once per test process; each test has a chain of its own, and a database.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

# Before anything imports Qt: without a screen it aborts Python, and without a UTF-8 locale it warns.
if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"

import pytest
from psycopg import sql

from tests.support.operators import Operators
from tests.support.spilled import EVERYTHING, remember_secrets, spilled
from tools.catalogues import compile_stale
from wbo_demo import world
from wbo_demo.chain import GWEI, Chain
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login, World
from wbo_desktop.models import migrate
from wbo_desktop.models.connection import Server, open_connection

remember_secrets()
compile_stale()  # pytest may be started without make
gc.disable()  # see `pytest_runtest_logfinish`


@pytest.fixture(scope="session")
def postgres_cluster(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Postgres]:
    """A PostgreSQL server of this test process: the wheel's, or the one that WBO_PG_BIN names.

    It logs everything, and no password may ever have come into that log.
    """
    server = Postgres.start(tmp_path_factory.mktemp("postgres"), settings=EVERYTHING)
    yield server
    secrets, size, lines = spilled(server.server_log.parent)
    server.stop(remove=True)
    told = f"server log of this process: {secrets} secrets looked for in {size:,} bytes, {len(lines)} found"
    getattr(request.config, "workeroutput", _of_the_logs).update({"server log": told})
    assert secrets > 5
    assert size > 10_000
    assert [line[:300] for line in lines[:3]] == []


@pytest.fixture(scope="session")
def anvil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """A local chain of this test process, a block for each transaction. Tests take `chain`."""
    node = Chain.start(tmp_path_factory.mktemp("chain"), keep_state=False, states=20_000)
    yield node
    node.stop(remove=True)


@pytest.fixture
def chain(anvil: Chain) -> Iterator[Chain]:
    """The local chain, taken back afterwards to what it was before this test."""
    before = anvil.snapshot()
    # the fee of the first block: each lowers it, and a revert does not raise it again
    anvil.rpc("anvil_setNextBlockBaseFeePerGas", hex(GWEI))
    yield anvil
    anvil.rpc("evm_setIntervalMining", 0)
    anvil.rpc("evm_setAutomine", True)
    anvil.revert(before)


# ------------------------------------------------------- a broker for each test

TEMPLATE = "wbo_template"
_database_numbers = count(1)


@pytest.fixture(scope="session")
def template(postgres_cluster: Postgres, anvil: Chain) -> World:
    """The made-up broker, once per test process; each test gets a copy of it."""
    superuser = Login(postgres_cluster.superuser, postgres_cluster.superuser_password)
    maintenance = Server(postgres_cluster.host, postgres_cluster.port, "postgres")
    with open_connection(maintenance, superuser.login, superuser.password, "tests") as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    made = world.build(replace(maintenance, dbname=TEMPLATE), superuser, chain=anvil)
    world.connect_chain(made, anvil)
    with open_connection(maintenance, superuser.login, superuser.password, "tests") as connection:
        for who in (
            made.logins.values()
        ):  # tests let one login race against itself in more sessions than a desk needs
            connection.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT 50").format(sql.Identifier(who.login)))
    return made


@pytest.fixture
def database(template: World) -> Iterator[World]:
    """The made-up broker in a database of this test's own. Its chain is not for spending: take `stack` for that."""
    name = f"test_{next(_database_numbers)}"
    who = template.logins["superuser"]
    maintenance = replace(template.server, dbname="postgres")
    with open_connection(maintenance, who.login, who.password, "tests") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
        copy = replace(template, server=replace(template.server, dbname=name))
        with copy.connect("superuser") as inside:
            migrate.secure_database(inside)
        yield copy
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def operators(database: World) -> Operators:
    """Makes operators that no other test has."""
    return Operators(database)


@pytest.fixture
def stack(database: World, chain: Chain) -> World:
    """The made-up broker with money that may be spent: its chain goes back afterwards to what it was."""
    return database


# ------------------------------------------------------- tests that hang

LONG_FOLDERS = {"end_to_end": 900, "security": 900}
"""Seconds until a test counts as hung where one campaigns for minutes on a busy machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Campaigns get the time they need; a mark of the test's own counts first."""
    for item in items:
        seconds = LONG_FOLDERS.get(item.path.parent.name)
        if seconds and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(seconds))


# ------------------------------------------------------- figures at the end of a run


_tests = count(1)


def pytest_runtest_logfinish() -> None:
    """Collect between tests, on the main thread: what widgets a test left would crash Qt on a database thread."""
    gc.collect(2 if next(_tests) % 50 == 0 else 1)


_of_the_logs: dict[str, str] = {}
_of_all_logs: list[str] = []


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process of a parallel run has ended; one that crashed told nothing."""
    told = getattr(node, "workeroutput", {}).get("server log")
    if told:
        _of_all_logs.append(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests recorded as `figures`: a suite of attacks that says how many there were can be believed."""
    said = [
        str(value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == "figures"
    ]
    said += [*_of_the_logs.values(), *_of_all_logs]
    if said:
        terminalreporter.section("figures")
        for line in sorted(said):
            terminalreporter.write_line(line)
