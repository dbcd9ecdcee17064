"""申請退幣: asks for one of the client's verified wallets, and for an amount up to what was credited.

An address may be chosen, typed or pasted; it is checked as typed: is it an address, is it one of this
client's verified wallets on this network, and if it only looks like one, where does it differ. The database
checks again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit

from wbo_desktop.domain.acts import RequestRefund
from wbo_desktop.domain.blank import is_blank
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.types import from_base_units, parse_address, to_base_units
from wbo_desktop.domain.wallet import ReceiverRisk, WalletStatus
from wbo_desktop.models.tables import DepositRecord, RefundAddress, WalletAddress
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem, ignore
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.dialogs.receivers import caution, is_cooling, risk_of
from wbo_desktop.views.widgets import AddressCompare, CheckBox, Fact, RemarkField, differing
from wbo_desktop.views.widgets.plain import card, label

LOOKS_ALIKE = 4
"""The digits at either end that people compare; a poisoned address is made to have the same ones."""


class RequestRefundDialog(FormDialog[DepositRecord]):
    """The dialog of `RequestRefund`, on a credited record or one whose refund failed."""

    name, act, wide = "request_refund", RequestRefund, 720
    source, key = DepositRecord, ("record_no",)
    scrolls, fact_columns = True, 2

    def explanation(self) -> str:
        if self.desk.session.policy.get("refund_approval_required", True):
            return self.tr(
                "Nothing is sent yet: another operator approves first, then the refund is executed."
            )
        return self.tr("Nothing is sent yet: the refund still has to be executed.")

    def ok_text(self) -> str:
        row, typed = self.subject, self._amount()
        if typed is None:
            return self.title()
        amount = shown.amount(typed, row.decimals, row.coin)
        return self.tr("Request refund of {amount}").format(amount=amount)

    def describe(self) -> Iterable[Fact]:
        """The record, and what the refund may not change."""
        row = self.subject
        return [
            facts_of.text_fact(row, DepositRecord.record_no),
            facts_of.client_fact(row),
            facts_of.amount_fact(row, DepositRecord.credited_amount),
            ("network", labels.field("network"), self._network_text()),
        ]

    def _network_text(self) -> str:
        return self.tr("{network} (as deposited, cannot be changed)").format(network=self.subject.network)

    def build(self) -> None:
        self.wallets: list[RefundAddress] = []
        self.known: dict[str, list[RefundAddress | WalletAddress]] = {}
        self.risk: ReceiverRisk | None = None
        row = self.subject
        self.choice = QComboBox(self)
        self.choice.setPlaceholderText(self.tr("Choose one of the client's verified wallets"))
        self.add_field("wallet", self.tr("Verified wallets of the client"), self.choice)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.address = QLineEdit(self)
        self.address.setPlaceholderText("0x…")
        self.address.setClearButtonEnabled(True)
        self.add_field("address", self.tr("Refund address"), self.address)
        self.compare = AddressCompare(self.tr("Typed"), self.tr("Verified wallet it looks like"), self)
        self.compare.hide()
        self.body.addWidget(self.compare)
        self._build_caution()
        self.amount = QLineEdit(shown.plain_amount(row.credited_amount, row.decimals), self)
        limit = shown.amount(row.credited_amount, row.decimals, row.coin)
        hint = self.tr("At most {limit}, what was credited.").format(limit=limit)
        self.add_field("amount", labels.field("amount"), self.amount, hint)
        reasons = [self.tr("The client keeps a part"), self.tr("Network fee borne by the client")]
        field = self.add_field("adjust_reason", labels.field("adjust_reason"), RemarkField(reasons))
        field.hide()
        common = [self.tr("The client asked for it"), self.tr("Compliance requires it")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))
        self.fetch(self._load_wallets(), self._without_wallets)

    def _build_caution(self) -> None:
        """Room for a warning about the address, and for the operator's word that the client was asked."""
        self.caution, layout = card("banner", self, 12)
        self.caution_text = label("", "value", self.caution, "request_refund.caution")
        layout.addWidget(self.caution_text)
        self.tick = CheckBox(self.tr("I have checked with the client that coins sent there reach them"))
        self.add_field("checked", self.tick.text(), self.tick, into=layout)
        self.caution.hide()
        self.body.addWidget(self.caution)

    async def _load_wallets(self) -> None:
        row = self.subject
        self.wallets = await self.desk.rows(
            RefundAddress,
            Filter(RefundAddress.client_no, Match.EQUAL, row.client_no),
            Filter(RefundAddress.network, Match.EQUAL, row.network),
        )
        self.choice.blockSignals(True)
        self.choice.clear()
        for wallet in self.wallets:
            text = self.tr("{address}   {method}, {time}").format(
                address=shown.shortened(wallet.address, 8, 8),
                method=labels.method(wallet.method),
                time=shown.short_time(wallet.verified_at),
            )
            if (until := self._cools_until(wallet)) is not None:
                later = self.tr("receives refunds from {time}").format(time=shown.short_time(until))
                text = shown.joined([text, later])
            self.choice.addItem(text, wallet.address)
        self.choice.setCurrentIndex(-1)
        self.choice.blockSignals(False)
        if not self.wallets:
            self.fields["wallet"].set_hint(
                self.tr(
                    "This client has no verified wallet on this network. Verify one under Client Wallet "
                    "Address."
                )
            )
        self.validate()

    def _without_wallets(self, error: Exception) -> None:
        """The address can still be typed; the database knows."""
        self.choice.setEnabled(False)
        self.fields["wallet"].set_hint(
            labels.sentence(error)
            if isinstance(error, RuleViolation)
            else self.tr("The wallets could not be read.")
        )

    def _chosen(self, index: int) -> None:
        if index >= 0:
            self.address.setText(str(self.choice.itemData(index)))

    def _amount(self) -> Decimal | None:
        row = self.subject
        try:
            base = to_base_units(self.fields["amount"].value(), row.decimals)
        except (RuleViolation, KeyError):
            return None
        return from_base_units(base, row.decimals)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """Address, amount, reason and remark, each by its rule."""
        found: dict[str, Problem] = dict(remark_problems(values))
        self._judge(found, "address", lambda: self._check_address(values["address"]))
        if self._warn() and not values["checked"]:
            found["checked"] = self.tr("Ask the client first; then tick this.")
        self._judge(found, "amount", lambda: self._check_amount(values["amount"]))
        lowered = "amount" not in found and self._lowered()
        self.fields["adjust_reason"].setVisible(lowered)
        if lowered and is_blank(values["adjust_reason"]):
            row = self.subject
            found["adjust_reason"] = RuleViolation(
                "adjust_reason_missing",
                amount=shown.amount(self._amount(), row.decimals),
                limit=shown.amount(row.credited_amount, row.decimals, row.coin),
            )
        return found

    def _warn(self) -> bool:
        """Show what speaks against the address; the tick is for the one that is warned about now."""
        wallet = next((w for w in self.wallets if w.address == self._address()), None)
        self.risk, text = (risk_of(wallet), caution(wallet)) if wallet else (None, "")
        if text != self.caution_text.text():
            self.caution_text.setText(text)
            blocked = self.tick.blockSignals(True)
            self.tick.setChecked(False)
            self.tick.blockSignals(blocked)
        self.caution.setVisible(bool(text))
        return bool(text)

    def _address(self) -> str | None:
        try:
            return parse_address(self.fields["address"].value())
        except RuleViolation:
            return None

    @staticmethod
    def _judge(found: dict[str, Problem], field: str, check: Any) -> None:
        try:
            check()
        except RuleViolation as violation:
            found[field] = violation

    def _lowered(self) -> bool:
        typed = self._amount()
        return typed is not None and typed < self._credited()

    def _credited(self) -> Decimal:
        """The most that can be refunded: what was credited."""
        return self.subject.credited_amount or Decimal(0)

    def _check_amount(self, text: str) -> None:
        row = self.subject
        base = to_base_units(text, row.decimals)
        limit = to_base_units(self._credited(), row.decimals)
        if base > limit:
            raise RuleViolation(
                "refund_exceeds_credited",
                amount=shown.amount(from_base_units(base, row.decimals), row.decimals),
                limit=shown.amount(row.credited_amount, row.decimals, row.coin),
            )

    def _check_address(self, text: str) -> None:
        """Judge what is typed; an address that is not among the wallets is looked up, and compared with
        the likeliest."""
        self.compare.hide()
        if not text.strip():
            raise RuleViolation("value_missing", field="address")
        address = parse_address(text)
        wallet = next((w for w in self.wallets if w.address == address), None)
        if wallet is not None:
            self.fields["address"].set_hint(self._evidence(wallet))
            if (until := self._cools_until(wallet)) is not None:
                raise RuleViolation("wallet_cooling_off", address=address, until=until)
            return
        self.fields["address"].set_hint("")
        if not self.choice.isEnabled():
            return  # not readable for this operator: the database decides
        if (alike := self._most_alike(address)) is not None:
            self.compare.compare(address, alike)
            self.compare.show()
        if address not in self.known:
            self.known[address] = []
            self.fetch(self._look_up(address), ignore)
        raise self._why_not(address)

    def _cools_until(self, wallet: RefundAddress) -> Any:
        """Until when it receives no refund of the record's coin; None when it does now."""
        until = (wallet.cools_until or {}).get(self.subject.coin)
        return until if is_cooling(until) else None

    def _evidence(self, wallet: RefundAddress) -> str:
        text = self.tr("Verified for this client by {method}, {time}").format(
            method=labels.method(wallet.method), time=shown.time_text(wallet.verified_at)
        )
        if not wallet.added_by_desk:
            return text
        return shown.joined([text, self.tr("added by {login}").format(login=wallet.added_by)])

    def _most_alike(self, address: str) -> str | None:
        """A verified wallet whose ends look the same."""

        def alike(other: str) -> bool:
            one, two = address.lower(), other.lower()
            return (
                one[2 : 2 + LOOKS_ALIKE] == two[2 : 2 + LOOKS_ALIKE]
                or one[-LOOKS_ALIKE:] == two[-LOOKS_ALIKE:]
            )

        candidates = [w.address for w in self.wallets if alike(w.address)]
        return min(candidates, key=lambda other: len(differing(address, other)), default=None)

    async def _look_up(self, address: str) -> None:
        everything = self.desk.sees(Permission.WALLET_INQUIRY)
        self.known[address] = [
            *(
                await self.desk.rows(WalletAddress, Filter(WalletAddress.address, Match.EQUAL, address))
                if everything
                else await self.desk.rows(RefundAddress, Filter(RefundAddress.address, Match.EQUAL, address))
            )
        ]
        self.validate()

    def _why_not(self, address: str) -> RuleViolation:
        """The most telling reason, in the database's own order."""
        row, found = self.subject, self.known.get(address, [])
        own = [w for w in found if w.client_no == row.client_no]
        here = next((w for w in own if w.network == row.network), None)
        if here is not None:
            status = here.status if isinstance(here, WalletAddress) else WalletStatus.VERIFIED.value
            return RuleViolation("refund_address_not_verified", address=address, status=status)
        if own:
            return RuleViolation("refund_address_other_network", address=address, network=own[0].network)
        if found:
            return RuleViolation("refund_address_other_client", address=address)
        return RuleViolation("refund_address_unknown", address=address)

    def validate(self) -> bool:
        valid = super().validate()
        self.ok_button.setText(self.ok_text())
        return valid

    def field_of(self, error: RuleViolation) -> str | None:
        """Refusals of the database beside the field they are about."""
        if error.code.startswith("refund_address") or error.code in {"wallet_cooling_off", "wallet_deleted"}:
            return "address"
        if error.code in {
            "refund_exceeds_credited",
            "refund_below_one",
            "daily_limit_exceeded",
            "hot_wallet_balance",
        }:
            return "amount"
        if error.code == "receiver_not_acknowledged":
            return "checked"
        return "adjust_reason" if error.code == "adjust_reason_missing" else super().field_of(error)

    def _failed(self, error: Exception) -> None:
        """What became known about the address since the wallets were read is shown, with the tick for it."""
        if isinstance(error, RuleViolation) and error.code == "receiver_not_acknowledged":
            self.fetch(self._load_wallets(), ignore)
        super()._failed(error)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Returns the refund number."""
        row = self.subject
        base = to_base_units(values["amount"], row.decimals)
        return await self.desk.do(
            RequestRefund(
                record_no=row.record_no,
                address=parse_address(values["address"]),
                amount=from_base_units(base, row.decimals),
                adjust_reason=values["adjust_reason"] if self._lowered() else None,
                remark=values["remark"],
                acknowledged=self.risk.value if self.risk and values["checked"] else None,
            )
        )
