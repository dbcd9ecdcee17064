"""A broker of its own for one benchmark: PostgreSQL, chain, database with logins, coins and clients; gone afterwards."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from wbo_demo import world
from wbo_demo.chain import Chain
from wbo_demo.postgres import Postgres
from wbo_demo.world import Login, World
from wbo_desktop.models.connection import Server, open_connection


@contextmanager
def broker(*, block_time: float | None = None) -> Iterator[World]:
    """The made-up broker on folders that are gone afterwards; its chain mines a block for each transaction unless told."""
    logging.getLogger("wbo").setLevel(
        logging.CRITICAL
    )  # reorganisations and failing nodes are what is measured
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="wbo-bench-")))
        folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
        postgres = Postgres.start(folder / "postgres")
        parts.callback(postgres.stop, remove=True)
        chain = Chain.start(folder / "chain", block_time=block_time, keep_state=False)
        parts.callback(chain.stop, remove=True)
        superuser = Login(postgres.superuser, postgres.superuser_password)
        maintenance = Server(postgres.host, postgres.port, "postgres")
        with open_connection(maintenance, superuser.login, superuser.password, "benchmark") as connection:
            connection.execute("CREATE DATABASE wbo_bench")
        made = world.build(
            Server(postgres.host, postgres.port, "wbo_bench"), superuser, chain=chain, prefix="bench_"
        )
        world.connect_chain(made, chain)
        yield made
