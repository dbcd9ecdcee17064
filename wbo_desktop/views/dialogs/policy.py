"""政策: changes one rule of the desk: a number, or on and off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import SavePolicy
from wbo_desktop.domain.desk_rules import POLICIES, weakened
from wbo_desktop.models.tables import Policy
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.agreement import AgreedDialog
from wbo_desktop.views.dialogs.base import Problem
from wbo_desktop.views.widgets import CheckBox, Fact, NumberField


class SavePolicyDialog(AgreedDialog[Policy]):
    """The dialog of `SavePolicy`, for a row of `policy`."""

    name, act = "save_policy", SavePolicy
    source, key = Policy, ("name",)

    def title(self) -> str:
        return labels.policy(self.subject.name)

    def explanation(self) -> str:
        name = self.subject.name
        return labels.policy_explained(name) if name in labels.policy_explained else ""

    def ok_text(self) -> str:
        return self.tr("Save")

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [
            ("value", self.tr("Now"), labels.value("value", row.value)),
            facts_of.time_fact(row, Policy.updated_at),
            facts_of.text_fact(row, Policy.updated_by),
        ]

    def build(self) -> None:
        value = self.subject.value
        control: QWidget
        if isinstance(value, bool):
            control = CheckBox(self.tr("On"))
            control.setChecked(value)
        else:
            rule = POLICIES.get(self.subject.name)
            lowest, highest = (rule.lowest, rule.highest) if rule else (None, None)
            control = NumberField(lowest or 0, highest or 100_000, int(value))
        self.add_field("value", self.tr("From now on"), control)
        self.add_agreement_note()

    def weakened(self, values: Mapping[str, Any]) -> list[str]:
        """This rule, if it is."""
        name = self.subject.name
        return weakened("policy", {name: self.subject.value}, {name: values["value"]})

    def name_of(self, name: str) -> str:
        """As on the page."""
        return labels.policy(name)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return {} if values["value"] != self.subject.value else {"unchanged": ""}

    def expected_version(self) -> int:
        """Rules have none: the last one to save wins, and the log has both."""
        return 0

    def _watch(self) -> Any:
        return lambda: None

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(SavePolicy(self.subject.name, values["value"]))
