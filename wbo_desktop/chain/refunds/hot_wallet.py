"""The hot wallet as one node sees it, in one request: its counts of transactions, its balances, and which of
our signed transactions the node has; and what of the balances can still be spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from wbo_desktop.chain.evm.tokens import balance_call, read_balance
from wbo_desktop.chain.refunds.fees import SUGGESTION, suggested
from wbo_desktop.chain.refunds.signed import SignedIntent
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import given, proven, served
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.sending import RefundFailure
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.services.sending import RefundWork


class Seen(Enum):
    """The place where a node has a transaction."""

    NOWHERE = auto()
    POOL = auto()
    BLOCK = auto()


@dataclass(frozen=True, slots=True)
class WalletView:
    """Never older than `mined`: what the node says afterwards can only know more transactions.

    Attributes:
        mined: how many of the wallet's transactions are in blocks, so the next nonce to be mined.
        pending: the same, those in the node's pool included.
        balances: base units by token contract (None: the native coin); a token that cannot say is missing.
        seen: our transactions.
        fee_cap: the most a unit of gas may cost in the next blocks, wei; None when the node does not say.
    """

    mined: int
    pending: int
    balances: Mapping[Address | None, int]
    seen: Mapping[TxHash, Seen]
    fee_cap: int | None = None


async def read_wallet(
    client: NodeProvider,
    chain_id: int,
    wallet: Address,
    tokens: Sequence[Address | None],
    txids: Sequence[TxHash],
    fee_cap: int,
) -> WalletView:
    """One request, which also proves the chain id. More than `fee_cap` is never paid for gas.

    Raises:
        WrongChain, Unavailable, BadReply, NotYet.
    """
    calls = [Call("eth_getTransactionCount", (wallet, tag)) for tag in ("latest", "pending")]
    calls += [balance_call(token, wallet) for token in tokens]
    calls += [Call("eth_getTransactionByHash", (txid,)) for txid in txids]
    *answers, history, price = await proven(client, chain_id, [*calls, *SUGGESTION])
    fees = suggested(history, price, fee_cap)
    mined, pending = (wire.quantity(served(answer), "nonce") for answer in answers[:2])
    held = answers[2 : 2 + len(tokens)]
    found = answers[2 + len(tokens) :]
    return WalletView(
        mined=mined,
        pending=pending,
        balances=dict(_balances(tokens, held)),
        seen={txid: _seen(served(answer)) for txid, answer in zip(txids, found, strict=True)},
        fee_cap=fees.fee_cap if fees else None,
    )


def _balances(tokens: Sequence[Address | None], answers: Sequence[Any]) -> list[tuple[Address | None, int]]:
    read = []
    for token, answer in zip(tokens, answers, strict=True):
        try:
            read.append((token, read_balance(token, given(answer))))
        except (BadReply, NodeError):
            if token is None:
                raise
            # a listed contract that does not answer: nothing is paid in it, and the others are not held up
    return read


def _seen(answer: Any) -> Seen:
    if answer is None:
        return Seen.NOWHERE
    return Seen.POOL if wire.mapping(answer, "transaction").get("blockNumber") is None else Seen.BLOCK


# ------------------------------------------------------------ what can be spent


class CannotSign(Exception):
    """This refund cannot be signed now; nothing was.

    Attributes:
        failure: why, for the refund's page.
        detail: for the log.
    """

    def __init__(self, failure: RefundFailure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}")
        self.failure = failure
        self.detail = detail


class SpendableBalance:
    """What the hot wallet can still spend: its balances, less what stored transactions will take.

    Amounts in base units. `held` as a node says now; `promised` is signed and in no block.
    """

    def __init__(self, held: Mapping[Address | None, int], promised: Iterable[SignedIntent]) -> None:
        self._left: dict[Address | None, int] = dict(held)
        for one in promised:
            self.take(one.token, one.amount, one.gas * one.fees.fee_cap)

    def take(self, token: Address | None, amount: int, fee: int) -> None:
        """Sets the amount and the fee of one transaction aside."""
        self._left[token] = self._left.get(token, 0) - amount
        self._left[None] = self._left.get(None, 0) - fee

    def check(self, refund: RefundWork, fee: int) -> None:
        """Raises CannotSign when the coin would fall below its stop level, or the fee cannot be paid."""
        token, needed = refund.intent.token, refund.intent.amount + refund.stop_level
        left = self._left.get(token, 0)
        if left < needed:
            raise CannotSign(RefundFailure.COIN_BALANCE, f"{left} left, {needed} needed with the stop level")
        gas_left = self._left.get(None, 0) - (refund.intent.amount if token is None else 0)
        if gas_left < fee:
            raise CannotSign(RefundFailure.GAS_BALANCE, f"{gas_left} wei left, {fee} needed")

    def check_more(self, fee: int) -> None:
        """Raises CannotSign when a replacement's additional fee, in wei, cannot be paid."""
        left = self._left.get(None, 0)
        if left < fee:
            raise CannotSign(RefundFailure.GAS_BALANCE, f"{left} wei left, {fee} more needed")
