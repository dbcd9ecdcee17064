"""Values that do not print themselves, and where services get them from: service manager, variable, keyring."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

SECRETS = {
    "owner_password": "of the database's owner, for db, audit, reconcile and network",
    "worker_password": "of the chain worker's login",
    "intake_password": "of the client side's login",
    "hot_wallet_passphrase": "opens the hot wallet's key file",
}
"""Every secret a service asks for, and what it is."""

_SERVICE = "wbo-desktop"


class KeyringUnusable(Exception):
    """Why the operating system's keyring could not be asked."""


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
    return next(filter(None, (read(name, environment) for read in _PLACES.values())), None)


def place_of(name: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """The name of the place that `find_secret` takes a secret from; None when it is in none."""
    return next((place for place, read in _PLACES.items() if read(name, environment)), None)


def _from_credentials(name: str, environment: Mapping[str, str]) -> Secret | None:
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if folder and (file := Path(folder) / f"wbo_{name}").is_file():
        return Secret(file.read_text(encoding="utf-8").rstrip("\n"))
    return None


def _from_variable(name: str, environment: Mapping[str, str]) -> Secret | None:
    value = environment.get("WBO_" + name.upper())
    return Secret(value) if value else None


def _from_keyring(name: str, environment: Mapping[str, str]) -> Secret | None:
    try:
        return read_keyring(name)
    except KeyringUnusable:
        return None


_PLACES = {
    "service manager": _from_credentials,
    "variable": _from_variable,
    "keyring": _from_keyring,
}
"""In the order in which they are asked; the first that has a secret is believed."""


def read_keyring(name: str) -> Secret | None:
    """A service's secret from the operating system's keyring alone.

    Raises:
        KeyringUnusable: there is no keyring here, or it stays locked.
    """
    import keyring

    with _keyring_errors():
        found = keyring.get_password(_SERVICE, name)
    return Secret(found) if found else None


def keep_secret(name: str, secret: Secret) -> None:
    """Puts a service's secret into the operating system's keyring, in the place of an earlier one.

    Raises:
        KeyringUnusable: there is no keyring here, it stays locked, or it did not keep the secret.
    """
    import keyring

    with _keyring_errors():
        keyring.set_password(_SERVICE, name, secret.reveal())
    kept = read_keyring(name)
    if kept is None or kept.reveal() != secret.reveal():
        raise KeyringUnusable("it did not keep what it was given")


def delete_secret(name: str) -> bool:
    """Takes a service's secret out of the operating system's keyring; False when it was not there.

    Raises:
        KeyringUnusable: there is no keyring here, or it stays locked.
    """
    import keyring

    if read_keyring(name) is None:
        return False
    with _keyring_errors():
        keyring.delete_password(_SERVICE, name)
    return True


@contextmanager
def _keyring_errors() -> Iterator[None]:
    from keyring.errors import KeyringError, NoKeyringError

    try:
        yield
    except NoKeyringError:
        raise KeyringUnusable("there is none for this user") from None
    except KeyringError as error:
        raise KeyringUnusable(str(error) or type(error).__name__) from None


def forget_secrets(environment: MutableMapping[str, str] = os.environ) -> None:
    """Removes passwords and passphrases from the environment, so that no program started from here inherits
    them."""
    for name in list(environment):
        if name.startswith("WBO_") and name.endswith(("_PASSWORD", "_PASSPHRASE")):
            del environment[name]
