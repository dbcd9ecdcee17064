"""Decides what the database asks: records to judge, wallets to prove, records to credit.

Asks nodes only for what is missing, within the step's budget; what does not fit stays asked. The judging itself is
pure (`judging`, `wallet_checks`, `domain`), and the database applies every decision by compare-and-set.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from wbo_desktop.chain.evm.accounts import contracts_among
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.tracking.budget import Budget
from wbo_desktop.chain.tracking.crediting import Believed, Opinion, WitnessNodes, sent_assertion
from wbo_desktop.chain.tracking.lookups import (
    MOST_AT_ONCE,
    Answer,
    as_looked_up,
    look_up,
    on_other_network,
    past_blocks,
    recipients,
)
from wbo_desktop.chain.tracking.wallet_checks import (
    MOST_CONTRACTS,
    ask_contracts,
    decide_by_contract,
    decide_by_key,
    decide_micro_payment,
)
from wbo_desktop.domain.facts import OurAddress
from wbo_desktop.domain.types import TxHash
from wbo_desktop.domain.wallet import VerificationMethod
from wbo_desktop.services.judging import SOON, LookedUp, decide, hold, wants_lookup
from wbo_desktop.services.tracking import (
    Applied,
    CoinSettings,
    CreditDecision,
    Decisions,
    Lease,
    OnThreads,
    PastTransfers,
    RecordDecision,
    RecordFacts,
    SentDecision,
    TrackingStore,
    WalletCase,
    WalletDecision,
    Work,
)

log = logging.getLogger("wbo.tracker")

Elsewhere = Callable[[Sequence[TxHash]], Awaitable[Mapping[TxHash, str]]]
"""Which of these TXIDs another network knows, and which network."""

FULL_LIST = 200
"""How many of a kind `wbo_rule.to_decide` gives at most: there may be more."""


ASK_AGAIN_AFTER = 60.0
"""Seconds until addresses are asked about again that no node told us about."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of deciding one `Work`.

    Attributes:
        more: whether there is something to decide already.
        misled_at: the lowest block about which the endpoint that reported it was found lying; None for none.
    """

    applied: Applied
    more: bool
    misled_at: int | None = None


class Decider:
    """For one network, under one lease."""

    def __init__(
        self,
        network: str,
        coins: Sequence[CoinSettings],
        endpoints: Endpoints,
        store: TrackingStore,
        on_threads: OnThreads,
        lease: Lease,
        witnesses: WitnessNodes,
        budget: Budget,
        elsewhere: Elsewhere | None,
    ) -> None:
        self._network, self._endpoints, self._store = network, endpoints, store
        self._db, self._lease, self._witnesses, self._budget = on_threads, lease, witnesses, budget
        self._elsewhere = elsewhere
        self._coins = {coin.id: coin for coin in coins}
        self._listed = {coin.contract for coin in coins}
        self._ask_after = 0.0

    async def decide(self, work: Work, *, credit: bool) -> Outcome:
        """Judge, ask what is missing, apply. Nothing is believed for good unless `credit`."""
        records, left = await self._judge(work)
        opinion, unheard = await self._ask_witnesses(work) if credit else (Opinion(), False)
        wallets, unasked = await self._prove(work, opinion, credit=credit)
        credits_ = tuple(self._credits(work, opinion)) if credit else ()
        sent = tuple(_settles(work, opinion)) if credit else ()
        decisions = Decisions(records, credits_, wallets, sent)
        applied = Applied()
        if decisions:
            applied = await self._db(self._store.apply_decisions, self._lease, decisions)
        full = max(len(work.records), len(work.due)) >= FULL_LIST
        more = full or left or unheard or unasked or applied.proven > 0
        return Outcome(applied, more, opinion.misled_at)

    async def look_at_addresses(self, work: Work) -> None:
        """Ask which wallets are contracts; only a warning depends on it."""
        if not work.unasked or monotonic() < self._ask_after:
            return
        try:
            found = await self._endpoints.attempt(
                lambda client: contracts_among(client, self._endpoints.chain_id, work.unasked)
            )
        except RpcError as error:
            self._ask_after = monotonic() + ASK_AGAIN_AFTER
            log.warning("%s: no node says which wallets are contracts: %s", self._network, error)
            return
        await self._db(self._store.note_contracts, self._lease, found)

    # ------------------------------------------------------------ records

    async def _judge(self, work: Work) -> tuple[tuple[RecordDecision, ...], bool]:
        """Decisions, and whether records were left for want of requests."""
        questions = [facts for facts in work.records if wants_lookup(facts)]
        asked = questions[:MOST_AT_ONCE] if self._budget.allows(2) else []
        left = {facts.claim.record_no for facts in questions[len(asked) :]}
        looked_up = await self._look_up(asked, work.checkpoint.number) if asked else {}
        decisions = []
        for facts in work.records:
            if facts.claim.record_no not in left:
                decisions.append(self._judge_one(facts, looked_up.get(facts.claim.record_no)))
                await asyncio.sleep(0)  # a window may be painted by the same loop
        return tuple(decisions), bool(left)

    def _judge_one(self, facts: RecordFacts, looked_up: LookedUp | None) -> RecordDecision:
        coin = self._coins.get(facts.coin_id)
        if coin is None or (looked_up is None and wants_lookup(facts)):
            return hold(facts, SOON)  # the coin was listed a moment ago, or the node did not answer
        return decide(facts, looked_up, coin)

    async def _look_up(self, asked: Sequence[RecordFacts], checkpoint: int) -> dict[str, LookedUp]:
        """What the node says, by record number; without those that nothing can be said about now."""
        txids = list(dict.fromkeys(f.claim.txid for f in asked if f.claim.txid is not None))
        try:
            answers = await look_up(self._endpoints, txids, checkpoint)
            unknown = [txid for txid, answer in answers.items() if answer.lookup is None]
            elsewhere = await self._elsewhere(unknown) if unknown and self._elsewhere else {}
        except RpcError as error:
            log.warning("%s: look-ups failed: %s", self._network, error)
            return {}
        past = await self._store_past(asked, answers)
        if past.stored:
            return {}  # the facts are others now: they are asked for again
        found = {}
        for facts in asked:
            txid = facts.claim.txid
            if txid is None:
                continue
            seen = as_looked_up(self._network, answers[txid], checkpoint)
            if txid in elsewhere:
                seen = on_other_network(txid, elsewhere[txid])
            found[facts.claim.record_no] = replace(seen, accounts=past.accounts)
        return found

    async def _store_past(
        self, asked: Sequence[RecordFacts], answers: Mapping[TxHash, Answer]
    ) -> PastTransfers:
        """Have transfers of old blocks stored that are to us; which of all recipients are ours."""
        known = {(s.transfer.txid, s.transfer.log_index) for facts in asked for s in facts.transfers}
        addresses = recipients(answers)
        if not addresses:
            return PastTransfers(0, tuple[OurAddress, ...]())
        blocks = past_blocks(answers, self._listed, known)
        return await self._db(self._store.record_past_transfers, self._lease, blocks, addresses)

    # ------------------------------------------------------------ what is final

    async def _ask_witnesses(self, work: Work) -> tuple[Opinion, bool]:
        """What the other endpoints say about money that is about to be believed; whether it must wait."""
        believed = list(_to_believe(work))
        if not self._witnesses.needed:
            txids = (*(one.transfer.txid for one in believed), *(one.txid for one in work.sent))
            return Opinion(frozenset(txids)), False
        if not believed and not work.sent:
            return Opinion(), False
        if not self._budget.allows(1):
            return Opinion(), True
        assertions = [sent_assertion(one, frozenset(self._listed)) for one in work.sent]
        return await self._witnesses.ask(believed, assertions), False

    def _credits(self, work: Work, opinion: Opinion) -> Iterator[CreditDecision]:
        for due in work.due:
            if due.transfer.txid in opinion.confirmed:
                yield CreditDecision(due.record_no, due.version)
            elif due.transfer.txid in opinion.disputed:
                yield CreditDecision(due.record_no, due.version, agreed=False)

    # ------------------------------------------------------------ wallets

    async def _prove(
        self, work: Work, opinion: Opinion, *, credit: bool
    ) -> tuple[tuple[WalletDecision, ...], bool]:
        """Decisions on wallets, and whether some must wait for a contract to be asked."""
        agreed = {
            case.transfer.id
            for case in work.wallets
            if case.transfer is not None and case.transfer.transfer.txid in opinion.confirmed
        }
        decisions: list[WalletDecision | None] = []
        contracts: list[WalletCase] = []
        for case in work.wallets:
            if case.method is VerificationMethod.MICRO_PAYMENT:
                decisions.append(decide_micro_payment(case, agreed))
            elif (decision := decide_by_key(case)) is not None:
                decisions.append(decision)
            else:
                contracts.append(case)
        waiting = False
        if contracts and credit:
            if self._budget.allows(1):
                decisions += await self._ask_contracts(contracts[:MOST_CONTRACTS])
            else:
                waiting = True
        return tuple(decision for decision in decisions if decision is not None), waiting

    async def _ask_contracts(self, cases: Sequence[WalletCase]) -> list[WalletDecision]:
        """As many nodes as must agree on money must agree on whose it is."""
        said = await self._endpoints.ask_several(
            lambda client: ask_contracts(client, self._endpoints.chain_id, cases), self._endpoints.quorum
        )
        if len(said) < self._endpoints.quorum:
            log.warning("%s: too few nodes to ask contracts about signatures", self._network)
            return []
        decisions = []
        for case in cases:
            answers = {answer[case.wallet_id] for answer in said.values()}
            if len(answers) == 1:
                decisions.append(decide_by_contract(case, answers.pop()))
        return decisions


def _settles(work: Work, opinion: Opinion) -> Iterator[SentDecision]:
    for one in work.sent:
        if one.txid in opinion.confirmed or one.txid in opinion.disputed:
            yield SentDecision(one.txid, one.block_hash, agreed=one.txid in opinion.confirmed)


def _to_believe(work: Work) -> Iterator[Believed]:
    for due in work.due:
        yield Believed(due.transfer, due.block_number, due.block_hash)
    for case in work.wallets:
        seen = case.transfer
        if seen is not None and seen.attached:
            yield Believed(seen.transfer, seen.block_number, seen.block_hash)
