"""Builds refund transactions: a plain transfer of the native coin or of an ERC-20 token, ready for a signer.

What a signer gives back is read by `signed`, independently of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wbo_desktop.chain.evm.contracts import token_call
from wbo_desktop.chain.refunds.broadcasting import SendWord, classify
from wbo_desktop.chain.refunds.fees import Fees
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import NodeError
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import MAX_BASE_UNITS, Address

PLAIN_TRANSFER_GAS = 21_000
USUAL_TOKEN_GAS = 65_000
"""An ERC-20 transfer to an account that had none of the token; for estimates before the node is asked."""
GAS_HEADROOM_PERCENT = 30
"""Above the node's estimate: a token's storage may change before the transaction is mined. Unused gas is
not paid.
"""

MOST_GAS = 1_000_000
"""No honest transfer needs more; a contract that does is after our gas."""


class WouldFail(Exception):
    """The node says that the transfer fails if sent now. `word` tells why, `reason` is the node's
    sentence.
    """

    def __init__(self, word: SendWord, reason: str) -> None:
        super().__init__(f"{word}: {reason}")
        self.word = word
        self.reason = reason


class TooMuchGas(Exception):
    """The transfer needs more gas than the limit for a plain transfer."""

    def __init__(self, needed: int) -> None:
        super().__init__(f"{needed} gas")
        self.needed = needed


@dataclass(frozen=True, slots=True)
class UnsignedTransfer:
    """A refund transaction in full. `amount` in base units; `token` is None for the native coin."""

    chain_id: int
    sender: Address
    nonce: int
    token: Address | None
    address: Address
    amount: int
    gas: int
    fees: Fees

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MAX_BASE_UNITS:
            raise ValueError("amount out of range")
        if not 0 <= self.nonce < 2**64 - 1:
            raise ValueError("nonce out of range (EIP-2681)")
        if self.chain_id < 1 or self.gas < PLAIN_TRANSFER_GAS:
            raise ValueError("chain id or gas out of range")

    @property
    def most_spent(self) -> int:
        """The native base units that the sender must have: gas at the fee cap, and the amount when it is
        native."""
        return self.gas * self.fees.fee_cap + (self.amount if self.token is None else 0)

    def fields(self) -> dict[str, Any]:
        """The transaction as JSON-RPC's eth_signTransaction wants it, with `from`."""
        body = _body(self.token, self.address, self.amount)
        body |= {
            "from": self.sender,
            "chainId": wire.hexed(self.chain_id),
            "nonce": wire.hexed(self.nonce),
            "gas": wire.hexed(self.gas),
        }
        if self.fees.dynamic:
            return body | {
                "type": "0x2",
                "maxFeePerGas": wire.hexed(self.fees.fee_cap),
                "maxPriorityFeePerGas": wire.hexed(self.fees.tip),
            }
        return body | {"gasPrice": wire.hexed(self.fees.fee_cap)}


async def estimate_gas(
    client: NodeProvider, sender: Address, token: Address | None, address: Address, amount: int
) -> int:
    """Gas limit for a transfer, with headroom.

    Raises:
        WouldFail: reverted, or the sender has not got the coin.
        TooMuchGas: beyond what an honest transfer needs.
    """
    call: Any = _body(token, address, amount) | {"from": sender}
    try:
        estimate = await client.w3.eth.estimate_gas(call)
    except NodeError as error:
        raise WouldFail(classify(error.message), error.message[:300]) from None
    if estimate > MOST_GAS:
        raise TooMuchGas(estimate)
    if estimate <= PLAIN_TRANSFER_GAS:
        return PLAIN_TRANSFER_GAS
    return min(MOST_GAS, -(-estimate * (100 + GAS_HEADROOM_PERCENT) // 100))


def _body(token: Address | None, address: Address, amount: int) -> dict[str, Any]:
    if token is None:
        return {"to": address, "value": wire.hexed(amount), "data": "0x"}
    return {"to": token, "value": "0x0", "data": token_call("transfer", address, amount)}
