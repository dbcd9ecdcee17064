"""The local chain: blocks as asked for, reorganisations, and a state that survives a restart."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from wbo_demo.chain import ETHER, FAUCET, Chain, ChainError
from wbo_demo.folder import DemoError, wait_until
from wbo_demo.tokens import DAI, USDT, Token


def block(chain: Chain, number: int) -> dict[str, object]:
    """A block without its transactions' bodies."""
    found: dict[str, object] = chain.rpc("eth_getBlockByNumber", hex(number), False)
    return found


def test_the_chain_survives_a_restart_with_blocks_receipts_and_balances(tmp_path: Path) -> None:
    with Chain.start(tmp_path / "chain") as chain:
        token = Token.deploy(chain, USDT)
        client = chain.account("client-1")
        tx_hash = token.transfer(chain.account(FAUCET), client.address, 5_000_000)
        number = int(chain.receipt(tx_hash)["blockNumber"], 16)
        before = block(chain, number)
    with Chain.start(tmp_path / "chain", block_time=0) as chain:
        assert block(chain, number) == before
        receipts = chain.rpc("eth_getBlockReceipts", hex(number))
        assert [receipt["transactionHash"] for receipt in receipts] == [tx_hash]
        assert chain.account("client-1").address == client.address
        assert Token(chain, token.address, "USDT", 6).balance_of(client.address) == 5_000_000
        chain.mine()
        assert block(chain, chain.head())["parentHash"] == before["hash"]


def test_a_state_that_was_cut_off_falls_back_to_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "chain"
    for _start in range(2):
        with Chain.start(folder, block_time=0) as chain:
            head = chain.mine(3)
    state = folder / "state.json"
    state.write_bytes(state.read_bytes()[:-20])
    with Chain.start(folder, block_time=0) as chain:
        assert chain.head() == head - 3


def test_wallets_belong_to_their_folder(chain: Chain, tmp_path: Path) -> None:
    with Chain.start(tmp_path / "other", keep_state=False) as other:
        assert other.account("client-1").address != chain.account("client-1").address
        assert other.balance(other.account(FAUCET).address) > 1000 * ETHER
    wallet = chain.account("client-1")
    assert wallet.private_key.reveal() not in repr(wallet)
    assert chain.account("client-1") == wallet


def test_interval_mining_mines_by_itself(tmp_path: Path) -> None:
    with Chain.start(tmp_path / "chain", block_time=0.1, keep_state=False) as chain:
        first = chain.head()
        assert wait_until(lambda: chain.head() >= first + 3, 10)


def test_by_hand_nothing_is_mined_until_told(tmp_path: Path) -> None:
    with Chain.start(tmp_path / "chain", block_time=0, keep_state=False) as chain:
        token = Token.deploy(chain, USDT)
        head = chain.head()
        tx_hash = chain.send(chain.account(FAUCET), chain.account("client-1").address, value=ETHER)
        assert chain.rpc("eth_getTransactionReceipt", tx_hash) is None
        with pytest.raises(ChainError, match="was not mined"):
            chain.receipt(tx_hash, seconds=0.05)
        assert chain.mine() == head + 1
        assert chain.receipt(tx_hash)["status"] == "0x1"
        assert token.balance_of(chain.account(FAUCET).address) == USDT.supply


def test_a_reorganisation_drops_a_transaction_or_moves_it(chain: Chain) -> None:
    client = chain.account("client-1")
    chain.rpc("evm_setAutomine", False)
    raw, tx_hash = chain.sign(chain.account(FAUCET), client.address, value=ETHER)
    chain.rpc("eth_sendRawTransaction", raw)
    chain.mine(3)
    old = chain.receipt(tx_hash)
    chain.reorg(3, [(raw, 2)])
    moved = chain.receipt(tx_hash)
    assert int(moved["blockNumber"], 16) == int(old["blockNumber"], 16) + 2
    assert moved["blockHash"] != old["blockHash"]
    chain.reorg(2)
    assert chain.rpc("eth_getTransactionReceipt", tx_hash) is None
    assert chain.balance(client.address) == 0


@pytest.mark.parametrize("kind", [USDT, DAI], ids=lambda kind: kind.symbol)
def test_tokens_move_by_real_transactions(chain: Chain, kind: object) -> None:
    token = Token.deploy(chain, USDT if kind is USDT else DAI)
    client = chain.account("client-1")
    amount = 12 * 10**token.decimals + 1
    receipt = chain.receipt(token.transfer(chain.account(FAUCET), client.address, amount))
    assert receipt["status"] == "0x1"
    (log,) = receipt["logs"]
    assert log["topics"][0] == "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
    assert int(log["data"], 16) == amount
    assert token.balance_of(client.address) == amount


def test_nobody_sends_more_than_they_have(chain: Chain) -> None:
    token = Token.deploy(chain, USDT)
    client = chain.account("client-1")
    chain.fund(client.address, ETHER)
    tx_hash = token.transfer(client, chain.account(FAUCET).address, 1, gas=100_000)
    assert chain.receipt(tx_hash)["status"] == "0x0"


def test_a_test_leaves_nothing_on_the_shared_chain(anvil: Chain, chain: Chain) -> None:
    before = anvil.snapshot()
    head = anvil.head()
    chain.mine(5)
    chain.revert(before)
    assert anvil.head() == head
    with pytest.raises(ChainError):
        chain.revert("0xffff")


def test_two_chains_on_one_folder_are_refused(tmp_path: Path) -> None:
    with Chain.start(tmp_path / "chain", keep_state=False) as chain:
        with pytest.raises(DemoError, match="in use by another demo or sandbox"):
            Chain.start(tmp_path / "chain", keep_state=False)
        pid = chain.pid
    assert pid is not None
    assert not psutil.pid_exists(pid)
