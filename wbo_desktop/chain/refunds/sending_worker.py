"""Runs the refund sender beside the tracker, under the same lease: on each block, each hint, and now and then.

Whatever goes wrong in one step is said and tried again; only a lost lease ends it. A step under way is finished
before it ends.
"""

from __future__ import annotations

import asyncio
import logging

from wbo_desktop.chain.leading import Leading
from wbo_desktop.chain.refunds.sender import RefundSender, SendingRules
from wbo_desktop.chain.refunds.signer import Signer
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.sending import RefundStore
from wbo_desktop.services.supervision import spawn
from wbo_desktop.services.tracking import OnThreads

log = logging.getLogger("wbo.worker")

EVERY_SECONDS = 2.0
FINISH_SECONDS = 10.0
"""How long a step under way is waited for; what it stored is finished by the next worker anyway."""


class SendingLine:
    """Implements `line.Companion`."""

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
            log.warning("%s: refunds wait for a node: %s", self._lease.network, error)
        except RuleViolation as refused:
            if refused.code == "lease_lost":
                raise
            self.failure = str(refused)
            log.warning("%s: refunds: %s", self._lease.network, refused)
        except Exception as error:  # a defect must not leave the refunds without anybody who tries
            self.failure = str(error) or type(error).__name__
            log.exception("%s: the refund sender's step broke", self._lease.network)

    def wake(self) -> None:
        """There may be something to sign, to send or to replace."""
        self._woken.set()
