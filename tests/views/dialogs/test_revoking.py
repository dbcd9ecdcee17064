"""撤銷 of a record whose transfer is on chain: the row, the button and the dialog say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.memory_store import Stored, tx_hash
from tests.views.dialogs.support import ToldStore, part, row_of
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import labels, rules
from wbo_desktop.views.dialogs.deposits import RevokeDepositDialog
from wbo_desktop.views.pages import coin_deposit_records
from wbo_desktop.views.tables.columns import cell


@pytest.fixture
def on_chain(store: ToldStore) -> Stored:
    """A record that waits for its wallet alone."""
    row = row_of(store, "deposit_record", status="pending_auth", reason="wallet_unverified")
    row.update(block_number=7, confirmations=4, observed_amount=Decimal("1200.5"), observed_txid=tx_hash(9))
    return row


def reason_cell(row: dict[str, Any]) -> str:
    column = next(c for c in coin_deposit_records.COLUMNS if c.key == "reason")
    return cell(column, row).text


async def test_the_row_says_that_it_is_on_chain(on_chain: dict[str, Any]) -> None:
    assert reason_cell(on_chain) == labels.on_chain("reason") != labels.reason("wallet_unverified")
    assert labels.record_explained(on_chain) == labels.on_chain("sentence")
    assert labels.record_next_step(on_chain) == labels.on_chain("next")


@pytest.mark.parametrize(
    "other", [{"block_number": None}, {"confirmations": 0}, {"confirmations": None}, {"status": "processing"}]
)
async def test_no_other_row_says_so(on_chain: dict[str, Any], other: dict[str, Any]) -> None:
    """Not on chain, its block orphaned, or in another status."""
    row = on_chain | other
    assert reason_cell(row) == labels.reason("wallet_unverified")


async def test_the_button_is_off_and_says_why(desk: Desk, on_chain: dict[str, Any]) -> None:
    refusal = rules.revoke(desk, on_chain)
    assert refusal is not None
    assert refusal.code == "transfer_on_chain"
    said = labels.sentence(refusal)
    for told in ("1200.5", on_chain["coin"], tx_hash(9), "4"):
        assert told in said
    assert rules.revoke(desk, on_chain | {"block_number": None, "confirmations": 0}) is None


async def test_the_dialog_does_not_say_that_nothing_was_sent(
    desk: Desk, store: ToldStore, on_chain: dict[str, Any]
) -> None:
    dialog = RevokeDepositDialog(desk, on_chain)
    try:
        dialog.show()
        part(dialog, "revoke_deposit.remark").setText("重複")
        assert dialog.about.isHidden()
        assert not dialog.next_button.isEnabled()
        assert tx_hash(9) in dialog.message_text.text().replace("\u200b", "")
    finally:
        dialog.close()
        dialog.deleteLater()
