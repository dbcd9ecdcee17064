"""The hot wallet's key and its passphrase stay where they are: looked for wherever the worker program leaves anything."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from psycopg import sql

from tests.support.desk_worker import Desk, eventually
from tests.support.refunds import approve, credit, execute
from tests.support.sending import quick_signer
from wbo_demo.world import World
from wbo_desktop.secrets import forget_secrets

PASSPHRASE = "correct horse battery staple"


def program(world: World, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """`wbo-desktop worker`, its secrets handed over by the service manager."""
    quick_signer(world, folder)
    credentials = folder / "credentials"
    credentials.mkdir()
    who, server = world.logins["worker"], world.server
    (credentials / "wbo_worker_password").write_text(who.password.reveal())
    (credentials / "wbo_hot_wallet_passphrase").write_text(PASSPHRASE + "\n")
    given = {
        "CREDENTIALS_DIRECTORY": str(credentials),
        "WBO_DB_HOST": server.host,
        "WBO_DB_PORT": str(server.port),
        "WBO_DB_NAME": server.dbname,
        "WBO_DB_SSLMODE": "prefer",
        "WBO_WORKER_LOGIN": who.login,
        "WBO_HOT_WALLET_KEYSTORE": str(folder / "hot-wallet.json"),
        "WBO_POLL_SECONDS": "0.2",
    }
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "wbo_desktop", "worker"], env=os.environ | given, stdout=out, stderr=out
        )


def everything_stored(world: World) -> str:
    """Every row of every table, as text."""
    with world.connect("superuser") as root:
        tables = root.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'wbo_data'"
        ).fetchall()
        rows = []
        for schema, table in tables:
            statement = sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(schema, table))
            rows += [row for (row,) in root.execute(statement).fetchall()]
    return "\n".join(rows)


async def test_a_worker_that_pays_leaves_neither_key_nor_passphrase_anywhere(
    stack: World, tmp_path: Path
) -> None:
    chain, log = stack.chain, tmp_path / "worker.log"
    assert chain is not None
    worker = await asyncio.to_thread(program, stack, tmp_path, log)
    try:
        await eventually(
            lambda: Desk(stack).rows("SELECT FROM wbo.hot_wallet WHERE balances <> '{}'"), 40, log.read_text
        )
        await Desk(stack).caught_up()
        (number,) = await asyncio.to_thread(lambda: approve(stack, credit(stack, "USDT", 10**6)))
        await asyncio.to_thread(execute, stack, [number])

        def confirmed() -> bool:
            chain.mine()
            return bool(Desk(stack).rows("SELECT FROM wbo.refund WHERE status = 'confirmed'"))

        await eventually(confirmed, 40, log.read_text)
        if sys.platform == "linux":
            process = Path(f"/proc/{worker.pid}")
            left = (process / "cmdline").read_text() + (process / "environ").read_text()
            (core,) = [line for line in (process / "limits").read_text().splitlines() if "core file" in line]
            assert core.split()[4:6] == ["0", "0"]
        else:
            left = ""
    finally:
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 30) == 0
    key = stack.hot_wallet.private_key.reveal().removeprefix("0x")
    left += log.read_text() + everything_stored(stack)
    assert number in left, "it was looked for in the right places"
    for secret in (key, str(int(key, 16)), PASSPHRASE, stack.logins["worker"].password.reveal()):
        assert secret not in left


def test_what_is_started_from_a_worker_inherits_no_secret() -> None:
    environment = {
        "WBO_WORKER_PASSWORD": "x",
        "WBO_HOT_WALLET_PASSPHRASE": "x",
        "WBO_DB_HOST": "localhost",
        "PGPASSWORD_FILE": "kept",
    }
    forget_secrets(environment)
    assert environment == {"WBO_DB_HOST": "localhost", "PGPASSWORD_FILE": "kept"}
