"""What waits for an administrator of another hand is said before and after, and nothing seems done that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QSpinBox

from tests.support.memory_store import Stored
from tests.views.dialogs.support import ToldStore, part, press, row_of, said
from tests.views.dialogs.test_every_dialog import REQUEST
from wbo_desktop.domain.acts import ConfirmPassword, RefuseRequest, ResetPassword, WithdrawRequest
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import labels, rules
from wbo_desktop.views.dialogs.currency import SaveCryptocurrencyDialog
from wbo_desktop.views.dialogs.operators import ConfirmPasswordDialog, ResetPasswordDialog
from wbo_desktop.views.dialogs.policy import SavePolicyDialog
from wbo_desktop.views.dialogs.requests import (
    ApproveRequestDialog,
    RefuseRequestDialog,
    WithdrawRequestDialog,
)
from wbo_desktop.views.pages import permission_requests


def note(dialog: Any) -> str:
    shown = part(dialog, f"{dialog.name}.agreement", QLabel)
    return shown.text() if shown.isVisible() else ""


async def test_a_weaker_rule_says_that_it_will_wait_and_that_it_does(desk: Desk, store: ToldStore) -> None:
    dialog = SavePolicyDialog(desk, row_of(store, "policy", name="idle_lock_minutes"))
    dialog.open()
    part(dialog, "save_policy.value", QSpinBox).setValue(10)
    assert note(dialog) == ""
    part(dialog, "save_policy.value", QSpinBox).setValue(60)
    assert "獨立的管理員" in note(dialog)
    store.answers["save_policy"] = "waiting"
    await press(dialog)
    assert "尚未更改" in said(dialog)
    assert dialog.isVisible()
    assert not dialog.ok_button.isVisible()


async def test_a_stronger_rule_closes_as_ever(desk: Desk, store: ToldStore) -> None:
    dialog = SavePolicyDialog(desk, row_of(store, "policy", name="idle_lock_minutes"))
    dialog.open()
    part(dialog, "save_policy.value", QSpinBox).setValue(10)
    store.answers["save_policy"] = "saved"
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    await press(dialog)
    assert closed == [1]


async def test_a_coin_names_what_would_be_weaker(desk: Desk, store: ToldStore) -> None:
    dialog = SaveCryptocurrencyDialog(desk, row_of(store, "cryptocurrency", code="USDT"))
    dialog.open()
    assert note(dialog) == ""
    part(dialog, "save_cryptocurrency.approvals_needed", QSpinBox).setValue(0)
    assert labels.field("approvals_needed") in note(dialog)
    part(dialog, "save_cryptocurrency.approvals_needed", QSpinBox).setValue(2)
    assert note(dialog) == ""
    part(dialog, "save_cryptocurrency.deposit_enabled", QCheckBox).setChecked(False)
    assert note(dialog) == ""


async def test_a_desk_of_one_hand_says_that_nobody_can_agree(desk: Desk, store: ToldStore) -> None:
    desk.session = replace(desk.session, two_hands=False)
    dialog = SavePolicyDialog(desk, row_of(store, "policy", name="idle_lock_minutes"))
    dialog.open()
    part(dialog, "save_policy.value", QSpinBox).setValue(60)
    assert "db add-admin" in note(dialog)
    assert "db add-admin" in permission_requests.PAGE.notice(desk)
    desk.session = replace(desk.session, two_hands=True)
    assert permission_requests.PAGE.notice(desk) == ""


@pytest.mark.parametrize(("answer", "waits"), [("waiting", True), ("done", False)])
async def test_a_one_time_password_that_does_not_work_yet_says_so(
    desk: Desk, store: ToldStore, answer: str, waits: bool
) -> None:
    dialog = ResetPasswordDialog(desk, row_of(store, "operator", login="checker"))
    dialog.open()
    store.answers["reset_password"] = answer
    await press(dialog)
    assert isinstance(store.acts[-1], ResetPassword)
    assert part(dialog, "reset_password.one_time_password", QLabel).text()
    assert part(dialog, "reset_password.waits", QLabel).isVisible() is waits


async def test_a_request_of_ones_own_hand_is_not_decided(desk: Desk, store: ToldStore) -> None:
    desk.session = replace(desk.session, hand=frozenset({"maker", "root"}))
    row = REQUEST | {"requested_by": "ghost", "requested_hand": ["ghost", "root"]}
    for dialog_class in (ApproveRequestDialog, RefuseRequestDialog):
        dialog = dialog_class(desk, row)
        dialog.open()
        assert not dialog.ok_button.isEnabled()
        assert "root" in said(dialog)
    approve, refuse, withdraw = permission_requests.PAGE.acts
    for spec in (approve, refuse):
        refusal = spec.refused(desk, row)
        assert refusal is not None
        assert refusal.code == "same_hand"
    refusal = withdraw.refused(desk, row)
    assert refusal is not None
    assert refusal.code == "not_your_request"


async def test_refusing_and_withdrawing(desk: Desk, store: ToldStore) -> None:
    refusing = RefuseRequestDialog(desk, REQUEST)
    refusing.open()
    assert not refusing.ok_button.isEnabled()
    part(refusing, "refuse_request.remark").setText("不屬於這個團隊")
    await press(refusing)
    withdrawing = WithdrawRequestDialog(desk, REQUEST | {"requested_by": "maker"})
    withdrawing.open()
    await press(withdrawing)
    assert store.acts == [RefuseRequest(1, "不屬於這個團隊"), WithdrawRequest(1)]


async def test_a_password_set_past_the_desk_is_confirmed_with_what_was_said(
    desk: Desk, store: ToldStore
) -> None:
    row = row_of(store, "operator", login="checker")
    assert rules.confirm_password(desk, row) is not None
    row["password_foreign_at"] = datetime(2026, 11, 22, tzinfo=UTC)
    assert rules.confirm_password(desk, row) is None
    dialog = ConfirmPasswordDialog(desk, row)
    dialog.open()
    part(dialog, "confirm_password.remark").setText("已致電")
    await press(dialog)
    assert store.acts == [ConfirmPassword("checker", "已致電")]


async def test_what_was_asked_for_already_is_not_asked_again(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "operator", login="checker") | {"waiting_by": "boss"}
    refusal = rules.reset_password(desk, row)
    assert refusal is not None
    assert (refusal.code, refusal.params["login"]) == ("request_waits", "boss")
    assert rules.enable_operator(desk, row | {"disabled_at": datetime(2026, 11, 22, tzinfo=UTC)}) is not None


def test_a_request_tells_only_what_would_be_different() -> None:
    row = Stored(
        {
            "kind": "save_cryptocurrency",
            "object_id": "USDT Ethereum",
            "login": None,
            "permission_code": None,
            "before": {
                "code": "USDT",
                "minimum_deposit": "1.500000",
                "approvals_needed": "1",
                "remark": None,
            },
            "payload": {
                "details": {"code": "USDT", "minimum_deposit": "1.5", "approvals_needed": 0, "remark": ""},
                "expected_version": 4,
            },
        }
    )
    assert labels.request_changes(row) == [(labels.field("approvals_needed"), "1", "0")]
    assert labels.request_about(row) == "USDT Ethereum"
