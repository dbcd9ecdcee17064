"""What one person who adds, proves and shares wallets can do to where money goes: nothing alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
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

ADD = "SELECT wbo.add_wallet(%s, 'Ethereum', %s, NULL)"
REQUEST = "SELECT wbo.request_refund(%s, %s, %s, %s, %s)"
ALLOW = "SELECT wbo.allow_shared_wallet(%s, %s, %s)"
AGREE = "SELECT wbo.agree_shared_wallet(%s, %s)"
DELETE = "SELECT wbo.delete_wallet(%s, 'not theirs', %s)"
FRESH = "0x52908400098527886E0F7030069857D2E4169EE7"


def version(ask: Ask, wallet: int) -> int:
    return int(ask("viewer", "SELECT version FROM wbo.wallet_address WHERE wallet_id = %s", wallet))


def field(ask: Ask, wallet: int, name: str) -> Any:
    return ask("viewer", f"SELECT {name} FROM wbo.wallet_address WHERE wallet_id = %s", wallet)


def sign(ask: Ask, wallet: int, who: str = "maker") -> None:
    """Begin, and hand in a signature that the simulated worker takes for right."""
    ask(who, "SELECT wbo.begin_message_signature(%s, %s)", wallet, version(ask, wallet))
    submit = "SELECT wbo.submit_wallet_signature(%s, %s, %s)"
    ask(who, submit, wallet, "0x" + "ab" * 65, version(ask, wallet))


def set_to(world: World, statement: str, *values: object) -> None:
    """What a test needs to be so, written by the superuser."""
    with world.connect("superuser") as connection:
        connection.execute(statement.encode(), values)


@pytest.fixture
def added(scene: Scene, ask: Ask) -> int:
    """A wallet that maker added for the first client, verified a moment ago."""
    made = int(ask("maker", ADD, scene.world.clients[0].client_no, FRESH))
    sign(ask, made)
    scene.chain.settle()
    assert field(ask, made, "status") == "verified"
    return made


@pytest.fixture
def record(scene: Scene) -> str:
    """100 USDT credited to the first client."""
    return scene.credited(scene.world.clients[0], 100 * USDT, "S-1")


# cooling-off


def test_a_wallet_that_the_desk_added_receives_no_refund_for_a_day(
    scene: Scene, added: int, record: str, ask: Ask, refusal: Refusal
) -> None:
    assert refusal("maker", REQUEST, record, FRESH, 100, None, "asked") == "wallet_cooling_off"
    until = field(ask, added, "cools_until")
    assert timedelta(hours=23.9) < until - datetime.now(UTC) <= timedelta(hours=24)
    usable = "SELECT (cools_until ->> 'USDT')::timestamptz FROM wbo.refund_address WHERE wallet_id = %s"
    assert ask("maker", usable, added) == until
    age = "UPDATE wbo_data.wallet_address SET verified_at = now() - %s * interval '1 minute' WHERE id = %s"
    set_to(scene.world, age, 24 * 60 - 1, added)
    assert refusal("maker", REQUEST, record, FRESH, 100, None, "asked") == "wallet_cooling_off"
    set_to(scene.world, age, 24 * 60 + 1, added)
    assert ask("maker", REQUEST, record, FRESH, 100, None, "asked").startswith("RF")


def test_a_proof_that_is_made_again_cools_off_again(
    scene: Scene, added: int, record: str, ask: Ask, refusal: Refusal
) -> None:
    set_to(
        scene.world,
        "UPDATE wbo_data.wallet_address SET verified_at = now() - interval '9 days' WHERE id = %s",
        added,
    )
    sign(ask, added)
    scene.chain.settle()
    assert refusal("maker", REQUEST, record, FRESH, 100, None, "asked") == "wallet_cooling_off"


def test_the_longer_of_the_desks_and_the_coins_hours_counts(
    scene: Scene, added: int, record: str, ask: Ask, refusal: Refusal
) -> None:
    hours = "UPDATE wbo_data.policy SET value = %s::text::jsonb WHERE name = 'wallet_cooling_off_hours'"
    set_to(
        scene.world,
        "UPDATE wbo_data.wallet_address SET verified_at = now() - interval '30 hours' WHERE id = %s",
        added,
    )
    set_to(scene.world, hours, 31)
    assert refusal("maker", REQUEST, record, FRESH, 100, None, "asked") == "wallet_cooling_off"
    set_to(scene.world, hours, 0)
    set_to(scene.world, "UPDATE wbo_data.cryptocurrency SET cooling_off_hours = 31")
    assert refusal("maker", REQUEST, record, FRESH, 100, None, "asked") == "wallet_cooling_off"
    set_to(scene.world, "UPDATE wbo_data.cryptocurrency SET cooling_off_hours = 0")
    ask("maker", REQUEST, record, FRESH, 100, None, "asked")


def test_a_wallet_that_the_client_side_named_does_not_wait(scene: Scene, ask: Ask, record: str) -> None:
    client = scene.world.clients[0]
    scene.submit(client, 5 * USDT, "S-2", source=FRESH)
    wallet = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE address = %s", FRESH)
    sign(ask, wallet)
    scene.chain.settle()
    assert field(ask, wallet, "added_by_desk") is False
    ask("maker", REQUEST, record, FRESH, 100, None, "asked")


def test_credits_are_not_held_by_it(scene: Scene, added: int, ask: Ask) -> None:
    client = scene.world.clients[0]
    waiting = scene.submit(client, 5 * USDT, "S-2", source=FRESH)
    scene.chain.mine(scene.chain.transfer("USDT", FRESH, client.custodial, 5 * USDT))
    scene.chain.mine()
    scene.chain.mine()
    assert scene.status(waiting) == "success"


def test_it_is_looked_at_again_before_it_is_approved_and_executed(
    scene: Scene, added: int, record: str, ask: Ask, refusal: Refusal
) -> None:
    age = "UPDATE wbo_data.wallet_address SET verified_at = %s WHERE id = %s"
    set_to(scene.world, age, datetime.now(UTC) - timedelta(days=2), added)
    refund = ask("maker", REQUEST, record, FRESH, 100, None, "asked")
    set_to(scene.world, age, datetime.now(UTC), added)
    assert refusal("checker", "SELECT wbo.approve_refund(%s, 1)", refund) == "wallet_cooling_off"
    set_to(scene.world, age, datetime.now(UTC) - timedelta(days=2), added)
    scene.approve(refund)
    set_to(scene.world, age, datetime.now(UTC), added)
    assert refusal("maker", "SELECT wbo.execute_refund(%s, 2)", refund) == "wallet_cooling_off"


# one hand


def test_where_nobody_approves_the_wallet_is_somebody_elses_work(
    scene: Scene, added: int, record: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    """Two administrators switched approvals off: the wallet's adder may still not be who asks for the refund."""
    set_to(scene.world, "UPDATE wbo_data.policy SET value = 'false' WHERE name = 'refund_approval_required'")
    set_to(scene.world, "UPDATE wbo_data.policy SET value = '0' WHERE name = 'wallet_cooling_off_hours'")
    set_to(scene.world, "UPDATE wbo_data.cryptocurrency SET approvals_needed = 0")
    assert refusal("maker", REQUEST, record, FRESH, 100, None, "asked") == "wallet_of_own_hand"
    own = ghost(operators, "maker", P.REFUND)
    assert refusal(own, REQUEST, record, FRESH, 100, None, "asked") == "wallet_of_own_hand"
    other = operators.make(P.REFUND, P.RECORD_INQUIRY)
    refund = ask(other, REQUEST, record, FRESH, 100, None, "asked")
    assert ask("viewer", "SELECT status FROM wbo.refund WHERE refund_no = %s", refund) == "approved"


def test_who_began_or_handed_in_the_proof_counts_like_who_added_it(
    scene: Scene, record: str, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    set_to(scene.world, "UPDATE wbo_data.policy SET value = 'false' WHERE name = 'refund_approval_required'")
    set_to(scene.world, "UPDATE wbo_data.cryptocurrency SET approvals_needed = 0")
    begins, hands_in = (
        operators.make(P.WALLET_OPERATION, P.REFUND),
        operators.make(P.WALLET_OPERATION, P.REFUND),
    )
    scene.submit(scene.world.clients[0], 5 * USDT, "S-2", source=FRESH)
    wallet = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE address = %s", FRESH)
    ask(begins, "SELECT wbo.begin_message_signature(%s, %s)", wallet, version(ask, wallet))
    ask(
        hands_in,
        "SELECT wbo.submit_wallet_signature(%s, %s, %s)",
        wallet,
        "0x" + "ab" * 65,
        version(ask, wallet),
    )
    scene.chain.settle()
    for one in (begins, hands_in):
        assert refusal(one, REQUEST, record, FRESH, 100, None, "asked") == "wallet_of_own_hand"
    ask("maker", REQUEST, record, FRESH, 100, None, "asked")


def test_sharing_takes_two_hands_and_names_the_other_client(
    scene: Scene, ask: Ask, refusal: Refusal, operators: Operators
) -> None:
    first, second, third = scene.world.clients[:3]
    shared = ask("maker", ADD, second.client_no, first.wallet.address)
    assert refusal("checker", AGREE, shared, version(ask, shared)) == "status_forbids"
    ask("maker", ALLOW, shared, "joint account", version(ask, shared))
    own = ghost(operators, "maker", P.REFUND_APPROVAL, P.WALLET_INQUIRY)
    assert refusal(own, AGREE, shared, version(ask, shared)) == "same_hand"
    assert refusal("maker", AGREE, shared, version(ask, shared)) == "42501"
    mine = "SELECT asked_by_own_hand FROM wbo.wallet_address WHERE wallet_id = %s"
    assert (ask(own, mine, shared), ask("checker", mine, shared)) == (True, False)
    refuse = "SELECT wbo.refuse_shared_wallet(%s, %s, %s)"
    assert refusal("checker", refuse, shared, "\u200b", version(ask, shared)) == "remark_blank"
    ask("checker", refuse, shared, "no papers", version(ask, shared))
    assert field(ask, shared, "sharing") is None
    ask("maker", ALLOW, shared, "joint account", version(ask, shared))
    ask("checker", AGREE, shared, version(ask, shared))
    assert (
        field(ask, shared, "sharing || shared_with || shared_agreed_by") == f"allowed{first.client_no}checker"
    )
    alone = ask("maker", ADD, third.client_no, FRESH)
    assert refusal("maker", ALLOW, alone, "joint account", version(ask, alone)) == "status_forbids"


def test_what_was_agreed_to_does_not_outlive_the_client_it_was_agreed_for(
    scene: Scene, ask: Ask, refusal: Refusal
) -> None:
    """The first client's wallet is deleted, and the address becomes a third one's: nobody agreed to share it with them."""
    first, second, third = scene.world.clients[:3]
    shared = ask("maker", ADD, second.client_no, first.wallet.address)
    ask("maker", ALLOW, shared, "joint account", version(ask, shared))
    ask("checker", AGREE, shared, version(ask, shared))
    theirs = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s", first.client_no)
    ask("maker", DELETE, theirs, version(ask, theirs))
    other = ask("maker", ADD, third.client_no, first.wallet.address)
    sign(ask, other)
    scene.chain.settle()
    assert field(ask, other, "status") == "verified"
    sign(ask, shared)
    scene.chain.settle()
    assert field(ask, shared, "status || ' ' || failure") == "unverified wallet_of_other_client"
    # asked for anew it names the client of now
    ask("maker", ALLOW, shared, "joint account", version(ask, shared))
    assert field(ask, shared, "shared_asked_with") == third.client_no


def test_the_owners_own_functions_share_nothing_past_it(scene: Scene, added: int, ask: Ask) -> None:
    with scene.world.connect("superuser") as connection:
        for statement in (
            "UPDATE wbo_data.wallet_address SET shared_override = true WHERE id = %s",
            "UPDATE wbo_data.wallet_address SET shared_override = true, shared_with = 'C100034' WHERE id = %s",
            "UPDATE wbo_data.wallet_address SET added_hand = '{}' WHERE id = %s",
            "INSERT INTO wbo_data.wallet_address (client_no, network, address, shared_override)"
            " SELECT client_no, network, '0x' || repeat('1', 40), true FROM wbo_data.wallet_address WHERE id = %s",
        ):
            with pytest.raises(psycopg.Error) as no:
                connection.execute(statement.encode(), (added,))
            assert (no.value.sqlstate, no.value.diag.message_primary) == ("WB422", "invariant_broken"), (
                statement
            )


# the payment as proof


def test_a_coin_that_is_closed_proves_nothing(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    client = scene.world.clients[3]
    wallet = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    close = "UPDATE wbo_data.cryptocurrency SET deposit_enabled = %s WHERE code = 'USDT'"
    begin = "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)"
    set_to(scene.world, close, False)
    assert refusal("maker", begin, wallet, version(ask, wallet)) == "deposit_disabled"
    set_to(scene.world, close, True)
    ask("maker", begin, wallet, version(ask, wallet))
    set_to(scene.world, close, False)
    amount = int(field(ask, wallet, "micro_amount") * USDT)
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, amount))
    assert [case.wallet_id for case in scene.chain.look().wallets] == []
    set_to(scene.world, close, True)
    assert [case.wallet_id for case in scene.chain.look().wallets] == [wallet]


def test_the_database_believes_no_payment_that_the_wallet_did_not_sign(scene: Scene, ask: Ask) -> None:
    """Whatever a worker says: a proof that a lie about the chain made is refused by guard."""
    client, other = scene.world.clients[3], scene.world.clients[0]
    wallet = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s", client.client_no)
    ask("maker", "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)", wallet, version(ask, wallet))
    amount = int(field(ask, wallet, "micro_amount") * USDT)
    pulled = scene.chain.transfer(
        "USDT", client.wallet.address, client.custodial, amount, signed_by=other.wallet.address
    )
    scene.chain.mine(pulled)
    prove = (
        "UPDATE wbo_data.wallet_address SET status = 'verified', verified_at = now(), evidence = '{}',"
        " transfer_id = (SELECT id FROM wbo_data.chain_transfer WHERE txid = %s) WHERE id = %s"
    )
    with scene.world.connect("superuser") as connection:
        with pytest.raises(psycopg.Error) as no:
            connection.execute(prove.encode(), (pulled.txid, wallet))
        assert "wallet:micro_payment" in str(no.value.diag.message_detail)
        with pytest.raises(psycopg.Error) as no:
            connection.execute("UPDATE wbo_data.chain_transfer SET tx_sender = sender")
        assert "chain_transfer.tx_sender" in str(no.value.diag.message_detail)
    assert ask("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 1
    own = scene.chain.transfer("USDT", client.wallet.address, client.custodial, amount)
    scene.chain.mine(own)
    set_to(scene.world, prove, own.txid, wallet)
    assert field(ask, wallet, "status") == "verified"


def test_who_signed_is_told_again_with_a_block_that_comes_back(scene: Scene, ask: Ask) -> None:
    """A node that lied about it was found out, and the block read again from another."""
    client = scene.world.clients[3]
    lie = scene.chain.transfer("USDT", client.wallet.address, client.custodial, 7, signed_by=FRESH)
    scene.chain.mine(lie)
    told = scene.chain.blocks[-1]
    scene.chain.reorganise(1)
    truth = scene.chain.transfer("USDT", client.wallet.address, client.custodial, 7, lie.txid)
    from dataclasses import replace

    last = scene.chain.blocks[-1]
    again = replace(told, transfers=(truth,))
    scene.chain.store.record_blocks(scene.chain.lease, 300, last.hash, [again], again.number, None)
    said = "SELECT tx_sender FROM wbo_data.chain_transfer WHERE txid = %s"
    assert ask("superuser", said, lie.txid) == client.wallet.address


# deleted while a refund to it is requested


@contextmanager
def racing(world: World, statement: str, *values: object) -> Iterator[list[str]]:
    """The statement in a session of maker that has to wait for somebody's lock; its outcome once the block has ended."""
    outcome: list[str] = []
    with world.connect("maker") as session:
        pid = session.info.backend_pid

        def run() -> None:
            try:
                session.execute(statement.encode(), values)
                outcome.append("done")
            except psycopg.Error as error:
                outcome.append(str(error.diag.message_primary))

        thread = threading.Thread(target=run)
        thread.start()
        deadline = monotonic() + 20
        with world.connect("superuser") as watch:
            waits = "SELECT cardinality(pg_blocking_pids(%s)) > 0"
            while not outcome and not watch.execute(waits.encode(), (pid,)).fetchone()[0]:  # type: ignore[index]
                assert monotonic() < deadline
        assert outcome == [], "it did not wait for the other's lock"
        yield outcome
        thread.join(20)
        assert outcome


def test_a_wallet_deleted_while_its_refund_is_requested_receives_none(
    scene: Scene, record: str, ask: Ask
) -> None:
    own = scene.world.clients[0].wallet.address
    wallet = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE address = %s", own)
    with scene.world.connect("maker") as deleting:
        deleting.execute("BEGIN")
        deleting.execute(DELETE.encode(), (wallet, version(ask, wallet)))
        with racing(scene.world, REQUEST, record, own, 100, None, "asked") as outcome:
            deleting.execute("COMMIT")
    assert outcome == ["refund_address_not_verified"]
    assert (ask("viewer", "SELECT count(*) FROM wbo.refund"), scene.status(record)) == (0, "success")


def test_a_wallet_whose_refund_is_being_requested_is_not_deleted(scene: Scene, record: str, ask: Ask) -> None:
    own = scene.world.clients[0].wallet.address
    wallet = ask("viewer", "SELECT wallet_id FROM wbo.wallet_address WHERE address = %s", own)
    with scene.world.connect("maker") as requesting:
        requesting.execute("BEGIN")
        requesting.execute(REQUEST.encode(), (record, own, 100, None, "asked"))
        with racing(scene.world, DELETE, wallet, version(ask, wallet)) as outcome:
            requesting.execute("COMMIT")
    assert outcome == ["wallet_in_use"]
    assert field(ask, wallet, "status") == "verified"
