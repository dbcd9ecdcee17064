"""Length, and not one of those that everybody tries; no rules of composition."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbo_desktop.domain.errors import CATALOGUE, RuleViolation
from wbo_desktop.domain.passwords import MINIMUM_LENGTH, check_new_password


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("fourteen chars", "password_too_short"),
        # an accent typed as a key of its own is no letter more
        ("fourte\u0301en chars", "password_too_short"),
        ("fifteen letters maker.chan".upper(), "password_contains_login"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_common"),
        ("abababababababababab", "password_common"),
        ("passwordpassword1234", "password_common"),
        ("Welcome Welcome 12", "password_common"),
        ("PASSWORDqwerty123456789", "password_common"),
        ("maker.chan is at the desk", "password_contains_login"),
        ("the desk of MAKER.CHAN", "password_contains_login"),
    ],
)
def test_refused(password: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_new_password("maker.chan", password)
    assert refused.value.code == code
    assert set(refused.value.params) == set(CATALOGUE[code])
    assert refused.value.params.get("minimum", 15) == 15


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "入幣申請由操作員核實後再批准退幣",
        "lower case only is fine",
        # exactly long enough; and a ligature is two letters
        "fifteen of them",
        "\ufb01fteen of them",
        # five different characters are enough, and five that are left of a common word
        "abcdeabcdeabcde",
        "passwordpassword12345",
    ],
)
def test_accepted_without_rules_of_composition(password: str) -> None:
    check_new_password("maker.chan", password)


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_refusal_never_repeats_the_password(password: str, login: str) -> None:
    params: set[str] | None = None
    try:
        check_new_password(login, password)
    except RuleViolation as refused:
        params = set(refused.params)
    if params is None:
        assert len(unicodedata.normalize("NFKC", password)) >= MINIMUM_LENGTH
    else:
        assert params <= {"minimum"}
