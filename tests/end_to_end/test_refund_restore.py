"""A database restored from yesterday's backup: it sends nothing until it agrees with the chain, and pays nothing twice."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.support.refunds import (
    approve,
    assert_sums_agree,
    credit,
    execute,
    executing,
    known_transactions,
    payments,
)
from tests.support.sending import PATIENT, Desk, sending_desk
from wbo_demo.world import NETWORK, World
from wbo_desktop.chain.refunds.recovered import WalletOnChain
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models import migrate
from wbo_desktop.models.connection import open_connection
from wbo_desktop.models.reconcile import Findings, Orders, reconcile

USDT = 10**6
Backup = Callable[[World], World]


@pytest.fixture
def backup(stack: World, known_elsewhere: set[str]) -> Iterator[Backup]:
    """Copies a world's database as it is now; the copy is what a restore brings back."""
    superuser = stack.logins["superuser"]
    maintenance = open_connection(
        replace(stack.server, dbname="postgres"), superuser.login, superuser.password, "tests"
    )
    made: list[str] = []
    worlds: list[World] = []

    def copy(world: World) -> World:
        name = f"restored_{secrets.token_hex(4)}"
        maintenance.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(world.server.dbname)
            )
        )
        made.append(name)
        restored = replace(world, server=replace(world.server, dbname=name))
        with restored.connect("superuser") as inside:
            migrate.secure_database(inside)
        worlds.append(restored)
        return restored

    with maintenance:
        yield copy
        for restored in worlds:
            known_elsewhere |= known_transactions(restored)
        for name in made:
            maintenance.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@asynccontextmanager
async def desk_of(world: World, folder: Path, mines: bool = True) -> AsyncIterator[Desk]:
    assert world.chain is not None
    world.chain.rpc("evm_setAutomine", mines)
    async with sending_desk(world, folder) as desk:
        await desk.step()
        yield desk


async def administrator(world: World, orders: Orders | None = None, remark: str = "") -> Findings:
    """`wbo-desktop reconcile`, run by the owner's administrator."""
    chain = world.chain
    assert chain is not None
    side = WalletOnChain([chain.rpc_url], chain.chain_id)

    def run() -> Findings:
        with world.connect("owner") as connection:
            return reconcile(connection, NETWORK, side, orders, remark)

    return await asyncio.to_thread(run)


def times_paid(desk: Desk, number: str) -> int:
    refund = desk.refund(number)
    paid = payments(desk.chain, desk.world.hot_wallet.address)
    return sum(1 for one in paid if (one.address, one.amount) == (refund["address"], refund["amount_base"]))


@pytest.mark.parametrize("status", ["executing", "approved"])
async def test_a_refund_paid_after_the_backup_is_found_and_not_paid_again(
    stack: World, backup: Backup, tmp_path: Path, status: str
) -> None:
    async with desk_of(stack, tmp_path) as yesterday:
        (paid,) = approve(stack, credit(stack, "USDT", 5 * USDT))
        other = executing(stack, "USDT", 7 * USDT)[0]
        if status == "executing":
            execute(stack, [paid])
    restored = backup(stack)
    async with desk_of(stack, tmp_path) as today:
        if status == "approved":
            execute(stack, [paid])
        while today.refund(paid)["status"] != "confirmed":
            await today.step()
            today.settle()
        txid = today.refund(paid)["txid"]
    async with desk_of(restored, tmp_path) as desk:
        progress = await desk.step()
        assert (progress.stopped, progress.signed, progress.sent) == ("reconciliation_needed", [], [])
        assert desk.refund(paid)["status"] == status

        found = await administrator(restored)
        assert not found.sending
        assert txid in "\n".join(found.lines)  # desk_of has read the chain
        assert f"--pays {txid}={paid}" in "\n".join(found.lines)
        with pytest.raises(RuleViolation, match="remark_blank"):
            await administrator(restored, Orders(pays={txid: paid}))
        with pytest.raises(RuleViolation, match="status_forbids"):
            await administrator(restored, Orders(pays={txid: other}), "wrong refund")
        assert not (
            await administrator(restored, Orders(pays={txid: paid}), "restored")
        ).sending  # `other` is left

        (foreign,) = (
            one["txid"]
            for one in desk.all("SELECT * FROM wbo_data.hot_wallet_transaction")
            if one["txid"] != txid
        )
        found = await administrator(restored, Orders(pays={foreign: other}), "restored")
        assert found.sending, found.lines
        desk.settle()
        assert {desk.refund(n)["status"] for n in (paid, other)} == {"confirmed"}
        assert (await desk.step()).stopped is None
        later = executing(restored, "USDT", 9 * USDT)[0]
        await desk.step()
        desk.settle()
        assert [times_paid(desk, n) for n in (paid, other, later)] == [1, 1, 1]
        assert_sums_agree(restored, yesterday.first_block + 1)


async def test_a_replacement_made_after_the_backup_does_not_fail_the_refund(
    stack: World, backup: Backup, tmp_path: Path
) -> None:
    async with desk_of(stack, tmp_path, mines=False) as yesterday:
        (number,) = executing(stack, "USDT", 5 * USDT)
        await yesterday.step()
    restored = backup(stack)
    async with desk_of(stack, tmp_path, mines=False) as today:
        today.sender._tools.rules = replace(PATIENT, stuck_after=0.0)
        await today.step()
        today.settle()
        txid = today.refund(number)["txid"]
        assert len(today.attempts(number)) >= 2
    async with desk_of(restored, tmp_path) as desk:
        refund = desk.refund(number)
        assert (refund["status"], refund["failure"]) == ("broadcast", "paid_by_unknown")
        assert (await desk.step()).stopped is not None
        assert (
            await administrator(restored, Orders(pays={txid: number}), "replaced after the backup")
        ).sending
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"
        assert times_paid(desk, number) == 1
        assert_sums_agree(restored, yesterday.first_block + 1)


async def test_a_record_paid_out_by_a_forgotten_refund_is_never_refunded_again(
    stack: World, backup: Backup, tmp_path: Path
) -> None:
    async with desk_of(stack, tmp_path):
        (record,) = credit(stack, "USDT", 5 * USDT)
    restored = backup(stack)
    async with desk_of(stack, tmp_path) as today:
        (number,) = approve(stack, [record])
        execute(stack, [number])
        await today.step()
        today.settle()
        txid = today.refund(number)["txid"]
    async with desk_of(restored, tmp_path) as desk:
        with pytest.raises(psycopg.DatabaseError, match="hot_wallet_stopped"):
            approve(restored, [record])  # nothing is approved meanwhile
        with restored.connect("checker") as checker:
            checker.execute(
                "SELECT wbo.reject_refund((SELECT refund_no FROM wbo.refund WHERE status = 'requested'), 'wait')"
            )
        found = await administrator(restored)
        assert f"--paid-out {txid}={record}" in "\n".join(found.lines)
        assert (await administrator(restored, Orders(paid_out={txid: record}), "RF of yesterday")).sending
        with pytest.raises(psycopg.DatabaseError, match="status_forbids"):
            approve(restored, [record])
        assert (await desk.step()).stopped is None
        assert len(payments(desk.chain, restored.hot_wallet.address)) == 1


async def test_nothing_was_sent_after_the_backup(stack: World, backup: Backup, tmp_path: Path) -> None:
    """The chain cannot tell, but the database knows that it is a copy."""
    async with desk_of(stack, tmp_path):
        (number,) = executing(stack, "USDT", 5 * USDT)
    restored = backup(stack)
    async with desk_of(restored, tmp_path) as desk:
        assert (await desk.step()).stopped == "reconciliation_needed"
        found = await administrator(restored)
        assert (found.sending, "restored" in "\n".join(found.lines)) == (False, True)
        assert (await administrator(restored, remark="nothing was sent since")).sending
        assert (await desk.step()).sent == [number]
        desk.settle()
        assert times_paid(desk, number) == 1


async def test_what_waits_in_the_pool_has_to_be_mined_first(
    stack: World, backup: Backup, tmp_path: Path
) -> None:
    async with desk_of(stack, tmp_path, mines=False):
        (number,) = executing(stack, "USDT", 5 * USDT)
    restored = backup(stack)
    async with desk_of(stack, tmp_path, mines=False) as today:
        await today.step()
        txid = today.refund(number)["txid"]
    async with desk_of(restored, tmp_path, mines=False) as desk:
        assert (await desk.step()).stopped == "reconciliation_needed"
        found = await administrator(restored, remark="go on")
        assert (found.sending, "wait in the pool" in "\n".join(found.lines)) == (False, True)
        desk.chain.mine()
        found = await administrator(restored, remark="go on")
        assert (found.sending, "not stored yet" in "\n".join(found.lines)) == (False, True)
        desk.follow()
        assert not (await administrator(restored, remark="go on")).sending
        assert (await administrator(restored, Orders(pays={txid: number}), "go on")).sending
        desk.settle()
        assert desk.refund(number)["status"] == "confirmed"
        assert times_paid(desk, number) == 1


async def test_the_database_itself_refuses_to_go_on_too_early(
    stack: World, backup: Backup, tmp_path: Path
) -> None:
    async with desk_of(stack, tmp_path):
        executing(stack, "USDT", 5 * USDT)
    restored = backup(stack)
    async with desk_of(stack, tmp_path) as today:
        await today.step()
    async with desk_of(restored, tmp_path):
        with restored.connect("owner") as owner, owner.transaction():
            owner.execute("SET LOCAL ROLE wbo_owner")
            with pytest.raises(psycopg.DatabaseError, match="reconciliation_needed"), owner.transaction():
                owner.execute("SELECT wbo_rule.reconcile_hot_wallet(%s, 1, 1, 'in a hurry')", (NETWORK,))


async def test_foreign_use_is_explained_once(stack: World, tmp_path: Path) -> None:
    async with desk_of(stack, tmp_path) as desk:
        txid = desk.chain.send(stack.hot_wallet, stack.clients[0].wallet.address, 10**18)
        desk.follow()
        assert (await desk.step()).stopped == "unknown_transaction"
        assert (await administrator(stack, Orders(foreign=[txid]), "the treasurer moved gas")).sending
        (number,) = executing(stack, "USDT", 5 * USDT)
        assert (await desk.step()).sent == [number]
        assert desk.refund(number)["nonce"] == 1
        desk.settle()
        assert (await administrator(stack)).sending
