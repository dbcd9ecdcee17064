"""The embedded stack in one folder: PostgreSQL, the local chains, the made-up broker in them, and a chain
worker.

Made the first time, read again afterwards. The sandbox, the demo, the tour and the end-to-end tests run on
it.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eth_account import Account as EthAccount

from wbo_demo import history as past_days
from wbo_demo import second, world
from wbo_demo.chain import STATES, Account, Chain
from wbo_demo.folder import DemoError, FolderLock, write_private
from wbo_demo.postgres import Postgres
from wbo_demo.tokens import DAI, USDT, Token
from wbo_demo.world import DemoClient, Login, World
from wbo_desktop.domain.types import parse_address
from wbo_desktop.models import migrate
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.secrets import Secret
from wbo_desktop.settings import Settings

DATABASE = "wbo"
_WORLD_FILE = "world.json"
_KEYSTORE = "hot-wallet.json"
LASTING_STATES = 64
"""States that a chain keeps in a demo, which may be left running: each costs the node a third of a megabyte
or more."""


@dataclass
class Stack:
    """The running parts of one folder.

    Attributes:
        mined_every: seconds between the blocks that `beside` mines; None where the nodes mine by themselves.
    """

    folder: Path
    postgres: Postgres
    chain: Chain
    second: Chain
    world: World
    passphrase: Secret
    mined_every: float | None = None

    @property
    def chains(self) -> dict[str, Chain]:
        """The local chains by their network's name."""
        return {world.NETWORK: self.chain, second.NETWORK: self.second}

    @property
    def keystore(self) -> Path:
        """The hot wallet's encrypted key file."""
        return self.folder / _KEYSTORE

    def settings(self, language: str = "zh_HK") -> Settings:
        """The settings for every program that runs against this stack."""
        server = self.world.server
        return Settings(
            db_host=server.host,
            db_port=server.port,
            db_name=server.dbname,
            db_sslmode="prefer",
            language=language,
            owner_login=self.world.logins["owner"].login,
            worker_login=self.world.logins["worker"].login,
            intake_login=self.world.logins["intake"].login,
            hot_wallet_keystore=str(self.keystore),
            poll_seconds=0.3,
        )

    def environment(self) -> dict[str, str]:
        """The settings as variables (WBO_…), with the secrets that a service manager would provide."""
        settings = self.settings()
        logins = self.world.logins
        secret = {f"{name}_password": logins[name].password for name in ("owner", "worker", "intake")}
        secret["hot_wallet_passphrase"] = self.passphrase
        names = (
            *("db_host", "db_port", "db_name", "db_sslmode", "owner_login", "worker_login", "intake_login"),
            *("hot_wallet_keystore", "poll_seconds"),
        )
        return {f"WBO_{name.upper()}": str(getattr(settings, name)) for name in names} | {
            f"WBO_{name.upper()}": value.reveal() for name, value in secret.items()
        }

    def describe(self) -> dict[str, Any]:
        """The description for integrators: addresses, logins, passwords and keys of the made-up world."""
        server, logins = self.world.server, self.world.logins
        shown = {
            name: {"login": who.login, "password": who.password.reveal()} for name, who in logins.items()
        }
        faucet = self.chain.account("faucet")
        with self.world.connect("owner") as connection:
            networks = connection.execute(
                "SELECT n.name, n.chain_id, n.rpc_urls, min(c.confirmations) FROM wbo.network n"
                " JOIN wbo.cryptocurrency c ON c.network = n.name GROUP BY 1, 2, 3"
                " ORDER BY n.name <> %s, n.name",
                (world.NETWORK,),
            ).fetchall()
            coins = connection.execute(
                "SELECT code, network, contract, decimals FROM wbo.cryptocurrency"
                " ORDER BY network <> %s, network, code",
                (world.NETWORK,),
            ).fetchall()
        return {
            "postgres": {
                "host": server.host,
                "port": server.port,
                "dbname": server.dbname,
                "owner": shown["owner"],
                "server_log": str(self.postgres.server_log),
            },
            "operators": {name: shown[name] for name in world.OPERATORS},
            "intake": shown["intake"],
            "worker": shown["worker"],
            "env": self.environment(),
            "networks": [
                {"name": n[0], "chain_id": n[1], "rpc_urls": n[2], "confirmations": n[3]} for n in networks
            ],
            "coins": [{"code": c[0], "network": c[1], "contract": c[2], "decimals": c[3]} for c in coins],
            "faucet": _wallet_json(faucet),
            "hot_wallet": {"address": self.world.hot_wallet.address},
            "clients": [
                {
                    "client_no": client.client_no,
                    "securities_account": client.securities_account,
                    "wallet": _wallet_json(client.wallet) | {"status": client.status},
                    "custodial": {"network": world.NETWORK, "address": client.custodial},
                }
                for client in self.world.clients
            ],
        }


def _wallet_json(account: Account) -> dict[str, str]:
    return {"address": account.address, "private_key": account.private_key.reveal()}


@contextmanager
def running(folder: Path, block_time: float | None = 1.0, *, history: bool = False) -> Iterator[Stack]:
    """A context with the started stack of a folder, which is stopped at its end. A new one gets a `history`
    when asked.

    Raises:
        DemoError: another stack runs on this folder, or a part does not come up.
    """
    folder = folder.resolve()
    with contextlib.ExitStack() as parts:
        lock = FolderLock(folder)
        parts.callback(lock.release)
        starting = parts.enter_context(ThreadPoolExecutor(1)).submit(Postgres.start, folder / "postgres")
        parts.callback(_stop_started, starting)
        kept = _kept(folder)
        past = bool(kept.get("history")) if kept else history
        states = LASTING_STATES if past else STATES
        # a node that mines by itself every two seconds or less keeps 1,500 states, whatever it was told
        by_hand = past and block_time is not None
        node_time = 0 if by_hand else block_time
        chain = parts.enter_context(
            Chain.start(
                folder / "chain",
                block_time=node_time,
                states=states,
                options=_first_block(world.NETWORK, past),
            )
        )
        beside = parts.enter_context(
            Chain.start(
                folder / "second-chain",
                chain_id=second.CHAIN_ID,
                block_time=node_time,
                seed=chain.seed,
                states=states,
                options=_first_block(second.NETWORK, past),
            )
        )
        passphrase = _passphrase(folder)
        postgres = starting.result()
        made = _world(folder, postgres, chain, beside, passphrase, past)
        yield Stack(folder, postgres, chain, beside, made, passphrase, block_time if by_hand else None)


def _passphrase(folder: Path) -> Secret:
    """The keystore's passphrase, kept in the folder with the other made-up secrets; a real desk's is in its
    keyring."""
    file = folder / "hot-wallet.passphrase"
    if not file.exists():
        write_private(file, secrets.token_urlsafe(24))
    return Secret(file.read_text(encoding="utf-8"))


def _stop_started(starting: Future[Postgres]) -> None:
    """Stops the server that was being started beside the chains, if it came up."""
    with contextlib.suppress(DemoError):
        starting.result().stop()


def _first_block(network: str, past: bool) -> list[str]:
    """The option for the first block of a network's local chain, after those of the history."""
    return ["--number", str(past_days.FIRST_BLOCKS[network])] if past else []


def _kept(folder: Path) -> dict[str, Any]:
    """The content of the world file; empty when the world is not complete yet."""
    file = folder / _WORLD_FILE
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def _world(
    folder: Path, postgres: Postgres, chain: Chain, beside: Chain, passphrase: Secret, past: bool
) -> World:
    server = Server(postgres.host, postgres.port, DATABASE)
    superuser = Login(postgres.superuser, postgres.superuser_password)
    if not (folder / _WORLD_FILE).exists():
        _make_world(folder, server, superuser, chain, beside, passphrase, past)
    found = _read_world(folder, server, superuser, chain, beside)
    if found.second is None:  # a folder of a version that had one network
        second.add(found, beside)
        _keep(folder, found, past)
    with found.connect("owner") as connection:
        migrate.upgrade(connection)
        if world.add_missing_operators(connection, found.logins):  # a folder of a version that had fewer
            _keep(folder, found, past)
        world.point_at_chain(connection, chain)
        world.point_at_chain(connection, beside, second.NETWORK)
    return found


def _make_world(
    folder: Path,
    server: Server,
    superuser: Login,
    chain: Chain,
    beside: Chain,
    passphrase: Secret,
    past: bool,
) -> None:
    maintenance = replace(server, dbname="postgres")
    with open_connection(maintenance, superuser.login, superuser.password, "set-up") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    made = world.build(server, superuser, chain=chain)
    world.connect_chain(made, chain)
    second.add(made, beside)
    if past:
        past_days.write(made, past_days.crowd(made))
    account = EthAccount.from_key(made.hot_wallet.private_key.reveal())
    key = account.encrypt(passphrase.reveal(), iterations=2**14)
    write_private(folder / _KEYSTORE, json.dumps(key))
    # Written last: with this file the world is whole.
    _keep(folder, made, past)


def _keep(folder: Path, made: World, past: bool) -> None:
    """Writes the world file, with which the next start finds the world."""
    logins = {
        name: [who.login, who.password.reveal()] for name, who in made.logins.items() if name != "superuser"
    }
    tokens = {code: token.address for code, token in made.tokens.items()}
    beside = second.contracts_of(made.second) if made.second else None
    kept = {"logins": logins, "tokens": tokens, "second": beside, "history": past}
    write_private(folder / _WORLD_FILE, json.dumps(kept))


def _read_world(folder: Path, server: Server, superuser: Login, chain: Chain, beside: Chain) -> World:
    kept = _kept(folder)
    logins = {name: Login(login, Secret(password)) for name, (login, password) in kept["logins"].items()}
    kinds = {kind.symbol: kind for kind in (USDT, DAI)}
    tokens = {
        code: Token(chain, parse_address(address), code, kinds[code].decimals)
        for code, address in kept["tokens"].items()
    }
    clients = [
        DemoClient(
            client_no=row.client_no,
            securities_account=row.securities_account,
            wallet=chain.account(f"wallet {row.client_no}"),
            status=row.status,
            custodial=parse_address(chain.account(f"custodial {row.client_no}").address),
        )
        for row in world.CLIENTS
    ]
    found = World(
        server,
        logins | {"superuser": superuser},
        clients,
        chain.account("hot wallet"),
        chain,
        tokens,
        second.found_again(beside, kept["second"]) if kept.get("second") else None,
    )
    found.crowd = past_days.crowd(found) if kept.get("history") else []
    return found
