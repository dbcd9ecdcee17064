"""mypy finds a misspelt field, on the class and on a row, and knows what a row's values are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SNIPPET = '''"""Rows as pages use them."""

from __future__ import annotations

from wbo_desktop.models.tables import DepositRecord, Refund
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match


async def right(desk: Desk) -> None:
    row = await desk.row(DepositRecord, record_no="DP1")
    if row is not None:
        reveal_type(row.claimed_amount)
        reveal_type(row.credited_amount)
    for refund in await desk.rows(Refund, Filter(Refund.status, Match.EQUAL, "requested")):
        reveal_type(refund.requested_at)


async def wrong(desk: Desk, row: DepositRecord) -> None:
    print(DepositRecord.claimed_amout)
    print(row.claimed_amout)
    row.status = "success"
    for refund in await desk.rows(Refund):
        print(refund.source_address)
'''


def test_a_misspelt_field_is_an_error_and_values_have_types(tmp_path: Path) -> None:
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", snippet],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line.partition("snippet.py:")[2] for line in done.stdout.splitlines() if "snippet.py:" in line]
    assert [line.partition(": ")[2].partition("  [")[0] for line in told] == [
        'note: Revealed type is "decimal.Decimal"',
        'note: Revealed type is "decimal.Decimal | None"',
        'note: Revealed type is "datetime.datetime"',
        'error: "type[DepositRecord]" has no attribute "claimed_amout"',
        'error: "DepositRecord" has no attribute "claimed_amout"; maybe "claimed_amount"?',
        'error: Incompatible types in assignment (expression has type "str", variable has type "Never")',
        'error: "Refund" has no attribute "source_address"',
    ], done.stdout + done.stderr
