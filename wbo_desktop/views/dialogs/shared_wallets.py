"""客戶錢包地址: one address for two clients, requested by one operator and decided by one of another hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wbo_desktop.domain.acts import AgreeSharedWallet, AllowSharedWallet, RefuseSharedWallet
from wbo_desktop.models.tables import WalletAddress
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import Problem
from wbo_desktop.views.dialogs.wallets import WalletDialog
from wbo_desktop.views.widgets import Fact, RemarkField


class AllowSharedWalletDialog(WalletDialog):
    """申請共用: asks for the exception for an address that two clients really share."""

    name, act, danger = "allow_shared_wallet", AllowSharedWallet, True

    def explanation(self) -> str:
        return self.tr(
            "One address proves one client. Allow two only when both are known to share it, such as a "
            "joint wallet. Another person has to agree before it counts."
        )

    def ok_text(self) -> str:
        row = self.subject
        return self.tr("Ask to share with {client_no}").format(client_no=row.client_no)

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [*facts_of.wallet_facts(row), facts_of.text_fact(row, WalletAddress.other_client_no)]

    def build(self) -> None:
        common = [
            self.tr("Joint wallet of both clients"),
            self.tr("Personal and company account of one owner"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    async def submit(self, values: Mapping[str, Any]) -> Any:
        row = self.subject
        return await self.desk.do(AllowSharedWallet(row.wallet_id, values["remark"], self.expected_version()))


class SharingDialog(WalletDialog):
    """The base of the acts that decide about such a request."""

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        return [
            *facts_of.wallet_facts(row),
            facts_of.text_fact(row, WalletAddress.shared_asked_with),
            facts_of.text_fact(row, WalletAddress.shared_asked_by),
            facts_of.time_fact(row, WalletAddress.shared_asked_at),
            facts_of.text_fact(row, WalletAddress.shared_asked_remark),
        ]


class AgreeSharedWalletDialog(SharingDialog):
    """同意共用: lets the address be verified for both clients."""

    name, act, danger = "agree_shared_wallet", AgreeSharedWallet, True

    def explanation(self) -> str:
        """What both clients may do with the address, and what to look at."""
        return self.tr(
            "Deposits from this address may then be credited to both clients, and refunds of both may go "
            "there. Look at the papers yourself."
        )

    def ok_text(self) -> str:
        row = self.subject
        return self.tr("Let {client_no} and {other} share it").format(
            client_no=row.client_no, other=row.shared_asked_with
        )

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return {}

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(AgreeSharedWallet(self.subject.wallet_id, self.expected_version()))


class RefuseSharedWalletDialog(SharingDialog):
    """不同意共用: ends the request; the address is not shared."""

    name, act = "refuse_shared_wallet", RefuseSharedWallet

    def explanation(self) -> str:
        return self.tr("The address stays with the client for whom it is verified.")

    def ok_text(self) -> str:
        return self.tr("Do not share it")

    def build(self) -> None:
        common = [self.tr("The papers do not show it"), self.tr("Asked for by mistake")]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    async def submit(self, values: Mapping[str, Any]) -> Any:
        row = self.subject
        return await self.desk.do(
            RefuseSharedWallet(row.wallet_id, values["remark"], self.expected_version())
        )
