"""From an approved refund to signed bytes that do exactly that: the checks before a signature, and those after it.

What is approved comes from the database and is put together anew here; what is signed is read out of the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from wbo_desktop.chain.evm.tokens import TransferTrial, try_transfer
from wbo_desktop.chain.refunds.broadcasting import SendWord
from wbo_desktop.chain.refunds.fees import Fees
from wbo_desktop.chain.refunds.hot_wallet import CannotSign
from wbo_desktop.chain.refunds.signed import (
    NotAPlainTransfer,
    SignedIntent,
    SignedMismatch,
    decode_signed,
    verify_signed,
)
from wbo_desktop.chain.refunds.signer import Signer, SignerRefused
from wbo_desktop.chain.refunds.transactions import TooMuchGas, UnsignedTransfer, WouldFail, estimate_gas
from wbo_desktop.chain.rpc.errors import RpcError
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.refund import RefundIntent
from wbo_desktop.domain.sending import RefundFailure
from wbo_desktop.domain.types import Address, TxHash
from wbo_desktop.services.sending import NewAttempt, RefundWork

_TRIALS = {
    TransferTrial.RETURNS_FALSE: RefundFailure.TOKEN_RETURNS_FALSE,
    TransferTrial.REVERTS: RefundFailure.WOULD_REVERT,
    TransferTrial.NO_CONTRACT: RefundFailure.TOKEN_MISSING,
}


@dataclass(frozen=True, slots=True)
class Approved:
    """The content that signed bytes must have: the approved intent, from this wallet, with this nonce."""

    chain_id: int
    sender: Address
    nonce: int
    token: Address | None
    address: Address
    amount: int

    @classmethod
    def of(cls, intent: RefundIntent, sender: Address, nonce: int) -> Approved:
        """The approved content from the intent, the paying wallet and the nonce."""
        return cls(intent.chain_id, sender, nonce, intent.token, intent.address, intent.amount)


def check_approved(refund: RefundWork, chain_id: int) -> None:
    """Raises CannotSign when the refund is not what was approved, or belongs to another network."""
    if not refund.is_as_approved:
        raise CannotSign(RefundFailure.INTENT_MISMATCH, "its parts do not give the approved hash")
    if refund.intent.chain_id != chain_id:
        raise CannotSign(
            RefundFailure.INTENT_MISMATCH, f"chain id {refund.intent.chain_id}, endpoints {chain_id}"
        )


async def gas_for(client: NodeProvider, refund: RefundWork, sender: Address) -> int:
    """Gas limit of the transfer, tried on the node first: a token that returns false would be mined and pay nothing.

    Raises:
        CannotSign: it would not work now.
        RpcError: the node could not be asked.
    """
    intent = refund.intent
    if intent.token is not None:
        trial = await try_transfer(client, intent.token, sender, intent.address, intent.amount)
        if trial in _TRIALS:
            raise CannotSign(_TRIALS[trial])
    try:
        return await estimate_gas(client, sender, intent.token, intent.address, intent.amount)
    except TooMuchGas as error:
        raise CannotSign(RefundFailure.TOO_MUCH_GAS, str(error)) from None
    except WouldFail as error:
        short = error.word is SendWord.INSUFFICIENT_FUNDS
        raise CannotSign(
            RefundFailure.GAS_BALANCE if short else RefundFailure.WOULD_REVERT, error.reason
        ) from None


async def signed_bytes(signer: Signer, refund: RefundWork, nonce: int, gas: int, fees: Fees) -> NewAttempt:
    """The bytes of the refund from the signer, read back and compared before they are returned.

    Raises:
        CannotSign: the signer refused, could not be asked, or signed something else.
    """
    approved = Approved.of(refund.intent, signer.address, nonce)
    tx = UnsignedTransfer(
        chain_id=approved.chain_id,
        sender=approved.sender,
        nonce=nonce,
        token=approved.token,
        address=approved.address,
        amount=approved.amount,
        gas=gas,
        fees=fees,
    )
    try:
        raw = await signer.sign(tx)
        verify_signed(raw, tx)
        signed = verify_signed(raw, approved)
    except (SignedMismatch, NotAPlainTransfer) as error:
        raise CannotSign(RefundFailure.SIGNED_OTHERWISE, str(error)) from None
    except (SignerRefused, RpcError) as error:
        raise CannotSign(RefundFailure.SIGNER_REFUSED, str(error)) from None
    return NewAttempt(
        signed.sender, nonce, signed.tx_hash, raw, signed.fees.fee_cap, signed.fees.tip, signed.gas
    )


def stored_intent(refund: RefundWork, raw: bytes, txid: TxHash) -> SignedIntent:
    """What stored bytes do, compared with the approved intent once more; the last look before they are sent.

    `txid`: the hash under which they are stored, and by which they will be recognised in a block.

    Raises:
        SignedMismatch, NotAPlainTransfer: they are not what was approved.
    """
    if refund.hot_wallet is None or refund.nonce is None or not refund.is_as_approved:
        raise SignedMismatch("intent", refund.intent_hash, refund.intent.digest())
    signed = verify_signed(raw, Approved.of(refund.intent, refund.hot_wallet, refund.nonce))
    if signed.tx_hash != txid:
        raise SignedMismatch("txid", txid, signed.tx_hash)
    return signed


def fees_of(raw: bytes) -> tuple[Fees, int]:
    """The fees and the gas limit of signed bytes."""
    signed = decode_signed(raw)
    return signed.fees, signed.gas
