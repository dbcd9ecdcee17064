"""客戶錢包地址: added and deleted. Verifying is in `verify_wallet`, sharing in `shared_wallets`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit

from wbo_desktop.domain.acts import AddWallet, DeleteWallet
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import parse_address
from wbo_desktop.models.tables import ChainHealth, Client, View, WalletAddress
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import FormDialog, Problem, ignore
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.widgets import Fact, RemarkField, check_remark


def client_name(client: Client) -> str:
    """A client's name in the current language."""
    own = {"zh_HK": client.name_zh_hk, "zh_CN": client.name_zh_cn}.get(i18n.language())
    return own or client.name_en


class AddWalletDialog(FormDialog[View]):
    """新增: adds a wallet. A row may bring client, network and address (an unmatched transfer, a deposit)."""

    name, act = "add_wallet", AddWallet

    def explanation(self) -> str:
        hours = self.desk.session.policy.get("wallet_cooling_off_hours", 24)
        text = self.tr("The address is added as unverified. Verify it with the client afterwards.")
        if hours:
            cooling = self.tr(
                "Refunds can go to it %n hour(s) after it was verified, since the desk added it.", "", hours
            )
            text += " " + cooling
        return text

    def ok_text(self) -> str:
        return self.tr("Add wallet")

    def build(self) -> None:
        self.clients: dict[str, Client | None] = {}
        self.elsewhere: dict[str, list[WalletAddress]] = {}
        brought = self._brought()
        self.client = QLineEdit(str(brought.get("client_no") or brought.get("likely_client_no") or ""), self)
        self.client.setMaxLength(40)
        self.add_field("client_no", labels.field("client_no"), self.client, self.tr("As in the core system"))
        self.network = QComboBox(self)
        self.add_field("network", labels.field("network"), self.network)
        self.address = QLineEdit(str(brought.get("address") or brought.get("sender") or ""), self)
        self.address.setPlaceholderText("0x…")
        self.add_field("address", labels.field("address"), self.address)
        self.add_field("remark", self.tr("Remark (optional)"), RemarkField())
        self.fetch(self._load())

    def _brought(self) -> Mapping[str, Any]:
        """The values of the row that the dialog was opened on, by field; nothing without one."""
        return self.row.as_mapping() if self.row is not None else {}

    async def _load(self) -> None:
        for network in await self.desk.rows(ChainHealth):
            self.network.addItem(network.network, network.network)
        wanted = self.network.findData(self._brought().get("network"))
        self.network.setCurrentIndex(max(0, wanted))
        self.validate()

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """Each by its rule; client and address are looked up as typed."""
        found: dict[str, Problem] = {}
        client_no = values["client_no"].strip()
        if not client_no:
            found["client_no"] = RuleViolation("value_missing", field="client_no")
        elif client_no in self.clients and self.clients[client_no] is None:
            found["client_no"] = RuleViolation("unknown_object", object="client", id=client_no)
        else:
            self._name_client(client_no)
        if not values["network"]:
            found["network"] = RuleViolation("value_missing", field="network")
        try:
            if not values["address"].strip():
                raise RuleViolation("value_missing", field="address")
            self._note_others(parse_address(values["address"]), client_no)
        except RuleViolation as violation:
            found["address"] = violation
        if values["remark"]:
            found |= remark_problems(values)
        return found

    def _name_client(self, client_no: str) -> None:
        field = self.fields["client_no"]
        if client_no not in self.clients:
            field.set_hint("")
            self.fetch(self._look_up_client(client_no), ignore)
        elif (client := self.clients[client_no]) is not None:
            text = (
                self.tr("{name}, {account}")
                if client.identity_verified
                else self.tr("{name}, {account}: identity not verified yet")
            )
            field.set_hint(text.format(name=client_name(client), account=client.securities_account))

    async def _look_up_client(self, client_no: str) -> None:
        client = await self.desk.row(Client, client_no=client_no)
        if self.client.text().strip() == client_no:
            self.clients[client_no] = client
            self.validate()

    def _note_others(self, address: str, client_no: str) -> None:
        field = self.fields["address"]
        if address not in self.elsewhere:
            self.elsewhere[address] = []
            self.fetch(self._look_up_address(address), ignore)
        others = [w for w in self.elsewhere[address] if w.client_no != client_no and w.status == "verified"]
        text = self.tr(
            "Verified for client {client_no} already; it cannot be verified here without an exception."
        )
        field.set_hint(text.format(client_no=others[0].client_no) if others else "")

    async def _look_up_address(self, address: str) -> None:
        self.elsewhere[address] = await self.desk.rows(
            WalletAddress, Filter(WalletAddress.address, Match.EQUAL, address)
        )
        self.validate()

    def field_of(self, error: RuleViolation) -> str | None:
        """Refusals of the database beside the field they are about."""
        kind = error.params.get("object")
        if error.code in {"unknown_object", "already_exists"}:
            return {"client": "client_no", "network": "network", "wallet": "address"}.get(str(kind))
        return super().field_of(error)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Returns the wallet's number."""
        return await self.desk.do(
            AddWallet(
                client_no=values["client_no"].strip(),
                network=values["network"],
                address=parse_address(values["address"]),
                remark=values["remark"] or None,
            )
        )


class WalletDialog(FormDialog[WalletAddress]):
    """The base of the acts on one wallet that need a remark."""

    source, key = WalletAddress, ("wallet_id",)

    def describe(self) -> Iterable[Fact]:
        return facts_of.wallet_facts(self.subject)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        try:
            check_remark(values["remark"])
        except RuleViolation as violation:
            return {"remark": violation}
        return {}


class DeleteWalletDialog(WalletDialog):
    """刪除: marks a wallet as deleted; the database refuses while a live refund goes to it."""

    name, act, danger = "delete_wallet", DeleteWallet, True

    def explanation(self) -> str:
        return self.tr(
            "Deposits from this address are no longer credited by themselves, and no refund can go there."
        )

    def ok_text(self) -> str:
        """Names the wallet by its ends; the whole is above."""
        row = self.subject
        short = shown.shortened(row.address)
        return self.tr("Delete {address}").format(address=short)

    def build(self) -> None:
        common = [
            self.tr("The client no longer uses it"),
            self.tr("Added by mistake"),
            self.tr("The client lost its key"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    async def submit(self, values: Mapping[str, Any]) -> Any:
        row = self.subject
        return await self.desk.do(DeleteWallet(row.wallet_id, values["remark"], self.expected_version()))
