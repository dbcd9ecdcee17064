"""The second half of the tour: refunds that are refused, one that is paid, and the log of it all."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from wbo_demo.tour.guide import AMOUNT, REFUNDED, Seen, Tour, error_of, shown, step
from wbo_desktop.models.tables import AuditLog, Refund

# ------------------------------------------------------------------ refund


async def _refused_refund(tour: Tour, address: str, amount: Decimal) -> str:
    """Fills in the refund dialog and submits it. Returns the sentence of the refusal; the dialog stays
    open."""
    hand = tour.hand
    await hand.type("request_refund.address", address)
    await hand.type("request_refund.amount", str(amount))
    await hand.type("request_refund.remark", "客戶申請退幣")
    button = await hand.see("request_refund.ok")
    if button.isEnabled():
        await hand.click("request_refund.ok")
    else:
        await hand.press(Qt.Key.Key_Return)

    def said() -> str:
        for name in ("request_refund.address.error", "request_refund.amount.error", "request_refund.message"):
            if words := hand.words(name):
                return words
        return ""

    return await hand.until(said, "the refusal")


@step("a refund to an unknown address is refused")
async def refund_unknown(tour: Tour) -> Seen:
    """Only the client's verified wallets."""
    await tour.record("success")
    await tour.hand.click("request_refund")
    stranger = tour.stack.chain.account("stranger").address
    return {"address": stranger, "refused": await _refused_refund(tour, stranger, AMOUNT)}


@step("a refund to another client's address is refused")
async def refund_other_client(tour: Tour) -> Seen:
    """However verified it is."""
    other = tour.stack.world.clients[0].wallet.address
    return {"address": other, "refused": await _refused_refund(tour, other, AMOUNT)}


@step("a refund above what was credited is refused")
async def refund_too_much(tour: Tour) -> Seen:
    """At most what arrived."""
    refused = await _refused_refund(tour, tour.client.wallet.address, AMOUNT + 1)
    return {"amount": str(AMOUNT + 1), "refused": refused}


@step("a right refund is filled in, lowered with a reason")
async def refund_filled(tour: Tour) -> Seen:
    """The address chosen among the verified ones."""
    hand = tour.hand
    await hand.choose("request_refund.wallet", tour.client.wallet.address)
    await hand.type("request_refund.amount", str(REFUNDED))
    await hand.type("request_refund.adjust_reason", "客戶保留部分")
    await hand.type("request_refund.remark", "客戶申請退幣")
    await hand.until(lambda: (w := hand.find("request_refund.ok")) and w.isEnabled(), "OK")
    return {"button": hand.words("request_refund.ok")}


@step("requested by the maker")
async def refund_requested(tour: Tour) -> Seen:
    """The record is being refunded; the maker cannot approve."""
    await tour.hand.click("request_refund.ok")
    await tour.hand.until(lambda: tour.hand.dialog("request_refund") is None, "the dialog to close")
    row = await tour.record("refunding")
    tour.refund_no = row.refund_no or ""
    refund = await tour.refund("requested")
    approve = await tour.hand.see("approve_refund")
    assert not approve.isEnabled()
    return shown(refund, "refund_no", "status", "amount", "requested_by") | {"approve": approve.toolTip()}


@step("the checker reads the whole intent")
async def refund_review(tour: Tour) -> Seen:
    """Read again from the database, its hash recomputed on this desk."""
    await tour.log_out()
    seen = await tour.log_in("checker")
    await tour.refund("requested")
    await tour.hand.click("approve_refund")
    await tour.hand.until(
        lambda: (w := tour.hand.find("approve_refund.ok")) and w.isEnabled(), "the approval to be possible"
    )
    return seen


@step("approved by the checker")
async def refund_approved(tour: Tour) -> Seen:
    """The checker approves what the maker requested."""
    await tour.hand.click("approve_refund.ok")
    await tour.hand.until(lambda: tour.hand.dialog("approve_refund") is None, "the dialog to close")
    row = await tour.refund("approved")
    return shown(row, "refund_no", "status", "approved_by")


@step("executing asks for the password again")
async def refund_password(tour: Tour) -> Seen:
    """A wrong one moves nothing."""
    await tour.log_out()
    await tour.log_in("maker")
    await tour.refund("approved")
    await tour.hand.click("execute_refund")
    await tour.hand.type("execute_refund.password", "not the password")
    await tour.hand.click("execute_refund.ok")
    return {"refused": await error_of(tour, "execute_refund.password")}


@step("executed, the transaction is on its way")
async def refund_executed(tour: Tour) -> Seen:
    """The hash appears by itself."""
    before = await tour.outside(tour.stack.world.tokens["USDT"].balance_of, tour.client.wallet.address)
    tour.balance_before = before
    await tour.hand.type("execute_refund.password", tour.stack.world.logins["maker"].password.reveal())
    await tour.hand.click("execute_refund.ok")
    await tour.hand.until(lambda: tour.hand.dialog("execute_refund") is None, "the dialog to close")
    row = await tour.refund("signed", "broadcast", "confirming")
    return shown(row, "refund_no", "status", "txid", "nonce", "executed_by")


@step("confirmed: the client has exactly the amount")
async def refund_confirmed(tour: Tour) -> Seen:
    """Read from the chain, not from the desk."""
    row = await tour.refund("confirmed")
    after = await tour.outside(tour.stack.world.tokens["USDT"].balance_of, tour.client.wallet.address)
    rose = Decimal(after - tour.balance_before).scaleb(-6)
    assert rose == REFUNDED, f"the client's balance rose by {rose}"
    return shown(row, "status", "txid", "confirmations", "fee_paid") | {"balance_rose_by": str(rose)}


@step("the client is told")
async def notified(tour: Tour) -> Seen:
    """How and when, with a text in the client's language."""
    await tour.hand.click("record_client_notified")
    await tour.hand.choose("record_client_notified.channel", "phone")
    await tour.hand.type("record_client_notified.remark", "客戶已確認收到")
    await tour.hand.picture(tour.pictures / "23a-client-notified.png")
    await tour.hand.click("record_client_notified.ok")
    page = await tour.hand.go("refunds")

    def is_it(row: Refund) -> bool:
        return bool(row.refund_no == tour.refund_no and row.notified_at is not None)

    row = await tour.hand.row(page, is_it, "the notification on the refund")
    return shown(row, "notified_by", "notified_channel", "notified_at")


@step("the record is refunded")
async def refunded(tour: Tour) -> Seen:
    """With its whole timeline."""
    row = await tour.record("refunded")
    return shown(row, "record_no", "status", "refund_no")


# ------------------------------------------------------------------ the log


@step("the audit log shows all of it")
async def audit(tour: Tour) -> Seen:
    """Who, when, from where, before and after."""
    page = await tour.hand.go("audit_log")
    wanted = {
        *("submit_deposit_application", "begin_micro_payment", "revoke_deposit", "delete_application"),
        *("request_refund", "approve_refund", "execute_refund", "sign_refund", "record_client_notified"),
    }

    def missing() -> set[str]:
        return wanted - {entry.action for entry in tour.hand.rows(page, AuditLog)}

    await tour.hand.until(lambda: not missing(), f"{missing()} in the audit log")

    def is_it(row: AuditLog) -> bool:
        return row.action == "execute_refund"

    row = await tour.hand.row(page, is_it, "the execution's entry")
    return shown(row, "operator", "workstation", "action", "object_id") | {"actions": sorted(wanted)}
