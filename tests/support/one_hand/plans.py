"""What the person does: any act in any order, and plans that go further than chance would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.one_hand.arguments import ACTS
from tests.support.one_hand.chain import Payment
from tests.support.one_hand.stage import KNOWN, OWN_ACCOUNTS, OWN_TOKENS, STRANGERS, THIEFS, TOKENS, WALLETS
from tests.support.one_hand.walk import Walk
from tests.support.one_hand.worker import NETWORK
from wbo_desktop.domain.permissions import Permission as P

PLAIN = (
    "ALTER ROLE {me} PASSWORD '{known}'",
    "ALTER ROLE {other} PASSWORD '{known}'",
    "ALTER ROLE {me} VALID UNTIL 'infinity'",
    'GRANT "{right}" TO {me}',
    "GRANT wbo_owner TO {me}",
    "SET ROLE wbo_owner",
    "SET ROLE {other}",
    'SET ROLE "{right}"',
    "SET session_replication_role = replica",
    "SET search_path = public, wbo",
    "SELECT set_config('wbo.action', 'approve_refund', false)",
    "UPDATE wbo_data.policy SET value = '0'",
    "UPDATE wbo.policy SET value = '0'",
    "UPDATE wbo_data.refund SET status = 'approved'",
    "INSERT INTO wbo_data.refund_approval (refund_no, login, intent_hash)"
    " SELECT refund_no, '{other}', intent_hash FROM wbo_data.refund",
    "UPDATE wbo_data.operator SET password_issued_by = NULL, password_issued_at = NULL",
    "DELETE FROM wbo_data.permission_grant",
    "SELECT wbo_rule.give_permissions('{me}')",
    "SELECT wbo_chain.take_lease('Ethereum', 'me', 300)",
)
READ_ONLY = ("my_session", "audit_head", "daily_report", "verify_audit")


class Person(Walk):
    """Goes from one start, with dice."""

    def go(self, steps: int) -> None:
        """Walk so many steps, or a few more to end what was begun."""
        plans: list[tuple[int, Callable[[], None]]] = [
            (30, self.any_act), (12, self.ghost), (12, self.pay), (8, self.prove_wallet), (5, self.take_over),
            (5, self.own_account), (5, self.own_coin), (4, self.client_applies), (6, self.pass_time), (6, self.plain_sql),
            (4, self.say_yes), (12, self.weaken), (4, self.look_on),
        ]  # fmt: skip
        weights = [weight for weight, _ in plans]
        until = self.tally.steps + steps
        while self.tally.steps < until:
            ((_, plan),) = self.dice.choices(plans, weights)
            plan()

    def any_act(self) -> None:
        """Whatever one login may do; sometimes what it may not."""
        login = self._somebody()
        if not login:
            self.tally.steps += 1
            return
        held = self.facts.rights.get(login, frozenset())
        may = [f for f in self.functions if f.roles & held]
        among = may if may and self.dice.random() < 0.95 else self.functions
        weights = [1 if f.name in READ_ONLY else 20 for f in among]
        self.act(login, self.dice.choices(among, weights)[0].name)

    def ghost(self) -> None:
        """Another login, with what can be given to it."""
        if not (admin := self._somebody(P.OPERATOR_ADMIN)):
            self.any_act()
            return
        name = self.arguments.new_login()
        if not self.act(admin, "create_operator", login=name):
            return
        wanted = self.dice.choice(
            [[P.OPERATOR_ADMIN], [P.REFUND, P.RECORD_INQUIRY], [P.REFUND_APPROVAL], ACTS]
        )
        for right in wanted:
            self.act(
                self._somebody(P.OPERATOR_ADMIN) or admin,
                "grant_permission",
                login=name,
                permission=str(right),
            )
        self._log_in(name)

    def _log_in(self, name: str) -> None:
        if name in self.facts.hand:
            self.act(name, "change_own_password")

    def take_over(self) -> None:
        """Takes over another operator's login, with a password that an own administrator gave out."""
        if not (admin := self._somebody(P.OPERATOR_ADMIN)):
            self.any_act()
            return
        other = self.dice.choice([o["login"] for o in self.facts.operators])
        disabled = next(o["disabled_at"] for o in self.facts.operators if o["login"] == other) is not None
        self.act(admin, "enable_operator" if disabled else "reset_password", login=other)
        self._log_in(other)

    def say_yes(self) -> None:
        """Every login of theirs agrees to what waits for an administrator."""
        asked = [
            f.name for f in self.functions
            if "request_id" in f.names and not f.name.startswith(("withdraw", "refuse", "reject"))
        ]  # fmt: skip
        for login in self.mine(P.OPERATOR_ADMIN):
            for name in asked:
                self.act(login, name)

    def weaken(self) -> None:
        """Changes rules, by a login that has the permission."""
        if keeper := self._somebody(P.CURRENCY_OPERATION):
            self.act(keeper, self.dice.choice(["save_cryptocurrency", "save_network"]))
        for _ in range(3):
            if admin := self._somebody(P.OPERATOR_ADMIN):
                self.act(admin, "save_policy")
        self.any_act()

    def pay(self) -> None:
        """A refund, as far as it goes."""
        if asker := self._somebody(P.REFUND):
            credited = [
                r["record_no"] for r in self.facts.records if r["status"] in ("success", "refund_failed")
            ]
            if credited:
                self.act(asker, "request_refund", record_no=self.dice.choice(credited), acknowledged=None)
        for refund in self.facts.refunds:
            for agrees in self.mine(P.REFUND_APPROVAL) if refund["status"] == "requested" else ():
                self.act(agrees, "approve_refund", refund_no=refund["refund_no"])
        for refund in self.facts.refunds:
            if refund["status"] == "approved" and (asker := self._somebody(P.REFUND)):
                self.act(asker, "execute_refund", refund_no=refund["refund_no"])
        if not self.mine(P.REFUND, P.REFUND_APPROVAL):
            self.any_act()

    def prove_wallet(self) -> None:
        """A wallet for some client, proved in whatever way they can."""
        login = self._somebody(P.WALLET_OPERATION)
        if not login:
            self.any_act()
            return
        where = self.dice.choice([*THIEFS, *STRANGERS])
        self.act(
            login, "add_wallet", address=where, client_no=self.dice.choice(list(WALLETS)), network=NETWORK
        )
        wallets = [w for w in self.facts.wallets if w["address"] == where and w["status"] != "deleted"]
        if not wallets:
            return
        wallet = self.dice.choice(wallets)["id"]
        login = self._somebody(P.WALLET_OPERATION) or login
        if self.dice.random() < 0.3:
            self.act(login, "allow_shared_wallet", wallet_id=wallet)
        if self.dice.random() < 0.4:
            self.act(login, "begin_message_signature", wallet_id=wallet)
            self.act(login, "submit_wallet_signature", wallet_id=wallet)
        elif self.act(login, "begin_micro_payment", wallet_id=wallet):
            self._pay_for_proof(next(w for w in self.facts.wallets if w["id"] == wallet))
        self.pass_blocks(3)

    def _pay_for_proof(self, wallet: dict[str, Any]) -> None:
        coin = next(k for k in self.facts.coins if k["id"] == wallet["micro_coin_id"])
        own = coin["contract"] in OWN_TOKENS
        allowance = wallet["address"] == STRANGERS[0] and coin["contract"] is not None
        if own or allowance or wallet["address"] in THIEFS:
            signer = (
                wallet["address"] if wallet["address"] in THIEFS and self.dice.random() < 0.5 else THIEFS[0]
            )
            if signer != wallet["address"] and not (own or coin["contract"]):
                return
            self._pays(
                coin["contract"],
                wallet["address"],
                wallet["micro_target"],
                int(wallet["micro_amount_base"]),
                signer,
            )

    def _pays(self, contract: str | None, sender: str, to: str, amount: int, signer: str) -> None:
        self.told.append(f"on chain: {signer} has {amount} of {contract} sent from {sender} to {to}")
        self.chain.waiting.append(Payment(contract, sender, to, amount, signer))

    def own_account(self) -> None:
        """An account of ours that is theirs, and a client who asks for one."""
        if login := self._somebody(P.CUSTODIAL_OPERATION):
            for account in self.facts.accounts if self.dice.random() < 0.5 else []:
                if (
                    account["client_no"] is None
                    and account["address"] not in OWN_ACCOUNTS
                    and account["deleted_at"] is None
                ):
                    self.act(login, "delete_custodial_account", account_id=account["id"])
            self.act(login, "import_custodial_accounts")
        self.tally.steps += 1
        client = self.dice.choice(list(WALLETS))
        self._others("oh_intake", "SELECT wbo.deposit_address(%s, %s)", f"02-{client}-30", NETWORK)

    def own_coin(self) -> None:
        """A coin that is worth nothing, claimed and paid by the accomplice."""
        if login := self._somebody(P.CURRENCY_OPERATION):
            self.act(login, "save_cryptocurrency")
        self.client_applies()

    def client_applies(self) -> None:
        """The accomplice, or an honest client, asks for a deposit and pays it."""
        coin = self.dice.choice(self.facts.coins)
        client = self.dice.choice(list(WALLETS))
        account = next(
            (a for a in self.facts.accounts if a["client_no"] == client and a["network"] == NETWORK), None
        )
        self.tally.steps += 1
        if account is None or coin["network"] != NETWORK:
            return
        self.serials += 1
        source = WALLETS[client]
        self._others(
            "oh_intake", "SELECT wbo.submit_deposit_application(%s, %s, %s, %s, %s, %s, %s)",
            f"W-{self.serials}", f"02-{client}-30", coin["code"], NETWORK, "7", source, account["address"],
        )  # fmt: skip
        amount = 7 * 10 ** coin["decimals"]
        sender = self.dice.choice([source, source, source, *STRANGERS])
        if coin["contract"] in OWN_TOKENS:
            self._pays(coin["contract"], sender, account["address"], amount, THIEFS[0])
        elif sender == source:
            self._pays(coin["contract"], source, account["address"], amount, source)
        elif sender == STRANGERS[0] and coin["contract"] in TOKENS.values():
            self._pays(coin["contract"], sender, account["address"], amount, THIEFS[0])
        self.pass_blocks(4)

    def look_on(self) -> None:
        """Blocks go by; the worker keeps its watch."""
        self.desk.connection.execute("SELECT wbo_rule.notice_passwords()")
        self.tally.steps += 1
        self.pass_blocks(2)

    def plain_sql(self) -> None:
        """What psql would let them try."""
        if not (login := self._somebody()):
            return
        other = self.dice.choice([o["login"] for o in self.facts.operators])
        words = {
            "me": login,
            "other": other,
            "right": self.dice.choice(ACTS),
            "known": self.dice.choice(KNOWN),
        }
        statement = self.dice.choice(PLAIN).format(**words)
        self._try(login, statement)
        self.desk.connection.execute(
            "SET LOCAL session_replication_role = origin; SET LOCAL search_path TO DEFAULT"
        )
