"""The parts of a deposit's detail panel: confirmations that advance with each block, the address check, the
verdicts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from wbo_desktop.models.tables import DepositRecord, Refund
from wbo_desktop.views import fonts, icons, labels, theme
from wbo_desktop.views import format as shown
from wbo_desktop.views.pages.sections import FactList, Headline, Link, Timeline, Titled
from wbo_desktop.views.pages.spec import Context
from wbo_desktop.views.plain_text import PlainLabel
from wbo_desktop.views.tables.columns import Column
from wbo_desktop.views.widgets.address import AddressText, differing
from wbo_desktop.views.widgets.confirmation_bar import ConfirmationBar
from wbo_desktop.views.widgets.plain import section_label, value_label
from wbo_desktop.views.widgets.verdict_list import VerdictList

_AMOUNT_LENGTH = 22
_SIGNS = {True: ("check-circle", "good"), False: ("x-circle", "bad"), None: ("clock", "faint")}
"""Icon and tone of a verdict: passed, not passed, not decided yet."""

translate = QCoreApplication.translate


def verdicts_of(row: DepositRecord) -> list[Mapping[str, Any]]:
    """The verdicts of a row as a list, whether they came as JSON text or decoded."""
    stored = row.verdicts or []
    return json.loads(stored) if isinstance(stored, str) else list(stored)


def headline(context: Context, parent: QWidget) -> QWidget:
    """The part with record number, status, amount, state and next step."""
    return Headline(
        "deposit",
        "record_no",
        lambda row: shown.amount(labels.deposit_amount(row), row.decimals, row.coin),
        labels.record_explained,
        labels.record_next_step,
        parent,
        labels.deposit_amount_explained,
    )


class Confirmations(Titled):
    """The part with the bar of confirmations, the head of the network and the expected time of completion."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(lambda: translate("deposit", "Block confirmations"), parent)
        self._context = context
        self._row: DepositRecord | Refund | None = None
        self._bar = ConfirmationBar("detail.confirmations", self)
        self.content.addWidget(self._bar)
        self._quiet = value_label("", self, "detail.chain_quiet")
        theme.mark(self._quiet, role="warning")
        self._quiet.hide()
        self.content.addWidget(self._quiet)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show)
        self._tick.start()
        context.health.changed.connect(self._show)

    def show_row(self, row: DepositRecord | Refund) -> None:
        self._row = row
        self._show()

    def _show(self) -> None:
        row = self._row
        if row is None:
            return
        there = row.block_number is not None
        self._bar.setVisible(there)
        self.heading.setVisible(there)
        self._quiet.hide()
        if not there:
            return
        network = self._context.health.network(row.network)
        confirming = row.status in ("processing", "confirming")
        self._bar.show_progress(
            row.confirmations,
            row.required_confirmations,
            head=row.network_head if confirming else None,
            head_seen_at=row.head_seen_at,
            seconds_per_block=self._context.health.seconds_per_block(row.network),
        )
        if (
            confirming
            and isinstance(row, DepositRecord)
            and row.reports_missing
            and row.confirmations >= row.required_confirmations
        ):
            self._quiet.setText(
                translate(
                    "deposit", "Waits until another worker reports the same transfer; then it is credited."
                )
            )
            self._quiet.show()
        elif confirming and network is not None and (network.silent or network.worker is None):
            self._quiet.setText(
                translate(
                    "deposit",
                    "The network has been silent for a while; confirmations go on when blocks come again.",
                )
                if network.silent
                else translate("deposit", "No chain worker is running; confirmations go on when one is.")
            )
            self._quiet.show()


class AddressCheck(Titled):
    """The part that compares claimed and found addresses, with differing characters marked."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(lambda: translate("deposit", "Address check"), parent)
        self.setObjectName("address_check")
        self._last: object = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.content.addLayout(self._grid)

    def retranslate(self) -> None:
        self._last = None
        super().retranslate()

    def show_row(self, row: DepositRecord) -> None:
        """Shows the row; does nothing when no address changed."""
        found = {verdict["check"]: verdict for verdict in verdicts_of(row)}
        lines = (
            ("source_address", row.source_address, row.observed_source, found.get("sender")),
            ("target_address", row.target_address, _found(found.get("target")), found.get("target")),
            ("amount", *self._amounts(row), found.get("amount")),
        )
        if lines == self._last:
            return
        self._last = lines
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._grid.addWidget(section_label(translate("deposit", "Claimed"), self), 0, 1)
        self._grid.addWidget(section_label(translate("deposit", "On chain"), self), 0, 2)
        for number, line in enumerate(lines):
            self._add(2 * number + 1, *line)

    def _amounts(self, row: DepositRecord) -> tuple[str, str | None]:
        observed = row.observed_amount
        decimals, coin = row.decimals, row.coin
        on_chain = None if observed is None else shown.amount(observed, decimals, coin)
        return shown.amount(row.claimed_amount, decimals, coin), on_chain

    def _add(
        self, at: int, name: str, claimed: str | None, found: str | None, verdict: Mapping[str, Any] | None
    ) -> None:
        passed: bool | None = verdict.get("passed") if verdict else None
        picture = PlainLabel(self)
        icon, tone = _SIGNS[passed]
        picture.setPixmap(icons.pixmap(icon, getattr(theme.now(), tone), 18))
        top = Qt.AlignmentFlag.AlignTop
        title = section_label(labels.field(name), self)
        self._grid.addWidget(picture, at, 0, 2, 1, top)
        self._grid.addWidget(title, at, 1, 1, 2)
        differs = bool(claimed and found) and str(claimed).lower() != str(found).lower()
        marks = (
            differing(str(claimed), str(found)) if differs and str(claimed).startswith("0x") else frozenset()
        )
        for column, value in ((1, claimed), (2, found)):
            side = "claimed" if column == 1 else "on_chain"
            widget = self._value(value, marks)
            widget.setObjectName(f"address_check.{name}.{side}")
            self._grid.addWidget(widget, at + 1, column, top)

    def _value(self, value: str | None, marks: frozenset[int]) -> QWidget:
        if value and value.startswith("0x"):
            address = AddressText(value, self, marks)
            # four groups a line: two addresses have to fit side by side
            fonts.set_mono(address, 0.5)
            address.setMinimumWidth(100)
            return address
        text = value or shown.NOTHING
        if len(text) > _AMOUNT_LENGTH:
            # eighteen decimals leave no room for the coin beside them
            text = text.replace("\u00a0", "\n")
        made = value_label(text, self)
        theme.mark(made, role="amount")
        return made


def _found(verdict: Mapping[str, Any] | None) -> str | None:
    if verdict is None:
        return None
    value = verdict.get("found") or (verdict.get("claimed") if verdict.get("passed") else None)
    return str(value) if value else None


class Verdicts(Titled):
    """The part with the verdict of each check."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(lambda: translate("deposit", "Check results"), parent)
        self._last: object = None
        self._list = VerdictList(self)
        self.content.addWidget(self._list)

    def retranslate(self) -> None:
        self._last = None
        super().retranslate()

    def show_row(self, row: DepositRecord) -> None:
        """Shows the row; does nothing when no verdict changed."""
        verdicts = verdicts_of(row)
        self.heading.setVisible(bool(verdicts))
        if verdicts != self._last:
            self._last = verdicts
            self._list.show_verdicts(verdicts)


def facts(columns: tuple[Column, ...]) -> Callable[[Context, QWidget], QWidget]:
    """A maker of the part that shows these columns of a record as facts."""

    def make(context: Context, parent: QWidget) -> QWidget:
        return FactList(context, lambda: translate("deposit", "Details"), columns, parent)

    return make


def timeline(context: Context, parent: QWidget) -> QWidget:
    """The part with the events of the record, oldest first."""
    return Timeline(context, lambda: translate("deposit", "Timeline"), parent)


def refund_link(context: Context, parent: QWidget) -> QWidget:
    """The part with the button that opens the refund of the record."""

    def text(row: DepositRecord) -> str:
        status = labels.refund_status(row.refund_status)
        return translate("deposit", "Refund {number} · {status}").format(number=row.refund_no, status=status)

    def target(row: DepositRecord) -> tuple[str, dict[str, str]] | None:
        return ("refunds", {"refund_no": str(row.refund_no)}) if row.refund_no else None

    return Link(context, text, target, parent, "refund")
