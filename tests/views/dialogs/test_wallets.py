"""客戶錢包地址: added for the right client, verified live, shared and deleted with a remark."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from tests.support.memory_store import address, tx_hash
from tests.views.conftest import until
from tests.views.dialogs.support import (
    ToldStore,
    asked_to_share,
    error_of,
    last_act,
    part,
    press,
    row_of,
    said,
)
from wbo_desktop.domain.acts import (
    AgreeSharedWallet,
    AllowSharedWallet,
    BeginMessageSignature,
    BeginMicroPayment,
    DeleteWallet,
    RefuseSharedWallet,
    SubmitWalletSignature,
    Topic,
)
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.dialogs.shared_wallets import (
    AgreeSharedWalletDialog,
    AllowSharedWalletDialog,
    RefuseSharedWalletDialog,
)
from wbo_desktop.views.dialogs.verify_wallet import BeginMessageSignatureDialog, BeginMicroPaymentDialog
from wbo_desktop.views.dialogs.wallets import AddWalletDialog, DeleteWalletDialog

SIGNATURE = "0x" + "5a" * 65


@pytest.fixture
async def adding(desk: Desk, store: ToldStore) -> AddWalletDialog:
    dialog = AddWalletDialog(desk, None)
    dialog.open()
    await until(dialog.network.count)
    return dialog


async def test_the_client_is_named_as_typed(adding: AddWalletDialog) -> None:
    part(adding, "add_wallet.client_no").setText("C100233")
    await until(lambda: error_of(adding, "client_no") == "何詠珊，800123-01")
    part(adding, "add_wallet.client_no").setText("C9")
    await until(lambda: "不存在" in error_of(adding, "client_no"))
    assert not adding.ok_button.isEnabled()


async def test_the_address_is_added_as_its_checksum_has_it(adding: AddWalletDialog, store: ToldStore) -> None:
    part(adding, "add_wallet.client_no").setText("C100233")
    part(adding, "add_wallet.address").setText(f"  {address(4711).lower()}  ")
    await until(adding.ok_button.isEnabled)
    await press(adding)
    assert last_act(store) == {
        "client_no": "C100233",
        "network": "Ethereum",
        "address": address(4711),
        "remark": None,
    }


async def test_an_address_verified_for_somebody_else_is_noticed(
    adding: AddWalletDialog, store: ToldStore
) -> None:
    other = row_of(store, "wallet_address", status="verified")
    part(adding, "add_wallet.client_no").setText("C100233" if other["client_no"] != "C100233" else "C100871")
    part(adding, "add_wallet.address").setText(other["address"])
    await until(lambda: other["client_no"] in error_of(adding, "address"))


async def test_an_address_that_exists_is_said_beside_it(adding: AddWalletDialog, store: ToldStore) -> None:
    part(adding, "add_wallet.client_no").setText("C100233")
    part(adding, "add_wallet.address").setText(address(4711))
    await until(adding.ok_button.isEnabled)
    store.refusal = RuleViolation("already_exists", object="wallet", id=address(4711))
    await press(adding)
    assert "已存在" in error_of(adding, "address")


async def test_a_transfer_nobody_announced_fills_the_form(desk: Desk, store: ToldStore) -> None:
    dialog = AddWalletDialog(desk, store.rows["unmatched_transfer"][0])
    dialog.open()
    await until(lambda: error_of(dialog, "client_no").startswith("何詠珊"))
    assert part(dialog, "add_wallet.client_no").text() == "C100233"
    assert part(dialog, "add_wallet.address").text() == address(512)


async def test_a_micro_payment_is_shown_and_followed_until_verified(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "wallet_address", status="unverified")
    dialog = BeginMicroPaymentDialog(desk, row)
    dialog.open()
    await until(dialog.coin.count)
    assert [dialog.coin.itemText(at) for at in range(dialog.coin.count())] == ["ETH", "USDT"], (
        "HKDR is switched off"
    )
    dialog.coin.setCurrentText("USDT")
    await until(dialog.ok_button.isEnabled)
    assert any("不會入賬" in note.text() for note in dialog.before.findChildren(QLabel)), (
        "what is paid only proves the wallet"
    )
    row.update(
        status="verifying", method="micro_payment", micro_coin="USDT", micro_amount=Decimal("1.004217"),
        micro_target=address(80), version=2,
    )  # fmt: skip
    await press(dialog)
    assert store.acts == [BeginMicroPayment(row["wallet_id"], "USDT", 1)]
    state = part(dialog, "begin_micro_payment.state", QLabel)
    await until(lambda: "正等候付款" in state.text())
    text = part(dialog, "begin_micro_payment.client_text", QPlainTextEdit).toPlainText()
    assert "1.004217 USDT" in text
    assert address(80) in text
    assert "不會作為入幣入賬" in text
    assert not dialog.ok_button.isVisible()
    row.update(micro_txid=tx_hash(1), micro_confirmations=5, version=3)
    desk.changes.publish({Topic.CHAIN})
    await until(lambda: "已找到付款" in state.text())
    assert part(dialog, "begin_micro_payment.confirmations.count", QLabel).text() == "5 / 12"
    row.update(status="verified", version=4)
    desk.changes.publish({Topic.WALLET})
    await until(lambda: "認證成功" in state.text())
    assert dialog.cancel_button.text() == "關閉"


async def test_a_micro_payment_that_expired_says_so(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "wallet_address", status="verifying")
    dialog = BeginMicroPaymentDialog(desk, row)
    dialog.open()
    row.update(status="unverified", failure="expired", version=9)
    desk.changes.publish({Topic.WALLET})
    await until(lambda: "限期內未有到達" in part(dialog, "begin_micro_payment.state", QLabel).text())
    await until(dialog.ok_button.isVisible)


async def test_a_signature_is_asked_for_and_handed_in(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "wallet_address", status="unverified")
    dialog = BeginMessageSignatureDialog(desk, row)
    dialog.open()
    row.update(status="verifying", method="message_signature", challenge="sign me", signature=None, version=2)
    await press(dialog)
    assert store.acts == [BeginMessageSignature(row["wallet_id"], 1)]
    await until(dialog.under_way)
    assert part(dialog, "begin_message_signature.challenge", QPlainTextEdit).toPlainText() == "sign me"
    assert "sign me" in part(dialog, "begin_message_signature.client_text", QPlainTextEdit).toPlainText()
    field = part(dialog, "begin_message_signature.signature")
    for wrong in ("sig", "0x", "0xabc", "0xzz"):
        field.setText(wrong)
        assert not dialog.ok_button.isEnabled(), wrong
    field.setText(SIGNATURE)
    row.update(signature=SIGNATURE, version=3)
    await press(dialog)
    assert store.acts[-1] == SubmitWalletSignature(row["wallet_id"], SIGNATURE, 2)
    state = part(dialog, "begin_message_signature.state", QLabel)
    await until(lambda: "正在核驗" in state.text())
    row.update(failure="signature_wrong", version=4)
    desk.changes.publish({Topic.WALLET})
    await until(lambda: "簽名並非由此地址作出" in state.text())


async def test_sharing_and_deleting_want_a_remark(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "wallet_address", status="unverified") | {"other_client_no": "C100871"}
    sharing = AllowSharedWalletDialog(desk, row)
    sharing.open()
    assert not sharing.ok_button.isEnabled()
    part(sharing, "allow_shared_wallet.remark").setText("聯名")
    await press(sharing)
    assert store.acts == [AllowSharedWallet(row["wallet_id"], "聯名", 1)]
    deleting = DeleteWalletDialog(desk, row)
    deleting.open()
    part(deleting, "delete_wallet.remark").setText("不再使用")
    store.refusal = RuleViolation("wallet_in_use", address=row["address"], refund_no="RF1")
    await press(deleting)
    assert "RF1" in said(deleting)
    store.refusal = None
    await press(deleting)
    assert isinstance(store.acts[-1], DeleteWallet)


async def test_a_deleted_wallet_is_not_deleted_again(desk: Desk, store: ToldStore) -> None:
    dialog = DeleteWalletDialog(desk, row_of(store, "wallet_address", status="deleted"))
    dialog.open()
    part(dialog, "delete_wallet.remark").setText("x")
    assert "已刪除" in said(dialog)
    assert not dialog.ok_button.isEnabled()


async def test_what_one_asked_to_share_another_agrees_to(desk: Desk, store: ToldStore) -> None:
    row = asked_to_share(store)
    agreeing = AgreeSharedWalletDialog(desk, row)
    agreeing.open()
    assert "C100871" in agreeing.ok_button.text()
    await press(agreeing)
    assert store.acts == [AgreeSharedWallet(row["wallet_id"], 1)]
    refusing = RefuseSharedWalletDialog(desk, row)
    refusing.open()
    assert not refusing.ok_button.isEnabled()
    part(refusing, "refuse_shared_wallet.remark").setText("文件不符")
    await press(refusing)
    assert store.acts[-1] == RefuseSharedWallet(row["wallet_id"], "文件不符", 1)


async def test_who_asked_to_share_does_not_agree(desk: Desk, store: ToldStore) -> None:
    own = AgreeSharedWalletDialog(desk, asked_to_share(store) | {"asked_by_own_hand": True})
    own.open()
    assert not own.ok_button.isEnabled()
    assert "視為同一人" in said(own)
    decided = AgreeSharedWalletDialog(desk, asked_to_share(store) | {"sharing": None})
    decided.open()
    assert not decided.ok_button.isEnabled()


async def test_adding_says_how_long_refunds_wait(desk: Desk) -> None:
    assert "24 小時" in AddWalletDialog(desk, None).about.text()
    desk.session.policy["wallet_cooling_off_hours"] = 0  # type: ignore[index]
    assert "小時" not in AddWalletDialog(desk, None).about.text()
