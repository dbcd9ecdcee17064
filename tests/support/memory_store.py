"""A desk's database in memory, with rows as an ordinary day has them: for pictures and for tests of widgets
alone.

What the database guarantees is tested on the database; nothing here checks a rule.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from copy import deepcopy as copy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from wbo_desktop.domain.acts import Act, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.types import checksum_address
from wbo_desktop.domain.verdicts import Check
from wbo_desktop.models.tables import VIEWS, View
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Asked, Session
from wbo_desktop.services.pages import Count, Filter, KeysetPage, Match, PageRequest

NOW = datetime.now(UTC).replace(microsecond=0)
PASSWORD = "memory of a horse"


def address(seed: int) -> str:
    """A made-up address that looks like one."""
    return checksum_address(
        "0x" + f"{(seed * 0x9E3779B97F4A7C15F39CC0605CEDC835 + 0x71C7656EC7AB88B0) % 2**160:040x}"
    )


def tx_hash(seed: int) -> str:
    """A made-up TXID."""
    return (
        "0x" + f"{(seed * 0x9E3779B97F4A7C15F39CC0605CEDC8341082276BF3A27251F86C6A11D0C18E95) % 2**256:064x}"
    )


def as_row(source: type[View], values: Mapping[str, Any]) -> View:
    """A row of a view with those of the values that it has columns for."""
    return source(**{name: copy(values[name]) for name in source.fields() if name in values})


COLUMNS = frozenset(name for view in VIEWS for name in view.fields())


class Stored(dict[str, Any]):
    """A row to be changed, which answers like a row of its view where a test hands it to a page or a dialog."""

    def __getattr__(self, name: str) -> Any:
        if name not in COLUMNS:
            raise AttributeError(name)
        return self.get(name)

    def as_mapping(self) -> dict[str, Any]:
        return dict(self)

    def __or__(self, more: Mapping[str, Any]) -> Stored:  # type: ignore[override]
        return Stored({**self, **more})


class MemoryStore:
    """Implements `services.desk.Store` over lists of rows: mappings by the names of their views, to be changed."""

    def __init__(
        self,
        rows: dict[str, list[dict[str, Any]]] | dict[str, list[Stored]] | None = None,
        permissions: frozenset[Permission] = frozenset(Permission),
        login: str = "maker",
        password: str = PASSWORD,
    ) -> None:
        given = example_rows() if rows is None else rows
        self.rows = {name: [Stored(row) for row in rows] for name, rows in given.items()}
        self.acts: list[Act] = []
        self.requests: list[PageRequest[Any]] = []
        self.down = False
        self.broken: RuleViolation | None = None
        """What every call is refused with."""
        self._password = password
        self._closed = threading.Event()
        self._heard: Callable[[frozenset[Topic]], None] | None = None
        self._session = Session(
            login=login,
            display_name="陳美玲",
            permissions=permissions,
            workstation="OPS-DESK-03",
            server="db.broker.example:5432",
            must_change_password=False,
            policy={
                "idle_lock_minutes": 15,
                "refund_approval_required": True,
                "session_hours": 12,
                "wallet_cooling_off_hours": 24,
            },
        )

    def _up(self) -> None:
        if self.broken is not None:
            raise self.broken
        if self.down:
            raise RuleViolation("database_unreachable")

    def session(self) -> Session:
        self._up()
        return self._session

    def call(self, act: Act) -> Any:
        self._up()
        self.acts.append(act)
        return None

    def call_fresh(self, act: Act, password: Secret) -> Any:
        self.verify_password(password)
        return self.call(act)

    def page(self, request: PageRequest[Any]) -> KeysetPage[Any]:
        self._up()
        self.requests.append(request)
        paging = request.source.paging
        columns = paging.columns(request.order or paging.order.name)
        descending = request.descending if request.order else paging.descending

        def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
            return tuple(row[column] for column in columns)

        found = self._found(request.source, request.filters)
        found.sort(key=key, reverse=descending)
        if request.after is not None:
            after = request.after
            found = [r for r in found if (key(r) < after if descending else key(r) > after)]
        rows = found[: request.limit]
        last = key(rows[-1]) if len(found) > request.limit else None
        return KeysetPage([as_row(request.source, row) for row in rows], last)

    def _found(self, source: type[Any], filters: tuple[Filter, ...]) -> list[dict[str, Any]]:
        return [r for r in self.rows.get(source.source(), []) if all(_fits(r, f) for f in filters)]

    def count(self, source: type[object], filters: tuple[Filter, ...], exact: bool) -> Count:
        self._up()
        return Count(len(self._found(source, filters)), exact)

    def waiting(self, asked: Asked, most: int) -> list[int]:
        return [min(most, self.count(source, filters, exact=True).rows) for source, filters in asked]

    def row(self, source: type[Any], key: Mapping[str, Any]) -> Any:
        self._up()
        found = self._found(source, tuple(Filter(name, Match.EQUAL, value) for name, value in key.items()))
        return as_row(source, found[0]) if found else None

    def verify_password(self, password: Secret) -> None:
        self._up()
        if password.reveal() != self._password:
            raise RuleViolation("login_failed")

    def scram_verifier(self, login: str, password: Secret) -> str:
        return "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"

    def use_password(self, password: Secret) -> None:
        self._password = password.reveal()

    def listen(self, heard: Callable[[frozenset[Topic]], None]) -> None:
        self._heard = heard
        self._closed.wait()

    def notify(self, *topics: Topic) -> None:
        """As if another desktop had changed something."""
        if self._heard is not None:
            self._heard(frozenset(topics))

    def close(self) -> None:
        self._closed.set()


def _fits(row: Mapping[str, Any], condition: Filter) -> bool:
    value = row.get(condition.column)
    if condition.match is Match.EQUAL:
        return bool(value == condition.value)
    if condition.match is Match.ONE_OF:
        return value in condition.value
    if condition.match is Match.STARTS_WITH:
        return str(value or "").startswith(condition.value)
    low, high = condition.value
    return value is not None and (low is None or value >= low) and (high is None or value < high)


# rows of an ordinary day

CLIENTS = [
    ("C100233", "800123-01", "何詠珊", "HO Wing Shan"),
    ("C100871", "800871-02", "李嘉俊", "LEE Ka Chun"),
    ("C101544", "801544-01", "Nordlicht Capital Ltd", "Nordlicht Capital Ltd"),
    ("C102090", "802090-01", "王曉彤", "WONG Hiu Tung"),
]
COINS = [("USDT", 6), ("ETH", 18), ("HKDR", 18)]
HEAD = 21_384_410


def _verdicts(reason: str | None, status: str) -> list[dict[str, Any]]:
    seen = status not in ("pending_auth",)
    faults = {
        "amount_differs": ("amount", "12500.000000", "11200.000000"),
        "wrong_contract": ("token", address(900), address(901)),
        "txid_not_found": ("existence", tx_hash(55), None),
        "sender_not_verified": ("wallet", address(33), address(34)),
    }
    checks = [check.value for check in Check]
    found = []
    for check in checks:
        passed: bool | None = True if seen else None
        claimed = got = None
        if reason in faults and faults[reason][0] == check:
            passed, claimed, got = False, faults[reason][1], faults[reason][2]
        if reason == "txid_not_found" and check != "existence":
            passed = None
        found.append({"check": check, "passed": passed, "claimed": claimed, "found": got})
    return found


def example_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows of every source."""
    deposits = [_deposit(number) for number in range(1, 58)]
    return {
        "deposit_record": deposits,
        "deposit_application": [_application(row) for row in deposits],
        "deposit_timeline": [entry for row in deposits for entry in _timeline(row)],
        "refund": _refunds(deposits),
        "refund_attempt": [],
        "wallet_address": _wallets(),
        "refund_address": [w for w in _wallets() if w["status"] == "verified"],
        "custodial_account": _accounts(),
        "custodial_request": [],
        "wallet_request": [],
        "cryptocurrency": _coins(),
        "coin": _coins(),
        "network": [
            {
                "name": "Ethereum",
                "chain_id": 1,
                "finality": "confirmations",
                "rpc_urls": ["https://rpc-a.broker.example", "https://rpc-b.broker.example"],
                "explorer_tx_url": "https://explorer.example/tx/{txid}",
                "explorer_address_url": "https://explorer.example/address/{address}",
                "txid_grace_seconds": 1800,
                "agreement": 2,
                "worker_agreement": 1,
                "head_number": HEAD,
                "head_seen_at": datetime.now(UTC) - timedelta(seconds=4),
                "checkpoint_number": HEAD,
                "worker": "worker-1",
                "worker_until": NOW + timedelta(hours=8),
                "alarm": None,
                "version": 3,
                "updated_at": NOW - timedelta(days=20),
            }
        ],
        "chain_health": [
            {
                "network": "Ethereum",
                "head_number": HEAD,
                "head_seen_at": datetime.now(UTC) - timedelta(seconds=4),
                "checkpoint_number": HEAD,
                "worker": "worker-1",
                "worker_until": NOW + timedelta(hours=8),
                "alarm": None,
            }
        ],
        "log_reading": [
            {"looked_at": datetime.now(UTC), "behind_bytes": 0, "behind_since": None, "collects": True}
        ],
        "client": [
            {
                "client_no": no,
                "securities_account": account,
                "name_en": en,
                "name_zh_hk": zh,
                "name_zh_cn": zh,
                "identity_verified": True,
                "language": "zh_HK",
            }
            for no, account, zh, en in CLIENTS
        ],
        "operator": _operators(),
        "permission_request": [],
        "audit_log": _audit(deposits),
        "unmatched_transfer": [
            {
                "transfer_id": 7,
                "network": "Ethereum",
                "coin": "USDT",
                "decimals": 6,
                "amount": Decimal("930.000000"),
                "sender": address(512),
                "recipient": address(80),
                "txid": tx_hash(512),
                "log_index": 3,
                "block_number": HEAD - 40,
                "block_hash": tx_hash(513),
                "confirmations": 41,
                "seen_at": NOW - timedelta(minutes=9),
                "likely_client_no": "C100233",
                "likely_client_name": "何詠珊",
            }
        ],
        "unexplained_balance": [
            {
                "difference_id": 3,
                "network": "Ethereum",
                "coin": "ETH",
                "decimals": 18,
                "address": address(80),
                "amount": Decimal("0.750000000000000000"),
                "from_number": HEAD - 900,
                "to_number": HEAD - 12,
                "found_at": NOW - timedelta(minutes=4),
                "likely_client_no": "C100233",
                "likely_client_name": "何詠珊",
            }
        ],
        "hot_wallet": [
            {
                "network": "Ethereum",
                "address": address(999),
                "balances": {"USDT": "182300.000000", "ETH": "4.2"},
                "alerts": [],
                "stopped_reason": None,
                "checked_at": NOW,
            }
        ],
        "policy": [
            {"name": "idle_lock_minutes", "value": 15, "updated_at": NOW, "updated_by": "admin"},
            {"name": "refund_approval_required", "value": True, "updated_at": NOW, "updated_by": "admin"},
        ],
    }


_STATES = [
    ("processing", None),
    ("pending_auth", "wallet_unverified"),
    ("success", None),
    ("abnormal", "amount_differs"),
    ("success", None),
    ("refunding", None),
    ("pending_auth", "transfer_not_seen"),
    ("abnormal", "txid_not_found"),
    ("success", None),
    ("cancelled", None),
    ("refunded", None),
    ("abnormal", "wrong_contract"),
    ("success", None),
    ("deleted", "invalid_address"),
    ("refund_failed", None),
    ("success", None),
    ("abnormal", "sender_not_verified"),
]


def _deposit(number: int) -> dict[str, Any]:
    status, reason = _STATES[(number - 1) % len(_STATES)]
    client_no, account, name, _ = CLIENTS[number % len(CLIENTS)]
    coin, decimals = COINS[number % len(COINS)] if number % 3 else ("USDT", 6)
    created = NOW - timedelta(minutes=7 * number + number * number)
    unit = Decimal(1).scaleb(-decimals)
    claimed = (Decimal(500) + Decimal(number * 7919 % 20000) / 8).quantize(unit)
    on_chain = status not in ("pending_auth", "cancelled", "deleted") and reason != "txid_not_found"
    observed = (claimed * Decimal("0.896")).quantize(unit) if reason == "amount_differs" else claimed
    confirmations = 5 if status == "processing" else 120 + number if on_chain else None
    refund = status in ("refunding", "refunded", "refund_failed")
    return {
        "record_no": f"DP{created:%Y%m%d}-{100000 - number:06d}",
        "external_serial": f"APP-{created:%Y%m%d}-{90000 - number}",
        "client_no": client_no,
        "client_name": name,
        "securities_account": account,
        "coin": coin,
        "network": "Ethereum",
        "decimals": decimals,
        "claimed_amount": claimed,
        "observed_amount": observed if on_chain else None,
        "credited_amount": observed
        if status in ("success", "refunding", "refunded", "refund_failed")
        else None,
        "source_address": address(number % 9 + 30),
        "observed_source": address(number % 9 + 31 if reason == "sender_not_verified" else number % 9 + 30)
        if on_chain
        else None,
        "target_address": address(number % 4 + 80),
        "txid": None if reason in ("wallet_unverified", "transfer_not_seen") else tx_hash(number),
        "log_index": 2 if on_chain else None,
        "block_number": HEAD - confirmations + 1 if confirmations else None,
        "block_hash": tx_hash(number + 5000) if on_chain else None,
        "confirmations": confirmations,
        "required_confirmations": 12,
        "status": status,
        "reason": reason,
        "verdicts": _verdicts(reason, status),
        "version": 4,
        "requested_at": created - timedelta(seconds=20),
        "created_at": created,
        "first_seen_at": created + timedelta(minutes=2) if on_chain else None,
        "credited_at": created + timedelta(minutes=5) if status == "success" else None,
        "updated_at": created + timedelta(minutes=5),
        "remark": None,
        "wallet_id": number % 9,
        "wallet_status": "unverified" if reason == "wallet_unverified" else "verified",
        "custodial_client_no": client_no,
        "refund_no": f"RF{created:%Y%m%d}-{number:06d}" if refund else None,
        "refund_status": {"refunding": "requested", "refunded": "confirmed", "refund_failed": "failed"}.get(
            status
        ),
        "network_head": HEAD,
        "head_seen_at": datetime.now(UTC) - timedelta(seconds=4),
        "alarm": False,
    }


def _application(row: Mapping[str, Any]) -> dict[str, Any]:
    same = {
        k: row[k]
        for k in (
            "external_serial",
            "record_no",
            "client_no",
            "client_name",
            "securities_account",
            "coin",
            "network",
            "decimals",
            "source_address",
            "target_address",
            "txid",
            "requested_at",
            "status",
            "reason",
            "verdicts",
            "version",
        )
    }
    gone = row["status"] == "deleted"
    return same | {
        "amount": row["claimed_amount"],
        "received_at": row["created_at"],
        "deleted_at": NOW if gone else None,
        "deleted_by": "maker" if gone else None,
        "delete_remark": "客戶填錯地址" if gone else None,
    }


def _timeline(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    def entry(
        seq: int, minutes: float, action: str, before: str | None, after: str | None, **more: Any
    ) -> dict[str, Any]:
        return {
            "record_no": row["record_no"],
            "seq": seq,
            "at": row["created_at"] + timedelta(minutes=minutes),
            "operator": more.get("operator", "wbo_worker"),
            "workstation": more.get("workstation", "worker-1"),
            "action": action,
            "before_status": before,
            "after_status": after,
            "reason": more.get("reason"),
            "remark": more.get("remark"),
        }

    status = row["status"]
    found = [
        entry(
            1,
            0,
            "submit_deposit_application",
            None,
            "pending_auth",
            operator="wbo_intake",
            workstation="app-gateway",
        )
    ]
    if row["observed_amount"] is not None and status != "abnormal":
        found.append(entry(2, 2, "track", "pending_auth", "processing"))
        if status != "processing":
            found.append(entry(3, 5, "track", "processing", "success"))
    if status == "abnormal":
        found.append(entry(2, 2, "track", "pending_auth", "abnormal", reason=row["reason"]))
    if status == "cancelled":
        found.append(
            entry(
                2,
                9,
                "revoke_deposit",
                "pending_auth",
                "cancelled",
                operator="maker",
                workstation="OPS-DESK-03",
                remark="用戶重複申請",
            )
        )
    return found


def _refunds(deposits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    states = ["requested", "approved", "broadcast", "confirming", "confirmed", "failed"]
    found = []
    for number, row in enumerate(r for r in deposits if r["refund_no"]):
        state = {"refunded": "confirmed", "refund_failed": "failed"}.get(row["status"], states[number % 4])
        sent = state in ("broadcast", "confirming", "confirmed")
        found.append(
            {
                "refund_no": row["refund_no"],
                "record_no": row["record_no"],
                "client_no": row["client_no"],
                "client_name": row["client_name"],
                "client_language": "zh_HK",
                "coin": row["coin"],
                "network": "Ethereum",
                "chain_id": 1,
                "token": address(900) if row["coin"] != "ETH" else None,
                "decimals": row["decimals"],
                "status": state,
                "amount": row["credited_amount"],
                "amount_base": 1,
                "credited_amount": row["credited_amount"],
                "address": row["source_address"],
                "wallet_id": row["wallet_id"],
                "wallet_method": "micro_payment",
                "wallet_added_by": "client_app",
                "wallet_added_at": NOW - timedelta(days=13),
                "wallet_added_by_desk": False,
                "wallet_verified_at": NOW - timedelta(days=12),
                "adjust_reason": None,
                "remark": "客戶申請退幣",
                "intent": "",
                "intent_hash": "5f" * 32,
                "approvals_needed": 1,
                "approvals": []
                if state == "requested"
                else [{"login": "checker", "at": (NOW - timedelta(minutes=8)).isoformat()}],
                "requested_by": "maker",
                "requested_at": row["created_at"] + timedelta(minutes=30),
                "approved_by": None if state == "requested" else "checker",
                "approved_at": None if state == "requested" else NOW - timedelta(minutes=8),
                "executed_by": "maker" if sent else None,
                "executed_at": NOW - timedelta(minutes=6) if sent else None,
                "closed_by": None,
                "closed_at": None,
                "close_remark": None,
                "hot_wallet": address(999),
                "nonce": 41 if sent else None,
                "txid": tx_hash(number + 700) if sent else None,
                "fee_coin": "ETH",
                "fee_paid": Decimal("0.00042") if state == "confirmed" else None,
                "block_number": HEAD - 4 if state in ("confirming", "confirmed") else None,
                "block_hash": None,
                "confirmations": 5 if state == "confirming" else 130 if state == "confirmed" else None,
                "required_confirmations": 12,
                "failure": "transaction_failed" if state == "failed" else None,
                "notified_at": None,
                "notified_by": None,
                "notified_channel": None,
                "notified_remark": None,
                "version": 2,
                "updated_at": NOW,
                "network_head": HEAD,
                "head_seen_at": NOW,
            }
        )
    return found


def _wallets() -> list[dict[str, Any]]:
    states = ["verifying", "verified", "unverified", "verified", "verified", "deleted"]
    found = []
    for number in range(24):
        status = states[number % len(states)]
        client_no, _, name, _ = CLIENTS[number % len(CLIENTS)]
        verified, verifying = status == "verified", status == "verifying"
        found.append(
            {
                "wallet_id": number,
                "client_no": client_no,
                "client_name": name,
                "network": "Ethereum",
                "address": address(30 + number),
                "status": status,
                "method": None
                if status == "unverified"
                else "message_signature"
                if number % 5 == 4
                else "micro_payment",
                "challenge": None,
                "micro_coin": "USDT" if verifying else None,
                "micro_amount": Decimal("1.004217") if verifying else None,
                "micro_target": address(80) if verifying else None,
                "micro_expires_at": NOW + timedelta(hours=20) if verifying else None,
                "micro_txid": None,
                "micro_confirmations": None,
                "micro_required": 12,
                "evidence": {"txid": tx_hash(number)} if verified else None,
                "failure": None,
                "remark": None,
                "created_at": NOW - timedelta(days=number, minutes=11),
                "created_by": "maker",
                "verified_at": NOW - timedelta(days=number) if verified else None,
                "verified_by": "wbo_worker" if verified else None,
                "deleted_at": NOW if status == "deleted" else None,
                "deleted_by": None,
                "delete_remark": None,
                "other_client_no": None,
                "shared_override": False,
                "shared_with": None,
                "sharing": None,
                "shared_asked_by": None,
                "shared_asked_at": None,
                "shared_asked_with": None,
                "shared_asked_remark": None,
                "shared_agreed_by": None,
                "shared_agreed_at": None,
                "asked_by_own_hand": None,
                "begun_by": None if status == "unverified" else "maker",
                "added_by_desk": False,
                "added_by": "maker",
                "cools_until": None,
                "version": 1,
                "updated_at": NOW,
            }
        )
    return found


def _accounts() -> list[dict[str, Any]]:
    found = []
    for number in range(12):
        client = CLIENTS[number] if number < len(CLIENTS) else None
        found.append(
            {
                "account_id": number,
                "channel": "HexTrust" if number % 2 else "Cobo",
                "network": "Ethereum",
                "address": address(80 + number),
                "client_no": client[0] if client else None,
                "client_name": client[2] if client else None,
                "assigned_at": NOW - timedelta(days=9) if client else None,
                "created_at": NOW - timedelta(days=30, minutes=number),
                "state": "assigned" if client else "free",
                "import_id": 1,
                "imported_by": "maker",
                "imported_at": NOW - timedelta(days=30),
                "confirmed_by": "checker",
                "confirmed_at": NOW - timedelta(days=29),
                "delete_asked_by": None,
                "delete_asked_at": None,
                "delete_asked_remark": None,
                "asked_by_own_hand": None,
                "version": 1,
            }
        )
    return found


def _coins() -> list[dict[str, Any]]:
    names = {"USDT": "泰達幣", "ETH": "以太幣", "HKDR": "港元穩定幣"}
    return [
        {
            "code": code,
            "network": "Ethereum",
            "name_en": code,
            "name_zh_hk": names[code],
            "name_zh_cn": names[code],
            "contract": None if code == "ETH" else address(900 + decimals),
            "decimals": decimals,
            "minimum_deposit": Decimal("10").quantize(Decimal(1).scaleb(-decimals)),
            "confirmations": 12,
            "wallet_rule": "once",
            "deposit_enabled": code != "HKDR",
            "credit_tolerance": Decimal("5"),
            "approvals_needed": 1,
            "two_approvals_above": None,
            "cooling_off_hours": 0,
            "daily_refund_limit": None,
            "alert_level": None,
            "stop_level": None,
            "remark": None,
            "version": 1,
            "updated_at": NOW - timedelta(days=3),
        }
        for code, decimals in COINS
    ]


def _operators() -> list[dict[str, Any]]:
    people = [
        ("admin", "系統管理員", {Permission.OPERATOR_ADMIN, Permission.AUDIT_INQUIRY}),
        ("checker", "黃志明", {Permission.REFUND_APPROVAL}),
        ("maker", "陳美玲", set(Permission) - {Permission.REFUND_APPROVAL, Permission.OPERATOR_ADMIN}),
        ("viewer", "實習生", set()),
    ]
    return [
        {
            "login": login,
            "display_name": name,
            "language": "zh_HK",
            "permissions": sorted(permissions),
            "must_change_password": False,
            "disabled_at": NOW if login == "viewer" else None,
            "disabled_by": None,
            "created_at": NOW - timedelta(days=90),
            "created_by": "admin",
            "password_issued_by": None,
            "password_issued_at": None,
            "password_foreign_at": None,
            "waiting_by": None,
            "version": 1,
        }
        for login, name, permissions in people
    ]


def _audit(deposits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "seq": 5000 - number,
            "at": row["updated_at"],
            "operator": "maker" if row["status"] == "cancelled" else "wbo_worker",
            "workstation": "OPS-DESK-03",
            "action": "revoke_deposit" if row["status"] == "cancelled" else "track",
            "object_type": "deposit",
            "object_id": row["record_no"],
            "before": {"status": "pending_auth"},
            "after": {"status": row["status"], "reason": row["reason"]},
            "remark": "用戶重複申請" if row["status"] == "cancelled" else None,
            "hash": f"{number:064x}" if number else None,
            "sealed_at": row["updated_at"] if number else None,
        }
        for number, row in enumerate(deposits)
    ]
