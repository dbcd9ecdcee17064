"""Client wallet addresses: added, verified by payment or signature, shared only by an explicit override, deleted softly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.security.scene import USDT, Scene
from wbo_demo.world import World

Ask = Callable[..., Any]
Refusal = Callable[..., str]
ADD = "SELECT wbo.add_wallet(%s, 'Ethereum', %s, NULL)"
FRESH = "0x52908400098527886E0F7030069857D2E4169EE7"


def version(ask: Ask, wallet: int) -> int:
    return int(ask("viewer", "SELECT version FROM wbo.wallet_address WHERE wallet_id = %s", wallet))


def field(ask: Ask, wallet: int, name: str) -> Any:
    return ask("viewer", f"SELECT {name} FROM wbo.wallet_address WHERE wallet_id = %s", wallet)


@pytest.fixture
def wallet(database: World, ask: Ask) -> int:
    """An unverified one of the first client."""
    return int(ask("maker", ADD, database.clients[0].client_no, FRESH.lower()))


def test_an_address_is_kept_with_its_checksum_and_once(
    database: World, wallet: int, ask: Ask, refusal: Refusal
) -> None:
    client = database.clients[0].client_no
    assert field(ask, wallet, "address || ' ' || status") == f"{FRESH} unverified"
    assert refusal("maker", ADD, client, FRESH) == "already_exists"
    assert refusal("maker", ADD, client, FRESH[:-1]) == "address_malformed"
    assert refusal("maker", ADD, client, FRESH[:-1] + "f") == "address_checksum"
    assert refusal("maker", ADD, "nobody", FRESH) == "unknown_object"
    assert refusal("viewer", ADD, client, FRESH) == "42501"


def test_a_signature_is_asked_for_with_a_challenge_that_is_new_each_time(
    wallet: int, ask: Ask, refusal: Refusal
) -> None:
    sign = "SELECT wbo.submit_wallet_signature(%s, %s, %s)"
    assert refusal("maker", sign, wallet, "0x" + "ab" * 65, version(ask, wallet)) == "status_forbids"
    begin = "SELECT wbo.begin_message_signature(%s, %s)"
    first = ask("maker", begin, wallet, version(ask, wallet))
    assert FRESH in first
    assert ask("maker", begin, wallet, version(ask, wallet)) != first
    for nonsense in ("0x", "ab" * 65, "0xzz", " ", None):
        assert refusal("maker", sign, wallet, nonsense, version(ask, wallet)) == "value_invalid"
    assert refusal("maker", sign, wallet, "0x" + "ab" * 65, 99) == "moved_meanwhile"
    ask("maker", sign, wallet, "0x" + "AB" * 65, version(ask, wallet))
    assert field(ask, wallet, "status") == "verifying"


def test_an_operator_verifies_nothing_by_themselves(database: World, wallet: int, ask: Ask) -> None:
    ask("maker", "SELECT wbo.begin_message_signature(%s, %s)", wallet, version(ask, wallet))
    ask(
        "maker",
        "SELECT wbo.submit_wallet_signature(%s, %s, %s)",
        wallet,
        "0x" + "00" * 65,
        version(ask, wallet),
    )
    assert field(ask, wallet, "status") == "verifying"
    with database.connect("maker") as maker, pytest.raises(psycopg.errors.InsufficientPrivilege):
        maker.execute("SELECT wbo_chain.apply_decisions('Ethereum', 1, '{}')")


def test_a_payment_is_asked_for_with_an_amount_of_its_own(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    clients = scene.world.clients
    amounts = set()
    begin = "SELECT wbo.begin_micro_payment(%s, %s, %s)"
    for n in range(12):
        made = ask("maker", ADD, clients[0].client_no, f"0x{n + 1:040x}")
        assert refusal("maker", begin, made, "DOGE", version(ask, made)) == "unknown_object"
        ask("maker", begin, made, "USDT", version(ask, made))
        amounts.add(field(ask, made, "micro_amount"))
        assert field(ask, made, "micro_target") == clients[0].custodial
    assert len(amounts) == 12
    assert all(0 < amount < 1 for amount in amounts)


def test_the_payment_from_the_claimed_address_verifies_when_it_is_final(scene: Scene, ask: Ask) -> None:
    client = scene.world.clients[3]
    wallet = ask("maker", "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    ask("maker", "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)", wallet, version(ask, wallet))
    amount = int(field(ask, wallet, "micro_amount") * USDT)
    pay = scene.chain.transfer("USDT", client.wallet.address, client.custodial, amount)
    scene.chain.mine(pay)
    work = scene.chain.look()
    case = next(c for c in work.wallets if c.wallet_id == wallet)
    assert case.transfer is not None
    assert case.transfer.transfer.txid == pay.txid
    # it is a proof, not a deposit that nobody announced
    assert ask("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 0


def test_one_wallet_is_one_clients_without_an_override(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    first, second = scene.world.clients[:2]
    shared = ask("maker", ADD, second.client_no, first.wallet.address)
    assert field(ask, shared, "other_client_no") == first.client_no
    _sign(ask, shared)
    scene.chain.settle()
    assert field(ask, shared, "status || ' ' || failure") == "unverified wallet_of_other_client"
    allow = "SELECT wbo.allow_shared_wallet(%s, %s, %s)"
    assert refusal("maker", allow, shared, "\u3000", version(ask, shared)) == "remark_blank"
    ask("maker", allow, shared, "joint account, papers seen", version(ask, shared))
    assert field(ask, shared, "sharing || ' ' || shared_asked_with") == f"waiting {first.client_no}"
    assert refusal("maker", allow, shared, "again", version(ask, shared)) == "already_asked"
    _sign(ask, shared)
    scene.chain.settle()
    assert field(ask, shared, "status") == "unverified", "asking is not agreeing"
    ask("checker", "SELECT wbo.agree_shared_wallet(%s, %s)", shared, version(ask, shared))
    _sign(ask, shared)
    scene.chain.settle()
    assert field(ask, shared, "status || ' ' || sharing") == "verified allowed"
    assert (
        ask("maker", "SELECT remark FROM wbo.audit_log WHERE action = 'allow_shared_wallet'")
        == "joint account, papers seen"
    )


def test_verifying_again_unverifies_until_the_new_proof_is_there(
    scene: Scene, ask: Ask, refusal: Refusal
) -> None:
    client = scene.world.clients[0]
    wallet = ask("maker", "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    record = scene.credited(client, 10 * USDT, "S-1")
    refund = scene.request(record, client, 10 * USDT)
    begin = "SELECT wbo.begin_message_signature(%s, %s)"
    assert refusal("maker", begin, wallet, version(ask, wallet)) == "wallet_in_use"
    assert (
        refusal("maker", "SELECT wbo.delete_wallet(%s, 'x', %s)", wallet, version(ask, wallet))
        == "wallet_in_use"
    )
    ask("checker", "SELECT wbo.reject_refund(%s, 'no')", refund)
    ask("maker", begin, wallet, version(ask, wallet))
    assert field(ask, wallet, "status") == "verifying"
    assert field(ask, wallet, "verified_at") is None


def test_deleting_is_soft_and_final(wallet: int, database: World, ask: Ask, refusal: Refusal) -> None:
    delete = "SELECT wbo.delete_wallet(%s, %s, %s)"
    assert refusal("maker", delete, wallet, "\u200b", version(ask, wallet)) == "remark_blank"
    ask("maker", delete, wallet, "not theirs", version(ask, wallet))
    assert field(ask, wallet, "status || delete_remark || deleted_by") == "deletednot theirsmaker"
    assert refusal("maker", delete, wallet, "again", version(ask, wallet)) == "wallet_deleted"
    assert (
        refusal("maker", "SELECT wbo.begin_message_signature(%s, %s)", wallet, version(ask, wallet))
        == "wallet_deleted"
    )
    assert ask("maker", ADD, database.clients[0].client_no, FRESH) != wallet


def _sign(ask: Ask, wallet: int) -> None:
    ask("maker", "SELECT wbo.begin_message_signature(%s, %s)", wallet, version(ask, wallet))
    ask(
        "maker",
        "SELECT wbo.submit_wallet_signature(%s, %s, %s)",
        wallet,
        "0x" + "ab" * 65,
        version(ask, wallet),
    )
