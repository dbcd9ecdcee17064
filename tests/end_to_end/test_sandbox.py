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
from contextlib import contextmanager
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
    with running(tmp_path_factory.mktemp("sandbox")) as described:
        yield described


@contextmanager
def running(folder: Path, *options: str) -> Iterator[dict[str, Any]]:
    """A sandbox with these options while the block runs."""
    file = folder / "sandbox.json"
    words = [
        sys.executable,
        "-m",
        "wbo_desktop",
        "sandbox",
        "--data",
        folder / "data",
        "--json",
        file,
        *options,
    ]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
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
    assert set(sandbox["operators"]) == {"maker", "checker", "viewer", "admin", "admin2"}
    assert [n["name"] for n in sandbox["networks"]] == ["Ethereum", "Polygon"]
    assert len({n["chain_id"] for n in sandbox["networks"]}) == 2
    assert all(n["rpc_urls"] and n["confirmations"] > 0 for n in sandbox["networks"])
    assert [c["network"] for c in sandbox["coins"]] == sorted(c["network"] for c in sandbox["coins"])
    assert {c["code"] for c in sandbox["coins"] if c["network"] == "Polygon"} == {"POL", "USDC"}
    assert all(set(c["custodial"]) == {"network", "address"} for c in sandbox["clients"])
    assert {c["custodial"]["network"] for c in sandbox["clients"]} == {"Ethereum"}
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


def test_both_networks_are_led_and_can_pay(sandbox: dict[str, Any]) -> None:
    """Each node is of its own chain, each network's hot wallet has its coins, and a deposit on the second is credited."""
    from web3 import Web3

    for network in sandbox["networks"]:
        assert Web3(Web3.HTTPProvider(network["rpc_urls"][0])).eth.chain_id == network["chain_id"]
    viewer = connect(sandbox, sandbox["operators"]["viewer"])

    def balances() -> dict[str, dict[str, float]]:
        rows = viewer.execute("SELECT network, balances FROM wbo.hot_wallet WHERE checked_at IS NOT NULL")
        found = dict(rows.fetchall())
        return found if len(found) == len(sandbox["networks"]) else {}

    held = wait(balances)
    for coin in sandbox["coins"]:
        assert float(held[coin["network"]][coin["code"]]) > 0, coin
    client = next(c for c in sandbox["clients"] if c["wallet"]["status"] == "verified")
    web3 = Web3(Web3.HTTPProvider(sandbox["networks"][1]["rpc_urls"][0]))
    txid, target = pay_native(sandbox, web3, "Polygon", client, 10**18)
    record_no = submit(sandbox, "E2E-2", client, "POL", "Polygon", target, txid)
    wait(lambda: status_of(viewer, record_no) == ("success", None))
    viewer.close()


def test_a_payment_on_the_other_network_is_called_that(sandbox: dict[str, Any]) -> None:
    from web3 import Web3

    client = next(c for c in sandbox["clients"] if c["wallet"]["status"] == "verified")
    web3 = Web3(Web3.HTTPProvider(sandbox["networks"][1]["rpc_urls"][0]))
    txid, _ = pay_native(sandbox, web3, "Polygon", client, 10**18)
    record_no = submit(sandbox, "E2E-3", client, "ETH", "Ethereum", client["custodial"]["address"], txid)
    with connect(sandbox, sandbox["operators"]["viewer"]) as viewer:
        wait(lambda: status_of(viewer, record_no) == ("abnormal", "wrong_network"))


def pay_native(
    sandbox: dict[str, Any], web3: Any, network: str, client: dict[str, Any], wei: int
) -> tuple[str, str]:
    """Pay a network's native coin from a client's wallet to its account there; TXID and account."""
    with connect(sandbox, sandbox["intake"]) as intake:
        row = intake.execute(
            "SELECT wbo.deposit_address(%s, %s)", (client["securities_account"], network)
        ).fetchone()
    assert row is not None
    wallet = client["wallet"]
    signed = web3.eth.account.sign_transaction(
        {
            "to": row[0],
            "value": wei,
            "gas": 21_000,
            "maxFeePerGas": 10**11,
            "maxPriorityFeePerGas": 10**9,
            "nonce": web3.eth.get_transaction_count(wallet["address"], "pending"),
            "chainId": web3.eth.chain_id,
        },
        wallet["private_key"],
    )
    sent = web3.eth.send_raw_transaction(signed.raw_transaction)
    return "0x" + sent.hex().removeprefix("0x"), row[0]


def submit(
    sandbox: dict[str, Any],
    serial: str,
    client: dict[str, Any],
    coin: str,
    network: str,
    target: str,
    txid: str,
) -> str:
    """A request for one unit of a coin that was paid already; its record's number."""
    with connect(sandbox, sandbox["intake"]) as intake:
        row = intake.execute(
            "SELECT record_no FROM wbo.submit_deposit_application(%s, %s, %s, %s, 1, %s, %s, %s)",
            (serial, client["securities_account"], coin, network, client["wallet"]["address"], target, txid),
        ).fetchone()
    assert row is not None
    return str(row[0])


def status_of(viewer: psycopg.Connection[Any], record_no: str) -> tuple[str, str | None]:
    row = viewer.execute(
        "SELECT status, reason FROM wbo.deposit_record WHERE record_no = %s", (record_no,)
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def test_old_records_and_a_worker_of_ones_own(tmp_path: Path) -> None:
    """`--records` adds exactly so many, each of one network; with `--no-worker` nobody leads until a test's worker does."""
    options = ("--records", "60", "--no-worker", "--block-time", "0.5")
    with running(tmp_path, *options) as sandbox, connect(sandbox, sandbox["postgres"]["owner"]) as owner:
        found = owner.execute(
            "SELECT count(*), count(*) FILTER (WHERE k.code IS NULL), count(*) FILTER (WHERE t.transfer_id IS NOT NULL)"
            " FROM wbo.deposit_record d LEFT JOIN wbo.cryptocurrency k ON k.code = d.coin AND k.network = d.network"
            " LEFT JOIN wbo.unmatched_transfer t ON t.txid = d.txid"
        ).fetchone()
        assert found == (60, 0, 0)
        assert owner.execute("SELECT 1 FROM wbo.chain_health WHERE worker IS NOT NULL").fetchall() == []
        worker = subprocess.Popen(
            [sys.executable, "-m", "wbo_desktop", "worker"],
            env=os.environ | sandbox["env"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            leads = "SELECT count(*) FROM wbo.chain_health WHERE worker IS NOT NULL AND head_number > 0"
            wait(lambda: owner.execute(leads).fetchone() == (2,))
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            if worker.poll() is None:
                worker.kill()


def test_each_operator_may_what_the_contract_says(sandbox: dict[str, Any]) -> None:
    with connect(sandbox, sandbox["postgres"]["owner"]) as owner:
        held = {
            name: set(
                owner.execute(
                    "SELECT unnest(permissions) FROM wbo.operator WHERE login = %s", (who["login"],)
                ).fetchall()
            )
            for name, who in sandbox["operators"].items()
        }
        assert owner.execute("SELECT pg_has_role(session_user, 'wbo_owner', 'member')").fetchone() == (True,)
    may = {name: {code for (code,) in codes} for name, codes in held.items()}
    assert "atm.va_refund_of_coin_deposit_record" in may["maker"]
    assert "atm.va_refund_approval" not in may["maker"]
    assert "atm.va_refund_approval" in may["checker"]
    assert not {code for code in may["checker"] if code.endswith("_operation")}
    assert may["viewer"] == {
        code for code in may["checker"] if code.startswith("atm.") and code.endswith("_inquiry")
    }
    assert may["admin"] == may["admin2"] == {"sys.operator_admin"}
