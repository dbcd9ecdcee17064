"""A real node and small contracts for the chain side's own tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.fault_proxy import FaultProxy
from wbo_demo.chain import Chain
from wbo_desktop.chain.rpc.provider import NodeProvider


@pytest.fixture(scope="session")
def evm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """One node for all tests of a session; it mines a block for each transaction."""
    with Chain.start(tmp_path_factory.mktemp("evm"), keep_state=False) as chain:
        yield chain


@pytest.fixture
async def client(evm: Chain) -> AsyncIterator[NodeProvider]:
    client = NodeProvider(evm.rpc_url)
    yield client
    await client.close()


@pytest.fixture
async def proxy(evm: Chain) -> AsyncIterator[FaultProxy]:
    async with FaultProxy(evm.rpc_url) as proxy:
        yield proxy


@pytest.fixture
async def through(proxy: FaultProxy) -> AsyncIterator[NodeProvider]:
    """A client of the node that misbehaves on demand."""
    client = NodeProvider(proxy.url, seconds=2.0)
    yield client
    await client.close()
