"""退幣 to the last unit: what the dialogs compare, at the edge where one more is too much, and what they hand on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from tests.support.memory_store import Stored, address
from tests.views.conftest import until
from tests.views.dialogs.support import ToldStore, error_of, last_act, part, press, refund_of, row_of, said
from wbo_desktop.domain.types import to_base_units
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.dialogs.deposits import AcceptDepositDialog
from wbo_desktop.views.dialogs.refund_request import RequestRefundDialog
from wbo_desktop.views.dialogs.refund_review import (
    ApproveRefundDialog,
    ExecuteRefundDialog,
    RejectRefundDialog,
    agrees,
    recomputed,
)

CLIENT = "C102090"


def priced(store: ToldStore, status: str, amount: str, token: str | None) -> Stored:
    """A refund of so much, of a token or of the network's own coin, whose intent is right."""
    row = refund_of(store, status)
    coin, decimals = ("USDT", 6) if token else ("ETH", 18)
    row.update(coin=coin, decimals=decimals, token=token, amount=Decimal(amount), hot_wallet=None)
    row["amount_base"] = to_base_units(row["amount"], decimals)
    row["intent_hash"] = recomputed(row).digest()
    return row


async def reviewed(dialog: Any) -> None:
    dialog.open()
    await until(lambda: dialog.fresh)


TOKEN = address(900)


@pytest.mark.parametrize(
    ("token", "amount", "held", "fees", "code"),
    [
        (TOKEN, "100", {"USDT": "100"}, {}, None),
        (TOKEN, "100", {"USDT": "99.999999"}, {}, "hot_wallet_balance"),
        (TOKEN, "100", {"USDT": "0"}, {}, "hot_wallet_balance"),
        (TOKEN, "100", {}, {}, None),  # not read yet: the database decides
        (TOKEN, "100", {"USDT": "100"}, {"held": "0.002", "token": "0.002"}, None),
        (TOKEN, "100", {"USDT": "100"}, {"held": "0.0019", "token": "0.002"}, "hot_wallet_gas"),
        (TOKEN, "100", {"USDT": "100"}, {"held": "0", "token": "0.002"}, "hot_wallet_gas"),
        (TOKEN, "100", {"USDT": "100"}, {"held": "50", "token": "0.002", "native": "60"}, None),
        (None, "4", {"ETH": "5"}, {"held": "5", "native": "1"}, None),
        (None, "4", {"ETH": "5"}, {"held": "4.9", "native": "1"}, "hot_wallet_gas"),
    ],
)
@pytest.mark.parametrize("kind", [ApproveRefundDialog, ExecuteRefundDialog])
async def test_the_hot_wallet_has_to_hold_the_amount_and_the_fee(
    desk: Desk,
    store: ToldStore,
    kind: Any,
    token: str | None,
    amount: str,
    held: dict[str, str],
    fees: dict[str, str],
    code: str | None,
) -> None:
    """Of the network's own coin both together; of a token each by itself."""
    row = priced(store, "approved" if kind is ExecuteRefundDialog else "requested", amount, token)
    store.rows["hot_wallet"][0].update(balances=held, fee_estimate=fees, fee_coin="ETH")
    dialog = kind(desk, row)
    await reviewed(dialog)
    refusal = dialog.forbidden()
    assert (refusal.code if refusal else None) == code
    assert bool(said(dialog)) == bool(code)


async def test_the_wallet_that_will_pay_is_the_one_looked_at(desk: Desk, store: ToldStore) -> None:
    row = priced(store, "approved", "100", TOKEN)
    row["hot_wallet"] = address(999)
    empty = store.rows["hot_wallet"][0] | {"address": address(998), "balances": {"USDT": "0"}}
    store.rows["hot_wallet"].insert(0, empty)
    dialog = ExecuteRefundDialog(desk, row)
    await reviewed(dialog)
    assert dialog.forbidden() is None
    store.rows["hot_wallet"][1]["stopped_reason"] = "unknown_transaction"
    dialog = ExecuteRefundDialog(desk, row)
    await reviewed(dialog)
    refusal = dialog.forbidden()
    assert refusal is not None
    assert refusal.code == "hot_wallet_stopped"


@pytest.mark.parametrize("column", ["amount", "amount_base", "address", "token", "chain_id", "record_no"])
def test_the_fingerprint_is_of_every_value_shown(store: ToldStore, column: str) -> None:
    row = Stored(priced(store, "requested", "100", TOKEN))
    assert agrees(row)
    row[column] = {
        "amount": row["amount"] + Decimal("0.000001"),
        "amount_base": row["amount_base"] + 1,
        "address": address(1),
        "token": None,
        "chain_id": 2,
        "record_no": "DP1",
    }[column]
    assert not agrees(row)


async def test_before_everything_was_read_again_nothing_can_be_pressed(desk: Desk, store: ToldStore) -> None:
    row = priced(store, "requested", "100", TOKEN)
    for kind in (ApproveRefundDialog, RejectRefundDialog):
        dialog = kind(desk, row)
        if "remark" in dialog.fields:
            part(dialog, "reject_refund.remark").setText("不符")
        assert not dialog.ok_button.isEnabled()
        assert "fresh" in dialog.problems(dialog.values())
        await reviewed(dialog)
        assert dialog.ok_button.isEnabled()
        dialog.reject()


async def test_what_stays_with_us_is_said_and_nothing_when_all_goes_back(
    desk: Desk, store: ToldStore
) -> None:
    row = priced(store, "requested", "100", TOKEN)
    record = row_of(store, "deposit_record", record_no=row["record_no"])
    for credited, stays in (("100", ""), ("100.000001", "0.000001")):
        record["credited_amount"] = Decimal(credited)
        dialog = ApproveRefundDialog(desk, row)
        await reviewed(dialog)
        told = part(dialog, "approve_refund.fact.credited", QLabel).text()
        assert (";" in told or "；" in told) == bool(stays)
        assert stays in told
        dialog.reject()


async def test_what_was_acknowledged_is_what_is_warned_about(desk: Desk, store: ToldStore) -> None:
    """The maker's word about a contract says nothing about an exchange."""
    row = priced(store, "requested", "100", TOKEN)
    row.update(known_as="Example Exchange", receiver_acknowledged="contract")
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert "其後才得悉" in part(dialog, "approve_refund.fact.acknowledged", QLabel).text()


# requesting


async def requested(desk: Desk, store: ToldStore) -> RequestRefundDialog:
    record = row_of(store, "deposit_record", status="success", client_no=CLIENT)
    dialog = RequestRefundDialog(desk, record)
    dialog.open()
    await until(lambda: dialog.wallets)
    return dialog


async def test_all_that_was_credited_needs_no_reason_and_carries_none(desk: Desk, store: ToldStore) -> None:
    dialog = await requested(desk, store)
    credited = dialog.row["credited_amount"]
    part(dialog, "request_refund.wallet", QComboBox).setCurrentIndex(0)
    amount = part(dialog, "request_refund.amount")
    amount.setText(str(credited - 1))
    part(dialog, "request_refund.adjust_reason").setText("網絡費")
    amount.setText(str(credited))
    part(dialog, "request_refund.remark").setText("客戶要求")
    await press(dialog)
    assert last_act(store)["amount"] == credited
    assert last_act(store)["adjust_reason"] is None


async def test_a_wallet_that_cools_is_said_until_it_has_cooled_for_this_coin(
    desk: Desk, store: ToldStore
) -> None:
    now = datetime.now(UTC)
    own = row_of(store, "refund_address", client_no=CLIENT)
    coin = row_of(store, "deposit_record", status="success", client_no=CLIENT)["coin"]
    for cools, barred in (
        ({coin: (now + timedelta(hours=1)).isoformat()}, True),
        ({coin: (now - timedelta(seconds=1)).isoformat()}, False),
        ({"OTHER": (now + timedelta(hours=1)).isoformat()}, False),
        (None, False),
    ):
        own["cools_until"] = cools
        dialog = await requested(desk, store)
        part(dialog, "request_refund.address").setText(own["address"])
        part(dialog, "request_refund.remark").setText("客戶要求")
        assert dialog.ok_button.isEnabled() is not barred
        assert ("剛完成認證" in error_of(dialog, "address")) is barred
        dialog.deleteLater()


async def test_wallets_of_other_clients_and_networks_are_not_offered(desk: Desk, store: ToldStore) -> None:
    own = row_of(store, "refund_address", client_no=CLIENT)
    store.rows["refund_address"] += [
        own | {"wallet_id": 90, "network": "Polygon", "address": address(90)},
        own | {"wallet_id": 91, "client_no": "C100233", "address": address(91)},
    ]
    dialog = await requested(desk, store)
    choice = part(dialog, "request_refund.wallet", QComboBox)
    offered = {choice.itemData(at) for at in range(choice.count())}
    assert own["address"] in offered
    assert not offered & {address(90), address(91)}


@pytest.mark.parametrize("end", ["head", "tail"])
async def test_an_address_alike_at_either_end_is_compared(desk: Desk, store: ToldStore, end: str) -> None:
    """A poisoned address is made to look like one at the end an eye looks at."""
    dialog = await requested(desk, store)
    right = str(row_of(store, "refund_address", client_no=CLIENT)["address"]).lower()
    other = "".join("1" if letter != "1" else "2" for letter in right[2:])
    poisoned = right[:6] + other[4:] if end == "head" else "0x" + other[:-4] + right[-4:]
    part(dialog, "request_refund.address").setText(poisoned)
    assert dialog.compare.isVisible()
    assert not dialog.ok_button.isEnabled()


# accepting


async def test_accepting_names_what_is_on_chain_not_what_was_claimed(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "deposit_record", reason="amount_differs")
    assert row["observed_amount"] != row["claimed_amount"]
    dialog = AcceptDepositDialog(desk, row)
    dialog.open()
    assert f"{row['observed_amount']:,}" in dialog.ok_button.text()
    assert dialog.forbidden() is None


async def test_what_makes_money_real_is_not_accepted_here_either(desk: Desk, store: ToldStore) -> None:
    dialog = AcceptDepositDialog(desk, row_of(store, "deposit_record", reason="wrong_contract"))
    dialog.open()
    part(dialog, "accept_deposit.remark").setText("已核實")
    assert not dialog.ok_button.isEnabled()
    refusal = dialog.forbidden()
    assert refusal is not None
    assert refusal.code == "fault_not_acceptable"
