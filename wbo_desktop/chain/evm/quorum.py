"""Asks witness nodes whether they see the same money that another node reported, before it is believed.

Which nodes are asked, how many have to find the same, and which is set aside when they contradict one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wbo_desktop.chain.evm.blocks import decode_lookup
from wbo_desktop.chain.evm.traces import FIRST_INTERNAL, tree_moves
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, NotYet, RpcError
from wbo_desktop.chain.rpc.head import decode_header
from wbo_desktop.chain.rpc.health import Endpoint
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import given, proven
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import Address, BlockHash, TxHash


@dataclass(frozen=True, slots=True)
class Assertion:
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


class Finding(StrEnum):
    """What one witness says about one assertion. Only the first speaks for it; the last is no assertion at
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


async def testify(client: NodeProvider, chain_id: int, assertions: Sequence[Assertion]) -> list[Finding]:
    """One endpoint's findings, in the order of `assertions`, from one request.

    Raises:
        WrongChain, Unavailable.
    """
    heights = sorted({assertion.block_number for assertion in assertions})
    calls = [Call("eth_getBlockByNumber", (wire.hexed(height), False)) for height in heights]
    for assertion in assertions:
        calls += _calls(assertion)
    answers = iter(await proven(client, chain_id, calls))
    headers = {height: next(answers) for height in heights}
    return [_finding(assertion, headers[assertion.block_number], answers) for assertion in assertions]


def _calls(assertion: Assertion) -> list[Call]:
    calls = [
        Call("eth_getTransactionByHash", (assertion.txid,)),
        Call("eth_getTransactionReceipt", (assertion.txid,)),
    ]
    if _internal(assertion):
        calls.append(Call("debug_traceTransaction", (assertion.txid, {"tracer": "callTracer"})))
    return calls


def _internal(assertion: Assertion) -> bool:
    return any(transfer.log_index <= FIRST_INTERNAL for transfer in assertion.transfers)


def _finding(assertion: Assertion, header: Any, answers: Iterator[Any]) -> Finding:
    tx, receipt = next(answers), next(answers)
    trace = next(answers) if _internal(assertion) else None
    try:
        canonical = decode_header(given(header), assertion.block_number)
        if canonical.hash != assertion.block_hash:
            return Finding.OTHER_BLOCK
        return _compare(assertion, given(tx), given(receipt), trace)
    except NotYet:
        return Finding.CANNOT_SAY
    except (BadReply, NodeError):
        return Finding.CANNOT_SAY


def _compare(assertion: Assertion, tx: Any, receipt: Any, trace: Any) -> Finding:
    found = decode_lookup(assertion.txid, tx, receipt)
    if found is None or found.fact is None or found.block_hash != assertion.block_hash:
        return Finding.NO_TRANSACTION
    if assertion.sender is not None and found.fact.sender != assertion.sender:
        return Finding.OTHER_SENDER
    if assertion.nonce is not None and found.fact.nonce != assertion.nonce:
        return Finding.OTHER_SENDER
    if found.fact.status != assertion.status:
        return Finding.OTHER_STATUS
    seen = {_money(transfer) for transfer in found.transfers}
    if _internal(assertion):
        seen |= {
            _money(transfer) for transfer in _internal_transfers(assertion, found.fact.sender, given(trace))
        }
    stated = {_money(transfer) for transfer in assertion.transfers}
    if any(_is_more(assertion, transfer) and _money(transfer) not in stated for transfer in found.transfers):
        return Finding.OTHER_TRANSFERS
    return Finding.SAME if seen.issuperset(stated) else Finding.OTHER_TRANSFERS


def _is_more(assertion: Assertion, transfer: Transfer) -> bool:
    return (
        transfer.token in assertion.nothing_else
        and transfer.sender == assertion.sender
        and transfer.amount > 0
    )


def _money(transfer: Transfer) -> tuple[object, ...]:
    """The part of a transfer that witnesses compare: everything but the signer."""
    return (transfer.log_index, transfer.token, transfer.sender, transfer.recipient, transfer.amount)


def _internal_transfers(assertion: Assertion, signed_by: Any, trace: Any) -> Iterator[Transfer]:
    for position, move in enumerate(tree_moves(wire.mapping(trace, "trace"))):
        yield Transfer(assertion.txid, FIRST_INTERNAL - position, None, *move, signed_by=signed_by)


# ------------------------------------------------------------ agreeing


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the witness nodes found, by transaction.

    Attributes:
        confirmed: assertions that enough nodes find the same, more than contradict them.
        disputed: assertions that a node contradicts and that are not confirmed, with what each found.
        unheard: assertions about which too few nodes could say anything; ask again later.
    """

    confirmed: frozenset[TxHash] = frozenset()
    disputed: dict[TxHash, dict[str, Finding]] = field(default_factory=dict)
    unheard: frozenset[TxHash] = frozenset()


async def agree(
    endpoints: Endpoints, assertions: Sequence[Assertion], source: str | None = None
) -> Agreement:
    """Ask other nodes whether they find the same. With one node configured, it alone is asked.

    Args:
        assertions: one for each transaction.
        source: label of the endpoint that reported them, which then counts as one voice for them; without it as many
            nodes are asked as the quorum needs.
    """
    _, nodes = endpoints.nodes
    reporter = endpoints.node_of(source) if nodes > 1 else None
    heard = set() if reporter is None else {reporter}
    voices = len(heard)
    said: dict[str, list[Finding]] = {}
    for witness in endpoints.in_order():
        if _settled(said, voices, endpoints.quorum, len(assertions)):
            break
        if witness.client.node in heard:
            continue
        findings = await _ask(endpoints, witness, assertions)
        if findings is not None:
            heard.add(witness.client.node)
            said[witness.client.label] = findings
    agreement = _count(assertions, said, voices, endpoints.quorum)
    _blame(endpoints, assertions, said, agreement, source)
    return agreement


async def _ask(
    endpoints: Endpoints, witness: Endpoint, assertions: Sequence[Assertion]
) -> list[Finding] | None:
    try:
        return await testify(witness.client, endpoints.chain_id, assertions)
    except RpcError as error:
        endpoints.failed(witness, error)
        return None


def _settled(said: dict[str, list[Finding]], voices: int, quorum: int, assertions: int) -> bool:
    """Whether no node contradicts and enough speak for every assertion, so that no other is asked."""
    if any(_denies(finding) for findings in said.values() for finding in findings):
        return False
    return all(
        voices + sum(findings[place] is Finding.SAME for findings in said.values()) >= quorum
        for place in range(assertions)
    )


def _blame(
    endpoints: Endpoints,
    assertions: Sequence[Assertion],
    said: dict[str, list[Finding]],
    agreement: Agreement,
    source: str | None,
) -> None:
    """Sets an endpoint aside that a majority contradicts; one against one sets none aside."""
    for place, assertion in enumerate(assertions):
        why = f"contradicted about block {assertion.block_number}"
        against = {label for label, findings in said.items() if _denies(findings[place])}
        if assertion.txid in agreement.confirmed:
            for label in against:
                endpoints.distrust(label, why)
        elif source is not None and len(against) >= 2 and len(against) == len(said):
            endpoints.distrust(source, why)


def _denies(finding: Finding) -> bool:
    return finding not in (Finding.SAME, Finding.CANNOT_SAY)


def _count(
    assertions: Sequence[Assertion], said: dict[str, list[Finding]], voices: int, quorum: int
) -> Agreement:
    confirmed: set[TxHash] = set()
    unheard: set[TxHash] = set()
    disputed: dict[TxHash, dict[str, Finding]] = {}
    for place, assertion in enumerate(assertions):
        votes = {label: findings[place] for label, findings in said.items()}
        support = voices + sum(vote is Finding.SAME for vote in votes.values())
        against = sum(_denies(vote) for vote in votes.values())
        if support >= quorum and support > against:
            confirmed.add(assertion.txid)
        elif against:
            disputed[assertion.txid] = votes
        else:
            unheard.add(assertion.txid)
    return Agreement(frozenset(confirmed), disputed, frozenset(unheard))
