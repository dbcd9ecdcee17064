"""Finds out why a connection to PostgreSQL failed: asks the server again in the start-up protocol, which
answers in codes.

libpq gives words only, in whatever language the server speaks. Here the server is asked again as far as the
first refusal, whose SQLSTATE and stage (before the password, by the password, after it) give the reason.
Nothing is sent over it but what libpq would send. Source: PostgreSQL manual, "Message Flow" and "SASL
Authentication".
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.secrets import Secret

SECONDS = 5.0
"""The longest that the server may take for each answer."""

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_TERMINATE = b"X" + struct.pack("!i", 4)
_LONGEST_MESSAGE = 1 << 20
_SCRAM, _SCRAM_PLUS = "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"

# X509_V_ERR_* of OpenSSL: numbers, where its words are in no promised language.
_OTHER_NAME, _NOT_NOW = frozenset({62, 63, 64}), frozenset({9, 10})


class Stage(Enum):
    """How far a start-up got."""

    GREETING = 1
    """The server was reached and has not asked for a password yet."""
    PROVING = 2
    """The password's proof was sent."""
    ADMITTED = 3
    """The password was right; the session is being opened."""


@dataclass(frozen=True, slots=True)
class LoginTarget:
    """One host, database and login to ask.

    Attributes:
        authority: a file of certificates, "system", or None for a connection on this machine, which needs no
            TLS.
    """

    host: str
    port: int
    dbname: str
    login: str
    authority: str | None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def ask_again(target: LoginTarget, password: Secret | None) -> RuleViolation | None:
    """The reason for which this login gets no session; None when it gets one.

    Args:
        password: the login's, whose proof counts as an attempt when it is wrong; None stops before the proof.
    """
    try:
        with contextlib.closing(_reach(target)) as plain:
            plain.settimeout(SECONDS)
            with contextlib.closing(_protect(plain, target)) as channel:
                refused = _StartUp(channel, target).run(password)
                with contextlib.suppress(OSError):
                    channel.sendall(_TERMINATE)
                return refused
    except RuleViolation as refused:
        return refused
    except (OSError, EOFError, struct.error):
        return RuleViolation("database_unreachable")


def _reach(target: LoginTarget) -> socket.socket:
    if target.host.startswith("/"):
        made = socket.socket(socket.AF_UNIX)
        made.settimeout(SECONDS)
        made.connect(f"{target.host}/.s.PGSQL.{target.port}")
        return made
    return socket.create_connection((target.host, target.port), timeout=SECONDS)


def _protect(plain: socket.socket, target: LoginTarget) -> socket.socket:
    """The connection inside TLS when the target wants it, else as it is.

    Raises:
        RuleViolation: `tls_missing`, `tls_authority_unreadable`, `tls_wrong_name`, `tls_expired`,
            `tls_untrusted`, `tls_failed`.
    """
    if target.authority is None:
        return plain
    plain.sendall(_SSL_REQUEST)
    answer = plain.recv(1)
    if answer == b"":
        raise EOFError
    if answer != b"S":
        raise RuleViolation("tls_missing", server=str(target))
    try:
        context = ssl.create_default_context(
            cafile=None if target.authority == "system" else target.authority
        )
    except OSError:
        raise RuleViolation("tls_authority_unreadable", path=target.authority) from None
    try:
        return context.wrap_socket(plain, server_hostname=target.host)
    except ssl.SSLCertVerificationError as fault:
        raise RuleViolation(_certificate_fault(fault.verify_code), server=str(target)) from None
    except ssl.SSLError:
        raise RuleViolation("tls_failed", server=str(target)) from None


def _certificate_fault(verify_code: int) -> str:
    if verify_code in _OTHER_NAME:
        return "tls_wrong_name"
    return "tls_expired" if verify_code in _NOT_NOW else "tls_untrusted"


class _StartUp:
    """One start-up, from the first message to a session or a refusal."""

    def __init__(self, channel: socket.socket, target: LoginTarget) -> None:
        self._channel, self._target = channel, target
        self._stage = Stage.GREETING
        self._parameters: dict[str, str] = {}

    def run(self, password: Secret | None) -> RuleViolation | None:
        """The refusal; None when a session was opened, or when the server asks for a password and there is
        none to prove."""
        names = {"user": self._target.login, "database": self._target.dbname, "client_encoding": "UTF8"}
        said = b"".join(part.encode() + b"\0" for pair in names.items() for part in pair) + b"\0"
        self._channel.sendall(struct.pack("!ii", len(said) + 8, 196608) + said)
        for kind, body in self._messages():
            if kind == b"E":
                return self._refusal(_field(body, b"C"))
            if kind == b"R":
                if not self._authenticate(body, password):
                    return None
            elif kind == b"S":
                name, value, *_ = body.decode().split("\0")
                self._parameters[name] = value
            elif kind == b"Z":
                return self._opened()
        return RuleViolation("database_unreachable")

    def _authenticate(self, body: bytes, password: Secret | None) -> bool:
        """Answers the server's request for a proof. False where there is no password to prove.

        Raises:
            RuleViolation: `scram_missing`, `server_not_genuine`.
        """
        (wish,) = struct.unpack_from("!i", body)
        if wish == 10:
            mechanisms = [name.decode() for name in body[4:].split(b"\0") if name]
            if self._secured and _SCRAM_PLUS not in mechanisms:
                raise self._not_genuine()
            if password is not None:
                self._prove(password, mechanisms)
                self._stage = Stage.ADMITTED
            return password is not None
        if wish == 0 and self._stage is Stage.ADMITTED:
            return True
        raise RuleViolation("scram_missing", server=str(self._target))

    def _prove(self, password: Secret, mechanisms: list[str]) -> None:
        """Runs SCRAM, inside TLS bound to the certificate: both sides prove that they know the password."""
        from scramp import ScramClient, ScramException  # only where a connection failed

        bound = ("tls-server-end-point", self._channel) if self._secured else None
        chosen = _SCRAM_PLUS if self._secured else _SCRAM
        if chosen not in mechanisms:
            raise RuleViolation("scram_missing", server=str(self._target))
        try:
            client = ScramClient([chosen], self._target.login, password.reveal(), channel_binding=bound)
            first = client.get_client_first().encode()
            self._send(b"p", chosen.encode() + b"\0" + struct.pack("!i", len(first)) + first)
            client.set_server_first(self._next_sasl(11))
            self._stage = Stage.PROVING
            self._send(b"p", client.get_client_final().encode())
            client.set_server_final(self._next_sasl(12))
        except ScramException:
            raise self._not_genuine() from None

    def _next_sasl(self, wanted: int) -> str:
        for kind, body in self._messages():
            if kind == b"E":
                raise self._refusal(_field(body, b"C"))
            if kind == b"R" and struct.unpack_from("!i", body)[0] == wanted:
                return body[4:].decode()
        raise EOFError

    def _refusal(self, state: str) -> RuleViolation:
        """The rule behind a SQLSTATE at this stage. Source: PostgreSQL manual, "PostgreSQL Error Codes"."""
        server = str(self._target)
        if state.startswith("57P"):
            return RuleViolation("database_starting")
        if state.startswith("53"):
            return RuleViolation("database_full")
        if self._stage is Stage.PROVING:
            # 28P01 is the password; 28000 here is the binding to a certificate that is not the server's own
            return RuleViolation("login_failed") if state == "28P01" else self._not_genuine()
        if state == "3D000":
            return RuleViolation("database_missing", database=self._target.dbname, server=server)
        if state.startswith("28") and self._stage is Stage.GREETING:
            return RuleViolation("workstation_not_admitted", server=server)
        if state.startswith(("28", "42")):
            return RuleViolation("login_not_permitted", login=self._target.login)
        return RuleViolation("connection_refused", server=server, state=state)

    def _opened(self) -> RuleViolation | None:
        reading_only = ("in_hot_standby", "default_transaction_read_only")
        if any(self._parameters.get(name) == "on" for name in reading_only):
            return RuleViolation("database_read_only", server=str(self._target))
        return None

    @property
    def _secured(self) -> bool:
        return isinstance(self._channel, ssl.SSLSocket)

    def _not_genuine(self) -> RuleViolation:
        return RuleViolation("server_not_genuine", server=str(self._target))

    def _send(self, kind: bytes, body: bytes) -> None:
        self._channel.sendall(kind + struct.pack("!i", len(body) + 4) + body)

    def _messages(self) -> Iterator[tuple[bytes, bytes]]:
        while True:
            kind, length = struct.unpack("!ci", self._read(5))
            if not 4 <= length <= _LONGEST_MESSAGE:
                raise EOFError
            yield kind, self._read(length - 4)

    def _read(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            more = self._channel.recv(size - len(read))
            if not more:
                raise EOFError
            read += more
        return read


def _field(body: bytes, wanted: bytes) -> str:
    """One field of an ErrorResponse: C is the SQLSTATE."""
    found = next((field for field in body.split(b"\0") if field[:1] == wanted), b"")
    return found[1:].decode("ascii", "replace")
