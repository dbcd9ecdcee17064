"""Every code has words, in every language, and a refusal's sentence uses only what the refusal carries."""

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain import acts, deposit, refund, wallet
from wbo_desktop.domain.diagnosis import MESSAGES, NextStep
from wbo_desktop.domain.errors import CATALOGUE, RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.domain.sending import RefundFailure, WalletStop
from wbo_desktop.domain.verdicts import Check, Note
from wbo_desktop.models.tables import Refund
from wbo_desktop.views import i18n, labels

CHINESE = ("zh_HK", "zh_CN")

TABLES = {
    labels.deposit_status: deposit.DepositStatus,
    labels.deposit_meaning: deposit.DepositStatus,
    labels.deposit_next: deposit.DepositStatus,
    labels.reason: deposit.Reason,
    labels.reason_sentence: deposit.Reason,
    labels.reason_next: deposit.Reason,
    labels.on_chain: ("reason", "sentence", "next"),
    labels.check: Check,
    labels.note: Note,
    labels.refund_status: refund.RefundStatus,
    labels.refund_next: refund.RefundStatus,
    labels.wallet_status: wallet.WalletStatus,
    labels.wallet_next: wallet.WalletStatus,
    labels.method: wallet.VerificationMethod,
    labels.wallet_rule: wallet.WalletRule,
    labels.receiver_risk: wallet.ReceiverRisk,
    labels.permission: Permission,
    labels.permission_allows: Permission,
    labels.action: [act.function for act in acts.ALL],
    labels.step: NextStep,
    labels.client_message: MESSAGES,
    labels.error: CATALOGUE,
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QCoreApplication) -> str:
    i18n.install(request.param)
    return request.param


@pytest.mark.parametrize("words", TABLES, ids=lambda words: words.context)
def test_every_code_has_a_word_and_nothing_else_has(words: labels.Words) -> None:
    codes = {str(code) for code in TABLES[words]}
    if words is labels.action:  # the client side and the worker act too
        assert set(words) > codes
    else:
        assert set(words) == codes


def test_every_cause_for_which_a_refund_waits_or_fails_has_a_sentence() -> None:
    noted = {
        "wallet_cooling_off",
        "refund_address_not_verified",
        "invariant_broken",
    }  # rules that refuse a signature
    assert {cause.value for cause in RefundFailure} | noted <= set(labels.failure)
    assert {stop.value for stop in WalletStop} == set(labels.wallet_stop)


def test_a_stopped_wallet_says_why_in_words(language: str) -> None:
    for stop in WalletStop:
        shown = labels.sentence(RuleViolation("hot_wallet_stopped", network="Ethereum", reason=stop.value))
        assert labels.wallet_stop(stop.value) in shown
        assert stop.value not in shown


@pytest.mark.parametrize(
    "words", [*TABLES, labels.failure, labels.wallet_stop], ids=lambda words: words.context
)
def test_every_word_is_translated(words: labels.Words, language: str) -> None:
    for code in words:
        shown = words(code)
        assert shown.strip()
        if language in CHINESE:
            assert shown != words.table[code], f"{code} is shown in English in {language}"
            assert any("\u4e00" <= letter <= "\u9fff" for letter in shown), f"{code}: {shown}"


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_refusal_says_its_values_in_every_language(code: str, language: str) -> None:
    allowed = set(CATALOGUE[code])
    assert placeholders(labels.error.table[code]) <= allowed
    assert placeholders(labels.error(code)) <= allowed
    params = {name: f"<{name}>" for name in CATALOGUE[code]}
    shown = labels.sentence(RuleViolation(code, **params))
    for name in placeholders(labels.error.table[code]) | ({"field"} & allowed):
        assert f"<{name}>" in shown
    assert "{" not in shown


@pytest.mark.parametrize("code", MESSAGES)
def test_a_text_for_the_client_says_what_the_diagnosis_found(code: str, language: str) -> None:
    assert placeholders(labels.client_message.table[code]) == set(MESSAGES[code])
    assert placeholders(labels.client_message(code)) == set(MESSAGES[code])


def test_a_refusal_translates_codes_among_its_values(qapp: QCoreApplication) -> None:
    i18n.install("zh_HK")
    moved = RuleViolation(
        "moved_meanwhile", object="deposit", id="DP20261122-000042", expected=1, actual=2, status="cancelled"
    )
    assert "入幣記錄 DP20261122-000042" in labels.sentence(moved)
    assert "已撤銷" in labels.sentence(moved)
    denied = labels.missing_permission("atm.va_refund_approval")
    assert "退幣：批准" in denied
    blank = RuleViolation("remark_blank", field="remark")
    assert labels.sentence(blank).startswith("備註：")
    assert not labels.inline(blank).startswith("備註：")
    forbidden = RuleViolation(
        "status_forbids", object="refund", id="RF1", status="signed", wanted="cancelled"
    )
    assert "已簽署" in labels.sentence(forbidden)
    assert "已取消" in labels.sentence(forbidden)


def test_a_value_the_database_left_out_becomes_a_dash(qapp: QCoreApplication) -> None:
    i18n.install("en")
    assert "—" in labels.sentence(RuleViolation("refund_exceeds_credited", amount="5"))


def test_an_unknown_code_is_shown_as_it_is(qapp: QCoreApplication) -> None:
    assert labels.deposit_status("brand_new") == "brand_new"
    assert labels.deposit_status(None) == "—"
    assert labels.sentence(RuleViolation("brand_new", x=1)) == "brand_new"


def test_what_to_do_follows_the_reason_only_while_it_matters(qapp: QCoreApplication) -> None:
    i18n.install("en")
    assert labels.deposit_next_step("abnormal", "below_minimum") == labels.reason_next("below_minimum")
    assert labels.deposit_next_step("success", "below_minimum") == labels.deposit_next("success")
    assert labels.deposit_next_step("processing", None) == labels.deposit_next("processing")
    told = Refund(status="confirmed", notified_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert labels.refund_next_step(told) != labels.refund_next_step(Refund(status=told.status))


def test_values_of_the_audit_log_read_as_words(qapp: QCoreApplication) -> None:
    i18n.install("zh_HK")
    assert labels.value("status", "success", "deposit") == "已到賬"
    assert labels.value("status", "verified", "wallet") == "已認證"
    assert labels.value("deposit_enabled", True) == "是"
    assert labels.value("remark", None) == "—"
    assert labels.value("permission_code", "sys.audit_inquiry") == "操作日誌"
    assert labels.value("rpc_urls", ["a", "b"]) == "a、b"
    assert labels.value("created_at", "2026-11-22T03:04:05+00:00").startswith("2026-11-")
    assert "T" not in labels.value("locked_until", "2026-11-22T03:04:05+00:00").split()[0]
    assert labels.value("receiver_acknowledged", "contract") == "合約地址"


def test_values_of_checks_are_words(language: str) -> None:
    shown = [labels.verdict_value("status", code) for code in ("0", "1")]
    assert not {"0", "1"} & set(shown)
    assert len(set(shown)) == 2
    assert labels.verdict_value("wallet", "verified") == labels.wallet_status("verified")
    assert labels.verdict_value("token", "native") != "native"
    assert "T" not in labels.verdict_value("timeliness", "2026-11-22T03:04:05+00:00").split()[0]
    assert labels.verdict_value("amount", "12.50") == "12.50"


def test_clients_are_called_what_the_operator_calls_them(language: str) -> None:
    names = {"client_name": "WONG Hiu Tung", "client_name_zh_hk": "王曉彤", "client_name_zh_cn": "王晓彤"}
    row = Refund(**names)
    expected = {"zh_HK": "王曉彤", "zh_CN": "王晓彤", "en": "WONG Hiu Tung"}
    assert labels.client_name(row) == expected[language]
    assert labels.client_name(Refund(client_name="WONG Hiu Tung", client_name_zh_hk=None)) == "WONG Hiu Tung"
    assert labels.client_name(Refund(client_name=None)) == "—"
