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
class Statement:
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
    """What one witness says about one statement. Only the first speaks for it; the last is no statement at
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


async def testify(client: NodeProvider, chain_id: int, statements: Sequence[Statement]) -> list[Finding]:
    """One endpoint's findings, in the order of `statements`, from one request.

    Raises:
        WrongChain, Unavailable.
    """
    heights = sorted({statement.block_number for statement in statements})
    calls = [Call("eth_getBlockByNumber", (wire.hexed(height), False)) for height in heights]
    for statement in statements:
        calls += _calls(statement)
    answers = iter(await proven(client, chain_id, calls))
    headers = {height: next(answers) for height in heights}
    return [_finding(statement, headers[statement.block_number], answers) for statement in statements]


def _calls(statement: Statement) -> list[Call]:
    calls = [
        Call("eth_getTransactionByHash", (statement.txid,)),
        Call("eth_getTransactionReceipt", (statement.txid,)),
    ]
    if _internal(statement):
        calls.append(Call("debug_traceTransaction", (statement.txid, {"tracer": "callTracer"})))
    return calls


def _internal(statement: Statement) -> bool:
    return any(transfer.log_index <= FIRST_INTERNAL for transfer in statement.transfers)


def _finding(statement: Statement, header: Any, answers: Iterator[Any]) -> Finding:
    tx, receipt = next(answers), next(answers)
    trace = next(answers) if _internal(statement) else None
    try:
        canonical = decode_header(given(header), statement.block_number)
        if canonical.hash != statement.block_hash:
            return Finding.OTHER_BLOCK
        return _compare(statement, given(tx), given(receipt), trace)
    except NotYet:
        return Finding.CANNOT_SAY
    except (BadReply, NodeError):
        return Finding.CANNOT_SAY


def _compare(statement: Statement, tx: Any, receipt: Any, trace: Any) -> Finding:
    found = decode_lookup(statement.txid, tx, receipt)
    if found is None or found.fact is None or found.block_hash != statement.block_hash:
        return Finding.NO_TRANSACTION
    if statement.sender is not None and found.fact.sender != statement.sender:
        return Finding.OTHER_SENDER
    if statement.nonce is not None and found.fact.nonce != statement.nonce:
        return Finding.OTHER_SENDER
    if found.fact.status != statement.status:
        return Finding.OTHER_STATUS
    seen = {_money(transfer) for transfer in found.transfers}
    if _internal(statement):
        seen |= {
            _money(transfer) for transfer in _internal_transfers(statement, found.fact.sender, given(trace))
        }
    stated = {_money(transfer) for transfer in statement.transfers}
    if any(_is_more(statement, transfer) and _money(transfer) not in stated for transfer in found.transfers):
        return Finding.OTHER_TRANSFERS
    return Finding.SAME if seen.issuperset(stated) else Finding.OTHER_TRANSFERS


def _is_more(statement: Statement, transfer: Transfer) -> bool:
    return (
        transfer.token in statement.nothing_else
        and transfer.sender == statement.sender
        and transfer.amount > 0
    )


def _money(transfer: Transfer) -> tuple[object, ...]:
    """The part of a transfer that witnesses compare: everything but the signer."""
    return (transfer.log_index, transfer.token, transfer.sender, transfer.recipient, transfer.amount)


def _internal_transfers(statement: Statement, signed_by: Any, trace: Any) -> Iterator[Transfer]:
    for position, move in enumerate(tree_moves(wire.mapping(trace, "trace"))):
        yield Transfer(statement.txid, FIRST_INTERNAL - position, None, *move, signed_by=signed_by)


# ------------------------------------------------------------ agreeing


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the witness nodes found, by transaction.

    Attributes:
        confirmed: statements that enough nodes find the same, more than contradict them.
        disputed: statements that a node contradicts and that are not confirmed, with what each found.
        unheard: statements about which too few nodes could say anything; ask again later.
    """

    confirmed: frozenset[TxHash] = frozenset()
    disputed: dict[TxHash, dict[str, Finding]] = field(default_factory=dict)
    unheard: frozenset[TxHash] = frozenset()


async def agree(
    endpoints: Endpoints, statements: Sequence[Statement], source: str | None = None
) -> Agreement:
    """Ask other nodes whether they find the same. With one node configured, it alone is asked.

    Args:
        statements: one for each transaction.
        source: label of the endpoint that reported them, which then counts as one voice for them; without it as many
            nodes are asked as the quorum needs.
    """
    _, nodes = endpoints.nodes
    reporter = endpoints.node_of(source) if nodes > 1 else None
    heard = set() if reporter is None else {reporter}
    voices = len(heard)
    said: dict[str, list[Finding]] = {}
    for witness in endpoints.in_order():
        if _settled(said, voices, endpoints.quorum, len(statements)):
            break
        if witness.client.node in heard:
            continue
        findings = await _ask(endpoints, witness, statements)
        if findings is not None:
            heard.add(witness.client.node)
            said[witness.client.label] = findings
    agreement = _count(statements, said, voices, endpoints.quorum)
    _blame(endpoints, statements, said, agreement, source)
    return agreement


async def _ask(
    endpoints: Endpoints, witness: Endpoint, statements: Sequence[Statement]
) -> list[Finding] | None:
    try:
        return await testify(witness.client, endpoints.chain_id, statements)
    except RpcError as error:
        endpoints.failed(witness, error)
        return None


def _settled(said: dict[str, list[Finding]], voices: int, quorum: int, statements: int) -> bool:
    """Whether no node contradicts and enough speak for every statement, so that no other is asked."""
    if any(_denies(finding) for findings in said.values() for finding in findings):
        return False
    return all(
        voices + sum(findings[place] is Finding.SAME for findings in said.values()) >= quorum
        for place in range(statements)
    )


def _blame(
    endpoints: Endpoints,
    statements: Sequence[Statement],
    said: dict[str, list[Finding]],
    agreement: Agreement,
    source: str | None,
) -> None:
    """Sets an endpoint aside that a majority contradicts; one against one sets none aside."""
    for place, statement in enumerate(statements):
        why = f"contradicted about block {statement.block_number}"
        against = {label for label, findings in said.items() if _denies(findings[place])}
        if statement.txid in agreement.confirmed:
            for label in against:
                endpoints.distrust(label, why)
        elif source is not None and len(against) >= 2 and len(against) == len(said):
            endpoints.distrust(source, why)


def _denies(finding: Finding) -> bool:
    return finding not in (Finding.SAME, Finding.CANNOT_SAY)


def _count(
    statements: Sequence[Statement], said: dict[str, list[Finding]], voices: int, quorum: int
) -> Agreement:
    confirmed: set[TxHash] = set()
    unheard: set[TxHash] = set()
    disputed: dict[TxHash, dict[str, Finding]] = {}
    for place, statement in enumerate(statements):
        votes = {label: findings[place] for label, findings in said.items()}
        support = voices + sum(vote is Finding.SAME for vote in votes.values())
        against = sum(_denies(vote) for vote in votes.values())
        if support >= quorum and support > against:
            confirmed.add(statement.txid)
        elif against:
            disputed[statement.txid] = votes
        else:
            unheard.add(statement.txid)
    return Agreement(frozenset(confirmed), disputed, frozenset(unheard))
