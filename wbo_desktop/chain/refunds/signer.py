"""Signs refund transactions: with an encrypted keystore file, or by asking a remote signer.

Every signer's answer is decoded and compared field by field before it is used. A key is in memory for one
signature; Python cannot wipe it, so the worker also forbids core dumps.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import sys
from pathlib import Path
from typing import Any, Protocol

from eth_account import Account

from wbo_desktop.chain.refunds.signed import verify_signed
from wbo_desktop.chain.refunds.transactions import UnsignedTransfer
from wbo_desktop.chain.rpc import wire
from wbo_desktop.chain.rpc.errors import BadReply, NodeError
from wbo_desktop.chain.rpc.provider import NodeProvider
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import Address, parse_address
from wbo_desktop.secrets import Secret

PR_SET_DUMPABLE = 4
"""prctl(2): also keeps other processes of the same user from attaching."""


class SignerRefused(Exception):
    """The signer did not sign: a wrong passphrase, an unknown account, a policy, an approver who refused."""


class Signer(Protocol):
    """The port of a signer for one hot wallet."""

    @property
    def address(self) -> Address: ...

    async def sign(self, tx: UnsignedTransfer) -> bytes:
        """The signed bytes, already compared with `tx` in every field.

        Raises:
            SignerRefused: nothing was signed.
            SignedMismatch, NotAPlainTransfer: something else was signed; nothing of it may be sent.
            Unavailable, BadReply: a remote signer could not be asked.
        """


class KeystoreSigner:
    """An encrypted keystore file (Web3 Secret Storage, version 3). The passphrase comes from elsewhere."""

    def __init__(self, keystore: Path, passphrase: Secret) -> None:
        """Raises SignerRefused when the file cannot be read; the passphrase is first needed at the first
        signature.
        """
        try:
            self._keyfile: dict[str, Any] = json.loads(keystore.read_text("utf-8"))
            self.address: Address = parse_address("0x" + self._keyfile["address"].removeprefix("0x"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuleViolation):
            raise SignerRefused("the keystore file cannot be read") from None
        self._passphrase = passphrase

    def __repr__(self) -> str:
        return f"KeystoreSigner({self.address})"

    async def sign(self, tx: UnsignedTransfer) -> bytes:
        # unlocking takes a second on purpose (scrypt), so not on the loop
        raw = await asyncio.to_thread(self._signed, tx)
        verify_signed(raw, tx)
        return raw

    def _signed(self, tx: UnsignedTransfer) -> bytes:
        try:
            key = Account.decrypt(self._keyfile, self._passphrase.reveal())
        except (ValueError, KeyError, TypeError):
            # the cause may quote what it was given
            raise SignerRefused("the keystore does not open with this passphrase") from None
        try:
            fields = tx.fields()
            if Account.from_key(key).address != fields.pop("from"):
                raise SignerRefused("the keystore's key is not the hot wallet's")
            return bytes(Account.sign_transaction(fields, key).raw_transaction)
        finally:
            del key


class RemoteSigner:
    """A signer behind JSON-RPC `eth_signTransaction`: Web3Signer, Clef, or the front of an HSM."""

    def __init__(self, client: NodeProvider, address: Address) -> None:
        self.address: Address = address
        self._client = client

    def __repr__(self) -> str:
        return f"RemoteSigner({self.address}, {self._client.label})"

    async def sign(self, tx: UnsignedTransfer) -> bytes:
        try:
            answer = await self._client.call("eth_signTransaction", tx.fields())
        except NodeError as error:
            raise SignerRefused(error.message[:300]) from None
        # Web3Signer and anvil give the bytes, geth and Clef an object around them
        raw = wire.data(answer.get("raw") if isinstance(answer, dict) else answer, "signed transaction")
        if not raw:
            raise BadReply("the signer gave no bytes")
        verify_signed(raw, tx)
        return raw


def disable_core_dumps() -> tuple[str, ...]:
    """Forbids core dumps, which would hold keys, as far as the system allows. Returns the names of the
    measures in force."""
    done = []
    if sys.platform != "win32":
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            done.append("RLIMIT_CORE")
        except (ValueError, OSError):
            pass  # refused by the system: the next one may still hold
    if sys.platform == "linux":
        try:
            if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
                done.append("PR_SET_DUMPABLE")
        except (OSError, AttributeError):
            pass  # a libc without prctl
    return tuple(done)
