"""Pays refunds: signs what was approved, stores the bytes, and only then offers them to the network, the same ones
until one of their nonce is mined.

`step` does what is due and returns; the worker calls it on each block, each notification and now and then. What was
mined is stored and settled by the tracker. `step` decides, `signing` makes the bytes, `broadcasting` offers them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from wbo_desktop.chain.leading import Leading
from wbo_desktop.chain.refunds.hot_wallet import WalletView, read_wallet
from wbo_desktop.chain.refunds.signer import Signer
from wbo_desktop.chain.refunds.step import CHECKPOINTS, SendingProgress, SendingRules, Step, Tools
from wbo_desktop.chain.refunds.transactions import PLAIN_TRANSFER_GAS, USUAL_TOKEN_GAS
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.sending import WalletStop
from wbo_desktop.domain.types import from_base_units
from wbo_desktop.services.sending import FeeEstimate, HotWallet, RefundStore, SendingWork
from wbo_desktop.services.supervision import spawn
from wbo_desktop.services.tracking import Lease, OnThreads

__all__ = ["CHECKPOINTS", "RefundSender", "SendingProgress", "SendingRules", "SendingWorker"]

log = logging.getLogger(__name__)
_worker_log = logging.getLogger("wbo.worker")

NATIVE_DECIMALS = 18
"""Of every EVM network's own coin."""

EVERY_SECONDS = 2.0
FINISH_SECONDS = 10.0
"""How long a step under way is waited for; what it stored is finished by the next worker anyway."""


class RefundSender:
    """Sends the refunds of one network from one hot wallet.

    Args:
        endpoints: of the network; started and closed by the caller.
        signer: of the hot wallet.
        on_threads: where the store's blocking calls run.
        checkpoint: called with each of `CHECKPOINTS` as it is passed.
    """

    def __init__(
        self,
        endpoints: Endpoints,
        signer: Signer,
        store: RefundStore,
        on_threads: OnThreads,
        *,
        rules: SendingRules | None = None,
        checkpoint: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.rules = rules or SendingRules()
        self._endpoints, self._signer, self._store = endpoints, signer, store
        self._db = on_threads
        self._tools = Tools(endpoints, signer, store, on_threads, self.rules, checkpoint)
        self._turn = asyncio.Lock()
        self._registered = False
        self._said: str | None = None

    async def step(self, lease: Lease) -> SendingProgress:
        """Finish what was stored, sign what is executing, report the balances.

        Raises:
            RuleViolation: `lease_lost`, `database_unreachable`, …: the same step may be tried again.
            RpcError: no endpoint could be asked.
        """
        async with self._turn:
            work = await self._db(self._store.work, lease)
            if self._registered and not work.refunds and not self._look_is_due(work):
                return SendingProgress(stopped=work.wallet.stopped_reason if work.wallet else None)
            view = await self._look(work)
            wallet = await self._register(lease, view)
            if wallet is None:
                return SendingProgress(stopped=WalletStop.OTHER_HOT_WALLET)
            await self._report(lease, work, view)
            if wallet.stopped_reason is not None:
                return SendingProgress(stopped=wallet.stopped_reason)
            return await Step(self._tools, lease, work, view).run(wallet.next_nonce)

    # ------------------------------------------------------------ looking

    def _look_is_due(self, work: SendingWork) -> bool:
        return work.looked_ago is None or work.looked_ago >= self.rules.look_every

    async def _look(self, work: SendingWork) -> WalletView:
        tokens = [coin.contract for coin in work.coins]
        if None not in tokens:
            tokens.append(None)
        txids = [attempt.txid for refund in work.refunds for attempt in refund.attempts]
        return await self._endpoints.attempt(
            lambda client: read_wallet(
                client, self._endpoints.chain_id, self._signer.address, tokens, txids, self.rules.fee_cap
            )
        )

    async def _register(self, lease: Lease, view: WalletView) -> HotWallet | None:
        """The database's word on the wallet, compared with the chain's counts; None when it is another
        wallet."""
        try:
            wallet = await self._db(
                self._store.register, lease, self._signer.address, view.mined, view.pending
            )
        except RuleViolation as refused:
            if refused.code != "already_exists":
                raise
            log.error(
                "%s: the signer's address %s is not the hot wallet", lease.network, self._signer.address
            )
            return None
        if wallet.stopped_reason is not None and wallet.stopped_reason != self._said:
            log.error(
                "%s: nothing is sent from %s: %s. Run: wbo-desktop reconcile (%d sent by the chain's count, %d by ours)",
                *(lease.network, wallet.address, wallet.stopped_reason),
                *(max(view.mined, view.pending), wallet.next_nonce),
            )
        self._said = wallet.stopped_reason
        self._registered = True
        return wallet

    async def _report(self, lease: Lease, work: SendingWork, view: WalletView) -> None:
        if work.refunds or self._look_is_due(work):
            held = {
                coin.code: from_base_units(view.balances[coin.contract], coin.decimals)
                for coin in work.coins
                if coin.contract in view.balances
            }
            await self._db(self._store.report_balances, lease, held, _estimate(view))


def _estimate(view: WalletView) -> FeeEstimate | None:
    """The estimate of what a refund costs now; None when the node does not say."""
    if view.fee_cap is None:
        return None
    return FeeEstimate(
        held=from_base_units(view.balances[None], NATIVE_DECIMALS),
        native=from_base_units(PLAIN_TRANSFER_GAS * view.fee_cap, NATIVE_DECIMALS),
        token=from_base_units(USUAL_TOKEN_GAS * view.fee_cap, NATIVE_DECIMALS),
    )


class SendingWorker:
    """Runs the sender beside the tracker, under the same lease: on each block, each hint, and now and then.

    A `leading.Companion`. An error of one step is told and the step tried again; only a lost lease ends it. A step under
    way is finished before it ends.
    """

    def __init__(
        self,
        leading: Leading,
        signer: Signer,
        store: RefundStore,
        on_threads: OnThreads,
        rules: SendingRules | None = None,
    ) -> None:
        self.failure = ""
        self._lease = leading.lease
        self._sender = RefundSender(leading.endpoints, signer, store, on_threads, rules=rules)
        self._woken = asyncio.Event()

    async def run(self) -> None:
        while True:
            self._woken.clear()
            step = spawn(self._step(), "refund step", awaited=True)
            try:
                await asyncio.shield(step)
            except asyncio.CancelledError:
                await asyncio.wait([step], timeout=FINISH_SECONDS)
                step.cancel()
                await asyncio.gather(step, return_exceptions=True)
                raise
            try:
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                pass  # time to look anyway

    async def _step(self) -> None:
        try:
            await self._sender.step(self._lease)
            self.failure = ""
        except RpcError as error:
            self.failure = str(error)
            _worker_log.warning("%s: refunds wait for a node: %s", self._lease.network, error)
        except RuleViolation as refused:
            if refused.code == "lease_lost":
                raise
            self.failure = str(refused)
            _worker_log.warning("%s: refunds: %s", self._lease.network, refused)
        except Exception as error:  # a defect must not leave the refunds without anybody who tries
            self.failure = str(error) or type(error).__name__
            _worker_log.exception("%s: the refund sender's step broke", self._lease.network)

    def wake(self) -> None:
        """Says that there may be something to sign, to send or to replace."""
        self._woken.set()
