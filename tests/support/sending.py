"""A refund sender against a real database and a real chain, for the tests that drive it step by step."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from eth_account import Account

from tests.support.follow import Follower, take_lease
from wbo_demo.chain import Chain
from wbo_demo.world import NETWORK, World
from wbo_desktop.chain.refunds.sender import RefundSender, SendingProgress, SendingRules
from wbo_desktop.chain.refunds.signer import KeystoreSigner, Signer
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.health import EndpointRules
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.refund_store import PostgresRefundStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.tracking import Lease, OnThreads

PATIENT = SendingRules(again_after=0.0, look_every=0.0)


def quick_signer(world: World, folder: Path) -> KeystoreSigner:
    """The hot wallet's real keystore signer, with a passphrase that costs nothing to check."""
    file = folder / "hot-wallet.json"
    passphrase = Secret("correct horse battery staple")
    key = world.hot_wallet.private_key.reveal()
    file.write_text(json.dumps(Account.encrypt(key, passphrase.reveal(), kdf="pbkdf2", iterations=1)))
    return KeystoreSigner(file, passphrase)


@dataclass
class Desk:
    """One sender with everything around it. `follow()` is the tracker's part."""

    world: World
    chain: Chain
    follower: Follower
    sender: RefundSender
    endpoints: Endpoints
    lease: Lease
    first_block: int
    foreign: set[str] = field(default_factory=set)
    """What a test sent from the hot wallet by hand."""

    async def step(self) -> SendingProgress:
        """One step of the sender."""
        return await self.sender.step(self.lease)

    def follow(self) -> int:
        """The database reads the chain up to its head."""
        return self.follower.catch_up()

    def settle(self, blocks: int = 3) -> None:
        """Mine what makes it final, and read it."""
        self.chain.mine(blocks)
        self.follow()

    def refund(self, number: str) -> dict[str, Any]:
        """A refund as operators see it."""
        return self.one("SELECT * FROM wbo.refund WHERE refund_no = %s", number)

    def attempts(self, number: str) -> list[dict[str, Any]]:
        """Its signed bytes, in order of signing."""
        return self.all("SELECT * FROM wbo_data.refund_attempt WHERE refund_no = %s ORDER BY attempt", number)

    def one(self, query: str, *values: Any) -> dict[str, Any]:
        """The first row of a query by a superuser."""
        return self.all(query, *values)[0]

    def all(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """All rows of a query by a superuser."""
        with self.world.connect("superuser") as connection:
            cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
            return list(cursor.execute(query.encode(), values).fetchall())


@asynccontextmanager
async def sending_desk(
    world: World,
    folder: Path,
    *,
    rpc_url: str | Sequence[str] | None = None,
    signer: Signer | None = None,
    rules: SendingRules = PATIENT,
    checkpoint: Callable[[str], None] = lambda name: None,
    seconds: float = 2.0,
) -> AsyncIterator[Desk]:
    """The database follows the chain from its present head; the sender is ready for its first step.

    `seconds`: how long a node's answer is waited for.
    """
    chain = world.chain
    assert chain is not None
    store = ChainStore(world.server, world.logins["worker"].login, world.logins["worker"].password)
    threads = OnThreads(1)
    with world.connect("worker") as connection:
        lease = Lease(NETWORK, take_lease(connection, NETWORK))
        follower = Follower(connection, chain, NETWORK, lease.epoch)
        first_block = follower.catch_up()
        urls = [rpc_url] if isinstance(rpc_url, str) else rpc_url or [chain.rpc_url]
        endpoints = Endpoints(urls, chain.chain_id, EndpointRules(seconds=seconds))
        async with endpoints:
            sender = RefundSender(
                endpoints,
                signer or quick_signer(world, folder),
                PostgresRefundStore(store),
                threads,
                rules=rules,
                checkpoint=checkpoint,
            )
            yield Desk(world, chain, follower, sender, endpoints, lease, first_block)
    store.close()
    threads.shutdown()
