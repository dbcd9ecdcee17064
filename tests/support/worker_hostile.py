"""Transactions made to be credited wrongly, and honest ones that look odd; what must become of each.

`Hostility(world).commit()` really sends them all and submits a request for each; `expected` is what must be
credited, None for nothing. `naive` is what a short script with web3's `process_receipt` would credit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from wbo_demo.chain import Account, Chain
from wbo_demo.clients import Clients
from wbo_demo.folder import wait_until
from wbo_demo.tokens import Token, TokenKind, call_data, compiled
from wbo_demo.world import DemoClient, World
from wbo_desktop.domain.types import to_base_units

CONTRACTS = Path(__file__).parents[1] / "contracts"
TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
ZERO = "0x" + "0" * 40
MOST = 2**256 - 1
DECIMALS = {"ETH": 18, "DAI": 18}
"""Of the coins that are claimed; all others have six."""


@dataclass(frozen=True)
class Case:
    """One request. `expected` in units of the coin."""

    name: str
    record_no: str
    coin: str
    txid: str | None
    target: str
    claimed: Decimal
    expected: Decimal | None


class Hostility:
    """Everything a client or a stranger may try, on one broker."""

    def __init__(self, world: World) -> None:
        assert world.chain is not None
        self.world, self.chain = world, world.chain
        self.cases: list[Case] = []
        self.client, self.other, self.third = world.clients[:3]
        self.unverified = world.clients[3]
        self._clients = Clients(world)
        self._usdt = world.tokens["USDT"]

    def commit(self) -> list[Case]:
        """Do it all; the blocks are mined, confirmations are the caller's."""
        self._prepare()
        self._fakes()
        self._shapes()
        self._failures()
        self._misdirections()
        self._strangers()
        self._amounts()
        self._twice()
        self._native()
        self._honest()
        return self.cases

    # ------------------------------------------------------------ means

    def _prepare(self) -> None:
        chain = self.chain
        self.attacker = chain.account("attacker")
        chain.fund(self.attacker.address, 1000 * 10**18)
        faucet = chain.account("faucet")
        self.hostile = chain.deploy(compiled("Hostile", CONTRACTS).bytecode)
        quirk = compiled("QuirkToken", CONTRACTS).bytecode
        supply = 10**15
        wallet = self.client.wallet
        types = ["uint256", "uint256", "bool"]
        self.fee = chain.deploy(quirk, types, [supply, 10, False], wallet)
        self.false = chain.deploy(quirk, types, [supply, 0, True], wallet)
        silent = compiled("SilentToken", CONTRACTS).bytecode
        self.silent = chain.deploy(silent, ["uint256"], [supply], wallet)
        self.fake = Token.deploy(chain, TokenKind("Tether USD", "USDT", 6), wallet)
        self._usdt.transfer(faucet, self.attacker.address, 10**12)
        self._list({"ODD": self.hostile, "FEE": self.fee, "FLS": self.false, "OLD": self.silent})
        for owner in (self.client.wallet, self.attacker, self.other.wallet):
            approve = call_data("approve(address,uint256)", ("address", "uint256"), (self.hostile, MOST))
            chain.send(owner, self._usdt.address, data=approve)

    def _list(self, coins: dict[str, str]) -> None:
        with self.world.connect("superuser") as connection:
            for code, contract in coins.items():
                connection.execute(
                    "INSERT INTO wbo_data.cryptocurrency (code, network, name_en, name_zh_hk, name_zh_cn, contract,"
                    " decimals, minimum_base, confirmations) VALUES (%s, 'Ethereum', %s, %s, %s, %s, 6, 10000, 3)",
                    (code, code, code, code, contract),
                )
            connection.execute("UPDATE wbo_data.network SET txid_grace_seconds = 1")

    def _claim(
        self,
        name: str,
        coin: str,
        claimed: str | Decimal,
        txid: str | None,
        expected: str | Decimal | None = None,
        *,
        client: DemoClient | None = None,
        **more: Any,
    ) -> None:
        who = client or self.client
        amount = Decimal(claimed)
        record = self._clients.submit(who, coin, amount, txid=txid, **more)
        due = None if expected is None else Decimal(expected)
        target = more.get("target") or who.custodial
        self.cases.append(Case(name, record.record_no, coin, txid, target, amount, due))

    def _call(
        self, signature: str, types: Sequence[str], args: Sequence[object], by: Account, value: int = 0
    ) -> str:
        """A call of the hostile contract."""
        data = call_data(f"{signature}({','.join(types)})", types, args)
        return self.chain.send(by, self.hostile, value=value, data=data)

    def _pretend(self, sender: str, receiver: str, amount: int, times: int = 1) -> str:
        types = ("address", "address", "uint256", "uint256")
        return self._call("pretend", types, (sender, receiver, amount, times), self.client.wallet)

    def _shout(self, topics: Sequence[str], data: bytes) -> str:
        words = [bytes.fromhex(topic[2:]) for topic in topics]
        return self._call("shout", ("bytes32[]", "bytes"), (words, data), self.client.wallet)

    def _pay(self, amount: str, coin: str = "USDT", to: str | None = None, by: Account | None = None) -> str:
        base = to_base_units(amount, DECIMALS.get(coin, 6))
        return self.world.pay(by or self.client.wallet, to or self.client.custodial, coin, base)

    # ------------------------------------------------------------ what they try

    def _fakes(self) -> None:
        me, mine = self.client.wallet, self.client.custodial
        self._claim("fake token of the same name", "USDT", 1000, self.fake.transfer(me, mine, 10**9))
        self.fake.transfer(me, mine, 1_234_567)
        self._claim("fake token, found by account", "USDT", "1.234567", None)
        self._claim("a log that no token wrote", "USDT", 2000, self._pretend(me.address, mine, 2 * 10**9))
        self._claim("the same, five times", "USDT", 300, self._pretend(me.address, mine, 3 * 10**8, 5))
        self._claim("a flood of logs", "USDT", 301, self._pretend(me.address, mine, 301 * 10**6, 150))
        self._claim("the most that fits", "USDT", 302, self._pretend(me.address, mine, MOST))
        self._claim("a log claimed as DAI", "DAI", 5, self._pretend(me.address, mine, 5 * 10**18))
        self._claim("the wrong one of two listed tokens", "DAI", 20, self._pay("20"))
        self._claim("a token claimed as ether", "ETH", "0.5", self._pay("21"))
        self._claim("ether claimed as a token", "USDT", 1, self._pay("1", "ETH"))

    def _shapes(self) -> None:
        """The contract is listed as a coin here: only the shape of the log stands between it and a credit."""
        me, mine = _topic(self.client.wallet.address), _topic(self.client.custodial)
        amount = (50 * 10**6).to_bytes(32, "big")
        logs = {
            "ERC-721: the amount is a topic": ([TRANSFER, me, mine, "0x" + amount.hex()], b""),
            "four topics and an amount": ([TRANSFER, me, mine, "0x" + amount.hex()], amount),
            "two topics": ([TRANSFER, mine], amount),
            "the topic alone": ([TRANSFER], me_and(mine, amount)),
            "no amount": ([TRANSFER, me, mine], b""),
            "two words of data": ([TRANSFER, me, mine], amount + amount),
            "half a word of data": ([TRANSFER, me, mine], amount[:16]),
            "a dirty recipient": ([TRANSFER, me, "0x" + "ff" * 12 + mine[26:]], amount),
            "a dirty sender": ([TRANSFER, "0x01" + me[4:], mine], amount),
            "another event": (["0x" + "8c" * 32, me, mine], amount),
        }
        for name, (topics, data) in logs.items():
            self._claim(name, "ODD", 50, self._shout(topics, data))
        mine_ = self.client.custodial
        wallet = self.client.wallet.address
        self._claim("minted by nobody", "ODD", 51, self._pretend(ZERO, mine_, 51 * 10**6))
        self._claim("an absurd amount", "ODD", 52, self._pretend(wallet, mine_, MOST))

    def _failures(self) -> None:
        mine = self.client.custodial
        too_much = self._usdt.transfer(self.client.wallet, mine, 10**17, gas=100_000)
        self._claim("reverted: not enough balance", "USDT", 10**11, too_much)
        data = call_data("forward_then_revert(address)", ("address",), (mine,))
        reverted = self.chain.send(self.client.wallet, self.hostile, value=10**18, data=data, gas=200_000)
        self._claim("reverted with its value", "ETH", 1, reverted)
        types = ("address", "address", "uint256")
        swallowed = self._call("try_transfer", types, (self._usdt.address, mine, 10**15), self.client.wallet)
        self._claim("a failed transfer inside a success", "USDT", 1000, swallowed)
        transfer = call_data("transfer(address,uint256)", ("address", "uint256"), (mine, 60 * 10**6))
        refused = self.chain.send(self.client.wallet, self.false, data=transfer)
        self._claim("a token that answers false", "FLS", 60, refused)
        approve = call_data("approve(address,uint256)", ("address", "uint256"), (mine, 61 * 10**6))
        approved = self.chain.send(self.client.wallet, self._usdt.address, data=approve)
        self._claim("an approval is no transfer", "USDT", 61, approved)
        self._claim("a TXID that never was", "USDT", 62, "0x" + "62" * 32)
        created = self.chain.send(self.client.wallet, None, data=compiled("Hostile", CONTRACTS).bytecode)
        self._claim("a contract's creation", "USDT", 63, created)

    def _misdirections(self) -> None:
        stranger = self.chain.account("a stranger").address
        self._claim("to a stranger", "USDT", 70, self._pay("70", to=stranger))
        self._claim("to another client's account", "USDT", 71, self._pay("71", to=self.other.custodial))
        mistaken = self._pay("72", to=self.other.custodial)
        self._claim("another client's account as target", "USDT", 72, mistaken, target=self.other.custodial)
        self._claim("to the token itself", "USDT", 73, self._pay("73", to=self._usdt.address))
        types = ("address", "address", "address", "uint256", "address", "uint256")
        args = (
            *(self._usdt.address, self.client.wallet.address, self.client.custodial, 10 * 10**6),
            *(self.other.custodial, 500 * 10**6),
        )
        shared = self._call("pull_two", types, args, self.client.wallet)
        self._claim("another's part of a batch", "USDT", 500, shared)
        self._claim("a stranger's payment to us", "USDT", 74, self._pay("74", by=self.attacker))

    def _strangers(self) -> None:
        """Whose balance went down decides, not who signed."""
        mine = self.client.custodial
        types = ("address", "address", "address", "uint256")
        args = (self._usdt.address, self.attacker.address, mine, 80 * 10**6)
        signed_by_client = self._call("pull", types, args, self.client.wallet)
        self._claim("the client's signature, a stranger's coins", "USDT", 80, signed_by_client)
        args = (self._usdt.address, self.other.wallet.address, mine, 81 * 10**6)
        others_money = self._call("pull", types, args, self.client.wallet)
        self._claim("the client's signature, another client's coins", "USDT", 81, others_money)
        by_other = self._pay("82", by=self.other.wallet)
        self._claim("paid by another client", "USDT", 82, by_other)
        source = self.other.wallet.address
        by_other = self._pay("83", by=self.other.wallet)
        self._claim("paid by another client, who is named", "USDT", 83, by_other, source=source)
        unverified = self._pay("84", to=self.unverified.custodial, by=self.unverified.wallet)
        self._claim("from a wallet not verified", "USDT", 84, unverified, client=self.unverified)

    def _amounts(self) -> None:
        self._claim("six percent short", "USDT", 100, self._pay("94"))
        self._claim("ten times as much as claimed", "USDT", 9, self._pay("90"))
        self._claim("one base unit", "USDT", 91, self._pay("0.000001"))
        self._claim("below the minimum", "USDT", "0.009", self._pay("0.009"))
        self._claim("zero, with a claim of more", "USDT", 92, self._pay_zero("USDT"))
        self._claim("zero ether", "ETH", 1, self._pay_zero("ETH"))
        types = ("address", "address", "address", "uint256")
        poisoned = (self._usdt.address, self.client.wallet.address, self.client.custodial, 0)
        self._claim(
            "a zero transfer in the client's name",
            "USDT",
            93,
            self._call("pull", types, poisoned, self.attacker),
        )
        transfer = call_data(
            "transfer(address,uint256)", ("address", "uint256"), (self.client.custodial, 94 * 10**6)
        )
        taken = self.chain.send(self.client.wallet, self.fee, data=transfer)
        self._claim("a tenth taken on the way", "FEE", 94, taken)

    def _pay_zero(self, coin: str) -> str:
        return self.world.pay(self.client.wallet, self.client.custodial, coin, 0)

    def _twice(self) -> None:
        txid = self._pay("110")
        self._claim("the first request for a TXID", "USDT", 110, txid, 110)
        first = self.cases[-1].record_no
        wait_until(lambda: self._is_judged(first), 5)  # a worker that runs takes them in any order
        self._claim("the second request for it", "USDT", 110, txid)
        self._claim("a third, by another client", "USDT", 110, txid, client=self.other)
        self._claim("a fourth, by account", "USDT", 110, None)

    def _is_judged(self, record_no: str) -> bool:
        with self.world.connect("viewer") as viewer:
            row = viewer.execute(
                "SELECT status <> 'pending_auth' FROM wbo.deposit_record WHERE record_no = %s", (record_no,)
            ).fetchone()
        return bool(row and row[0])

    def _native(self) -> None:
        mine = self.client.custodial
        types = ("address",)
        forwarded = self._call("forward", types, (mine,), self.client.wallet, 2 * 10**18)
        self._claim("ether by way of a contract", "ETH", 2, forwarded)
        swallowed = self._call("forward_and_swallow", types, (mine,), self.client.wallet, 3 * 10**18)
        self._claim("ether that a contract took back", "ETH", 3, swallowed)

    # ------------------------------------------------------------ what is honest

    def _honest(self) -> None:
        mine = self.client.custodial
        self._claim("a plain transfer", "USDT", 120, self._pay("120"), 120)
        self._claim("ether", "ETH", "1.5", self._pay("1.5", "ETH"), "1.5")
        self._claim("DAI", "DAI", 33, self._pay("33", "DAI"), 33)
        self._claim("a TXID in capitals", "USDT", 121, _upper(self._pay("121")), 121)
        self._claim("three percent short", "USDT", 100, self._pay("97"), 97)
        self._pay("122.5")
        self._claim("found by account", "USDT", "122.5", None, "122.5")
        types = ("address", "address", "address", "uint256")
        args = (self._usdt.address, self.client.wallet.address, mine, 123 * 10**6)
        relayed = self._call("pull", types, args, self.attacker)
        self._claim("the client's coins, a relayer's signature", "USDT", 123, relayed, 123)
        types = ("address", "address", "address", "uint256", "address", "uint256")
        args = (self._usdt.address, self.client.wallet.address, mine, 124 * 10**6, mine, 125 * 10**6)
        two = self._call("pull_two", types, args, self.client.wallet)
        self._claim("two transfers in one transaction", "USDT", 124, two, 124)
        self._claim("the second of the two", "USDT", 125, two, 125)
        transfer = call_data("transfer(address,uint256)", ("address", "uint256"), (mine, 126 * 10**6))
        silent = self.chain.send(self.client.wallet, self.silent, data=transfer)
        self._claim("a token that answers nothing", "OLD", 126, silent, 126)
        transfer = call_data("transfer(address,uint256)", ("address", "uint256"), (mine, 100 * 10**6))
        taken = self.chain.send(self.client.wallet, self.fee, data=transfer)
        self._claim("a fee that was reckoned with", "FEE", 90, taken, 90)
        third = self._pay("127", to=self.third.custodial, by=self.third.wallet)
        self._claim("another client's own", "USDT", 127, third, 127, client=self.third)


def me_and(other: str, amount: bytes) -> bytes:
    """Addresses in the data instead of the topics."""
    return bytes.fromhex(other[2:]) * 2 + amount


def _topic(address: str) -> str:
    return "0x" + "0" * 24 + address[2:].lower()


def _upper(txid: str) -> str:
    return "0x" + txid[2:].upper()


def naive(chain: Chain, cases: Sequence[Case]) -> list[Case]:
    """The cases of which a short script with web3 would credit something else than is due.

    For a token it credits the first Transfer to the account that `process_receipt` finds; for ether the
    transaction's value, when the account is its recipient.
    """
    from eth_abi.exceptions import DecodingError
    from web3 import Web3
    from web3.exceptions import TransactionNotFound
    from web3.logs import DISCARD

    web3 = Web3(Web3.HTTPProvider(chain.rpc_url))
    inputs = [("from", "address", True), ("to", "address", True), ("value", "uint256", False)]
    abi = {
        "type": "event",
        "name": "Transfer",
        "anonymous": False,
        "inputs": [{"name": name, "type": kind, "indexed": indexed} for name, kind, indexed in inputs],
    }
    token = web3.eth.contract(abi=[abi])  # type: ignore[list-item]
    wrong = []
    for case in cases:
        if case.txid is None:
            continue
        try:
            receipt = web3.eth.get_transaction_receipt(case.txid)  # type: ignore[arg-type]
            if case.coin == "ETH":
                found = web3.eth.get_transaction(case.txid)  # type: ignore[arg-type]
                base = found["value"] if found.get("to") == case.target else 0
            else:
                events = token.events.Transfer().process_receipt(receipt, errors=DISCARD)
                base = next((e["args"]["value"] for e in events if e["args"]["to"] == case.target), 0)
        except (TransactionNotFound, DecodingError):
            continue  # some logs break it: no credit, and no answer for the client either
        credited = Decimal(base).scaleb(-DECIMALS.get(case.coin, 6))
        if credited and credited != case.expected:
            wrong.append(case)
    return wrong
