"""One step of the refund sender: what is stored is finished first, then what is executing is signed.

Made anew for each step from the database's pending refunds and one node's view of the wallet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

from wbo_desktop.chain.evm.accounts import is_contract
from wbo_desktop.chain.refunds.broadcasting import NEVER_AS_IT_IS, offer, word_of
from wbo_desktop.chain.refunds.fees import Fees, FeesAboveCap, replacement, suggest
from wbo_desktop.chain.refunds.hot_wallet import CannotSign, Seen, SpendableBalance, WalletView
from wbo_desktop.chain.refunds.signed import NotAPlainTransfer, SignedIntent, SignedMismatch
from wbo_desktop.chain.refunds.signer import Signer
from wbo_desktop.chain.refunds.signing import (
    check_approved,
    fees_of,
    gas_for,
    signed_bytes,
    stored_intent,
)
from wbo_desktop.chain.refunds.transactions import PLAIN_TRANSFER_GAS
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import BadReply
from wbo_desktop.domain.errors import LOST, PASSING, RuleViolation
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.sending import Move, RefundFailure, ReplacementSet, WalletStop, next_move
from wbo_desktop.domain.types import TxHash
from wbo_desktop.services.sending import NewAttempt, RefundStore, RefundWork, SendingWork
from wbo_desktop.services.tracking import Lease, OnThreads

log = logging.getLogger(__name__)

CHECKPOINTS = ("before_sign", "after_sign", "after_store", "after_send", "after_mark")
"""Where `checkpoint` is called, in the order of one refund's life; tests end the process there."""

_ENDS_THE_STEP = (
    LOST
    | PASSING
    | {"lease_lost", "hot_wallet_stopped", "hot_wallet_missing", "network_halted", "nonce_conflict"}
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
class SendingProgress:
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
class Tools:
    """What every step of one sender uses. `not_before`: when a refund that could not be signed is tried
    again."""

    endpoints: Endpoints
    signer: Signer
    store: RefundStore
    db: OnThreads
    rules: SendingRules
    checkpoint: Callable[[str], None]
    not_before: dict[str, float] = field(default_factory=dict)


class Step:
    """One step of the refund sender, under one lease."""

    def __init__(self, tools: Tools, lease: Lease, work: SendingWork, view: WalletView) -> None:
        self._tools, self._lease, self._work, self._view = tools, lease, work, view
        self._rules, self._endpoints = tools.rules, tools.endpoints
        self._spendable = SpendableBalance(view.balances, ())
        self._fees: Fees | None = None
        self.progress = SendingProgress()

    async def run(self, next_nonce: int) -> SendingProgress:
        """Does everything that is due. `next_nonce` is the first that no stored bytes have."""
        try:
            return await self._run(next_nonce)
        except (SignedMismatch, NotAPlainTransfer) as error:
            log.critical("%s: stored bytes are not what was approved: %s", self._lease.network, error)
            await self._tools.db(self._tools.store.stop, self._lease, WalletStop.STORED_BYTES_ALTERED)
            return replace(self.progress, stopped=WalletStop.STORED_BYTES_ALTERED)

    async def _run(self, next_nonce: int) -> SendingProgress:
        stored = [refund for refund in self._work.refunds if refund.attempts]
        promised = [_newest(refund) for refund in stored]
        unmined = [one for one in promised if one.nonce >= self._view.mined]
        self._spendable = SpendableBalance(self._view.balances, unmined)
        self.progress.in_flight = len(unmined)
        for refund in stored:
            await self._carry_on(refund)
        await self._sign_executing(next_nonce)
        return self.progress

    async def _carry_on(self, refund: RefundWork) -> None:
        """Does what a refund with stored bytes needs: nothing, the same bytes again, or a replacement."""
        move = next_move(self._replacements(refund), self._rules.stuck_after, self._rules.refused_after)
        if move is Move.REPLACE and self._may_replace(refund) and await self._replace(refund):
            return
        newest = refund.attempts[-1]
        if move is Move.SEND or (move is Move.REPLACE and self._view.seen[newest.txid] is Seen.NOWHERE):
            await self._offer(refund, newest.txid)

    def _may_replace(self, refund: RefundWork) -> bool:
        """Whether a refund may be replaced: not one that could not be a moment ago, nor a confirmed one whose
        block is gone."""
        return refund.status is not RefundStatus.CONFIRMED and self._is_due(refund)

    def _is_due(self, refund: RefundWork) -> bool:
        return self._tools.not_before.get(refund.refund_no, 0.0) <= monotonic()

    def _replacements(self, refund: RefundWork) -> ReplacementSet:
        newest = refund.attempts[-1]
        places = [self._view.seen[attempt.txid] for attempt in refund.attempts]
        return ReplacementSet(
            offered=newest.sent or bool(newest.last_answer),
            mined=Seen.BLOCK in places or (refund.nonce is not None and refund.nonce < self._view.mined),
            known=Seen.POOL in places,
            refused=word_of(newest.last_answer) in NEVER_AS_IT_IS and places[-1] is Seen.NOWHERE,
            age=newest.age,
        )

    async def _offer(self, refund: RefundWork, txid: TxHash) -> None:
        try:
            raw = await self._tools.db(self._tools.store.bytes_to_send, self._lease, txid)
        except RuleViolation as refused:
            if refused.code not in _MOVED:
                raise
            log.info("%s: %s is not offered: %s", self._lease.network, refund.refund_no, refused)
            return
        stored_intent(refund, raw, txid)
        # what one node was given and no node has shown in a block since, every node is given
        answer = await offer(self._endpoints, raw, txid, to_all=bool(refund.attempts))
        self._tools.checkpoint("after_send")
        log.info("%s: %s offered as %s: %s", self._lease.network, refund.refund_no, txid, answer.text)
        await self._tools.db(
            self._tools.store.mark_broadcast, self._lease, txid, answer.text, answer.maybe_sent
        )
        self._tools.checkpoint("after_mark")
        self.progress.sent.append(refund.refund_no)
        if answer.refused:
            await self._note(refund, RefundFailure.NODE_REFUSES, answer.text)

    # ------------------------------------------------------------ signing

    async def _sign_executing(self, next_nonce: int) -> None:
        """Signs refunds in the order of execution; one that cannot be signed takes no nonce and delays no
        other."""
        for refund in self._work.refunds:
            if refund.attempts or not self._is_due(refund):
                continue
            if self.progress.in_flight >= self._rules.most_in_flight:
                return
            if await self._sign_first(refund, next_nonce):
                next_nonce += 1
                self.progress.in_flight += 1

    async def _sign_first(self, refund: RefundWork, nonce: int) -> bool:
        try:
            check_approved(refund, self._endpoints.chain_id)
            await self._check_address(refund)
            fees = await self._suggested()
            self._spendable.check(refund, PLAIN_TRANSFER_GAS * fees.fee_cap)
            gas = await self._endpoints.attempt(
                lambda client: gas_for(client, refund, self._tools.signer.address)
            )
            self._spendable.check(refund, gas * fees.fee_cap)
            attempt = await self._signed(refund, nonce, gas, fees)
        except CannotSign as why:
            await self._note(refund, why.failure, why.detail)
            return False
        except BadReply as error:  # about this transfer: others are not held up
            await self._note(refund, RefundFailure.WOULD_REVERT, str(error))
            return False
        if not await self._stored(refund, attempt):
            return False
        self._spendable.take(refund.intent.token, refund.intent.amount, gas * fees.fee_cap)
        self.progress.signed.append(refund.refund_no)
        await self._offer(_as_stored(refund, attempt), attempt.txid)
        return True

    async def _check_address(self, refund: RefundWork) -> None:
        """Raises CannotSign when the address became a contract of which no operator was warned. It stays so
        until the operator cancels: from then on the warning is shown, and a new request acknowledges it."""
        if refund.failure != RefundFailure.ADDRESS_BECAME_CONTRACT:
            address = refund.intent.address
            if refund.is_contract or not await self._endpoints.attempt(
                lambda client: is_contract(client, address)
            ):
                return
            await self._tools.db(
                self._tools.store.note, self._lease, refund.refund_no, RefundFailure.ADDRESS_BECAME_CONTRACT
            )
            await self._tools.db(self._tools.store.note_contract, self._lease, address)
        raise CannotSign(RefundFailure.ADDRESS_BECAME_CONTRACT, refund.intent.address)

    async def _replace(self, refund: RefundWork) -> bool:
        """Sign again with the same nonce and fees that nodes take instead of the old; False when they may not
        rise."""
        old, old_gas = fees_of(refund.attempts[-1].raw)
        try:
            check_approved(refund, self._endpoints.chain_id)
            fees = replacement(old, await self._suggested(), self._rules.fee_cap)
            gas = max(old_gas, await self._gas_again(refund, old_gas))
            self._spendable.check_more(gas * fees.fee_cap - old_gas * old.fee_cap)
            attempt = await self._signed(refund, refund.nonce or 0, gas, fees)
        except FeesAboveCap as error:
            await self._note(refund, RefundFailure.FEES_ABOVE_CAP, str(error))
            return False
        except CannotSign as why:
            await self._note(refund, why.failure, why.detail)
            return False
        if not await self._stored(refund, attempt):
            return True  # moved meanwhile: nothing is sent for what we no longer know
        self._spendable.take(None, 0, gas * fees.fee_cap - old_gas * old.fee_cap)
        self.progress.replaced.append(refund.refund_no)
        await self._offer(refund, attempt.txid)
        return True

    async def _gas_again(self, refund: RefundWork, old: int) -> int:
        try:
            return await self._endpoints.attempt(
                lambda client: gas_for(client, refund, self._tools.signer.address)
            )
        except (CannotSign, BadReply):
            return old  # it is signed already: only the fees are in question

    async def _suggested(self) -> Fees:
        """The suggested fees, asked for once a step."""
        if self._fees is None:
            try:
                self._fees = await self._endpoints.attempt(
                    lambda client: suggest(client, self._rules.fee_cap)
                )
            except FeesAboveCap as error:
                raise CannotSign(RefundFailure.FEES_ABOVE_CAP, str(error)) from None
        return self._fees

    async def _signed(self, refund: RefundWork, nonce: int, gas: int, fees: Fees) -> NewAttempt:
        self._tools.checkpoint("before_sign")
        attempt = await signed_bytes(self._tools.signer, refund, nonce, gas, fees)
        self._tools.checkpoint("after_sign")
        return attempt

    async def _stored(self, refund: RefundWork, attempt: NewAttempt) -> bool:
        """Whether the bytes were stored; if not, they are dropped here and no node ever gets them."""
        try:
            await self._tools.db(
                self._tools.store.store_signed, self._lease, refund.refund_no, refund.version, attempt
            )
        except RuleViolation as refused:
            if refused.code in _ENDS_THE_STEP:
                raise
            log.warning(
                "%s: %s was signed and not stored: %s", self._lease.network, refund.refund_no, refused
            )
            if refused.code not in _MOVED:
                await self._note(refund, refused.code, str(refused))
            return False
        self._tools.checkpoint("after_store")
        return True

    async def _note(self, refund: RefundWork, failure: str, detail: str) -> None:
        loud = failure in (RefundFailure.INTENT_MISMATCH, RefundFailure.SIGNED_OTHERWISE)
        level = logging.CRITICAL if loud else logging.WARNING
        log.log(level, "%s: %s waits: %s (%s)", self._lease.network, refund.refund_no, failure, detail)
        self.progress.waiting[refund.refund_no] = str(failure)
        self._tools.not_before[refund.refund_no] = monotonic() + self._rules.again_after
        if refund.failure != failure:
            await self._tools.db(self._tools.store.note, self._lease, refund.refund_no, str(failure))


def _newest(refund: RefundWork) -> SignedIntent:
    """What the newest stored bytes do; all of the replacement set are compared with what was approved."""
    return [stored_intent(refund, attempt.raw, attempt.txid) for attempt in refund.attempts][-1]


def _as_stored(refund: RefundWork, attempt: NewAttempt) -> RefundWork:
    """The refund as the database has it once its first bytes are stored."""
    return replace(refund, hot_wallet=attempt.sender, nonce=attempt.nonce)
