# ruff: noqa: E501 - a statement and its parameters read best on one line
"""Cryptocurrencies, networks, custodial accounts and the desk's rules: saved whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from wbo_demo.world import World

Ask = Callable[..., Any]
Refusal = Callable[..., str]
Agree = Callable[..., int]
COIN = "SELECT wbo.save_cryptocurrency(%s::jsonb, %s)"
NETWORK = "SELECT wbo.save_network(%s::jsonb, %s)"
IMPORT = "SELECT wbo.import_custodial_accounts(%s::jsonb)"
POLICY = "SELECT wbo.save_policy(%s, %s::jsonb)"
NEW = {
    "code": "USDC", "network": "Ethereum", "name_en": "USD Coin", "name_zh_hk": "美元幣", "name_zh_cn": "美元币",
    "contract": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "decimals": 6, "minimum_deposit": "1.5",
}  # fmt: skip


def coin(**changed: object) -> str:
    return json.dumps({name: value for name, value in (NEW | changed).items() if value != "-"})


def test_a_coin_is_made_and_changed(ask: Ask, refusal: Refusal, agree: Agree) -> None:
    assert ask("maker", COIN, coin(), None) == "waiting"
    assert ask("maker", "SELECT count(*) FROM wbo.cryptocurrency WHERE code = 'USDC'") == 0
    agree()
    assert ask("maker", "SELECT minimum_deposit FROM wbo.cryptocurrency WHERE code = 'USDC'") == 1.5
    assert refusal("maker", COIN, coin(), None) == "already_exists"
    version = ask("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDC'")
    assert (
        refusal("maker", COIN, '{"code": "USDC", "network": "Ethereum", "confirmations": 9}', version + 1)
        == "moved_meanwhile"
    )
    ask(
        "maker",
        COIN,
        '{"code": "USDC", "network": "Ethereum", "confirmations": 9, "minimum_deposit": "2"}',
        version,
    )
    agree()
    assert (
        ask(
            "viewer",
            "SELECT confirmations || ' ' || minimum_deposit FROM wbo.cryptocurrency WHERE code = 'USDC'",
        )
        == "9 2.000000"
    )
    assert (
        ask(
            "maker",
            "SELECT after ->> 'confirmations' FROM wbo.audit_log WHERE object_type = 'cryptocurrency' ORDER BY seq DESC LIMIT 1",
        )
        == "9"
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": " "}, "value_missing"), ({"code": "US DC"}, "value_invalid"), ({"network": "Tron"}, "unknown_object"), ({"network": "-"}, "value_missing"),
        ({"name_en": " "}, "value_missing"), ({"name_zh_hk": "-"}, "value_missing"), ({"name_en": "x" * 81}, "value_too_long"),
        ({"contract": "0x12"}, "address_malformed"), ({"contract": NEW["contract"].swapcase().replace("0X", "0x")}, "address_checksum"),  # type: ignore[attr-defined]
        ({"contract": None}, "already_exists"), ({"decimals": 37}, "value_invalid"), ({"decimals": "six"}, "value_invalid"), ({"decimals": "-"}, "value_missing"),
        ({"minimum_deposit": "-1"}, "amount_malformed"), ({"minimum_deposit": "1e3"}, "amount_malformed"), ({"minimum_deposit": "0.0000001"}, "amount_too_precise"),
        ({"confirmations": 0}, "value_invalid"), ({"confirmations": 10001}, "value_invalid"), ({"wallet_rule": "never"}, "value_invalid"),
        ({"credit_tolerance": 101}, "value_invalid"), ({"credit_tolerance": "a few"}, "value_invalid"), ({"approvals_needed": 3}, "value_invalid"),
        ({"cooling_off_hours": -1}, "value_invalid"), ({"daily_refund_limit": "much"}, "amount_malformed"), ({"misspelt": 1}, "value_invalid"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_coin_is_named_and_nothing_is_saved(
    changed: dict[str, object], code: str, ask: Ask, refusal: Refusal
) -> None:
    assert refusal("maker", COIN, coin(**changed), None) == code
    assert ask("viewer", "SELECT count(*) FROM wbo.coin WHERE code NOT IN ('ETH', 'USDT', 'DAI')") == 0


@pytest.mark.parametrize("details", ["[]", "1", "null", '"x"', None, "{}"])
def test_details_that_are_none(details: str | None, refusal: Refusal) -> None:
    for statement in (COIN, NETWORK):
        assert refusal("maker", statement, details, None) in {"value_invalid", "value_missing"}


def test_what_identifies_a_coin_stays(ask: Ask, refusal: Refusal) -> None:
    version = ask("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT'")
    before = ask("maker", "SELECT contract || decimals FROM wbo.cryptocurrency WHERE code = 'USDT'")
    ask(
        "maker",
        COIN,
        '{"code": "USDT", "network": "Ethereum", "contract": "0x0000000000000000000000000000000000000001", "decimals": 2}',
        version,
    )
    assert ask("maker", "SELECT contract || decimals FROM wbo.cryptocurrency WHERE code = 'USDT'") == before
    assert refusal("maker", COIN, '{"code": "NONE", "network": "Ethereum"}', 1) == "unknown_object"


def test_a_refund_always_needs_somebody_while_the_rule_says_so(ask: Ask, agree: Agree) -> None:
    """A coin's own number can ask for more people, not for none."""
    version = ask("maker", "SELECT version FROM wbo.cryptocurrency WHERE code = 'USDT'")
    ask("maker", COIN, '{"code": "USDT", "network": "Ethereum", "approvals_needed": 0}', version)
    agree()
    needed = "SELECT wbo_rule.approvals_needed(k, 1) FROM wbo_data.cryptocurrency k WHERE code = 'USDT'"
    assert ask("superuser", needed) == 1
    ask("admin", POLICY, "refund_approval_required", "false")
    assert ask("superuser", needed) == 1
    agree()
    assert ask("superuser", needed) == 0


def test_a_network_is_made_and_changed(ask: Ask, refusal: Refusal, agree: Agree) -> None:
    ask(
        "maker",
        NETWORK,
        '{"name": "Base", "chain_id": 8453, "rpc_urls": ["https://base.example/rpc"], "agreement": 2}',
        None,
    )
    agree()
    assert (
        ask("maker", "SELECT agreement || rpc_urls[1] FROM wbo.network WHERE name = 'Base'")
        == "2https://base.example/rpc"
    )
    assert refusal("maker", NETWORK, '{"name": "Base", "chain_id": 1}', None) == "already_exists"
    assert refusal("maker", NETWORK, '{"name": "Base 2", "chain_id": 8453}', None) == "already_exists"
    assert refusal("maker", NETWORK, '{"name": "Base", "finality": "finalized"}', 99) == "moved_meanwhile"


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"name": "x"}, "value_missing"), ({"name": "<b>", "chain_id": 5}, "value_invalid"), ({"name": "x", "chain_id": 0}, "value_invalid"),
        ({"name": "x", "chain_id": 5, "rpc_urls": "http://x"}, "value_invalid"), ({"name": "x", "chain_id": 5, "rpc_urls": ["file:///etc/passwd"]}, "value_invalid"),
        ({"name": "x", "chain_id": 5, "explorer_tx_url": "javascript:alert(1)"}, "value_invalid"), ({"name": "x", "chain_id": 5, "finality": "hope"}, "value_invalid"),
        ({"name": "x", "chain_id": 5, "explorer_address_url": "file:///c:/x.exe"}, "value_invalid"), ({"name": "x", "chain_id": 5, "agreement": 0}, "value_invalid"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_network_is_named(
    details: dict[str, object], code: str, refusal: Refusal
) -> None:
    assert refusal("maker", NETWORK, json.dumps(details), None) == code


def test_accounts_are_imported_all_or_none(ask: Ask, refusal: Refusal, database: World) -> None:
    count = "SELECT count(*) FROM wbo.custodial_account"
    before = ask("maker", count)
    good = [{"channel": "OSL", "network": "Ethereum", "address": f"0x{n:040x}"} for n in range(1, 4)]
    for bad in ({"channel": " "}, {"network": "Tron"}, {"address": "0x1"}, {"address": None}):
        assert refusal("maker", IMPORT, json.dumps([*good, good[0] | bad])) in {
            "value_missing",
            "unknown_object",
            "address_malformed",
        }
    for nonsense in ("{}", '["x"]', "[1]", "null", None):
        assert refusal("maker", IMPORT, nonsense) == "value_invalid"
    assert ask("maker", count) == before
    assert ask("maker", IMPORT, json.dumps([*good, good[0]])) == 3
    assert ask("maker", IMPORT, json.dumps(good)) == 0


def test_only_an_account_that_is_nobodys_is_deleted(ask: Ask, refusal: Refusal, database: World) -> None:
    delete = "SELECT wbo.delete_custodial_account(%s, %s)"
    taken = ask(
        "maker",
        "SELECT account_id FROM wbo.custodial_account WHERE address = %s",
        database.clients[0].custodial,
    )
    free = ask("maker", "SELECT account_id FROM wbo.custodial_account WHERE client_no IS NULL LIMIT 1")
    assert refusal("maker", delete, taken, "x") == "account_assigned"
    assert refusal("maker", delete, free, "\u2800") == "remark_blank"
    assert ask("maker", delete, free, "closed by the channel") == "waiting"
    ask("checker", "SELECT wbo.confirm_custodial_deletion(%s, 2)", free)
    assert refusal("maker", delete, free, "again") == "unknown_object"


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [("session_hours", "8", True), ("session_hours", '"8"', False), ("session_hours", "0", False), ("session_hours", "1.5", False), ("session_hours", "1e9", False),
     ("fresh_password_hours", "0", True), ("refund_approval_required", "false", True), ("refund_approval_required", "0", False), ("no_such_rule", "1", False),
     ("session_hours", "null", False)],
)  # fmt: skip
def test_a_rule_keeps_its_kind_and_its_bounds(
    name: str, value: str, right: bool, ask: Ask, refusal: Refusal, agree: Agree
) -> None:
    if right:
        ask("admin", POLICY, name, value)
        agree()
        assert json.dumps(ask("viewer", "SELECT value FROM wbo.policy WHERE name = %s", name)) == value
    else:
        assert refusal("admin", POLICY, name, value) == "value_invalid"
