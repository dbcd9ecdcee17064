"""Custodial accounts take two people: nobody alone decides which addresses clients are given."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.security.scene import USDT, Scene
from tests.support.hands import ghost
from tests.support.operators import Operators
from wbo_demo.world import World
from wbo_desktop.domain.permissions import Permission as P

Ask = Callable[..., Any]
Refusal = Callable[..., str]

IMPORT = "SELECT wbo.import_custodial_accounts(%s::jsonb)"
CONFIRM = "SELECT wbo.confirm_custodial_import(%s, %s)"
REFUSE = "SELECT wbo.refuse_custodial_import(%s, %s)"
DELETE = "SELECT wbo.delete_custodial_account(%s, %s)"
AGREE = "SELECT wbo.confirm_custodial_deletion(%s, %s)"
GIVE = "SELECT wbo.deposit_address(%s, %s)"
ADDRESSES = [f"0x{n:040x}" for n in range(1, 4)]
STATE = (
    "SELECT string_agg(DISTINCT state, ' ' ORDER BY state) FROM wbo.custodial_account WHERE import_id = %s"
)


@pytest.fixture
def network(database: World) -> str:
    """One that has no accounts yet."""
    with database.connect("superuser") as connection:
        connection.execute("INSERT INTO wbo_data.network (name, chain_id) VALUES ('Elsewhere', 77)")
    return "Elsewhere"


@pytest.fixture
def imported(ask: Ask, network: str) -> int:
    """Three accounts that maker imported; the import's number."""
    rows = [{"channel": "OSL", "network": network, "address": address} for address in ADDRESSES]
    assert ask("maker", IMPORT, json.dumps(rows)) == 3
    return int(ask("maker", "SELECT max(import_id) FROM wbo.custodial_account"))


def free(ask: Ask) -> tuple[int, str]:
    """An account that is nobody's: number and address."""
    row = ask(
        "maker",
        "SELECT ARRAY[account_id::text, address] FROM wbo.custodial_account WHERE state = 'free' LIMIT 1",
    )
    return int(row[0]), row[1]


def state(ask: Ask, account: int) -> Any:
    return ask("maker", "SELECT state FROM wbo.custodial_account WHERE account_id = %s", account)


def version(ask: Ask, account: int) -> Any:
    return ask("maker", "SELECT version FROM wbo.custodial_account WHERE account_id = %s", account)


def test_what_one_person_imported_is_given_to_no_client(
    database: World, imported: int, network: str, ask: Ask, refusal: Refusal
) -> None:
    account = database.clients[0].securities_account
    assert ask("maker", STATE, imported) == "importing"
    assert refusal("intake", GIVE, account, network) == "no_custodial_account"
    ask("checker", CONFIRM, imported, 3)
    assert ask("maker", STATE, imported) == "free"
    assert ask("intake", GIVE, account, network) in ADDRESSES


def test_nor_is_it_an_account_of_ours(scene: Scene, ask: Ask) -> None:
    """An application to it is answered as one to a stranger's address, and money that goes there is not ours."""
    client = scene.world.clients[0]
    row = {"channel": "OSL", "network": "Ethereum", "address": ADDRESSES[0]}
    ask("maker", IMPORT, json.dumps([row]))
    answer = ask(
        "intake",
        "SELECT reason FROM wbo.submit_deposit_application('S-1', %s, 'USDT', 'Ethereum', 5, %s, %s)",
        client.securities_account, client.wallet.address, ADDRESSES[0],
    )  # fmt: skip
    assert answer == "not_our_address"
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, ADDRESSES[0], 5 * USDT))
    assert ask("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 0
    compared = scene.chain.store.accounts_to_reconcile(scene.chain.lease, 1000)
    assert ADDRESSES[0] not in {one.address for one in compared}


def test_an_import_is_confirmed_by_another_hand(
    database: World, imported: int, operators: Operators, ask: Ask, refusal: Refusal
) -> None:
    own = ghost(operators, "maker", P.REFUND_APPROVAL, P.CUSTODIAL_INQUIRY)
    assert refusal(own, CONFIRM, imported, 3) == "same_hand"
    assert refusal("maker", CONFIRM, imported, 3) == "42501"
    assert refusal("viewer", CONFIRM, imported, 3) == "42501"
    assert refusal("checker", CONFIRM, imported, 2) == "moved_meanwhile"
    asked = "SELECT asked_by_own_hand FROM wbo.custodial_request WHERE request = 'import ' || %s"
    assert (ask(own, asked, imported), ask("checker", asked, imported)) == (True, False)
    ask("checker", CONFIRM, imported, 3)
    assert ask("checker", asked, imported) is None
    assert refusal("checker", CONFIRM, imported, 3) == "status_forbids"
    assert refusal("checker", REFUSE, imported, "late") == "status_forbids"
    assert refusal("checker", CONFIRM, 99, 3) == "unknown_object"


def test_a_refused_import_leaves_nothing_and_can_come_again(
    imported: int, network: str, ask: Ask, refusal: Refusal
) -> None:
    assert refusal("checker", REFUSE, imported, "\u3000") == "remark_blank"
    ask("checker", REFUSE, imported, "not the custodian's list")
    assert ask("maker", STATE, imported) is None
    row = {"channel": "OSL", "network": network, "address": ADDRESSES[0]}
    assert ask("maker", IMPORT, json.dumps([row])) == 1
    assert ask("maker", IMPORT, json.dumps([row])) == 0, "it waits already"


def test_who_imported_may_take_it_back_account_by_account(imported: int, ask: Ask, refusal: Refusal) -> None:
    first = ask("maker", "SELECT min(account_id) FROM wbo.custodial_account WHERE import_id = %s", imported)
    assert ask("maker", DELETE, first, "mistyped") == "deleted"
    assert refusal("checker", CONFIRM, imported, 3) == "moved_meanwhile"
    ask("checker", CONFIRM, imported, 2)
    assert ask("maker", "SELECT count(*) FROM wbo.custodial_account WHERE import_id = %s", imported) == 2


def test_the_owners_own_functions_confirm_nothing_past_it(imported: int, database: World) -> None:
    """Guards, for whoever writes."""
    with database.connect("superuser") as connection:
        for statement in (
            "UPDATE wbo_data.custodial_account SET confirmed_at = now() WHERE import_id = %(i)s",
            "UPDATE wbo_data.custodial_account SET client_no = 'C100021', assigned_at = now() WHERE import_id = %(i)s",
            "UPDATE wbo_data.custodial_import SET imported_hand = '{x}' WHERE id = %(i)s",
            "UPDATE wbo_data.custodial_account SET confirmed_at = NULL WHERE import_id IS NULL",
            "UPDATE wbo_data.custodial_account SET deleted_at = now() WHERE client_no IS NULL AND import_id IS NULL",
        ):
            with pytest.raises(psycopg.Error) as no:
                connection.execute(statement.encode(), {"i": imported})
            assert no.value.sqlstate in {"WB422", "23514"}, (statement, no.value)


# deletion


def test_deleting_a_confirmed_account_waits_and_changes_nothing_meanwhile(
    database: World, ask: Ask, refusal: Refusal, operators: Operators, network: str, imported: int
) -> None:
    """Who could delete all the good ones would choose which one is given out next."""
    ask("checker", CONFIRM, imported, 3)
    first = ask("maker", "SELECT min(account_id) FROM wbo.custodial_account WHERE import_id = %s", imported)
    address = ask("maker", "SELECT address FROM wbo.custodial_account WHERE account_id = %s", first)
    assert ask("maker", DELETE, first, "closed at the channel") == "waiting"
    assert state(ask, first) == "deleting"
    assert refusal("maker", DELETE, first, "again") == "already_asked"
    own = ghost(operators, "maker", P.REFUND_APPROVAL)
    assert refusal(own, AGREE, first, version(ask, first)) == "same_hand"
    assert refusal("maker", AGREE, first, version(ask, first)) == "42501"
    assert ask("intake", GIVE, database.clients[0].securities_account, network) == address
    assert refusal("checker", AGREE, first, version(ask, first)) == "account_assigned"


def test_another_hand_agrees_to_a_deletion_or_keeps_the_account(ask: Ask, refusal: Refusal) -> None:
    account, _ = free(ask)
    assert refusal("checker", AGREE, account, version(ask, account)) == "status_forbids"
    ask("maker", DELETE, account, "closed at the channel")
    keep = "SELECT wbo.refuse_custodial_deletion(%s, %s, %s)"
    assert refusal("checker", keep, account, " ", version(ask, account)) == "remark_blank"
    ask("checker", keep, account, "still in use", version(ask, account))
    assert state(ask, account) == "free"
    seen = version(ask, account)
    ask("maker", DELETE, account, "closed at the channel, see their letter")
    assert refusal("checker", AGREE, account, seen) == "moved_meanwhile"
    ask("checker", AGREE, account, version(ask, account))
    assert state(ask, account) is None
    said = ask(
        "maker",
        "SELECT after ->> 'delete_remark' FROM wbo.audit_log WHERE action = 'confirm_custodial_deletion'",
    )
    assert said == "closed at the channel, see their letter"
