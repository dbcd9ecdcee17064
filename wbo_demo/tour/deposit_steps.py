"""The first half of the tour: a request is received, its wallet verified, credited; others revoked and deleted."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt

from wbo_demo.tour.guide import AMOUNT, Seen, Tour, error_of, shown, step
from wbo_demo.world import NETWORK
from wbo_desktop.models.tables import DepositApplication, DepositRecord, WalletAddress

# ------------------------------------------------------------------ receive


@step("log in")
async def log_in(tour: Tour) -> Seen:
    """A wrong password is refused; the right one opens the desk."""
    hand = tour.hand
    await hand.type("login.login", tour.stack.world.logins["maker"].login)
    await hand.type("login.password", "not the password")
    await hand.press(Qt.Key.Key_Return)
    refused = await hand.until(lambda: hand.words("login.message"), "the refusal")
    await hand.picture(tour.pictures / "00-login-refused.png")
    return await tour.log_in("maker") | {"refused": refused}


@step("a request arrives by itself")
async def request_arrives(tour: Tour) -> Seen:
    """The client's request appears on the page without a key pressed."""
    page = await tour.hand.go("coin_deposit_records")
    before = page.model.rowCount()
    began = time.monotonic()
    tour.deposit = await tour.outside(tour.clients.submit, tour.client, "USDT", AMOUNT)
    row = await tour.followed(page, "pending_auth", select=False)
    seconds = time.monotonic() - began
    await tour.followed(page, "pending_auth")
    return shown(row, "record_no", "status", "reason", "claimed_amount", "wallet_status") | {
        "rows_before": before,
        "rows_after": page.model.rowCount(),
        "seconds": round(seconds, 2),
    }


# ------------------------------------------------------------------ verify


def _wallet_of(tour: Tour, status: str) -> Callable[[WalletAddress], bool]:
    wanted = (tour.client.wallet.address, NETWORK, status)
    return lambda row: (row.address, row.network, row.status) == wanted


@step("a wallet is to be verified by micro-payment")
async def micro_payment(tour: Tour) -> Seen:
    """The dialog shows the exact amount and where to."""
    page = await tour.hand.go("client_wallet_address")
    await tour.hand.row(page, _wallet_of(tour, "unverified"), "the client's unverified wallet")
    await tour.hand.click("begin_micro_payment")
    await tour.hand.choose("begin_micro_payment.coin", "USDT")
    await tour.hand.click("begin_micro_payment.ok")
    await tour.hand.see("begin_micro_payment.copy_amount")
    row = await tour.hand.row(page, _wallet_of(tour, "verifying"), "the wallet being verified", select=False)
    return shown(row, "status", "micro_amount", "micro_target")


@step("the client pays it, the wallet is verified by itself")
async def wallet_verified(tour: Tour) -> Seen:
    """The open dialog follows the chain."""
    page = tour.hand.shown_page("client_wallet_address")
    row = await tour.hand.row(page, _wallet_of(tour, "verifying"), "the wallet being verified", select=False)
    txid = await tour.outside(tour.clients.pay, tour.client, "USDT", row.micro_amount or Decimal(0))
    await tour.hand.until(
        lambda: any(one.micro_confirmations for one in tour.hand.rows(page, WalletAddress)),
        "the payment on the chain",
    )
    await tour.hand.picture(tour.pictures / "04a-micro-payment-seen.png")
    row = await tour.hand.row(page, _wallet_of(tour, "verified"), "the verified wallet", select=False)
    await asyncio.sleep(0.5)
    return shown(row, "status", "method", "verified_by") | {"txid": txid}


@step("verified, and the dialog is closed")
async def close_verification(tour: Tour) -> Seen:
    """The page shows the evidence."""
    await tour.hand.press(Qt.Key.Key_Escape)
    await tour.hand.until(lambda: tour.hand.dialog("begin_micro_payment") is None, "the dialog to close")
    page = await tour.hand.go("client_wallet_address")
    row = await tour.hand.row(page, _wallet_of(tour, "verified"), "the verified wallet")
    return shown(row, "status", "verified_at")


# ------------------------------------------------------------------ track and credit


@step("the money is on the chain, confirmations move")
async def confirming(tour: Tour) -> Seen:
    """The bar moves with each block."""
    page = await tour.hand.go("coin_deposit_records")
    txid = await tour.outside(tour.clients.pay, tour.client, "USDT", AMOUNT)
    await tour.outside(tour.clients.attach, tour.deposit.external_serial, txid)
    row = await tour.followed(page, "processing")
    return shown(row, "status", "confirmations", "required_confirmations", "txid", "observed_amount")


@step("credited")
async def credited(tour: Tour) -> Seen:
    """Final by the network's rule."""
    row = await tour.record("success")
    return shown(row, "status", "credited_amount", "confirmations", "credited_at")


# ------------------------------------------------------------------ revoke and delete


@step("a revocation without a remark is refused")
async def revoke_blank(tour: Tour) -> Seen:
    """Spaces are no remark, ideographic ones neither."""
    made = await tour.outside(tour.clients.submit, tour.stack.world.clients[0], "ETH", Decimal("1.5"))
    tour.second = made
    page = await tour.hand.go("coin_deposit_records")
    await tour.hand.row(page, lambda r: r["record_no"] == made.record_no, made.record_no)
    await tour.hand.click("revoke_deposit")
    await tour.hand.type("revoke_deposit.remark", "　 　")
    await tour.hand.press(Qt.Key.Key_Return)
    error = await error_of(tour, "revoke_deposit.remark")
    next_button = await tour.hand.see("revoke_deposit.next")
    return {"record_no": made.record_no, "error": error, "possible": next_button.isEnabled()}


@step("a revocation asks once more")
async def revoke_asks(tour: Tour) -> Seen:
    """The button names the record."""
    await tour.hand.type("revoke_deposit.remark", "用戶重複申請")
    await tour.hand.click("revoke_deposit.next")
    await tour.hand.see("revoke_deposit.ok")
    return {"button": tour.hand.words("revoke_deposit.ok")}


@step("revoked")
async def revoked(tour: Tour) -> Seen:
    """Final, with the remark in the timeline."""
    await tour.hand.click("revoke_deposit.ok")
    await tour.hand.until(lambda: tour.hand.dialog("revoke_deposit") is None, "the dialog to close")
    page = await tour.hand.go("coin_deposit_records")

    def is_it(row: DepositRecord) -> bool:
        return bool(row.record_no == tour.second.record_no and row.status == "cancelled")

    row = await tour.hand.row(page, is_it, "the revoked record")
    return shown(row, "record_no", "status", "remark")


@step("an application whose TXID nobody knows is abnormal")
async def abnormal(tour: Tour) -> Seen:
    """After the network's patience, the reason is on the row."""
    unknown = "0x" + secrets.token_hex(32)
    tour.odd = await tour.outside(
        tour.clients.submit, tour.stack.world.clients[1], "DAI", Decimal("80"), txid=unknown
    )
    page = await tour.hand.go("deposit_application")

    def is_it(row: DepositApplication) -> bool:
        return bool(row.external_serial == tour.odd.external_serial and row.status == "abnormal")

    row = await tour.hand.row(page, is_it, "the abnormal application")
    return shown(row, "external_serial", "status", "reason")


@step("it is deleted with a remark")
async def delete(tour: Tour) -> Seen:
    """Softly: it stays on the page, and in the log."""
    await tour.hand.click("delete_application")
    await tour.hand.type("delete_application.remark", "TXID 不存在,客戶確認填錯")
    await tour.hand.picture(tour.pictures / "12a-delete-application.png")
    await tour.hand.click("delete_application.ok")
    page = await tour.hand.go("deposit_application")

    def is_it(row: DepositApplication) -> bool:
        return bool(row.external_serial == tour.odd.external_serial and row.status == "deleted")

    row = await tour.hand.row(page, is_it, "the deleted application")
    return shown(row, "external_serial", "status", "delete_remark")
