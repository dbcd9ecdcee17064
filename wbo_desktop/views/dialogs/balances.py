"""解釋差異: an operator's explanation of a balance that neither transfers nor spending explain. It moves and
credits nothing; the difference leaves the list and stays in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wbo_desktop.domain.acts import ExplainDifference
from wbo_desktop.models.tables import UnexplainedBalance
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.widgets import Fact, RemarkField, address_fact


class ExplainDifferenceDialog(FormDialog[UnexplainedBalance]):
    """The dialog of `ExplainDifference`, for one difference of an account's balance."""

    name, act, wide = "explain_difference", ExplainDifference, 620

    def explanation(self) -> str:
        return self.tr(
            "It leaves the list and stays in the log with your remark. Nothing is credited by this."
        )

    def describe(self) -> Iterable[Fact]:
        """Which account, how much, and between which blocks."""
        row = self.subject
        return [
            ("amount", self.tr("Difference"), shown.difference(row.amount, row.decimals, row.coin)),
            facts_of.text_fact(row, UnexplainedBalance.network),
            address_fact("address", labels.field("address"), row.address),
            facts_of.text_fact(row, UnexplainedBalance.from_number),
            facts_of.text_fact(row, UnexplainedBalance.to_number),
            facts_of.time_fact(row, UnexplainedBalance.found_at),
        ]

    def build(self) -> None:
        common = [
            self.tr("A contract passed it on; seen in the explorer"),
            self.tr("Our own transfer between accounts"),
            self.tr("A fee that the network does not show"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(ExplainDifference(self.subject.difference_id, values["remark"]))
