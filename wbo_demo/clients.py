"""The client side of the made-up broker: clients who submit deposit applications and send coins on the local
chain.

`Clients` has one method for each thing a client does, for the tour and the tests; `life` calls them at
random.
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
    """The desk's answer to an application."""

    external_serial: str
    record_no: str
    status: str
    reason: str | None


class Clients:
    """The acts of the client side, through the intake login and the local chain."""

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
        """Submits a deposit application; source and target are the client's own unless given. Raises
        RuleViolation."""
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
        """Attaches the TXID to an application. Raises RuleViolation."""
        with self._world.connect("intake") as intake, refusals():
            intake.execute("SELECT wbo.attach_txid(%s, %s)", (external_serial, txid))

    def pay(
        self, client: DemoClient, coin: str, amount: Decimal, to: str | None = None, network: str = NETWORK
    ) -> str:
        """Sends a coin from the client's wallet, to the client's custodial account unless given. Returns the
        TXID."""
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
        """Sends a coin to the hot wallet, from which refunds are paid. Returns the TXID."""
        assert self._world.chain is not None
        faucet = self._world.chain.account("faucet")
        return self._world.pay(
            faucet, self._world.hot_wallet.address, coin, to_base_units(amount, DECIMALS[coin])
        )
