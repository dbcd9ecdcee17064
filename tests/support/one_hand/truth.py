"""What one person must never bring about, judged from outside: by what was at first, what is now and what the chain knows.

Which direction of a rule is the weaker one is said here once more, apart from the desk's own table of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.support.one_hand.chain import Chain, signature
from tests.support.one_hand.facts import Facts
from tests.support.one_hand.stage import OWN_ACCOUNTS, OWN_TOKENS, TOKENS

Weaker = Callable[[Any, Any], bool]
ALIVE = ("approved", "executing", "signed", "broadcast", "confirming", "confirmed")


def _lower(was: Any, now: Any) -> bool:
    return Decimal(now) < Decimal(was)


def _higher(was: Any, now: Any) -> bool:
    return Decimal(now) > Decimal(was)


def _limit(was: Any, now: Any) -> bool:
    """A most: none at all is the weakest."""
    return was is not None and (now is None or Decimal(now) > Decimal(was))


def _floor(was: Any, now: Any) -> bool:
    """A least: none at all is the weakest."""
    return was is not None and (now is None or Decimal(now) < Decimal(was))


def _zero_is_none(was: Any, now: Any) -> bool:
    """A most that zero switches off."""
    return was != 0 and (now == 0 or now > was)


def _switched_off(was: Any, now: Any) -> bool:
    return was is True and now is not True


def _switched_on(was: Any, now: Any) -> bool:
    return was is not True and now is True


def _other(was: Any, now: Any) -> bool:
    """What cannot be compared counts as weaker."""
    return bool(was != now)


def _no_longer(value: str) -> Weaker:
    return lambda was, now: was == value and now != value


def _fewer_confirmations(was: dict[str, Any], now: dict[str, Any]) -> bool:
    """Of some amount."""

    def needed(coin: dict[str, Any], amount: Decimal) -> int:
        raised = [
            int(s["confirmations"]) for s in coin["confirmation_steps"] if Decimal(s["from_base"]) <= amount
        ]
        return max(coin["confirmations"], *raised, 0)

    steps = (*was["confirmation_steps"], *now["confirmation_steps"])
    amounts = [Decimal(0), *(Decimal(s["from_base"]) for s in steps)]
    return any(needed(now, amount) < needed(was, amount) for amount in amounts)


POLICIES: dict[str, Weaker] = {
    "refund_approval_required": _switched_off,
    "idle_lock_minutes": _higher,
    "session_hours": _higher,
    "login_failures": _higher,
    "login_lock_minutes": _lower,
    "micro_payment_hours": _higher,
    "one_time_password_hours": _higher,
    "fresh_password_hours": _lower,
    "transfer_gap_hours": _zero_is_none,
    "wallet_cooling_off_hours": _lower,
}
COINS: dict[str, Weaker] = {
    "minimum_base": _lower,
    "wallet_rule": _no_longer("every_deposit"),
    "deposit_enabled": _switched_on,
    "credit_tolerance": _higher,
    "approvals_needed": _lower,
    "two_approvals_above_base": _limit,
    "daily_refund_limit_base": _limit,
    "cooling_off_hours": _lower,
    "alert_level_base": _floor,
    "stop_level_base": _floor,
}
NETWORKS: dict[str, Weaker] = {
    "finality": _no_longer("finalized"),
    "agreement": _lower,
    "worker_agreement": _lower,
    "rpc_urls": _other,
    "txid_grace_seconds": _higher,
}
NO_RULE = frozenset(
    {
        "name_en", "name_zh_hk", "name_zh_cn", "remark", "version", "created_at", "updated_at", "explorer_tx_url",
        "explorer_address_url", "confirmations", "confirmation_steps",
    }
)  # fmt: skip
"""Columns of coins and networks that let nothing through, or are compared together."""


class Judge:
    """Compares each moment with the first."""

    def __init__(self, first: Facts, chain: Chain) -> None:
        self.first, self.chain = first, chain
        self.hand: set[str] = set(first.hand)
        self.rights = frozenset[str]().union(*(first.rights.get(n, frozenset()) for n in first.hand))
        # who acted, as it was when they did: a login that is taken over later was another person's then
        self.own_acts: dict[tuple[str, str], bool] = {}
        self._note_acts(first)

    def judge(self, now: Facts) -> Iterator[str]:
        """Everything that is wrong at this moment, each as a short name of its kind."""
        self.hand |= set(now.hand)
        self._note_acts(now)
        yield from self._rules(now)
        yield from self._rights(now)
        yield from self._refunds(now)
        yield from self._wallets(now)
        yield from self._accounts(now)
        yield from self._credits(now)

    def _rules(self, now: Facts) -> Iterator[str]:
        was = {p["name"]: p["value"] for p in self.first.policies}
        for one in now.policies:
            name, value = one["name"], one["value"]
            if name not in was or (value != was[name] and POLICIES.get(name, _other)(was[name], value)):
                yield f"rule: {name}"
        for kind, rows, table, keys in (
            ("coin", "coins", COINS, ("code", "network")),
            ("network", "networks", NETWORKS, ("name",)),
        ):
            before = {tuple(r[k] for k in keys): r for r in self.first.rows[rows]}
            for row in now.rows[rows]:
                old = before.get(tuple(row[k] for k in keys))
                if old is None:
                    yield f"rule: a new {kind}"
                    continue
                if kind == "coin" and _fewer_confirmations(old, row):
                    yield "rule: confirmations of a coin"
                for field, value in row.items():
                    weaker = table.get(field, _other)
                    if field not in NO_RULE and value != old[field] and weaker(old[field], value):
                        yield f"rule: {field} of a {kind}"

    def _rights(self, now: Facts) -> Iterator[str]:
        for login in now.hand:
            for right in now.rights.get(login, frozenset()) - self.rights:
                if right.startswith("sys.") or (right.startswith("atm.") and not right.endswith("_inquiry")):
                    yield f"right: {right}"

    def _note_acts(self, now: Facts) -> None:
        for refund in now.refunds:
            self.own_acts.setdefault(
                (refund["refund_no"], refund["requested_by"]), refund["requested_by"] in self.hand
            )
        for agreed in now.approvals:
            self.own_acts.setdefault((agreed["refund_no"], agreed["login"]), agreed["login"] in self.hand)

    def _persons(self, refund: str) -> int:
        own = [mine for (number, _), mine in self.own_acts.items() if number == refund]
        return own.count(False) + any(own)

    def _needed(self, refund: dict[str, Any]) -> int:
        """How many people it takes by the rules as they were at first."""
        coin = next((k for k in self.first.coins if k["id"] == refund["coin_id"]), None)
        if coin is None:
            return 2
        two = coin["two_approvals_above_base"]
        return 3 if two is not None and refund["amount_base"] > two else 1 + max(1, coin["approvals_needed"])

    def _refunds(self, now: Facts) -> Iterator[str]:
        before = {r["refund_no"]: r for r in self.first.refunds}
        wallets = {w["id"]: w for w in now.wallets}
        for refund in now.refunds:
            if refund["status"] in ALIVE and self._persons(refund["refund_no"]) < self._needed(refund):
                agreed = any(a["refund_no"] == refund["refund_no"] for a in now.approvals)
                yield f"payment: {'by ghosts' if agreed else 'without an approval'}"
            if refund["refund_no"] in before:
                continue
            wallet = wallets[refund["wallet_id"]]
            young = _moment(refund["requested_at"]) - _moment(wallet["verified_at"]) < timedelta(hours=24)
            if wallet["created_by"] in self.hand and young:
                yield "payment: asked for to a wallet that the same person added a moment ago"

    def _wallets(self, now: Facts) -> Iterator[str]:
        before = {w["id"] for w in self.first.wallets if w["status"] == "verified"}
        verified = [w for w in now.wallets if w["status"] == "verified"]
        for wallet in verified:
            if wallet["id"] in before:
                continue
            if not self._proven(wallet, now):
                yield f"wallet: {wallet['method']} that proves nothing"
            if any(w["address"] == wallet["address"] and w["id"] != wallet["id"] for w in verified):
                yield "wallet: shared on one person's word"

    def _proven(self, wallet: dict[str, Any], now: Facts) -> bool:
        if wallet["method"] == "message_signature":
            return bool(wallet["signature"] == signature(wallet["address"], wallet["challenge"]))
        transfer = next((t for t in now.transfers if t["id"] == wallet["transfer_id"]), None)
        paid = self.chain.paid.get(transfer["txid"]) if transfer else None
        return (
            paid is not None
            and paid.signer == wallet["address"]
            and (paid.contract is None or paid.contract in TOKENS.values())
        )

    def _accounts(self, now: Facts) -> Iterator[str]:
        for account in now.accounts:
            if account["address"] in OWN_ACCOUNTS and account["client_no"] is not None:
                yield "account: one of the person's own is a client's"

    def _credits(self, now: Facts) -> Iterator[str]:
        before = {
            d["record_no"]
            for d in self.first.records
            if d["status"] in ("processing", "success", "refunding")
        }
        own_coins = {k["id"] for k in now.coins if k["contract"] in OWN_TOKENS}
        for record in now.records:
            if (
                record["status"] not in ("processing", "success", "refunding")
                or record["record_no"] in before
            ):
                continue
            transfer = next((t for t in now.transfers if t["id"] == record["transfer_id"]), None)
            if record["coin_id"] in own_coins:
                yield "credit: in a coin of the person's own"
            if transfer is not None and transfer["recipient"] in OWN_ACCOUNTS:
                yield "credit: of money that is in the person's own account"
            sender = transfer["sender"] if transfer else ""
            proofs = [
                w for w in now.wallets
                if w["address"] == sender and w["client_no"] == record["client_no"] and w["status"] == "verified"
            ]  # fmt: skip
            old = {w["id"] for w in self.first.wallets if w["status"] == "verified"}
            if proofs and not any(w["id"] in old or self._proven(w, now) for w in proofs):
                yield "credit: from a wallet that nobody proved"


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(value) if value else datetime.fromisoformat("2000-01-01T00:00:00+00:00")
