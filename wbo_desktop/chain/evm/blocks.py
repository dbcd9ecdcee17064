"""Turns a block and its receipts, as a node sent them, into plain facts; pure, no network.

Whatever contradicts itself (a receipt of another block, a missing log, a wrong position) is a BadReply, so
that another endpoint is asked. A log is money only in the exact shape of an ERC-20 Transfer; every other
shape is passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NotYet
from wbo_desktop.chain.rpc.head import Block, decode_header
from wbo_desktop.domain.facts import Transfer
from wbo_desktop.domain.types import NATIVE_LOG_INDEX, Address, BlockHash, TxHash

TRANSFER_TOPIC = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
"""keccak256("Transfer(address,address,uint256)"), ERC-20. ERC-721 uses the same with a fourth topic."""


@dataclass(frozen=True, slots=True)
class TxFact:
    """A transaction in a block. `to` is None when it created a contract; `fee` is what it cost in base
    units.
    """

    txid: TxHash
    index: int
    sender: Address
    to: Address | None
    nonce: int
    value: int
    status: int
    fee: int


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """A block with all its transactions and the transfers of the listed coins. `source` names the
    endpoint.
    """

    block: Block
    txs: tuple[TxFact, ...]
    transfers: tuple[Transfer, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class TxLookup:
    """What a node says about one TXID. Unmined: no number, hash, fact or transfers. Transfers are of any
    contract.
    """

    txid: TxHash
    block_number: int | None = None
    block_hash: BlockHash | None = None
    fact: TxFact | None = None
    transfers: tuple[Transfer, ...] = ()


def decode_block(
    number: int,
    raw_block: Any,
    raw_receipts: Any,
    listed: Collection[Address],
    *,
    native: bool = True,
    source: str = "",
) -> BlockFacts:
    """The facts of one block.

    Args:
        raw_block: the result of eth_getBlockByNumber(number, true).
        raw_receipts: the result of eth_getBlockReceipts(number).
        listed: token contracts whose Transfer logs count.
        native: whether values of transactions are wanted too.

    Raises:
        NotYet: the node has not got the block or its receipts.
        BadReply: the two do not fit together.
    """
    block = decode_header(raw_block, number)
    if raw_receipts is None:
        raise NotYet("the node has not got this block's receipts")
    txs = wire.sequence(raw_block.get("transactions"), "transactions")
    receipts = wire.sequence(raw_receipts, "receipts")
    if len(txs) != len(receipts):
        raise BadReply(f"{len(receipts)} receipts for {len(txs)} transactions")
    facts = tuple(
        _fact(block.number, block.hash, index, tx, receipt)
        for index, (tx, receipt) in enumerate(zip(txs, receipts, strict=True))
    )
    _require_whole_logs(raw_block, receipts)
    wanted = frozenset(token.lower() for token in listed)
    transfers = tuple(
        transfer
        for fact, receipt in zip(facts, receipts, strict=True)
        for transfer in _transfers(fact, receipt["logs"], wanted, native)
    )
    return BlockFacts(block, facts, transfers, source)


def decode_lookup(txid: TxHash, raw_tx: Any, raw_receipt: Any) -> TxLookup | None:
    """The transaction and receipt of one TXID from their two JSON-RPC results; None when the TXID is unknown.

    The block is the node's word alone: the caller compares its hash with the canonical one at that height.

    Raises:
        BadReply: the two contradict each other.
    """
    if raw_tx is None:
        if raw_receipt is not None:
            raise BadReply("a receipt of an unknown transaction")
        return None
    tx = wire.mapping(raw_tx, "transaction")
    if wire.tx_hash(tx.get("hash")) != txid:
        raise BadReply("another transaction than asked for")
    if tx.get("blockNumber") is None or raw_receipt is None:
        return TxLookup(txid)
    receipt = wire.mapping(raw_receipt, "receipt")
    number = wire.quantity(tx.get("blockNumber"), "block number")
    block_hash = wire.block_hash(tx.get("blockHash"))
    index = wire.quantity(tx.get("transactionIndex"), "transaction index")
    fact = _fact(number, block_hash, index, tx, receipt)
    _require_rising(_log_indexes([receipt]))
    return TxLookup(txid, number, block_hash, fact, tuple(_transfers(fact, receipt["logs"], None, True)))


# ------------------------------------------------------------ a transaction and its receipt


def _fact(number: int, block_hash: BlockHash, index: int, raw_tx: Any, raw_receipt: Any) -> TxFact:
    tx, receipt = wire.mapping(raw_tx, "transaction"), wire.mapping(raw_receipt, "receipt")
    txid = wire.tx_hash(tx.get("hash"))
    _require_place(tx, number, block_hash, index, "transaction")
    _require_place(receipt, number, block_hash, index, "receipt")
    if wire.tx_hash(receipt.get("transactionHash")) != txid:
        raise BadReply("a receipt of another transaction")
    sender = wire.address(tx.get("from"), "sender")
    if wire.address(receipt.get("from"), "sender") != sender:
        raise BadReply("transaction and receipt name different senders")
    status = wire.quantity(receipt.get("status"), "status")
    if status > 1:
        raise BadReply("a status that is neither 0 nor 1")
    _require_logs(receipt, txid, block_hash)
    return TxFact(
        txid=txid,
        index=index,
        sender=sender,
        to=None if tx.get("to") is None else wire.address(tx["to"], "recipient"),
        nonce=wire.quantity(tx.get("nonce"), "nonce"),
        value=wire.quantity(tx.get("value"), "value"),
        status=status,
        fee=_fee(tx, receipt),
    )


def _fee(tx: Mapping[str, Any], receipt: Mapping[str, Any]) -> int:
    used = wire.quantity(receipt.get("gasUsed"), "gas used")
    price = receipt.get("effectiveGasPrice", tx.get("gasPrice"))
    return used * wire.quantity(price, "gas price")


def _require_place(
    fields: Mapping[str, Any], number: int, block_hash: BlockHash, index: int, what: str
) -> None:
    """Raises BadReply unless the transaction or receipt names this block and this position."""
    if wire.block_hash(fields.get("blockHash"), f"{what}'s block hash") != block_hash:
        raise BadReply(f"{what} of another block")
    if wire.quantity(fields.get("blockNumber"), f"{what}'s block number") != number:
        raise BadReply(f"{what} of another height")
    if wire.quantity(fields.get("transactionIndex"), f"{what}'s index") != index:
        raise BadReply(f"{what} out of its place")


# ------------------------------------------------------------ logs


def _require_logs(receipt: Mapping[str, Any], txid: TxHash, block_hash: BlockHash) -> None:
    """Raises BadReply unless every log belongs to this transaction and was not taken back."""
    for raw in wire.sequence(receipt.get("logs"), "logs"):
        log = wire.mapping(raw, "log")
        if wire.tx_hash(log.get("transactionHash")) != txid:
            raise BadReply("a log of another transaction")
        if wire.block_hash(log.get("blockHash")) != block_hash:
            raise BadReply("a log of another block")
        if log.get("removed") not in (None, False):
            raise BadReply("a log that was taken back by a reorganisation")


def _log_indexes(receipts: Sequence[Mapping[str, Any]]) -> list[int]:
    return [
        wire.quantity(log.get("logIndex"), "log index") for receipt in receipts for log in receipt["logs"]
    ]


def _require_whole_logs(raw_block: Mapping[str, Any], receipts: Sequence[Mapping[str, Any]]) -> None:
    """Raises BadReply when a log was left out: they are numbered through the block, and an empty list must
    match an empty bloom."""
    indexes = _log_indexes(receipts)
    if indexes != list(range(len(indexes))):
        raise BadReply("logs are missing or out of order")
    bloom = raw_block.get("logsBloom")
    if not indexes and bloom is not None and any(wire.data(bloom, "logs bloom")):
        raise BadReply("the block has logs, the receipts have none")


def _require_rising(indexes: Sequence[int]) -> None:
    if any(after != before + 1 for before, after in pairwise(indexes)):
        raise BadReply("logs are missing or out of order")


def _transfers(
    fact: TxFact, logs: Sequence[Mapping[str, Any]], wanted: Collection[str] | None, native: bool
) -> Iterator[Transfer]:
    """The transfers of a block, native first, then logs in order. `wanted` are lower-case contracts; None
    means any."""
    if fact.status != 1:
        return
    if native and fact.value > 0 and fact.to is not None:
        yield Transfer(
            fact.txid, NATIVE_LOG_INDEX, None, fact.sender, fact.to, fact.value, signed_by=fact.sender
        )
    for position, log in enumerate(logs):
        emitter = log.get("address")
        if isinstance(emitter, str) and (wanted is None or emitter.lower() in wanted):
            transfer = _token_transfer(fact, log, position)
            if transfer is not None:
                yield transfer


def _token_transfer(fact: TxFact, log: Mapping[str, Any], position: int) -> Transfer | None:
    """A log in the exact shape of ERC-20's Transfer, or None: three topics, clean addresses, one word of
    data.
    """
    topics, amount = log.get("topics"), log.get("data")
    if not isinstance(topics, list) or len(topics) != 3 or not isinstance(amount, str) or len(amount) != 66:
        return None
    try:
        if wire.hash32(topics[0], "topic") != TRANSFER_TOPIC:
            return None
        return Transfer(
            txid=fact.txid,
            log_index=wire.quantity(log.get("logIndex"), "log index"),
            token=wire.address(log.get("address"), "token"),
            sender=_address_of_topic(topics[1]),
            recipient=_address_of_topic(topics[2]),
            amount=int.from_bytes(wire.data(amount, "amount"), "big"),
            signed_by=fact.sender,
            position=position,
        )
    except BadReply:
        return None


def _address_of_topic(topic: object) -> Address:
    word = wire.hash32(topic, "topic")
    if word[2:26] != "0" * 24:
        raise BadReply("a topic with more than an address")
    return wire.address("0x" + word[26:], "topic")
