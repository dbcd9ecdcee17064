"""Native coin that no log and no trace shows, found by comparison: what our accounts hold against what is
known to have come and gone. The database compares, a person explains."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from time import monotonic

from wbo_desktop.chain.evm.tokens import balance_call, read_balance
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import NotYet, RpcError
from wbo_desktop.chain.rpc.head import decode_header
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import proven, served
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.services.tracking import Lease, OnThreads, TrackedAccount, TrackingStore

log = logging.getLogger("wbo.tracker")

MOST_AT_ONCE = 96
DEPTH = 12
"""Blocks below the checkpoint: deep enough to stay, and near enough for nodes that keep little history."""


class BalanceReconciliation:
    """Compares the balances of some accounts now and then, for one network under one lease."""

    def __init__(
        self,
        endpoints: Endpoints,
        store: TrackingStore,
        on_threads: OnThreads,
        lease: Lease,
        depth: int = DEPTH,
    ) -> None:
        self.differences = 0
        self._endpoints, self._store, self._db, self._lease = endpoints, store, on_threads, lease
        self._depth = depth
        self._compared_at: float | None = None

    def is_due(self, every: float) -> bool:
        """Whether the last comparison is at least so many seconds ago."""
        return self._compared_at is None or monotonic() - self._compared_at >= every

    async def reconcile(self, checkpoint: int, hashes: dict[int, str]) -> None:
        """Ask one endpoint what some accounts held a little below the checkpoint, and have that compared.

        Args:
            hashes: of the blocks that are stored, by height.
        """
        self._compared_at = monotonic()
        number = checkpoint - self._depth
        if number not in hashes:
            return
        accounts = await self._db(self._store.accounts_to_reconcile, self._lease, MOST_AT_ONCE)
        if not accounts:
            return
        try:
            held = await self._endpoints.attempt(
                lambda client: self._ask(client, accounts, number, hashes[number])
            )
        except RpcError as error:
            log.info("%s: balances could not be read: %s", self._lease.network, error)
            return
        found = await self._db(self._store.record_balances, self._lease, number, hashes[number], held)
        if found:
            self.differences += found
            log.warning(
                "%s: %d accounts hold other amounts than came and went; see the unexplained balances",
                *(self._lease.network, found),
            )

    async def _ask(
        self, client: NodeProvider, accounts: Sequence[TrackedAccount], number: int, block_hash: str
    ) -> dict[int, int]:
        calls = [balance_call(None, account.address, number) for account in accounts]
        header = Call("eth_getBlockByNumber", (wire.hexed(number), False))
        block, *answers = await proven(client, self._endpoints.chain_id, [header, *calls])
        if decode_header(served(block), number).hash != block_hash:
            raise NotYet("the node shows another block there")
        return {
            account.id: read_balance(None, served(answer))
            for account, answer in zip(accounts, answers, strict=True)
        }
