"""The made-up broker that the demo, the sandbox and the tests live in: logins, clients, coins, accounts, wallets.

Everything is written the way a real desk would have it: roles by SCRAM verifier, wallets verified by a
signature that
was really made. `build` needs the database alone; `connect_chain` puts real tokens and money behind it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg
from eth_account import Account as EthAccount
from eth_account.messages import encode_defunct
from psycopg.types.json import Jsonb

from wbo_desktop.demo.chain import ETHER, Account, Chain
from wbo_desktop.demo.tokens import DAI, USDT, Token, TokenKind
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.types import Address, parse_address
from wbo_desktop.models import administration, migrate
from wbo_desktop.models.connection import Server, open_connection
from wbo_desktop.secrets import Secret

NETWORK = "Ethereum"
CONFIRMATIONS = 3
FREE_ACCOUNTS = 20

_QUERIES = frozenset(p for p in Permission if p.endswith("_inquiry") and p.startswith("atm."))
_DEPOSIT_ACTS = frozenset(p for p in Permission if p.startswith("atm.")) - {Permission.REFUND_APPROVAL}

OPERATORS: Mapping[str, tuple[str, frozenset[Permission]]] = {
    "maker": ("陳美玲 Chan Mei Ling", _DEPOSIT_ACTS | {Permission.AUDIT_INQUIRY}),
    "checker": ("黃志強 Wong Chi Keung", _QUERIES | {Permission.REFUND_APPROVAL, Permission.AUDIT_INQUIRY}),
    "viewer": ("李嘉欣 Lee Ka Yan", _QUERIES),
    "admin": ("何國榮 Ho Kwok Wing", frozenset({Permission.OPERATOR_ADMIN})),
}
SERVICES: Mapping[str, str] = {
    "owner": migrate.OWNER,
    "intake": administration.INTAKE,
    "worker": administration.WORKER,
}


class ClientRow(NamedTuple):
    """A client as the core system exports it, and whether its wallet is verified from the start."""

    client_no: str
    securities_account: str
    name_en: str
    name_zh_hk: str
    name_zh_cn: str
    status: str


CLIENTS = (
    ClientRow("C100021", "02-1000218-30", "Cheung Siu Ming", "張小明", "张小明", "verified"),
    ClientRow("C100034", "02-1000345-30", "Lau Wai Yee", "劉慧儀", "刘慧仪", "verified"),
    ClientRow("C100057", "02-1000579-30", "Ng Chun Kit", "吳俊傑", "吴俊杰", "verified"),
    ClientRow("C100088", "02-1000882-30", "Tsang Hoi Lam", "曾凱琳", "曾凯琳", "unverified"),
)


@dataclass(frozen=True)
class Login:
    """A login of the database."""

    login: str
    password: Secret


@dataclass(frozen=True)
class DemoClient:
    """A client of the made-up broker, with the wallet it pays from and the account of ours it pays to."""

    client_no: str
    securities_account: str
    wallet: Account
    status: str
    custodial: Address


@dataclass
class World:
    """A database with people and things in it; a chain behind it once `connect_chain` was called."""

    server: Server
    logins: dict[str, Login]
    clients: list[DemoClient]
    hot_wallet: Account
    chain: Chain | None = None
    tokens: dict[str, Token] = field(default_factory=dict)

    def connect(self, name: str) -> psycopg.Connection[Any]:
        """A session of one of `logins` (maker, checker, viewer, admin, intake, worker, owner, superuser)."""
        who = self.logins[name]
        return open_connection(self.server, who.login, who.password, f"demo-{name}")

    def pay(self, sender: Account, to: str, coin: str, base_units: int) -> str:
        """Really send a coin; returns the TXID. The chain mines it when its mining mode says so."""
        assert self.chain is not None
        if coin == "ETH":
            return self.chain.send(sender, to, value=base_units)
        return self.tokens[coin].transfer(sender, to, base_units)


def made_up_account(name: str) -> Account:
    """A wallet that nothing else has, where no chain gives one."""
    made = EthAccount.create()
    return Account(name, str(made.address), Secret("0x" + made.key.hex().removeprefix("0x")))


def build(server: Server, superuser: Login, *, chain: Chain | None = None, prefix: str = "") -> World:
    """Fill an empty database: schema, logins, network, coins, clients, accounts, wallets.

    Args:
        prefix: before every login's name; logins belong to the whole server, and tests share one.
        chain: where wallets come from, so that they are the same each time for the same data folder.
    """
    account = chain.account if chain else made_up_account
    with open_connection(server, superuser.login, superuser.password, "set-up") as connection:
        migrate.initialise(connection)
        logins = _make_logins(connection, prefix) | {"superuser": superuser}
        # One transaction: a world is there or it is not.
        with connection.transaction():
            connection.execute("SET LOCAL ROLE wbo_owner")
            _configure(connection)
            hot_wallet = account("hot wallet")
            clients = [_make_client(connection, row, account) for row in CLIENTS]
            for n in range(FREE_ACCOUNTS):
                _make_custodial(connection, account(f"custodial free {n}").address)
    return World(server, logins, clients, hot_wallet)


def _make_logins(connection: psycopg.Connection[Any], prefix: str) -> dict[str, Login]:
    logins = {
        name: Login(prefix + name, Secret(secrets.token_urlsafe(18))) for name in (*SERVICES, *OPERATORS)
    }
    for name, group in SERVICES.items():
        administration.make_login(connection, logins[name].login, logins[name].password, group)
    for name, (shown, permissions) in OPERATORS.items():
        who = logins[name]
        administration.make_first_operator(
            connection, who.login, who.password, shown, sorted(permissions), one_time=False
        )
    return logins


def _configure(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO wbo_data.network (name, chain_id, explorer_tx_url, explorer_address_url, txid_grace_seconds)"
        " VALUES (%s, 31337, 'https://etherscan.io/tx/{txid}', 'https://etherscan.io/address/{address}', 5)",
        (NETWORK,),
    )
    _add_coin(connection, "ETH", ("Ether", "以太幣", "以太币"), 18, None)


def _add_coin(
    connection: psycopg.Connection[Any],
    code: str,
    names: tuple[str, str, str],
    decimals: int,
    contract: str | None,
) -> None:
    minimum = 10 ** (decimals - 2)
    connection.execute(
        "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals,"
        " minimum_base, confirmations, alert_level_base, stop_level_base)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (code, NETWORK, *names, contract, decimals, minimum, CONFIRMATIONS, 500 * minimum, 20 * minimum),
    )


def add_tokens(connection: psycopg.Connection[Any], contracts: Mapping[str, str]) -> None:
    """List the test tokens: code → contract address. Needs a member of the owner role."""
    names = {
        "USDT": ("Tether USD", "泰達幣", "泰达币"),
        "DAI": ("Dai Stablecoin", "Dai 穩定幣", "Dai 稳定币"),
    }
    decimals = {"USDT": USDT.decimals, "DAI": DAI.decimals}
    with connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        for code, contract in contracts.items():
            _add_coin(connection, code, names[code], decimals[code], contract)


def _make_custodial(connection: psycopg.Connection[Any], address: str, client_no: str | None = None) -> None:
    connection.execute(
        "INSERT INTO wbo_data.custodial_account (channel, network, address, client_no, assigned_at)"
        " VALUES ('OSL', %s, %s, %s, CASE WHEN %s::text IS NOT NULL THEN now() END)",
        (NETWORK, address, client_no, client_no),
    )


def _make_client(
    connection: psycopg.Connection[Any], row: ClientRow, account: Callable[[str], Account]
) -> DemoClient:
    number, securities, english, hongkong, simplified, status = row
    connection.execute(
        "INSERT INTO wbo_data.client (client_no, securities_account, name_en, name_zh_hk, name_zh_cn, identity_verified)"
        " VALUES (%s, %s, %s, %s, %s, true)",
        (number, securities, english, hongkong, simplified),
    )
    wallet: Account = account(f"wallet {number}")
    custodial = parse_address(account(f"custodial {number}").address)
    _make_custodial(connection, custodial, number)
    found = connection.execute(
        "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (%s, %s, %s) RETURNING id",
        (number, NETWORK, wallet.address),
    ).fetchone()
    if status == "verified" and found is not None:
        _verify(connection, found[0], wallet, number)
    return DemoClient(number, securities, wallet, status, custodial)


def _verify(connection: psycopg.Connection[Any], wallet_id: int, wallet: Account, client_no: str) -> None:
    """Verify a wallet by a signature that its key really made, as the client would have."""
    challenge = "\n".join(
        (
            f"I own the wallet {wallet.address}",
            f"Client: {client_no}",
            f"Network: {NETWORK}",
            f"One-time code: {secrets.token_hex(16)}",
        )
    )
    signed = EthAccount.sign_message(encode_defunct(text=challenge), wallet.private_key.reveal())
    signature = "0x" + signed.signature.hex().removeprefix("0x")
    connection.execute(
        "UPDATE wbo_data.wallet_address SET status = 'verifying', method = 'message_signature', challenge = %s,"
        " signature = %s WHERE id = %s",
        (challenge, signature, wallet_id),
    )
    evidence = {
        "method": "EIP-191",
        "challenge": challenge,
        "signature": signature,
        "recovered": wallet.address,
    }
    connection.execute(
        "UPDATE wbo_data.wallet_address SET status = 'verified', evidence = %s, verified_by = session_user,"
        " verified_at = now() WHERE id = %s",
        (Jsonb(evidence), wallet_id),
    )


def connect_chain(world: World, chain: Chain, tokens: Mapping[str, Token] | None = None) -> None:
    """Put real money behind the world: tokens deployed and listed, wallets and the hot wallet funded."""
    world.chain = chain
    if tokens is None:
        tokens = {kind.symbol: Token.deploy(chain, kind) for kind in (USDT, DAI)}
    world.tokens = dict(tokens)
    with world.connect("owner") as connection:
        add_tokens(connection, {code: token.address for code, token in world.tokens.items()})
        point_at_chain(connection, chain)
    faucet = chain.account("faucet")
    people = [client.wallet for client in world.clients]
    for wallet in (*people, world.hot_wallet):
        chain.fund(wallet.address, 100 * ETHER)
    for code, kind in (("USDT", USDT), ("DAI", DAI)):
        _hand_out(world.tokens[code], kind, faucet, [*people, world.hot_wallet])


def point_at_chain(connection: psycopg.Connection[Any], chain: Chain) -> None:
    """Let the network's row name the local chain's endpoint, whose port changes with each start."""
    with connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        connection.execute(
            "UPDATE wbo_data.network SET rpc_urls = %s WHERE name = %s AND rpc_urls <> %s",
            ([chain.rpc_url], NETWORK, [chain.rpc_url]),
        )


def _hand_out(token: Token, kind: TokenKind, faucet: Account, to: list[Account]) -> None:
    last = ""
    for wallet in to:
        if token.balance_of(wallet.address) == 0:
            last = token.transfer(faucet, wallet.address, 100_000 * 10**kind.decimals)
            if token.chain.mines_by_hand:
                token.chain.mine()
    if last:
        token.chain.receipt(last)
