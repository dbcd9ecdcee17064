"""A micro-payment proves a wallet only when everything about it is what was asked for."""

from __future__ import annotations

import pytest

from tests.domain.cases import FAKE, OURS, STRANGER, THEIRS, USDT, WALLET
from wbo_desktop.domain.wallet import MicroPayment, PaymentProof, judge_payment

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
