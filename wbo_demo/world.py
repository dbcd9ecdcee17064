"""The made-up broker of the demo, the sandbox and the tests: logins, clients, coins, accounts, wallets.

Everything is written as a real desk would have it: roles by SCRAM verifier, wallets verified by a signature.
`build` needs the database alone; `connect_chain` adds tokens and money on a chain.
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

from wbo_demo.chain import ETHER, Account, Chain
from wbo_demo.tokens import DAI, USDT, Token, TokenKind
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
    "admin2": ("周雅文 Chow Nga Man", frozenset({Permission.OPERATOR_ADMIN})),
}
ISSUED_BY: Mapping[str, str] = {"maker": "admin", "viewer": "admin", "checker": "admin2"}
"""The administrator who gave out each login's first password: maker and checker are of two hands;
administrators are roots."""
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
    """A login of the database with its password."""

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


class Coin(NamedTuple):
    """A coin to be listed: code, names (English, Hong Kong, mainland), decimals."""

    code: str
    names: tuple[str, str, str]
    decimals: int


ETH = Coin("ETH", ("Ether", "以太幣", "以太币"), 18)
TOKENS: Mapping[str, Coin] = {
    "USDT": Coin("USDT", ("Tether USD", "泰達幣", "泰达币"), USDT.decimals),
    "DAI": Coin("DAI", ("Dai Stablecoin", "Dai 穩定幣", "Dai 稳定币"), DAI.decimals),
}


@dataclass(frozen=True)
class Ledger:
    """A network with its local chain and the tokens on it."""

    network: str
    chain: Chain
    tokens: Mapping[str, Token]

    def pay(self, sender: Account, to: str, coin: str, base_units: int) -> str:
        """Sends a coin, the native one when no token has its code. Returns the TXID."""
        if coin not in self.tokens:
            return self.chain.send(sender, to, value=base_units)
        return self.tokens[coin].transfer(sender, to, base_units)

    def provide(self, wallet: Account, coin: str, base_units: int) -> None:
        """Gives a wallet enough of a coin, and of the native coin for the fee, out of nothing."""
        native = base_units if coin not in self.tokens else 0
        if self.chain.balance(wallet.address) < native + ETHER:
            self.chain.fund(wallet.address, native + 10 * ETHER)
        token = self.tokens.get(coin)
        if token is not None and token.balance_of(wallet.address) < base_units:
            wanted = base_units + 10_000 * 10**token.decimals
            self.chain.rpc("anvil_dealERC20", wallet.address, token.address, hex(wanted))


@dataclass
class World:
    """A database with the made-up broker in it; `chain` is set once `connect_chain` was called.

    Attributes:
        crowd: the clients of a history (`wbo_demo.history`), besides `clients`.
    """

    server: Server
    logins: dict[str, Login]
    clients: list[DemoClient]
    hot_wallet: Account
    chain: Chain | None = None
    tokens: dict[str, Token] = field(default_factory=dict)
    second: Ledger | None = None
    crowd: list[DemoClient] = field(default_factory=list)

    def connect(self, name: str) -> psycopg.Connection[Any]:
        """A session of one of `logins` (maker, checker, viewer, admin, admin2, intake, worker, owner,
        superuser)."""
        who = self.logins[name]
        return open_connection(self.server, who.login, who.password, f"demo-{name}")

    def ledger(self, network: str = NETWORK) -> Ledger:
        """The ledger of a network."""
        if self.second is not None and network == self.second.network:
            return self.second
        assert self.chain is not None
        return Ledger(NETWORK, self.chain, self.tokens)

    def pay(self, sender: Account, to: str, coin: str, base_units: int, network: str = NETWORK) -> str:
        """Sends a coin. Returns the TXID; the chain mines it by its mining mode."""
        return self.ledger(network).pay(sender, to, coin, base_units)


def made_up_account(name: str) -> Account:
    """A new random wallet, for a world without a chain."""
    made = EthAccount.create()
    return Account(name, str(made.address), Secret("0x" + made.key.hex().removeprefix("0x")))


def build(server: Server, superuser: Login, *, chain: Chain | None = None, prefix: str = "") -> World:
    """Fills an empty database: schema, logins, network, coins, clients, accounts, wallets.

    Args:
        prefix: of every login's name; logins belong to the whole server, and tests share one.
        chain: derives the wallets, so that they are the same each time for the same data folder.
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
                make_custodial(connection, NETWORK, account(f"custodial free {n}").address)
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
    for name, issuer in ISSUED_BY.items():
        administration.note_issue(connection, logins[name].login, logins[issuer].login)
    return logins


def add_missing_operators(connection: psycopg.Connection[Any], logins: dict[str, Login]) -> list[str]:
    """Makes the operators that are not in `logins`, and adds them to it. Returns their names. Needs a member
    of the owner role."""
    missing = [name for name in OPERATORS if name not in logins]
    for name in missing:
        shown, permissions = OPERATORS[name]
        who = logins[name] = Login(name, Secret(secrets.token_urlsafe(18)))
        administration.make_first_operator(
            connection, who.login, who.password, shown, sorted(permissions), one_time=False
        )
    return missing


def _configure(connection: psycopg.Connection[Any]) -> None:
    explorers = ("https://etherscan.io/tx/{txid}", "https://etherscan.io/address/{address}")
    add_network(connection, NETWORK, 31337, explorers)
    add_coin(connection, NETWORK, ETH, None)


def add_network(
    connection: psycopg.Connection[Any], name: str, chain_id: int, explorers: tuple[str, str]
) -> None:
    """Lists a network; `explorers` are the URL templates of its block explorer for a TXID and for an
    account."""
    connection.execute(
        "INSERT INTO wbo_data.network (name, chain_id, explorer_tx_url, explorer_address_url, txid_grace_seconds)"
        " VALUES (%s, %s, %s, %s, 5)",
        (name, chain_id, *explorers),
    )


def add_coin(
    connection: psycopg.Connection[Any],
    network: str,
    coin: Coin,
    contract: str | None,
    confirmations: int = CONFIRMATIONS,
) -> None:
    """Lists a coin, unless it is listed already."""
    minimum = 10 ** (coin.decimals - 2)
    connection.execute(
        "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract, decimals,"
        " minimum_base, confirmations, alert_level_base, stop_level_base)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (
            *(coin.code, network, *coin.names, contract, coin.decimals, minimum, confirmations),
            *(500 * minimum, 20 * minimum),
        ),
    )


def add_tokens(connection: psycopg.Connection[Any], contracts: Mapping[str, str]) -> None:
    """Lists the test tokens by code and contract address. Needs a member of the owner role."""
    with connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        for code, contract in contracts.items():
            add_coin(connection, NETWORK, TOKENS[code], contract)


def make_custodial(
    connection: psycopg.Connection[Any], network: str, address: str, client_no: str | None = None
) -> None:
    """Imports a custodial account, assigned to a client or free."""
    connection.execute(
        "INSERT INTO wbo_data.custodial_account (channel, network, address, client_no, assigned_at)"
        " VALUES ('OSL', %s, %s, %s, CASE WHEN %s::text IS NOT NULL THEN now() END)",
        (network, address, client_no, client_no),
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
    make_custodial(connection, NETWORK, custodial, number)
    client = DemoClient(number, securities, wallet, status, custodial)
    make_wallet(connection, NETWORK, client)
    return client


def make_wallet(connection: psycopg.Connection[Any], network: str, client: DemoClient) -> None:
    """Adds a client's wallet on a network, and verifies it when the client is one of the verified."""
    found = connection.execute(
        "INSERT INTO wbo_data.wallet_address (client_no, network, address) VALUES (%s, %s, %s) RETURNING id",
        (client.client_no, network, client.wallet.address),
    ).fetchone()
    if client.status == "verified" and found is not None:
        _verify(connection, found[0], client.wallet, client.client_no, network)


def _verify(
    connection: psycopg.Connection[Any], wallet_id: int, wallet: Account, client_no: str, network: str
) -> None:
    """Verifies a wallet by a signature that its key made, as the client would."""
    challenge = "\n".join(
        (
            f"I own the wallet {wallet.address}",
            f"Client: {client_no}",
            f"Network: {network}",
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
    """Puts the world on a chain: tokens deployed and listed, wallets and the hot wallet funded."""
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
        hand_out(world.tokens[code], kind, faucet, [*people, world.hot_wallet])


def point_at_chain(connection: psycopg.Connection[Any], chain: Chain, network: str = NETWORK) -> None:
    """Sets a network's endpoint to the local chain, whose port changes with each start."""
    with connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        connection.execute(
            "UPDATE wbo_data.network SET rpc_urls = %s WHERE name = %s AND rpc_urls <> %s",
            ([chain.rpc_url], network, [chain.rpc_url]),
        )


def hand_out(token: Token, kind: TokenKind, faucet: Account, to: list[Account]) -> None:
    """Gives each wallet that has none of a token a hundred thousand units of it."""
    last = ""
    for wallet in to:
        if token.balance_of(wallet.address) == 0:
            last = token.transfer(faucet, wallet.address, 100_000 * 10**kind.decimals)
    if last:
        if not token.chain.mines_at_once:
            token.chain.mine()
        token.chain.receipt(last)
