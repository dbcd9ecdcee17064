"""The intent of a refund, read again from the database and recomputed here: for approving, rejecting and
executing.

Nothing is taken from the screen that opened the dialog. The intent that was agreed to is hashed on this
workstation from the fields that are shown; the operator can only go on when both hashes are equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wbo_desktop.domain.acts import ApproveRefund, ExecuteRefund, RejectRefund
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.refund import RefundIntent
from wbo_desktop.domain.types import parse_address, to_base_units
from wbo_desktop.domain.wallet import WalletStatus
from wbo_desktop.models.tables import DepositRecord, HotWalletState, Refund, WalletAddress
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs import facts_of
from wbo_desktop.views.dialogs.base import NOTHING_REFUSED, FormDialog, Problem
from wbo_desktop.views.dialogs.deposits import remark_problems
from wbo_desktop.views.dialogs.receivers import caution, risk_of, wallet_facts_of_refund
from wbo_desktop.views.operation import sentence
from wbo_desktop.views.widgets import AddressText, Fact, RemarkField, SecretField, address_fact
from wbo_desktop.views.widgets.plain import label


def recomputed(row: Refund) -> RefundIntent:
    """The intent of a refund, put together from the fields that are shown."""
    token = row.token
    return RefundIntent(
        refund_no=row.refund_no,
        record_no=row.record_no,
        chain_id=int(row.chain_id),
        token=parse_address(token, "token") if token else None,
        address=parse_address(row.address),
        amount=to_base_units(row.amount, row.decimals),
    )


def agrees(row: Refund) -> bool:
    """Whether the recomputed intent has the hash that the requester and other approvers agreed to."""
    try:
        intent = recomputed(row)
    except RuleViolation:
        return False
    return intent.digest() == row.intent_hash and intent.amount == int(row.amount_base)


class RefundReviewDialog(FormDialog[Refund]):
    """The base of the acts on a reviewed refund: disabled until it was read again and its hash agrees."""

    source, key, wide = Refund, ("refund_no",), 940
    scrolls, fact_columns, asks_below = True, 2, True
    tells_adder = True

    def build(self) -> None:
        self.fresh = False
        self.deposit: DepositRecord | None = None
        self.wallet: WalletAddress | None = None
        self.hot: HotWalletState | None = None
        self.build_fields()
        self.fetch(self._read(), self._unreadable)

    def build_fields(self) -> None:
        """What a subclass asks."""

    async def _read(self) -> None:
        row = await self.read_row()
        if row is None:
            raise RuleViolation("unknown_object", object="refund", id=self.subject.refund_no)
        self.row = row
        self.deposit = await self.desk.row(DepositRecord, record_no=row.record_no)
        if self.desk.sees(Permission.WALLET_INQUIRY):
            self.wallet = await self.desk.row(WalletAddress, wallet_id=row.wallet_id)
        hot = await self.desk.rows(HotWalletState, Filter(HotWalletState.network, Match.EQUAL, row.network))
        self.hot = next((h for h in hot if row.hot_wallet in (None, h.address)), None)
        self.fresh = True
        self.refresh()
        self.fit()

    def _unreadable(self, error: Exception) -> None:
        self._unread(error)
        self.show_message(sentence(error), reload=True)

    def _reloaded(self, row: Refund | None) -> None:
        self._moved, self._refused = False, NOTHING_REFUSED
        self.hide_message()
        self.fetch(self._read(), self._unreadable)

    def describe(self) -> Iterable[Fact]:
        row = self.subject
        facts = [
            facts_of.text_fact(row, Refund.refund_no),
            facts_of.text_fact(row, Refund.record_no),
            facts_of.client_fact(row),
            facts_of.status_fact("refund", row),
            facts_of.amount_fact(row, Refund.amount),
            ("credited", labels.field("credited_amount"), self._credited()),
            ("network", labels.field("network"), self._network_text()),
            ("verified", labels.field("wallet_method"), self._how_verified()),
            address_fact("address", self.tr("Refund address"), row.address),
            *self._caution_facts(),
        ]
        if row.token:
            facts.append(address_fact("token", labels.field("token"), row.token))
        facts += self._money_facts()
        for field in (Refund.adjust_reason, Refund.remark):
            if getattr(row, field.name):
                facts.append(facts_of.text_fact(row, field))
        if self.tells_adder:
            facts += wallet_facts_of_refund(row)
        requested = self._who(row.requested_by, row.requested_at)
        facts.append(("requested_by", labels.field("requested_by"), requested))
        facts += self._acknowledged_facts()
        for given in row.approvals or []:
            facts.append(("approved_by", labels.field("approved_by"), self._who(given["login"], given["at"])))
        facts += self._fingerprint_facts()
        return facts

    def _network_text(self) -> str:
        row = self.subject
        return self.tr("{network} (chain id {chain_id})").format(network=row.network, chain_id=row.chain_id)

    @staticmethod
    def _who(login: str, at: Any) -> str:
        return f"{login}  {shown.time_text(at)}"

    def _credited(self) -> str:
        row = self.subject
        credited = (self.deposit or row).credited_amount
        text = shown.amount(credited, row.decimals, row.coin)
        missing = (credited or Decimal(0)) - row.amount
        if missing <= 0:
            return text
        return self.tr("{credited}; {missing} stays with us").format(
            credited=text, missing=shown.amount(missing, row.decimals, row.coin)
        )

    def _how_verified(self) -> str:
        row = self.subject
        if self.wallet is not None and self.wallet.status != "verified":
            return self.tr("No longer verified: {status}").format(
                status=labels.wallet_status(self.wallet.status)
            )
        return self.tr("{method}, verified for {client_no}, {time}").format(
            method=labels.method(row.wallet_method),
            client_no=row.client_no,
            time=shown.time_text(row.wallet_verified_at),
        )

    def _money_facts(self) -> list[Fact]:
        """What the hot wallet has: the coin, and what fees are paid with."""
        row = self.subject
        if self.hot is None:
            return [("hot_wallet", labels.field("hot_wallet"), shown.NOTHING)]
        held = self.hot.balances or {}
        coins = list(dict.fromkeys((row.coin, self.hot.get("fee_coin"))))
        parts = [shown.amount(Decimal(str(held[coin])), None, coin) for coin in coins if coin in held]
        facts: list[Fact] = [
            ("hot_wallet", self.tr("Hot wallet holds"), "  ·  ".join(parts) or shown.NOTHING),
            ("fee_estimate", self.tr("Fee estimate"), self._fee_text()),
        ]
        for alert in self.hot.alerts or []:
            text = f"{alert['coin']}: {labels.level(alert['level'])}"
            facts.append(("hot_wallet_alert", labels.field("alarm"), label(text, "warning")))
        return facts

    def _caution_facts(self) -> list[Fact]:
        text = caution(self.subject)
        return [("caution", self.tr("Please note"), label(text, "warning"))] if text else []

    def _acknowledged_facts(self) -> list[Fact]:
        """Whether the maker asked the client about what is said above."""
        row = self.subject
        risk = risk_of(row)
        if risk is None:
            return []
        if row.receiver_acknowledged == risk:
            text = self.tr("Yes, {login} did").format(login=row.requested_by)
        else:
            text = self.tr("No, this became known later")
        return [("acknowledged", self.tr("Client was asked"), text)]

    def _estimate(self) -> Mapping[str, Any]:
        return (self.hot.fee_estimate if self.hot else None) or {}

    def _fee(self) -> Decimal | None:
        """The most that sending this is likely to take, in the network's own coin, as the worker saw it
        last."""
        kind = "token" if self.subject.token else "native"
        found = self._estimate().get(kind)
        return None if found is None else Decimal(found)

    def _fee_text(self) -> str:
        fee = self._fee()
        if fee is None:
            return shown.NOTHING
        coin = self.hot.fee_coin if self.hot else None
        return self.tr("at most {fee} now").format(fee=shown.amount(fee.normalize(), None, coin))

    def _fingerprint_facts(self) -> list[Fact]:
        if not self.fresh:
            return []
        good = agrees(self.subject)
        text = (
            self.tr("Recomputed on this workstation from the values above: it matches the database.")
            if good
            else self.tr(
                "Recomputed on this workstation from the values above: it does NOT match the database."
            )
        )
        return [
            ("fingerprint", labels.field("intent_hash"), AddressText(self.subject.intent_hash)),
            ("fingerprint_verdict", "", label(text, "good" if good else "error")),
        ]

    def forbidden(self) -> RuleViolation | None:
        """Wrong fingerprint, wrong status, or not enough money."""
        row = self.subject
        if self.fresh and not agrees(row):
            return RuleViolation("intent_mismatch", refund_no=row.refund_no)
        return super().forbidden() or self.not_payable()

    def not_payable(self) -> RuleViolation | None:
        """A wallet that is not verified any more; a hot wallet that is stopped or empty."""
        row = self.subject
        if self.wallet is not None and self.wallet.status != WalletStatus.VERIFIED:
            return RuleViolation(
                "refund_address_not_verified", address=row.address, status=self.wallet.status
            )
        if self.hot is None:
            return None
        if self.hot.stopped_reason:
            return RuleViolation("hot_wallet_stopped", network=row.network, reason=self.hot.stopped_reason)
        held = (self.hot.balances or {}).get(row.coin)
        if held is not None and Decimal(str(held)) < row.amount:
            return RuleViolation(
                "hot_wallet_balance",
                coin=row.coin,
                needed=shown.amount(row.amount, row.decimals),
                available=shown.amount(Decimal(str(held))),
            )
        return self._without_fee()

    def _without_fee(self) -> RuleViolation | None:
        """Not enough of the network's own coin for what sending costs now."""
        row, fee = self.subject, self._fee()
        held = self._estimate().get("held")
        if fee is None or held is None:
            return None
        needed = fee if row.token else fee + row.amount
        if Decimal(held) >= needed:
            return None
        return RuleViolation(
            "hot_wallet_gas",
            network=row.network,
            needed=shown.amount(needed.normalize()),
            available=shown.amount(Decimal(held).normalize()),
        )

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """Nothing can be done before everything was read again."""
        return {} if self.fresh else {"fresh": ""}


class ApproveRefundDialog(RefundReviewDialog):
    """批准: approves the refund as shown; by an operator of another hand than the requester."""

    name, act = "approve_refund", ApproveRefund

    def explanation(self) -> str:
        return self.tr(
            "Compare every line with the client's request. These values were read from the database just now."
        )

    def ok_text(self) -> str:
        row = self.subject
        amount = shown.amount(row.amount, row.decimals, row.coin)
        return self.tr("Approve {refund_no}, {amount}").format(refund_no=row.refund_no, amount=amount)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Approve what was looked at, and nothing else."""
        return await self.desk.do(ApproveRefund(self.subject.refund_no, self.expected_version()))


class RejectRefundDialog(RefundReviewDialog):
    """拒絕: ends the refund; its record is credited again."""

    name, act, danger = "reject_refund", RejectRefund, True

    def explanation(self) -> str:
        return self.tr("The deposit is credited again, and the requester reads your remark.")

    def ok_text(self) -> str:
        return self.tr("Reject {refund_no}").format(refund_no=self.subject.refund_no)

    def build_fields(self) -> None:
        common = [
            self.tr("The address is not the client's"),
            self.tr("The amount is wrong"),
            self.tr("Not justified"),
        ]
        self.add_field("remark", labels.field("remark"), RemarkField(common))

    def forbidden(self) -> RuleViolation | None:
        """The status alone: a wrong fingerprint is a reason to reject, and so is an empty wallet."""
        return FormDialog.forbidden(self)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        return {**super().problems(values), **remark_problems(values)}

    async def submit(self, values: Mapping[str, Any]) -> Any:
        return await self.desk.do(RejectRefund(self.subject.refund_no, values["remark"]))


class ExecuteRefundDialog(RefundReviewDialog):
    """執行退幣: hands the refund to the sender. Asks for the password again, which opens a connection for this
    one act."""

    name, act, danger = "execute_refund", ExecuteRefund, True
    tells_adder = False  # who approved has seen it; here the password's field needs the room

    def explanation(self) -> str:
        return self.tr(
            "The coins leave for the address below and cannot be called back. Your password confirms it."
        )

    def ok_text(self) -> str:
        row = self.subject
        amount = shown.amount(row.amount, row.decimals, row.coin)
        return self.tr("Execute {refund_no}, {amount}").format(refund_no=row.refund_no, amount=amount)

    def build_fields(self) -> None:
        self.password = SecretField(self)
        hint = self.tr("The password you logged in with")
        self.add_field("password", labels.field("password"), self.password, hint)

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        found = dict(super().problems(values))
        if not values["password"]:
            found["password"] = RuleViolation("value_missing", field="password")
        return found

    def field_of(self, error: RuleViolation) -> str | None:
        return "password" if error.code in {"password_wrong", "login_locked"} else super().field_of(error)

    async def submit(self, values: Mapping[str, Any]) -> Any:
        password = self.password.secret()
        try:
            act = ExecuteRefund(self.subject.refund_no, self.expected_version())
            return await self.desk.do(act, password=password)
        finally:
            self.password.wipe()
