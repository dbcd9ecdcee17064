"""操作日誌: the audit log, with each entry's values before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from wbo_desktop.domain.acts import Topic, VerifyAudit
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import AuditLog
from wbo_desktop.services.pages import Match
from wbo_desktop.views import labels, theme
from wbo_desktop.views.dialogs.audit_entry import AuditEntryDialog
from wbo_desktop.views.dialogs.audit_verify import VerifyAuditDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.sections import FactList, Titled
from wbo_desktop.views.pages.spec import ActSpec, Context, Dates, PageSpec, Text
from wbo_desktop.views.tables.columns import Column, Computed, Kind
from wbo_desktop.views.widgets.plain import section_label, value_label


def _decoded(value: Any) -> Mapping[str, Any]:
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, Mapping) else {}


def _changes(row: AuditLog) -> str:
    """The changed fields of an entry in one line."""
    after = _decoded(row.after)
    before = _decoded(row.before)
    kind = str(row.object_type)
    parts = [
        f"{labels.field(name)} {labels.value(name, value, kind)}"
        for name, value in after.items()
        if before.get(name) != value and value is not None
    ]
    return " · ".join(parts)


def _sealed(row: AuditLog) -> str:
    if row.hash:
        return QCoreApplication.translate("audit", "Sealed")
    return QCoreApplication.translate("audit", "Being sealed")


COLUMNS = (
    Column(AuditLog.seq, Kind.NUMBER, 84),
    Column(AuditLog.at, Kind.TIME, 156),
    Column(AuditLog.operator, width=106),
    Column(AuditLog.action, width=150, words=labels.action),
    Column(AuditLog.object_type, width=112, words=labels.object_kind),
    Column(AuditLog.object_id, Kind.CODE, 180),
    Column(Computed("changes"), width=260, title=QT_TRANSLATE_NOOP("column", "Changes"), text=_changes),
    Column(AuditLog.remark, width=200),
    Column(AuditLog.workstation, width=140),
    Column(AuditLog.hash, width=110, text=_sealed),
)

FACTS = (
    Column(AuditLog.seq, Kind.NUMBER),
    Column(AuditLog.at, Kind.TIME),
    Column(AuditLog.operator),
    Column(AuditLog.workstation),
    Column(AuditLog.action, words=labels.action),
    Column(AuditLog.object_type, words=labels.object_kind),
    Column(AuditLog.object_id, Kind.CODE),
    Column(AuditLog.remark, visible=False),
    Column(AuditLog.hash, Kind.ADDRESS, visible=False),
    Column(AuditLog.sealed_at, Kind.TIME, visible=False),
)


class BeforeAfter(Titled):
    """The fields of one entry with their values before and after."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(lambda: QCoreApplication.translate("audit", "Before and after"), parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        self.content.addLayout(self._grid)

    def show_row(self, row: AuditLog) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        before, after = _decoded(row.before), _decoded(row.after)
        names = list(dict.fromkeys([*after, *before]))
        self.setVisible(bool(names))
        for at, text in enumerate((labels.field("before"), labels.field("after")), 1):
            self._grid.addWidget(section_label(text, self), 0, at)
        kind = str(row.object_type)
        for line, name in enumerate(names, 1):
            self._grid.addWidget(section_label(labels.field(name), self), line, 0)
            changed = before.get(name) != after.get(name)
            for at, values in enumerate((before, after), 1):
                text = labels.value(name, values[name], kind) if name in values else "—"
                shown = value_label(text, self)
                if changed and at == 2 and before:
                    theme.mark(shown, role="changed")
                self._grid.addWidget(shown, line, at)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="audit_log",
    title=QT_TRANSLATE_NOOP("menu", "Audit Log"),
    icon="audit",
    permission=Permission.AUDIT_INQUIRY,
    model=AuditLog,
    columns=COLUMNS,
    topics=frozenset(
        {Topic.AUDIT, Topic.DEPOSIT, Topic.REFUND, Topic.WALLET, Topic.CURRENCY, Topic.OPERATOR}
    ),
    empty=QT_TRANSLATE_NOOP("empty", "Nothing was done yet."),
    filters=(
        Dates(AuditLog.at),
        Text(AuditLog.operator, Match.EQUAL, width=130),
        Text(AuditLog.object_id, Match.EQUAL, width=180),
        Text(AuditLog.action, Match.EQUAL, width=150),
    ),
    acts=(ActSpec(VerifyAudit, VerifyAuditDialog, "shield", on_row=False),),
    sections=(_facts, BeforeAfter),
    opens=AuditEntryDialog,
)
