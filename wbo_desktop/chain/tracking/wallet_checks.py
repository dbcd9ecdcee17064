"""Decides whether a client proved that a wallet is theirs: by a micro-payment, or by a signed message.

EIP-191 signatures are recovered here; what a key did not sign, the contract at the address is asked about (EIP-1271).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from eth_abi.abi import encode

from wbo_desktop.chain.evm.accounts import IS_VALID_SIGNATURE, personal_digest, personal_signer
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import NodeError
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.proven import given, proven
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.types import Address
from wbo_desktop.domain.wallet import MicroPayment, PaymentProof, VerificationMethod, judge_payment
from wbo_desktop.services.tracking import MicroTransfer, WalletCase, WalletDecision

MOST_CONTRACTS = 40


def decide_micro_payment(case: WalletCase, agreed: Collection[int]) -> WalletDecision | None:
    """`seen` at once, `verified` when final (the database asks again then) and the nodes agree; None to wait.

    `agreed` holds the ids of transfers that enough endpoints confirm.
    """
    seen = case.transfer
    if seen is None:
        return WalletDecision(case.wallet_id, case.version, "expired") if case.expired else None
    proof = _judge(case, seen)
    if proof is PaymentProof.NOT_SIGNED_BY_WALLET:
        return WalletDecision(case.wallet_id, case.version, "failed", failure=proof.value)
    if proof is not PaymentProof.PROVES:
        return None
    if not seen.attached:
        return WalletDecision(case.wallet_id, case.version, "seen", transfer_id=seen.id)
    if seen.id not in agreed:
        return None
    transfer = seen.transfer
    evidence = {
        "method": VerificationMethod.MICRO_PAYMENT.value,
        "txid": transfer.txid,
        "log_index": transfer.log_index,
        "block_number": seen.block_number,
        "block_hash": seen.block_hash,
        "sender": transfer.sender,
        "signed_by": transfer.signed_by,
        "recipient": transfer.recipient,
        "token": transfer.token,
        "amount_base": str(transfer.amount),
    }
    return WalletDecision(case.wallet_id, case.version, "verified", seen.id, evidence)


def _judge(case: WalletCase, seen: MicroTransfer) -> PaymentProof:
    if case.micro_target is None or case.micro_amount is None:
        return PaymentProof.OTHER_PAYMENT
    asked = MicroPayment(case.address, case.micro_target, case.micro_contract, case.micro_amount)
    transfer = seen.transfer
    return judge_payment(
        asked,
        sender=transfer.sender,
        recipient=transfer.recipient,
        token=transfer.token,
        amount=transfer.amount,
        signed_by=transfer.signed_by,
    )


def decide_by_key(case: WalletCase) -> WalletDecision | None:
    """The decision that needs no node; None when a contract may have to be asked."""
    if case.signature is None or case.challenge is None:
        return WalletDecision(case.wallet_id, case.version, "expired") if case.expired else None
    if case.expired:
        return WalletDecision(case.wallet_id, case.version, "expired")
    signature = bytes.fromhex(case.signature[2:])
    if personal_signer(case.challenge, signature) != case.address:
        return None
    return WalletDecision(
        case.wallet_id, case.version, "verified", evidence=_evidence(case, "EIP-191", recovered=case.address)
    )


async def ask_contracts(
    client: NodeProvider, chain_id: int, cases: Sequence[WalletCase]
) -> dict[int, Address | None]:
    """By wallet id, the contract that calls the signature its own, or None; from one request.

    Raises:
        RpcError: the node did not say, which is no verdict.
    """
    calls = [call for case in cases for call in (_code_call(case), _valid_call(case))]
    answers = await proven(client, chain_id, calls)
    return {
        case.wallet_id: case.address if _is_valid(code, answer) else None
        for case, code, answer in zip(cases, answers[::2], answers[1::2], strict=True)
    }


def decide_by_contract(case: WalletCase, contract: Address | None) -> WalletDecision:
    """The decision after the contract was asked."""
    if contract is None:
        return WalletDecision(case.wallet_id, case.version, "failed", failure="signature_wrong")
    evidence = _evidence(case, "EIP-1271", contract=contract)
    return WalletDecision(case.wallet_id, case.version, "verified", evidence=evidence)


def _evidence(case: WalletCase, method: str, **found: Any) -> dict[str, Any]:
    return {"method": method, "challenge": case.challenge, "signature": case.signature} | found


def _code_call(case: WalletCase) -> Call:
    return Call("eth_getCode", (case.address, "latest"))


def _valid_call(case: WalletCase) -> Call:
    signature = bytes.fromhex((case.signature or "0x")[2:])
    digest = personal_digest(case.challenge or "")
    calldata = IS_VALID_SIGNATURE + encode(["bytes32", "bytes"], [digest, signature])
    return Call("eth_call", ({"to": case.address, "data": "0x" + calldata.hex()}, "latest"))


def _is_valid(code: Any, answer: Any) -> bool:
    if not wire.data(given(code), "code"):
        return False
    if isinstance(answer, NodeError):
        return False  # the contract reverted: it has no such function, or says no that way
    return wire.data(given(answer), "result") == IS_VALID_SIGNATURE + bytes(28)
