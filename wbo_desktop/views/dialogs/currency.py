"""加密貨幣: adds or changes one coin on one network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from wbo_desktop.domain.acts import SaveCryptocurrency
from wbo_desktop.domain.desk_rules import bounds, weakened
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import MAX_DECIMALS, from_base_units, parse_address, to_base_units
from wbo_desktop.domain.wallet import WalletRule
from wbo_desktop.models.tables import ChainHealth, Cryptocurrency
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.agreement import AgreedDialog
from wbo_desktop.views.dialogs.base import Problem, heading_label
from wbo_desktop.views.widgets import CheckBox, FormField, NumberField

FIXED = ("code", "network", "contract", "decimals")
"""The columns that are fixed once the coin is made."""

REQUIRED = ("code", "network", "name_en", "name_zh_hk", "name_zh_cn")
AMOUNTS = ("minimum_deposit", "two_approvals_above", "daily_refund_limit", "alert_level", "stop_level")


class SaveCryptocurrencyDialog(AgreedDialog[Cryptocurrency]):
    """The dialog of `SaveCryptocurrency`: a new coin without a row, else a change; what is fixed once made is
    read-only."""

    name, act, wide = "save_cryptocurrency", SaveCryptocurrency, 760
    source, key = Cryptocurrency, ("code", "network")
    scrolls = True

    def title(self) -> str:
        if self.row is None:
            return self.tr("Add cryptocurrency")
        return self.tr("Edit {code} on {network}").format(code=self.row.code, network=self.row.network)

    def ok_text(self) -> str:
        return self.tr("Add") if self.row is None else self.tr("Save")

    def build(self) -> None:
        self._grid: QGridLayout | None = None
        self._group(self.tr("The coin"))
        self.network = QComboBox(self)
        self._put("code", QLineEdit(), self.tr("Such as USDT"))
        self._put("network", self.network)
        self._put("name_zh_hk", QLineEdit())
        self._put("name_zh_cn", QLineEdit())
        self._put("name_en", QLineEdit())
        self._put("decimals", NumberField(0, MAX_DECIMALS, 18))
        self._put("contract", QLineEdit(), self.tr("Leave empty for the network's own coin"), wide=True)
        self._group(self.tr("Deposits"))
        self._put("minimum_deposit", QLineEdit("0"))
        self._put(
            "confirmations",
            NumberField(*bounds("cryptocurrency", "confirmations"), 12),
            self.tr("Blocks until it is credited"),
        )
        rule = QComboBox(self)
        for code in WalletRule:
            rule.addItem(labels.wallet_rule(code), code.value)
        self._put("wallet_rule", rule)
        self._put("credit_tolerance", QLineEdit("5"), self.tr("How much of the claim may be missing"))
        enabled = CheckBox(self.tr("Clients can deposit this coin"))
        enabled.setChecked(True)
        self._put("deposit_enabled", enabled, wide=True)
        self._group(self.tr("Refunds"))
        self._put("approvals_needed", NumberField(*bounds("cryptocurrency", "approvals_needed"), 1))
        self._put("two_approvals_above", QLineEdit(), self.tr("Empty: never"))
        self._put("daily_refund_limit", QLineEdit(), self.tr("Empty: no limit"))
        self._put("cooling_off_hours", NumberField(*bounds("cryptocurrency", "cooling_off_hours"), 0))
        self._put("alert_level", QLineEdit(), self.tr("Below this the hot wallet is to be topped up"))
        self._put("stop_level", QLineEdit(), self.tr("Below this nothing is paid"))
        self._put("remark", QLineEdit(), wide=True)
        if self.row is not None:
            self._fill(self.row)
        self.add_agreement_note()
        self.fetch(self._load())

    def _group(self, text: str) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(heading_label(text, self))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._at = 0

    def _put(self, name: str, control: QWidget, hint: str = "", wide: bool = False) -> FormField:
        field = self.add_field(name, labels.field(name), control, hint, into=False)
        if wide and self._at % 2:
            self._at += 1
        assert self._grid is not None
        self._grid.addWidget(
            field, self._at // 2, self._at % 2, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop
        )
        self._at += 2 if wide else 1
        return field

    async def _load(self) -> None:
        for network in await self.desk.rows(ChainHealth):
            if self.network.findData(network.network) < 0:
                self.network.addItem(network.network, network.network)
        self.validate()

    def _fill(self, row: Cryptocurrency) -> None:
        self.network.addItem(row.network, row.network)
        for name, field in self.fields.items():
            write_value(field.control, shown_value(name, row))
        for name in FIXED:
            control = self.fields[name].control
            if isinstance(control, QLineEdit):
                control.setReadOnly(True)
            else:
                control.setEnabled(False)
            self.fields[name].set_hint(self.tr("Fixed when it was added"))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """Each by its rule."""
        found: dict[str, Problem] = {}

        def judge(name: str, check: Callable[..., object], *values: object) -> None:
            try:
                check(*values)
            except RuleViolation as violation:
                found[name] = violation

        for name in REQUIRED:
            if not str(values[name] or "").strip():
                found[name] = RuleViolation("value_missing", field=name)
        code = values["code"].strip()
        if code and not (code.isascii() and code.replace(".", "").isalnum() and len(code) <= 16):
            found["code"] = RuleViolation("value_invalid", field="code", value=code)
        if values["contract"].strip():
            judge("contract", parse_address, values["contract"], "contract")
        for name in AMOUNTS:
            judge(name, self._amount, name, values)
        judge("credit_tolerance", _percent, values["credit_tolerance"])
        return found

    def _amount(self, name: str, values: Mapping[str, Any]) -> str | None:
        """An amount as text without exponent, None when empty. Zero is allowed here."""
        text = values[name].strip()
        if not text:
            return "0" if name == "minimum_deposit" else None
        try:
            base = to_base_units(text, values["decimals"], name)
        except RuleViolation as violation:
            if violation.code == "amount_not_positive" and not text.lstrip("0.").strip():
                return "0"
            raise
        return shown.plain_amount(from_base_units(base, values["decimals"]))

    def weakened(self, values: Mapping[str, Any]) -> list[str]:
        """What would be; a new coin opens a way for money."""
        return (
            ["new"]
            if self.row is None
            else weakened("cryptocurrency", self.row.as_mapping(), self.details(values))
        )

    def details(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is saved; amounts as text, since JSON's numbers are floats."""
        contract = values["contract"].strip()
        return {
            **{name: str(values[name]).strip() for name in (*REQUIRED, "remark")},
            "contract": parse_address(contract, "contract") if contract else None,
            "wallet_rule": values["wallet_rule"],
            "deposit_enabled": values["deposit_enabled"],
            "credit_tolerance": str(_percent(values["credit_tolerance"])),
            **{
                name: values[name]
                for name in ("decimals", "confirmations", "approvals_needed", "cooling_off_hours")
            },
            **{name: self._amount(name, values) for name in AMOUNTS},
        }

    async def submit(self, values: Mapping[str, Any]) -> Any:
        version = None if self.row is None else self.expected_version()
        return await self.desk.do(SaveCryptocurrency(self.details(values), version))

    def field_of(self, error: RuleViolation) -> str | None:
        if error.code == "already_exists":
            return "contract" if error.params.get("object") == "contract" else "code"
        return super().field_of(error)


def _percent(text: str) -> Decimal:
    """0 to 100 with at most two decimals."""
    base = (
        0
        if not text.strip().strip("0.") and text.strip()
        else to_base_units(text or "?", 2, "credit_tolerance")
    )
    if base > 10_000:
        raise RuleViolation("value_invalid", field="credit_tolerance", value=text)
    return from_base_units(base, 2)


def shown_value(name: str, row: Cryptocurrency) -> Any:
    """The value of a column in the form in which its control holds it."""
    value = row.get(name)
    if name in AMOUNTS:
        return shown.plain_amount(value, row.decimals) if value is not None else ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else value


def write_value(control: QWidget, value: Any) -> None:
    """Sets the value of a control of any kind."""
    if isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, QSpinBox):
        control.setValue(int(value or 0))
    elif isinstance(control, QComboBox):
        control.setCurrentIndex(control.findData(value))
    elif isinstance(control, QLineEdit):
        control.setText(str(value))
