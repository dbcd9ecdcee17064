"""驗證日誌: verifies the hash chain of the whole log and shows the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain.acts import VerifyAudit
from wbo_desktop.models.tables import View
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.widgets import Fact, address_fact
from wbo_desktop.views.widgets.plain import label


class VerifyAuditDialog(FormDialog[View]):
    """The dialog of `VerifyAudit`, which asks nothing and stays open with the result."""

    name, act = "verify_audit", VerifyAudit

    def explanation(self) -> str:
        return self.tr(
            "Each sealed entry carries a hash over itself and the one before. An entry that was altered, "
            "removed or put in afterwards breaks the chain."
        )

    def describe(self) -> Iterable[Fact]:
        found: Mapping[str, Any] = self.result_value or {}
        if not found:
            return
        yield ("entries", self.tr("Entries"), f"{found['entries']:,}")
        yield ("sealed", self.tr("Of these, sealed"), f"{found['sealed']:,}")
        if found["fault"]:
            advice = self.tr("Leave the log as it is, and tell the administrator and compliance now.")
            yield ("fault", self.tr("Fault"), label(f"{self._fault(found)}\n{advice}", "error"))
        else:
            whole = self.tr("The chain is whole: no sealed entry was altered.")
            yield ("result", self.tr("Result"), label(whole, "good"))
            yield address_fact("head", self.tr("Head of the chain"), str(found["head"]))

    def _fault(self, found: Mapping[str, Any]) -> str:
        template = QCoreApplication.translate("audit", "Entry {seq}: {fault}")
        return template.format(seq=found["bad_seq"], fault=labels.audit_fault(found["fault"]))

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(VerifyAudit())

    def done_with(self, result: Any) -> None:
        self.refresh()
        self.fit()

    def refresh(self) -> None:
        super().refresh()
        if self.result_value:
            self.cancel_button.setText(QCoreApplication.translate("dialog", "Close"))
            self.ok_button.setText(self.tr("Verify again"))
