"""Acts on deposit records and applications: revoke, check again, accept, delete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wbo_desktop.domain.acts import AcceptDeposit, DeleteApplication, RecheckDeposit, RevokeDeposit
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import DepositApplication, DepositRecord
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.widgets import Fact, RemarkField, VerdictList, check_remark

JUDGED = frozenset({"reason", "verdicts", "proposal"})
"""The columns that the worker writes at each judgement: ending the record does not depend on them."""


def remark_problems(values: Mapping[str, Any]) -> dict[str, Problem]:
    """The problem of a remark that is blank or too long, by field name; empty for none."""
    try:
        check_remark(values["remark"])
    except RuleViolation as violation:
        return {"remark": violation}
    return {}


class DepositDialog(FormDialog[DepositRecord]):
    """The base of the acts on one deposit record."""

    source, key = DepositRecord, ("record_no",)

    def describe(self) -> Iterable[Fact]:
        return facts_of.deposit_facts(self.subject)


class RevokeDepositDialog(DepositDialog):
    """撤銷 (the guide: 未入幣記錄撤銷操作): asks for a remark, then once more."""

    name, act, danger, asks_once_more = "revoke_deposit", RevokeDeposit, True, True
    scrolls = True
    unseen = DepositDialog.unseen | JUDGED

    def explanation(self) -> str:
        if self.forbidden() is not None:
            return ""
        return self.tr(
            "No transfer for it is on chain, so the request can be withdrawn. This cannot be undone."
        )

    def ok_text(self) -> str:
        return self.tr("Revoke {record_no}").format(record_no=self.subject.record_no)

    def build(self) -> None:
        """The remark, with the guide's examples offered."""
        common = [
            self.tr("The client submitted it twice"),
            self.tr("The address was filled in wrong"),
            self.tr("The client asked to cancel"),
        ]
        hint = self.tr("Kept in the log together with your name, the time and this workstation.")
        self.add_field("remark", labels.field("remark"), RemarkField(common), hint)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    def confirmation(self, values: Mapping[str, Any]) -> str:
        """The object, the amount and the remark once more."""
        row = self.subject
        return self.tr(
            "Revoke {record_no} of {client_no}, {amount}? Remark: {remark}. It cannot be undone."
        ).format(
            record_no=row.record_no,
            client_no=row.client_no,
            amount=shown.amount(row.claimed_amount, row.decimals, row.coin),
            remark=values["remark"],
        )

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Revoke it, if it is still what was looked at."""
        row = self.subject
        return await self.desk.do(RevokeDeposit(row.record_no, values["remark"], self.expected_version()))


class RecheckDepositDialog(DepositDialog):
    """重新核對: has the record judged again by the same rules."""

    name, act = "recheck_deposit", RecheckDeposit

    def explanation(self) -> str:
        return self.tr(
            "The record is checked against the chain again by the same rules. Do this once the cause is "
            "cleared up."
        )

    def ok_text(self) -> str:
        return self.tr("Check {record_no} again").format(record_no=self.subject.record_no)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(RecheckDeposit(self.subject.record_no, self.expected_version()))


class AcceptDepositDialog(DepositDialog):
    """核實入賬: shows the checks that an operator may accept beside those that none may."""

    name, act, wide = "accept_deposit", AcceptDeposit, 640
    scrolls = True

    def explanation(self) -> str:
        return self.tr("The amount found on chain is credited once the confirmations are complete.")

    def ok_text(self) -> str:
        row = self.subject
        amount = shown.amount(row.observed_amount, row.decimals, row.coin)
        return self.tr("Accept {record_no}, {amount}").format(record_no=row.record_no, amount=amount)

    def build(self) -> None:
        self.verdicts = VerdictList(self)
        self.verdicts.show_verdicts(self.subject.verdicts)
        self.body.addWidget(self.verdicts)
        common = [
            self.tr("The client confirmed the amount"),
            self.tr("The supervisor agreed"),
            self.tr("The network was congested"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Accept it, if it is still what was looked at."""
        row = self.subject
        return await self.desk.do(AcceptDeposit(row.record_no, values["remark"], self.expected_version()))


class DeleteApplicationDialog(FormDialog[DepositApplication]):
    """刪除 (the guide: 入幣操作): marks the application as deleted; no row is removed."""

    name, act, danger = "delete_application", DeleteApplication, True
    source, key = DepositApplication, ("external_serial",)
    unseen = FormDialog.unseen | JUDGED

    def explanation(self) -> str:
        return self.tr(
            "The application and its record end as deleted and stay readable. A transfer that was "
            "attached goes back "
            "to the transfers without a request."
        )

    def ok_text(self) -> str:
        return self.tr("Delete {external_serial}").format(external_serial=self.subject.external_serial)

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        facts = [
            facts_of.text_fact(row, DepositApplication.external_serial),
            facts_of.text_fact(row, DepositApplication.record_no),
            facts_of.client_fact(row),
            facts_of.status_fact("deposit", row),
            facts_of.amount_fact(row, DepositApplication.amount),
            facts_of.text_fact(row, DepositApplication.network),
        ]
        if row.reason:
            facts.insert(4, ("reason", labels.field("reason"), labels.reason_sentence(row.reason)))
        return facts

    def build(self) -> None:
        common = [
            self.tr("The TXID does not exist"),
            self.tr("The address was filled in wrong"),
            self.tr("The client submitted it twice"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(DeleteApplication(self.subject.external_serial, values["remark"]))
