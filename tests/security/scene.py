"""A desk in the middle of its day: records and refunds in every state that an attack could want."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.support.simulated_chain import SimulatedChain
from wbo_demo.world import DemoClient, World

USDT = 10**6


@dataclass
class Scene:
    """What is there, by name, for the statements of the attacks."""

    world: World
    chain: SimulatedChain
    names: dict[str, Any] = field(default_factory=dict)

    def value(self, who: str, statement: str, *values: object) -> Any:
        """The first value that a statement gives one of the made-up people."""
        with self.world.connect(who) as connection:
            found = connection.execute(statement.encode(), values).fetchone()
        return found[0] if found else None

    def submit(
        self,
        client: DemoClient,
        amount: int,
        serial: str,
        *,
        source: str | None = None,
        txid: str | None = None,
    ) -> str:
        """An application of USDT in base units; the record's number."""
        return str(
            self.value(
                "intake",
                "SELECT record_no FROM wbo.submit_deposit_application(%s, %s, 'USDT', 'Ethereum', %s, %s, %s, %s)",
                serial, client.securities_account, Decimal(amount) / USDT, source or client.wallet.address, client.custodial, txid,
            )
        )  # fmt: skip

    def credited(self, client: DemoClient, amount: int, serial: str) -> str:
        """A credited record."""
        record = self.submit(client, amount, serial)
        self.chain.mine(self.chain.transfer("USDT", client.wallet.address, client.custodial, amount))
        self.chain.mine()
        self.chain.mine()
        assert self.status(record) == "success"
        return record

    def status(self, record: str) -> Any:
        """A record's status now."""
        return self.value("viewer", "SELECT status FROM wbo.deposit_record WHERE record_no = %s", record)

    def request(self, record: str, client: DemoClient, amount: int) -> str:
        """A refund of a record, by maker."""
        return str(
            self.value(
                "maker", "SELECT wbo.request_refund(%s, %s, %s, 'part', 'client asked')",
                record, client.wallet.address, Decimal(amount) / USDT,
            )
        )  # fmt: skip

    def approve(self, refund: str) -> None:
        """By checker."""
        self.value(
            "checker",
            "SELECT wbo.approve_refund(%s, (SELECT version FROM wbo.refund WHERE refund_no = %s))",
            refund,
            refund,
        )

    def execute(self, refund: str) -> None:
        """By maker, freshly logged in."""
        self.value(
            "maker",
            "SELECT wbo.execute_refund(%s, (SELECT version FROM wbo.refund WHERE refund_no = %s))",
            refund,
            refund,
        )


def set_up(world: World) -> Scene:
    """The usual day, and the names of what is in it."""
    scene = Scene(world, SimulatedChain(world))
    one, two, three, unproven = world.clients
    names = scene.names
    names |= {f"client{n}": c.client_no for n, c in enumerate(world.clients)}
    names |= {f"address{n}": c.wallet.address for n, c in enumerate(world.clients)}
    names["waiting"] = scene.submit(one, 5 * USDT, "S-waiting")
    # a second transfer to the first client that no record holds: too much for the one that waits
    names["credited"] = scene.credited(two, 100 * USDT, "S-credited")
    names["second"] = scene.credited(two, 50 * USDT, "S-second")
    names["abnormal"] = scene.submit(three, 10 * USDT, "S-abnormal")
    scene.chain.mine(scene.chain.transfer("USDT", three.wallet.address, three.custodial, 3 * USDT))
    names["unproven"] = scene.submit(unproven, 20 * USDT, "S-unproven")
    scene.chain.mine(scene.chain.transfer("USDT", unproven.wallet.address, unproven.custodial, 20 * USDT))
    refunded = scene.credited(one, 70 * USDT, "S-refunded")
    names["refunded"] = refunded
    refund = scene.request(refunded, one, 60 * USDT)
    scene.approve(refund)
    scene.execute(refund)
    scene.chain.mine(sent=scene.chain.sign())
    names["refund"] = refund
    live = scene.credited(one, 80 * USDT, "S-live")
    names["live"] = live
    names["live_refund"] = scene.request(live, one, 80 * USDT)
    # the last block's, so that it is not final
    names["confirming"] = scene.submit(three, 20 * USDT, "S-confirming")
    scene.chain.mine(scene.chain.transfer("USDT", three.wallet.address, three.custodial, 20 * USDT))
    assert scene.status(names["confirming"]) == "processing"
    with world.connect("owner") as connection:
        connection.execute("SET ROLE wbo_owner")
        for name, query in (
            ("wallet0", f"SELECT id FROM wbo_data.wallet_address WHERE client_no = '{one.client_no}'"),
            ("wallet1", f"SELECT id FROM wbo_data.wallet_address WHERE client_no = '{two.client_no}'"),
            ("wallet3", f"SELECT id FROM wbo_data.wallet_address WHERE client_no = '{unproven.client_no}'"),
            (
                "unproven_transfer",
                f"SELECT id FROM wbo_data.chain_transfer WHERE sender = '{unproven.wallet.address}'",
            ),
            (
                "credited_transfer",
                f"SELECT transfer_id FROM wbo_data.deposit WHERE record_no = '{names['credited']}'",
            ),
            ("coin", "SELECT id FROM wbo_data.cryptocurrency WHERE code = 'USDT'"),
        ):
            found = connection.execute(query.encode()).fetchone()
            assert found is not None, name
            names[name] = found[0]
    scene.chain.store.seal_audit(10_000)
    names["hot_wallet"] = scene.chain.hot_wallet
    return scene
