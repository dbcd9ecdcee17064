"""Finds where our chain and a node's part, by asking one endpoint for hashes; `domain.reorg` leads the search.

Undoing is the database's matter (`rewind`).
"""

from __future__ import annotations

from collections.abc import Sequence

from wbo_desktop.chain.evm.heads import read_hashes
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.reorg import Rewind, StoredBlock, find_ancestor


async def find_common_ancestor(
    client: NodeProvider,
    chain_id: int,
    network: str,
    stored: Sequence[StoredBlock],
    finalized_number: int | None,
) -> Rewind:
    """The common ancestor, in a number of requests that grows with the logarithm of the depth.

    Args:
        stored: our canonical blocks, newest first, without gaps.

    Raises:
        RuleViolation: `finality_violated`.
        RpcError: the node did not say.
    """
    search = find_ancestor(network, stored, finalized_number)
    heights = next(search)
    while True:
        try:
            heights = search.send(await read_hashes(client, chain_id, heights))
        except StopIteration as found:
            rewind: Rewind = found.value
            return rewind
