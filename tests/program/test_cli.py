"""The commands as an administrator types them: what they do, what they say, and how they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from PySide6.QtCore import QCoreApplication

from wbo_demo.postgres import Postgres
from wbo_demo.world import World
from wbo_desktop.cli import demo, main
from wbo_desktop.models import administration
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.secrets import Secret
from wbo_desktop.views import i18n

COMMANDS = (
    *((), ("demo",), ("sandbox",), ("worker",), ("db",), ("db", "init"), ("db", "upgrade"), ("db", "check")),
    ("db", "add-admin"),
    *(
        ("audit",),
        ("audit", "verify"),
        ("audit", "report"),
        ("client",),
        ("client", "submit"),
        ("reconcile",),
    ),
    *(("network",), ("network", "clear-alarm")),
    *(("clients",), ("clients", "import"), ("addresses",), ("addresses", "import")),
    *(("secret",), ("secret", "set"), ("secret", "list"), ("secret", "delete")),
)


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of this machine, and no keyring, have a say."""
    for name in [name for name in os.environ if name.startswith("WBO_DB") or name.endswith("_PASSWORD")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    if QCoreApplication.instance() is not None:  # another test's: the commands have none, and speak English
        i18n.install("en")


@pytest.fixture
def empty_database(postgres_cluster: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database, and the variables with which the commands find it as the server's superuser."""
    name = "cli_empty"
    with psycopg.connect(postgres_cluster.superuser_dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        for variable, value in {
            "WBO_DB_HOST": postgres_cluster.host,
            "WBO_DB_PORT": str(postgres_cluster.port),
            "WBO_DB_NAME": name,
            "WBO_OWNER_LOGIN": postgres_cluster.superuser,
            "WBO_OWNER_PASSWORD": postgres_cluster.superuser_password.reveal(),
        }.items():
            monkeypatch.setenv(variable, value)
        yield name
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute("DROP ROLE IF EXISTS firstadmin, secondadmin, thirdadmin")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "usage: wbo-desktop" in capsys.readouterr().out


def test_help_needs_nothing_heavy() -> None:
    """Each command imports what it needs when it runs."""
    program = (
        "import sys; from wbo_desktop.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'PySide6', 'psycopg', 'peewee', 'web3', 'aiohttp', 'keyring', 'wbo_demo'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", [("demo",), ("sandbox", "--data", "world", "--json", "world.json")])
def test_where_the_demo_is_not_installed_a_sentence_says_so(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "find_spec", lambda name: None if name in ("wbo_demo", "vyper") else name)
    assert main(command) == 1
    assert capsys.readouterr().err == (
        "wbo-desktop: the demo is not installed here (wbo_demo, vyper missing); "
        "type: pip install 'wbo-desktop[demo]'\n"
    )


def test_a_database_is_made_checked_and_upgraded(
    empty_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "check"]) == 1
    assert "db init" in capsys.readouterr().err
    for wrong in (["Root"], ["wbo_x"], ["a"], ["firstadmin", "firstadmin"]):
        assert main(["db", "init", *(f"--admin={login}" for login in wrong)]) == 1
        capsys.readouterr()
    assert main(["db", "init", "--admin", "firstadmin", "--admin", "secondadmin"]) == 0
    told = capsys.readouterr()
    blocks = told.out.split("-" * 64)
    assert ["firstadmin, one-time password" in block for block in blocks] == [True, False, False]
    assert ["secondadmin, one-time password" in block for block in blocks] == [False, True, False]
    assert told.err == ""
    assert main(["db", "init"]) == 1
    assert "db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade"]) == 0
    capsys.readouterr()
    assert main(["db", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["faults"] == []
    assert found["version"] == found["needed"]
    assert any("db add-admin" in warning for warning in found["warnings"]), "nobody has logged in yet"
    capsys.readouterr()
    assert main(["audit", "verify"]) == 0
    assert main(["audit", "verify", "--anchor", "ab" * 32]) == 1
    assert "anchor_missing" in capsys.readouterr().err
    assert main(["audit", "report", "--day", "2026-01-31"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Daily report of 2026-01-31 (Hong Kong)")
    assert "The log is whole" in printed
    assert main(["audit", "report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verified"]["fault"] is None
    with pytest.raises(SystemExit):
        main(["audit", "report", "--day", "31 January"])
    assert "is not a day like" in capsys.readouterr().err


def test_one_administrator_alone_is_told_to_be_alone_and_the_owner_adds_another(
    empty_database: str, capsys: pytest.CaptureFixture[str], postgres_cluster: Postgres
) -> None:
    assert main(["db", "init", "--admin", "firstadmin", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [one["login"] for one in made["administrators"]] == ["firstadmin"]
    assert main(["db", "add-admin", "secondadmin", "--json"]) == 0
    passwords = {
        "firstadmin": made["administrators"][0]["one_time_password"],
        "secondadmin": json.loads(capsys.readouterr().out)["one_time_password"],
    }
    server = Server(postgres_cluster.host, postgres_cluster.port, empty_database)
    _first_logins(server, passwords)
    assert main(["db", "check", "--json"]) == 0
    assert not any("db add-admin" in warning for warning in json.loads(capsys.readouterr().out)["warnings"])
    with open_connection(server, "firstadmin", Secret("a sentence of firstadmin"), "tests") as one:
        waits = one.execute("SELECT wbo.grant_permission('secondadmin', 'sys.audit_inquiry')").fetchone()
        assert waits == ("waiting",)
        with pytest.raises(psycopg.Error, match="last_other_hand"):
            one.execute("SELECT wbo.disable_operator('secondadmin', 'x')")
    # one is lost: the owner gives out a new password, and they are a root as before
    assert main(["db", "add-admin", "secondadmin"]) == 0
    once = re.search("secondadmin, one-time password: (.+)", capsys.readouterr().out)
    assert once is not None
    _first_logins(server, {"secondadmin": once[1]})
    with open_connection(server, "secondadmin", Secret("a sentence of secondadmin"), "tests") as two:
        assert two.execute("SELECT hand, two_hands FROM wbo.my_session()").fetchone() == (
            ["secondadmin"],
            True,
        )


def _first_logins(server: Server, passwords: dict[str, str]) -> None:
    for login, password in passwords.items():
        with open_connection(server, login, Secret(password), "tests") as connection:
            own = administration.verifier(connection, login, Secret(f"a sentence of {login}"))
            connection.execute("SELECT wbo.change_own_password(%s)", (own,))


def test_what_is_wrong_is_said_in_one_line(
    database: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def said(*words: str) -> str:
        assert main(words) == 1
        lines = capsys.readouterr().err.strip().splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("wbo-desktop: ")
        return lines[0]

    assert "owner_login" in said("db", "check")
    monkeypatch.setenv("WBO_OWNER_LOGIN", "somebody")
    assert "no password for somebody" in said("db", "check")
    monkeypatch.setenv("WBO_OWNER_PASSWORD", "not it")
    monkeypatch.setenv("WBO_DB_HOST", "127.0.0.1")
    monkeypatch.setenv("WBO_DB_PORT", "1")
    assert "not it" not in said("db", "check")
    monkeypatch.setenv("WBO_DB_PORT", "many")
    assert "WBO_DB_PORT" in said("db", "check")
    monkeypatch.setenv("WBO_DB_PORT", str(database.server.port))
    monkeypatch.setenv("WBO_DB_HOST", "db.example.org")
    monkeypatch.setenv("WBO_DB_SSLMODE", "disable")
    assert "db.example.org" in said("db", "check")
    (tmp_path / "wbo-desktop").mkdir()
    (tmp_path / "wbo-desktop" / "settings.toml").write_text("colour = 'blue'\n")
    assert "colour" in said("db", "check")


def test_a_request_is_submitted_from_the_command_line(
    database: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    who = database.logins["intake"]
    for variable, value in {
        "WBO_DB_HOST": database.server.host,
        "WBO_DB_PORT": str(database.server.port),
        "WBO_DB_NAME": database.server.dbname,
        "WBO_INTAKE_LOGIN": who.login,
        "WBO_INTAKE_PASSWORD": who.password.reveal(),
    }.items():
        monkeypatch.setenv(variable, value)
    client = database.clients[0]
    words = ["client", "submit", "CLI-1", client.securities_account, "USDT", "Ethereum", "12.5"]
    assert main([*words, client.wallet.address, client.custodial, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["record_no"].startswith("DP")
    assert made["status"] == "pending_auth"
    assert main([*words[:-1], "0.0000001", client.wallet.address, client.custodial]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture
def alarmed(database: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A network that an alarm stopped, and the variables with which its owner finds the database."""
    who = database.logins["owner"]
    for variable, value in {
        "WBO_DB_HOST": database.server.host,
        "WBO_DB_PORT": str(database.server.port),
        "WBO_DB_NAME": database.server.dbname,
        "WBO_OWNER_LOGIN": who.login,
        "WBO_OWNER_PASSWORD": who.password.reveal(),
    }.items():
        monkeypatch.setenv(variable, value)
    with database.connect("owner") as owner:
        owner.execute("SET ROLE wbo_owner")
        owner.execute(
            "INSERT INTO wbo_data.checkpoint (network, number, hash, head_number, finalized_number, alarm)"
            " VALUES ('Ethereum', 7, %s, 7, 5, 'final block 5 was replaced')"
            " ON CONFLICT (network) DO UPDATE SET alarm = excluded.alarm, finalized_number = excluded.finalized_number",
            ("0x" + "5e" * 32,),
        )
    return database


def line(world: World) -> tuple[object, ...] | None:
    with world.connect("superuser") as connection:
        return connection.execute("SELECT alarm, finalized_number FROM wbo_data.checkpoint").fetchone()


CLEAR = ["network", "clear-alarm", "Ethereum", "--remark"]


@pytest.mark.parametrize("accept", [False, True])
def test_the_owner_clears_an_alarm_with_a_remark(
    alarmed: World, capsys: pytest.CaptureFixture[str], accept: bool
) -> None:
    assert main([*CLEAR, "looked into it", "--json", *(["--accept"] if accept else [])]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "network": "Ethereum",
        "alarm": "final block 5 was replaced",
        "accepted": accept,
    }
    assert line(alarmed) == (None, None if accept else 5)
    with alarmed.connect("superuser") as connection:
        logged = connection.execute(
            "SELECT operator, object_id, remark, before ->> 'alarm' FROM wbo.audit_log WHERE action = 'clear_alarm'"
        ).fetchall()
    owner = alarmed.logins["owner"].login
    assert logged == [(owner, "Ethereum", "looked into it", "final block 5 was replaced")]
    assert main([*CLEAR, "again"]) == 1
    assert "has no alarm" in capsys.readouterr().err


def test_clearing_an_alarm_says_in_one_line_what_is_wrong(
    alarmed: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> str:
        assert main(words) == 1
        lines = capsys.readouterr().err.strip().splitlines()
        assert len(lines) == 1
        return lines[0]

    assert "Remark" in said(*CLEAR, " \u3000 ")
    assert "500" in said(*CLEAR, "x" * 501)
    assert "no network ethereum" in said("network", "clear-alarm", "ethereum", "--remark", "why")
    with pytest.raises(SystemExit) as ended:
        main(CLEAR[:3])
    assert ended.value.code == 2
    capsys.readouterr()
    maker = alarmed.logins["maker"]
    monkeypatch.setenv("WBO_OWNER_LOGIN", maker.login)
    monkeypatch.setenv("WBO_OWNER_PASSWORD", maker.password.reveal())
    assert "wbo_owner" in said(*CLEAR, "let me")
    assert line(alarmed) == ("final block 5 was replaced", 5)
