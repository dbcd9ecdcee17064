"""Faults that somebody could really make, by hand: where, what, and the tests that have to notice.

A list of what goes wrong with money, not of everything that could be typed: `mutmut` does the latter.
"""

# ruff: noqa: E501 - a fault reads best on one line

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`old`, which stands exactly once in `file`, becomes `new`; `tests` go red.

    Attributes:
        file: below the package.
        tests: pytest's arguments.
    """

    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """For people and for test ids."""
        return f"{self.file}: {' '.join(self.old.split())} -> {' '.join(self.new.split()) or 'nothing'}"

    @property
    def quick(self) -> bool:
        """Whether its tests start no server, no chain and no window."""
        return all(
            test.startswith(("tests/domain/", "tests/program/test_settings.py")) for test in self.tests
        )


def _in(file: str, tests: str, *changes: tuple[str, str]) -> tuple[Fault, ...]:
    return tuple(Fault(file, old, new, tuple(tests.split())) for old, new in changes)


MATCHING = "tests/domain/test_matching.py tests/domain/test_matching_verdicts.py"
RECONNECTING = "tests/services/test_reconnecting.py"

ALL: tuple[Fault, ...] = (
    *_in(
        "domain/types.py", "tests/domain/test_types.py",
        ("if value <= 0:", "if value < 0:"),
        ("if base > MAX_BASE_UNITS:", "if base >= MAX_BASE_UNITS:"),
        ("context.traps[Inexact] = True", "context.traps[Inexact] = False"),
        ("digits.upper(), address[2:])", "digits.upper(), address[2:], digits)"),
        ("int(h, 16) > 7", "int(h, 16) > 8"),
        ('(",", "") if _GROUPED.fullmatch(text) else text', '(",", "")'),
    ),
    *_in(
        "domain/matching.py", MATCHING,
        ("wallet.verified_at >= claim.created_at", "wallet.verified_at <= claim.created_at"),
        ("transfer.amount_base >= claim.minimum_base", "transfer.amount_base > claim.minimum_base"),
        ("abs(transfer.block_time - claim.created_at) <=", "transfer.block_time - claim.created_at <="),
        ("if account.client_no != evidence.claim.client_no:", "if account.client_no is None:"),
        ("if wallet is not None and wallet.status is not WalletStatus.DELETED:", "if wallet is not None:"),
    ),
    *_in(
        "domain/facts.py", MATCHING,
        ("-(-self.claimed_base * kept // 10_000)", "self.claimed_base * kept // 10_000"),
        ("self.least_base <= amount_base <= self.claimed_base", "self.least_base <= amount_base"),
    ),
    *_in(
        "domain/evidence.py", MATCHING,
        ("        and transfer.canonical\n", ""),
        ("        and transfer.status == 1\n", ""),
        ("        and evidence.free(transfer)\n", ""),
        ("w.address == address and w.client_no == self.claim.client_no]", "w.address == address]"),
    ),
    *_in(
        "domain/picking.py", MATCHING,
        ("if status != 1:", "if status == 0:"),
        ("if free and evidence.target_is_clients:", "if free:"),
        ("exact or fitting or ([] if claim.contested else pool)", "exact or fitting or pool"),
    ),
    *_in(
        "domain/verdicts.py", MATCHING,
        ("    Check.SENDER,\n    Check.WALLET,\n)", "    Check.SENDER,\n)"),
        ("is not True and not accepted", "is not True"),
        ("if verdict.passed is False:", "if verdict.passed is False and not accepted:"),
    ),
    *_in(
        "domain/finality.py", "tests/domain/test_finality.py",
        ("head - block_number + 1)", "head - block_number)"),
        ("max(1, coin_confirmations, *raised)", "max(coin_confirmations, *raised, 0)"),
        ("finalized_number is not None and block_number", "finalized_number is None or block_number"),
        ("or block_number > head:", "or block_number > head + 1:"),
        ("if amount_base >= from_amount)", "if amount_base > from_amount)"),
    ),
    *_in(
        "domain/sending.py", "tests/domain/test_sending.py",
        ("family.refused and family.age >= refused_after", "family.refused"),
        ("    if not family.known:\n        return Move.SEND\n", "    if not family.known:\n        return Move.REPLACE\n"),
        ("    if not family.offered:\n        return Move.SEND\n", ""),
    ),
    *_in(
        "domain/reorg.py", "tests/domain/test_reorg.py",
        ("D.SUCCESS: Undo(D.ABNORMAL, Reason.REORGANISED, alarm=True, stop_refund=True)", "D.SUCCESS: Undo(D.ABNORMAL, Reason.REORGANISED, alarm=True)"),
        ("block.number <= finalized_number", "block.number < finalized_number"),
        ("if reason is Reason.REORGANISED and status is D.ABNORMAL:", "if False:"),
    ),
    *_in(
        "domain/refund.py", "tests/domain/test_refund_intent.py tests/domain/test_statuses.py",
        ('                f"amount={self.amount}",\n', ""),
        ("CANCELLABLE = frozenset({R.REQUESTED, R.APPROVED, R.EXECUTING})", "CANCELLABLE = frozenset({R.REQUESTED, R.APPROVED, R.EXECUTING, R.SIGNED})"),
        ("R.EXECUTING: frozenset({R.SIGNED, R.CANCELLED})", "R.EXECUTING: frozenset({R.SIGNED, R.CANCELLED, R.APPROVED})"),
    ),
    *_in(
        "domain/deposit.py", "tests/domain/test_statuses.py",
        ("Reason.SPLIT_PAYMENT, Reason.LATE})", "Reason.SPLIT_PAYMENT, Reason.LATE, Reason.SENDER_NOT_VERIFIED})"),
        ("S.CANCELLED: frozenset()", "S.CANCELLED: frozenset({S.PENDING_AUTH})"),
    ),
    *_in(
        "domain/wallet.py", "tests/domain/test_wallet.py tests/domain/test_statuses.py",
        ("payment.token, payment.amount):", "payment.token, amount):"),
        ("    found = (sender, recipient, token, amount)", "    found = (sender, recipient, payment.token, amount)"),
        ("signed_by == payment.source else", "signed_by else"),
        ("W.DELETED: frozenset()", "W.DELETED: frozenset({W.VERIFIED})"),
    ),
    *_in(
        "domain/desk_rules.py", "tests/domain/test_desk_rules.py",
        ('_policy("idle_lock_minutes", _HIGHER, 15, "minutes")', '_policy("idle_lock_minutes", _HIGHER, 15, "hours")'),
        ('_policy("login_lock_minutes", _LOWER,', '_policy("login_lock_minutes", _HIGHER,'),
        ("_no_limit(rule, becomes) and not _no_limit(rule, was)", "False"),
    ),
    *_in(
        "domain/passwords.py", "tests/domain/test_passwords.py",
        ("len(normal) < MINIMUM_LENGTH", "len(password) < MINIMUM_LENGTH"),
        ("if login and login.casefold() in folded:", "if login and login in password:"),
        ("remainder.replace(root, \"\")", "remainder.replace(root, \"\", 1)"),
    ),
    *_in(
        "settings.py", "tests/program/test_settings.py",
        ("in (machine_file(), user_file()):", "in (user_file(), machine_file()):"),
        ("values[name] = _convert(variable, text, kind)", "values.setdefault(name, _convert(variable, text, kind))"),
    ),
    *_in(
        "views/pages/rules.py", "tests/views/pages/test_rules.py",
        ('if row["requested_by"] == login:', "if False:"),
        ("if shared := mine & set(hand):", "if shared := mine & set(hand[:0]):"),
        ('if row["status"] in refund.CANCELLABLE:', 'if row["status"] in refund.LIVE:'),
        ("if row[\"status\"] == RefundStatus.APPROVED:", "if row[\"status\"] in (RefundStatus.APPROVED, RefundStatus.FAILED):"),
    ),
    *_in(
        "chain/fees.py", "tests/chain/test_fees.py",
        ("REPLACEMENT_PERCENT = 10", "REPLACEMENT_PERCENT = 9"),
        ("return max(fee + 1, -(-fee * (100 + REPLACEMENT_PERCENT) // 100))", "return fee * (100 + REPLACEMENT_PERCENT) // 100"),
        ("min(cap, 2 * base + tip)", "2 * base + tip"),
        ("    if price > cap:\n        raise FeesAboveCap(price, cap)\n", ""),
    ),
    *_in(
        "models/connection.py", RECONNECTING,
        ('        """Reconnect with this one from now on."""\n        self._password = password\n', '        """Reconnect with this one from now on."""\n'),
        ("            if connection.closed:\n                self.close()\n", ""),
    ),
    *_in(
        "models/store.py", RECONNECTING,
        ("        self._password = password\n        self._database.use_password(password)\n", "        self._database.use_password(password)\n"),
        ("                    heard(ALL_TOPICS)\n                    self._listen", "                    self._listen"),
        ("if monotonic() - marked > MARK_SECONDS:", "if monotonic() - marked > 100 * MARK_SECONDS:"),
        (".union(*moved) - told", ".union(*(() if told else moved))"),
        ("                told.clear()\n", ""),
        ('"recorded": ALL_TOPICS - {Topic.CHAIN, Topic.TRANSFER}', '"recorded": frozenset({Topic.AUDIT})'),
        ("if monotonic() - looked > LOOK_AGAIN_SECONDS:", "if monotonic() - looked > 100 * LOOK_AGAIN_SECONDS:"),
    ),
    *_in(
        "models/schema/code/63_watching.sql", "tests/models/test_units.py",
        ("15) * interval '1 minute'", "15) * interval '1 hour'"),
    ),
    *_in(
        "models/schema/code/54_operators.sql", "tests/models/test_units.py",
        ("72) * interval '1 hour'", "72) * interval '1 day'"),
    ),
    *_in(
        "models/schema/code/11_hands.sql", "tests/models/test_units.py",
        ("24) * interval '1 hour'", "24) * interval '1 minute'"),
    ),
)  # fmt: skip
