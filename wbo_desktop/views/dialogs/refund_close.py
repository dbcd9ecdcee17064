"""The ends of a refund: cancelled before anything was signed, or the client notified when it is final."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox

from wbo_desktop.domain.acts import CancelRefund, RecordClientNotified
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import Refund
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import client_texts, facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.widgets import Fact, RemarkField


class CancelRefundDialog(FormDialog[Refund]):
    """取消退幣: ends a refund of which nothing was signed yet."""

    name, act, danger = "cancel_refund", CancelRefund, True
    source, key = Refund, ("refund_no",)

    def explanation(self) -> str:
        return self.tr(
            "Nothing was signed yet. The deposit is credited again, and a new refund can be requested."
        )

    def ok_text(self) -> str:
        return self.tr("Cancel {refund_no}").format(refund_no=self.subject.refund_no)

    def describe(self) -> Iterable[Fact]:
        return facts_of.refund_facts(self.subject)

    def build(self) -> None:
        common = [self.tr("The client changed their mind"), self.tr("The address or amount has to change")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(CancelRefund(self.subject.refund_no, values["remark"]))


class RecordClientNotifiedDialog(FormDialog[Refund]):
    """已通知客戶 (the guide: 退幣成功後，需線下通知客戶): stores the channel; offers the text in the
    client's language."""

    name, act, wide = "record_client_notified", RecordClientNotified, 680
    source, key = Refund, ("refund_no",)
    scrolls, fact_columns = True, 2

    def explanation(self) -> str:
        return self.tr(
            "Tell the client first, for instance with the text below, then record how you did. "
            "The time and your name are recorded by themselves."
        )

    def ok_text(self) -> str:
        return self.tr("The client has been told")

    def describe(self) -> Iterable[Fact]:
        return facts_of.refund_facts(self.subject)

    def build(self) -> None:
        """The text to send, the channel, and what is worth keeping of the talk."""
        row = self.subject
        self.text = client_texts.ClientText(
            self.name,
            row.client_language or "zh_HK",
            lambda language: client_texts.refunded(row, language),
        )
        self.body.addWidget(self.text)
        self.channel = QComboBox(self)
        self.channel.setPlaceholderText(self.tr("Choose how the client was told"))
        for code in labels.channel:
            self.channel.addItem(labels.channel(code), code)
        self.channel.setCurrentIndex(-1)
        self.add_field("channel", labels.field("channel"), self.channel)
        common = [
            self.tr("Text sent as offered"),
            self.tr("The client confirmed receipt"),
            self.tr("Left a message"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        found = remark_problems(values)
        if self.channel.currentIndex() < 0:
            found["channel"] = RuleViolation("value_missing", field="channel")
        return found

    async def submit(self, values: Mapping[str, Any]) -> Any:
        act = RecordClientNotified(self.subject.refund_no, values["channel"], values["remark"])
        return await self.desk.do(act)
