"""The settings: read from a machine-wide file, then the user's file, then the environment; the later one
wins.

No secrets; those come from `secrets.find_secret`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

APPLICATION = "wbo-desktop"
LANGUAGES = ("zh_HK", "zh_CN", "en")


class SettingsError(Exception):
    """A settings file or variable that cannot be used, in one line that names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field's name is the key in a settings file (TOML); in capitals with WBO_ before it, the variable.

    Attributes:
        db_sslmode: libpq's; a remote server is only ever used with `verify-full`.
        db_sslrootcert: a file of certificate authorities, or `system`.
        language: the desktop's first language; each operator may choose another.
        signer_url: of a remote signer (JSON-RPC eth_signTransaction); else the keystore is used.
        fee_cap_gwei: the most that the worker pays for a unit of gas, replacements included.
        metrics_port: of the worker's Prometheus metrics on loopback; 0 for none.
    """

    db_host: str = "localhost"
    db_port: int = 5432
    db_name: str = "wbo"
    db_sslmode: str = "verify-full"
    db_sslrootcert: str = "system"
    language: str = "zh_HK"
    owner_login: str = ""
    worker_login: str = ""
    intake_login: str = ""
    hot_wallet_keystore: str = ""
    signer_url: str = ""
    signer_address: str = ""
    fee_cap_gwei: int = 500
    metrics_port: int = 0
    audit_anchor_file: str = ""
    poll_seconds: float = 1.0
    sources: tuple[str, ...] = field(default=(), compare=False)


def machine_file() -> Path:
    """The path of the administrator's settings file for this machine."""
    return Path(platformdirs.site_config_dir(APPLICATION, appauthor=False)) / "settings.toml"


def user_file() -> Path:
    """The path of this user's own settings file."""
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "settings.toml"


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from files and environment.

    Raises:
        SettingsError: a file that is not TOML, an unknown key, or a value of the wrong kind.
    """
    values: dict[str, Any] = {}
    sources: list[str] = []
    kinds = {f.name: type(f.default) for f in fields(Settings) if f.name != "sources"}
    for file in (machine_file(), user_file()):
        if file.is_file():
            values |= _read(file, kinds)
            sources.append(str(file))
    for name, kind in kinds.items():
        variable = "WBO_" + name.upper()
        if text := environment.get(variable):
            values[name] = _convert(variable, text, kind)
    if values.get("language", "zh_HK") not in LANGUAGES:
        raise SettingsError(f"language must be one of {', '.join(LANGUAGES)}")
    return Settings(**values, sources=tuple(sources))


def _read(file: Path, kinds: Mapping[str, type]) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from None
    for name, value in found.items():
        if name not in kinds:
            raise SettingsError(f"{file}: there is no setting {name!r}")
        found[name] = _convert(f"{file}: {name}", str(value), kinds[name])
    return found


def _convert(where: str, text: str, kind: type) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise SettingsError(f"{where}: {text!r} is not a number") from None
