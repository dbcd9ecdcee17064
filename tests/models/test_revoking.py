"""撤銷 is for requests that nothing moved for: what is on chain refuses it, and says what there is and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.security.scene import USDT, Scene
from tests.support.simulated_chain import new_hash
from wbo_demo.world import DemoClient

Ask = Callable[..., Any]


def revoke(scene: Scene, record: str, version: int | None = None) -> None:
    with scene.world.connect("maker") as maker:
        seen = version or seen_version(scene, record)
        maker.execute("SELECT wbo.revoke_deposit(%s, 'the client says nothing was sent', %s)", (record, seen))


def seen_version(scene: Scene, record: str) -> int:
    return int(scene.value("viewer", "SELECT version FROM wbo.deposit_record WHERE record_no = %s", record))


def refused(scene: Scene, record: str, version: int | None = None) -> dict[str, Any]:
    """What the refusal says is on chain."""
    with pytest.raises(psycopg.Error) as error:
        revoke(scene, record, version)
    assert error.value.diag.message_primary == "transfer_on_chain"
    assert scene.status(record) == "pending_auth"
    told: dict[str, Any] = json.loads(str(error.value.diag.message_detail))
    return told


@pytest.fixture
def unproven(scene: Scene) -> DemoClient:
    """A client whose wallet is not verified."""
    return scene.world.clients[3]


@pytest.mark.parametrize("names_it", [True, False], ids=["with TXID", "without TXID"])
def test_what_waits_for_its_wallet_alone_is_on_chain(
    scene: Scene, unproven: DemoClient, ask: Ask, names_it: bool
) -> None:
    paid = scene.chain.transfer("USDT", unproven.wallet.address, unproven.custodial, 20 * USDT)
    record = scene.submit(unproven, 20 * USDT, "S-1", txid=paid.txid if names_it else None)
    scene.chain.mine(paid)
    scene.chain.mine()
    told = refused(scene, record)
    assert told == {"amount": "20.000000", "coin": "USDT", "txid": paid.txid, "confirmations": 2}
    shown = "SELECT array[reason, observed_txid, confirmations::text] FROM wbo.deposit_record WHERE record_no = %s"
    assert ask("viewer", shown, record) == ["wallet_unverified", paid.txid, "2"]
    ask("maker", "SELECT wbo.delete_application('S-1', 'the remedy')")
    assert ask("viewer", "SELECT txid FROM wbo.unmatched_transfer") == paid.txid


def test_recorded_while_the_dialog_was_open(scene: Scene) -> None:
    """The block is stored, the record is not judged yet and has the version that the operator looks at."""
    client = scene.world.clients[0]
    record = scene.submit(client, 20 * USDT, "S-1")
    scene.chain.settle()
    looked_at = seen_version(scene, record)
    last = scene.chain.blocks[-1]
    paid = scene.chain.transfer("USDT", client.wallet.address, client.custodial, 20 * USDT)
    block = replace(scene.chain._block(last.number + 1, last.hash), transfers=(paid,), txids=(paid.txid,))
    scene.chain.store.record_blocks(scene.chain.lease, 300, last.hash, [block], block.number, None)
    assert seen_version(scene, record) == looked_at
    assert refused(scene, record, looked_at)["txid"] == paid.txid


def test_several_that_might_be_meant_are_on_chain_too(scene: Scene) -> None:
    client = scene.world.clients[0]
    record = scene.submit(client, 20 * USDT, "S-1")
    pay = [scene.chain.transfer("USDT", client.wallet.address, client.custodial, 20 * USDT) for _ in range(2)]
    scene.chain.mine(*pay)
    assert refused(scene, record)["txid"] in {one.txid for one in pay}


def test_what_is_confirming_is_not_revoked(scene: Scene) -> None:
    client = scene.world.clients[0]
    record = scene.submit(client, 20 * USDT, "S-1")
    scene.chain.mine(scene.chain.transfer("USDT", client.wallet.address, client.custodial, 20 * USDT))
    with pytest.raises(psycopg.Error) as error:
        revoke(scene, record)
    assert error.value.diag.message_primary == "status_forbids"


OTHERS = [
    "another record's",
    "another source",
    "another coin",
    "another TXID",
    "orphaned",
    "another account",
    "a proof",
]


@pytest.mark.parametrize("whose", OTHERS)
def test_other_money_does_not_stop_it(scene: Scene, unproven: DemoClient, ask: Ask, whose: str) -> None:
    client = unproven
    chain = scene.chain
    other = scene.world.clients[0]
    coin = "DAI" if whose == "another coin" else "USDT"
    sender = other.wallet.address if whose == "another source" else client.wallet.address
    to = other.custodial if whose == "another account" else client.custodial
    paid = chain.transfer(coin, sender, to, 30 * USDT)
    if whose == "another record's":
        scene.submit(client, 30 * USDT, "S-2", txid=paid.txid)
        chain.mine(paid)
        paid = chain.transfer("USDT", other.wallet.address, other.custodial, USDT)
    record = scene.submit(client, 20 * USDT, "S-1", txid=new_hash() if whose == "another TXID" else None)
    if whose == "a proof":
        wallet = "SELECT wallet_id FROM wbo.wallet_address WHERE client_no = %s"
        number = ask("viewer", wallet, client.client_no)
        version = ask("viewer", "SELECT version FROM wbo.wallet_address WHERE wallet_id = %s", number)
        ask("maker", "SELECT wbo.begin_micro_payment(%s, 'USDT', %s)", number, version)
        asked = ask(
            "superuser", "SELECT micro_amount_base FROM wbo_data.wallet_address WHERE id = %s", number
        )
        target = ask("superuser", "SELECT micro_target FROM wbo_data.wallet_address WHERE id = %s", number)
        paid = chain.transfer("USDT", client.wallet.address, target, int(asked))
    chain.mine(paid)
    if whose == "orphaned":
        chain.reorganise(1)
        chain.mine()
    revoke(scene, record)
    assert scene.status(record) == "cancelled"
