"""Where settings come from: the machine's file, the user's, the environment; the later wins, value by value."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbo_desktop import settings

MACHINE_FILE, USER_FILE = settings.machine_file, settings.user_file


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Path, Path]:
    """The machine's file and the user's, neither there yet."""
    machine, user = tmp_path / "machine.toml", tmp_path / "user.toml"
    monkeypatch.setattr(settings, "machine_file", lambda: machine)
    monkeypatch.setattr(settings, "user_file", lambda: user)
    return machine, user


def test_without_any_source_the_defaults_hold() -> None:
    assert settings.load({}) == settings.Settings()


def test_the_user_overrides_the_machine_and_the_environment_both(files: tuple[Path, Path]) -> None:
    machine, user = files
    machine.write_text('db_host = "machine"\ndb_name = "machine"\nlanguage = "en"\n')
    user.write_text('db_name = "user"\nlanguage = "zh_CN"\n')
    found = settings.load({"WBO_LANGUAGE": "zh_HK"})
    assert (found.db_host, found.db_name, found.language) == ("machine", "user", "zh_HK")
    assert found.sources == (str(machine), str(user))


def test_numbers_are_numbers_from_every_source(files: tuple[Path, Path]) -> None:
    machine, user = files
    machine.write_text("db_port = 5433\n")
    user.write_text("poll_seconds = 0.5\n")
    found = settings.load({"WBO_FEE_CAP_GWEI": "70"})
    assert (found.db_port, found.poll_seconds, found.fee_cap_gwei) == (5433, 0.5, 70)


def test_an_empty_variable_is_no_setting(files: tuple[Path, Path]) -> None:
    files[0].write_text('db_host = "machine"\n')
    assert settings.load({"WBO_DB_HOST": ""}).db_host == "machine"


@pytest.mark.parametrize(
    ("where", "content", "named"),
    [
        (0, "colour = 'blue'\n", "colour"),
        (1, "db_port = 'many'\n", "db_port"),
        (1, "language = 'fr'\n", "language must be one of zh_HK, zh_CN, en"),
        # where they came from is told, not set
        (0, "sources = 'here'\n", "there is no setting 'sources'"),
        (0, "db_host = \n", "machine.toml"),
    ],
)
def test_a_fault_names_its_file_and_key(
    files: tuple[Path, Path], where: int, content: str, named: str
) -> None:
    files[where].write_text(content)
    with pytest.raises(settings.SettingsError, match=named):
        settings.load({})


def test_a_variable_that_is_no_number_is_named() -> None:
    with pytest.raises(settings.SettingsError, match="WBO_DB_PORT"):
        settings.load({"WBO_DB_PORT": "many"})


def test_where_the_files_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "machine"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    assert MACHINE_FILE() == tmp_path / "machine" / "wbo-desktop" / "settings.toml"
    assert USER_FILE() == tmp_path / "user" / "wbo-desktop" / "settings.toml"


def test_a_file_may_speak_any_language(files: tuple[Path, Path]) -> None:
    files[1].write_text('# 本機設定\ndb_name = "入幣"\n', encoding="utf-8")
    assert settings.load({}).db_name == "入幣"
