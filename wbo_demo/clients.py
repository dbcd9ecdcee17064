"""The client side of the made-up broker: people who submit deposit requests and really send coins.

`Clients` has one method a deed, for the tour and the tests; `demo.life` does them at random, mistakes included.
"""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from decimal import Decimal

from wbo_demo.world import NETWORK, DemoClient, World
from wbo_desktop.domain.types import to_base_units
from wbo_desktop.models.connection import refusals

DECIMALS = {"ETH": 18, "USDT": 6, "DAI": 18, "POL": 18, "USDC": 6}


@dataclass(frozen=True)
class Submitted:
    """What the desk answered to a request."""

    external_serial: str
    record_no: str
    status: str
    reason: str | None


class Clients:
    """Everything the client side can do to the desk, through its own door: the intake login and the chain."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._run = secrets.token_hex(3).upper()
        self._numbers = itertools.count(1)
        self._accounts: dict[tuple[str, str], str] = {}

    def submit(
        self,
        client: DemoClient,
        coin: str,
        amount: Decimal,
        *,
        txid: str | None = None,
        source: str | None = None,
        target: str | None = None,
        network: str = NETWORK,
    ) -> Submitted:
        """Submit a deposit request; source and target are the client's own unless told."""
        serial = f"APP-{self._run}-{next(self._numbers):05d}"
        values = (
            *(serial, client.securities_account, coin, network, amount),
            *(source or client.wallet.address, target or self.account(client, network), txid),
        )
        with self._world.connect("intake") as intake, refusals():
            row = intake.execute(
                "SELECT record_no, status, reason FROM wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s, %s)",
                values,
            ).fetchone()
        assert row is not None
        return Submitted(serial, *row)

    def attach(self, external_serial: str, txid: str) -> None:
        """Tell the TXID of a request later."""
        with self._world.connect("intake") as intake, refusals():
            intake.execute("SELECT wbo.attach_txid(%s, %s)", (external_serial, txid))

    def pay(
        self, client: DemoClient, coin: str, amount: Decimal, to: str | None = None, network: str = NETWORK
    ) -> str:
        """Send a coin from the client's wallet; returns the TXID."""
        base = to_base_units(amount, DECIMALS[coin])
        return self._world.pay(client.wallet, to or self.account(client, network), coin, base, network)

    def account(self, client: DemoClient, network: str) -> str:
        """The client's custodial account on a network, assigned when it has none yet."""
        if network == NETWORK and client.custodial:
            return client.custodial
        if (client.client_no, network) not in self._accounts:
            with self._world.connect("intake") as intake, refusals():
                row = intake.execute(
                    "SELECT wbo.deposit_address(%s, %s)", (client.securities_account, network)
                ).fetchone()
            assert row is not None
            self._accounts[client.client_no, network] = row[0]
        return self._accounts[client.client_no, network]

    def top_up(self, coin: str, amount: Decimal) -> str:
        """Fill the hot wallet, which refunds are paid from."""
        assert self._world.chain is not None
        faucet = self._world.chain.account("faucet")
        return self._world.pay(
            faucet, self._world.hot_wallet.address, coin, to_base_units(amount, DECIMALS[coin])
        )
