"""小額支付驗證 and 簽名驗證: begin, show what the client has to do, and stay open to show the result.

The worker finds the payment, or verifies the signature, by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.domain.acts import BeginMessageSignature, BeginMicroPayment, SubmitWalletSignature, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.wallet import VerificationMethod, WalletStatus
from wbo_desktop.models.tables import Client, ListedCoin, WalletAddress
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels, theme
from wbo_desktop.views.dialogs import client_texts, facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem, ignore
from wbo_desktop.views.plain_text import copy_exactly, copy_value, flash
from wbo_desktop.views.widgets import AddressView, ConfirmationBar, Fact, Facts, QrLabel
from wbo_desktop.views.widgets.plain import card, label


class VerifyWalletDialog(FormDialog[WalletAddress]):
    """The base of both: one half before the verification began, one after, and a panel with its state."""

    source, key, wide = WalletAddress, ("wallet_id",), 680
    scrolls = True
    method: VerificationMethod

    def describe(self) -> Iterable[Fact]:
        return facts_of.wallet_facts(self.subject)

    def build(self) -> None:
        """How it stands; then both halves, of which one is shown."""
        self.panel, panel_layout = card("note", self, 12)
        self.state = label("", "value", self.panel, f"{self.name}.state")
        self.bar = ConfirmationBar(f"{self.name}.confirmations", self.panel)
        panel_layout.addWidget(self.state)
        panel_layout.addWidget(self.bar)
        self.body.addWidget(self.panel)
        self.before = QWidget(self)
        self.after = QWidget(self)
        self.before_layout, self.after_layout = QVBoxLayout(self.before), QVBoxLayout(self.after)
        for layout in (self.before_layout, self.after_layout):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(10)
        self.body.addWidget(self.before)
        self.body.addWidget(self.after)
        self.build_before()
        self.build_after()

    def build_before(self) -> None:
        """What is asked before it begins."""

    def build_after(self) -> None:
        """What the client has to do."""

    def under_way(self) -> bool:
        """Whether this way of verifying has begun and is not over."""
        row = self.subject
        return bool(row.status == WalletStatus.VERIFYING and row.method == self.method)

    def is_over(self) -> bool:
        """Whether the wallet is verified now, and was not when the dialog opened."""
        return self.subject.status == WalletStatus.VERIFIED and self.began

    began = False

    def refresh(self) -> None:
        if self.under_way():
            self.began = True
        going, over = self.under_way(), self.is_over()
        self.before.setVisible(not going and not over)
        self.after.setVisible(going)
        if going:
            self.show_task(self.subject)
        self._show_state(going, over)
        super().refresh()
        self.ok_button.setVisible(not over and (not going or self.asks_while_under_way()))
        if going or over:
            self.cancel_button.setText(self.tr("Close"))

    def asks_while_under_way(self) -> bool:
        """Whether there is something to press while it is under way."""
        return False

    def show_task(self, row: WalletAddress) -> None:
        """What the client has to do, from the row."""

    def _show_state(self, going: bool, over: bool) -> None:
        row = self.subject
        seen = row.micro_txid is not None
        self.bar.setVisible(going and seen)
        if over:
            text, role = self.tr("Verified. Deposits from this wallet go on by themselves."), "good"
        elif row.failure:
            text, role = labels.failure(row.failure), "error"
        elif going and seen:
            text, role = self.tr("The payment was found and gathers confirmations."), "value"
            self.bar.show_progress(row.micro_confirmations, row.micro_required)
        elif going:
            text, role = self.waiting_text(row), "value"
        elif row.status == WalletStatus.VERIFIED:
            text, role = (
                self.tr("It is verified now, and will not be until the new proof has arrived."),
                "warning",
            )
        else:
            text, role = "", "value"
        self.state.setText(text)
        theme.mark(self.state, role=role)
        self.panel.setVisible(bool(text))

    def waiting_text(self, row: WalletAddress) -> str:
        return ""

    def done_with(self, result: Any) -> None:
        self.result_value = None
        self.fetch(self._read())

    def _watch(self) -> Any:
        topics = {Topic.WALLET, Topic.CHAIN}
        return self.desk.changes.subscribe(topics, lambda _: self._look())

    async def _compare(self) -> None:
        await self._read()

    async def _read(self) -> None:
        row = await self.read_row()
        if row is not None and row != self.row:
            self.row = row
            self.refresh()
            self.fit()


class BeginMicroPaymentDialog(VerifyWalletDialog):
    """小額支付驗證: shows the amount, the claimed address and the account that the client has to pay to."""

    name, act, method = "begin_micro_payment", BeginMicroPayment, VerificationMethod.MICRO_PAYMENT

    def explanation(self) -> str:
        return self.tr("The client pays a small, unique amount from the wallet. Whoever can do that owns it.")

    def ok_text(self) -> str:
        return self.tr("Make the amount")

    def build_before(self) -> None:
        self.coins: dict[str, ListedCoin] = {}
        self.coin = QComboBox(self)
        hint = self.tr(
            "The payment only proves the wallet. It stays in the client's custodial account but is not credited, "
            "and its TXID cannot be used for a deposit: tell the client so."
        )
        self.add_field("coin", labels.field("coin"), self.coin, "", into=self.before_layout)
        self.before_layout.addWidget(label(hint, "small", self))
        self.fetch(self._load())

    async def _load(self) -> None:
        rows = await self.desk.rows(ListedCoin, Filter(ListedCoin.network, Match.EQUAL, self.subject.network))
        self.coins = {row.code: row for row in rows if row.deposit_enabled}
        for code in self.coins:
            self.coin.addItem(code, code)
        self.refresh()

    def build_after(self) -> None:
        """The amount, where to, until when, and a text for the client."""
        row = QHBoxLayout()
        row.setSpacing(18)
        self.task = Facts(f"{self.name}.task", self.after)
        self.qr = QrLabel("", self.after, 132)
        self.qr.setObjectName(f"{self.name}.qr")
        row.addWidget(self.task, 1)
        row.addWidget(self.qr)
        self.after_layout.addLayout(row)
        self.text: client_texts.ClientText | None = None

    def _copied(self, amount: str, button: QPushButton) -> None:
        copy_value(amount, number=True)
        flash(self.tr("Copied"), button)

    def show_task(self, row: WalletAddress) -> None:
        coin = self.coins.get(row.micro_coin or "")
        decimals = coin.decimals if coin else None
        amount = label(shown.amount(row.micro_amount, decimals, row.micro_coin), "heading")
        amount.setWordWrap(False)
        copy = QPushButton(self.tr("Copy amount"))
        copy.setObjectName(f"{self.name}.copy_amount")
        copy.setAutoDefault(False)
        plain = shown.plain_amount(row.micro_amount, decimals)
        copy.clicked.connect(lambda: self._copied(plain, copy))
        both = QWidget()
        inside = QHBoxLayout(both)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(amount)
        inside.addWidget(copy)
        self.task.show_facts(
            [
                ("amount", labels.field("micro_amount"), both),
                (
                    "target",
                    labels.field("micro_target"),
                    AddressView(row.micro_target, name="micro_target"),
                ),
                ("until", labels.field("micro_expires_at"), shown.time_text(row.micro_expires_at)),
            ]
        )
        self.qr.show_text(row.micro_target or "")
        if self.text is None:
            self.text = client_texts.ClientText(self.name, "zh_HK", self._compose)
            self.after_layout.addWidget(self.text)
            self.fetch(self._speak_clients_language(), ignore)
        self.text.refresh()

    def _compose(self, language: str) -> str:
        row = self.subject
        coin = self.coins.get(row.micro_coin or "")
        return client_texts.micro_payment(row, coin.decimals if coin else None, language)

    async def _speak_clients_language(self) -> None:
        client = await self.desk.row(Client, client_no=self.subject.client_no)
        if client and self.text is not None:
            self.text.language.setCurrentIndex(max(0, self.text.language.findData(client.language)))

    def waiting_text(self, row: WalletAddress) -> str:
        return self.tr("Waiting for the payment. It is found by itself, usually within a block.")

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return (
            {}
            if values["coin"] or self.under_way()
            else {"coin": RuleViolation("value_missing", field="coin")}
        )

    async def submit(self, values: Mapping[str, Any]) -> Any:
        row = self.subject
        return await self.desk.do(BeginMicroPayment(row.wallet_id, values["coin"], self.expected_version()))


class BeginMessageSignatureDialog(VerifyWalletDialog):
    """簽名驗證: shows the one-time text that the wallet's key has to sign (EIP-191, or EIP-1271 for a contract)."""

    name, act, method = "begin_message_signature", BeginMessageSignature, VerificationMethod.MESSAGE_SIGNATURE

    def explanation(self) -> str:
        return self.tr(
            "The client signs a one-time text with the wallet. It costs nothing and moves no coins."
        )

    def ok_text(self) -> str:
        return self.tr("Submit signature") if self.under_way() else self.tr("Make the text to sign")

    def asks_while_under_way(self) -> bool:
        """The signature that the client sent back."""
        return True

    def build_after(self) -> None:
        """The text to sign with a copy button, a text for the client, and the signature."""
        self.challenge = QPlainTextEdit(self.after)
        self.challenge.setReadOnly(True)
        self.challenge.setTabChangesFocus(True)
        self.challenge.setObjectName(f"{self.name}.challenge")
        self.challenge.setAccessibleName(labels.field("challenge"))
        self.challenge.setMaximumHeight(5 * self.challenge.fontMetrics().lineSpacing() + 18)
        self.copy_button = QPushButton(self.tr("Copy the text to sign"), self.after)
        self.copy_button.setObjectName(f"{self.name}.copy")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        self.after_layout.addWidget(label(labels.field("challenge"), "section", self.after))
        self.after_layout.addWidget(self.challenge)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy_button)
        self.after_layout.addLayout(row)
        self.signature = QLineEdit(self.after)
        self.signature.setPlaceholderText("0x…")
        hint = self.tr("What the client sent back, beginning with 0x")
        self.add_field("signature", labels.field("signature"), self.signature, hint, into=self.after_layout)
        self.text: client_texts.ClientText | None = None

    def _copy(self) -> None:
        copy_exactly(self.subject.challenge or "")
        flash(self.tr("Copied"), self.copy_button)

    def show_task(self, row: WalletAddress) -> None:
        self.challenge.setPlainText(row.challenge or "")
        if self.text is None:
            self.text = client_texts.ClientText(
                self.name, "zh_HK", lambda language: client_texts.sign_message(self.subject, language)
            )
            self.after_layout.insertWidget(self.after_layout.count() - 1, self.text)
        self.text.refresh()

    def waiting_text(self, row: WalletAddress) -> str:
        if row.signature:
            return self.tr("The signature was handed in and is being checked.")
        return self.tr("Waiting for the client's signature.")

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        if not self.under_way():
            return {}
        text = values["signature"].strip()
        if not text:
            return {"signature": RuleViolation("value_missing", field="signature")}
        digits = text[2:]
        good = text[:2] == "0x" and len(digits) % 2 == 0 and len(digits) >= 2
        if not good or any(letter not in "0123456789abcdefABCDEF" for letter in digits):
            return {
                "signature": self.tr(
                    "A signature is 0x and hexadecimal digits, 132 characters for most wallets."
                )
            }
        return {}

    async def submit(self, values: Mapping[str, Any]) -> Any:
        row = self.subject
        if self.under_way():
            signature = values["signature"].strip()
            return await self.desk.do(
                SubmitWalletSignature(row.wallet_id, signature, self.expected_version())
            )
        return await self.desk.do(BeginMessageSignature(row.wallet_id, self.expected_version()))
