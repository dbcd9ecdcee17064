"""A micro-payment proves a wallet only when everything about it is what was asked for."""

from __future__ import annotations

import pytest

from tests.domain.cases import FAKE, OURS, STRANGER, THEIRS, USDT, WALLET
from wbo_desktop.domain.wallet import MicroPayment, proves

ASKED = MicroPayment(source=WALLET, target=OURS, token=USDT, amount=1_000_037)
PAID = {"sender": WALLET, "recipient": OURS, "token": USDT, "amount": 1_000_037}


def test_the_payment_asked_for_proves() -> None:
    assert proves(ASKED, **PAID)
    assert proves(MicroPayment(WALLET, OURS, None, 5), **PAID | {"token": None, "amount": 5})


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
    assert not proves(ASKED, **PAID | unlike)
