"""anvil as a remote signer: it holds the key of one unlocked account, and is not the chain that is paid on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wbo_demo.chain import Account, Chain, _comes_up, binary
from wbo_demo.folder import LOOPBACK, free_port
from wbo_demo.guardian import Guarded
from wbo_demo.tokens import Token
from wbo_desktop.secrets import Secret

ACCOUNT = Account(
    "anvil's first account",
    "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    Secret("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"),
)
"""Of the mnemonic that every copy of anvil starts with."""


@contextmanager
def anvil_signer(folder: Path, chain_id: int) -> Iterator[str]:
    """The URL of a running signer that signs for `ACCOUNT`."""
    folder.mkdir()
    port = free_port()
    node = Guarded.start(
        [
            binary(),
            *("--host", LOOPBACK, "--port", str(port), "--chain-id", str(chain_id)),
            *("--accounts", "1", "--quiet", "--cache-path", str(folder / "cache")),
        ],
        pid_file=folder / "anvil.pid",
        log=folder / "anvil.log",
        cwd=folder,
        env=dict(os.environ, HOME=str(folder)),
    )
    try:
        assert _comes_up(node, port, chain_id)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        node.stop()


def endow(chain: Chain, usdt: Token) -> None:
    """Money for `ACCOUNT` to pay refunds with."""
    chain.fund(ACCOUNT.address, 10 * 10**18)
    chain.receipt(usdt.transfer(chain.account("faucet"), ACCOUNT.address, 10**9))
