"""The commands as an administrator types them: what they do, what they say, and how they end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from PySide6.QtCore import QCoreApplication

from wbo_desktop.cli import main
from wbo_desktop.demo.postgres import Postgres
from wbo_desktop.demo.world import World
from wbo_desktop.views import i18n

COMMANDS = (
    *((), ("demo",), ("sandbox",), ("worker",), ("db",), ("db", "init"), ("db", "upgrade"), ("db", "check")),
    *(
        ("audit",),
        ("audit", "verify"),
        ("audit", "report"),
        ("client",),
        ("client", "submit"),
        ("reconcile",),
    ),
    *(("network",), ("network", "clear-alarm")),
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
        connection.execute("DROP ROLE IF EXISTS firstadmin")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "usage: wbo-desktop" in capsys.readouterr().out


def test_a_database_is_made_checked_and_upgraded(
    empty_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "check"]) == 1
    assert "db init" in capsys.readouterr().err
    assert main(["db", "init", "--admin", "firstadmin"]) == 0
    assert "one-time password" in capsys.readouterr().out
    assert main(["db", "init"]) == 1
    assert "db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade"]) == 0
    capsys.readouterr()
    assert main(["db", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["faults"] == []
    assert found["version"] == found["needed"]
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
