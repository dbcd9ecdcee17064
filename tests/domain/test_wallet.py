"""A micro-payment proves a wallet only when everything about it is what was asked for."""

from __future__ import annotations

import pytest

from tests.domain.cases import FAKE, OURS, STRANGER, THEIRS, USDT, WALLET
from wbo_desktop.domain.wallet import MicroPayment, PaymentProof, ReceiverRisk, judge_payment, receiver_risk

ASKED = MicroPayment(source=WALLET, target=OURS, token=USDT, amount=1_000_037)
PAID = {"sender": WALLET, "recipient": OURS, "token": USDT, "amount": 1_000_037, "signed_by": WALLET}


def test_the_payment_asked_for_proves() -> None:
    assert judge_payment(ASKED, **PAID) is PaymentProof.PROVES
    native = PAID | {"token": None, "amount": 5}
    assert judge_payment(MicroPayment(WALLET, OURS, None, 5), **native) is PaymentProof.PROVES


@pytest.mark.parametrize("signed_by", [STRANGER, OURS, USDT, None])
def test_somebody_elses_transaction_does_not(signed_by: str | None) -> None:
    """Nor one of which nobody knows whose it is."""
    verdict = judge_payment(ASKED, **PAID | {"signed_by": signed_by})
    assert verdict is PaymentProof.NOT_SIGNED_BY_WALLET


@pytest.mark.parametrize(
    "unlike",
    [
        {"sender": STRANGER},
        {"recipient": THEIRS},
        {"token": FAKE},
        {"token": None},
        {"amount": 1_000_036},
        {"amount": 1_000_038},
        {"amount": 0},
    ],
)
def test_nothing_else_does(unlike: dict[str, object]) -> None:
    assert judge_payment(ASKED, **PAID | unlike) is PaymentProof.OTHER_PAYMENT


@pytest.mark.parametrize(
    ("known_as", "is_contract", "risk"),
    [
        (None, None, None),
        (None, False, None),
        (None, True, ReceiverRisk.CONTRACT),
        ("", True, ReceiverRisk.CONTRACT),
        ("An exchange", None, ReceiverRisk.KNOWN_ADDRESS),
        ("An exchange", True, ReceiverRisk.KNOWN_ADDRESS),
    ],
)
def test_what_is_known_of_a_receiver(
    known_as: str | None, is_contract: bool | None, risk: ReceiverRisk | None
) -> None:
    assert receiver_risk(known_as, is_contract) is risk
