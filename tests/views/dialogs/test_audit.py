"""驗證日誌: what was found is said in full, whole or not, and what to do when it is not."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tests.views.dialogs.support import ToldStore, part, press
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.dialogs.audit_verify import VerifyAuditDialog

WHOLE = {"entries": 1200, "sealed": 1180, "head": "ab" * 32, "bad_seq": None, "fault": None}


@pytest.mark.parametrize(
    ("found", "name", "role", "words"),
    [
        (WHOLE, "result", "good", ("未被修改",)),
        ({**WHOLE, "bad_seq": 57, "fault": "entry_altered"}, "fault", "error", ("第 57 條", "立即通知")),
    ],
)
async def test_what_was_found_is_said_with_what_to_do(
    desk: Desk, store: ToldStore, found: dict[str, Any], name: str, role: str, words: tuple[str, ...]
) -> None:
    store.answers["verify_audit"] = found
    dialog = VerifyAuditDialog(desk)
    dialog.open()
    assert dialog.cancel_button.text() == "取消"
    await press(dialog)
    told = part(dialog, f"verify_audit.fact.{name}", QLabel)
    assert all(word in told.text() for word in words)
    assert told.property("role") == role
    sealed = part(dialog, "verify_audit.fact.sealed", QLabel)
    assert sealed.text() == "1,180"
    assert sealed.accessibleName().startswith("其中已封存")
    assert dialog.cancel_button.text() == "關閉"
    assert dialog.ok_button.text() == "再次驗證"
