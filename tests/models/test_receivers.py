"""What is known about the address that a refund goes to, and what sending costs: learned, shown, and heeded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.support.follow import Follower, take_lease
from tests.support.refunds import approve, credit, execute
from wbo_demo.world import NETWORK, World
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import Address
from wbo_desktop.models.administration import import_known_addresses
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.refund_store import PostgresRefundStore
from wbo_desktop.services.sending import FeeEstimate
from wbo_desktop.services.tracking import Lease


def rows(world: World, login: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with world.connect(login) as connection:
        return connection.execute(query.encode(), values).fetchall()


def test_the_owner_names_addresses_and_operators_read_the_name(database: World) -> None:
    wallet = database.clients[0].wallet.address
    with database.connect("owner") as owner:
        assert import_known_addresses(owner, NETWORK, [(wallet.lower(), " An exchange ")]) == 1
    for source in ("refund_address", "wallet_address"):
        query = f"SELECT known_as, is_contract FROM wbo.{source} WHERE address = %s"
        assert rows(database, "maker", query, wallet) == [("An exchange", None)]
    (entry,) = rows(
        database,
        "superuser",
        "SELECT action, object_id, after FROM wbo.audit_log WHERE object_type = 'known_address'",
    )
    assert entry[:2] == ("import_known_addresses", f"{NETWORK} {wallet}")
    assert entry[2]["label"] == "An exchange"
    with database.connect("owner") as owner:
        import_known_addresses(owner, NETWORK, [(wallet, "")])
    query = "SELECT known_as FROM wbo.refund_address WHERE address = %s"
    assert rows(database, "maker", query, wallet) == [(None,)]


def test_one_wrong_address_imports_nothing(database: World) -> None:
    wallet = database.clients[0].wallet.address
    with database.connect("owner") as owner, pytest.raises(RuleViolation):
        import_known_addresses(owner, NETWORK, [(wallet, "An exchange"), ("0x12", "Nobody")])
    assert not rows(database, "maker", "SELECT 1 FROM wbo.refund_address WHERE known_as IS NOT NULL")


def test_operators_cannot_name_addresses(database: World) -> None:
    with database.connect("maker") as maker, pytest.raises(psycopg.errors.InsufficientPrivilege):
        maker.execute("DELETE FROM wbo_data.known_address")


@pytest.fixture
def store(stack: World) -> Iterator[ChainStore]:
    store = ChainStore(stack.server, stack.logins["worker"].login, stack.logins["worker"].password)
    yield store
    store.close()


@pytest.fixture
def lease(stack: World) -> Lease:
    with stack.connect("worker") as connection:
        epoch = take_lease(connection, NETWORK)
        assert stack.chain is not None
        Follower(connection, stack.chain, NETWORK, epoch).catch_up()
    return Lease(NETWORK, epoch)


def test_what_the_worker_finds_out_disturbs_nobodys_act(
    stack: World, store: ChainStore, lease: Lease
) -> None:
    """An operator with the wallet open may go on: its version stays, and the log is not filled."""
    wallet = Address(stack.clients[0].wallet.address)
    query = "SELECT version, updated_at FROM wbo.wallet_address WHERE address = %s"
    before = rows(stack, "maker", query, wallet)
    logged = "SELECT count(*) FROM wbo.audit_log WHERE object_type = 'wallet'"
    entries = rows(stack, "superuser", logged)
    store.note_contracts(lease, {wallet: True})
    known = rows(stack, "maker", "SELECT is_contract FROM wbo.refund_address WHERE address = %s", wallet)
    assert known == [(True,)]
    assert rows(stack, "maker", query, wallet) == before
    assert rows(stack, "superuser", logged) == entries
    with pytest.raises(RuleViolation, match="lease_lost"):
        store.note_contracts(Lease(NETWORK, lease.epoch + 1), {wallet: False})


@pytest.mark.parametrize(
    ("coin", "base_units", "held", "refused"),
    [
        ("USDT", 10**6, "0.0012", True),
        ("USDT", 10**6, "0.0013", False),
        ("ETH", 10**18, "1.0003", True),
        ("ETH", 10**18, "1.0004", False),
    ],
)
def test_a_hot_wallet_without_fees_is_said_before_approval_and_before_execution(
    stack: World, store: ChainStore, lease: Lease, coin: str, base_units: int, held: str, refused: bool
) -> None:
    refunds = PostgresRefundStore(store)
    refunds.register(lease, Address(stack.hot_wallet.address), 0, 0)
    plenty = {"USDT": Decimal(1000), "ETH": Decimal(1000)}
    refunds.report_balances(lease, {"USDT": Decimal(999), "ETH": Decimal(999)})
    (waiting,) = approve(stack, credit(stack, coin, base_units))
    (record,) = credit(stack, coin, base_units)
    refunds.report_balances(lease, plenty, FeeEstimate(Decimal(held), Decimal("0.0004"), Decimal("0.0013")))
    (shown,) = rows(stack, "maker", "SELECT fee_estimate, fee_coin FROM wbo.hot_wallet")
    assert shown == ({"held": held, "native": "0.0004", "token": "0.0013"}, "ETH")
    if not refused:
        approve(stack, [record])
        execute(stack, [waiting])
        return
    with pytest.raises(psycopg.Error, match="hot_wallet_gas") as said:
        approve(stack, [record])
    assert f'"available": "{held}"' in str(said.value.diag.message_detail)
    with pytest.raises(psycopg.Error, match="hot_wallet_gas"):
        execute(stack, [waiting])


def test_names_of_clients_come_in_every_language(database: World) -> None:
    (found,) = rows(
        database,
        "maker",
        "SELECT w.client_name, w.client_name_zh_hk, w.client_name_zh_cn FROM wbo.wallet_address w WHERE client_no = %s",
        database.clients[0].client_no,
    )
    assert [tuple(found)] == rows(
        database,
        "maker",
        "SELECT name_en, name_zh_hk, name_zh_cn FROM wbo.client WHERE client_no = %s",
        database.clients[0].client_no,
    )
