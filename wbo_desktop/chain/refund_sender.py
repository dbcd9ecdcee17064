"""Pays refunds: signs what was approved, stores the bytes, and only then offers them to the network, the same ones
until one of their nonce is mined.

`step` does what is due and returns; the worker calls it on each block, each notification and now and then. What was
mined is stored and settled by the tracker. `refund_signing` makes the bytes, `broadcasting` offers them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

from wbo_desktop.chain.broadcasting import NEVER_AS_IT_IS, offer, word_of
from wbo_desktop.chain.endpoints import Endpoints
from wbo_desktop.chain.fees import Fees, FeesAboveCap, replacement, suggest
from wbo_desktop.chain.refund_signing import (
    CannotSign,
    Purse,
    check_approved,
    fees_of,
    gas_for,
    signed_bytes,
    stored_intent,
)
from wbo_desktop.chain.signed import NotAPlainTransfer, SignedIntent, SignedMismatch
from wbo_desktop.chain.signer import Signer
from wbo_desktop.chain.transactions import PLAIN_TRANSFER_GAS
from wbo_desktop.chain.wallet_view import Seen, WalletView, read_wallet
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.sending import Family, Move, RefundFailure, WalletStop, next_move
from wbo_desktop.domain.types import TxHash, from_base_units
from wbo_desktop.services.sending import HotWallet, NewAttempt, RefundStore, RefundWork, SendingWork
from wbo_desktop.services.tracking import Lease, OnThreads

log = logging.getLogger(__name__)

CHECKPOINTS = ("before_sign", "after_sign", "after_store", "after_send", "after_mark")
"""Where `checkpoint` is called, in the order of one refund's life; tests end the process there."""

_ENDS_THE_STEP = frozenset(
    {"lease_lost", "hot_wallet_stopped", "hot_wallet_missing", "nonce_conflict", "database_unreachable"}
)
_MOVED = frozenset({"moved_meanwhile", "status_forbids", "unknown_object"})


@dataclass(frozen=True, slots=True)
class SendingRules:
    """How the sender behaves; seconds, and wei per gas.

    Attributes:
        fee_cap: the most a unit of gas may cost, replacements included.
        stuck_after: a transaction that waits this long in a pool is replaced by one that pays more.
        refused_after: the same for one that nodes do not take.
        most_in_flight: signed and not mined at a time; nodes guarantee an account 16 places (geth).
        again_after: a refund that could not be signed is tried again.
        look_every: the wallet's balances are read at least so often.
    """

    fee_cap: int = 500 * 10**9
    stuck_after: float = 120.0
    refused_after: float = 15.0
    most_in_flight: int = 16
    again_after: float = 15.0
    look_every: float = 15.0


@dataclass(slots=True)
class Progress:
    """What one step did: refund numbers, and why those that wait do.

    `stopped`: a `WalletStop`; nothing is signed or sent until an administrator has looked.
    """

    stopped: str | None = None
    signed: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    in_flight: int = 0


@dataclass(slots=True)
class _Step:
    """What one step works with."""

    lease: Lease
    work: SendingWork
    view: WalletView
    purse: Purse
    progress: Progress
    fees: Fees | None = None


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
        self._at = checkpoint
        self._turn = asyncio.Lock()
        self._not_before: dict[str, float] = {}
        self._registered = False

    async def step(self, lease: Lease) -> Progress:
        """Finish what was stored, sign what is executing, report the balances.

        Raises:
            RuleViolation: `lease_lost`, `database_unreachable`, …: the same step may be tried again.
            RpcError: no endpoint could be asked.
        """
        async with self._turn:
            work = await self._db(self._store.work, lease)
            if self._registered and not work.refunds and not self._look_is_due(work):
                return Progress(stopped=work.wallet.stopped_reason if work.wallet else None)
            view = await self._look(work)
            wallet = await self._register(lease, view)
            if wallet is None:
                return Progress(stopped=WalletStop.OTHER_HOT_WALLET)
            await self._report(lease, work, view)
            if wallet.stopped_reason is not None:
                return Progress(stopped=wallet.stopped_reason)
            return await self._send_and_sign(lease, work, view, wallet)

    # ------------------------------------------------------------ looking

    def _look_is_due(self, work: SendingWork) -> bool:
        return work.balances_age is None or work.balances_age >= self.rules.look_every

    async def _look(self, work: SendingWork) -> WalletView:
        tokens = [coin.contract for coin in work.coins]
        if None not in tokens:
            tokens.append(None)
        txids = [attempt.txid for refund in work.refunds for attempt in refund.attempts]
        return await self._endpoints.attempt(
            lambda client: read_wallet(client, self._endpoints.chain_id, self._signer.address, tokens, txids)
        )

    async def _register(self, lease: Lease, view: WalletView) -> HotWallet | None:
        """The database's word on the wallet, compared with the chain's counts; None when it is another wallet."""
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
        if wallet.stopped_reason is not None:
            log.error(
                "%s: nothing is sent from %s: %s. Run: wbo-desktop reconcile (%d sent by the chain's count, %d by ours)",
                *(lease.network, wallet.address, wallet.stopped_reason),
                *(max(view.mined, view.pending), wallet.next_nonce),
            )
        self._registered = True
        return wallet

    async def _report(self, lease: Lease, work: SendingWork, view: WalletView) -> None:
        if work.refunds or self._look_is_due(work):
            held = {
                coin.code: from_base_units(view.balances[coin.contract], coin.decimals)
                for coin in work.coins
                if coin.contract in view.balances
            }
            await self._db(self._store.report_balances, lease, held)

    # ------------------------------------------------------------ one step

    async def _send_and_sign(
        self, lease: Lease, work: SendingWork, view: WalletView, wallet: HotWallet
    ) -> Progress:
        progress = Progress()
        stored = [refund for refund in work.refunds if refund.attempts]
        try:
            promised = [self._promise(refund) for refund in stored]
        except (SignedMismatch, NotAPlainTransfer) as error:
            log.critical("%s: stored bytes are not what was approved: %s", lease.network, error)
            await self._db(self._store.stop, lease, WalletStop.STORED_BYTES_ALTERED)
            return Progress(stopped=WalletStop.STORED_BYTES_ALTERED)
        unmined = [one for one in promised if one.nonce >= view.mined]
        step = _Step(lease, work, view, Purse(view.balances, unmined), progress)
        for refund in stored:
            await self._carry_on(step, refund)
        progress.in_flight = len(unmined)
        await self._sign_executing(step, wallet.next_nonce)
        return progress

    def _promise(self, refund: RefundWork) -> SignedIntent:
        """The newest stored bytes; all of the family are compared with what was approved."""
        return [stored_intent(refund, attempt.raw) for attempt in refund.attempts][-1]

    async def _carry_on(self, step: _Step, refund: RefundWork) -> None:
        """What a refund with stored bytes needs: nothing, the same bytes again, or a replacement."""
        move = next_move(self._family(step, refund), self.rules.stuck_after, self.rules.refused_after)
        if move is Move.REPLACE and await self._replace(step, refund):
            return
        newest = refund.attempts[-1]
        lost = step.view.seen.get(newest.txid) is Seen.NOWHERE
        if move is Move.SEND or (move is Move.REPLACE and lost):
            await self._offer(step, refund, newest.raw, newest.txid)

    def _family(self, step: _Step, refund: RefundWork) -> Family:
        newest = refund.attempts[-1]
        places = [step.view.seen[attempt.txid] for attempt in refund.attempts]
        return Family(
            offered=newest.sent or bool(newest.last_answer),
            mined=Seen.BLOCK in places or (refund.nonce is not None and refund.nonce < step.view.mined),
            known=Seen.POOL in places,
            refused=word_of(newest.last_answer) in NEVER_AS_IT_IS and places[-1] is Seen.NOWHERE,
            age=newest.age,
        )

    async def _offer(self, step: _Step, refund: RefundWork, raw: bytes, txid: TxHash) -> None:
        stored_intent(refund, raw)
        answer = await offer(self._endpoints, raw, txid)
        self._at("after_send")
        log.info("%s: %s offered as %s: %s", step.lease.network, refund.refund_no, txid, answer.text)
        await self._db(self._store.mark_broadcast, step.lease, txid, answer.text, answer.maybe_sent)
        self._at("after_mark")
        step.progress.sent.append(refund.refund_no)
        if answer.refused:
            await self._note(step, refund, RefundFailure.NODE_REFUSES, answer.text)

    # ------------------------------------------------------------ signing

    async def _sign_executing(self, step: _Step, next_nonce: int) -> None:
        """Sign in the order of execution; one that cannot be signed takes no nonce and holds nobody up."""
        for refund in step.work.refunds:
            if refund.attempts or self._not_before.get(refund.refund_no, 0.0) > monotonic():
                continue
            if step.progress.in_flight >= self.rules.most_in_flight:
                return
            if await self._sign_first(step, refund, next_nonce):
                next_nonce += 1
                step.progress.in_flight += 1

    async def _sign_first(self, step: _Step, refund: RefundWork, nonce: int) -> bool:
        try:
            check_approved(refund, self._endpoints.chain_id)
            fees = await self._fees(step)
            step.purse.check(refund, PLAIN_TRANSFER_GAS * fees.fee_cap)
            gas = await self._endpoints.attempt(lambda client: gas_for(client, refund, self._signer.address))
            step.purse.check(refund, gas * fees.fee_cap)
            attempt = await self._signed(refund, nonce, gas, fees)
        except CannotSign as why:
            await self._note(step, refund, why.failure, why.detail)
            return False
        if not await self._stored(step, refund, attempt):
            return False
        step.purse.take(refund.intent.token, refund.intent.amount, gas * fees.fee_cap)
        step.progress.signed.append(refund.refund_no)
        await self._offer(step, _as_stored(refund, attempt), attempt.raw, attempt.txid)
        return True

    async def _replace(self, step: _Step, refund: RefundWork) -> bool:
        """Sign again with the same nonce and fees that nodes take instead of the old; False when they may not rise."""
        old, old_gas = fees_of(refund.attempts[-1].raw)
        try:
            check_approved(refund, self._endpoints.chain_id)
            fees = replacement(old, await self._fees(step), self.rules.fee_cap)
            gas = max(old_gas, await self._gas_again(refund, old_gas))
            attempt = await self._signed(refund, refund.nonce or 0, gas, fees)
        except FeesAboveCap as error:
            await self._note(step, refund, RefundFailure.FEES_ABOVE_CAP, str(error))
            return False
        except CannotSign as why:
            await self._note(step, refund, why.failure, why.detail)
            return False
        if not await self._stored(step, refund, attempt):
            return True  # moved meanwhile: nothing is sent for what we no longer know
        step.progress.replaced.append(refund.refund_no)
        await self._offer(step, refund, attempt.raw, attempt.txid)
        return True

    async def _gas_again(self, refund: RefundWork, old: int) -> int:
        try:
            return await self._endpoints.attempt(lambda client: gas_for(client, refund, self._signer.address))
        except CannotSign:
            return old  # it is signed already: only the fees are in question

    async def _fees(self, step: _Step) -> Fees:
        """Suggested fees, asked once a step."""
        if step.fees is None:
            try:
                step.fees = await self._endpoints.attempt(lambda client: suggest(client, self.rules.fee_cap))
            except FeesAboveCap as error:
                raise CannotSign(RefundFailure.FEES_ABOVE_CAP, str(error)) from None
        return step.fees

    async def _signed(self, refund: RefundWork, nonce: int, gas: int, fees: Fees) -> NewAttempt:
        self._at("before_sign")
        attempt = await signed_bytes(self._signer, refund, nonce, gas, fees)
        self._at("after_sign")
        return attempt

    async def _stored(self, step: _Step, refund: RefundWork, attempt: NewAttempt) -> bool:
        """Whether the bytes are stored; if not, they are dropped here and nobody ever gets them."""
        try:
            await self._db(self._store.store_signed, step.lease, refund.refund_no, refund.version, attempt)
        except RuleViolation as refused:
            if refused.code in _ENDS_THE_STEP:
                raise
            log.warning("%s: %s was signed and not stored: %s", step.lease.network, refund.refund_no, refused)
            if refused.code not in _MOVED:
                await self._note(step, refund, refused.code, str(refused))
            return False
        self._at("after_store")
        return True

    async def _note(self, step: _Step, refund: RefundWork, failure: str, detail: str) -> None:
        loud = failure in (RefundFailure.INTENT_MISMATCH, RefundFailure.SIGNED_OTHERWISE)
        level = logging.CRITICAL if loud else logging.WARNING
        log.log(level, "%s: %s waits: %s (%s)", step.lease.network, refund.refund_no, failure, detail)
        step.progress.waiting[refund.refund_no] = str(failure)
        self._not_before[refund.refund_no] = monotonic() + self.rules.again_after
        if refund.failure != failure:
            await self._db(self._store.note, step.lease, refund.refund_no, str(failure))


def _as_stored(refund: RefundWork, attempt: NewAttempt) -> RefundWork:
    """The refund as the database has it once its first bytes are stored."""
    return replace(refund, hot_wallet=attempt.sender, nonce=attempt.nonce)
