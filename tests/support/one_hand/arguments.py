"""What the person puts into an act's arguments: by their names, mostly things that there are."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from psycopg.types.json import Jsonb

from tests.support.one_hand.chain import signature
from tests.support.one_hand.facts import Facts
from tests.support.one_hand.stage import KNOWN, OWN_ACCOUNTS, OWN_TOKENS, STRANGERS, THIEFS, TOKENS, WALLETS
from tests.support.one_hand.worker import NETWORK
from wbo_desktop.domain.permissions import Permission

ACTS = [p.value for p in Permission if not p.value.endswith("_inquiry")]
POLICY_VALUES = {
    "refund_approval_required": [False, False, True],
}
NUMBERS = [0, 0, 1, 2, 24, 1000, 100_000]
COIN_VALUES: dict[str, list[Any]] = {
    "name_en": ["Tether"], "minimum_deposit": ["0", "0.000001", "5"], "confirmations": [1, 2, 40],
    "wallet_rule": ["once", "every_deposit"], "deposit_enabled": ["true", "false"], "credit_tolerance": ["0", "99", "5"],
    "approvals_needed": [0, 0, 1, 2], "two_approvals_above": [None, "999999", "1"], "cooling_off_hours": [0, 48],
    "daily_refund_limit": [None, "99999999", "1"], "alert_level": [None, "0", "500"], "stop_level": [None, "0", "500"],
    "confirmation_steps": [[], [{"from": "1", "confirmations": 1}], [{"from": "500", "confirmations": 9}]],
    "remark": ["x"],
}  # fmt: skip
NETWORK_VALUES: dict[str, list[Any]] = {
    "finality": ["confirmations", "finalized"], "agreement": [1, 1, 3], "worker_agreement": [1, 2],
    "txid_grace_seconds": [0, 86400],
    "rpc_urls": [["http://127.0.0.1:666"], ["http://127.0.0.1:1"], []], "explorer_tx_url": ["https://evil/{txid}"],
}  # fmt: skip
OBJECTS = {
    "record_no": ("records", "record_no"), "refund_no": ("refunds", "refund_no"), "wallet_id": ("wallets", "id"),
    "account_id": ("accounts", "id"), "login": ("operators", "login"), "request_id": ("requests", "id"),
    "external_serial": ("applications", "external_serial"),
}  # fmt: skip


class Unknown(AssertionError):
    """An act has an argument that the search was never told of."""


class Arguments:
    """Chooses them; `forced` are those that a plan wants."""

    def __init__(self, dice: random.Random, facts: Callable[[], Facts], me: Callable[[], str]) -> None:
        self.dice, self.facts, self.me = dice, facts, me
        self.numbers = 0

    def new_login(self) -> str:
        """A login that does not exist yet."""
        self.numbers += 1
        return f"oh_ghost{self.numbers}"

    def choose(self, function: str, names: list[str], types: list[str], forced: dict[str, Any]) -> list[Any]:
        """A value for each argument, in order."""
        chosen: dict[str, Any] = {}
        for name, kind in zip(names, types, strict=True):
            chosen[name] = forced[name] if name in forced else self._one(function, name, kind, chosen)
        return [Jsonb(v) if t == "jsonb" else v for v, t in zip(chosen.values(), types, strict=True)]

    def _pick(self, values: Any, default: Any = None) -> Any:
        values = list(values)
        return self.dice.choice(values) if values else default

    def _one(self, function: str, name: str, kind: str, chosen: dict[str, Any]) -> Any:
        if name == "login" and function == "create_operator":
            return self.new_login()
        if name == "request_id":
            return self._pick(
                r["id"] for r in (*self.facts().requests, *self.facts().grants) if r["state"] == "waiting"
            )
        if name in OBJECTS:
            rows, key = OBJECTS[name]
            return self._pick(
                (r[key] for r in self.facts().rows[rows]), 0 if name.endswith("_id") else "none"
            )
        if name == "expected_version":
            return self._version(function, chosen)
        if name in ("details", "rows", "value"):
            return getattr(self, f"_{name}")(function, chosen)
        values = self._values(name, chosen)
        if values is None:
            raise Unknown(
                f"{function}: {name} {kind}: tell tests/support/one_hand/arguments.py what to put there"
            )
        return self._pick(values)

    def _values(self, name: str, chosen: dict[str, Any]) -> list[Any] | None:
        facts = self.facts()
        if name in ("signature", "amount", "address"):
            return list(getattr(self, f"_{name}")(chosen))
        return {
            "permission": [*ACTS, *Permission],
            "permission_code": [*ACTS, *Permission],
            "scram_verifier": list(KNOWN),
            "display_name": ["Chan Siu Ming"],
            "language": ["en", "zh_HK"],
            "remark": ["as agreed"],
            "adjust_reason": [None, "a part"],
            "acknowledged": [None, "contract"],
            "channel": ["phone"],
            "name": [p["name"] for p in facts.policies],
            "client_no": list(WALLETS),
            "network": [NETWORK, NETWORK, "Polygon"],
            "coin": [k["code"] for k in facts.coins],
            "difference_id": [1],
            "import_id": [a["import_id"] for a in facts.accounts if a.get("import_id")] or [0],
            "accounts": [1, 1, 1, 2],
            "noted_head": [None],
            "day": [None],
        }.get(name)  # fmt: skip

    def _address(self, chosen: dict[str, Any]) -> list[str]:
        if "record_no" in chosen:  # where a refund goes: a wallet of the record's client, mostly
            client = next(
                (r["client_no"] for r in self.facts().records if r["record_no"] == chosen["record_no"]), ""
            )
            own = [w["address"] for w in self.facts().wallets if w["client_no"] == client]
            return [*own * 4, *THIEFS]
        return [*THIEFS, *STRANGERS]

    def _amount(self, chosen: dict[str, Any]) -> list[str]:
        row = next((r for r in self.facts().records if r["record_no"] == chosen.get("record_no")), None)
        coin = next((k for k in self.facts().coins if row and k["id"] == row["coin_id"]), None)
        if row is None or coin is None or row["credited_base"] is None:
            return ["1"]
        whole = f"{row['credited_base'] / 10 ** coin['decimals']:f}"
        return [whole, whole, whole, "1"]

    def _signature(self, chosen: dict[str, Any]) -> list[str]:
        wallet = next((w for w in self.facts().wallets if w["id"] == chosen.get("wallet_id")), None)
        if wallet is None or wallet["challenge"] is None or wallet["address"] not in THIEFS:
            return [signature(STRANGERS[0], "")]
        return [signature(wallet["address"], wallet["challenge"])]

    def _version(self, function: str, chosen: dict[str, Any]) -> Any:
        if self.dice.random() < 0.03:
            return 1
        facts, details = self.facts(), chosen.get("details", {})
        if function == "save_cryptocurrency":
            rows = [
                k for k in facts.coins if (k["code"], k["network"]) == (details["code"], details["network"])
            ]
        elif function == "save_network":
            rows = [n for n in facts.networks if n["name"] == details["name"]]
        else:
            key = next(iter(chosen))
            kind, column = OBJECTS.get(key, ("records", "record_no"))
            rows = [r for r in facts.rows[kind] if r[column] == chosen[key]]
        return rows[0].get("version") if rows else None

    def _some(self, values: dict[str, list[Any]]) -> dict[str, Any]:
        names = self.dice.sample(sorted(values), self.dice.choice([1, 1, 1, 2, 3]))
        return {name: self.dice.choice(values[name]) for name in names}

    def _details(self, function: str, chosen: dict[str, Any]) -> dict[str, Any]:
        facts = self.facts()
        if function == "save_network":
            if self.dice.random() < 0.15:
                return {"name": "Mine", "chain_id": 666, "rpc_urls": ["http://127.0.0.1:666"]}
            return {"name": self._pick(n["name"] for n in facts.networks)} | self._some(NETWORK_VALUES)
        if self.dice.random() < 0.25:
            token = self.dice.choice([*OWN_TOKENS, *OWN_TOKENS, TOKENS["USDT"]])
            return {
                "code": f"USD{token[-1]}", "network": self.dice.choice([NETWORK, NETWORK, "Polygon"]),
                "name_en": "US Dollar",
                "name_zh_hk": "x", "name_zh_cn": "x", "contract": token, "decimals": 6, "confirmations": 1,
                "deposit_enabled": "true",
            }  # fmt: skip
        coin = self.dice.choice(facts.coins)
        return {"code": coin["code"], "network": coin["network"]} | self._some(COIN_VALUES)

    def _rows(self, function: str, chosen: dict[str, Any]) -> list[dict[str, str]]:
        return [{"channel": "OSL", "network": NETWORK, "address": self.dice.choice(OWN_ACCOUNTS)}]

    def _value(self, function: str, chosen: dict[str, Any]) -> Any:
        return self.dice.choice(POLICY_VALUES.get(chosen.get("name", ""), NUMBERS))
