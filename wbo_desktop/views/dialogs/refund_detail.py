"""The state of a refund, live: its steps, its transactions with fees and replacements, its confirmations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.models.tables import ChainHealth, Refund, RefundAttempt
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import icons, labels, theme
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, heading_label, ignore
from wbo_desktop.views.plain_text import PlainLabel
from wbo_desktop.views.widgets import AddressView, ConfirmationBar, Fact, address_fact
from wbo_desktop.views.widgets.plain import card, label, note_label, section_label

GWEI = 10**9


class RefundDetailDialog(FormDialog[Refund]):
    """Shows one row of `refund`."""

    name, wide = "refund_detail", 740
    source, key = Refund, ("refund_no",)
    scrolls = True

    def title(self) -> str:
        return self.tr("Refund {refund_no}").format(refund_no=self.subject.refund_no)

    def explanation(self) -> str:
        return labels.refund_next_step(self.subject)

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        facts = [
            facts_of.text_fact(row, Refund.record_no),
            facts_of.client_fact(row),
            facts_of.status_fact("refund", row),
            facts_of.text_fact(row, Refund.network),
            facts_of.amount_fact(row, Refund.amount),
            address_fact("address", labels.field("address"), row.address, self.explorer.get("address")),
        ]
        if row.txid:
            facts.append(address_fact("txid", labels.field("txid"), row.txid, self.explorer.get("txid")))
        for field in (Refund.adjust_reason, Refund.remark, Refund.close_remark):
            if getattr(row, field.name):
                facts.append(facts_of.text_fact(row, field))
        if row.failure:
            facts.append(("failure", labels.field("failure"), label(labels.failure(row.failure), "error")))
        if row.fee_paid is not None:
            facts.append(
                (
                    "fee_paid",
                    labels.field("fee_paid"),
                    shown.amount(row.fee_paid, None, row.fee_coin),
                )
            )
        return facts

    explorer: Mapping[str, Any] = {}

    def build(self) -> None:
        self.attempts: list[RefundAttempt] = []
        self.bar = ConfirmationBar(f"{self.name}.confirmations", self)
        self.body.addWidget(self.bar)
        self.body.addWidget(heading_label(self.tr("Steps"), self))
        self.steps_frame, self.steps_layout = card(parent=self)
        self.body.addWidget(self.steps_frame)
        self.attempts_heading = heading_label(self.tr("Transactions"), self)
        self.body.addWidget(self.attempts_heading)
        self.attempts_frame, self.attempts_layout = card(parent=self)
        self.body.addWidget(self.attempts_frame)
        self.fetch(self._read())

    def refresh(self) -> None:
        super().refresh()
        row = self.subject
        seen = row.block_number is not None and row.status != RefundStatus.FAILED
        self.bar.setVisible(seen)
        self.bar.show_progress(
            row.confirmations,
            row.required_confirmations,
            head=row.network_head,
            head_seen_at=row.head_seen_at,
            seconds_per_block=float(row.block_seconds) if row.block_seconds else None,
        )
        self._replace(self.steps_layout, self._steps(row))
        self._replace(self.attempts_layout, self._attempts())
        self.attempts_heading.setVisible(bool(self.attempts))
        self.attempts_frame.setVisible(bool(self.attempts))
        self.ok_button.hide()
        self.cancel_button.setText(self.tr("Close"))

    @staticmethod
    def _replace(layout: QVBoxLayout, content: QWidget) -> None:
        while item := layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        layout.addWidget(content)

    def _steps(self, row: Refund) -> QWidget:
        """What has been done by whom and when; what is still to come is pale."""
        steps = [
            (labels.action("request_refund"), row.requested_by, row.requested_at),
            *(
                (labels.action("approve_refund"), given["login"], given["at"])
                for given in row.approvals or []
            ),
            (labels.action("execute_refund"), row.executed_by, row.executed_at),
        ]
        if row.closed_at:
            steps.append((labels.refund_status(row.status), row.closed_by, row.closed_at))
        steps.append((labels.action("record_client_notified"), row.notified_by, row.notified_at))
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(2, 1)
        for at, (text, who, when) in enumerate(steps):
            picture = PlainLabel(box)
            name, tone = ("check-circle", "good") if when else ("dash-circle", "faint")
            picture.setPixmap(icons.pixmap(name, getattr(theme.now(), tone), 16))
            grid.addWidget(picture, at, 0)
            grid.addWidget(label(text, "value" if when else "muted", box), at, 1)
            grid.addWidget(note_label(f"{who}  {shown.time_text(when)}" if when else "", box), at, 2)
        return box

    def _attempts(self) -> QWidget:
        """Each signed transaction of the same nonce: its hash, fees, and what became of it."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for attempt in self.attempts:
            text = self.tr("{number}. {state}, nonce {nonce}, fee cap {cap} gwei, tip {tip} gwei").format(
                number=attempt.attempt,
                state=labels.attempt_state(attempt.state),
                nonce=attempt.nonce,
                cap=shown.amount(attempt.max_fee_per_gas / GWEI),
                tip=shown.amount(attempt.max_priority_fee_per_gas / GWEI),
            )
            column.addWidget(section_label(text, box))
            name = f"{self.name}.attempt.{attempt['attempt']}"
            column.addWidget(AddressView(attempt.txid, box, explorer=self.explorer.get("txid"), name=name))
            sent = attempt.broadcast_at or attempt.signed_at
            column.addWidget(note_label(shown.time_text(sent), box))
        return box

    def _watch(self) -> Any:
        topics = {Topic.REFUND, Topic.CHAIN}
        return self.desk.changes.subscribe(topics, lambda _: self.fetch(self._read(), ignore))

    async def _read(self) -> None:
        row = await self.read_row()
        if row is None:
            return
        number = Filter(RefundAttempt.refund_no, Match.EQUAL, row.refund_no)
        attempts = await self.desk.rows(RefundAttempt, number)
        health = await self.desk.row(ChainHealth, network=row.network)
        if health is not None:
            self.explorer = {"address": health.explorer_address_url, "txid": health.explorer_tx_url}
        self.row, self.attempts = row, attempts
        self.refresh()
        self.fit()
