"""Asks the other networks about TXIDs that a record's own network does not know: the client may have mixed them up."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from wbo_desktop.chain.evm.reader import read_transactions
from wbo_desktop.chain.rpc.endpoints import Endpoints
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import TxHash
from wbo_desktop.services.tracking import NetworkSettings

log = logging.getLogger("wbo.tracker")


class OtherNetworks:
    """The networks that this worker knows, opened when first asked."""

    def __init__(self) -> None:
        self._settings: tuple[NetworkSettings, ...] = ()
        self._open: dict[str, tuple[NetworkSettings, Endpoints]] = {}

    def use(self, networks: Sequence[NetworkSettings]) -> None:
        """The networks as they are configured now."""
        self._settings = tuple(networks)

    async def find(self, own: str, txids: Sequence[TxHash]) -> Mapping[TxHash, str]:
        """By TXID, the first other network that knows it; one request a network. A network that does not answer
        knows nothing: that only delays the answer.
        """
        found: dict[TxHash, str] = {}
        for network in self._settings:
            if network.name == own or not network.rpc_urls:
                continue
            missing = [txid for txid in txids if txid not in found]
            if not missing:
                break
            try:
                for txid in await self._known(network, missing):
                    found[txid] = network.name
            except RpcError as error:
                log.info("%s could not be asked about %d TXIDs: %s", network.name, len(missing), error)
        return found

    async def _known(self, network: NetworkSettings, txids: Sequence[TxHash]) -> list[TxHash]:
        endpoints = await self._endpoints(network)

        async def ask(client: NodeProvider) -> list[TxHash]:
            answers = await read_transactions(client, network.chain_id, txids)
            return [txid for txid, lookup in zip(txids, answers, strict=True) if lookup is not None]

        return await endpoints.attempt(ask)

    async def _endpoints(self, network: NetworkSettings) -> Endpoints:
        kept = self._open.get(network.name)
        if kept is not None and kept[0] == network:
            return kept[1]
        if kept is not None:
            await kept[1].close()
        endpoints = Endpoints(network.rpc_urls, network.chain_id)
        await endpoints.start()
        self._open[network.name] = (network, endpoints)
        return endpoints

    async def close(self) -> None:
        for _, endpoints in self._open.values():
            await endpoints.close()
        self._open.clear()
