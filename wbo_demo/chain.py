"""The local EVM chain: anvil on a loopback port, with wallets and money made out of nothing.

It plays the world outside (the network and its wallets); the product's own view of a chain is the package
`chain`. All calls are synchronous and thread-safe; from a coroutine, use `asyncio.to_thread`.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import os
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from wbo_demo.folder import (
    LOOPBACK,
    DemoError,
    FolderLock,
    free_port,
    tail,
    wait_until,
    write_private,
)
from wbo_demo.guardian import Guarded, end_leftover
from wbo_desktop.domain.types import parse_address
from wbo_desktop.secrets import Secret

BINARY_VARIABLE = "WBO_ANVIL"
ETHER = 10**18
GWEI = 10**9
FAUCET = "faucet"
FAUCET_WEI = 1_000_000 * ETHER
STATE_EVERY_SECONDS = 5
STATES = 400
"""How many states the node keeps, in memory, and so how deep a reorganisation can be.

On disk they are no use: anvil 1.7.1 forgets contracts when it goes back to a state from there.
"""
START_SECONDS = 20.0
REQUEST_SECONDS = 30.0
ANSWER_SECONDS = 5.0
"""The seconds after which a node that does not answer counts as dead: on a busy machine it answers within
one."""


class ChainError(DemoError):
    """The node refused a request, or a transaction of the demo failed."""


@dataclass(frozen=True)
class Account:
    """A made-up wallet: checksummed address and private key (0x and 64 digits)."""

    name: str
    address: str
    private_key: Secret


class Chain:
    """A running anvil node. `start` it, use it, `stop` it; or use it as a context manager."""

    def __init__(
        self,
        folder: Path,
        lock: FolderLock,
        node: Guarded,
        port: int,
        chain_id: int,
        arguments: Callable[[], list[str]],
        *,
        by_hand: bool,
        at_once: bool,
    ) -> None:
        self._folder, self._lock, self._node = folder, lock, node
        self._arguments = arguments
        self._seed = Secret((folder / "seed").read_text(encoding="utf-8"))
        self._accounts: dict[str, Account] = {}
        self._sending = threading.Lock()
        self.mines_by_hand = by_hand
        self.mines_at_once = at_once
        self.port = port
        self.chain_id = chain_id
        self.rpc_url = f"http://{LOOPBACK}:{port}"
        self.ws_url = f"ws://{LOOPBACK}:{port}"

    @classmethod
    def start(
        cls,
        data_dir: Path | str,
        *,
        chain_id: int = 31337,
        block_time: float | None = None,
        port: int | None = None,
        keep_state: bool = True,
        states: int = STATES,
        seed: Secret | None = None,
        options: Sequence[str] = (),
    ) -> Chain:
        """Starts the node of a data folder, with its former blocks (unless `keep_state` is off).

        `block_time`: seconds between blocks; None mines a block for each transaction, 0 only on `mine()`.
        `states`: how many are kept; many more are wanted where `revert` is used, for a block that is made again with
        the same hash takes the state of the first one with it. `seed`: of another chain, so that a name is the same
        wallet on both. `options` are further arguments of anvil. The account named 'faucet' has a million ether.
        Raises `DemoError` when the folder is in use or the node does not come up.
        """
        folder = Path(data_dir).resolve()
        with contextlib.ExitStack() as undo:
            lock = FolderLock(folder)
            undo.callback(lock.release)
            end_leftover(folder / "anvil.pid")
            if not (folder / "seed").exists():
                write_private(folder / "seed", seed.reveal() if seed else secrets.token_hex(32))

            def arguments() -> list[str]:
                kept = _state(folder) if keep_state else []
                return [*_mining(block_time), "--prune-history", str(states), *kept, *options]

            node, found_port = _serve(folder, chain_id, port, arguments())
            undo.callback(node.stop)
            chain = cls(
                *(folder, lock, node, found_port, chain_id, arguments),
                by_hand=block_time == 0,
                at_once=block_time is None,
            )
            faucet = chain.account(FAUCET)
            if chain.balance(faucet.address) == 0:
                chain.fund(faucet.address, FAUCET_WEI)
            undo.pop_all()
        return chain

    # -------------------------------------------------------------- the node

    @property
    def seed(self) -> Secret:
        """The secret text from which all wallets of this folder are derived."""
        return self._seed

    @property
    def running(self) -> bool:
        """Whether the node's process runs."""
        return self._node.running

    def last_words(self) -> str:
        """The last lines of the node's log."""
        return tail(self._folder / "anvil.log")

    def restart(self) -> None:
        """Starts the node again at its port, with the blocks that it had saved.

        Raises `DemoError` when it does not come up.
        """
        self._node.stop()
        end_leftover(self._folder / "anvil.pid")
        self._node, self.port = _serve(self._folder, self.chain_id, self.port, self._arguments())

    @property
    def pid(self) -> int | None:
        """The node's process id; None when it does not run."""
        return self._node.pid

    def rpc(self, method: str, *params: object) -> Any:
        """The result of one JSON-RPC request. Raises `ChainError` with the node's message."""
        return _request(self.port, method, params)

    def answers(self) -> bool:
        """Whether the node answers within some seconds."""
        try:
            _request(self.port, "eth_blockNumber", (), ANSWER_SECONDS)
        except (OSError, http.client.HTTPException):
            return False
        return True

    def head(self) -> int:
        """The newest block's number."""
        return int(self.rpc("eth_blockNumber"), 16)

    def mine(self, blocks: int = 1) -> int:
        """Mines blocks at once, whatever the mining mode. Returns the new head's number."""
        self.rpc("anvil_mine", hex(blocks))
        return self.head()

    def reorg(self, depth: int, transactions: Sequence[tuple[str, int]] = ()) -> None:
        """Replaces the newest `depth` blocks by others of the same number.

        Their transactions are gone, but for `transactions`: (raw signed transaction, which new block counted
        from the oldest, which is 0). The head's number stays.
        """
        self.rpc("anvil_reorg", depth, [[raw, index] for raw, index in transactions])

    def snapshot(self) -> str:
        """The id of a snapshot of the chain as it is now; see `revert`."""
        return str(self.rpc("evm_snapshot"))

    def revert(self, snapshot: str) -> None:
        """Takes the chain back to a snapshot, which it uses up; waiting transactions are dropped."""
        self.rpc("anvil_dropAllTransactions")
        if self.rpc("evm_revert", snapshot) is not True:
            raise ChainError(f"the node does not know the snapshot {snapshot}")

    def stop(self, *, remove: bool = False) -> None:
        """Ends the node, which writes its state first; may be called twice. `remove`: all data too."""
        self._node.stop()
        if remove:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.release()

    def __enter__(self) -> Chain:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # -------------------------------------------------------------- wallets

    def account(self, name: str) -> Account:
        """The wallet of this name, derived from `seed`."""
        if name not in self._accounts:
            from eth_account import Account as EthAccount

            key = hmac.new(self._seed.reveal().encode(), name.encode(), hashlib.sha256).hexdigest()
            address = EthAccount.from_key("0x" + key).address
            self._accounts[name] = Account(name, str(address), Secret("0x" + key))
        return self._accounts[name]

    def balance(self, address: str) -> int:
        """The native coin's balance, in wei."""
        return int(self.rpc("eth_getBalance", address, "latest"), 16)

    def fund(self, address: str, wei: int) -> None:
        """Sets a balance, without a transaction."""
        self.rpc("anvil_setBalance", address, hex(wei))

    def sign(
        self, sender: Account, to: str | None, value: int = 0, data: str = "0x", **fields: int
    ) -> tuple[str, str]:
        """A signed EIP-1559 transaction: (raw, hash). `fields` replace nonce, gas, maxFeePerGas, …

        `to` None creates a contract; `value` in wei; `data` as 0x and hexadecimal digits.
        """
        from eth_account import Account as EthAccount

        request = {"from": sender.address, "value": hex(value), "data": data} | ({"to": to} if to else {})
        base_fee = int(self.rpc("eth_getBlockByNumber", "latest", False).get("baseFeePerGas", "0x0"), 16)
        transaction: dict[str, Any] = {
            "type": 2,
            "chainId": self.chain_id,
            "to": to or "",
            "value": value,
            "data": data,
            "maxPriorityFeePerGas": GWEI,
            "maxFeePerGas": 2 * base_fee + GWEI,
        } | fields
        if "nonce" not in fields:
            transaction["nonce"] = int(self.rpc("eth_getTransactionCount", sender.address, "pending"), 16)
        if "gas" not in fields:
            transaction["gas"] = int(self.rpc("eth_estimateGas", request), 16) * 12 // 10
        signed = EthAccount.sign_transaction(transaction, sender.private_key.reveal())
        return "0x" + signed.raw_transaction.hex().removeprefix("0x"), "0x" + signed.hash.hex().removeprefix(
            "0x"
        )

    def send(self, sender: Account, to: str | None, value: int = 0, data: str = "0x", **fields: int) -> str:
        """Signs and broadcasts a transaction. Returns its hash; it is mined by the mining mode."""
        with self._sending:
            raw, tx_hash = self.sign(sender, to, value, data, **fields)
            self.rpc("eth_sendRawTransaction", raw)
        return tx_hash

    def receipt(self, tx_hash: str, seconds: float = 30.0) -> dict[str, Any]:
        """The receipt of a transaction, once it is mined. Raises `ChainError` when that takes too long."""
        found: list[dict[str, Any]] = []

        def mined() -> bool:
            answer = self.rpc("eth_getTransactionReceipt", tx_hash)
            found.extend([answer] if answer else [])
            return bool(found)

        if not wait_until(mined, seconds):
            raise ChainError(f"the transaction {tx_hash} was not mined within {seconds:g} s")
        return found[0]

    def call(self, to: str, data: str, block: str = "latest") -> bytes:
        """The result of a contract call without a transaction (`eth_call`)."""
        return bytes.fromhex(self.rpc("eth_call", {"to": to, "data": data}, block)[2:])

    def deploy(
        self,
        bytecode: str,
        types: Sequence[str] = (),
        args: Sequence[object] = (),
        sender: Account | None = None,
    ) -> str:
        """Creates a contract (by the faucet, unless told) and mines it; its checksummed address.

        `types` and `args` are the constructor's, as the ABI names them.
        """
        from eth_abi.abi import encode

        data = bytecode + encode(list(types), list(args)).hex()
        tx_hash = self.send(sender or self.account(FAUCET), None, data=data)
        if not self.mines_at_once:
            self.mine()
        receipt = self.receipt(tx_hash)
        if receipt["status"] != "0x1":
            raise ChainError("the contract was not created: its constructor failed")
        return parse_address(receipt["contractAddress"])


def binary() -> Path:
    """The path of anvil: WBO_ANVIL's, the one that the set-up put beside Python, or PATH's."""
    name = "anvil.exe" if os.name == "nt" else "anvil"
    named = os.environ.get(BINARY_VARIABLE)
    for candidate in (named, Path(sys.prefix) / "chain" / name, shutil.which("anvil")):
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    raise DemoError("the local chain's program is missing: type make setup")


def _mining(block_time: float | None) -> list[str]:
    if block_time is None:
        return []
    return ["--block-time", f"{block_time:g}"] if block_time > 0 else ["--no-mining"]


def _state(folder: Path) -> list[str]:
    """The file with the saved blocks; the one before it when the node was killed while it wrote."""
    state, before = folder / "state.json", folder / "state-before.json"
    if _is_whole(state):
        shutil.copyfile(state, before)
    elif _is_whole(before):
        shutil.copyfile(before, state)
    else:
        state.unlink(missing_ok=True)
    return ["--state", str(state), "--state-interval", str(STATE_EVERY_SECONDS)]


def _is_whole(state: Path) -> bool:
    """Whether a state file was written to its end."""
    try:
        json.loads(state.read_bytes())
    except (OSError, ValueError):
        return False
    return True


def _serve(folder: Path, chain_id: int, port: int | None, arguments: Sequence[str]) -> tuple[Guarded, int]:
    """Starts the node and waits until it answers; tries other ports while none was asked for."""
    log = folder / "anvil.log"
    for _attempt in range(5):
        chosen = port or free_port()
        log.unlink(missing_ok=True)
        node = Guarded.start(
            [
                binary(),
                *("--host", LOOPBACK, "--port", str(chosen), "--chain-id", str(chain_id)),
                *("--accounts", "0", "--quiet", "--cache-path", str(folder / "cache"), *arguments),
            ],
            pid_file=folder / "anvil.pid",
            log=log,
            cwd=folder,
            env=dict(os.environ, HOME=str(folder)),
        )
        if _comes_up(node, chosen, chain_id):
            return node, chosen
        node.stop()
        if port is not None:
            break
    raise DemoError(f"the local chain did not start: {tail(log)}")


def _comes_up(node: Guarded, port: int, chain_id: int) -> bool:
    """Waits until the node answers; False when it ended instead (its port was taken), or takes too long."""

    def answers() -> bool:
        try:
            return int(_request(port, "eth_chainId", ()), 16) == chain_id
        except (OSError, ChainError, http.client.HTTPException):
            return False

    wait_until(lambda: not node.running or (node.pid and answers()), START_SECONDS)
    return node.running and answers()


def _request(port: int, method: str, params: Sequence[object], seconds: float | None = None) -> Any:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)})
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=seconds or REQUEST_SECONDS)
    try:
        connection.request("POST", "/", body, {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    if "error" in answer:
        raise ChainError(f"{method}: {answer['error'].get('message', answer['error'])}")
    return answer["result"]
