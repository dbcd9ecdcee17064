"""Asks endpoints whether they see the same money that another one reported, before it is believed.

Pure but for the one request to a witness; who is asked, and what follows from a quarrel, is `endpoints`'
matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wbo_desktop.chain.evm.blocks import Transfer, decode_header, decode_lookup
from wbo_desktop.chain.evm.reader import given, proven
from wbo_desktop.chain.evm.traces import FIRST_INTERNAL, tree_moves
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, NotYet
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address, BlockHash, TxHash


@dataclass(frozen=True, slots=True)
class Claim:
    """What is about to be believed of one transaction: its block, its status, and the transfers that
    matter.

    Attributes:
        sender, nonce: whose transaction it is, where that matters; without a nonce any of the sender's.
        nothing_else: of these coins the sender moved nothing but `transfers`.
    """

    txid: TxHash
    block_number: int
    block_hash: BlockHash
    status: int = 1
    transfers: tuple[Transfer, ...] = ()
    sender: Address | None = None
    nonce: int | None = None
    nothing_else: frozenset[Address | None] = frozenset()


class Verdict(StrEnum):
    """What one witness says about one claim. Only the first speaks for it; the last is no statement at
    all."""

    SAME = "same"
    OTHER_BLOCK = "other_block"
    """Another block is canonical at that height."""
    NO_TRANSACTION = "no_transaction"
    """The transaction is not in that block."""
    OTHER_STATUS = "other_status"
    OTHER_SENDER = "other_sender"
    """Somebody else's transaction, or with another nonce."""
    OTHER_TRANSFERS = "other_transfers"
    CANNOT_SAY = "cannot_say"
    """The witness has not got the block yet, or answered nothing usable."""


async def testify(client: NodeProvider, chain_id: int, claims: Sequence[Claim]) -> list[Verdict]:
    """One endpoint's verdicts, in the order of `claims`, from one request.

    Raises:
        WrongChain, Unavailable.
    """
    heights = sorted({claim.block_number for claim in claims})
    calls = [Call("eth_getBlockByNumber", (wire.hexed(height), False)) for height in heights]
    for claim in claims:
        calls += _calls(claim)
    answers = iter(await proven(client, chain_id, calls))
    headers = {height: next(answers) for height in heights}
    return [_verdict(claim, headers[claim.block_number], answers) for claim in claims]


def _calls(claim: Claim) -> list[Call]:
    calls = [
        Call("eth_getTransactionByHash", (claim.txid,)),
        Call("eth_getTransactionReceipt", (claim.txid,)),
    ]
    if _internal(claim):
        calls.append(Call("debug_traceTransaction", (claim.txid, {"tracer": "callTracer"})))
    return calls


def _internal(claim: Claim) -> bool:
    return any(transfer.log_index <= FIRST_INTERNAL for transfer in claim.transfers)


def _verdict(claim: Claim, header: Any, answers: Iterator[Any]) -> Verdict:
    tx, receipt = next(answers), next(answers)
    trace = next(answers) if _internal(claim) else None
    try:
        canonical = decode_header(given(header), claim.block_number)
        if canonical.hash != claim.block_hash:
            return Verdict.OTHER_BLOCK
        return _compare(claim, given(tx), given(receipt), trace)
    except NotYet:
        return Verdict.CANNOT_SAY
    except (BadReply, NodeError):
        return Verdict.CANNOT_SAY


def _compare(claim: Claim, tx: Any, receipt: Any, trace: Any) -> Verdict:
    found = decode_lookup(claim.txid, tx, receipt)
    if found is None or found.fact is None or found.block_hash != claim.block_hash:
        return Verdict.NO_TRANSACTION
    if claim.sender is not None and found.fact.sender != claim.sender:
        return Verdict.OTHER_SENDER
    if claim.nonce is not None and found.fact.nonce != claim.nonce:
        return Verdict.OTHER_SENDER
    if found.fact.status != claim.status:
        return Verdict.OTHER_STATUS
    seen = {_money(transfer) for transfer in found.transfers}
    if _internal(claim):
        seen |= {_money(transfer) for transfer in _internal_transfers(claim, found.fact.sender, given(trace))}
    claimed = {_money(transfer) for transfer in claim.transfers}
    if any(_is_more(claim, transfer) and _money(transfer) not in claimed for transfer in found.transfers):
        return Verdict.OTHER_TRANSFERS
    return Verdict.SAME if seen.issuperset(claimed) else Verdict.OTHER_TRANSFERS


def _is_more(claim: Claim, transfer: Transfer) -> bool:
    return transfer.token in claim.nothing_else and transfer.sender == claim.sender and transfer.amount > 0


def _money(transfer: Transfer) -> tuple[object, ...]:
    """What counts of a transfer; who signed the transaction does not."""
    return (transfer.log_index, transfer.token, transfer.sender, transfer.recipient, transfer.amount)


def _internal_transfers(claim: Claim, tx_from: Any, trace: Any) -> Iterator[Transfer]:
    for position, move in enumerate(tree_moves(wire.mapping(trace, "trace"))):
        yield Transfer(claim.txid, FIRST_INTERNAL - position, None, *move, tx_from=tx_from)
