"""An integrator's view: the sandbox's JSON file, psycopg and web3, and nothing of ours.

A request is submitted, paid on the chain and credited; then refunded, and the client's wallet holds exactly that more.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

BALANCE_OF_AND_TRANSFER = [
    {
        "name": "balanceOf",
        "type": "function",
        "stateMutability": "view",
        "inputs": [{"name": "owner", "type": "address"}],
        "outputs": [{"name": "", "type": "uint256"}],
    },
    {
        "name": "transfer",
        "type": "function",
        "stateMutability": "nonpayable",
        "inputs": [{"name": "to", "type": "address"}, {"name": "amount", "type": "uint256"}],
        "outputs": [{"name": "", "type": "bool"}],
    },
]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the file says, while the sandbox runs; then SIGTERM, and it must end well and leave nothing running."""
    folder = tmp_path_factory.mktemp("sandbox")
    file = folder / "sandbox.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "wbo_desktop", "sandbox", "--data", folder / "data", "--json", file],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait(lambda: file.exists() or process.poll() is not None, 90)
        assert process.poll() is None, "the sandbox ended before it was ready"
        described = json.loads(file.read_text())
        yield described
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert not file.exists()
    finally:
        if process.poll() is None:
            process.kill()
    with pytest.raises(psycopg.OperationalError):
        connect(described, described["intake"])


def wait(look: Callable[[], Any], seconds: float = 60) -> Any:
    """Poll until something true comes back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def connect(sandbox: dict[str, Any], who: dict[str, str]) -> psycopg.Connection[Any]:
    server = sandbox["postgres"]
    return psycopg.connect(
        host=server["host"],
        port=server["port"],
        dbname=server["dbname"],
        user=who["login"],
        password=who["password"],
        autocommit=True,
    )


def test_the_file_is_complete(sandbox: dict[str, Any]) -> None:
    assert set(sandbox["postgres"]) >= {"host", "port", "dbname", "owner", "server_log"}
    assert set(sandbox["operators"]) == {"maker", "checker", "viewer", "admin"}
    assert sandbox["networks"][0]["rpc_urls"]
    coins = {coin["code"]: coin for coin in sandbox["coins"]}
    assert coins["ETH"]["contract"] is None
    assert len({coin["decimals"] for coin in coins.values() if coin["contract"]}) == 2
    verified = [client["wallet"]["status"] for client in sandbox["clients"]]
    assert verified.count("verified") >= 3
    assert "unverified" in verified
    assert Path(sandbox["postgres"]["server_log"]).exists()


def test_a_deposit_is_credited_and_refunded_to_the_last_unit(sandbox: dict[str, Any]) -> None:
    from web3 import Web3

    web3 = Web3(Web3.HTTPProvider(sandbox["networks"][0]["rpc_urls"][0]))
    client = next(c for c in sandbox["clients"] if c["wallet"]["status"] == "verified")
    wallet = client["wallet"]
    coin = next(c for c in sandbox["coins"] if c["code"] == "USDT")
    token = web3.eth.contract(address=coin["contract"], abi=BALANCE_OF_AND_TRANSFER)

    # The client submits a request and pays it.
    with connect(sandbox, sandbox["intake"]) as intake:
        submitted = intake.execute(
            "SELECT record_no, status FROM wbo.submit_deposit_application(%s, %s, 'USDT', %s, 123.456789, %s, %s)",
            (
                "E2E-1",
                client["securities_account"],
                coin["network"],
                wallet["address"],
                client["custodial"]["address"],
            ),
        ).fetchone()
    assert submitted is not None
    record_no, status = submitted
    assert status == "pending_auth"
    call = token.functions.transfer(client["custodial"]["address"], 123_456_789).build_transaction(
        {"from": wallet["address"], "nonce": web3.eth.get_transaction_count(wallet["address"])}
    )
    signed = web3.eth.account.sign_transaction(call, wallet["private_key"])
    txid = "0x" + web3.eth.send_raw_transaction(signed.raw_transaction).hex().removeprefix("0x")

    viewer = connect(sandbox, sandbox["operators"]["viewer"])
    columns = "status, credited_at, observed_amount, txid, confirmations, required_confirmations"

    def record() -> Any:
        return viewer.execute(
            f"SELECT {columns} FROM wbo.deposit_record WHERE record_no = %s", (record_no,)
        ).fetchone()

    credited = wait(lambda: (found := record()) and found[0] == "success" and found)
    assert (credited[2], credited[3]) == (Decimal("123.456789"), txid)
    assert credited[4] >= credited[5]

    # The maker requests, the checker approves, the maker executes.
    before = token.functions.balanceOf(wallet["address"]).call()
    with connect(sandbox, sandbox["operators"]["maker"]) as maker:
        found = maker.execute(
            "SELECT wbo.request_refund(%s, %s, 100, 'the client keeps a part', 'the client asked for it')",
            (record_no, wallet["address"]),
        ).fetchone()
        assert found is not None
        refund_no = found[0]
        with pytest.raises(psycopg.Error) as refused:
            maker.execute("SELECT wbo.approve_refund(%s, 1)", (refund_no,))
        assert refused.value.sqlstate == "42501"

    def version() -> int:
        row = viewer.execute("SELECT version FROM wbo.refund WHERE refund_no = %s", (refund_no,)).fetchone()
        assert row is not None
        return int(row[0])

    # The hot wallet is read before it is approved that it pays.
    wait(lambda: viewer.execute("SELECT 1 FROM wbo.hot_wallet WHERE checked_at IS NOT NULL").fetchone())
    with connect(sandbox, sandbox["operators"]["checker"]) as checker:
        checker.execute("SELECT wbo.approve_refund(%s, %s)", (refund_no, version()))
    with connect(sandbox, sandbox["operators"]["maker"]) as maker:
        maker.execute("SELECT wbo.execute_refund(%s, %s)", (refund_no, version()))

    def refund_status() -> str:
        row = viewer.execute("SELECT status FROM wbo.refund WHERE refund_no = %s", (refund_no,)).fetchone()
        assert row is not None
        return str(row[0])

    wait(lambda: refund_status() == "confirmed")
    assert token.functions.balanceOf(wallet["address"]).call() - before == 100_000_000
    assert record()[0] == "refunded"
    viewer.close()


def test_the_commands_run_against_it_with_its_environment(sandbox: dict[str, Any]) -> None:
    environment = os.environ | sandbox["env"]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "wbo_desktop", *words]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    assert run("db", "check").returncode == 0
    verified = run("audit", "verify", "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["entries"] > 0
    wrong = run("client", "submit", "S-1", "no such account", "USDT", "Ethereum", "1", "0x1", "0x2")
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("wbo-desktop: ")
    assert "Traceback" not in wrong.stderr
