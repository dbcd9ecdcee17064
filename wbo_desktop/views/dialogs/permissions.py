"""權限: the permissions of one operator, as a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from wbo_desktop.domain.acts import GrantPermission, RevokePermission
from wbo_desktop.domain.permissions import POWER, Permission
from wbo_desktop.models.tables import Operator
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.operators import operator_facts
from wbo_desktop.views.plain_text import set_hint
from wbo_desktop.views.widgets import CheckBox, Fact
from wbo_desktop.views.widgets.plain import card, label, line, section_label

P = Permission

AREAS: tuple[tuple[Permission | None, Permission | None], ...] = (
    (P.APPLICATION_INQUIRY, P.APPLICATION_OPERATION),
    (P.RECORD_INQUIRY, P.RECORD_OPERATION),
    (None, P.REFUND),
    (None, P.REFUND_APPROVAL),
    (P.WALLET_INQUIRY, P.WALLET_OPERATION),
    (P.CUSTODIAL_INQUIRY, P.CUSTODIAL_OPERATION),
    (P.CURRENCY_INQUIRY, P.CURRENCY_OPERATION),
    (P.AUDIT_INQUIRY, None),
    (None, P.OPERATOR_ADMIN),
)
"""The inquiry and the operation permission of each area, None where there is none."""


class GrantPermissionDialog(FormDialog[Operator]):
    """Grants the permissions that are ticked and revokes those that no longer are, each by one act."""

    name, act, wide = "grant_permission", GrantPermission, 720
    source, key = Operator, ("login",)
    scrolls = True

    def title(self) -> str:
        return self.tr("Permissions of {login}").format(login=self.subject.login)

    def explanation(self) -> str:
        return self.tr(
            "What only looks, and what is withdrawn, takes effect at once, in open windows too. Everything else waits for "
            "an administrator of another hand."
        )

    def ok_text(self) -> str:
        return self.tr("Apply %n change(s)", "", len(self.changed()))

    def describe(self) -> Iterable[Fact]:
        return operator_facts(self.subject)

    def build(self) -> None:
        self.boxes: dict[Permission, CheckBox] = {}
        frame, layout = card(parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(0, 1)
        centre = Qt.AlignmentFlag.AlignCenter
        for column, text in ((1, self.tr("Query")), (2, self.tr("Operate"))):
            grid.addWidget(section_label(text, frame), 0, column, centre)
        for row, pair in enumerate(AREAS, 1):
            both = [code for code in pair if code is not None]
            text = " · ".join(labels.permission_allows(code) for code in both)
            grid.addWidget(label(text, "value", frame), row, 0)
            for column, code in enumerate(pair, 1):
                if code is not None:
                    grid.addWidget(self._box(code), row, column, centre)
        layout.addLayout(grid)
        self.rule = line(frame)
        layout.addWidget(self.rule)
        self.note = label("", "warning", frame, f"{self.name}.note")
        layout.addWidget(self.note)
        self.body.addWidget(frame)
        self._tick()

    def _box(self, code: Permission) -> CheckBox:
        box = CheckBox(self)
        box.setObjectName(f"{self.name}.{code.value}")
        box.setAccessibleName(labels.permission(code))
        set_hint(box, labels.permission(code))
        box.toggled.connect(lambda _: self._edited())
        self.boxes[code] = box
        return box

    def _tick(self) -> None:
        held = self.held()
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in held)
            box.blockSignals(False)

    def held(self) -> frozenset[Permission]:
        """What the operator has now."""
        return frozenset(Permission(code) for code in self.subject.permissions if code in set(Permission))

    def changed(self) -> list[Permission]:
        """What differs from now, in the order of the matrix."""
        held = self.held()
        return [code for code, box in getattr(self, "boxes", {}).items() if box.isChecked() != (code in held)]

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        changed = self.changed()
        self._warn(changed)
        return {} if changed else {"nothing": ""}

    def _warn(self, changed: list[Permission]) -> None:
        """Says what will wait, before it does."""
        waits = [code for code in changed if self.boxes[code].isChecked() and code in POWER]
        text = self.tr("Waits for a second administrator: {permissions}").format(
            permissions=shown.joined(labels.permission(code) for code in waits)
        )
        self.note.setText(text if waits else "")
        self.note.setVisible(bool(waits))
        self.rule.setVisible(bool(waits))

    def validate(self) -> bool:
        valid = super().validate()
        self.ok_button.setText(self.ok_text())
        return valid

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """One act a change; returns those that wait for a second administrator."""
        login, waiting = self.subject.login, []
        try:
            for code in self.changed():
                if not self.boxes[code].isChecked():
                    await self.desk.do(RevokePermission(login, code.value))
                elif await self.desk.do(GrantPermission(login, code.value)) == "waiting":
                    waiting.append(code)
        except Exception:
            await self._reread()
            raise
        return waiting

    async def _reread(self) -> None:
        """After a refusal in the middle: what was done is shown as done, the rest stays as ticked."""
        if (row := await self.read_row()) is not None:
            self.row = row

    def done_with(self, result: Any) -> None:
        if not result:
            self.accept()
            return
        names = shown.joined(labels.permission(code) for code in result)
        self.show_message(
            self.tr("Waiting for a second administrator: {permissions}").format(permissions=names)
        )
        self.ok_button.hide()
        self.cancel_button.setText(self.tr("Close"))

    async def _compare(self) -> None:
        """Operators change for many reasons; only other permissions concern this dialog."""
        row = await self.read_row()
        if row is not None and set(row.permissions) != set(self.subject.permissions):
            await super()._compare()
