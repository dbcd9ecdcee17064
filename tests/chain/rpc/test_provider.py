"""web3's methods over our provider: as strict as the raw results, one request each, and never a second try of a send."""

from __future__ import annotations

import pytest
from eth_account import Account as EthAccount
from web3.types import RPCEndpoint

from tests.support.fault_proxy import Fault, FaultProxy, Kind
from wbo_demo.chain import Chain
from wbo_desktop.chain.rpc.errors import BadReply, NodeError, Unavailable
from wbo_desktop.chain.rpc.provider import NodeProvider


async def test_a_method_is_one_request(evm: Chain, client: NodeProvider) -> None:
    assert await client.w3.eth.chain_id == 31337
    assert await client.w3.eth.get_block_number() == evm.head()
    block = await client.w3.eth.get_block("latest")
    assert block["number"] == evm.head()
    assert client.counts.requests == 3


@pytest.mark.parametrize("number", ["0x_1", "-0x1", "0x", "1", " 0x1", 5, None, "0x" + "1" * 65])
async def test_numbers_that_web3_would_take_are_refused(
    through: NodeProvider, proxy: FaultProxy, number: object
) -> None:
    proxy.add(Fault(Kind.CHANGE, change=lambda method, params, result: number))
    with pytest.raises(BadReply):
        await through.w3.eth.gas_price


async def test_data_that_is_none_is_refused(through: NodeProvider, proxy: FaultProxy) -> None:
    faucet = through.w3.to_checksum_address("0x" + "11" * 20)
    for code in ("0x0", "zz", None):
        proxy.add(Fault(Kind.CHANGE, change=lambda method, params, result, code=code: code))
        with pytest.raises(BadReply):
            await through.w3.eth.get_code(faucet)
        with pytest.raises(BadReply):
            await through.w3.eth.call({"to": faucet, "data": b"\x01"})
        proxy.clear()


async def test_a_nodes_error_is_ours_and_not_web3s(client: NodeProvider) -> None:
    with pytest.raises(NodeError) as caught:
        await client.w3.eth.send_raw_transaction(b"\x00")
    assert caught.value.code


@pytest.mark.parametrize("kind", [Kind.RESET, Kind.LOSE_REPLY, Kind.TRUNCATE, Kind.HTTP_ERROR])
async def test_a_send_is_asked_once(through: NodeProvider, proxy: FaultProxy, kind: Kind) -> None:
    proxy.add(Fault(kind))
    with pytest.raises((Unavailable, BadReply)):
        await through.w3.eth.send_raw_transaction(b"\x00")
    assert proxy.requests == 1


async def test_another_answer_than_a_hash_is_refused(
    evm: Chain, through: NodeProvider, proxy: FaultProxy
) -> None:
    faucet = evm.account("faucet")
    for nonce, said in enumerate(
        ("0x00", True, None), await through.w3.eth.get_transaction_count(faucet.address)
    ):
        fields = {"nonce": nonce, "gas": 21_000, "gasPrice": 10**11, "chainId": 31337, "to": faucet.address}
        signed = EthAccount.sign_transaction(fields | {"value": 1}, faucet.private_key.reveal())
        proxy.add(Fault(Kind.CHANGE, change=lambda method, params, result, said=said: said))
        with pytest.raises(BadReply):
            await through.w3.eth.send_raw_transaction(signed.raw_transaction)
        proxy.clear()


async def test_a_batch_of_web3_is_taken_apart(evm: Chain, client: NodeProvider) -> None:
    evm.mine()
    ask, bad = RPCEndpoint("eth_chainId"), RPCEndpoint("eth_noSuchThing")
    first, failed, last = await client.make_batch_request([(ask, []), (bad, []), (ask, [])])
    assert first["result"] == last["result"] == hex(31337)
    assert failed["error"]["code"] == -32601  # type: ignore[index]
    async with client.w3.batch_requests() as batch:
        batch.add(client.w3.eth.get_block("latest"))
        batch.add(client.w3.eth.get_block("earliest"))
        latest, earliest = await batch.async_execute()
    assert earliest["number"] == 0 < latest["number"]


async def test_whether_a_node_answers(client: NodeProvider) -> None:
    assert await client.w3.is_connected()
    gone = NodeProvider("http://127.0.0.1:1")
    assert not await gone.w3.is_connected()
    with pytest.raises(Unavailable):
        await gone.w3.is_connected(show_traceback=True)
    await gone.close()
