"""Values that do not print themselves, and where services get them from: service manager, variable, keyring."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import NoReturn


class Secret:
    """A password, passphrase or key. Only `reveal()` returns it; repr, str, format and pickle do not."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself; call it where it is used and keep it nowhere."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def find_secret(name: str, environment: Mapping[str, str] = os.environ) -> Secret | None:
    """A service's secret, such as `worker_password`: from the service manager (systemd's credentials), the variable
    WBO_<NAME>, or the operating system's keyring; None when it is in none of them.

    Never a file beside the program.
    """
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if folder and (file := Path(folder) / f"wbo_{name}").is_file():
        return Secret(file.read_text(encoding="utf-8").rstrip("\n"))
    if value := environment.get("WBO_" + name.upper()):
        return Secret(value)
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password("wbo-desktop", name)
    except KeyringError:
        return None
    return Secret(found) if found else None


def forget_secrets(environment: MutableMapping[str, str] = os.environ) -> None:
    """Removes passwords and passphrases from the environment, so that no program started from here inherits
    them."""
    for name in list(environment):
        if name.startswith("WBO_") and name.endswith(("_PASSWORD", "_PASSPHRASE")):
            del environment[name]


def keep_secret(name: str, secret: Secret) -> None:
    """Put a service's secret into the operating system's keyring.

    Raises:
        keyring.errors.KeyringError: there is no keyring here.
    """
    import keyring

    keyring.set_password("wbo-desktop", name, secret.reveal())
