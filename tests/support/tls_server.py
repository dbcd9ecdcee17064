"""Debian's PostgreSQL with TLS, which the wheel's lacks: its certificate, its admission rules and its language can be
changed while it runs, and a man in the middle can be put in between.
"""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import os
import secrets
import ssl
import struct
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from psycopg import sql

from wbo_demo import unprivileged
from wbo_demo.postgres import Postgres
from wbo_desktop.models.connection import Server
from wbo_desktop.secrets import Secret

ADDRESS, BETWEEN = "127.0.0.2", "127.0.0.3"
"""Loopback, but not one that the desktop takes for this machine: there it wants TLS."""
ASKS_FOR_TLS = struct.pack("!ii", 8, 80877103)
LANGUAGE = "zh_CN.UTF-8"
_DAY = datetime.timedelta(days=1)


def programs() -> Path:
    """The newest of Debian's servers; the set-up installs one."""
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]


class Authority:
    """Signs certificates. `file` is what a client trusts."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        made = self._builder(self._name, self._key.public_key(), until=_DAY).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        self.file = folder / f"{name}.crt"
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def certify(self, address: str, *, until: datetime.timedelta = _DAY) -> tuple[bytes, bytes]:
        """A certificate for an address, and its key, both as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        made = self._builder(subject, key.public_key(), until).add_extension(names, critical=False)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signed = made.sign(self._key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM), private

    def _builder(self, subject: x509.Name, key: Any, until: datetime.timedelta) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 3 * _DAY)
            .not_valid_after(now + until)
        )


@dataclass
class TlsServer:
    """A running server, and an operator's login on it."""

    postgres: Postgres
    ours: Authority
    folder: Path
    login: str
    password: Secret

    @classmethod
    def start(cls, folder: Path) -> TlsServer:
        """With TLS on, speaking English."""
        postgres = Postgres.start(
            folder / "data",
            bin_dir=programs(),
            settings={"listen_addresses": f"127.0.0.1,{ADDRESS}", "max_connections": "20"},
        )
        made = cls(postgres, Authority(folder, "ours"), folder, "somebody", Secret(secrets.token_urlsafe(12)))
        made.certify(*made.ours.certify(ADDRESS))
        made.admit()
        with made.superuser() as connection:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(made.login), sql.Literal(made.password.reveal())
                )
            )
        made.set(ssl="on")
        return made

    @property
    def server(self) -> Server:
        """As a workstation's settings name it."""
        return Server(ADDRESS, self.postgres.port, "postgres", "verify-full", str(self.ours.file))

    @property
    def cluster(self) -> Path:
        """The server's data folder."""
        return self.postgres.server_log.parent.parent

    def superuser(self) -> psycopg.Connection[Any]:
        """A session of the server's owner."""
        return psycopg.connect(self.postgres.superuser_dsn(), autocommit=True)

    def set(self, **settings: str) -> None:
        """Change settings of the running server, and wait until it has read them."""
        with self.superuser() as connection:
            for name, value in settings.items():
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
                )
            self._reload(connection)

    def certify(self, certificate: bytes, key: bytes) -> None:
        """Use this certificate from now on."""
        user = unprivileged.account()
        for name, content in (("server.crt", certificate), ("server.key", key)):
            path = self.cluster / name
            path.write_bytes(content)
            path.chmod(0o600)
            if user is not None:
                os.chown(path, user.uid, user.gid)
        self._reload()

    def admit(self, method: str = "scram-sha-256", others: str = "all") -> None:
        """The rules of admission: the databases `others`, by `method`; the server's owner always."""
        owner = self.postgres.superuser
        rules = f"host all {owner} 127.0.0.0/8 scram-sha-256\nhost {others} all 127.0.0.0/8 {method}\n"
        (self.cluster / "pg_hba.conf").write_text(rules, encoding="utf-8")
        self._reload()

    def _reload(self, connection: psycopg.Connection[Any] | None = None) -> None:
        if connection is None:
            with self.superuser() as own:
                self._reload(own)
            return
        before = connection.execute("SELECT pg_conf_load_time()").fetchone()
        connection.execute("SELECT pg_reload_conf()")
        while connection.execute("SELECT pg_conf_load_time()").fetchone() == before:
            pass  # the postmaster has read it when it has told its sessions

    def pg_ctl(self, *words: str) -> None:
        """Start or stop the server past `Postgres`, which waits until it takes logins."""
        place = self.postgres._place
        place.run([self.postgres.bin_dir / "pg_ctl", "-D", place.cluster, "-s", *words])


@contextmanager
def languages() -> Iterator[None]:
    """Servers that are started meanwhile know `LANGUAGE`. Their user has to reach the folder of it."""
    name, charset = LANGUAGE.split(".")
    before = os.environ.get("LOCPATH")
    with tempfile.TemporaryDirectory(prefix="wbo-languages-") as folder:
        Path(folder).chmod(0o755)
        subprocess.run(
            ["localedef", "--no-archive", "-i", name, "-f", charset, f"{folder}/{name}.utf8"],
            check=True,
            capture_output=True,
        )
        os.environ["LOCPATH"] = folder
        try:
            yield
        finally:
            del os.environ["LOCPATH"]
            if before is not None:
                os.environ["LOCPATH"] = before


BINDING = b"SCRAM-SHA-256-PLUS\0"


@asynccontextmanager
async def somebody_in_between(
    upstream: tuple[str, int],
    certificate: bytes,
    key: bytes,
    folder: Path,
    *,
    heard: list[bytes] | None = None,
) -> AsyncIterator[int]:
    """A man in the middle: ends the TLS of each client of `BETWEEN` with a certificate of its own and passes everything on.
    Yields its port.

    With `heard`: but not that the server can bind the proof of the password to its channel; what the client then says, the
    beginning of a proof that could be guessed at, goes there and no further.
    """
    pem = folder / "between.pem"
    pem.write_bytes(key + certificate)
    facing = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    facing.load_cert_chain(pem)
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        real_reader, real_writer = await asyncio.open_connection(*upstream)
        assert await reader.readexactly(8) == ASKS_FOR_TLS
        real_writer.write(ASKS_FOR_TLS)
        assert await real_reader.readexactly(1) == b"S"
        writer.write(b"S")
        await asyncio.gather(writer.start_tls(facing), real_writer.start_tls(trusting))
        with suppress(OSError):
            if heard is not None:
                real_writer.write(await reader.read(65536))
                offered = await real_reader.read(65536)
                assert BINDING in offered
                shorter = int.from_bytes(offered[1:5], "big") - len(BINDING)
                writer.write(offered[:1] + shorter.to_bytes(4, "big") + offered[5:].replace(BINDING, b""))
                heard.append(await reader.read(65536))
                for one in (writer, real_writer):
                    one.close()
                await asyncio.gather(writer.wait_closed(), real_writer.wait_closed(), return_exceptions=True)
                return
            await asyncio.gather(_pump(reader, real_writer), _pump(real_reader, writer))

    server = await asyncio.start_server(relay, BETWEEN, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()
