"""Two workers with logins of their own, where a network wants both: the second reports what its nodes show."""

from __future__ import annotations

import secrets
from contextlib import AsyncExitStack
from dataclasses import replace
from decimal import Decimal

from tests.support.desk_worker import QUICK, Desk, eventually, working
from wbo_demo.chain import Chain
from wbo_demo.clients import Clients
from wbo_demo.world import Login, World
from wbo_desktop.models import administration
from wbo_desktop.secrets import Secret


def second_worker(world: World) -> World:
    """The same world, whose worker has another login."""
    login = Login(f"worker_{secrets.token_hex(3)}", Secret(secrets.token_urlsafe(18)))
    with world.connect("superuser") as superuser:
        administration.make_login(superuser, login.login, login.password, administration.WORKER)
        superuser.execute("UPDATE wbo_data.network SET worker_agreement = 2 WHERE name = 'Ethereum'")
    return replace(world, logins=world.logins | {"worker": login})


async def test_a_deposit_is_credited_when_both_have_seen_it(stack: World, chain: Chain) -> None:
    other, desk = second_worker(stack), Desk(stack)
    clients, client = Clients(stack), stack.clients[0]
    async with AsyncExitStack() as ends:
        first = await ends.enter_async_context(working(stack, QUICK))
        await eventually(lambda: any(line.leads for line in first.networks.values()))
        twin = await ends.enter_async_context(working(stack, QUICK))  # the same login: its word counts once
        await eventually(lambda: "Ethereum" in twin.networks)
        paid = clients.pay(client, "USDT", Decimal(50))
        record = clients.submit(client, "USDT", Decimal(50), txid=paid)
        chain.mine(6)
        await eventually(
            lambda: (
                desk.record(record.record_no)["confirmations"] >= 5
                and desk.record(record.record_no)["status"] == "processing"
            )
        )
        assert desk.record(record.record_no)["reports_missing"] == 1
        await ends.enter_async_context(working(other, QUICK))
        await desk.until(record.record_no, "success")
