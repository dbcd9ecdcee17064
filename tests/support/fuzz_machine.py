"""The state machine: operators, intake and worker try everything in any order; hands write past the functions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.support import fuzz_acts as acts
from tests.support.fuzz_arena import MOVES, Arena
from tests.support.fuzz_ledger import Payment, Sent, new_hash
from wbo_desktop.domain.deposit import DepositStatus as D
from wbo_desktop.domain.deposit import Reason
from wbo_desktop.domain.refund import RefundStatus as R
from wbo_desktop.domain.wallet import WalletStatus as W

COINS = {"ETH": 18, "USDT": 6}
PICK = st.integers(0, 1 << 20)
CLIENT = st.integers(0, 3)
COIN = st.sampled_from(sorted(COINS))
# In hundredths of a coin, of which one is the smallest deposit.
CLAIMS = st.sampled_from([100, 100, 100, 200, 1])
PAID = st.sampled_from([100, 100, 100, 200, 97, 90, 101, 1])
STATUSES = {"deposit": D, "refund": R, "wallet": W}
TABLES = {
    "deposit": ("deposit", "record_no"),
    "refund": ("refund", "refund_no"),
    "wallet": ("wallet_address", "id"),
}

OPERATOR_HANDS = (
    "UPDATE wbo_data.deposit SET status = 'success'",
    "UPDATE wbo_data.refund SET status = 'executing'",
    "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash) VALUES ('x', 'y', 'z')",
    "DELETE FROM wbo_data.audit_entry",
    "UPDATE wbo.deposit_record SET status = 'success'",
    "SET ROLE wbo_owner",
    "SET session_replication_role = replica",
    "SELECT wbo_rule.begin_act('x')",
    "INSERT INTO wbo_data.status_move VALUES ('deposit', 'cancelled', 'success')",
    "SELECT nextval('wbo_data.refund_no')",
)
OWNER_HANDS = {
    "deposit": (
        "UPDATE wbo_data.deposit SET claimed_base = claimed_base + 1 WHERE record_no = %s",
        "UPDATE wbo_data.deposit SET client_no = client_no || 'x' WHERE record_no = %s",
        "DELETE FROM wbo_data.deposit WHERE record_no = %s",
        "UPDATE wbo_data.deposit_application SET amount_base = amount_base + 1 WHERE external_serial ="
        " (SELECT external_serial FROM wbo_data.deposit WHERE record_no = %s)",
    ),
    "credited": (
        "UPDATE wbo_data.deposit SET credited_base = credited_base + 1 WHERE record_no = %s",
        "UPDATE wbo_data.deposit SET transfer_id = NULL WHERE record_no = %s",
    ),
    "refund": (
        "UPDATE wbo_data.refund SET amount_base = amount_base + 1 WHERE refund_no = %s",
        "UPDATE wbo_data.refund SET requested_by = 'checker' WHERE refund_no = %s",
        "UPDATE wbo_data.refund SET address = '0x' || repeat('00', 20) WHERE refund_no = %s",
        "DELETE FROM wbo_data.refund WHERE refund_no = %s",
        "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash)"
        " SELECT refund_no, requested_by, intent_hash FROM wbo_data.refund WHERE refund_no = %s",
    ),
    "live refund": (
        "INSERT INTO wbo_data.refund (refund_no, record_no, client_no, coin_id, network, wallet_id, address, amount_base,"
        " adjust_reason, remark, intent, intent_hash, approvals_needed, required_confirmations)"
        " SELECT refund_no || 'B', record_no, client_no, coin_id, network, wallet_id, address, amount_base, adjust_reason,"
        " remark, intent, intent_hash, approvals_needed, required_confirmations FROM wbo_data.refund WHERE refund_no = %s",
    ),
    "signed refund": (
        "UPDATE wbo_data.refund SET nonce = nonce + 1 WHERE refund_no = %s",
        "DELETE FROM wbo_data.refund_attempt WHERE refund_no = %s",
        "UPDATE wbo_data.refund_attempt SET raw = '' WHERE refund_no = %s",
    ),
    "anything": ("DELETE FROM wbo_data.audit_entry", "UPDATE wbo_data.audit_entry SET operator = 'x'"),
}


def machine(arena: Callable[[], Arena], leave: Callable[[Arena], None]) -> type[RuleBasedStateMachine]:
    """The machine's class, whose every run gets an arena of its own."""

    class Desk(_Desk):
        def __init__(self) -> None:
            super().__init__(arena())

        def teardown(self) -> None:
            leave(self.arena)

    return Desk


class _Desk(RuleBasedStateMachine):
    def __init__(self, arena: Arena) -> None:
        super().__init__()
        self.arena = arena
        self.numbers = 0
        self.attempts: dict[str, list[str]] = {}
        self.orphans: list[Payment] = []

    # picking

    def _of(self, names: dict[Any, Any], pick: int, *statuses: Any) -> Any:
        """One of these; mostly one in such a status, so that much comes off."""
        wanted = [n for n, one in names.items() if one.status in statuses]
        some = wanted if wanted and pick % 5 else list(names)
        return some[pick % len(some)]

    def _record(self, pick: int, *statuses: D) -> tuple[str, int]:
        name = self._of(self.arena.model.records, pick, *statuses)
        return name, self._version(name, pick)

    def _refund(self, pick: int, *statuses: R) -> tuple[str, int]:
        name = self._of(self.arena.model.refunds, pick, *statuses)
        return name, self._version(name, pick)

    def _wallet(self, pick: int, *statuses: W) -> tuple[int, int]:
        number = self._of(self.arena.model.wallets, pick, *statuses)
        return number, self._version(number, pick)

    def _version(self, key: Any, pick: int) -> int:
        return self.arena.versions[key]

    def _units(self, coin: str, hundredths: int) -> tuple[Decimal, int]:
        return Decimal(hundredths) / 100, hundredths * 10 ** (COINS[coin] - 2)

    # acts as data, so that several can be tried at once

    def _submit(self, client: int, coin: str, claim: int, pick: int) -> acts.Act:
        self.numbers += 1
        who = self.arena.world.clients[client]
        units, base = self._units(coin, claim)
        other = self.arena.world.clients[(client + 1) % 4]
        target = other.custodial if pick % 11 == 0 else who.custodial
        source = other.wallet.address if pick % 13 == 0 else who.wallet.address
        txid = new_hash() if pick % 3 == 0 else None
        return acts.submit(
            f"F-{self.numbers}", who.securities_account, client, coin, str(units), base, source, str(target), txid
        )  # fmt: skip

    def _operator_act(self, pick: int) -> acts.Act | None:
        """Any act of maker's."""
        model, kind = self.arena.model, pick % 10
        rest = pick // 10
        if kind == 9:
            return self._wallet_act(rest)
        if not model.records:
            return None
        if kind < 5:
            return self._record_act(kind, rest)
        if not model.refunds:
            return None
        if kind == 5:
            return acts.execute(*self._refund(rest, R.APPROVED))
        if kind == 6:
            return acts.cancel(self._refund(rest, R.REQUESTED, R.APPROVED, R.EXECUTING)[0])
        if kind == 7:
            return acts.notify(self._refund(rest, R.CONFIRMED, R.FAILED, R.REJECTED)[0])
        return acts.approve(*self._refund(rest, R.REQUESTED), session="maker")

    def _record_act(self, kind: int, pick: int) -> acts.Act:
        if kind == 0:
            return acts.revoke(*self._record(pick, D.PENDING_AUTH))
        if kind == 1:
            name, _ = self._record(pick, D.ABNORMAL)
            return acts.delete_application(name, self.arena.serials[name])
        if kind == 2:
            return acts.recheck(*self._record(pick, D.ABNORMAL))
        if kind == 3:
            return acts.accept(*self._record(pick, D.ABNORMAL))
        return self._request(pick)

    def _request(self, pick: int) -> acts.Act:
        name, _ = self._record(pick, D.SUCCESS, D.REFUND_FAILED)
        record = self.arena.model.records[name]
        own = {n: w for n, w in self.arena.model.wallets.items() if w.client == record.client}
        number = self._of(own, pick // 7, W.VERIFIED)
        credited = record.credited or 10 ** (COINS[record.coin] - 2)
        base = [credited, credited, credited - 1, credited + 1, 1][pick % 5]
        units = Decimal(base) / 10 ** COINS[record.coin]
        address = own[number].address
        one = next((n for n, w in own.items() if w.address == address and w.status is not W.DELETED), number)
        return acts.request_refund(name, one, address, f"{units:f}", base, ["a part", None][pick % 2])

    def _wallet_act(self, pick: int) -> acts.Act:
        kind, rest = pick % 4, pick // 4
        if kind == 0 and rest % 4 == 0:
            return acts.delete_wallet(*self._wallet(rest))
        if kind in (1, 2):
            return acts.sign_challenge(*self._wallet(rest, W.VERIFYING))
        return acts.verify_again(*self._wallet(rest, W.UNVERIFIED))

    def _checker_act(self, pick: int) -> acts.Act:
        if pick % 4:
            return acts.approve(*self._refund(pick // 4, R.REQUESTED))
        return acts.reject(self._refund(pick // 4, R.REQUESTED, R.APPROVED)[0])

    def _worker_act(self, pick: int) -> acts.Act:
        model, epoch, kind, rest = self.arena.model, self.arena.ledger.epoch, pick % 8, pick // 8
        if kind == 7 or not model.records:
            return acts.prove_wallet(epoch, *self._wallet(rest, W.VERIFYING))
        if kind >= 5 and model.refunds:
            return self._sender_act(rest)
        if kind >= 3:
            return acts.credit(epoch, *self._record(rest, D.PROCESSING), rest % 6 != 0)
        return self._judge(rest)

    def _sender_act(self, pick: int) -> acts.Act:
        model, epoch = self.arena.model, self.arena.ledger.epoch
        if pick % 3 == 0 and any(self.attempts.values()):
            name = self._of({n: model.refunds[n] for n in self.attempts}, pick // 3, R.SIGNED)
            return acts.broadcast(epoch, name, self.attempts[name][-1])
        name, version = self._refund(pick // 3, R.EXECUTING, R.SIGNED)
        nonce = model.refunds[name].nonce
        nonce = (model.next_nonce if nonce is None else nonce) + (pick % 7 == 0)
        return acts.sign(epoch, name, version, self.arena.world.hot_wallet.address, nonce)

    def _judge(self, pick: int) -> acts.Act:
        model = self.arena.model
        name, version = self._record(pick, D.PENDING_AUTH, D.ABNORMAL)
        record = model.records[name]
        fitting = [i for i, _ in model.seen.items() if model.backs(record, i, accepted=True)]
        transfers = fitting if fitting and pick % 4 else [None, *model.seen]
        transfer = transfers[pick // 4 % len(transfers)]
        choices = [
            D.PROCESSING,
            D.PROCESSING,
            D.PROCESSING,
            D.ABNORMAL,
            D.PENDING_AUTH,
            D.SUCCESS,
            D.REFUNDED,
        ]
        to = choices[pick // 3 % len(choices)]
        reasons = [Reason.AMOUNT_DIFFERS, Reason.LATE, Reason.NO_TRANSFER]
        reason = reasons[pick // 5 % 3].value if to is D.ABNORMAL else None
        return acts.judge(self.arena.ledger.epoch, name, version, to, reason, transfer)

    def _done(self, act: acts.Act) -> None:
        if act.name == "sign":
            number, txid = act.values[2], act.values[6]
            if self.arena.model.refunds[number].txid == txid:
                self.attempts.setdefault(number, []).append(txid)

    # rules

    @initialize(requested=st.booleans(), approved=st.booleans(), coin=COIN)
    def history(self, requested: bool, approved: bool, coin: str) -> None:
        """Two records that were credited, the refund of one asked for: random steps alone seldom get that far."""
        for client in (0, 1):
            self.arena.do(self._submit(client, coin, 100, 1))
            name = max(self.arena.model.records)
            self.mine_payment(client, coin, 100, 0)
            transfer, epoch = max(self.arena.model.seen), self.arena.ledger.epoch
            self.arena.do(acts.judge(epoch, name, self.arena.versions[name], D.PROCESSING, None, transfer))
        self.mine_more(1, 2)
        if requested:
            self.arena.do(self._request(1))
        if requested and approved:
            number = max(self.arena.model.refunds)
            self.arena.do(acts.approve(number, self.arena.versions[number]))
            self.arena.do(acts.execute(number, self.arena.versions[number]))

    @rule(client=CLIENT, coin=COIN, claim=CLAIMS, pick=PICK)
    def submit(self, client: int, coin: str, claim: int, pick: int) -> None:
        self.arena.do(self._submit(client, coin, claim, pick))

    @precondition(lambda self: self.arena.model.records)
    @rule(pick=PICK)
    def attach(self, pick: int) -> None:
        name, _ = self._record(pick, D.PENDING_AUTH, D.ABNORMAL)
        self.arena.do(acts.attach(name, self.arena.serials[name], new_hash()))

    @rule(pick=PICK)
    def operator(self, pick: int) -> None:
        if pick % 2 and self.arena.model.records:
            self.at_once(pick // 2, pick % 4)
            return
        if act := self._operator_act(pick):
            self.arena.do(act)

    @precondition(lambda self: self.arena.model.refunds)
    @rule(pick=PICK)
    def checker(self, pick: int) -> None:
        self.arena.do(self._checker_act(pick))

    @rule(pick=PICK)
    def worker(self, pick: int) -> None:
        act = self._worker_act(pick)
        self.arena.do(act)
        self._done(act)

    @precondition(
        lambda self: any(r.status in (D.PENDING_AUTH, D.ABNORMAL) for r in self.arena.model.records.values())
    )
    @rule(pick=PICK, paid=PAID)
    def pay_and_judge(self, pick: int, paid: int) -> None:
        """What mostly happens: the money comes, is judged, and the record goes on."""
        name, _ = self._record(pick, D.PENDING_AUTH)
        record = self.arena.model.records[name]
        self.mine_payment(record.client, record.coin, record.claimed * 100 // 10 ** COINS[record.coin], pick)
        transfer = max(self.arena.model.seen)
        self.arena.do(
            acts.judge(self.arena.ledger.epoch, name, self.arena.versions[name], D.PROCESSING, None, transfer)
        )

    def mine_payment(self, client: int, coin: str, hundredths: int, pick: int) -> None:
        who = self.arena.world.clients[client]
        _, base = self._units(coin, hundredths)
        contract = self.arena.model.contracts[coin]
        paid = Payment(new_hash(), pick % 3, contract, who.wallet.address, str(who.custodial), base)
        self.arena.mine(self.arena.ledger.next_block([paid]))

    @rule(client=CLIENT, coin=COIN, paid=PAID, pick=PICK)
    def mine(self, client: int, coin: str, paid: int, pick: int) -> None:
        self.mine_payment(client, coin, paid, pick)

    @rule(pick=PICK, count=st.integers(1, 3))
    def mine_more(self, pick: int, count: int) -> None:
        """Blocks with what a reorganisation took, and with the hot wallet's transactions."""
        for _ in range(count):
            again, self.orphans = (self.orphans, []) if pick % 2 else ([], self.orphans)
            payouts, sent = self._payout(pick)
            self.arena.mine(self.arena.ledger.next_block([*again, *payouts], sent))
        model = self.arena.model
        due = [n for n, r in model.records.items() if r.status is D.PROCESSING or model.rests_on_final(r)]
        for name in due if pick % 3 else []:
            self.arena.do(acts.credit(self.arena.ledger.epoch, name, self.arena.versions[name], True))

    def _payout(self, pick: int) -> tuple[list[Payment], list[Sent]]:
        model = self.arena.model
        mined = {m.nonce for m in model.mined if m.canonical}
        for name, txids in self.attempts.items():
            one = model.refunds[name]
            if one.nonce is None or one.nonce in mined or one.status in (R.CONFIRMED, R.FAILED):
                continue
            txid = txids[pick % len(txids)]
            succeeded = pick % 7 != 0
            hot = self.arena.world.hot_wallet.address
            contract = model.contracts[model.records[one.record].coin]
            paid = Payment(txid, 0, contract, hot, model.wallets[one.wallet].address, one.amount)
            return [paid] if succeeded else [], [Sent(txid, hot, one.nonce, succeeded)]
        return [], []

    @precondition(lambda self: len(self.arena.ledger.blocks) > 2)
    @rule(depth=st.integers(1, 5))
    def reorganise(self, depth: int) -> None:
        gone = self.arena.rewind(min(depth, len(self.arena.ledger.blocks) - 1))
        hot = self.arena.world.hot_wallet.address
        self.orphans += [p for block in gone for p in block.payments if p.sender != hot]

    @precondition(lambda self: self.arena.model.records)
    @rule(pick=PICK, client=CLIENT)
    def at_once(self, pick: int, client: int) -> None:
        """Several people and the worker at the same moment."""
        several = [
            self._operator_act(pick),
            self._submit(client, "ETH", 100, pick),
            self._worker_act(pick // 5),
        ]
        if self.arena.model.refunds:
            several.append(self._checker_act(pick // 3))
            del several[1]
        tried = [act for act in several if act is not None]
        self.arena.race(tried)
        for act in tried:
            self._done(act)

    @precondition(lambda self: self.arena.model.stopped)
    @rule()
    def reconcile(self) -> None:
        """The owner looked, and lets the hot wallet go on."""
        nonce = self.arena.model.next_nonce
        statement = "SELECT wbo_rule.reconcile_hot_wallet(%s, %s, %s, 'looked at')"

        def outcome(model: Any, made: Any) -> bool:
            model.stopped = False
            return True

        values = (self.arena.ledger.network, nonce, nonce)
        self.arena.do(acts.Act("reconcile", "owner", statement, values, outcome))

    @rule(
        session=st.sampled_from(["maker", "checker", "intake", "worker"]),
        hand=st.sampled_from(OPERATOR_HANDS),
    )
    def operators_hand(self, session: str, hand: str) -> None:
        self.arena.do(acts.refused("operator's hand", session, hand))

    @rule(pick=PICK, kind=st.sampled_from(sorted(TABLES)))
    def owners_move(self, pick: int, kind: str) -> None:
        """A status that no move leads to, written past the functions by their owner."""
        model = self.arena.model
        of = {"deposit": model.records, "refund": model.refunds, "wallet": model.wallets}[kind]
        if not of:
            return
        name = list(of)[pick % len(of)]
        now = of[name].status.value
        wrong = [s.value for s in STATUSES[kind] if s != now and (now, s.value) not in MOVES[kind]]
        if not wrong:
            return  # from there a move leads to every other status
        table, key = TABLES[kind]
        statement = f"UPDATE wbo_data.{table} SET status = %s WHERE {key} = %s"
        self.arena.do(acts.refused("owner's move", "owner", statement, wrong[pick // 3 % len(wrong)], name))

    @rule(pick=PICK, about=st.sampled_from(sorted(OWNER_HANDS)))
    def owners_hand(self, pick: int, about: str) -> None:
        model = self.arena.model
        among: dict[str, list[Any]] = {
            "deposit": list(model.records),
            "credited": [
                n
                for n, r in model.records.items()
                if r.status in (D.SUCCESS, D.REFUNDING, D.REFUNDED, D.REFUND_FAILED)
            ],
            "refund": list(model.refunds),
            "live refund": [n for n, r in model.refunds.items() if model.live(r.record)],
            "signed refund": [n for n, r in model.refunds.items() if r.nonce is not None],
            "anything": [None],
        }
        if among[about]:
            name = among[about][pick % len(among[about])]
            hand = OWNER_HANDS[about][pick // 3 % len(OWNER_HANDS[about])]
            self.arena.do(acts.refused("owner's hand", "owner", hand, *([] if name is None else [name])))
