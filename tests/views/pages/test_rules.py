"""Each button is on exactly when its act is possible, and says why otherwise: one table for every page with acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.memory_store import MemoryStore, Stored
from tests.views.conftest import until
from wbo_desktop.domain import acts
from wbo_desktop.domain.acts import (
    ApproveRefund,
    BeginMessageSignature,
    BeginMicroPayment,
    ExecuteRefund,
    RejectRefund,
    SubmitWalletSignature,
)
from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.wallet import WalletStatus
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import menu, rules
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.health import Health
from wbo_desktop.views.pages import (
    channel_custodial_account,
    client_wallet_address,
    operators,
    refunds,
)
from wbo_desktop.views.pages.page import ListPage
from wbo_desktop.views.pages.spec import Context, Explorers, PageSpec

ME = "maker"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def desk_of(login: str = ME, **more: Any) -> Desk:
    store = MemoryStore(login=login, **more)
    return Desk(store, store.session())


def codes(spec: PageSpec, row: Mapping[str, Any]) -> dict[str, str]:
    """The refusal's code of each act on the row; empty where it is possible."""
    desk, shown = desk_of(), Stored(row)
    found = {act.code: act.refused(desk, shown) for act in spec.acts if act.on_row}
    return {act: code_of(refusal, act, row) for act, refusal in found.items()}


def code_of(refusal: RuleViolation | None, act: str, row: Mapping[str, Any]) -> str:
    """The refusal's code; empty where there is none. It says all that the database would say of this row and act."""
    if refusal is None:
        return ""
    said: dict[str, dict[str, Any]] = {
        "status_forbids": {"object": row.get("object"), "id": row.get("id"), "wanted": act}
        # of a password that needs no confirmation the database says `enabled` in any case
        | {
            "status": "enabled"
            if act == "confirm_password"
            else row.get("status", row.get("state", "enabled"))
        },
        "already_signed": {"refund_no": row.get("refund_no")},
        "refund_in_progress": {"record_no": row.get("record_no"), "refund_no": row.get("refund_no")},
        "fault_not_acceptable": {"reason": row.get("reason")},
        "wallet_deleted": {"address": row.get("address")},
        "wallet_of_other_client": {"address": row.get("address"), "client_no": row.get("other_client_no")},
        "account_assigned": {"address": row.get("address"), "client_no": row.get("client_no")},
        "approver_is_requester": {"login": ME},
        "already_approved": {"login": ME},
        "already_asked": {"login": "amy"},
        "asked_by_own_hand": {"login": "amy"},
        "operator_disabled": {"login": row.get("login")},
        "request_waits": {"kind": act, "id": row.get("login"), "login": row.get("waiting_by")},
    }
    assert refusal.params == said[refusal.code]
    return refusal.code


# refunds: approve, reject, execute, cancel, notify

NO, SIGNED, DONE = "status_forbids", "already_signed", ""
REFUNDS: dict[RefundStatus, tuple[str, str, str, str, str]] = {
    RefundStatus.REQUESTED: ("", "", NO, "", NO),
    RefundStatus.APPROVED: (NO, "", "", "", NO),
    RefundStatus.EXECUTING: (NO, NO, NO, "", NO),
    RefundStatus.SIGNED: (NO, NO, NO, SIGNED, NO),
    RefundStatus.BROADCAST: (NO, NO, NO, SIGNED, NO),
    RefundStatus.CONFIRMING: (NO, NO, NO, SIGNED, NO),
    RefundStatus.CONFIRMED: (NO, NO, NO, NO, ""),
    RefundStatus.FAILED: (NO, NO, NO, NO, NO),
    RefundStatus.REJECTED: (NO, NO, NO, NO, NO),
    RefundStatus.CANCELLED: (NO, NO, NO, NO, NO),
}
REFUND_ACTS = ("approve_refund", "reject_refund", "execute_refund", "cancel_refund", "record_client_notified")


def a_refund(status: RefundStatus, by: str = "amy", approvals: tuple[str, ...] = ()) -> Stored:
    values = {
        "object": "refund",
        "id": "RF1",
        "refund_no": "RF1",
        "status": status,
        "requested_by": by,
        "approvals": [{"login": login, "at": NOON.isoformat()} for login in approvals],
    }
    return Stored(values)


@pytest.mark.parametrize("status", RefundStatus)
def test_the_buttons_of_refunds(status: RefundStatus) -> None:
    assert codes(refunds.PAGE, a_refund(status)) == dict(zip(REFUND_ACTS, REFUNDS[status], strict=True))


def test_who_requested_or_approved_does_not_approve() -> None:
    mine, again = a_refund(RefundStatus.REQUESTED, by=ME), a_refund(RefundStatus.REQUESTED, approvals=(ME,))
    assert codes(refunds.PAGE, mine)["approve_refund"] == "approver_is_requester"
    assert codes(refunds.PAGE, again)["approve_refund"] == "already_approved"
    other = a_refund(RefundStatus.REQUESTED, approvals=("zoe",))
    assert codes(refunds.PAGE, other)["approve_refund"] == ""


@pytest.mark.parametrize(
    ("requested", "approved", "mine", "told"),
    [
        (["amy", "root"], [], ["root"], ("amy", "root")),
        # of several in common the first is named
        (["amy", "zzz", "root"], [], ["root", "zzz"], ("amy", "root")),
        (["amy"], ["zoe", "root"], ["root"], ("zoe", "root")),
        (["amy", "root"], ["zoe", "root"], ["root"], ("amy", "root")),
        (["amy", ME], [], [], ("amy", ME)),  # this login gave the requester the password
        (["amy"], [], ["amy"], ("amy", "amy")),  # and the other way round
        (["amy", "b"], ["zoe", "c"], ["root"], None),
        (None, None, ["root"], None),
    ],
)
def test_who_is_of_a_hand_with_them_does_not_approve_and_reads_why(
    requested: list[str] | None, approved: list[str] | None, mine: list[str], told: tuple[str, str] | None
) -> None:
    row = a_refund(RefundStatus.REQUESTED, approvals=("zoe",)) | {"requested_hand": requested}
    row["approvals"][0]["hand"] = approved
    desk = desk_of()
    desk.session = replace(desk.session, hand=frozenset({ME, *mine}))
    refusal = rules.approve(desk, row)
    assert (refusal and refusal.code) == (told and "same_hand")
    if refusal is not None and told is not None:
        assert refusal.params == {"login": ME, "other": told[0], "common": told[1]}


# deposits: revoke, recheck, accept, request a refund, delete

DEPOSIT_RULES = {
    "revoke_deposit": rules.revoke,
    "recheck_deposit": rules.recheck,
    "accept_deposit": rules.accept,
    "request_refund": rules.request_refund,
}
DEPOSITS: list[tuple[DepositStatus, dict[str, Any], tuple[str, str, str, str], str]] = [
    (DepositStatus.PENDING_AUTH, {}, ("", NO, NO, NO), ""),
    (DepositStatus.PROCESSING, {}, (NO, NO, NO, NO), NO),
    (DepositStatus.ABNORMAL, {"reason": "amount_differs"}, (NO, "", "", NO), ""),
    (DepositStatus.ABNORMAL, {"reason": "wrong_contract"}, (NO, "", "fault_not_acceptable", NO), ""),
    (DepositStatus.SUCCESS, {}, (NO, NO, NO, ""), NO),
    (DepositStatus.REFUNDING, {}, (NO, NO, NO, NO), NO),
    (DepositStatus.REFUNDING, {"refund_no": "RF1"}, (NO, NO, NO, "refund_in_progress"), NO),
    (DepositStatus.REFUND_FAILED, {"refund_no": "RF1"}, (NO, NO, NO, ""), NO),
    (DepositStatus.REFUNDED, {"refund_no": "RF1"}, (NO, NO, NO, NO), NO),
    (DepositStatus.CANCELLED, {}, (NO, NO, NO, NO), NO),
    (DepositStatus.DELETED, {}, (NO, NO, NO, NO), NO),
]


@pytest.mark.parametrize(("status", "more", "expected", "delete"), DEPOSITS)
def test_the_buttons_of_deposits(
    status: DepositStatus, more: dict[str, Any], expected: tuple[str, ...], delete: str
) -> None:
    desk = desk_of()
    row = Stored(object="deposit", id="DP1", record_no="DP1", status=status, reason=None) | more
    found = {act: code_of(rule(desk, row), act, row) for act, rule in DEPOSIT_RULES.items()}
    assert found == dict(zip(DEPOSIT_RULES, expected, strict=True))
    application = row | {"object": "application", "id": "A-1", "external_serial": "A-1"}
    refusal = rules.delete_application(desk, application)
    assert code_of(refusal, "delete_application", application) == delete


def test_a_record_whose_coins_are_on_chain_is_not_revoked() -> None:
    row = Stored(record_no="DP1", status="pending_auth", block_number=7, confirmations=2, coin="USDT")
    refusal = rules.revoke(desk_of(), row | {"observed_amount": "5", "decimals": 6, "txid": "0x1"})
    assert refusal is not None
    assert refusal.code == "transfer_on_chain"


# wallets: micro payment, signature, share, delete

GONE, OTHER, ASKED, OWN = "wallet_deleted", "wallet_of_other_client", "already_asked", "asked_by_own_hand"
WALLET_ACTS = (
    "begin_micro_payment",
    "begin_message_signature",
    "allow_shared_wallet",
    "delete_wallet",
    "agree_shared_wallet",
    "refuse_shared_wallet",
)
# status, the other client who has it, beside whom it may be, whether sharing was asked for and by one's own hand
WALLETS: list[tuple[WalletStatus, str | None, str | None, str, bool, tuple[str, ...]]] = [
    (WalletStatus.UNVERIFIED, None, None, "", False, ("", "", NO, "", NO, NO)),
    (WalletStatus.VERIFYING, None, None, "", False, ("", "", NO, "", NO, NO)),
    (WalletStatus.VERIFIED, None, None, "", False, ("", "", NO, "", NO, NO)),
    (WalletStatus.DELETED, None, None, "", False, (GONE, GONE, GONE, GONE, GONE, GONE)),
    (WalletStatus.UNVERIFIED, "C2", None, "", False, (OTHER, OTHER, "", "", NO, NO)),
    (WalletStatus.UNVERIFIED, "C2", "C2", "", False, ("", "", NO, "", NO, NO)),
    # what was agreed beside one client is not agreed beside another
    (WalletStatus.UNVERIFIED, "C2", "C3", "", False, (OTHER, OTHER, "", "", NO, NO)),
    (WalletStatus.VERIFIED, "C2", "C2", "", False, ("", "", NO, "", NO, NO)),
    (WalletStatus.DELETED, "C2", "C2", "", False, (GONE, GONE, GONE, GONE, GONE, GONE)),
    (WalletStatus.UNVERIFIED, "C2", None, "waiting", False, (OTHER, OTHER, ASKED, "", "", "")),
    (WalletStatus.UNVERIFIED, "C2", None, "waiting", True, (OTHER, OTHER, ASKED, "", OWN, "")),
]


@pytest.mark.parametrize(("status", "other", "beside", "sharing", "own", "expected"), WALLETS)
def test_the_buttons_of_wallets(
    status: WalletStatus,
    other: str | None,
    beside: str | None,
    sharing: str,
    own: bool,
    expected: tuple[str, ...],
) -> None:
    row = {
        "object": "wallet",
        "id": "0x1",
        "wallet_id": 1,
        "address": "0x1",
        "status": status,
        "other_client_no": other,
        "shared_override": beside is not None,
        "shared_with": beside,
        "sharing": sharing,
        "shared_asked_by": "amy",
        "asked_by_own_hand": own,
    }
    assert codes(client_wallet_address.PAGE, row) == dict(zip(WALLET_ACTS, expected, strict=True))


# custodial accounts and operators


ACCOUNT_ACTS = (
    "delete_custodial_account",
    "confirm_custodial_import",
    "refuse_custodial_import",
    "confirm_custodial_deletion",
    "refuse_custodial_deletion",
)
TAKEN = "account_assigned"
ACCOUNTS: list[tuple[str, str | None, bool, tuple[str, ...]]] = [
    ("free", None, False, ("", NO, NO, NO, NO)),
    ("assigned", "C1", False, (TAKEN, NO, NO, TAKEN, TAKEN)),
    # assigned although its deletion was asked for: the database says that first
    ("deleting", "C1", False, (TAKEN, NO, NO, TAKEN, TAKEN)),
    ("deleting", "C1", True, (TAKEN, NO, NO, TAKEN, TAKEN)),
    ("importing", None, False, ("", "", "", NO, NO)),
    ("importing", None, True, ("", OWN, "", NO, NO)),
    ("deleting", None, False, (ASKED, NO, NO, "", "")),
    ("deleting", None, True, (ASKED, NO, NO, OWN, "")),
]


@pytest.mark.parametrize(("state", "client", "own", "expected"), ACCOUNTS)
def test_the_buttons_of_custodial_accounts(
    state: str, client: str | None, own: bool, expected: tuple[str, ...]
) -> None:
    row = {
        "object": "custodial_account",
        "id": "0x1",
        "address": "0x1",
        "client_no": client,
        "state": state,
        "asked_by_own_hand": own,
        "imported_by": "amy",
        "delete_asked_by": "amy",
    }
    assert codes(channel_custodial_account.PAGE, row) == dict(zip(ACCOUNT_ACTS, expected, strict=True))


@pytest.mark.parametrize(
    ("disabled", "waiting", "expected"),
    [
        (
            None,
            None,
            {
                "grant_permission": "",
                "reset_password": "",
                "disable_operator": "",
                "enable_operator": NO,
            },
        ),
        (
            NOON,
            None,
            {
                "grant_permission": "operator_disabled",
                "reset_password": NO,
                "disable_operator": NO,
                "enable_operator": "",
            },
        ),
        (
            None,
            "boss",
            {
                "grant_permission": "",
                "reset_password": "request_waits",
                "disable_operator": "",
                "enable_operator": NO,
            },
        ),
        (
            NOON,
            "boss",
            {
                "grant_permission": "operator_disabled",
                "reset_password": NO,
                "disable_operator": NO,
                "enable_operator": "request_waits",
            },
        ),
    ],
)
def test_the_buttons_of_operators(
    disabled: datetime | None, waiting: str | None, expected: dict[str, str]
) -> None:
    row = {"login": "zoe", "disabled_at": disabled, "waiting_by": waiting, "password_foreign_at": None}
    row |= {"object": "operator", "id": "zoe", "status": "disabled" if disabled else "enabled"}
    found = codes(operators.PAGE, row)
    assert {act: found[act] for act in expected} == expected


@pytest.mark.parametrize(("foreign", "code"), [(None, NO), (NOON, "")])
def test_a_password_is_confirmed_where_one_was_set_past_the_desk(foreign: datetime | None, code: str) -> None:
    row = {"login": "zoe", "disabled_at": None, "waiting_by": None, "password_foreign_at": foreign}
    row |= {"object": "operator", "id": "zoe"}
    assert codes(operators.PAGE, row)["confirm_password"] == code


# the same through the page: what is on, what the tooltip says, what pressing does


@pytest.mark.parametrize("status", RefundStatus)
async def test_a_refunds_buttons_are_on_exactly_when_their_rule_says_so(
    qtbot: QtBot, desk: Desk, store: MemoryStore, settings: QSettings, status: RefundStatus
) -> None:
    row = store.rows["refund"][0]
    store.rows["refund"][:] = [row]
    row.update(status=status, requested_by="amy", approvals=[])
    page = ListPage(Context(desk, Health(desk), Explorers(), lambda *_: None), refunds.PAGE)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    await until(lambda: page.model.rowCount() == 1)
    page.table.selectRow(0)
    for code, refused in zip(REFUND_ACTS, REFUNDS[status], strict=True):
        button = page.findChild(QPushButton, code)
        assert button is not None
        assert button.isEnabled() == (refused == ""), code
        action = next(action for action in page.acts.actions() if action.objectName() == f"act.{code}")
        assert action.isEnabled() == button.isEnabled()
        if refused:
            assert button.toolTip() not in ("", button.text()), "the reason is said"
            assert button.accessibleDescription() == button.toolTip()


@pytest.mark.parametrize("spec", [spec for spec in menu.pages() if spec.acts], ids=lambda spec: spec.code)
def test_no_button_is_on_without_its_permission_or_its_row(spec: PageSpec) -> None:
    everything, nothing = desk_of(), desk_of(permissions=frozenset({Permission.RECORD_INQUIRY}))
    for act in spec.acts:
        assert act.why_not(nothing, None), act.code
        if act.on_row:
            assert act.why_not(everything, None), act.code
        else:
            assert not act.why_not(everything, None), act.code


def test_the_table_knows_every_rule_of_these_pages() -> None:
    covered = {*REFUND_ACTS, *WALLET_ACTS}
    for page in (refunds.PAGE, client_wallet_address.PAGE):
        assert {act.code for act in page.acts if act.on_row} == covered & {act.code for act in page.acts}
    assert rules.RULES[BeginMicroPayment] is rules.RULES[BeginMessageSignature] is rules.verify


REVIEWED = (ApproveRefund, RejectRefund, ExecuteRefund)
"""The acts whose dialogs look at more than the row: the fingerprint and what the hot wallet holds."""


def test_every_act_has_a_rule_or_is_always_possible() -> None:
    assert set(rules.RULES) | rules.ALWAYS == set(acts.ALL)
    assert not set(rules.RULES) & rules.ALWAYS


@pytest.mark.parametrize("spec", [spec for spec in menu.pages() if spec.acts], ids=lambda spec: spec.code)
def test_a_button_and_its_dialog_ask_one_rule(spec: PageSpec) -> None:
    for button in spec.acts:
        assert getattr(button.dialog, "act", None) is button.act, button.code
        if button.act not in REVIEWED:
            assert getattr(button.dialog, "forbidden", None) is FormDialog.forbidden, button.code


@pytest.mark.parametrize(
    ("status", "method", "code"),
    [
        ("verifying", "message_signature", ""),
        ("verifying", "micro_payment", NO),
        ("unverified", "message_signature", NO),
        ("verified", "message_signature", NO),
        ("deleted", "message_signature", GONE),
    ],
)
def test_a_signature_is_taken_where_it_is_waited_for(status: str, method: str, code: str) -> None:
    row = Stored(object="wallet", id="0x1", address="0x1", status=status, method=method)
    refusal = rules.refusal(SubmitWalletSignature, desk_of(), row)
    assert code_of(refusal, "submit_wallet_signature", row) == code
