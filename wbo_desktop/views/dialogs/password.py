"""修改密碼: changes the operator's own password, by choice or since the first one is for one login only.

The rules are `domain.passwords`'; what leaves this workstation is a SCRAM verifier.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.passwords import MINIMUM_LENGTH, check_new_password
from wbo_desktop.models.tables import View
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.widgets import SecretField


class ChangeOwnPasswordDialog(FormDialog[View]):
    """The dialog of `ChangeOwnPassword`; `forced` at the first login, after which the desk opens only with a
    new password."""

    name, wide = "change_own_password", 460

    def __init__(
        self, desk: Desk, row: Any = None, parent: QWidget | None = None, *, forced: bool = False
    ) -> None:
        self.forced = forced
        super().__init__(desk, None, parent)

    def explanation(self) -> str:
        if self.forced:
            return self.tr("Your password was given to you for one login only. Set one that only you know.")
        return self.tr("The new password is used from the next connection on.")

    def ok_text(self) -> str:
        return self.tr("Change password")

    def build(self) -> None:
        hint = self.tr("At least {minimum} characters; a sentence you can remember is best.").format(
            minimum=MINIMUM_LENGTH
        )
        self.add_field("current_password", labels.field("current_password"), SecretField(self))
        self.add_field("new_password", labels.field("new_password"), SecretField(self), hint)
        self.add_field("repeated", self.tr("New password again"), SecretField(self))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        if not values["current_password"]:
            found["current_password"] = RuleViolation("value_missing", field="current_password")
        try:
            check_new_password(self.desk.session.login, values["new_password"])
            if values["new_password"] == values["current_password"]:
                raise RuleViolation("password_unchanged")
        except RuleViolation as violation:
            found["new_password"] = violation
        if values["repeated"] != values["new_password"]:
            found["repeated"] = self.tr("Not the same as above.")
        return found

    def field_of(self, error: RuleViolation) -> str | None:
        if error.code in {"password_wrong", "login_locked"}:
            return "current_password"
        return "new_password" if error.code.startswith("password_") else None

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Change it; what was typed is wiped when it worked."""
        controls = {name: field.control for name, field in self.fields.items()}
        secrets = {name: control for name, control in controls.items() if isinstance(control, SecretField)}
        await self.desk.change_own_password(
            secrets["current_password"].secret(), secrets["new_password"].secret()
        )
        for field in secrets.values():
            field.wipe()
        return True
