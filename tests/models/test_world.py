"""The made-up broker is what the rest of the suite stands on."""

from __future__ import annotations

from wbo_desktop.demo.world import World


def test_a_deposit_is_received_once(database: World) -> None:
    client = database.clients[0]
    with database.connect("intake") as intake:
        submit = (
            "SELECT record_no, status, reason FROM wbo.submit_deposit_application"
            "('S-1', %s, 'USDT', 'Ethereum', 100.5, %s, %s)"
        )
        values = (client.securities_account, client.wallet.address, client.custodial)
        first = intake.execute(submit, values).fetchone()
        again = intake.execute(submit, values).fetchone()
    assert first == again
    assert first is not None
    assert first[1:] == ("pending_auth", "transfer_not_seen")
    with database.connect("viewer") as viewer:
        rows = viewer.execute("SELECT record_no, claimed_amount FROM wbo.deposit_record").fetchall()
    assert [(r[0], str(r[1])) for r in rows] == [(first[0], "100.500000")]
