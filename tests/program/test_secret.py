"""The services' secrets in the operating system's keyring: kept, listed and taken away, and never shown."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from wbo_desktop.cli import main
from wbo_desktop.secrets import SECRETS, find_secret

VALUE = "correct horse, battery staple: 螞蟻"


class Memory(KeyringBackend):
    """A keyring that is forgotten with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The password, if there is one."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps the password."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forgets the password."""
        del self.kept[service, username]


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """A keyring in memory, and no secret in the environment."""
    for name in [name for name in os.environ if name.endswith(("_PASSWORD", "_PASSPHRASE"))]:
        monkeypatch.delenv(name)
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs a command with something on its standard input: status, output and errors."""

    def run(*words: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        status = main(("secret", *words))
        captured = capsys.readouterr()
        assert VALUE not in captured.out + captured.err
        return status, captured.out, captured.err

    return run


def test_a_secret_is_kept_listed_and_deleted(memory: Memory, said: Said) -> None:
    assert said("set", "owner_password", given=f"{VALUE}\nnot this\n") == (
        0,
        "The keyring has owner_password.\n",
        "",
    )
    assert memory.kept == {("wbo-desktop", "owner_password"): VALUE}
    found = find_secret("owner_password")
    assert found is not None
    assert found.reveal() == VALUE
    assert json.loads(said("list", "--json")[1]) == dict.fromkeys(SECRETS) | {"owner_password": "keyring"}
    assert said("delete", "owner_password") == (0, "The keyring has owner_password no longer.\n", "")
    assert memory.kept == {}
    status, _, wrong = said("delete", "owner_password")
    assert (status, wrong) == (1, "wbo-desktop: the keyring has no owner_password\n")


def test_at_a_terminal_it_is_asked_for_twice(
    memory: Memory, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter([VALUE, VALUE, VALUE, "something else", ""])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    monkeypatch.setattr(io, "StringIO", Terminal)
    assert said("set", "worker_password")[0] == 0
    assert memory.kept["wbo-desktop", "worker_password"] == VALUE
    assert said("set", "intake_password")[2] == "wbo-desktop: the two differ; nothing was kept\n"
    assert (
        said("set", "intake_password")[2] == "wbo-desktop: no intake_password was given; nothing was kept\n"
    )
    assert list(memory.kept) == [("wbo-desktop", "worker_password")]


def test_where_each_is_taken_from_is_listed(
    memory: Memory, said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Credentials, then a variable, then the keyring; who sets one that something hides is told."""
    (tmp_path / "wbo_worker_password").write_text(VALUE + "\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("WBO_OWNER_PASSWORD", VALUE)
    for name in ("owner_password", "worker_password"):
        assert "comes first" in said("set", name, given="another")[2]
    assert said("set", "intake_password", given=VALUE)[2] == ""
    lines = {line.split()[0]: line for line in said("list")[1].splitlines()}
    places = ("variable", "service manager", "keyring", "not set")
    assert list(lines) == list(SECRETS)
    assert all(place in line for place, line in zip(places, lines.values(), strict=True))


@pytest.mark.parametrize("name", ["db_host", "owner_login", "password"])
def test_only_secrets_that_a_service_asks_for_have_names(
    memory: Memory, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("set", "delete"):
        with pytest.raises(SystemExit) as ended:
            main(("secret", command, name))
        assert ended.value.code == 2
        assert "hot_wallet_passphrase" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("backend", "reason"), [(fail.Keyring, "none for this user"), (null.Keyring, "did not keep")]
)
def test_without_a_keyring_a_sentence_says_so(
    memory: Memory, said: Said, backend: Callable[[], KeyringBackend], reason: str
) -> None:
    keyring.set_keyring(backend())
    status, out, wrong = said("set", "owner_password", given=VALUE)
    assert (status, out, len(wrong.splitlines())) == (1, "", 1)
    assert reason in wrong
    assert "service manager" in wrong
    status, out, wrong = said("list")
    assert status == 0
    assert out.count("not set") == len(SECRETS)
    assert ("warning" in wrong) == (backend is fail.Keyring)
    assert said("delete", "owner_password")[0] == 1


def test_a_real_keyring_keeps_it_from_one_command_to_the_next(tmp_path: Path) -> None:
    """The Secret Service of a desktop session of its own, unlocked before anything asks it."""
    command = shlex.join([sys.executable, "-P", "-m", "wbo_desktop", "secret"])
    script = f"""
        set -eu
        printf 'the session' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        {command} list --json
        printf '%s\\n' "$VALUE" | {command} set hot_wallet_passphrase
        {command} list --json
        {shlex.quote(sys.executable)} -P -c 'import os, wbo_desktop.secrets as s
assert s.find_secret("hot_wallet_passphrase").reveal() == os.environ["VALUE"]'
        {command} delete hot_wallet_passphrase
        {command} list --json
    """
    folders = {name: tmp_path / name.lower() for name in ("HOME", "XDG_RUNTIME_DIR")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {name: str(folder) for name, folder in folders.items()} | {"VALUE": VALUE}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert VALUE not in done.stdout + done.stderr
    none = dict.fromkeys(SECRETS)
    assert [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")] == [
        none,
        none | {"hot_wallet_passphrase": "keyring"},
        none,
    ]
    assert "The keyring has hot_wallet_passphrase." in done.stdout
