"""Who is behind an address: a key or a contract, and whether they signed a message.

EIP-191 personal messages for keys, EIP-1271 for contracts. Accounts that delegate (EIP-7702) still have their
key.
"""

from __future__ import annotations

from collections.abc import Sequence

from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from eth_utils.exceptions import ValidationError

from wbo_desktop.chain.evm.contracts import wallet_call
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import NodeError
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import proven, served
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address, checksum_address

IS_VALID_SIGNATURE = bytes.fromhex("1626ba7e")
"""The selector of isValidSignature(bytes32,bytes), and its answer when the signature is valid (EIP-1271)."""

_DELEGATION = bytes.fromhex("ef0100")
LONGEST_SIGNATURE = 8192


async def is_contract(client: NodeProvider, address: Address) -> bool:
    """Whether code is deployed at an address. A delegating account (EIP-7702) is no contract: its owner has a
    key."""
    return _runs_code(bytes(await client.w3.eth.get_code(to_checksum_address(address))))


async def contracts_among(
    client: NodeProvider, chain_id: int, addresses: Sequence[Address]
) -> dict[Address, bool]:
    """The same for several addresses, in one request that also proves the chain id.

    Raises:
        RpcError: the node did not say.
    """
    calls = [Call("eth_getCode", (address, "latest")) for address in addresses]
    answers = await proven(client, chain_id, calls)
    return {
        address: _runs_code(wire.data(served(answer), "code"))
        for address, answer in zip(addresses, answers, strict=True)
    }


def _runs_code(code: bytes) -> bool:
    return bool(code) and not (len(code) == 23 and code.startswith(_DELEGATION))


def personal_digest(message: str) -> bytes:
    """The 32 bytes that a wallet signs for a personal message (EIP-191 version 0x45)."""
    text = message.encode()
    return keccak(b"\x19Ethereum Signed Message:\n" + str(len(text)).encode() + text)


def personal_signer(message: str, signature: bytes) -> Address | None:
    """The address whose key signed this personal message (EIP-191); None when the 65 bytes are no signature."""
    if len(signature) != 65 or signature[64] not in (0, 1, 27, 28):
        return None
    try:
        parsed = Signature(signature[:64] + bytes([signature[64] % 27]))
        return checksum_address(
            parsed.recover_public_key_from_msg_hash(personal_digest(message)).to_address()
        )
    except (BadSignature, ValidationError, ValueError):
        return None


async def signed_by(client: NodeProvider, address: Address, message: str, signature: bytes) -> bool:
    """Whether the owner of `address` signed this message: by key (EIP-191), or by the contract's answer
    (EIP-1271).

    Raises:
        Unavailable, BadReply: the node could not be asked; that is no verdict.
    """
    if len(signature) > LONGEST_SIGNATURE:
        return False
    if personal_signer(message, signature) == address:
        return True
    if not await is_contract(client, address):
        return False
    calldata = wallet_call("isValidSignature", personal_digest(message), signature)
    try:
        answer = await client.w3.eth.call({"to": address, "data": calldata})
    except NodeError:
        return False  # the contract reverted: it has no such function, or says no that way
    return bytes(answer) == IS_VALID_SIGNATURE + bytes(28)
