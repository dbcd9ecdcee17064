"""JSON-RPC 2.0 without a wire: calls encoded, answers matched with what was asked, errors as types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wbo_desktop.chain.rpc.errors import BadReply, NodeError, RateLimited, RpcError
from wbo_desktop.chain.rpc.transport import DEFAULT_RETRY_AFTER

NEVER_REPEATED = frozenset(
    {"eth_sendRawTransaction", "eth_sendTransaction", "eth_signTransaction", "eth_sendRawTransactionSync"}
)
"""Methods whose lost answer leaves open what happened; the caller alone may decide to ask again."""

_PROVIDER_LIMITS = re.compile(
    r"rate.?limit|too many requests|request limit|request (rate|count) exceeded|compute units per second",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Call:
    """One method with its parameters, plain JSON values."""

    method: str
    params: tuple[Any, ...] = ()


@dataclass(slots=True)
class Counts:
    """The cost of an endpoint so far: documents exchanged, and calls inside them."""

    requests: int = 0
    calls: int = 0


def _plain(value: object) -> object:
    """The plain JSON form of a parameter from web3, which may be bytes or a read-only mapping."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no parameter")


_encode = json.JSONEncoder(separators=(",", ":"), default=_plain).encode


def request_of(call: Call, number: int) -> bytes:
    """The JSON-RPC document for one call under this id."""
    return _encode({"jsonrpc": "2.0", "id": number, "method": call.method, "params": call.params}).encode()


def batch_of(calls: Sequence[Call], numbers: Sequence[int]) -> bytes:
    """The JSON-RPC document for a batch of calls."""
    return _encode(
        [
            {"jsonrpc": "2.0", "id": number, "method": call.method, "params": call.params}
            for number, call in zip(numbers, calls, strict=True)
        ]
    ).encode()


def result_of(answer: Any, number: int) -> Any:
    """The result of the call asked for under `number`, or the error as a value."""
    if not isinstance(answer, dict):
        return BadReply("the reply is not an object")
    # a node that cannot read the request at all answers with the id null (JSON-RPC 2.0 section 5)
    unread = answer.get("id") is None and answer.get("error") is not None
    if not unread and (type(answer.get("id")) is not int or answer["id"] != number):
        return BadReply("the reply answers another request")
    if answer.get("error") is not None:
        return error_of(answer["error"])
    if "result" not in answer:
        return BadReply("the reply has neither result nor error")
    return answer["result"]


def error_of(error: Any) -> RpcError:
    """The `error` member of an answer as a type; a provider's own words for its limit are a RateLimited."""
    if not isinstance(error, dict) or not isinstance(error.get("message"), str):
        return BadReply("the reply's error cannot be read")
    code = error.get("code")
    if type(code) is not int:
        return BadReply("the reply's error has no code")
    if code == 429 or _PROVIDER_LIMITS.search(error["message"]):
        return RateLimited(DEFAULT_RETRY_AFTER)
    return NodeError(code, error["message"][:2000], error.get("data"))


def matched(answer: list[Any], numbers: Sequence[int]) -> list[Any]:
    """A batch's results in the order of `numbers`; an id that is missing or came twice is a BadReply."""
    items: dict[int, Any] = {}
    for item in answer:
        number = item.get("id") if isinstance(item, dict) else None
        if type(number) is int:
            items[number] = None if number in items else item
    return [
        result_of(items[number], number)
        if items.get(number) is not None
        else BadReply("the batch's reply lacks this item")
        for number in numbers
    ]


def too_large(result: Any) -> bool:
    """Geth cuts a batch whose replies grow too long and says so in the items that did not fit."""
    return isinstance(result, NodeError) and "response too large" in result.message.lower()
