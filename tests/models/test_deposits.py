# ruff: noqa: E501 - a statement and its parameters read best on one line
"""Deposits: received once, attached, revoked, checked again, accepted, deleted; and what the database refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.security.guard_attempts import BLANKS
from tests.security.scene import USDT, Scene
from tests.support.simulated_chain import new_hash
from wbo_demo.world import World

Ask = Callable[..., Any]
Refusal = Callable[..., str]
SUBMIT = (
    "SELECT record_no FROM wbo.submit_deposit_application(%(serial)s, %(account)s, %(coin)s, %(network)s, %(amount)s,"
    " %(source)s, %(target)s, %(txid)s, %(at)s)"
)


def request(world: World, **changed: object) -> dict[str, object]:
    client = world.clients[0]
    usual: dict[str, object] = {
        "serial": "S-1", "account": client.securities_account, "coin": "USDT", "network": "Ethereum", "amount": Decimal("12.5"),
        "source": client.wallet.address, "target": client.custodial, "txid": None, "at": "2026-03-01T09:00:00Z",
    }  # fmt: skip
    return usual | changed


def submit(world: World, **changed: object) -> str:
    with world.connect("intake") as intake:
        row = intake.execute(SUBMIT, request(world, **changed)).fetchone()
    assert row is not None
    return str(row[0])


def submit_refused(world: World, **changed: object) -> str:
    with world.connect("intake") as intake, pytest.raises(psycopg.Error) as refused:
        intake.execute(SUBMIT, request(world, **changed))
    assert (refused.value.sqlstate or "").startswith("WB"), refused.value
    return str(refused.value.diag.message_primary)


def version(ask: Ask, record: str) -> int:
    return int(ask("viewer", "SELECT version FROM wbo.deposit_record WHERE record_no = %s", record))


def test_the_same_request_is_the_same_record_and_another_one_is_refused(database: World) -> None:
    record = submit(database)
    assert submit(database) == record
    assert submit(database, at="2026-03-02T09:00:00Z") == record
    for changed in ({"amount": Decimal(13)}, {"coin": "ETH"}, {"source": new_hash()[:42]}, {"txid": new_hash()},
                    {"account": database.clients[1].securities_account}):  # fmt: skip
        assert submit_refused(database, **changed) == "serial_reused"


def test_twenty_at_once_are_one_record(database: World, ask: Ask) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(submit(database))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert ask("viewer", "SELECT count(*) FROM wbo.deposit_record") == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"serial": " "}, "value_missing"), ({"serial": None}, "value_missing"), ({"serial": "x" * 65}, "value_too_long"),
        ({"account": "nobody"}, "unknown_object"), ({"account": None}, "unknown_object"), ({"coin": "DOGE"}, "unknown_object"),
        ({"network": "Tron"}, "unknown_object"), ({"amount": 0}, "amount_not_positive"), ({"amount": -1}, "amount_not_positive"),
        ({"amount": None}, "value_missing"), ({"amount": "NaN"}, "amount_malformed"), ({"amount": "Infinity"}, "amount_malformed"),
        ({"amount": Decimal("0.0000001")}, "amount_too_precise"), ({"amount": Decimal(10) ** 79}, "amount_too_large"),
        ({"amount": Decimal(2) ** 256}, "amount_too_large"), ({"source": " "}, "value_missing"), ({"target": "\u3000"}, "value_missing"),
        ({"source": "x" * 129}, "value_too_long"), ({"txid": "0x12"}, "txid_malformed"), ({"txid": new_hash() + "00"}, "txid_malformed"),
        ({"at": None}, "value_missing"), ({"at": "infinity"}, "value_invalid"), ({"at": "-infinity"}, "value_invalid"),
        ({"at": "9999-12-31"}, "value_invalid"), ({"at": "1970-01-01"}, "value_invalid"), ({"at": "294276-01-01"}, "value_invalid"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_request_leaves_nothing_behind(
    changed: dict[str, object], code: str, database: World, ask: Ask
) -> None:
    assert submit_refused(database, **changed) == code
    assert ask("viewer", "SELECT count(*) FROM wbo.deposit_application") == 0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"source": "0x12"}, "invalid_address"), ({"target": "nonsense"}, "invalid_address"), ({"target": new_hash()[:42]}, "not_our_address")],
)  # fmt: skip
def test_what_is_wrong_at_once_is_abnormal_at_once(
    changed: dict[str, object], reason: str, database: World, ask: Ask
) -> None:
    record = submit(database, **changed)
    assert (
        ask("viewer", "SELECT status || ' ' || reason FROM wbo.deposit_record WHERE record_no = %s", record)
        == f"abnormal {reason}"
    )


def test_a_txid_is_attached_once_and_never_changed(database: World, ask: Ask, refusal: Refusal) -> None:
    submit(database)
    txid = new_hash()
    attach = "SELECT status FROM wbo.attach_txid('S-1', %s)"
    assert ask("intake", attach, txid.upper().replace("0X", "0x")) == "pending_auth"
    assert ask("intake", attach, txid) == "pending_auth"
    assert refusal("intake", attach, new_hash()) == "txid_already_attached"
    assert refusal("intake", "SELECT wbo.attach_txid('S-none', %s)", txid) == "unknown_object"


def test_an_account_is_assigned_when_it_is_first_needed(database: World, ask: Ask, refusal: Refusal) -> None:
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute(
            "INSERT INTO wbo_data.client (client_no, securities_account, name_en) VALUES ('C2', 'A2', 'Two'), ('C3', 'A3', 'Three')"
        )
    found = {ask("intake", "SELECT wbo.deposit_address('A2', 'Ethereum')") for _ in range(3)}
    assert len(found) == 1
    assert ask("intake", "SELECT wbo.deposit_address('A3', 'Ethereum')") not in found
    assert refusal("intake", "SELECT wbo.deposit_address('A4', 'Ethereum')") == "unknown_object"
    assert refusal("intake", "SELECT wbo.deposit_address('A2', 'Tron')") == "unknown_object"


def test_accounts_run_out_with_words(database: World, refusal: Refusal) -> None:
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute("INSERT INTO wbo_data.network (name, chain_id) VALUES ('Empty', 99)")
    account = database.clients[0].securities_account
    assert refusal("intake", "SELECT wbo.deposit_address(%s, 'Empty')", account) == "no_custodial_account"


def test_a_disabled_coin_is_not_received(database: World, ask: Ask) -> None:
    record = submit(database)
    ask(
        "maker",
        'SELECT wbo.save_cryptocurrency(\'{"code": "USDT", "network": "Ethereum", "deposit_enabled": false}\', 1)',
    )
    assert submit_refused(database, serial="S-2") == "deposit_disabled"
    assert submit(database) == record


def test_revoking(database: World, ask: Ask, refusal: Refusal) -> None:
    record = submit(database)
    revoke = "SELECT wbo.revoke_deposit(%s, %s, %s)"
    for blank in (*BLANKS, "", None):
        assert refusal("maker", revoke, record, blank, version(ask, record)) == "remark_blank"
    assert refusal("maker", revoke, record, "x" * 501, version(ask, record)) == "value_too_long"
    assert refusal("maker", revoke, record, "why", 99) == "moved_meanwhile"
    assert refusal("maker", revoke, record, "why", None) == "moved_meanwhile"
    assert refusal("maker", revoke, "DP-none", "why", 1) == "unknown_object"
    ask("maker", revoke, record, "  用戶重複申請 ", version(ask, record))
    assert (
        ask("viewer", "SELECT status || remark FROM wbo.deposit_record WHERE record_no = %s", record)
        == "cancelled用戶重複申請"
    )
    assert refusal("maker", revoke, record, "why", version(ask, record)) == "status_forbids"


def test_only_one_of_many_clicks_revokes(database: World, ask: Ask) -> None:
    record = submit(database)
    seen = version(ask, record)
    outcomes: list[str] = []

    def click() -> None:
        with database.connect("maker") as session:
            try:
                session.execute("SELECT wbo.revoke_deposit(%s, 'twice', %s)", (record, seen))
                outcomes.append("done")
            except psycopg.Error as error:
                outcomes.append(str(error.diag.message_primary))

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(outcomes)) == ["done", "moved_meanwhile"]
    assert outcomes.count("done") == 1


def test_a_transfer_found_is_confirmed_and_credited_with_what_arrived(scene: Scene, ask: Ask) -> None:
    client = scene.world.clients[0]
    record = scene.submit(client, 100 * USDT, "S-1")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 97 * USDT))
    assert scene.status(record) == "processing"
    scene.chain.mine()
    scene.chain.mine()
    row = "SELECT credited_amount || ' ' || confirmations || ' ' || status FROM wbo.deposit_record WHERE record_no = %s"
    assert ask("viewer", row, record) == "97.000000 3 success"


def test_accepting_is_for_the_amount_and_never_for_what_makes_money_real(
    scene: Scene, ask: Ask, refusal: Refusal
) -> None:
    client, unproven = scene.world.clients[0], scene.world.clients[3]
    less = scene.submit(client, 100 * USDT, "S-less")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 30 * USDT))
    assert scene.status(less) == "abnormal"
    accept = "SELECT wbo.accept_deposit(%s, %s, %s)"
    assert refusal("maker", accept, less, "\u3000", version(ask, less)) == "remark_blank"
    ask("maker", accept, less, "client agrees", version(ask, less))
    scene.chain.mine()
    scene.chain.mine()
    assert scene.status(less) == "success"
    assert refusal("maker", accept, less, "again", version(ask, less)) == "status_forbids"
    stranger = scene.submit(unproven, 50 * USDT, "S-stranger")
    scene.chain.mine(scene.chain.transfer("USDT", unproven.wallet.address, unproven.custodial, 20 * USDT))
    assert refusal("maker", accept, stranger, "please", version(ask, stranger)) in {
        "fault_not_acceptable",
        "status_forbids",
    }
    nowhere = submit(scene.world, serial="S-nowhere", target=new_hash()[:42])
    assert refusal("maker", accept, nowhere, "please", version(ask, nowhere)) == "fault_not_acceptable"


def test_checking_again_and_deleting(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    client = scene.world.clients[0]
    record = scene.submit(client, 100 * USDT, "S-1")
    assert (
        refusal("maker", "SELECT wbo.recheck_deposit(%s, %s)", record, version(ask, record))
        == "status_forbids"
    )
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 3 * USDT))
    assert scene.status(record) == "abnormal"
    assert ask("viewer", "SELECT count(*) FROM wbo.unmatched_transfer") == 0
    ask("maker", "SELECT wbo.recheck_deposit(%s, %s)", record, version(ask, record))
    scene.chain.settle()
    assert scene.status(record) == "abnormal"
    assert refusal("maker", "SELECT wbo.delete_application('S-1', '\u00a0')") == "remark_blank"
    ask("maker", "SELECT wbo.delete_application('S-1', 'wrong')")
    assert scene.status(record) == "deleted"
    assert (
        ask(
            "viewer",
            "SELECT delete_remark || deleted_by FROM wbo.deposit_application WHERE external_serial = 'S-1'",
        )
        == "wrongmaker"
    )
    # the money did not disappear with the record
    assert ask("viewer", "SELECT amount FROM wbo.unmatched_transfer") == 3
    assert refusal("maker", "SELECT wbo.delete_application('S-1', 'again')") == "status_forbids"


def test_credited_money_is_neither_revoked_nor_deleted(scene: Scene, ask: Ask, refusal: Refusal) -> None:
    record = scene.credited(scene.world.clients[0], 10 * USDT, "S-1")
    assert (
        refusal("maker", "SELECT wbo.revoke_deposit(%s, 'x', %s)", record, version(ask, record))
        == "status_forbids"
    )
    assert refusal("maker", "SELECT wbo.delete_application('S-1', 'x')") == "status_forbids"
    assert (
        refusal("maker", "SELECT wbo.recheck_deposit(%s, %s)", record, version(ask, record))
        == "status_forbids"
    )


def test_a_reorganisation_takes_the_credit_back_with_an_alarm(
    scene: Scene, ask: Ask, refusal: Refusal
) -> None:
    record = scene.credited(scene.world.clients[0], 10 * USDT, "S-1")
    undone = scene.chain.reorganise(3)
    assert undone.alarmed == (record,)
    assert (
        ask("viewer", "SELECT status || reason || alarm FROM wbo.deposit_record WHERE record_no = %s", record)
        == "abnormalreorganisedtrue"
    )
    assert refusal("maker", "SELECT wbo.delete_application('S-1', 'x')") == "status_forbids"
    ask("maker", "SELECT wbo.recheck_deposit(%s, %s)", record, version(ask, record))
    assert (
        ask("viewer", "SELECT status || alarm FROM wbo.deposit_record WHERE record_no = %s", record)
        == "pending_authfalse"
    )
    scene.chain.mine()
    assert scene.status(record) == "pending_auth"


def test_a_transfer_too_far_from_its_request_waits_for_an_operator(
    scene: Scene, ask: Ask, refusal: Refusal, agree: Callable[..., int]
) -> None:
    """The simulated chain's blocks are of another day than the requests."""
    client = scene.world.clients[0]
    ask("admin", "SELECT wbo.save_policy('transfer_gap_hours', '24')")
    late = scene.submit(client, 100 * USDT, "S-late")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 100 * USDT))
    assert ask("viewer", "SELECT reason FROM wbo.deposit_record WHERE record_no = %s", late) == "late"
    with scene.world.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        transfer = "(SELECT id FROM wbo_data.chain_transfer)"
        with pytest.raises(psycopg.Error) as refused:
            owner.execute(
                f"UPDATE wbo_data.deposit SET status = 'processing', transfer_id = {transfer}".encode()
            )
        assert "credit:late" in str(refused.value.diag.message_detail)
    ask("maker", "SELECT wbo.accept_deposit(%s, 'bank holiday', %s)", late, version(ask, late))
    scene.chain.mine()
    scene.chain.mine()
    assert scene.status(late) == "success"
    ask("admin", "SELECT wbo.save_policy('transfer_gap_hours', '0')")
    assert agree() == 1
    scene.credited(client, 50 * USDT, "S-any-time")
