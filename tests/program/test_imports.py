"""Clients and known addresses from files: taken whole, or not at all with every fault named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wbo_demo.world import NETWORK, World
from wbo_desktop.cli import main

HEADER = "client_no,securities_account,name_en,name_zh_hk,name_zh_cn,identity_verified,language\n"
GOOD = "770001,A-770001,Ann Chan,陳安,陈安,yes,zh_HK\n"
EXCHANGE = "0x52908400098527886E0F7030069857D2E4169EE7"

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def owner(database: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """The database as the settings name it, for its owner."""
    for name in [name for name in os.environ if name.startswith("WBO_DB") or name.endswith("_PASSWORD")]:
        monkeypatch.delenv(name)
    login, server = database.logins["owner"], database.server
    for variable, value in {
        "XDG_CONFIG_HOME": tmp_path,
        "WBO_DB_HOST": server.host,
        "WBO_DB_PORT": server.port,
        "WBO_DB_NAME": server.dbname,
        "WBO_DB_SSLMODE": server.sslmode,
        "WBO_OWNER_LOGIN": login.login,
        "WBO_OWNER_PASSWORD": login.password.reveal(),
    }.items():
        monkeypatch.setenv(variable, str(value))
    return database


@pytest.fixture
def run(owner: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("clients", "import", text=…)`: the exit status and the JSON that was printed."""

    def command(*words: str, text: str | bytes) -> tuple[int, dict[str, Any]]:
        file = tmp_path / "file.csv"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        status = main([*words, str(file), "--json"])
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        return status, said

    return command


def rows(world: World, query: str) -> list[tuple[Any, ...]]:
    with world.connect("superuser") as root:
        return root.execute(query.encode()).fetchall()


CLIENTS = "SELECT client_no, name_en, identity_verified, language FROM wbo_data.client WHERE client_no LIKE '77%' ORDER BY 1"


def test_clients_are_added_and_brought_up_to_date(run: Run, owner: World) -> None:
    more = '770002,A-770002,"Lee, Bo",,,no,en\n'
    assert run("clients", "import", text="\ufeff" + HEADER + GOOD + "\n" + more) == (
        0,
        {"clients": 2, "faults": []},
    )
    assert rows(owner, CLIENTS) == [("770001", "Ann Chan", True, "zh_HK"), ("770002", "Lee, Bo", False, "en")]
    assert run("clients", "import", text=HEADER + GOOD.replace("yes", "no"))[0] == 0
    assert rows(owner, CLIENTS)[0] == ("770001", "Ann Chan", False, "zh_HK")
    (entry,) = rows(
        owner,
        "SELECT DISTINCT action, operator FROM wbo.audit_log WHERE object_type = 'client' AND object_id LIKE '77%'",
    )
    assert entry == ("import_clients", owner.logins["owner"].login)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            HEADER + GOOD + "770002,,\u3000,,,maybe,fr\n",
            [(3, "securities_account"), (3, "name_en"), (3, "identity_verified"), (3, "language")],
        ),
        (HEADER + GOOD + GOOD.replace("770001,A-770001", "770001,A-9"), [(3, "client_no")]),
        (HEADER + GOOD + GOOD.replace("770001", "770003", 1), [(3, "securities_account")]),
        (HEADER + GOOD + "770002,A-770002,Lee, Bo,,,no,en\n", [(3, "")]),
        (HEADER + GOOD + '770002,"A-770002,Bo\n', [(3, "")]),
        (HEADER.replace("language", "tongue") + GOOD, [(1, "language"), (1, "tongue")]),
        ("", [(1, name) for name in HEADER.strip().split(",")]),
        ((HEADER + GOOD).encode("utf-16"), [(1, "")]),
    ],
)  # fmt: skip
def test_every_fault_names_line_field_and_remedy_and_nothing_is_written(
    run: Run, owner: World, text: str | bytes, faults: list[tuple[int, str]]
) -> None:
    status, said = run("clients", "import", text=text)
    assert status == 1
    assert said["clients"] == 0
    assert [(f["line"], f["field"]) for f in said["faults"]] == faults
    assert all(": " in f["fault"] for f in said["faults"])
    assert rows(owner, CLIENTS) == []


def test_a_securities_account_never_changes_hands(run: Run, owner: World) -> None:
    client = owner.clients[0]
    taken = GOOD.replace("A-770001", client.securities_account)
    moved = f"{client.client_no},A-1,Ann,,,yes,en\n"
    status, said = run("clients", "import", text=HEADER + taken + moved)
    assert status == 1
    assert [(f["line"], f["field"]) for f in said["faults"]] == [
        (2, "securities_account"),
        (3, "securities_account"),
    ]
    assert client.client_no in said["faults"][0]["fault"]
    assert client.securities_account in said["faults"][1]["fault"]


KNOWN = "SELECT address::text, label FROM wbo_data.known_address"


def test_addresses_are_named_and_taken_back(run: Run, owner: World) -> None:
    file = f"address,name\n{EXCHANGE.lower()}, An exchange \n"
    assert run("addresses", "import", NETWORK, text=file) == (0, {"addresses": 1, "faults": []})
    assert rows(owner, KNOWN) == [(EXCHANGE, "An exchange")]
    assert run("addresses", "import", NETWORK, text=f"name,address\n,{EXCHANGE}\n")[0] == 0
    assert rows(owner, KNOWN) == [(EXCHANGE, None)]


def test_wrong_addresses_are_all_named_and_none_is_kept(run: Run, owner: World) -> None:
    wrong = EXCHANGE[:-1] + "8"
    lines = [
        EXCHANGE + ",Fine",
        "0x12,Short",
        wrong.replace("E", "e", 1) + ",Typed",
        EXCHANGE.lower() + ",Again",
    ]
    lines.append("0x" + "1" * 40 + "," + "x" * 81)
    status, said = run("addresses", "import", NETWORK, text="address,name\n" + "\n".join(lines))
    assert status == 1
    assert [(f["line"], f["field"]) for f in said["faults"]] == [
        (3, "address"),
        (4, "address"),
        (5, "address"),
        (6, "name"),
    ]
    assert rows(owner, KNOWN) == []


def test_an_unknown_network_a_missing_file_and_another_login_are_said_in_a_line(
    owner: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.csv"
    file.write_text(f"address,name\n{EXCHANGE},An exchange\n")
    assert main(["addresses", "import", "ethereum", str(file)]) == 1
    assert "there is no network ethereum" in capsys.readouterr().err
    assert main(["addresses", "import", NETWORK, str(tmp_path / "none.csv")]) == 1
    assert "none.csv cannot be read" in capsys.readouterr().err
    maker = owner.logins["maker"]
    monkeypatch.setenv("WBO_OWNER_LOGIN", maker.login)
    monkeypatch.setenv("WBO_OWNER_PASSWORD", maker.password.reveal())
    for words in (["addresses", "import", NETWORK], ["clients", "import"]):
        file.write_text(HEADER + GOOD if words[0] == "clients" else f"address,name\n{EXCHANGE},An exchange\n")
        assert main([*words, str(file)]) == 1
        assert "not a member of wbo_owner" in capsys.readouterr().err
