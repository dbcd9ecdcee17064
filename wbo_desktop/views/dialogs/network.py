"""網絡: adds or changes a network, its nodes and its finality rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from wbo_desktop.domain.acts import SaveNetwork
from wbo_desktop.domain.desk_rules import bounds, weakened
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import Network
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.agreement import AgreedDialog
from wbo_desktop.views.dialogs.base import Problem
from wbo_desktop.views.dialogs.currency import write_value
from wbo_desktop.views.widgets import NumberField

SCHEMES = ("http://", "https://", "ws://", "wss://")
FINALITIES = ("confirmations", "finalized")
BIGGEST_CHAIN_ID = 2**53 - 1


def urls(text: str) -> list[str]:
    """The URLs of a text with one on each line; empty lines do not count."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class SaveNetworkDialog(AgreedDialog[Network]):
    """The dialog of `SaveNetwork`: a new network without a row, else a change."""

    name, act, wide = "save_network", SaveNetwork, 640
    source, key = Network, ("name",)
    scrolls = True

    def title(self) -> str:
        if self.row is None:
            return self.tr("Add network")
        return self.tr("Edit {name}").format(name=self.row.name)

    def ok_text(self) -> str:
        return self.tr("Add") if self.row is None else self.tr("Save")

    def build(self) -> None:
        self.add_field(
            "name", labels.field("name"), QLineEdit(), self.tr("Such as Ethereum; cannot be changed later")
        )
        self.add_field(
            "chain_id", labels.field("chain_id"), QLineEdit(), self.tr("1 for Ethereum's main network")
        )
        nodes = QPlainTextEdit()
        nodes.setTabChangesFocus(True)
        nodes.setMaximumHeight(4 * nodes.fontMetrics().lineSpacing() + 16)
        self.add_field(
            "rpc_urls", labels.field("rpc_urls"), nodes, self.tr("One URL a line; the first is asked first")
        )
        self.add_field(
            "agreement",
            labels.field("agreement"),
            NumberField(*bounds("network", "agreement"), 1),
            self.tr("So many nodes have to give the same answer before anything is credited"),
        )
        self.add_field(
            "worker_agreement",
            labels.field("worker_agreement"),
            NumberField(*bounds("network", "worker_agreement"), 1),
            self.tr(
                "So many workers, each with a login of its own, have to report a transfer before it is credited"
            ),
        )
        finality = QComboBox()
        for code in FINALITIES:
            finality.addItem(labels.finality(code), code)
        self.add_field("finality", labels.field("finality"), finality)
        self.add_field(
            "txid_grace_seconds",
            labels.field("txid_grace_seconds"),
            NumberField(*bounds("network", "txid_grace_seconds"), 3600),
            self.tr("A TXID that no node knows becomes abnormal after this time"),
        )
        self.add_field(
            "explorer_tx_url", labels.field("explorer_tx_url"), QLineEdit(), self.tr("With {txid} in it")
        )
        self.add_field(
            "explorer_address_url",
            labels.field("explorer_address_url"),
            QLineEdit(),
            self.tr("With {address} in it"),
        )
        if self.row is not None:
            self._fill(self.row)
        self.add_agreement_note()

    def _fill(self, row: Network) -> None:
        for name, field in self.fields.items():
            value = row.get(name)
            if isinstance(field.control, QPlainTextEdit):
                field.control.setPlainText("\n".join(value or []))
            else:
                write_value(field.control, "" if value is None else value)
        for name in ("name", "chain_id"):
            control = self.fields[name].control
            assert isinstance(control, QLineEdit)
            control.setReadOnly(True)
            self.fields[name].set_hint(self.tr("Fixed when it was added"))

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """Each by its rule."""
        found: dict[str, Problem] = {}
        if not values["name"].strip():
            found["name"] = RuleViolation("value_missing", field="name")
        chain_id = values["chain_id"].strip()
        if not (chain_id.isascii() and chain_id.isdigit() and 1 <= int(chain_id) <= BIGGEST_CHAIN_ID):
            found["chain_id"] = (
                RuleViolation("value_invalid", field="chain_id", value=chain_id)
                if chain_id
                else (RuleViolation("value_missing", field="chain_id"))
            )
        nodes = urls(values["rpc_urls"])
        wrong = next((url for url in nodes if not url.startswith(SCHEMES) or " " in url), None)
        if wrong is not None:
            found["rpc_urls"] = RuleViolation("value_invalid", field="rpc_urls", value=wrong[:80])
        if values["agreement"] > max(1, len(nodes)):
            found["agreement"] = self.tr("There are only %n node(s) above.", "", len(nodes))
        for name, mark in (("explorer_tx_url", "{txid}"), ("explorer_address_url", "{address}")):
            text = values[name].strip()
            if text and (mark not in text or not text.startswith(("http://", "https://"))):
                found[name] = self.tr("A link beginning with https:// that has {mark} in it").replace(
                    "{mark}", mark
                )
        return found

    def weakened(self, values: Mapping[str, Any]) -> list[str]:
        """What would be; a new network opens a way for money."""
        return (
            ["new"] if self.row is None else weakened("network", self.row.as_mapping(), self.details(values))
        )

    def details(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": values["name"].strip(),
            "chain_id": int(values["chain_id"]),
            "finality": values["finality"],
            "rpc_urls": urls(values["rpc_urls"]),
            "explorer_tx_url": values["explorer_tx_url"].strip() or None,
            "explorer_address_url": values["explorer_address_url"].strip() or None,
            "txid_grace_seconds": values["txid_grace_seconds"],
            "agreement": values["agreement"],
            "worker_agreement": values["worker_agreement"],
        }

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(
            SaveNetwork(self.details(values), None if self.row is None else self.expected_version())
        )

    def field_of(self, error: RuleViolation) -> str | None:
        if error.code == "already_exists":
            return "chain_id" if error.params.get("object") == "chain_id" else "name"
        return super().field_of(error)
