"""Logging in, passwords, operators and their permissions: nothing secret stays, nobody grants money to
themselves."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from tests.support.memory_store import PASSWORD
from tests.views.conftest import until
from tests.views.dialogs.support import ToldStore, error_of, part, press, row_of, said
from tests.views.dialogs.test_every_dialog import REQUEST
from wbo_desktop.domain.acts import (
    ApproveRequest,
    ChangeOwnPassword,
    CreateOperator,
    DisableOperator,
    EnableOperator,
    GrantPermission,
    RevokePermission,
)
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.passwords import check_new_password
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n
from wbo_desktop.views.dialogs import login as login_module
from wbo_desktop.views.dialogs.login import LoginDialog
from wbo_desktop.views.dialogs.operators import (
    CreateOperatorDialog,
    DisableOperatorDialog,
    EnableOperatorDialog,
    one_time_password,
)
from wbo_desktop.views.dialogs.password import ChangeOwnPasswordDialog
from wbo_desktop.views.dialogs.permissions import GrantPermissionDialog
from wbo_desktop.views.dialogs.requests import (
    ApproveRequestDialog,
)

GOOD = "three blind mice ran"


class Door:
    """A login that is refused until it is told otherwise."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.refusal = desk, RuleViolation("login_failed")
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, login: str, password: Secret) -> Desk:
        self.asked.append((login, password.reveal()))
        await asyncio.sleep(0)
        if self.refusal is not None:
            raise self.refusal
        return self.desk


async def knock(dialog: LoginDialog, password: str) -> None:
    part(dialog, "login.password").setText(password)
    await until(dialog.ok_button.isEnabled)
    QTest.keyClick(part(dialog, "login.password"), Qt.Key.Key_Return)
    await until(lambda: not dialog.progress.isVisible())


async def test_a_failed_login_says_so_slows_down_and_wipes_the_password(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login_module, "PAUSES_MS", (0, 40, 80))
    door = Door(desk)
    dialog = LoginDialog(door, "db.broker.example:5432", "maker")
    dialog.open()
    assert "db.broker.example:5432" in part(dialog, "login.server", QLabel).text()
    assert not dialog.ok_button.isEnabled()
    await knock(dialog, "wrong")
    assert "登入名或密碼不正確" in part(dialog, "login.message", QLabel).text()
    assert part(dialog, "login.password").text() == ""
    part(dialog, "login.password").setText("again")
    assert not dialog.ok_button.isEnabled(), "the next attempt has to wait"
    await knock(dialog, "again")
    assert dialog._pause.interval() == 80
    door.refusal = None
    await knock(dialog, PASSWORD)
    assert dialog.desk is desk
    assert not dialog.isVisible()
    assert door.asked == [("maker", "wrong"), ("maker", "again"), ("maker", PASSWORD)]


async def test_a_server_that_is_away_keeps_the_password_typed(desk: Desk) -> None:
    door = Door(desk)
    door.refusal = RuleViolation("database_unreachable")
    dialog = LoginDialog(door, "db", "maker")
    dialog.open()
    await knock(dialog, PASSWORD)
    assert "未能連接伺服器" in part(dialog, "login.message", QLabel).text()
    assert part(dialog, "login.password").text() == PASSWORD
    assert dialog.ok_button.isEnabled()


async def test_the_login_speaks_the_language_that_is_chosen(desk: Desk) -> None:
    dialog = LoginDialog(Door(desk), "db")
    dialog.open()
    heard: list[str] = []
    dialog.language_changed.connect(heard.append)
    choice = part(dialog, "login.language", QComboBox)
    for code, word in (("en", "Log in"), ("zh_CN", "登录"), ("zh_HK", "登入")):
        choice.setCurrentIndex(choice.findData(code))
        choice.activated.emit(choice.currentIndex())
        assert dialog.ok_button.text() == word
    assert heard == ["en", "zh_CN", "zh_HK"]
    assert i18n.language() == "zh_HK"


def test_caps_lock_is_noticed_by_what_it_does(qtbot) -> None:  # type: ignore[no-untyped-def]
    from wbo_desktop.views.widgets import SecretField

    field = SecretField()
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field.line, "a")
    assert not field.caps.isVisible()
    field._notice(_key("A", Qt.KeyboardModifier.NoModifier))
    assert field.caps.isVisible()
    field._notice(_key("a", Qt.KeyboardModifier.NoModifier))
    assert not field.caps.isVisible()
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    assert PASSWORD not in repr(field.secret())


def _key(text: str, modifiers: Qt.KeyboardModifier):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, text)


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("short", "最少 15 個字元"),
        ("my name is maker ok", "不可包含登入名"),
        ("aaaaaaaaaaaaaaaaaa", "太常見"),
        (PASSWORD, "與舊密碼相同"),
    ],
)
async def test_a_bad_new_password_is_said_as_typed(desk: Desk, new: str, problem: str) -> None:
    dialog = ChangeOwnPasswordDialog(desk, None, forced=True)
    dialog.open()
    part(dialog, "change_own_password.current_password").setText(PASSWORD)
    part(dialog, "change_own_password.new_password").setText(new)
    assert problem in error_of(dialog, "new_password")
    assert not dialog.ok_button.isEnabled()


async def test_changing_ones_password(desk: Desk, store: ToldStore) -> None:
    dialog = ChangeOwnPasswordDialog(desk)
    dialog.open()
    part(dialog, "change_own_password.current_password").setText("not the one I have")
    part(dialog, "change_own_password.new_password").setText(GOOD)
    part(dialog, "change_own_password.repeated").setText(GOOD + "x")
    assert "不一致" in error_of(dialog, "repeated")
    part(dialog, "change_own_password.repeated").setText(GOOD)
    await press(dialog)
    assert error_of(dialog, "current_password").startswith("密碼不正確")
    part(dialog, "change_own_password.repeated").setText("something else")
    assert error_of(dialog, "current_password").startswith("密碼不正確"), "that one was not changed"
    part(dialog, "change_own_password.repeated").setText(GOOD)
    part(dialog, "change_own_password.current_password").setText("another try")
    assert error_of(dialog, "current_password") == ""
    assert part(dialog, "change_own_password.new_password").text() == GOOD, "what was typed is not lost"
    part(dialog, "change_own_password.current_password").setText(PASSWORD)
    await press(dialog)
    assert isinstance(store.acts[-1], ChangeOwnPassword)
    assert set(store.verifiers) == {("maker", GOOD)}
    assert GOOD not in repr(store.acts)


def test_one_time_passwords_are_long_different_and_allowed() -> None:
    made = {one_time_password().reveal() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_new_password("anybody", password)
        assert not set(password) & set("il1o0")


async def test_a_new_operator_gets_a_password_that_is_shown_once(desk: Desk, store: ToldStore) -> None:
    dialog = CreateOperatorDialog(desk, None)
    dialog.open()
    login = part(dialog, "create_operator.login")
    for wrong in ("A", "Anna", "1anna", "an na", "wbo_anna", "pg_x", "安娜"):
        login.setText(wrong)
        assert "不適用" in error_of(dialog, "login"), wrong
    login.setText("anna.chan")
    part(dialog, "create_operator.display_name").setText("陳安娜")
    await press(dialog)
    (login_used, password), act = store.verifiers[0], store.acts[-1]
    assert isinstance(act, CreateOperator)
    assert login_used == act.login == "anna.chan"
    assert password not in repr(act)
    shown = part(dialog, "create_operator.one_time_password", QLabel)
    assert shown.text() == password
    assert dialog.cancel_button.text() == "我已轉交"
    dialog.reject()
    assert shown.text() == ""


async def test_a_login_that_is_taken_is_said_beside_it(desk: Desk, store: ToldStore) -> None:
    dialog = CreateOperatorDialog(desk, None)
    dialog.open()
    part(dialog, "create_operator.login").setText("checker")
    part(dialog, "create_operator.display_name").setText("黃")
    store.refusal = RuleViolation("login_taken", login="checker")
    await press(dialog)
    assert "已被使用" in error_of(dialog, "login")


async def test_disabling_and_enabling(desk: Desk, store: ToldStore) -> None:
    disabling = DisableOperatorDialog(desk, row_of(store, "operator", login="admin"))
    disabling.open()
    part(disabling, "disable_operator.remark.0", QPushButton).click()
    store.refusal = RuleViolation("last_administrator", login="admin")
    await press(disabling)
    assert "最後一位管理員" in said(disabling)
    store.refusal = None
    await press(disabling)
    assert store.acts == [DisableOperator("admin", "已離職")]
    enabling = EnableOperatorDialog(desk, row_of(store, "operator", login="viewer"))
    enabling.open()
    part(enabling, "enable_operator.remark").setText("復職")
    await press(enabling)
    assert isinstance(store.acts[-1], EnableOperator)


async def test_the_matrix_does_one_act_for_each_change(desk: Desk, store: ToldStore) -> None:
    dialog = GrantPermissionDialog(desk, row_of(store, "operator", login="checker"))
    dialog.open()
    assert not dialog.ok_button.isEnabled()
    part(dialog, "grant_permission.atm.va_refund_approval", QCheckBox).setChecked(False)
    part(dialog, "grant_permission.atm.va_coin_deposit_records_inquiry", QCheckBox).setChecked(True)
    assert dialog.ok_button.text() == "套用 2 項更改"
    await press(dialog)
    assert sorted(store.acts, key=lambda act: act.function) == [
        GrantPermission("checker", Permission.RECORD_INQUIRY.value),
        RevokePermission("checker", Permission.REFUND_APPROVAL.value),
    ]


async def test_a_grant_that_waits_for_a_second_administrator_says_so(desk: Desk, store: ToldStore) -> None:
    dialog = GrantPermissionDialog(desk, row_of(store, "operator", login="admin"))
    dialog.open()
    part(dialog, "grant_permission.atm.va_refund_of_coin_deposit_record", QCheckBox).setChecked(True)
    note = part(dialog, "grant_permission.note", QLabel)
    assert "第二位管理員" in note.text()
    store.answers["grant_permission"] = "waiting"
    await press(dialog)
    assert "正等候第二位管理員批准" in said(dialog)
    assert dialog.isVisible()


async def test_a_refusal_in_the_middle_shows_what_was_done(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "operator", login="checker")
    dialog = GrantPermissionDialog(desk, row)
    dialog.open()
    part(dialog, "grant_permission.sys.audit_inquiry", QCheckBox).setChecked(True)
    store.refusal = RuleViolation("permission_denied", permission="sys.operator_admin")
    await press(dialog)
    assert "操作員與權限" in said(dialog)
    assert part(dialog, "grant_permission.sys.audit_inquiry", QCheckBox).isChecked()


async def test_who_asked_cannot_approve_the_grant(desk: Desk, store: ToldStore) -> None:
    for concerned in ("requested_by", "login"):
        dialog = ApproveRequestDialog(desk, REQUEST | {concerned: "maker"})
        dialog.open()
        assert not dialog.ok_button.isEnabled()
        assert "另一位管理員" in said(dialog)
    dialog = ApproveRequestDialog(desk, REQUEST)
    dialog.open()
    await press(dialog)
    assert store.acts == [ApproveRequest(1)]
