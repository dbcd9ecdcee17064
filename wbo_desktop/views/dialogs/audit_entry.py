"""One entry of the audit log: operator, workstation and time, and each value before and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from wbo_desktop.models.tables import AuditLog
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.widgets import Fact, address_fact
from wbo_desktop.views.widgets.plain import card, section_label, value_label


def parsed(values: Any) -> Mapping[str, Any]:
    """The value of a JSON column, whether the driver decoded it or not."""
    return json.loads(values) if isinstance(values, str) else (values or {})


class AuditEntryDialog(FormDialog[AuditLog]):
    """Shows one row of `audit_log`."""

    name, wide = "audit_entry", 760
    scrolls = True

    def title(self) -> str:
        row = self.subject
        return self.tr("{action}: {object} {id}").format(
            action=labels.action(row.action),
            object=labels.object_kind(row.object_type),
            id=row.object_id,
        )

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        facts: list[Fact] = [
            facts_of.text_fact(row, AuditLog.seq),
            ("at", labels.field("at"), f"{shown.time_text(row.at)}  ({shown.time_tooltip(row.at)})"),
            facts_of.text_fact(row, AuditLog.operator),
            facts_of.text_fact(row, AuditLog.workstation),
        ]
        if row.remark:
            facts.append(facts_of.text_fact(row, AuditLog.remark))
        if row.hash:
            facts.append(address_fact("hash", labels.field("hash"), row.hash))
        else:
            facts.append(
                ("hash", labels.field("hash"), self.tr("Not sealed yet; the worker does it within seconds"))
            )
        return facts

    def build(self) -> None:
        row = self.subject
        before, after = parsed(row.before), parsed(row.after)
        frame, layout = card(parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, text in ((1, labels.field("before")), (2, labels.field("after"))):
            grid.addWidget(section_label(text, frame), 0, place)
        for at, column in enumerate([*before, *(name for name in after if name not in before)], 1):
            grid.addWidget(section_label(labels.field(column), frame), at, 0)
            for place, values in ((1, before), (2, after)):
                grid.addWidget(self._value(column, values, frame), at, place)
        layout.addLayout(grid)
        frame.setVisible(bool(before or after))
        self.body.addWidget(frame)

    def _value(self, column: str, values: Mapping[str, Any], frame: QFrame) -> QLabel:
        kind = str(self.subject.object_type)
        content = values.get(column)
        if isinstance(content, (dict, list)) and column not in ("rpc_urls",):
            text = json.dumps(content, ensure_ascii=False, indent=1)
        else:
            text = labels.value(column, content, kind)
        return value_label(text, frame, f"{self.name}.{column}")

    def refresh(self) -> None:
        super().refresh()
        self.ok_button.hide()
        self.cancel_button.setText(self.tr("Close"))
