"""Asks one node several things at once, and for its chain id with them; tells errors of the node from its
answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import NodeError, NotYet, RpcError, WrongChain
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.provider import NodeProvider

CHAIN_ID = Call("eth_chainId")


async def proven(
    client: NodeProvider, chain_id: int, calls: Sequence[Call], within: float | None = None
) -> list[Any]:
    """Results of a batch that asked for the chain id first, so that a node of another network is refused at
    once.

    Raises:
        WrongChain: and the results are not looked at.
    """
    found, *results = await client.batch([CHAIN_ID, *calls], within=within)
    require_chain(chain_id, found)
    return results


def require_chain(chain_id: int, answer: Any) -> None:
    """Raises WrongChain when eth_chainId's answer is not `chain_id`, and its error when it is one."""
    found = wire.quantity(given(answer), "chain id")
    if found != chain_id:
        raise WrongChain(chain_id, found)


def given(answer: Any) -> Any:
    """The value of a batch's item. Raises it when it is an error."""
    if isinstance(answer, RpcError):
        raise answer
    return answer


def served(answer: Any) -> Any:
    """The same for blocks and transactions: a node that answers "header not found" or has pruned its state is
    not wrong about the chain, it only cannot serve, and another endpoint can.
    """
    if isinstance(answer, NodeError) and not answer.method_missing:
        raise NotYet(f"the node cannot serve this: {answer.message[:200]}") from None
    return given(answer)
