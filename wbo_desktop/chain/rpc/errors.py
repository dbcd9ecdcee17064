"""The failures between the worker and a node, as types that a caller can act on.

None of these messages holds an endpoint's address: providers put their keys in it. Whether money moved is
never decided from any of them; only a transaction in a canonical block says that.
"""

from __future__ import annotations

from typing import Any


class RpcError(Exception):
    """A request did not bring a usable result."""


class Unavailable(RpcError):
    """The endpoint did not answer: refused, reset, timed out, or an HTTP error.

    Attributes:
        maybe_delivered: False only when the request certainly never reached the node.
        timed_out: the connection stood, but no answer came in time.
    """

    def __init__(self, why: str, *, maybe_delivered: bool = True, timed_out: bool = False) -> None:
        super().__init__(why)
        self.maybe_delivered = maybe_delivered
        self.timed_out = timed_out


class RateLimited(Unavailable):
    """The endpoint asks us to come back later (HTTP 429, 503 with Retry-After, or a provider's own error).

    Attributes:
        retry_after: seconds from now.
    """

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"rate limited for {retry_after:.1f} s", maybe_delivered=False)
        self.retry_after = retry_after


class BadReply(RpcError):
    """The endpoint answered with something that is not a valid answer, or that contradicts itself."""


class NotYet(BadReply):
    """The endpoint has not got (or no longer has) the block that was asked for."""


class WrongChain(RpcError):
    """The endpoint serves another network."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"chain id {found}, expected {expected}")
        self.expected = expected
        self.found = found


class NodeError(RpcError):
    """The node understood the request and answered with an error.

    Attributes:
        code, message, data: the members of the JSON-RPC error object, `data` as it came.
    """

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.data = data

    @property
    def method_missing(self) -> bool:
        """The node does not offer the method (JSON-RPC 2.0 section 5.1, and the words of nodes that use
        other codes).
        """
        text = self.message.lower()
        return self.code in (-32601, -32604) or (
            "method" in text
            and any(w in text for w in ("not found", "not supported", "not available", "not exist"))
        )
