"""政策: one rule of the desk, edited as what it is: a number, or on and off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import SavePolicy
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.widgets import CheckBox, Fact, NumberField

MAY_BE_OFF = frozenset({"fresh_password_hours", "transfer_gap_hours"})
"""Rules that 0 switches off; the database refuses 0 for the others."""


class SavePolicyDialog(FormDialog):
    """For a row of `policy`."""

    name, act = "save_policy", SavePolicy
    source, key = "policy", ("name",)

    def title(self) -> str:
        """The rule's name."""
        return labels.policy((self.row or {})["name"])

    def explanation(self) -> str:
        """What it does."""
        name = (self.row or {})["name"]
        return labels.policy_explained(name) if name in labels.policy_explained else ""

    def ok_text(self) -> str:
        """What pressing it does."""
        return self.tr("Save")

    def describe(self) -> Iterable[Fact]:
        """As it is now, and since when."""
        row = self.row or {}
        return [
            ("value", self.tr("Now"), labels.value("value", row["value"])),
            facts_of.time_fact(row, "updated_at"),
            facts_of.text_fact(row, "updated_by"),
        ]

    def build(self) -> None:
        """A control that fits the value."""
        value = (self.row or {})["value"]
        control: QWidget
        if isinstance(value, bool):
            control = CheckBox(self.tr("On"))
            control.setChecked(value)
        else:
            control = NumberField(0 if (self.row or {})["name"] in MAY_BE_OFF else 1, 100_000, int(value))
        self.add_field("value", self.tr("From now on"), control)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """Something has to change."""
        return {} if values["value"] != (self.row or {})["value"] else {"unchanged": ""}

    def expected_version(self) -> int:
        """Rules have none: the last one to save wins, and the log has both."""
        return 0

    def _watch(self) -> Any:
        return lambda: None

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Save it."""
        return await self.desk.do(SavePolicy((self.row or {})["name"], values["value"]))
