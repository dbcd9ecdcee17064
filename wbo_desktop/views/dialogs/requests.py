"""授權申請: approves or refuses what another administrator asked for, or withdraws an own request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wbo_desktop.domain.acts import ApproveRequest, RefuseRequest, WithdrawRequest
from wbo_desktop.models.tables import PermissionRequest
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.widgets import Fact, RemarkField


class RequestDialog(FormDialog[PermissionRequest]):
    """The base of the acts on a request: shows the change, and who asked for it."""

    source, key = PermissionRequest, ("request_id",)
    wide = 620
    scrolls = True

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        yield "kind", labels.field("action"), labels.action(row.kind)
        yield "about", labels.field("object"), labels.request_about(row)
        for at, (name, before, after) in enumerate(labels.request_changes(row)):
            yield f"change{at}", name, after if before == shown.NOTHING else f"{before} → {after}"
        yield facts_of.text_fact(row, PermissionRequest.requested_by)
        yield "hand", labels.field("requested_hand"), shown.joined(row.requested_hand)
        yield facts_of.time_fact(row, PermissionRequest.requested_at)

    def _watch(self) -> Any:
        return lambda: None


class ApproveRequestDialog(RequestDialog):
    """批准申請: carries the change out."""

    name, act = "approve_request", ApproveRequest

    def explanation(self) -> str:
        return self.tr(
            "Two people of different hands decide this. Ask {login} why, by telephone or in person, before you agree."
        ).format(login=self.subject.requested_by)

    def ok_text(self) -> str:
        return self.tr("Approve for {login}").format(login=labels.request_about(self.subject))

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(ApproveRequest(self.subject.request_id))


class RefuseRequestDialog(RequestDialog):
    """拒絕申請: ends the request with a reason."""

    name, act, danger = "refuse_request", RefuseRequest, True

    def explanation(self) -> str:
        return self.tr("Nothing changes. The reason stays in the log.")

    def ok_text(self) -> str:
        return self.tr("Refuse for {login}").format(login=labels.request_about(self.subject))

    def build(self) -> None:
        common = [self.tr("Not agreed with the desk"), self.tr("{login} did not ask for it")]
        login = self.subject.requested_by
        offered = [text.format(login=login) for text in common]
        self.add_field("remark", labels.field("remark"), RemarkField(offered))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(RefuseRequest(self.subject.request_id, values["remark"]))


class WithdrawRequestDialog(RequestDialog):
    """撤回申請: ends an own request."""

    name, act = "withdraw_request", WithdrawRequest

    def explanation(self) -> str:
        return self.tr("Nothing changes, and nobody has to decide it any more.")

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(WithdrawRequest(self.subject.request_id))
