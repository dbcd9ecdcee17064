"""Signed bytes are read by themselves, and whatever is not exactly the agreed transfer is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import rlp
from eth_account import Account
from hypothesis import given, settings
from hypothesis import strategies as st

from wbo_desktop.chain.evm.contracts import token_call
from wbo_desktop.chain.evm.tokens import decode_transfer
from wbo_desktop.chain.refunds.fees import Fees
from wbo_desktop.chain.refunds.signed import NotAPlainTransfer, SignedMismatch, decode_signed, verify_signed
from wbo_desktop.chain.refunds.transactions import UnsignedTransfer
from wbo_desktop.domain.refund import RefundIntent
from wbo_desktop.domain.types import Address, TxHash, checksum_address

KEY = "0x" + "11" * 32
SENDER = Address(Account.from_key(KEY).address)
TOKEN = Address("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
TO = Address("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

NATIVE = UnsignedTransfer(31337, SENDER, 7, None, TO, 10**18, 21_000, Fees(30 * 10**9, 10**9))
TOKENS = replace(NATIVE, token=TOKEN, amount=1_500_000, gas=90_000)
LEGACY = replace(TOKENS, fees=Fees(10**9, 10**9, dynamic=False))


def sign(fields: dict[str, Any]) -> bytes:
    fields.pop("from", None)
    return bytes(Account.sign_transaction(fields, KEY).raw_transaction)


@pytest.mark.parametrize("tx", [NATIVE, TOKENS, LEGACY, replace(LEGACY, token=None)])
def test_what_was_asked_for_is_what_is_read(tx: UnsignedTransfer) -> None:
    raw = sign(tx.fields())
    signed = verify_signed(raw, tx)
    hashed = Account.sign_transaction({k: v for k, v in tx.fields().items() if k != "from"}, KEY).hash
    assert signed.tx_hash == TxHash("0x" + bytes(hashed).hex())
    intent = RefundIntent("RF1", "DP1", tx.chain_id, tx.token, tx.address, tx.amount)
    assert verify_signed(raw, intent) == signed


def test_a_tip_above_the_fee_cap_is_no_transaction() -> None:
    with pytest.raises(NotAPlainTransfer, match=r"^a tip above the fee cap$"):
        decode_signed(sign(NATIVE.fields() | {"maxPriorityFeePerGas": hex(31 * 10**9)}))


def test_type_1_is_read_too() -> None:
    fields = LEGACY.fields() | {"type": "0x1", "accessList": []}
    signed = decode_signed(sign(fields))
    assert (signed.tx_type, signed.sender, signed.amount, signed.fees) == (1, SENDER, 1_500_000, LEGACY.fees)


OTHER: dict[str, Any] = {
    "chain_id": 1,
    "nonce": 8,
    "token": Address("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),
    "address": Address("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),
    "amount": 1_500_001,
    "gas": 90_001,
    "fees": Fees(30 * 10**9, 10**9 + 1),
}


@pytest.mark.parametrize("field", OTHER)
def test_each_difference_is_refused_by_name(field: str) -> None:
    raw = sign(replace(TOKENS, **{field: OTHER[field]}).fields())
    with pytest.raises(SignedMismatch) as caught:
        verify_signed(raw, TOKENS)
    assert (caught.value.field, caught.value.found) == (field, OTHER[field])


def test_another_sender_and_another_coin_are_refused() -> None:
    fields = TOKENS.fields()
    fields.pop("from")
    raw = bytes(Account.sign_transaction(fields, "0x" + "22" * 32).raw_transaction)
    with pytest.raises(SignedMismatch, match="sender"):
        verify_signed(raw, TOKENS)
    with pytest.raises(SignedMismatch, match="token"):
        verify_signed(sign(NATIVE.fields()), replace(NATIVE, token=TOKEN))
    with pytest.raises(SignedMismatch, match="fees"):
        verify_signed(sign(replace(TOKENS, fees=Fees(10**9, 10**9)).fields()), LEGACY)


CALL = bytes.fromhex(token_call("transfer", TO, 5)[2:])

OTHER_CALL = "a call other than transfer(address,uint256)"
NOT_PLAIN: dict[str, tuple[dict[str, Any], str]] = {
    "creates a contract": ({"to": ""}, "no recipient"),
    "approve": ({"data": "0x095ea7b3" + CALL[4:].hex()}, OTHER_CALL),
    "transferFrom": ({"data": "0x23b872dd" + "00" * 12 + SENDER[2:] + CALL[4:].hex()}, OTHER_CALL),
    "trailing bytes": ({"data": "0x" + CALL.hex() + "00"}, OTHER_CALL),
    "cut short": ({"data": "0x" + CALL[:-1].hex()}, OTHER_CALL),
    "dirty address": ({"data": "0x" + (CALL[:4] + b"\1" + CALL[5:]).hex()}, OTHER_CALL),
    "selector alone": ({"data": "0xa9059cbb"}, OTHER_CALL),
    "fallback": ({"data": "0x00"}, OTHER_CALL),
    "token and native": ({"value": "0x1"}, "a token transfer that also sends native coin"),
    "nothing": ({"data": token_call("transfer", TO, 0)}, "nothing is moved"),
    "no money": ({"data": "0x", "value": "0x0"}, "nothing is moved"),
    "access list": ({"accessList": [{"address": TOKEN, "storageKeys": []}]}, "an access list"),
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_anything_but_a_plain_transfer_is_refused(name: str) -> None:
    change, why = NOT_PLAIN[name]
    with pytest.raises(NotAPlainTransfer) as refused:
        decode_signed(sign(TOKENS.fields() | change))
    assert str(refused.value) == why


@pytest.mark.parametrize("tx", [replace(NATIVE, amount=1), replace(TOKENS, amount=1)])
def test_the_smallest_unit_is_money(tx: UnsignedTransfer) -> None:
    assert verify_signed(sign(tx.fields()), tx).amount == 1


@pytest.mark.parametrize("chain_id", [1, 2, 127, 128, 255, 256, 65_535, 65_536, 2**32 - 1])
@pytest.mark.parametrize("nonce", [0, 1, 2])
def test_a_legacy_signature_is_read_for_any_network(chain_id: int, nonce: int) -> None:
    """EIP-155 puts the network and the signature's parity into one number."""
    tx = replace(LEGACY, chain_id=chain_id, nonce=nonce)
    signed = verify_signed(sign(tx.fields()), tx)
    assert (signed.chain_id, signed.sender, signed.tx_type) == (chain_id, SENDER, 0)


def test_what_was_wanted_is_told_beside_what_was_found() -> None:
    with pytest.raises(SignedMismatch) as caught:
        verify_signed(RAW[TOKENS], replace(TOKENS, nonce=8))
    assert (caught.value.field, caught.value.expected, caught.value.found) == ("nonce", 8, 7)


def test_a_field_that_an_intent_lacks_hides_none_behind_it() -> None:
    """An intent says nothing of sender and nonce; its amount, which comes later, counts all the same."""
    intent = RefundIntent("RF1", "DP1", TOKENS.chain_id, TOKENS.token, TOKENS.address, TOKENS.amount + 1)
    with pytest.raises(SignedMismatch, match="amount"):
        verify_signed(RAW[TOKENS], intent)


def test_no_replay_protection_is_refused() -> None:
    fields = LEGACY.fields()
    fields.pop("chainId")
    with pytest.raises(NotAPlainTransfer, match=r"^no replay protection$"):
        decode_signed(sign(fields))


def test_forms_that_are_not_canonical_are_refused() -> None:
    raw = sign(NATIVE.fields())
    fields = rlp.decode(raw[1:])

    def changed(place: int, value: Any) -> bytes:
        return raw[:1] + rlp.encode([*fields[:place], value, *fields[place + 1 :]])

    s = int.from_bytes(fields[11], "big")
    flipped = rlp.encode(
        [*fields[:9], b"" if fields[9] else b"\1", fields[10], (ORDER - s).to_bytes(32, "big")]
    )
    text = "not a transaction's fields"
    for bad, why in (
        (b"", "not a signed transaction's length"),
        (bytes(9000), "not a signed transaction's length"),
        (raw + b"\0", "not RLP"),
        (raw[:-1], "not RLP"),
        (b"\xff" * 100, "not RLP"),
        (b"\xc1" * 3000, "not RLP"),
        (b"\x03" + raw[1:], "transaction type 3"),
        (b"\x04" + raw[1:], "transaction type 4"),
        (raw[:1] + flipped, "a signature nodes refuse"),  # the same in the form that EIP-2 forbids
        (changed(9, b"\2"), "a signature nodes refuse"),
        (changed(10, b""), "a signature of no address"),
        (changed(11, bytes(32)), "s is not canonical"),
        (changed(10, b"\0" + fields[10]), "r is not canonical"),
        (changed(6, b"\1" * 33), "value is not canonical"),
        (changed(1, b"\0\7"), "number is not canonical"),  # nonce with a leading zero
        (changed(5, b""), "no recipient"),
        (changed(5, bytes(19)), "no recipient"),
        (changed(7, [b"\1"]), "a field that is a list"),
        (raw[:1] + rlp.encode(fields[:-1]), text),
        (raw[:1] + rlp.encode(b"text"), text),
        (raw[:1] + rlp.encode(b"x" * 12), text),
    ):
        with pytest.raises(NotAPlainTransfer) as refused:
            decode_signed(bad)
        assert str(refused.value) == why, bad.hex()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 250), st.sampled_from([NATIVE, TOKENS, LEGACY]))
def test_damaged_bytes_never_pass(noise: bytes, at: int, tx: UnsignedTransfer) -> None:
    raw = RAW[tx]
    damaged = raw[:at] + noise + raw[at + len(noise) :]
    try:
        verify_signed(damaged, tx)
    except (NotAPlainTransfer, SignedMismatch):
        return
    assert damaged == raw


RAW = {tx: sign(tx.fields()) for tx in (NATIVE, TOKENS, LEGACY)}


@given(st.binary(min_size=20, max_size=20), st.integers(0, 2**256 - 1))
def test_calldata_there_and_back(address: bytes, amount: int) -> None:
    to = checksum_address("0x" + address.hex())
    assert decode_transfer(bytes.fromhex(token_call("transfer", to, amount)[2:])) == (to, amount)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": 2**256},
        {"nonce": -1},
        {"nonce": 2**64 - 1},
        {"chain_id": 0},
        {"gas": 20_999},
    ],
)
def test_impossible_transactions_are_not_built(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(NATIVE, **change)


def test_the_most_that_is_spent() -> None:
    assert NATIVE.most_spent == 10**18 + 21_000 * 30 * 10**9
    assert TOKENS.most_spent == 90_000 * 30 * 10**9
