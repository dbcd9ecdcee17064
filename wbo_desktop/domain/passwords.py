"""The rules for a new password: NIST SP 800-63B-4, section 3.1.1.2 (long, not common, no rules of
composition)."""

from __future__ import annotations

import unicodedata

from wbo_desktop.domain.errors import RuleViolation

MINIMUM_LENGTH = 15

_COMMON_ROOTS = (
    "password",
    "qwerty",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "123456789",
    "abcdefghij",
)


def check_new_password(login: str, password: str) -> None:
    """Refuses a password that is shorter than `MINIMUM_LENGTH` characters, common, or contains the login.

    Raises:
        RuleViolation: `password_too_short`, `password_common` or `password_contains_login`.
    """
    normal = unicodedata.normalize("NFKC", password)
    if len(normal) < MINIMUM_LENGTH:
        raise RuleViolation("password_too_short", minimum=MINIMUM_LENGTH)
    folded = normal.casefold()
    if login and login.casefold() in folded:
        raise RuleViolation("password_contains_login")
    remainder = folded
    for root in _COMMON_ROOTS:
        remainder = remainder.replace(root, "")
    if len(set(folded)) < 5 or len(remainder) < MINIMUM_LENGTH // 3:
        raise RuleViolation("password_common")
