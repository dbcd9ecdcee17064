"""渠道存管賬戶: accounts are imported from a file, all lines or none; unassigned ones are deleted with a remark."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from wbo_desktop.domain.acts import DeleteCustodialAccount, ImportCustodialAccounts
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import ChainHealth, CustodialAccount
from wbo_desktop.views import fonts, labels, theme
from wbo_desktop.views import format as shown
from wbo_desktop.views.dialogs import account_file, facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.plain_text import set_hint
from wbo_desktop.views.widgets import Fact, RemarkField, address_fact
from wbo_desktop.views.widgets.plain import label


class ImportCustodialAccountsDialog(FormDialog[CustodialAccount]):
    """匯入: reads a file and checks it line by line before anything is sent."""

    name, act, wide = "import_custodial_accounts", ImportCustodialAccounts, 940

    def explanation(self) -> str:
        return self.tr(
            "A CSV or XLSX file whose first line names the columns channel, network and address. "
            "Accounts that exist already are left as they are. New ones are given to clients once another "
            "person has confirmed them."
        )

    def ok_text(self) -> str:
        return self.tr("Import %n account(s)", "", len(self.good()))

    def build(self) -> None:
        """The file, what was read, and what is wrong with it."""
        self.lines: list[account_file.AccountLine] = []
        row = QHBoxLayout()
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.path.setPlaceholderText(self.tr("No file chosen"))
        self.browse = QPushButton(self.tr("Choose file…"))
        self.browse.setObjectName(f"{self.name}.browse")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self.choose)
        field = self.add_field("path", self.tr("File"), self.path, " ", into=False)
        row.addWidget(field, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.table = QTableWidget(0, 5, self)
        self.table.setObjectName(f"{self.name}.rows")
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Line"),
                labels.field("channel"),
                labels.field("network"),
                labels.field("address"),
                self.tr("What is wrong"),
            ]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        for column, width in enumerate((56, 110, 110, 330)):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(240)
        self.body.addWidget(self.table, 1)
        self.summary = label("", "muted", self, f"{self.name}.summary")
        self.body.addWidget(self.summary)

    def choose(self) -> None:
        """Ask for the file, without stopping the loop."""
        chooser = QFileDialog(self, self.tr("Choose file…"))
        chooser.setNameFilter("CSV, XLSX (*.csv *.xlsx *.xlsm *.txt)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.load)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def load(self, path: str) -> None:
        self.path.setText(path)
        self.lines = []
        self.fetch(self._read(path), self._unreadable)

    async def _read(self, path: str) -> None:
        networks = frozenset(network.network for network in await self.desk.rows(ChainHealth))
        self.lines = await asyncio.to_thread(account_file.read, path, networks)
        self._show_lines()
        self.refresh()

    def _unreadable(self, error: Exception) -> None:
        self._show_lines()
        self.refresh()
        self.fields["path"].set_error(
            labels.sentence(error)
            if isinstance(error, RuleViolation)
            else self.tr("This file cannot be read.")
        )
        self.fields["path"].reveal_error()

    def good(self) -> list[account_file.AccountLine]:
        """Lines without a problem."""
        return [line for line in getattr(self, "lines", []) if line.problem is None]

    def _show_lines(self) -> None:
        ordered = sorted(self.lines, key=lambda line: (line.problem is None, line.number))
        self.table.setRowCount(len(ordered))
        for at, line in enumerate(ordered):
            wrong = labels.sentence(line.problem) if line.problem else ""
            cells = (str(line.number), line.channel, line.network, line.address, wrong)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                set_hint(item, text)
                if column == 3:
                    item.setFont(fonts.mono())
                if column == 4:
                    item.setForeground(QColor(theme.now().bad))
                self.table.setItem(at, column, item)
        bad = len(self.lines) - len(self.good())
        if bad:
            text = self.tr(
                "%n line(s) have to be corrected in the file; nothing is imported until all are right.",
                "",
                bad,
            )
        else:
            text = self.tr("%n line(s), all of them right.", "", len(self.lines)) if self.lines else ""
        self.summary.setText(text)
        theme.mark(self.summary, role="error" if bad else "good")

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """All lines or none."""
        return {} if self.lines and len(self.good()) == len(self.lines) else {"rows": ""}

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Returns how many were new."""
        return await self.desk.do(ImportCustodialAccounts([line.values() for line in self.lines]))

    def done_with(self, result: Any) -> None:
        self.lines = []
        self.table.setRowCount(0)
        made = int(result or 0)
        text = self.tr("%n new account(s) imported.", "", made)
        if made:
            text += " " + self.tr("They wait for another person's confirmation.")
        self.summary.setText(text)
        self.refresh()
        self.cancel_button.setText(self.tr("Close"))


class DeleteCustodialAccountDialog(FormDialog[CustodialAccount]):
    """刪除: deletes an account that was never assigned to a client."""

    name, act, danger = "delete_custodial_account", DeleteCustodialAccount, True
    source, key = CustodialAccount, ("account_id",)

    def explanation(self) -> str:
        if self.subject.state == "importing":
            return self.tr("It is no longer given to any client. The row stays in the log.")
        return self.tr(
            "Another person has to confirm this. Until then the account stays as it is and may be given to a client."
        )

    def ok_text(self) -> str:
        row = self.subject
        at_once, asks = self.tr("Delete {address}"), self.tr("Ask to delete {address}")
        text = at_once if row.state == "importing" else asks
        return text.format(address=shown.shortened(row.address))

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [
            facts_of.text_fact(row, CustodialAccount.channel),
            facts_of.text_fact(row, CustodialAccount.network),
            address_fact("address", labels.field("address"), row.address),
        ]

    def build(self) -> None:
        common = [self.tr("Closed at the channel"), self.tr("Imported by mistake")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return remark_problems(values)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(DeleteCustodialAccount(self.subject.account_id, values["remark"]))
