"""Endpoints over https: a certificate that is trusted for that name, or no connection at all."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wbo_desktop.chain.rpc.errors import Unavailable
from wbo_desktop.chain.rpc.json_rpc import Call
from wbo_desktop.chain.rpc.provider import NodeProvider


def certificate(folder: Path) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "node")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "node.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[tuple[int, Path]]:
    """A port that answers eth_chainId over TLS, and its certificate."""

    async def handle(request: web.Request) -> web.Response:
        asked = await request.json()
        items = asked if isinstance(asked, list) else [asked]
        answers = [{"jsonrpc": "2.0", "id": item["id"], "result": "0x1"} for item in items]
        return web.json_response(answers if isinstance(asked, list) else answers[0])

    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    app = web.Application()
    app.router.add_post("/", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    yield runner.addresses[0][1], path
    await runner.cleanup()


async def test_a_trusted_certificate(node: tuple[int, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    port, path = node
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    client = NodeProvider(f"https://127.0.0.1:{port}")
    for _ in range(3):
        assert await client.batch([Call("eth_chainId")] * 3) == ["0x1"] * 3
    await client.close()


async def test_any_other_certificate(node: tuple[int, Path]) -> None:
    client = NodeProvider(f"https://127.0.0.1:{node[0]}")
    with pytest.raises(Unavailable, match="certificate") as caught:
        await client.call("eth_chainId")
    assert not caught.value.maybe_delivered
    await client.close()
