"""操作員: made, disabled, enabled, given a new one-time password; a password set outside the desk is confirmed.

The one-time password is made on this workstation, shown once, and never sent: the server gets its SCRAM
verifier.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton

from wbo_desktop.domain.acts import (
    Act,
    ConfirmPassword,
    CreateOperator,
    DisableOperator,
    EnableOperator,
    ResetPassword,
)
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import Operator
from wbo_desktop.secrets import Secret
from wbo_desktop.views import fonts, i18n, labels, theme
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.agreement import lone_desk
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.plain_text import PlainLabel, copy_exactly, flash
from wbo_desktop.views.widgets import Fact, RemarkField
from wbo_desktop.views.widgets.plain import card, label

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""The characters of one-time passwords, without those that are misread: i l o 0 1."""


def one_time_password(groups: int = 5, letters: int = 4) -> Secret:
    """A new one-time password: twenty random characters in groups, about 99 bits."""
    return Secret("-".join("".join(secrets.choice(ALPHABET) for _ in range(letters)) for _ in range(groups)))


def operator_facts(row: Operator) -> list[Fact]:
    """The facts that identify an operator."""
    return [facts_of.text_fact(row, Operator.login), facts_of.text_fact(row, Operator.display_name)]


class OneTimePasswordDialog(FormDialog[Operator]):
    """The base of the acts that end by showing a one-time password."""

    def build(self) -> None:
        self.build_fields()
        self.shown_frame, layout = card("note", self, 14)
        self.password = PlainLabel(self.shown_frame)
        self.password.setObjectName(f"{self.name}.one_time_password")
        fonts.set_mono(self.password, -4.5)
        row = QHBoxLayout()
        row.addWidget(self.password, 1)
        self.copy_button = QPushButton(self.tr("Copy"), self.shown_frame)
        self.copy_button.setObjectName(f"{self.name}.copy")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        row.addWidget(self.copy_button)
        layout.addLayout(row)
        once = self.tr(
            "It is shown this once and kept nowhere. Hand it over in person or by telephone; it has to "
            "be changed at the "
            "first login."
        )
        layout.addWidget(label(once, "small", self.shown_frame))
        self.waits = label("", "warning", self.shown_frame, f"{self.name}.waits")
        self.waits.hide()
        layout.addWidget(self.waits)
        self.shown_frame.hide()
        self.body.addWidget(self.shown_frame)

    def build_fields(self) -> None:
        """What a subclass asks."""

    async def make(self, login: str) -> tuple[Secret, str]:
        """A password and its verifier."""
        password = one_time_password()
        return password, await self.desk.one_time_verifier(login, password)

    async def issue(self, login: str, act: Callable[[str], Act]) -> tuple[Secret, bool]:
        """Do the act with a new password's verifier; returns the password and whether it waits for
        agreement."""
        password, verifier = await self.make(login)
        return password, await self.desk.do(act(verifier)) == "waiting"

    def done_with(self, result: Any) -> None:
        """Show the password; the only way on is to close."""
        password, waits = result
        self.password.setText(password.reveal())
        if waits:
            self.waits.setText(
                self.tr(
                    "It works once an administrator of another hand has agreed, under Permission Requests."
                )
                if self.desk.session.two_hands
                else lone_desk()
            )
            self.waits.show()
        for field in self.fields.values():
            field.hide()
        self.shown_frame.show()
        self.heading.setText(self.tr("One-time password of {login}").format(login=self.login_concerned()))
        self.about.hide()
        self.ok_button.hide()
        self.cancel_button.setText(self.tr("I have passed it on"))
        theme.mark(self.cancel_button, kind="primary")
        self.cancel_button.setFocus()
        self.adjustSize()

    def login_concerned(self) -> str:
        return str(self.subject.login)

    def _copy(self) -> None:
        copy_exactly(self.password.text())
        flash(self.tr("Copied"), self.copy_button)

    def done(self, code: int) -> None:
        self.password.clear()
        self.result_value = None
        super().done(code)


class CreateOperatorDialog(OneTimePasswordDialog):
    """新增操作員: makes a login; its permissions are granted afterwards, one by one."""

    name, act = "create_operator", CreateOperator

    def explanation(self) -> str:
        return self.tr(
            "A new operator may do nothing until permissions are granted. The first password is made here."
        )

    def build_fields(self) -> None:
        login = QLineEdit()
        login.setMaxLength(31)
        hint = self.tr("Lower-case letters, digits, point and underscore; cannot be changed later")
        self.add_field("login", labels.field("login"), login, hint)
        self.add_field("display_name", labels.field("display_name"), QLineEdit())
        language = QComboBox()
        for code, own in i18n.LANGUAGES.items():
            language.addItem(own, code)
        self.add_field("language", labels.field("language"), language)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """As the database will judge."""
        found: dict[str, Problem] = {}
        login = values["login"]
        allowed = "abcdefghijklmnopqrstuvwxyz0123456789_."
        plain = len(login) >= 2 and login[:1].isalpha() and all(letter in allowed for letter in login)
        if not login:
            found["login"] = RuleViolation("value_missing", field="login")
        elif not plain or login.startswith(("wbo_", "pg_", "atm.", "sys.")):
            found["login"] = RuleViolation("value_invalid", field="login", value=login)
        if not values["display_name"].strip():
            found["display_name"] = RuleViolation("value_missing", field="display_name")
        return found

    def field_of(self, error: RuleViolation) -> str | None:
        return "login" if error.code == "login_taken" else super().field_of(error)

    def login_concerned(self) -> str:
        return str(self.fields["login"].value())

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Returns the password to show."""
        login, shown, language = values["login"], values["display_name"].strip(), values["language"]
        return await self.issue(login, lambda verifier: CreateOperator(login, shown, verifier, language))


class EnableOperatorDialog(OneTimePasswordDialog):
    """重新啟用: opens a disabled login with a new one-time password."""

    name, act, source, key = "enable_operator", EnableOperator, Operator, ("login",)

    def explanation(self) -> str:
        return self.tr(
            "The operator can log in again with a new one-time password and has the permissions as before."
        )

    def ok_text(self) -> str:
        return self.tr("Enable {login}").format(login=self.login_concerned())

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [*operator_facts(row), facts_of.time_fact(row, Operator.disabled_at)]

    def build_fields(self) -> None:
        common = [self.tr("Back from leave"), self.tr("Disabled by mistake")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Returns the password to show."""
        login = self.login_concerned()
        return await self.issue(login, lambda verifier: EnableOperator(login, verifier, values["remark"]))


class ResetPasswordDialog(OneTimePasswordDialog):
    """重設密碼: sets a new one-time password and ends the operator's open sessions."""

    name, act, source, key = "reset_password", ResetPassword, Operator, ("login",)

    def explanation(self) -> str:
        return self.tr(
            "Open sessions of this operator end at once. Make sure that it is really they who ask for it."
        )

    def ok_text(self) -> str:
        return self.tr("Reset password of {login}").format(login=self.login_concerned())

    def describe(self) -> Iterable[Fact]:
        return operator_facts(self.subject)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Returns the password to show."""
        login = self.login_concerned()
        return await self.issue(login, lambda verifier: ResetPassword(login, verifier))


class DisableOperatorDialog(FormDialog[Operator]):
    """停用: closes a login at once and ends its open sessions."""

    name, act, danger = "disable_operator", DisableOperator, True
    source, key = Operator, ("login",)

    def explanation(self) -> str:
        return self.tr("Open sessions end at once and no login is possible. What they did stays in the log.")

    def ok_text(self) -> str:
        return self.tr("Disable {login}").format(login=self.subject.login)

    def describe(self) -> Iterable[Fact]:
        return operator_facts(self.subject)

    def build(self) -> None:
        common = [self.tr("Left the company"), self.tr("On leave"), self.tr("Suspected misuse")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(DisableOperator(self.subject.login, values["remark"]))


class ConfirmPasswordDialog(FormDialog[Operator]):
    """確認密碼: confirms a password after the operator was asked whether they changed it themselves."""

    name, act, source, key = "confirm_password", ConfirmPassword, Operator, ("login",)

    def explanation(self) -> str:
        return self.tr(
            "The password was changed outside WBO Desktop, so this login only looks. Ask the operator in person or by "
            "telephone. Only if they say it was them, confirm it; otherwise disable the login."
        )

    def ok_text(self) -> str:
        return self.tr("Confirm for {login}").format(login=self.subject.login)

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [*operator_facts(row), facts_of.time_fact(row, Operator.password_foreign_at)]

    def build(self) -> None:
        common = [self.tr("Asked by telephone: it was them"), self.tr("Asked in person: it was them")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(ConfirmPassword(self.subject.login, values["remark"]))
