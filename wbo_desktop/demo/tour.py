"""The guided tour: one deposit from request to refund, and what is refused on the way, in the real windows.

Each step is a coroutine that acts through `hand` and returns what it saw; a picture is taken after it. It is the demo
of a machine without a screen, the source of the guides' pictures, and the end-to-end test.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import QSettings, Qt

from wbo_desktop.app import Desktop, connect_to, make_application
from wbo_desktop.demo.clients import Clients, Submitted
from wbo_desktop.demo.desk import a_folder, at_work
from wbo_desktop.demo.hand import SIZE, Hand
from wbo_desktop.demo.stack import Stack, running
from wbo_desktop.services.pages import Row
from wbo_desktop.views.pages.page import ListPage

BLOCK_SECONDS = 1.0
CLIENT_TO_VERIFY = 3
AMOUNT = Decimal("250")
REFUNDED = Decimal("200")

Seen = dict[str, Any]
Step = Callable[["Tour"], Awaitable[Seen]]
STEPS: list[tuple[str, Step]] = []


def step(name: str) -> Callable[[Step], Step]:
    """Register a step under the name that its picture bears."""

    def register(work: Step) -> Step:
        STEPS.append((name, work))
        return work

    return register


class Tour:
    """What the steps share."""

    def __init__(self, stack: Stack, pictures: Path) -> None:
        self.stack, self.pictures = stack, pictures
        self.hand = Hand()
        self.clients = Clients(stack.world)
        self.client = stack.world.clients[CLIENT_TO_VERIFY]
        self.deposit: Submitted | None = None
        self.second: Submitted | None = None
        self.odd: Submitted | None = None
        self.refund_no = ""
        self.balance_before = 0

    async def outside(self, work: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Something that happens outside the desk, on a thread, while the windows go on."""
        return await asyncio.to_thread(work, *values, **named)

    @property
    def record_no(self) -> str:
        """The deposit that the tour follows."""
        assert self.deposit is not None
        return self.deposit.record_no

    async def log_in(self, name: str) -> Seen:
        """Through the login dialog."""
        who = self.stack.world.logins[name]
        await self.hand.type("login.login", who.login)
        await self.hand.type("login.password", who.password.reveal())
        await self.hand.click("login.ok")  # possible again a moment after a failure
        window = await self.hand.until(lambda: _quiet(self.hand.window), "the main window")
        window.resize(*SIZE)
        return {"operator": window.desk.session.login, "name": window.desk.session.display_name}

    async def log_out(self) -> None:
        """Back to the login dialog."""
        self.hand.window().log_out()
        await self.hand.see("login.login")

    async def record(self, status: str, *, select: bool = True) -> Row:
        """The followed deposit on 入幣記錄, once it has this status."""
        page = await self.hand.go("coin_deposit_records")
        return await self._followed(page, status, select)

    async def _followed(self, page: ListPage, status: str, select: bool = True) -> Row:
        def is_it(row: Row) -> bool:
            return bool(row["record_no"] == self.record_no and row["status"] == status)

        return await self.hand.row(page, is_it, f"{self.record_no} {status}", select=select)

    async def refund(self, *statuses: str) -> Row:
        """The followed refund on 退幣, once it has one of these statuses."""
        page = await self.hand.go("refunds")

        def is_it(row: Row) -> bool:
            return row["refund_no"] == self.refund_no and row["status"] in statuses

        return await self.hand.row(page, is_it, f"{self.refund_no} {'/'.join(statuses)}")


def _quiet(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except Exception:
        return None


def _shown(row: Row, *columns: str) -> Seen:
    return {name: str(row[name]) for name in columns}


async def _error_of(tour: Tour, field: str) -> str:
    """The sentence beside a field, once there is one."""
    found = await tour.hand.until(
        lambda: (w := tour.hand.find(f"{field}.error")) and w.text().strip(), f"an error beside {field}"
    )
    return str(found)


# ------------------------------------------------------------------ receive


@step("log in")
async def log_in(tour: Tour) -> Seen:
    """A wrong password is refused; the right one opens the desk."""
    hand = tour.hand
    await hand.type("login.login", tour.stack.world.logins["maker"].login)
    await hand.type("login.password", "not the password")
    await hand.press(Qt.Key.Key_Return)
    refused = await hand.until(lambda: (w := hand.find("login.message")) and w.text(), "the refusal")
    await hand.picture(tour.pictures / "00-login-refused.png")
    return await tour.log_in("maker") | {"refused": refused}


@step("a request arrives by itself")
async def request_arrives(tour: Tour) -> Seen:
    """Nobody touches the page; the client's request is on it."""
    page = await tour.hand.go("coin_deposit_records")
    before = page.model.rowCount()
    began = time.monotonic()
    tour.deposit = await tour.outside(tour.clients.submit, tour.client, "USDT", AMOUNT)
    row = await tour._followed(page, "pending_auth", select=False)
    seconds = time.monotonic() - began
    await tour._followed(page, "pending_auth")
    return _shown(row, "record_no", "status", "reason", "claimed_amount", "wallet_status") | {
        "rows_before": before,
        "rows_after": page.model.rowCount(),
        "seconds": round(seconds, 2),
    }


# ------------------------------------------------------------------ verify


def _wallet_of(tour: Tour, status: str) -> Callable[[Row], bool]:
    return lambda row: row["address"] == tour.client.wallet.address and row["status"] == status


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
    return _shown(row, "status", "micro_amount", "micro_target")


@step("the client pays it, the wallet is verified by itself")
async def wallet_verified(tour: Tour) -> Seen:
    """The open dialog follows the chain."""
    page = tour.hand.shown_page("client_wallet_address")
    row = await tour.hand.row(page, _wallet_of(tour, "verifying"), "the wallet being verified", select=False)
    txid = await tour.outside(tour.clients.pay, tour.client, "USDT", row["micro_amount"])
    await tour.hand.until(
        lambda: any(page.model.row(n)["micro_confirmations"] for n in range(page.model.rowCount())),
        "the payment on the chain",
    )
    await tour.hand.picture(tour.pictures / "04a-micro-payment-seen.png")
    row = await tour.hand.row(page, _wallet_of(tour, "verified"), "the verified wallet", select=False)
    await asyncio.sleep(0.5)
    return _shown(row, "status", "method", "verified_by") | {"txid": txid}


@step("verified, and the dialog is closed")
async def close_verification(tour: Tour) -> Seen:
    """The page shows the evidence."""
    await tour.hand.press(Qt.Key.Key_Escape)
    await tour.hand.until(lambda: tour.hand.dialog("begin_micro_payment") is None, "the dialog to close")
    page = await tour.hand.go("client_wallet_address")
    row = await tour.hand.row(page, _wallet_of(tour, "verified"), "the verified wallet")
    return _shown(row, "status", "verified_at")


# ------------------------------------------------------------------ track and credit


@step("the money is on the chain, confirmations move")
async def confirming(tour: Tour) -> Seen:
    """The bar moves with each block."""
    assert tour.deposit is not None
    page = await tour.hand.go("coin_deposit_records")
    txid = await tour.outside(tour.clients.pay, tour.client, "USDT", AMOUNT)
    await tour.outside(tour.clients.attach, tour.deposit.external_serial, txid)
    row = await tour._followed(page, "processing")
    return _shown(row, "status", "confirmations", "required_confirmations", "txid", "observed_amount")


@step("credited")
async def credited(tour: Tour) -> Seen:
    """Final by the network's rule."""
    row = await tour.record("success")
    return _shown(row, "status", "credited_amount", "confirmations", "credited_at")


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
    error = await _error_of(tour, "revoke_deposit.remark")
    next_button = await tour.hand.see("revoke_deposit.next")
    return {"record_no": made.record_no, "error": error, "possible": next_button.isEnabled()}


@step("a revocation asks once more")
async def revoke_asks(tour: Tour) -> Seen:
    """The button names the record."""
    await tour.hand.type("revoke_deposit.remark", "用戶重複申請")
    await tour.hand.click("revoke_deposit.next")
    button: Any = await tour.hand.see("revoke_deposit.ok")
    return {"button": button.text()}


@step("revoked")
async def revoked(tour: Tour) -> Seen:
    """Final, with the remark in the timeline."""
    await tour.hand.click("revoke_deposit.ok")
    await tour.hand.until(lambda: tour.hand.dialog("revoke_deposit") is None, "the dialog to close")
    page = await tour.hand.go("coin_deposit_records")

    def is_it(row: Row) -> bool:
        return bool(row["record_no"] == tour.second.record_no and row["status"] == "cancelled")

    row = await tour.hand.row(page, is_it, "the revoked record")
    return _shown(row, "record_no", "status", "remark")


@step("an application whose TXID nobody knows is abnormal")
async def abnormal(tour: Tour) -> Seen:
    """After the network's patience, the reason is on the row."""
    unknown = "0x" + secrets.token_hex(32)
    tour.odd = await tour.outside(
        tour.clients.submit, tour.stack.world.clients[1], "DAI", Decimal("80"), txid=unknown
    )
    page = await tour.hand.go("deposit_application")

    def is_it(row: Row) -> bool:
        return bool(row["external_serial"] == tour.odd.external_serial and row["status"] == "abnormal")

    row = await tour.hand.row(page, is_it, "the abnormal application")
    return _shown(row, "external_serial", "status", "reason")


@step("it is deleted with a remark")
async def delete(tour: Tour) -> Seen:
    """Softly: it stays on the page, and in the log."""
    await tour.hand.click("delete_application")
    await tour.hand.type("delete_application.remark", "TXID 不存在,客戶確認填錯")
    await tour.hand.picture(tour.pictures / "12a-delete-application.png")
    await tour.hand.click("delete_application.ok")
    page = await tour.hand.go("deposit_application")

    def is_it(row: Row) -> bool:
        return bool(row["external_serial"] == tour.odd.external_serial and row["status"] == "deleted")

    row = await tour.hand.row(page, is_it, "the deleted application")
    return _shown(row, "external_serial", "status", "delete_remark")


# ------------------------------------------------------------------ refund


async def _refused_refund(tour: Tour, address: str, amount: Decimal) -> str:
    """Type it, press what can be pressed, read what is said; the dialog stays open."""
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
            label = hand.find(name)
            if label is not None and label.text().strip():
                return str(label.text())
        return ""

    return str(await hand.until(said, "the refusal"))


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
    button = await hand.until(lambda: (w := hand.find("request_refund.ok")) and w.isEnabled() and w, "OK")
    return {"button": button.text()}


@step("requested by the maker")
async def refund_requested(tour: Tour) -> Seen:
    """The record is being refunded; the maker cannot approve."""
    await tour.hand.click("request_refund.ok")
    await tour.hand.until(lambda: tour.hand.dialog("request_refund") is None, "the dialog to close")
    row = await tour.record("refunding")
    tour.refund_no = row["refund_no"]
    refund = await tour.refund("requested")
    approve = await tour.hand.see("approve_refund")
    assert not approve.isEnabled()
    return _shown(refund, "refund_no", "status", "amount", "requested_by") | {"approve": approve.toolTip()}


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
    """By somebody else than the requester."""
    await tour.hand.click("approve_refund.ok")
    await tour.hand.until(lambda: tour.hand.dialog("approve_refund") is None, "the dialog to close")
    row = await tour.refund("approved")
    return _shown(row, "refund_no", "status", "approved_by")


@step("executing asks for the password again")
async def refund_password(tour: Tour) -> Seen:
    """A wrong one moves nothing."""
    await tour.log_out()
    await tour.log_in("maker")
    await tour.refund("approved")
    await tour.hand.click("execute_refund")
    await tour.hand.type("execute_refund.password", "not the password")
    await tour.hand.click("execute_refund.ok")
    return {"refused": await _error_of(tour, "execute_refund.password")}


@step("executed, the transaction is on its way")
async def refund_executed(tour: Tour) -> Seen:
    """The hash appears by itself."""
    before = await tour.outside(tour.stack.world.tokens["USDT"].balance_of, tour.client.wallet.address)
    tour.balance_before = before
    await tour.hand.type("execute_refund.password", tour.stack.world.logins["maker"].password.reveal())
    await tour.hand.click("execute_refund.ok")
    await tour.hand.until(lambda: tour.hand.dialog("execute_refund") is None, "the dialog to close")
    row = await tour.refund("signed", "broadcast", "confirming")
    return _shown(row, "refund_no", "status", "txid", "nonce", "executed_by")


@step("confirmed: the client has exactly the amount")
async def refund_confirmed(tour: Tour) -> Seen:
    """Read from the chain, not from the desk."""
    row = await tour.refund("confirmed")
    after = await tour.outside(tour.stack.world.tokens["USDT"].balance_of, tour.client.wallet.address)
    rose = Decimal(after - tour.balance_before).scaleb(-6)
    assert rose == REFUNDED, f"the client's balance rose by {rose}"
    return _shown(row, "status", "txid", "confirmations", "fee_paid") | {"balance_rose_by": str(rose)}


@step("the client is told")
async def notified(tour: Tour) -> Seen:
    """How and when, with a text in the client's language."""
    await tour.hand.click("record_client_notified")
    await tour.hand.choose("record_client_notified.channel", "phone")
    await tour.hand.type("record_client_notified.remark", "客戶已確認收到")
    await tour.hand.picture(tour.pictures / "23a-client-notified.png")
    await tour.hand.click("record_client_notified.ok")
    page = await tour.hand.go("refunds")

    def is_it(row: Row) -> bool:
        return row["refund_no"] == tour.refund_no and row["notified_at"] is not None

    row = await tour.hand.row(page, is_it, "the notification on the refund")
    return _shown(row, "notified_by", "notified_channel", "notified_at")


@step("the record is refunded")
async def refunded(tour: Tour) -> Seen:
    """With its whole timeline."""
    row = await tour.record("refunded")
    return _shown(row, "record_no", "status", "refund_no")


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
        return wanted - {page.model.row(n)["action"] for n in range(page.model.rowCount())}

    await tour.hand.until(lambda: not missing(), f"{missing()} in the audit log")
    row = await tour.hand.row(page, lambda r: r["action"] == "execute_refund", "the execution's entry")
    return _shown(row, "operator", "workstation", "action", "object_id") | {"actions": sorted(wanted)}


# ------------------------------------------------------------------ running it


def run_tour(pictures: Path, language: str, data: Path | None = None) -> int:
    """Run every step; 0 when all came out. Pictures and tour.json go to `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("[0-9][0-9]*.png"):
        old.unlink()
    app = make_application(language)
    with (
        a_folder(data) as folder,
        running(folder, BLOCK_SECONDS) as stack,
        tempfile.TemporaryDirectory() as kept,
    ):
        settings = stack.settings(language)
        remembered = QSettings(str(Path(kept) / "desktop.ini"), QSettings.Format.IniFormat)
        with qasync.QEventLoop(app) as loop:
            asyncio.set_event_loop(loop)
            desktop = Desktop(connect_to(settings), str(stack.world.server), remembered)
            return loop.run_until_complete(_conduct(desktop, Tour(stack, pictures)))


async def _conduct(desktop: Desktop, tour: Tour) -> int:
    at_desk = asyncio.ensure_future(desktop.run())
    try:
        async with at_work(tour.stack):
            results = await _walk(tour)
    finally:
        desktop.stop()
        await at_desk
    report = {"steps": results, "ok": len(results) == len(STEPS) and all(r["ok"] for r in results)}
    (tour.pictures / "tour.json").write_text(
        json.dumps(report, indent=2, ensure_ascii=False), encoding="utf-8"
    )
    return 0 if report["ok"] else 1


async def _walk(tour: Tour) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    for number, (name, work) in enumerate(STEPS, start=1):
        picture = f"{number:02d}-{name.replace(',', '').replace(':', '').replace(' ', '-')}.png"
        result: dict[str, Any] = {"number": number, "name": name, "picture": picture, "ok": True}
        try:
            result["seen"] = await work(tour)
        except Exception as error:
            result |= {"ok": False, "error": f"{type(error).__name__}: {error}"}
            traceback.print_exc()
        await tour.hand.picture(tour.pictures / picture)
        results.append(result)
        print(f"{number:2d} {'ok    ' if result['ok'] else 'FAILED'} {name}", flush=True)
        if not result["ok"]:
            print(f"   {result['error']}", file=sys.stderr, flush=True)
            break
    return results
