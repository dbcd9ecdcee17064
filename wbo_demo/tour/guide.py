"""The shared state of the tour's steps, and the decorator that registers one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import ParamSpec, TypeVar

from wbo_demo.clients import Clients, Submitted
from wbo_demo.stack import Stack
from wbo_demo.tour.hand import SIZE, Hand, NotSeen
from wbo_desktop.models.tables import DepositRecord, Refund, View
from wbo_desktop.views.main_window import MainWindow
from wbo_desktop.views.pages.page import ListPage

CLIENT_TO_VERIFY = 3
AMOUNT = Decimal("250")
REFUNDED = Decimal("200")

P = ParamSpec("P")
T = TypeVar("T")

Seen = dict[str, object]
Step = Callable[["Tour"], Awaitable[Seen]]
STEPS: list[tuple[str, Step]] = []


def step(name: str) -> Callable[[Step], Step]:
    """Registers a step under this name, which its picture has too."""

    def register(work: Step) -> Step:
        STEPS.append((name, work))
        return work

    return register


class Tour:
    """The state that the steps share: the stack, the client, the deposit and the refund that they follow."""

    def __init__(self, stack: Stack, pictures: Path) -> None:
        self.stack, self.pictures = stack, pictures
        self.hand = Hand()
        self.clients = Clients(stack.world)
        self.client = stack.world.clients[CLIENT_TO_VERIFY]
        # each is set by its step, and the tour ends at the first step that fails
        self.deposit: Submitted
        self.second: Submitted
        self.odd: Submitted
        self.refund_no = ""
        self.balance_before = 0

    async def outside(self, work: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
        """The result of `work`, which happens outside the desk, on a thread, while the windows go on."""
        return await asyncio.to_thread(work, *values, **named)

    @property
    def record_no(self) -> str:
        """The number of the deposit record that the tour follows."""
        return self.deposit.record_no

    async def log_in(self, name: str) -> Seen:
        """Logs an operator in through the login dialog."""
        who = self.stack.world.logins[name]
        await self.hand.type("login.login", who.login)
        await self.hand.type("login.password", who.password.reveal())
        await self.hand.click("login.ok")  # possible again a moment after a failure
        window = await self.hand.until(self._window, "the main window")
        window.resize(*SIZE)
        return {"operator": window.desk.session.login, "name": window.desk.session.display_name}

    def _window(self) -> MainWindow | None:
        try:
            return self.hand.window()
        except NotSeen:
            return None

    async def log_out(self) -> None:
        """Logs out, back to the login dialog."""
        self.hand.window().log_out()
        await self.hand.see("login.login")

    async def record(self, status: str, *, select: bool = True) -> DepositRecord:
        """The row of the followed deposit on 入幣記錄, once it has this status."""
        page = await self.hand.go("coin_deposit_records")
        return await self.followed(page, status, select)

    async def followed(self, page: ListPage, status: str, select: bool = True) -> DepositRecord:
        """The row of the followed deposit on a page, once it has this status."""

        def is_it(row: DepositRecord) -> bool:
            return bool(row.record_no == self.record_no and row.status == status)

        return await self.hand.row(page, is_it, f"{self.record_no} {status}", select=select)

    async def refund(self, *statuses: str) -> Refund:
        """The row of the followed refund on 退幣, once it has one of these statuses."""
        page = await self.hand.go("refunds")

        def is_it(row: Refund) -> bool:
            return bool(row.refund_no == self.refund_no and row.status in statuses)

        return await self.hand.row(page, is_it, f"{self.refund_no} {'/'.join(statuses)}")


def shown(row: View, *columns: str) -> Seen:
    return {name: str(getattr(row, name)) for name in columns}


async def error_of(tour: Tour, field: str) -> str:
    """The error below a field, once there is one."""
    return await tour.hand.until(lambda: tour.hand.words(f"{field}.error"), f"an error beside {field}")
