"""Differences of balances: listed with the likely client, explained once, by whoever may, with a remark."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.security.guard_attempts import BLANKS
from wbo_demo.world import World

Ask = Callable[..., Any]
Refusal = Callable[..., str]
EXPLAIN = "SELECT wbo.explain_difference(%s, %s)"


@pytest.fixture
def difference(database: World) -> int:
    """Three quarters of the native coin on the first client's account that nobody can explain."""
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        row = owner.execute(
            "INSERT INTO wbo_data.balance_difference (network, custodial_id, from_number, to_number, amount_base)"
            " SELECT network, id, 10, 20, 750000000000000000 FROM wbo_data.custodial_account"
            " WHERE client_no = %s AND network = 'Ethereum' RETURNING id",
            (database.clients[0].client_no,),
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_difference_is_listed_until_somebody_explains_it(
    database: World, difference: int, ask: Ask, refusal: Refusal
) -> None:
    client = database.clients[0]
    with database.connect("viewer") as viewer:
        found = viewer.execute(
            "SELECT difference_id, coin, amount, address, from_number, to_number, likely_client_no"
            " FROM wbo.unexplained_balance"
        ).fetchall()
    amount = Decimal("0.75").quantize(Decimal(1).scaleb(-18))
    assert found == [(difference, "ETH", amount, client.custodial, 10, 20, client.client_no)]
    for blank in (*BLANKS, "", None):
        assert refusal("maker", EXPLAIN, difference, blank) == "remark_blank"
    assert refusal("maker", EXPLAIN, difference, "x" * 501) == "value_too_long"
    assert refusal("viewer", EXPLAIN, difference, "let me") == "42501"
    assert refusal("checker", EXPLAIN, difference, "let me") == "42501"
    assert ask("viewer", "SELECT count(*) FROM wbo.unexplained_balance") == 1
    ask("maker", EXPLAIN, difference, "seen in the explorer")
    assert ask("viewer", "SELECT count(*) FROM wbo.unexplained_balance") == 0
    assert refusal("maker", EXPLAIN, difference, "again") == "unknown_object"
    with database.connect("superuser") as connection:
        logged = connection.execute(
            "SELECT operator, object_type, object_id, remark, after ->> 'explained_by' FROM wbo.audit_log"
            " WHERE action = 'explain_difference'"
        ).fetchall()
    maker = database.logins["maker"].login
    assert logged == [(maker, "balance_difference", str(difference), "seen in the explorer", maker)]
