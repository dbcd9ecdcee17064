"""Runs the refund sender beside the tracker, under the same lease: on each block, each hint, and now and then."""

from __future__ import annotations

import asyncio
import logging

from wbo_desktop.chain.errors import RpcError
from wbo_desktop.chain.line import Leading
from wbo_desktop.chain.refund_sender import RefundSender
from wbo_desktop.chain.signer import Signer
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.sending import RefundStore
from wbo_desktop.services.tracking import OnThreads

log = logging.getLogger("wbo.worker")

EVERY_SECONDS = 2.0


class SendingLine:
    """Implements `line.Companion`."""

    def __init__(self, leading: Leading, signer: Signer, store: RefundStore, on_threads: OnThreads) -> None:
        self._lease = leading.lease
        self._sender = RefundSender(leading.endpoints, signer, store, on_threads)
        self._woken = asyncio.Event()

    async def run(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self._sender.step(self._lease)
            except RpcError as error:
                log.warning("%s: refunds wait for a node: %s", self._lease.network, error)
            except RuleViolation as refused:
                if refused.code in ("lease_lost", "database_unreachable"):
                    raise
                log.warning("%s: refunds: %s", self._lease.network, refused)
            try:
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                pass  # time to look anyway

    def wake(self) -> None:
        self._woken.set()
