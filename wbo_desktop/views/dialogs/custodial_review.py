"""渠道存管賬戶, the acts of an operator of another hand: an import is compared with the custodian's list before
clients are assigned any of it, and a deletion is confirmed or refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from wbo_desktop.domain.acts import (
    ConfirmCustodialDeletion,
    ConfirmCustodialImport,
    RefuseCustodialDeletion,
    RefuseCustodialImport,
)
from wbo_desktop.models.tables import CustodialAccount
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import fonts, labels
from wbo_desktop.views import format as shown
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.plain_text import set_hint
from wbo_desktop.views.widgets import CheckBox, Fact, RemarkField, address_fact
from wbo_desktop.views.widgets.plain import label


class ImportDialog(FormDialog[CustodialAccount]):
    """The base of the acts on one import: shows the whole import of the selected account."""

    source, key, wide = CustodialAccount, ("account_id",), 760

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [
            facts_of.text_fact(row, CustodialAccount.import_id),
            facts_of.text_fact(row, CustodialAccount.imported_by),
            facts_of.time_fact(row, CustodialAccount.imported_at),
        ]

    def build(self) -> None:
        self.accounts = 0
        self.table = QTableWidget(0, 3, self)
        self.table.setObjectName(f"{self.name}.rows")
        self.table.setAccessibleName(self.tr("Accounts of this import"))
        self.table.setHorizontalHeaderLabels(
            [labels.field("channel"), labels.field("network"), labels.field("address")]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)
        self.summary = label("", "muted", self, f"{self.name}.summary")
        self.body.addWidget(self.summary)
        self.fetch(self._load())

    def _import_id(self) -> int:
        """The number of the import that the row belongs to."""
        assert self.subject.import_id is not None
        return self.subject.import_id

    async def _load(self) -> None:
        mine = Filter(CustodialAccount.import_id, Match.EQUAL, self.subject.import_id)
        rows = await self.desk.rows(CustodialAccount, mine)
        self.accounts = (await self.desk.count(CustodialAccount, (mine,), exact=True)).rows
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, name in enumerate((row.channel, row.network, row.address)):
                item = QTableWidgetItem(name)
                set_hint(item, name)
                if name == row.address:
                    item.setFont(fonts.mono())
                self.table.setItem(at, column, item)
        text = self.tr("%n account(s) in this import.", "", self.accounts)
        if len(rows) < self.accounts:
            text += " " + self.tr("The first {number} are shown.").format(number=len(rows))
        self.summary.setText(text)
        self.refresh()


class ConfirmCustodialImportDialog(ImportDialog):
    """確認匯入: lets the accounts be assigned to clients."""

    name, act = "confirm_custodial_import", ConfirmCustodialImport

    def explanation(self) -> str:
        return self.tr(
            "Clients will be told to pay to these addresses. Compare them with the list that you have from the "
            "custodian yourself, not with the file that was imported."
        )

    def ok_text(self) -> str:
        """Names the number of accounts that become usable."""
        return self.tr("Confirm %n account(s)", "", getattr(self, "accounts", 0))

    def build(self) -> None:
        super().build()
        tick = CheckBox(self.tr("I have compared every address with the custodian's own list"))
        self.add_field("compared", tick.text(), tick)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        if not self.accounts:
            return {"": ""}
        return {} if values["compared"] else {"compared": self.tr("Compare them first; then tick this.")}

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """As many as were shown."""
        return await self.desk.do(ConfirmCustodialImport(self._import_id(), self.accounts))


class RefuseCustodialImportDialog(ImportDialog):
    """拒絕匯入: deletes the accounts of the import."""

    name, act, danger = "refuse_custodial_import", RefuseCustodialImport, True

    def explanation(self) -> str:
        """What becomes of the accounts, and that they may come again."""
        return self.tr(
            "All accounts of this import are deleted; they were given to nobody. They can be imported again."
        )

    def ok_text(self) -> str:
        """Names the number of accounts that are deleted."""
        return self.tr("Refuse %n account(s)", "", getattr(self, "accounts", 0))

    def build(self) -> None:
        super().build()
        common = [self.tr("Not on the custodian's list"), self.tr("Imported by mistake")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(RefuseCustodialImport(self._import_id(), values["remark"]))


class DeletionDialog(FormDialog[CustodialAccount]):
    """The base of the acts on an account whose deletion was asked for."""

    source, key = CustodialAccount, ("account_id",)

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [
            facts_of.text_fact(row, CustodialAccount.channel),
            facts_of.text_fact(row, CustodialAccount.network),
            address_fact("address", labels.field("address"), row.address),
            facts_of.text_fact(row, CustodialAccount.delete_asked_by),
            facts_of.time_fact(row, CustodialAccount.delete_asked_at),
            facts_of.text_fact(row, CustodialAccount.delete_asked_remark),
        ]


class ConfirmCustodialDeletionDialog(DeletionDialog):
    """確認刪除: deletes the account."""

    name, act, danger = "confirm_custodial_deletion", ConfirmCustodialDeletion, True

    def explanation(self) -> str:
        return self.tr("It is no longer given to any client. The row stays in the log.")

    def ok_text(self) -> str:
        return self.tr("Delete {address}").format(address=shown.shortened(self.subject.address))

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(ConfirmCustodialDeletion(self.subject.account_id, self.expected_version()))


class RefuseCustodialDeletionDialog(DeletionDialog):
    """拒絕刪除: keeps the account."""

    name, act = "refuse_custodial_deletion", RefuseCustodialDeletion

    def explanation(self) -> str:
        return self.tr("The account stays as it is and may be given to a client.")

    def ok_text(self) -> str:
        return self.tr("Keep the account")

    def build(self) -> None:
        common = [self.tr("Still in use at the channel"), self.tr("Asked for by mistake")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(
            RefuseCustodialDeletion(self.subject.account_id, values["remark"], self.expected_version())
        )
