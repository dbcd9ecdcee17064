"""The contracts we speak with, as web3 knows them: ERC-20 tokens and wallets that are contracts (EIP-1271).

Calldata is encoded by their ABI. Answers are read where they are asked for: contracts answer as they like, and web3's
decoding takes more bytes than the ABI has.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from eth_typing import HexStr
from web3 import AsyncWeb3
from web3.contract import AsyncContract

ERC20: list[dict[str, Any]] = [
    {
        "type": "function",
        "name": "transfer",
        "stateMutability": "nonpayable",
        "inputs": [{"name": "to", "type": "address"}, {"name": "value", "type": "uint256"}],
        "outputs": [{"name": "success", "type": "bool"}],
    },
    {
        "type": "function",
        "name": "balanceOf",
        "stateMutability": "view",
        "inputs": [{"name": "owner", "type": "address"}],
        "outputs": [{"name": "balance", "type": "uint256"}],
    },
    {
        "type": "function",
        "name": "decimals",
        "stateMutability": "view",
        "inputs": [],
        "outputs": [{"name": "", "type": "uint8"}],
    },
    {
        "type": "function",
        "name": "symbol",
        "stateMutability": "view",
        "inputs": [],
        "outputs": [{"name": "", "type": "string"}],
    },
]

EIP1271: list[dict[str, Any]] = [
    {
        "type": "function",
        "name": "isValidSignature",
        "stateMutability": "view",
        "inputs": [{"name": "hash", "type": "bytes32"}, {"name": "signature", "type": "bytes"}],
        "outputs": [{"name": "magicValue", "type": "bytes4"}],
    },
]


def token_call(function: str, *args: Any) -> HexStr:
    """Calldata of an ERC-20 function."""
    encoded: HexStr = _token().encode_abi(function, args=args)
    return encoded


def wallet_call(function: str, *args: Any) -> HexStr:
    """Calldata of an EIP-1271 function."""
    encoded: HexStr = _wallet().encode_abi(function, args=args)
    return encoded


@cache
def _token() -> type[AsyncContract]:
    return AsyncWeb3().eth.contract(abi=ERC20)


@cache
def _wallet() -> type[AsyncContract]:
    return AsyncWeb3().eth.contract(abi=EIP1271)
