"""Decoding of blocks: what a real node sends, what a liar sends, and what nobody should send."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.bytecode import FORWARDER, FORWARDER_THAT_REVERTS, deployable
from wbo_demo.chain import ETHER, Chain
from wbo_demo.tokens import USDT, Token
from wbo_desktop.chain.evm import traces
from wbo_desktop.chain.evm.blocks import TRANSFER_TOPIC, BlockFacts, decode_block, decode_lookup
from wbo_desktop.chain.evm.reader import read_blocks, read_headers, read_nonces, read_transactions
from wbo_desktop.chain.evm.traces import TraceKind, internal_transfers
from wbo_desktop.chain.rpc.errors import BadReply, NotYet, WrongChain
from wbo_desktop.chain.rpc.head import decode_header, read_head
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address, TxHash

TOKEN = Address("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
FROM = "0x" + "00" * 12 + "fb6916095ca1df60bb79ce92ce3ea74c37c5d359"
TO = "0x" + "00" * 12 + "dbf03b407c01e7cd3cbea99509d93f8dddc8c6fb"
BLOCK_HASH, TX_HASH, PARENT = "0x" + "b1" * 32, "0x" + "7a" * 32, "0x" + "b0" * 32


def word(number: int) -> str:
    return f"0x{number:064x}"


def log(index: int = 0, **fields: Any) -> dict[str, Any]:
    return {
        "address": TOKEN.lower(),
        "topics": [TRANSFER_TOPIC, FROM, TO],
        "data": word(1_000_000),
        "blockHash": BLOCK_HASH,
        "blockNumber": "0x7",
        "transactionHash": TX_HASH,
        "transactionIndex": "0x0",
        "logIndex": hex(index),
        "removed": False,
    } | fields


def one_tx(*logs: dict[str, Any], value: int = 0, status: int = 1) -> tuple[dict[str, Any], list[Any]]:
    """A block of one transaction with these logs, and its receipts."""
    place = {"blockHash": BLOCK_HASH, "blockNumber": "0x7", "transactionIndex": "0x0"}
    sender, to = "0x" + "5e" * 20, TOKEN.lower()
    tx = {"hash": TX_HASH, "from": sender, "to": to, "nonce": "0x3", "value": hex(value), "gasPrice": "0x2"}
    receipt = {
        "transactionHash": TX_HASH,
        "from": sender,
        "to": to,
        "status": hex(status),
        "gasUsed": "0x5208",
    }
    block = {"number": "0x7", "hash": BLOCK_HASH, "parentHash": PARENT, "timestamp": "0x64"}
    return block | {"transactions": [tx | place]}, [receipt | place | {"logs": list(logs)}]


def decode(block: Any, receipts: Any) -> BlockFacts:
    return decode_block(7, block, receipts, {TOKEN})


def test_one_transfer() -> None:
    facts = decode(*one_tx(log(), value=5))
    native, token = facts.transfers
    assert (native.token, native.log_index, native.amount, native.recipient) == (None, -1, 5, TOKEN)
    assert (token.token, token.log_index, token.amount) == (TOKEN, 0, 1_000_000)
    assert token.sender == "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
    assert token.recipient == "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"
    assert token.signed_by == facts.txs[0].sender != token.sender
    assert facts.txs[0].fee == 21_000 * 2
    assert (facts.block.number, facts.block.timestamp, facts.block.parent_hash) == (7, 100, PARENT)


def test_several_logs_of_one_transaction_are_several_transfers() -> None:
    facts = decode(*one_tx(*(log(i, data=word(i)) for i in range(5))))
    assert [(t.log_index, t.amount) for t in facts.transfers] == [(i, i) for i in range(5)]
    assert [t.is_zero for t in facts.transfers] == [True] + [False] * 4


NOT_MONEY: dict[str, dict[str, Any]] = {
    "another contract": {"address": "0x" + "ee" * 20},
    "no contract": {"address": None},
    "ERC-721": {"topics": [TRANSFER_TOPIC, FROM, TO, word(1)], "data": "0x"},
    "ERC-721 with data": {"topics": [TRANSFER_TOPIC, FROM, TO, word(1)]},
    "two topics": {"topics": [TRANSFER_TOPIC, FROM], "data": TO + word(1)[2:]},
    "no topics": {"topics": []},
    "anonymous": {"topics": None},
    "another event": {"topics": [word(1), FROM, TO]},
    "short data": {"data": "0x" + "00" * 31},
    "no data": {"data": "0x"},
    "two words of data": {"data": word(1) + word(1)[2:]},
    "data without a number": {"data": "0x" + "zz" * 32},
    "data that is a number": {"data": 7},
    "dirty sender": {"topics": [TRANSFER_TOPIC, word(2**255), TO]},
    "dirty recipient": {"topics": [TRANSFER_TOPIC, FROM, "0x01" + TO[4:]]},
    "topic in short form": {"topics": [TRANSFER_TOPIC, FROM, "0x1"]},
    "topic that is an object": {"topics": [TRANSFER_TOPIC, {}, TO]},
}


@pytest.mark.parametrize("name", NOT_MONEY)
def test_shapes_that_are_not_money(name: str) -> None:
    """They are passed over, and the honest transfer beside them is still found."""
    facts = decode(*one_tx(log(0, **NOT_MONEY[name]), log(1)))
    assert [t.log_index for t in facts.transfers] == [1]


def test_a_failed_transaction_moves_nothing() -> None:
    facts = decode(*one_tx(log(), value=5, status=0))
    assert facts.transfers == ()
    assert facts.txs[0].status == 0


def test_the_largest_amount() -> None:
    facts = decode(*one_tx(log(data=word(2**256 - 1))))
    assert facts.transfers[0].amount == 2**256 - 1


Change = Callable[[dict[str, Any], list[Any]], object]

LIES: dict[str, Change] = {
    "another height": lambda b, r: b.update(number="0x8"),
    "no hash": lambda b, r: b.pop("hash"),
    "only hashes of transactions": lambda b, r: b.update(transactions=[TX_HASH]),
    "a receipt missing": lambda b, r: r.clear(),
    "a receipt too many": lambda b, r: r.append(r[0]),
    "a receipt of another block": lambda b, r: r[0].update(blockHash=PARENT),
    "a receipt of another height": lambda b, r: r[0].update(blockNumber="0x6"),
    "a receipt of another transaction": lambda b, r: r[0].update(transactionHash=PARENT),
    "a receipt out of its place": lambda b, r: r[0].update(transactionIndex="0x1"),
    "a receipt of another sender": lambda b, r: r[0].update({"from": "0x" + "11" * 20}),
    "a transaction of another block": lambda b, r: b["transactions"][0].update(blockHash=PARENT),
    "a log of another block": lambda b, r: r[0]["logs"][0].update(blockHash=PARENT),
    "a log of another transaction": lambda b, r: r[0]["logs"][0].update(transactionHash=PARENT),
    "a log taken back": lambda b, r: r[0]["logs"][0].update(removed=True),
    "a log left out": lambda b, r: r[0]["logs"].pop(0),
    "a log twice": lambda b, r: r[0]["logs"].append(r[0]["logs"][0]),
    "all logs left out": lambda b, r: (b.update(logsBloom="0x" + "01" * 256), r[0]["logs"].clear()),
    "a status of 2": lambda b, r: r[0].update(status="0x2"),
    "no status": lambda b, r: r[0].pop("status"),
    "logs that are no list": lambda b, r: r[0].update(logs={}),
    "a negative value": lambda b, r: b["transactions"][0].update(value="-0x1"),
    "a number with underscores": lambda b, r: b["transactions"][0].update(value="0x1_0"),
    "a number and not text": lambda b, r: b["transactions"][0].update(value=5),
    "receipts that are no list": lambda b, r: r.__setitem__(0, None),
}


@pytest.mark.parametrize("name", LIES)
def test_lies_are_bad_replies(name: str) -> None:
    block, receipts = copy.deepcopy(one_tx(log(0), log(1)))
    decode(block, receipts)
    LIES[name](block, receipts)
    with pytest.raises(BadReply):
        decode(block, receipts)


def test_a_block_that_is_not_there_yet() -> None:
    block, receipts = one_tx()
    with pytest.raises(NotYet):
        decode(None, receipts)
    with pytest.raises(NotYet):
        decode(block, None)


# ------------------------------------------------------------ anything at all

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=70)
    | st.sampled_from([BLOCK_HASH, TX_HASH, TRANSFER_TOPIC, FROM, TO, "0x", "0x0", "0x1", TOKEN, word(9)]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, child in inner for path in paths(child, (*at, key)))]


WHOLE = list(one_tx(log(0), log(1), value=9))
PLACES = [path for path in paths(WHOLE) if path]


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_whatever_is_put_wherever_is_facts_or_a_bad_reply(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = copy.deepcopy(WHOLE)
    for path, value in changes:
        put(document, path, value)
    try:
        facts = decode(document[0], document[1])
    except BadReply:
        return
    honest = {t.log_index for t in decode(*WHOLE).transfers}
    assert {t.log_index for t in facts.transfers} <= honest
    assert all(type(t.amount) is int and 0 <= t.amount < 2**256 for t in facts.transfers)


def put(document: Any, path: tuple[Any, ...], value: Any) -> None:
    """Replace what is at a place, as far as the place still exists."""
    for step in path[:-1]:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(document, dict | list):
        try:
            document[path[-1]] = value
        except (IndexError, TypeError):
            return


@settings(max_examples=500, deadline=None)
@given(JSON, JSON)
def test_anything_in_place_of_a_block_or_a_transaction(first: Any, second: Any) -> None:
    for attempt in (
        lambda: decode(first, second),
        lambda: decode_header(first),
        lambda: decode_lookup(TxHash(TX_HASH), first, second),
        lambda: internal_transfers(TraceKind.CALL_TRACER, decode(*WHOLE), first),
        lambda: internal_transfers(TraceKind.FLAT, decode(*WHOLE), [first, second]),
        lambda: internal_transfers(TraceKind.CALL_TRACER, decode(*WHOLE), [{"result": first}]),
    ):
        try:
            attempt()
        except BadReply:
            pass  # what it is for


# ------------------------------------------------------------ the real node


async def test_a_real_block(evm: Chain, client: NodeProvider) -> None:
    token = Token.deploy(evm, USDT)
    someone = Address(evm.account("someone").address)
    txid = token.transfer(evm.account("faucet"), someone, 1_500_000)
    evm.receipt(txid)
    native = evm.send(evm.account("faucet"), someone, 3 * ETHER)
    evm.receipt(native)
    head = await read_head(client, 31337)
    before = client.counts.requests
    blocks = await read_blocks(client, 31337, [head.number - 1, head.number], {Address(token.address)})
    assert client.counts.requests == before + 1, (
        "two blocks with their receipts and the chain id: one request"
    )
    assert blocks[1].block == head
    assert blocks[1].block.parent_hash == blocks[0].block.hash
    assert [(t.txid, t.amount, t.recipient, t.token) for t in blocks[0].transfers] == [
        (txid, 1_500_000, someone, token.address)
    ]
    assert [(t.txid, t.amount, t.log_index) for t in blocks[1].transfers] == [(native, 3 * ETHER, -1)]
    assert blocks[0].source == client.label
    (header,) = await read_headers(client, 31337, [head.number - 1])
    assert header == blocks[0].block


async def test_looking_up_transactions(evm: Chain, client: NodeProvider) -> None:
    token = Token.deploy(evm, USDT)
    faucet = evm.account("faucet")
    txid = TxHash(token.transfer(faucet, evm.account("someone").address, 9))
    evm.receipt(txid)
    unknown = TxHash("0x" + "12" * 32)
    found, nothing = await read_transactions(client, 31337, [txid, unknown])
    assert nothing is None
    assert found is not None
    assert found.fact is not None
    assert [(t.amount, t.token) for t in found.transfers] == [(9, token.address)]
    (header,) = await read_headers(client, 31337, [found.block_number or 0])
    assert header.hash == found.block_hash
    mined, pending = await read_nonces(client, Address(faucet.address))
    assert mined == pending > 0


async def test_a_pending_transaction_is_known_but_nowhere(evm: Chain, client: NodeProvider) -> None:
    evm.rpc("evm_setAutomine", False)
    try:
        txid = TxHash(evm.send(evm.account("faucet"), evm.account("someone").address, 1))
        (found,) = await read_transactions(client, 31337, [txid])
        assert found is not None
        assert (found.block_number, found.fact, found.transfers) == (None, None, ())
    finally:
        evm.mine()
        evm.rpc("evm_setAutomine", True)


async def test_wrong_chain_and_missing_blocks(evm: Chain, client: NodeProvider) -> None:
    with pytest.raises(WrongChain):
        await read_blocks(client, 1, [0], set())
    with pytest.raises(NotYet):
        await read_blocks(client, 31337, [evm.head() + 1], set())


@pytest.mark.parametrize("kind", list(TraceKind))
async def test_money_sent_on_by_a_contract(evm: Chain, client: NodeProvider, kind: TraceKind) -> None:
    assert await traces.probe(client) is TraceKind.FLAT
    someone = Address(evm.account("through a contract").address)
    for runtime, expected in ((FORWARDER, [7 * ETHER]), (FORWARDER_THAT_REVERTS, [])):
        forwarder = evm.deploy(deployable(runtime))
        data = "0x" + "00" * 12 + someone[2:]
        txid = evm.send(evm.account("faucet"), forwarder, 7 * ETHER, data, gas=200_000)
        height = int(evm.receipt(txid)["blockNumber"], 16)
        (facts,) = await read_blocks(client, 31337, [height], set(), traces=kind)
        internal = [t for t in facts.transfers if t.log_index <= traces.FIRST_INTERNAL]
        assert [t.amount for t in internal] == expected
        assert all(
            (t.txid, t.sender, t.recipient, t.log_index) == (txid, forwarder, someone, -2) for t in internal
        )


CALLS = json.loads("""{"type": "CALL", "from": "0x01", "to": "0x02", "value": "0x9", "calls": [
  {"type": "DELEGATECALL", "from": "A", "to": "B", "value": "0x9"},
  {"type": "STATICCALL", "from": "A", "to": "B"},
  {"type": "CALL", "from": "A", "to": "B", "value": "0x0"},
  {"type": "CALL", "from": "A", "to": "B", "value": "0x1", "calls": [
    {"type": "CALL", "from": "B", "to": "A", "value": "0x2"},
    {"type": "CALL", "from": "B", "to": "A", "value": "0x3", "error": "execution reverted", "calls": [
      {"type": "CALL", "from": "A", "to": "B", "value": "0x4"}]}]},
  {"type": "CREATE2", "from": "A", "to": "B", "value": "0x5"},
  {"type": "SELFDESTRUCT", "from": "B", "to": "A", "value": "0x6"},
  {"type": "CALLCODE", "from": "A", "to": "B", "value": "0x7"}]}""")


def test_only_calls_that_moved_value_count() -> None:
    text = json.dumps(CALLS).replace('"A"', f'"0x{"aa" * 20}"').replace('"B"', f'"0x{"bb" * 20}"')
    assert [amount for _, _, amount in traces.tree_moves(json.loads(text))] == [1, 2, 5, 6]
    assert not list(traces.tree_moves(json.loads(text) | {"error": "execution reverted"}))


def test_endless_nesting_is_refused() -> None:
    tree: dict[str, Any] = {"type": "CALL"}
    for _ in range(2000):
        tree = {"type": "CALL", "calls": [tree]}
    with pytest.raises(BadReply):
        list(traces.tree_moves(tree))


def test_the_topic_is_the_hash_of_the_event() -> None:
    from eth_utils.crypto import keccak

    assert keccak(text="Transfer(address,address,uint256)").hex() == TRANSFER_TOPIC[2:]


async def test_a_large_block_is_decoded_beside_the_loop(evm: Chain, client: NodeProvider) -> None:
    faucet, someone = evm.account("faucet"), evm.account("someone").address
    first = int(evm.rpc("eth_getTransactionCount", faucet.address, "latest"), 16)
    evm.rpc("evm_setAutomine", False)
    try:
        for nonce in range(first, first + 120):
            evm.send(faucet, someone, 1, nonce=nonce, gas=21_000)
        evm.mine()
    finally:
        evm.rpc("evm_setAutomine", True)
    (facts,) = await read_blocks(client, 31337, [evm.head()], set())
    assert [(t.amount, t.log_index) for t in facts.transfers] == [(1, -1)] * 120
    assert [fact.nonce for fact in facts.txs] == list(range(first, first + 120))
