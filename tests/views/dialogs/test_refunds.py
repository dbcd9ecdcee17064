"""退幣: to a verified wallet of this client on this network, never above what was credited, approved and
executed as read again and recomputed."""

from __future__ import annotations

from decimal import Decimal

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPlainTextEdit, QWidget

from tests.support.memory_store import PASSWORD, address
from tests.views.conftest import outside, until
from tests.views.conftest import press as key
from tests.views.dialogs.support import ToldStore, error_of, last_act, part, press, refund_of, row_of, said
from wbo_desktop.domain.acts import ApproveRefund, CancelRefund, ExecuteRefund, RecordClientNotified, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.dialogs.refund_close import CancelRefundDialog, RecordClientNotifiedDialog
from wbo_desktop.views.dialogs.refund_detail import RefundDetailDialog
from wbo_desktop.views.dialogs.refund_request import RequestRefundDialog
from wbo_desktop.views.dialogs.refund_review import (
    ApproveRefundDialog,
    ExecuteRefundDialog,
    RejectRefundDialog,
    agrees,
    recomputed,
)
from wbo_desktop.views.widgets import AddressText, AddressView

CLIENT = "C102090"


@pytest.fixture
async def request_dialog(desk: Desk, store: ToldStore) -> RequestRefundDialog:
    """On a credited record of a client who has verified wallets."""
    dialog = RequestRefundDialog(desk, row_of(store, "deposit_record", status="success", client_no=CLIENT))
    dialog.open()
    await until(lambda: dialog.wallets)
    return dialog


def own_wallet(store: ToldStore) -> str:
    return str(row_of(store, "refund_address", client_no=CLIENT)["address"])


async def typed(dialog: RequestRefundDialog, text: str) -> str:
    """What is said about an address once it was looked up."""
    part(dialog, "request_refund.address").setText(text)
    await until(lambda: not dialog.known or all(rows is not None for rows in dialog.known.values()))
    return error_of(dialog, "address")


async def test_the_amount_is_what_was_credited_unless_it_is_lowered(
    request_dialog: RequestRefundDialog,
) -> None:
    credited = request_dialog.row["credited_amount"]
    amount = part(request_dialog, "request_refund.amount")
    assert Decimal(amount.text()) == credited
    reason = request_dialog.fields["adjust_reason"]
    assert not reason.isVisible()
    amount.setText(str(credited - 1))
    assert reason.isVisible()
    assert not request_dialog.ok_button.isEnabled()
    amount.setText(str(credited + 1))
    assert "最多只可退" in error_of(request_dialog, "amount")
    assert not reason.isVisible()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0", "大於零"),
        ("abc", "並非金額"),
        ("1.0000001", "小數位"),
        ("-5", "大於零"),
        ("", "並非金額"),
        ("NaN", "並非金額"),
        ("1,5", "並非金額"),
        ("1 234", "並非金額"),
        ("12²", "並非金額"),
        ("٣", "並非金額"),
    ],
)
async def test_an_amount_that_is_none_is_refused_as_typed(
    request_dialog: RequestRefundDialog, text: str, problem: str
) -> None:
    part(request_dialog, "request_refund.amount").setText(text)
    assert problem in error_of(request_dialog, "amount")
    assert not request_dialog.ok_button.isEnabled()


@pytest.mark.parametrize("text", ["1,5", "", "１２。５", "abc"])  # noqa: RUF001 (as typed)
async def test_the_button_names_no_amount_that_was_not_typed(
    request_dialog: RequestRefundDialog, text: str
) -> None:
    """Not the credited one in place of what cannot be read."""
    part(request_dialog, "request_refund.amount").setText(text)
    assert request_dialog.ok_button.text() == "申請退幣"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("１２３．５", "123.500000"),  # noqa: RUF001 (the full width is the point)
        ("１，２３４", "1,234.000000"),  # noqa: RUF001
        ("1００", "100.000000"),  # noqa: RUF001
        (" 5 ", "5.000000"),
    ],
)
async def test_full_width_digits_are_digits(
    request_dialog: RequestRefundDialog, text: str, amount: str
) -> None:
    """As an input method for Chinese types them; the button says how they were read."""
    request_dialog.row["credited_amount"] = Decimal("2000.000000")
    part(request_dialog, "request_refund.amount").setText(text)
    assert "最多" in error_of(request_dialog, "amount"), "the hint, and nothing wrong"
    assert f"{amount}\u00a0USDT" in request_dialog.ok_button.text()


async def test_the_tab_key_goes_from_field_to_field_and_stops_nowhere_else(
    request_dialog: RequestRefundDialog,
) -> None:
    passed = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused.objectName().removeprefix("request_refund."))
        await key(focused, Qt.Key.Key_Tab)
    assert passed == [
        *("wallet", "address", "amount", "remark", "remark.0", "remark.1", "cancel", "wallet", "address"),
    ]


async def test_enter_says_what_is_missing_and_a_second_enter_requests_nothing_more(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    address, remark = (part(request_dialog, f"request_refund.{name}") for name in ("address", "remark"))
    await key(address, Qt.Key.Key_Return)
    assert "不可留空" in error_of(request_dialog, "address")
    assert "請寫明原因" in error_of(request_dialog, "remark")
    assert store.acts == []
    await key(part(request_dialog, "request_refund.wallet", QComboBox), Qt.Key.Key_Down)
    assert address.text() == own_wallet(store)
    remark.setText("客戶要求")
    button = request_dialog.ok_button

    def twice() -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        QTest.keyClick(remark, Qt.Key.Key_Return)

    await outside(twice)
    await until(lambda: store.acts)
    await until(lambda: not shiboken6.isValid(request_dialog) or not request_dialog.isVisible())
    assert len(store.acts) == 1


async def test_choosing_a_wallet_fills_the_address_and_shows_how_it_was_verified(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    part(request_dialog, "request_refund.wallet", QComboBox).setCurrentIndex(0)
    assert part(request_dialog, "request_refund.address").text() == own_wallet(store)
    assert "已為此客戶認證" in error_of(request_dialog, "address")
    part(request_dialog, "request_refund.remark").setText("客戶要求")
    assert request_dialog.ok_button.isEnabled()


async def test_an_address_in_lower_case_is_the_same_address(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    assert "已為此客戶認證" in await typed(request_dialog, own_wallet(store).lower())


async def test_a_wrong_checksum_is_a_typing_error(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    right = own_wallet(store)
    at = next(i for i, letter in enumerate(right) if i > 1 and letter.isalpha())
    assert "大小寫與校驗碼不符" in await typed(
        request_dialog, right[:at] + right[at].swapcase() + right[at + 1 :]
    )


async def test_an_unknown_address_is_refused_with_the_reason(request_dialog: RequestRefundDialog) -> None:
    await typed(request_dialog, "0x52908400098527886E0F7030069857D2E4169EE7")
    await until(lambda: "並非此客戶的錢包" in error_of(request_dialog, "address"))
    assert not request_dialog.compare.isVisible()


async def test_another_clients_address_is_refused_with_the_reason(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    other = next(
        w for w in store.rows["wallet_address"] if w["client_no"] != CLIENT and w["status"] == "verified"
    )
    await typed(request_dialog, other["address"])
    await until(lambda: "屬另一客戶" in error_of(request_dialog, "address"))


async def test_another_networks_address_is_refused_with_the_reason(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    far = row_of(store, "wallet_address", client_no=CLIENT) | {"network": "Polygon", "address": address(99)}
    store.rows["wallet_address"].append(far)
    await typed(request_dialog, address(99))
    await until(lambda: "認證於 Polygon" in error_of(request_dialog, "address"))


async def test_an_unverified_wallet_of_the_client_is_refused_with_its_status(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    store.rows["wallet_address"].append(
        row_of(store, "wallet_address", client_no=CLIENT) | {"status": "verifying", "address": address(98)}
    )
    await typed(request_dialog, address(98))
    await until(lambda: "狀態：認證中" in error_of(request_dialog, "address"))


async def test_an_address_that_only_looks_right_shows_where_it_differs(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    right = own_wallet(store).lower()
    poisoned = right[:20] + ("1" if right[20] != "1" else "2") + right[21:]
    await typed(request_dialog, poisoned)
    assert request_dialog.compare.isVisible()
    assert part(request_dialog, "compare.summary", QLabel).text() == "1 個字元不同，並非同一地址"
    assert part(request_dialog, "compare.other", AddressText)._marks == {20}


async def test_what_is_sent_is_what_was_shown(request_dialog: RequestRefundDialog, store: ToldStore) -> None:
    record = request_dialog.row["record_no"]
    part(request_dialog, "request_refund.wallet", QComboBox).setCurrentIndex(0)
    part(request_dialog, "request_refund.amount").setText("100.5")
    part(request_dialog, "request_refund.adjust_reason").setText("網絡費")
    part(request_dialog, "request_refund.remark").setText("客戶要求")
    assert "100.500000" in request_dialog.ok_button.text()
    await press(request_dialog)
    assert last_act(store) == {
        "record_no": record,
        "address": own_wallet(store),
        "amount": Decimal("100.500000"),
        "adjust_reason": "網絡費",
        "remark": "客戶要求",
        "acknowledged": None,
    }


async def test_the_databases_refusal_stands_beside_the_address(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    part(request_dialog, "request_refund.wallet", QComboBox).setCurrentIndex(0)
    part(request_dialog, "request_refund.remark").setText("客戶要求")
    store.refusal = RuleViolation(
        "wallet_cooling_off", address=own_wallet(store), until="2026-11-23T00:00:00+00:00"
    )
    await press(request_dialog)
    assert "剛完成認證" in error_of(request_dialog, "address")
    assert part(request_dialog, "request_refund.remark").text() == "客戶要求"


@pytest.mark.parametrize(
    ("known", "said_so"),
    [({"known_as": "Example Exchange"}, "Example Exchange"), ({"is_contract": True}, "合約")],
)
async def test_an_address_where_coins_may_be_lost_needs_the_operators_word(
    desk: Desk, store: ToldStore, known: dict[str, object], said_so: str
) -> None:
    """The tick is for this address alone: another one asks again."""
    own = row_of(store, "refund_address", client_no=CLIENT)
    other = own | {"wallet_id": 97, "address": address(97), **known}
    harmless = own | {"wallet_id": 96, "address": address(96)}
    own.update(known)
    store.rows["refund_address"] += [other, harmless]
    dialog = RequestRefundDialog(desk, row_of(store, "deposit_record", status="success", client_no=CLIENT))
    dialog.open()
    await until(lambda: dialog.wallets)
    part(dialog, "request_refund.remark").setText("客戶要求")
    line, tick = part(dialog, "request_refund.address"), part(dialog, "request_refund.checked", QCheckBox)
    line.setText(address(96))
    assert not tick.isVisible()
    assert dialog.ok_button.isEnabled()
    line.setText(own["address"].lower())
    assert said_so in part(dialog, "request_refund.caution", QLabel).text()
    assert tick.isVisible()
    assert not dialog.ok_button.isEnabled()
    tick.setChecked(True)
    assert dialog.ok_button.isEnabled()
    line.setText(address(96))
    line.setText(address(97))
    assert not tick.isChecked()
    assert not dialog.ok_button.isEnabled()
    tick.setChecked(True)
    await press(dialog)
    assert last_act(store)["acknowledged"] == ("known_address" if "known_as" in known else "contract")


async def test_a_risk_that_became_known_meanwhile_is_shown_with_its_tick(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    """The database refuses what was not acknowledged; what was typed stays, and the tick is there."""
    part(request_dialog, "request_refund.wallet", QComboBox).setCurrentIndex(0)
    part(request_dialog, "request_refund.remark").setText("客戶要求")
    for wallet in store.rows["refund_address"]:
        wallet["is_contract"] = True
    store.refusal = RuleViolation("receiver_not_acknowledged", address=own_wallet(store), risk="contract")
    await press(request_dialog)
    tick = part(request_dialog, "request_refund.checked", QCheckBox)
    await until(tick.isVisible)
    assert "合約地址" in error_of(request_dialog, "checked")
    assert part(request_dialog, "request_refund.address").text() == own_wallet(store)
    assert not request_dialog.ok_button.isEnabled()
    store.refusal = None
    tick.setChecked(True)
    await press(request_dialog)
    assert last_act(store)["acknowledged"] == "contract"


async def test_without_any_wallet_it_says_what_to_do(desk: Desk, store: ToldStore) -> None:
    store.rows["refund_address"] = []
    dialog = RequestRefundDialog(desk, row_of(store, "deposit_record", status="success", client_no=CLIENT))
    dialog.open()
    await until(lambda: "沒有已認證錢包" in error_of(dialog, "wallet"))


async def test_a_record_with_a_refund_under_way_names_it(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "deposit_record", status="refunding")
    dialog = RequestRefundDialog(desk, row)
    dialog.open()
    assert row["refund_no"] in said(dialog)


# approving and executing


async def reviewed(dialog: ApproveRefundDialog | ExecuteRefundDialog | RejectRefundDialog) -> None:
    dialog.open()
    await until(lambda: dialog.fresh)


async def test_approving_shows_the_whole_intent_as_the_database_has_it_now(
    desk: Desk, store: ToldStore
) -> None:
    row = refund_of(store, "requested")
    stale = row | {"amount": row["amount"] - 1, "address": address(1)}
    dialog = ApproveRefundDialog(desk, stale)
    assert not dialog.ok_button.isEnabled(), "nothing can be approved before it was read again"
    await reviewed(dialog)
    assert dialog.row["amount"] == row["amount"]
    assert part(dialog, "address", QWidget).value() == row["address"]  # type: ignore[attr-defined]
    assert "小額支付驗證" in part(dialog, "approve_refund.fact.verified", QLabel).text()
    assert "182,300" in part(dialog, "approve_refund.fact.hot_wallet", QLabel).text()
    assert "與資料庫一致" in part(dialog, "approve_refund.fact.fingerprint_verdict", QLabel).text()
    await press(dialog)
    assert store.acts == [ApproveRefund(row["refund_no"], row["version"])]


@pytest.mark.parametrize(("adder", "by_desk", "said", "warned"), [
    ("client_app", False, "客戶端（client_app）", False),
    ("viewer", True, "操作員 viewer", False),
    ("amy", True, "操作員 amy", True),
])  # fmt: skip
async def test_the_approver_sees_who_added_the_wallet_and_when(
    desk: Desk, store: ToldStore, adder: str, by_desk: bool, said: str, warned: bool
) -> None:
    row = refund_of(store, "requested")
    row.update(wallet_added_by=adder, wallet_added_by_desk=by_desk)
    assert row["requested_by"] == "amy"
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    fact = part(dialog, "approve_refund.fact.wallet_added_by", QLabel).text()
    assert said in fact
    assert shown.time_text(row["wallet_added_at"]) in fact
    warning = dialog.findChild(QLabel, "approve_refund.fact.wallet_added_by_requester")
    assert (warning is not None) == warned


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", Decimal("1")),
        ("amount_base", 1),
        ("address", address(7)),
        ("token", address(7)),
        ("token", None),
        ("chain_id", 5),
        ("record_no", "DP20260101-000001"),
        ("intent_hash", "0" * 64),
    ],
)
async def test_a_value_that_does_not_fit_the_fingerprint_stops_everybody(
    desk: Desk, store: ToldStore, column: str, value: object
) -> None:
    row = refund_of(store, "requested")
    row["coin"], row["token"] = "USDT", address(900)
    refund_of(store, "requested")
    assert agrees(row)
    row[column] = value
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert not dialog.ok_button.isEnabled()
    assert "與指紋不符" in said(dialog)


async def test_the_maker_cannot_be_the_checker(desk: Desk, store: ToldStore) -> None:
    dialog = ApproveRefundDialog(desk, refund_of(store, "requested", by="maker"))
    await reviewed(dialog)
    assert "須由另一位操作員批准" in said(dialog)
    assert not dialog.ok_button.isEnabled()


async def test_nobody_approves_twice(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "requested")
    row["approvals"] = [{"login": "maker", "at": "2026-11-22T00:00:00+00:00"}]
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert "maker 已批准" in said(dialog)


async def test_an_empty_hot_wallet_is_said_before_approving(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "requested")
    store.rows["hot_wallet"][0]["balances"] = {row["coin"]: "1.5", "ETH": "0"}
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert "熱錢包現有 1.5" in said(dialog)
    assert not dialog.ok_button.isEnabled()


async def test_the_hot_wallet_shows_what_this_refund_takes(desk: Desk, store: ToldStore) -> None:
    """The coin and what fees are paid with; other coins say nothing about it."""
    row = refund_of(store, "requested")
    row["coin"] = "USDT"
    store.rows["hot_wallet"][0].update(
        balances={"DAI": "77", "ETH": "4.2", "USDT": "182300.000000"}, fee_coin="ETH"
    )
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    told = part(dialog, "approve_refund.fact.hot_wallet", QLabel).text()
    assert told.index("182,300.000000") < told.index("4.2")
    assert "77" not in told


async def test_the_fee_stands_beside_the_balances_and_has_to_be_there(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "requested")
    estimate = {"held": "0.5", "native": "0.0004", "token": "0.0013"}
    store.rows["hot_wallet"][0].update(fee_estimate=estimate, fee_coin="ETH")
    expected = "0.0013" if row["token"] else "0.0004"
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert f"{expected}\u00a0ETH" in part(dialog, "approve_refund.fact.fee_estimate", QLabel).text()
    estimate["held"] = "0.0001"
    dialog = ExecuteRefundDialog(desk, refund_of(store, "approved"))
    await reviewed(dialog)
    assert "0.0001" in said(dialog)
    assert "網絡費" in said(dialog)
    assert not dialog.ok_button.isEnabled()


async def test_the_checker_is_warned_about_the_address_too(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "requested")
    row["known_as"] = "Example Exchange"
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert "Example Exchange" in part(dialog, "approve_refund.fact.caution", QLabel).text()
    assert "其後才得悉" in part(dialog, "approve_refund.fact.acknowledged", QLabel).text()
    row["receiver_acknowledged"] = "known_address"
    dialog = ApproveRefundDialog(desk, row)
    await reviewed(dialog)
    assert "由 amy 查詢" in part(dialog, "approve_refund.fact.acknowledged", QLabel).text()


@pytest.mark.parametrize("language", ["zh_HK", "en"])
async def test_a_wrong_password_is_in_sight_on_a_small_screen(
    desk: Desk, store: ToldStore, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """768 pixels less a task bar, with everything there is to show; nothing is cut or has to be scrolled."""
    i18n.install(language)
    monkeypatch.setattr(ExecuteRefundDialog, "_room", lambda self: 690)
    row = refund_of(store, "approved")
    row.update(coin="USDT", token=address(900), decimals=6, known_as="Example Exchange", adjust_reason="Fee")
    row["amount"] = Decimal("100.000000")
    row["amount_base"] = 100_000_000
    row["intent_hash"] = recomputed(row).digest()
    row["approvals"] = [{"login": "amy", "at": "2026-11-22T00:00:00+00:00"}] * 2
    dialog = ExecuteRefundDialog(desk, row)
    await reviewed(dialog)
    part(dialog, "execute_refund.password").setText("not my password")
    await press(dialog)
    error = part(dialog, "execute_refund.password.error", QLabel)
    assert error.text()
    assert dialog.height() <= 690
    assert dialog.rect().contains(error.mapTo(dialog, error.rect().bottomRight()))
    assert dialog.area is not None
    assert dialog.area.verticalScrollBar().maximum() == 0
    fingerprint = part(dialog, "execute_refund.fact.fingerprint", AddressText)
    assert fingerprint.height() >= fingerprint.heightForWidth(fingerprint.width())


async def test_a_refused_field_is_scrolled_into_view(
    request_dialog: RequestRefundDialog, store: ToldStore
) -> None:
    part(request_dialog, "request_refund.wallet", QComboBox).setCurrentIndex(0)
    part(request_dialog, "request_refund.remark").setText("客戶要求")
    request_dialog.resize(720, 420)
    area = request_dialog.area
    assert area is not None
    bar = area.verticalScrollBar()
    await until(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    store.refusal = RuleViolation("refund_address_unknown", address=own_wallet(store))
    await press(request_dialog)
    field = request_dialog.fields["address"]

    def in_sight() -> bool:
        place = field.mapTo(area.viewport(), field.rect().topLeft()).y()
        return place >= 0 and place + field.height() <= area.viewport().height()

    await until(in_sight)


async def test_a_wallet_that_is_no_longer_verified_stops_it(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "approved")
    row_of(store, "wallet_address", wallet_id=1)["status"] = "deleted"
    dialog = ExecuteRefundDialog(desk, row)
    await reviewed(dialog)
    assert "狀態：已刪除" in said(dialog)


async def test_executing_asks_for_the_password_and_wipes_it(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "approved")
    dialog = ExecuteRefundDialog(desk, row)
    await reviewed(dialog)
    password = part(dialog, "execute_refund.password")
    assert not dialog.ok_button.isEnabled()
    password.setText("not my password")
    await press(dialog)
    assert error_of(dialog, "password").startswith("密碼不正確")
    assert password.text() == ""
    assert store.acts == []
    password.setText(PASSWORD)
    await press(dialog)
    assert store.acts == [ExecuteRefund(row["refund_no"], row["version"])]


async def test_rejecting_is_possible_when_the_fingerprint_is_wrong(desk: Desk, store: ToldStore) -> None:
    row = refund_of(store, "requested")
    row["intent_hash"] = "0" * 64
    dialog = RejectRefundDialog(desk, row)
    await reviewed(dialog)
    part(dialog, "reject_refund.remark").setText("不符")
    await press(dialog)
    assert store.acts[-1].function == "reject_refund"


async def test_what_is_signed_cannot_be_cancelled(desk: Desk, store: ToldStore) -> None:
    dialog = CancelRefundDialog(desk, refund_of(store, "broadcast"))
    dialog.open()
    part(dialog, "cancel_refund.remark").setText("改變主意")
    assert "不能再取消" in said(dialog)
    assert not dialog.ok_button.isEnabled()
    dialog = CancelRefundDialog(desk, refund_of(store, "executing"))
    dialog.open()
    part(dialog, "cancel_refund.remark").setText("改變主意")
    await press(dialog)
    assert isinstance(store.acts[-1], CancelRefund)


async def test_the_client_is_told_in_their_language(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "refund", status="confirmed")
    row["client_language"] = "en"
    dialog = RecordClientNotifiedDialog(desk, row)
    dialog.open()
    text = part(dialog, "record_client_notified.client_text", QPlainTextEdit)
    assert "has been refunded" in text.toPlainText()
    assert row["address"] in text.toPlainText()
    part(dialog, "record_client_notified.client_language", QComboBox).setCurrentIndex(0)
    assert "已完成退幣" in text.toPlainText()
    part(dialog, "record_client_notified.remark").setText("已發送")
    assert not dialog.ok_button.isEnabled(), "how the client was told is still missing"
    channel = part(dialog, "record_client_notified.channel", QComboBox)
    channel.setCurrentIndex(channel.findData("email"))
    await press(dialog)
    assert store.acts == [RecordClientNotified(row["refund_no"], "email", "已發送")]


async def test_a_refunds_detail_follows_it_live(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "refund", status="confirming")
    store.rows["refund_attempt"] = [
        {
            "refund_no": row["refund_no"], "attempt": 1, "txid": "0x" + "c1" * 32, "nonce": 41, "state": "mined",
            "max_fee_per_gas": Decimal(30 * 10**9),
                "max_priority_fee_per_gas": Decimal(2 * 10**9), "gas_limit": 65000,
            "signed_at": row["executed_at"], "broadcast_at": row["executed_at"], "block_number": 5,
        }
    ]  # fmt: skip
    dialog = RefundDetailDialog(desk, row)
    dialog.open()
    await until(lambda: dialog.attempts)
    assert part(dialog, "refund_detail.confirmations.count", QLabel).text() == "5 / 12"
    assert part(dialog, "refund_detail.attempt.1", QWidget).value() == "0x" + "c1" * 32  # type: ignore[attr-defined]
    row.update(confirmations=12, status="confirmed")
    desk.changes.publish({Topic.CHAIN})
    await until(lambda: dialog.row["status"] == "confirmed")
    assert part(dialog, "refund_detail.confirmations.count", QLabel).text() == "12 / 12"
    assert "請通知客戶" in dialog.about.text()


async def test_a_refunds_detail_shows_replacements_fees_and_why_it_waits(
    desk: Desk, store: ToldStore
) -> None:
    row = row_of(store, "refund", status="broadcast")
    row.update(failure="fees_above_cap", block_number=None, confirmations=0)
    explorer = "https://explorer.example/tx/{txid}"
    store.rows["chain_health"][0]["explorer_tx_url"] = explorer
    hashes = ["0x" + "c1" * 32, "0x" + "c2" * 32]
    store.rows["refund_attempt"] = [
        {
            "refund_no": row["refund_no"], "attempt": number, "txid": txid, "nonce": 41, "state": "broadcast",
            "max_fee_per_gas": Decimal(cap * 10**8), "max_priority_fee_per_gas": Decimal(tip * 10**8), "gas_limit": 65000,
            "signed_at": row["executed_at"], "broadcast_at": row["executed_at"], "block_number": None,
        }
        for number, txid, cap, tip in ((1, hashes[0], 300, 20), (2, hashes[1], 330, 22))
    ]  # fmt: skip
    dialog = RefundDetailDialog(desk, row)
    dialog.open()
    await until(lambda: dialog.attempts)
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for number, (txid, cap, tip) in enumerate(zip(hashes, ("30", "33"), ("2", "2.2"), strict=True), start=1):
        link = part(dialog, f"refund_detail.attempt.{number}", AddressView)
        assert (link.value(), link.link()) == (txid, explorer.replace("{txid}", txid))
        assert all(word in shown for word in (f"{number}.", "41", cap, tip))
    assert labels.failure("fees_above_cap") in shown
    assert "fees_above_cap" not in shown
