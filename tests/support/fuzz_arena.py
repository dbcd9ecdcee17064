"""Where attempts meet a database: each is tried there and in the model, and both must say and become the same.

Several at once must come out as the model says for one of their orders.
"""

from __future__ import annotations

import copy
import itertools
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.support.fuzz_acts import Act
from tests.support.fuzz_ledger import Block, Ledger
from tests.support.fuzz_model import SETTLED, Mined, Model, Record, Refund, Seen, Wallet
from wbo_demo.world import NETWORK, World
from wbo_desktop.domain import deposit, refund, wallet
from wbo_desktop.domain.refund import RefundStatus as R
from wbo_desktop.domain.wallet import WalletStatus as W
from wbo_desktop.models import migrate
from wbo_desktop.models.connection import open_connection

SECONDS = 30.0
TRY_AGAIN = frozenset({"40P01", "40001", "55P03"})
MOVES = {
    kind: {(a.value, b.value) for a, after in table.items() for b in after}
    for kind, table in (("deposit", deposit.MOVES), ("refund", refund.MOVES), ("wallet", wallet.MOVES))
}


class Drift(AssertionError):
    """Database and model say different things, or money is not what the chain holds."""


@dataclass
class Tally:
    """What a campaign did."""

    steps: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)
    races: int = 0
    try_again: int = 0


@dataclass(frozen=True)
class Answer:
    """What the database said: done with what it returned, or refused with which code."""

    done: bool
    made: Any = None
    code: str = ""
    state: str = ""


@contextmanager
def database_copy(world: World, name: str) -> Iterator[World]:
    """The broker in a database of its own, gone afterwards. No session may be connected to the original."""
    who = world.logins["superuser"]
    maintenance = replace(world.server, dbname="postgres")
    with open_connection(maintenance, who.login, who.password, "fuzz") as connection:
        original = sql.Identifier(world.server.dbname)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), original
            )
        )
        try:
            made = replace(world, server=replace(world.server, dbname=name))
            with made.connect("superuser") as inside:
                migrate.secure_database(inside)
            yield made
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class Arena:
    """One database with its sessions, the made-up chain, and the model of both."""

    def __init__(self, world: World, tally: Tally, weaken: str = "") -> None:
        self.world, self.tally = world, tally
        self.ledger = Ledger(NETWORK)
        self.sessions = {
            n: world.connect(n) for n in ("maker", "checker", "intake", "worker", "owner", "superuser")
        }
        self.sessions["owner"].execute("SET ROLE wbo_owner")
        if weaken:
            self.look.execute(weaken.encode())
        self.ledger.begin(self.sessions["worker"])
        self.sessions["worker"].execute(
            "SELECT wbo_chain.register_hot_wallet(%s, %s, %s, 0, 0)",
            (NETWORK, self.ledger.epoch, world.hot_wallet.address),
        )
        held = Jsonb(
            {code: "1000000000" for (code,) in self.look.execute("SELECT code FROM wbo_data.cryptocurrency")}
        )
        self.sessions["worker"].execute(
            "SELECT wbo_chain.report_balances(%s, %s, %s)", (NETWORK, self.ledger.epoch, held)
        )
        self.versions: dict[Any, int] = {}
        self.contents: dict[Any, list[Any]] = {}
        self.serials: dict[str, str] = {}
        self.last_entry = 0
        self.model = self._begin()
        self._read_entries(check=False)
        self._compare()

    @property
    def look(self) -> psycopg.Connection[Any]:
        """The session that sees everything and changes nothing."""
        return self.sessions["superuser"]

    def close(self) -> None:
        for one in self.sessions.values():
            one.close()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return list(self.look.execute(query.encode(), values).fetchall())

    def _begin(self) -> Model:
        coins = self.rows("SELECT code, contract, minimum_base FROM wbo_data.cryptocurrency")
        model = Model(
            minimum={code: int(least) for code, _, least in coins},
            contracts={code: contract for code, contract, _ in coins},
            custodial=[str(c.custodial) for c in self.world.clients],
            head=self.ledger.head.number,
        )
        clients = [c.client_no for c in self.world.clients]
        for number, client, address, status in self.rows(
            "SELECT id, client_no, address, status FROM wbo_data.wallet_address"
        ):
            model.wallets[number] = Wallet(clients.index(client), address, W(status))
        return model

    # trying

    def attempt(self, act: Act) -> Answer:
        """One attempt, in the database alone."""
        session = self.world.connect(act.session) if act.fresh else self.sessions[act.session]
        try:
            cursor = session.execute(act.statement.encode(), act.values)
            return Answer(True, cursor.fetchone() if cursor.description else None)
        except psycopg.Error as error:
            return Answer(False, None, error.diag.message_primary or str(error), error.sqlstate or "")
        finally:
            if act.fresh:
                session.close()

    def do(self, act: Act) -> Answer:
        """One attempt, in both; then both are compared."""
        answer = self.attempt(act)
        expected = act.outcome(self.model, answer.made)
        self._count(act, answer)
        if answer.done is not expected:
            raise Drift(f"{act.name} {act.values}: expected {expected}, got {answer}")
        self.check()
        return answer

    def race(self, acts: Sequence[Act]) -> None:
        """All at once, each on a session of its own; the outcome must be that of one of their orders."""
        answers: list[Answer | None] = [None] * len(acts)
        ready = threading.Barrier(len(acts))

        def run(place: int) -> None:
            ready.wait(SECONDS)
            answers[place] = self.attempt(acts[place])

        threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
        self.tally.races += 1
        pairs = []
        for act, answer in zip(acts, answers, strict=True):
            assert answer is not None, "it hangs"
            self._count(act, answer)
            if answer.state in TRY_AGAIN:
                self.tally.try_again += 1
            else:
                pairs.append((act, answer))
        self._explain(pairs)
        self._read_entries()

    def _explain(self, pairs: list[tuple[Act, Answer]]) -> None:
        """Find the order that explains the answers and what the tables hold now."""
        why = []
        for order in itertools.permutations(pairs):
            model = copy.deepcopy(self.model)
            if all(act.outcome(model, answer.made) is answer.done for act, answer in order):
                before, self.model = self.model, model
                try:
                    self._compare()
                except Drift as drift:
                    why.append(str(drift))
                    self.model = before
                else:
                    return
        raise Drift(f"no order explains {[(a.name, a.values, answer) for a, answer in pairs]}: {why}")

    def _count(self, act: Act, answer: Answer) -> None:
        self.tally.steps += 1
        self.tally.acts[act.name] += 1
        if not answer.done:
            self.tally.refused[answer.code] += 1

    # the chain

    def mine(self, block: Block) -> None:
        """A block in the chain, the database and the model."""
        self.ledger.store(self.sessions["worker"], block)
        found = {
            (t, i): n
            for n, t, i in self.rows(
                "SELECT id, txid, log_index FROM wbo_data.chain_transfer WHERE block_hash = %s", block.hash
            )
        }
        seen = {
            found[p.txid, p.log_index]: Seen(p, block.number)
            for p in block.payments
            if p.recipient in self.model.custodial
        }
        paying = {p.txid for p in block.payments}
        mined = [Mined(s.txid, s.nonce, block.number, s.succeeded, s.txid in paying) for s in block.sent]
        self.model.mine(block.number, seen, mined)
        self.tally.steps += 1
        self.check()

    def rewind(self, depth: int) -> list[Block]:
        """Blocks taken back; they are returned."""
        gone = self.ledger.rewind(self.sessions["worker"], depth)
        self.model.rewind(self.ledger.head.number)
        self.tally.steps += 1
        self.check()
        return gone

    # comparing

    def check(self) -> None:
        """Moves, statuses, versions, money."""
        self._read_entries()
        self._compare()

    def _read_entries(self, check: bool = True) -> None:
        """Every move since the last look, as the log tells it, is in domain's tables."""
        for seq, kind, name, before, after in self.rows(
            "SELECT seq, object_type, object_id, before ->> 'status', after ->> 'status' FROM wbo_data.audit_entry"
            " WHERE seq > %s AND object_type IN ('deposit', 'refund', 'wallet') ORDER BY seq",
            self.last_entry,
        ):
            self.last_entry = seq
            if not check or before is None or before == after:
                continue
            if (before, after) not in MOVES[kind]:
                raise Drift(f"illegal move of {kind} {name}: {before} → {after}")
            self.tally.moves[f"{kind} {before} → {after}"] += 1

    def _compare(self) -> None:
        versions = self._compare_records() | self._compare_refunds() | self._compare_wallets()
        for key, version in self.versions.items():
            if versions.get(key, -1) < version:
                raise Drift(f"the version of {key} went from {version} to {versions.get(key)}")
        self._compare_money()
        self.versions = versions
        self.model.settle()

    def _must_count(self, key: Any, version: int, is_now: list[Any]) -> None:
        """A row that changed has another version."""
        if self.versions.get(key) == version and self.contents.get(key) != is_now:
            raise Drift(
                f"{key} changed from {self.contents.get(key)} to {is_now} and is still version {version}"
            )
        self.contents[key] = is_now

    def _compare_records(self) -> dict[Any, int]:
        versions = {}
        rows = self.rows(
            "SELECT record_no, external_serial, version, status, transfer_id, alarm, credited_base, accepted, reason"
            " FROM wbo_data.deposit"
        )
        for name, serial, version, *is_now in rows:
            versions[name], self.serials[name] = version, serial
            self._must_count(name, version, is_now)
            one = self.model.records.get(name) or Record(-1, "", 0, None)
            told = [one.status.value, one.transfer, one.alarm, one.credited, one.accepted, one.reason]
            if is_now != told:
                raise Drift(f"{name} is {is_now}, the model says {told}")
        _same(versions, self.model.records)
        return versions

    def _compare_refunds(self) -> dict[Any, int]:
        versions = {}
        rows = self.rows(
            "SELECT refund_no, version, status, record_no, amount_base, nonce FROM wbo_data.refund"
        )
        for name, version, *is_now in rows:
            versions[name] = version
            self._must_count(name, version, is_now)
            one = self.model.refunds.get(name) or Refund("", 0, 0)
            told = [one.status.value, one.record, one.amount, one.nonce]
            if is_now != told:
                raise Drift(f"{name} is {is_now}, the model says {told}")
        _same(versions, self.model.refunds)
        return versions

    def _compare_wallets(self) -> dict[Any, int]:
        versions = {}
        clients = [c.client_no for c in self.world.clients]
        for number, client, address, version, status in self.rows(
            "SELECT id, client_no, address, version, status FROM wbo_data.wallet_address"
        ):
            versions[number] = version
            if number not in self.model.wallets:  # known to the model without its number yet
                for placeholder in [n for n in self.model.wallets if n < 0]:
                    one = self.model.wallets[placeholder]
                    if (clients[one.client], one.address) == (client, address):
                        self.model.wallets[number] = self.model.wallets.pop(placeholder)
                        break
            one = self.model.wallets.get(number) or Wallet(-1, "", W.DELETED)
            if status != one.status.value or one.client < 0:
                raise Drift(f"wallet {number} is {status}, the model says {one}")
        _same(versions, self.model.wallets)
        return versions

    def _compare_money(self) -> None:
        """Credits stand on canonical transfers, one each; refunds are within them, one at a time, a nonce each."""
        chain = {(p.txid, p.log_index): p for block in self.ledger.blocks for p in block.payments}
        standing = self.rows(
            "SELECT d.record_no, d.status, d.credited_base, t.txid, t.log_index, t.recipient FROM wbo_data.deposit d"
            " LEFT JOIN wbo_data.chain_transfer t ON t.id = d.transfer_id WHERE d.status = ANY (%s) AND NOT d.alarm",
            [s.value for s in SETTLED],
        )
        used: set[tuple[str, int]] = set()
        credited = 0
        for name, status, amount, txid, index, recipient in standing:
            paid = chain.get((txid, index))
            if paid is None or paid.recipient != recipient or (txid, index) in used:
                raise Drift(f"{name} is {status} without money of its own")
            used.add((txid, index))
            credited += int(amount)
        if credited != sum(chain[key].amount for key in used):
            raise Drift(f"credited {credited}, the chain holds {sum(chain[key].amount for key in used)}")
        self._compare_payouts()

    def _compare_payouts(self) -> None:
        live: Counter[str] = Counter()
        paid: Counter[str] = Counter()
        nonces: Counter[int] = Counter()
        for record, status, nonce, amount, limit in self.rows(
            "SELECT r.record_no, r.status, r.nonce, r.amount_base, d.credited_base FROM wbo_data.refund r"
            " JOIN wbo_data.deposit d USING (record_no)"
        ):
            live[record] += R(status) in refund.LIVE
            paid[record] += status == R.CONFIRMED
            if nonce is not None:
                nonces[nonce] += 1
            if R(status) in refund.LIVE and amount > (limit or 0):
                raise Drift(f"{record}: {amount} is refunded of {limit}")
        if max([*live.values(), *paid.values(), *nonces.values()], default=0) > 1:
            raise Drift(f"more than one: live {live}, paid {paid}, nonces {nonces}")
        if sorted(nonces) != list(range(self.model.next_nonce)):
            raise Drift(f"nonces {sorted(nonces)}, the next one is {self.model.next_nonce}")


def _same(is_there: dict[Any, int], told: dict[Any, Any]) -> None:
    if is_there.keys() != told.keys():
        raise Drift(f"only one of both knows {is_there.keys() ^ told.keys()}")
