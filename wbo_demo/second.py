"""The second network beside Ethereum: a local chain of its own, with a native coin, a listed token and an unlisted one.

Wallets are the same keys on both chains, so a client can pay on the wrong one. Coins have other codes than Ethereum's;
USDT exists on this chain too, but the desk does not list it there.
"""

from __future__ import annotations

from collections.abc import Mapping

from wbo_demo import world
from wbo_demo.chain import ETHER, Account, Chain
from wbo_demo.tokens import USDC, USDT, Token
from wbo_demo.world import Coin, Ledger, World
from wbo_desktop.domain.types import Address, parse_address

NETWORK = "Polygon"
CHAIN_ID = 31338
CONFIRMATIONS = 5
FREE_ACCOUNTS = 20

NATIVE = Coin("POL", ("Polygon", "Polygon 幣", "Polygon 币"), 18)
LISTED = {"USDC": Coin("USDC", ("USD Coin", "美元幣", "美元币"), USDC.decimals)}
KINDS = {"USDC": USDC, "USDT": USDT}


def add(made: World, chain: Chain) -> None:
    """Lists the network and its coins, gives clients accounts and wallets there, and funds them."""
    tokens = {code: Token.deploy(chain, kind) for code, kind in KINDS.items()}
    made.second = Ledger(NETWORK, chain, tokens)
    with made.connect("owner") as connection, connection.transaction():
        connection.execute("SET LOCAL ROLE wbo_owner")
        world.add_network(
            connection,
            NETWORK,
            CHAIN_ID,
            ("https://polygonscan.com/tx/{txid}", "https://polygonscan.com/address/{address}"),
        )
        world.add_coin(connection, NETWORK, NATIVE, None, CONFIRMATIONS)
        for code, coin in LISTED.items():
            world.add_coin(connection, NETWORK, coin, tokens[code].address, CONFIRMATIONS)
        for client in made.clients:
            world.make_custodial(connection, NETWORK, account_of(chain, client.client_no), client.client_no)
            world.make_wallet(connection, NETWORK, client)
        for n in range(FREE_ACCOUNTS):
            world.make_custodial(
                connection, NETWORK, parse_address(chain.account(f"polygon free {n}").address)
            )
        world.point_at_chain(connection, chain, NETWORK)
    _fund(chain, tokens, [*(client.wallet for client in made.clients), made.hot_wallet])


def found_again(chain: Chain, contracts: Mapping[str, str]) -> Ledger:
    """The ledger of the network after a restart, from what `contracts_of` returned (code → contract address)."""
    tokens = {
        code: Token(chain, parse_address(address), code, KINDS[code].decimals)
        for code, address in contracts.items()
    }
    return Ledger(NETWORK, chain, tokens)


def contracts_of(ledger: Ledger) -> dict[str, str]:
    """The contract address of each token, by its code."""
    return {code: token.address for code, token in ledger.tokens.items()}


def account_of(chain: Chain, client_no: str) -> Address:
    """A client's custodial account on this network."""
    return parse_address(chain.account(f"polygon custodial {client_no}").address)


def _fund(chain: Chain, tokens: Mapping[str, Token], wallets: list[Account]) -> None:
    for wallet in wallets:
        chain.fund(wallet.address, 50_000 * ETHER)
    for code, token in tokens.items():
        world.hand_out(token, KINDS[code], chain.account("faucet"), wallets)
