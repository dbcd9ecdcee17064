"""What every form does, shown on 撤銷: errors as typed, asked once more, refusals inside, nothing typed is
lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from tests.views.conftest import until
from tests.views.dialogs.support import ToldStore, error_of, last_act, part, press, row_of, said
from wbo_desktop.domain.acts import Act, RevokeDeposit, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.dialogs.deposits import RevokeDepositDialog


@pytest.fixture
def dialog(desk: Desk, store: ToldStore) -> RevokeDepositDialog:
    made = RevokeDepositDialog(desk, row_of(store, "deposit_record", status="pending_auth"))
    made.open()
    return made


async def confirm(dialog: RevokeDepositDialog) -> None:
    """To the second step, until its button may be pressed."""
    await press(dialog, "next")
    await until(dialog.ok_button.isEnabled)


async def test_nothing_is_red_before_anything_was_typed(dialog: RevokeDepositDialog) -> None:
    assert not dialog.next_button.isEnabled()
    assert "留存於日誌" in error_of(dialog, "remark")
    assert part(dialog, "revoke_deposit.remark").hasFocus()


@pytest.mark.parametrize("blank", ["", "   ", "\u3000\u3000", "\u200b\u2003", "\t"])
async def test_a_remark_of_spaces_is_refused_as_typed(dialog: RevokeDepositDialog, blank: str) -> None:
    field = part(dialog, "revoke_deposit.remark")
    field.setText("x")
    field.setText(blank)
    assert "只有空格不算" in error_of(dialog, "remark")
    assert field.property("invalid") == "true"
    assert not dialog.next_button.isEnabled()


async def test_a_common_remark_is_one_click(dialog: RevokeDepositDialog) -> None:
    part(dialog, "revoke_deposit.remark.0", QPushButton).click()
    assert part(dialog, "revoke_deposit.remark").text() == "用戶重複申請"
    assert dialog.next_button.isEnabled()


async def test_revoking_asks_once_more_and_names_the_object(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    part(dialog, "revoke_deposit.remark").setText(" 地址填寫錯誤 ")
    await press(dialog, "next")
    assert store.acts == []
    assert not dialog.ok_button.isEnabled(), "the second click of a double click would revoke"
    record, version = dialog.row["record_no"], dialog.row["version"]
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    assert dialog.ok_button.text() == f"撤銷 {record}"
    assert record in said(dialog)
    assert "地址填寫錯誤" in said(dialog)
    await until(dialog.ok_button.isEnabled)
    await press(dialog)
    assert store.acts == [RevokeDeposit(record, "地址填寫錯誤", version)]
    assert ended == [QDialog.DialogCode.Accepted]


async def test_a_refusal_stands_until_what_was_refused_is_changed(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    """Whatever else makes the form judge itself meanwhile, such as something that was read."""
    remark = part(dialog, "revoke_deposit.remark")
    for refusal, words in (
        (RuleViolation("value_too_long", field="remark", limit=500), lambda: error_of(dialog, "remark")),
        (RuleViolation("database_unreachable"), lambda: said(dialog)),
    ):
        remark.setText("重複")
        await confirm(dialog)
        store.refusal = refusal
        await press(dialog)
        told = words()
        assert told
        dialog.validate()
        assert words() == told
        assert dialog.next_button.isEnabled(), "the same may be tried again"
        remark.setText("重複申請")
        assert words() != told


async def test_what_is_asked_once_more_stays_in_sight(dialog: RevokeDepositDialog) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    await confirm(dialog)
    dialog.validate()
    assert dialog.row["record_no"] in said(dialog)


async def test_escape_goes_one_step_back_and_keeps_the_remark(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    await confirm(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.next_button.isVisible()
    assert part(dialog, "revoke_deposit.remark").text() == "重複"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert store.acts == []


async def test_enter_presses_the_button_that_is_on(dialog: RevokeDepositDialog, store: ToldStore) -> None:
    field = part(dialog, "revoke_deposit.remark")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "只有空格不算" in error_of(dialog, "remark"), "Enter on an unfinished form shows what is missing"
    QTest.keyClicks(field, "twice")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(dialog.ok_button.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    await until(lambda: store.acts)


async def test_enter_on_the_button_that_goes_back_goes_back(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    await confirm(dialog)
    dialog.cancel_button.setFocus()
    QTest.keyClick(dialog.cancel_button, Qt.Key.Key_Return)
    assert dialog.next_button.isVisible()
    assert not dialog._working
    assert store.acts == []


async def test_two_presses_do_one_thing(dialog: RevokeDepositDialog, store: ToldStore) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    await confirm(dialog)
    dialog.ok_button.click()
    dialog.ok_button.click()
    dialog.submit_now()
    await until(lambda: not dialog._working)
    assert len(store.acts) == 1


async def test_a_record_that_moved_says_so_and_loads_again(
    dialog: RevokeDepositDialog, store: ToldStore, desk: Desk
) -> None:
    record = dialog.row["record_no"]
    part(dialog, "revoke_deposit.remark").setText("重複")
    await confirm(dialog)
    store.refusal = RuleViolation(
        "moved_meanwhile", object="deposit", id=record, expected=4, actual=5, status="processing"
    )
    await press(dialog)
    assert "現時狀態：確認中" in said(dialog)
    assert not dialog.next_button.isEnabled()
    assert part(dialog, "revoke_deposit.remark").text() == "重複"
    store.refusal = None
    row_of(store, "deposit_record", record_no=record).update(version=5)
    await press(dialog, "reload")
    await until(dialog.next_button.isEnabled)
    assert part(dialog, "revoke_deposit.remark").text() == "重複"
    await confirm(dialog)
    await press(dialog)
    assert last_act(store)["expected_version"] == 5


async def test_what_others_change_is_noticed_before_pressing(
    dialog: RevokeDepositDialog, store: ToldStore, desk: Desk
) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    row = row_of(store, "deposit_record", record_no=dialog.row["record_no"])
    row.update(version=row["version"] + 1, status="processing", reason=None)
    desk.changes.publish({Topic.DEPOSIT})
    await until(lambda: said(dialog))
    assert not dialog.next_button.isEnabled()
    await press(dialog, "reload")
    await until(lambda: "不可進行「撤銷」" in said(dialog))
    assert not dialog.next_button.isEnabled()


async def test_what_the_worker_notes_meanwhile_does_not_interrupt(
    dialog: RevokeDepositDialog, store: ToldStore, desk: Desk
) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    row = row_of(store, "deposit_record", record_no=dialog.row["record_no"])
    row.update(version=row["version"] + 1, reason="txid_not_found", verdicts=[])
    desk.changes.publish({Topic.DEPOSIT})
    await until(lambda: dialog.expected_version() == row["version"])
    assert not said(dialog)
    await confirm(dialog)
    await press(dialog)
    assert last_act(store)["expected_version"] == row["version"]


async def test_other_refusals_stay_inside_and_can_be_tried_again(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    store.refusal = RuleViolation("database_unreachable")
    await confirm(dialog)
    await press(dialog)
    assert "未能連接伺服器" in said(dialog)
    assert dialog.isVisible()
    store.refusal = None
    await confirm(dialog)
    await press(dialog)
    assert len(store.acts) == 1


async def test_a_refusal_about_a_field_is_shown_beside_it(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    part(dialog, "revoke_deposit.remark").setText("重複")
    store.refusal = RuleViolation("value_too_long", field="remark", limit=3)
    await confirm(dialog)
    await press(dialog)
    assert error_of(dialog, "remark") == "最多 3 個字元，請縮短。"
    assert part(dialog, "revoke_deposit.remark").isVisible()


async def test_nothing_closes_while_the_act_is_under_way(
    dialog: RevokeDepositDialog, store: ToldStore
) -> None:
    """Neither Esc nor the window's own button nor Cancel, at either step and however often."""
    held, go_on = threading.Event(), threading.Event()
    real = store.call

    def slowly(act: Act) -> Any:
        held.set()
        assert go_on.wait(30)
        return real(act)

    store.call = slowly  # type: ignore[method-assign]
    part(dialog, "revoke_deposit.remark").setText("重複")
    await confirm(dialog)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.ok_button.click()
    await until(held.is_set)
    try:
        for _ in range(3):
            dialog.reject()
            dialog.give_up()
            dialog.close()
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            assert dialog.isVisible()
            assert not dialog.form.isVisible(), "not even a step back"
            assert not dialog.cancel_button.isEnabled()
        assert store.acts == []
        assert ended == []
    finally:
        go_on.set()
    await until(lambda: ended)
    assert ended == [QDialog.DialogCode.Accepted]
    assert len(store.acts) == 1


async def test_what_cannot_be_revoked_says_why(desk: Desk, store: ToldStore) -> None:
    dialog = RevokeDepositDialog(desk, row_of(store, "deposit_record", status="success"))
    dialog.open()
    part(dialog, "revoke_deposit.remark").setText("重複")
    assert "「已到賬」" in said(dialog)
    assert not dialog.next_button.isEnabled()


async def test_a_closed_dialog_no_longer_listens(dialog: RevokeDepositDialog, desk: Desk) -> None:
    before = len(desk.changes._listeners)
    dialog.reject()
    assert len(desk.changes._listeners) == before - 1
