"""The test tokens: compiled from `contracts/` when first needed, deployed on the local chain, moved by
wallets.

The product's own knowledge of tokens is in `wbo_desktop.chain`; nothing here judges a transfer.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbo_demo.chain import Account, Chain

CONTRACTS = Path(__file__).parent / "contracts"
TOKEN = "Token"


@dataclass(frozen=True)
class Contract:
    """A compiled contract: creation bytecode (0x…) and its ABI."""

    bytecode: str
    abi: list[dict[str, Any]]


@dataclass(frozen=True)
class TokenKind:
    """A test token before it is deployed."""

    name: str
    symbol: str
    decimals: int

    @property
    def supply(self) -> int:
        """A thousand million units, in base units."""
        return int(10**9 * 10**self.decimals)


USDT = TokenKind("Tether USD", "USDT", 6)
DAI = TokenKind("Dai Stablecoin", "DAI", 18)
USDC = TokenKind("USD Coin", "USDC", 6)


@dataclass(frozen=True)
class Token:
    """A token on the local chain. Amounts are in base units."""

    chain: Chain
    address: str
    symbol: str
    decimals: int

    @classmethod
    def deploy(cls, chain: Chain, kind: TokenKind, owner: Account | None = None) -> Token:
        """Deploys a token; the whole supply belongs to `owner` (the faucet, unless given)."""
        arguments = (kind.name, kind.symbol, kind.decimals, kind.supply)
        types = ("string", "string", "uint8", "uint256")
        address = chain.deploy(compiled(TOKEN).bytecode, types, arguments, owner)
        return cls(chain, address, kind.symbol, kind.decimals)

    def transfer(self, sender: Account, to: str, amount: int, **fields: int) -> str:
        """Sends a transfer. Returns its hash. `fields` as in `Chain.sign`."""
        return self.chain.send(sender, self.address, data=transfer_data(to, amount), **fields)

    def balance_of(self, address: str) -> int:
        """The balance of an address, in base units."""
        data = call_data("balanceOf(address)", ("address",), (address,))
        return int.from_bytes(self.chain.call(self.address, data), "big")


def call_data(signature: str, types: Sequence[str] = (), args: Sequence[object] = ()) -> str:
    """The input of a contract call: the signature's selector, then the arguments by ABI (0x…)."""
    from eth_abi.abi import encode
    from eth_utils.crypto import keccak

    return "0x" + keccak(text=signature)[:4].hex() + encode(list(types), list(args)).hex()


def transfer_data(to: str, amount: int) -> str:
    """The input of an EIP-20 transfer."""
    return call_data("transfer(address,uint256)", ("address", "uint256"), (to, amount))


def compiled(name: str, folder: Path = CONTRACTS, cache: Path | None = None) -> Contract:
    """The contract `name`.vy of a folder, compiled once per source and compiler version.

    `cache` is where results are kept (the user's cache folder, unless told); without a place to write it
    compiles each time.
    """
    source = (folder / f"{name}.vy").read_text(encoding="utf-8")
    version = importlib.metadata.version("vyper")
    key = hashlib.sha256(f"{version}\n{source}".encode()).hexdigest()
    kept = (cache or _cache_folder()) / f"{name}-{key[:24]}.json"
    try:
        return Contract(**json.loads(kept.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        pass  # not compiled yet, or half a file
    contract = _compile(source)
    try:
        _keep(kept, contract)
    except OSError:
        pass  # a folder that cannot be written costs a second each time, no more
    return contract


def _compile(source: str) -> Contract:
    """Compiles Vyper source for the EVM version that every supported network has."""
    import vyper

    result = vyper.compile_code(source, output_formats=["bytecode", "abi"])
    return Contract(result["bytecode"], result["abi"])


def _keep(path: Path, contract: Contract) -> None:
    """Writes a result at once, so that two test workers never read half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"bytecode": contract.bytecode, "abi": contract.abi}, file)
    Path(half).replace(path)


def _cache_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_path("wbo-desktop")) / "contracts"
