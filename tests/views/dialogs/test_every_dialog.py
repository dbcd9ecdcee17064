"""What holds for every dialog: it opens in each language, every control has a name, and the buttons are
where they are expected."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.support.memory_store import Stored
from tests.views.dialogs.support import (
    ToldStore,
    asked_to_share,
    imported,
    refund_of,
    row_of,
    to_be_deleted,
)
from wbo_desktop.domain import acts
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import i18n, menu, theme
from wbo_desktop.views.dialogs.audit_entry import AuditEntryDialog
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.dialogs.password import ChangeOwnPasswordDialog
from wbo_desktop.views.dialogs.refund_detail import RefundDetailDialog

ENTRIES = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox, QAbstractButton)

REQUEST = Stored(
    {
        "request_id": 1,
        "kind": "grant_permission",
        "object_id": "admin atm.va_refund_approval",
        "login": "admin",
        "before": {},
        "payload": {"permission": "atm.va_refund_approval"},
        "requested_hand": ["boss"],
        "permission_code": "atm.va_refund_approval",
        "requested_by": "boss",
        "requested_at": datetime(2026, 11, 22, tzinfo=UTC),
        "state": "waiting",
    }
)

ROWS: dict[str, Callable[[ToldStore], Any]] = {
    "RevokeDeposit": lambda s: row_of(s, "deposit_record", status="pending_auth"),
    "RecheckDeposit": lambda s: row_of(s, "deposit_record", status="abnormal"),
    "AcceptDeposit": lambda s: row_of(s, "deposit_record", reason="amount_differs"),
    "DeleteApplication": lambda s: row_of(s, "deposit_application", status="abnormal"),
    "ExplainDifference": lambda s: s.rows["unexplained_balance"][0],
    "RequestRefund": lambda s: row_of(s, "deposit_record", status="success"),
    "ApproveRefund": lambda s: refund_of(s, "requested"),
    "RejectRefund": lambda s: refund_of(s, "requested"),
    "ExecuteRefund": lambda s: refund_of(s, "approved"),
    "CancelRefund": lambda s: refund_of(s, "approved"),
    "RecordClientNotified": lambda s: row_of(s, "refund", status="confirmed"),
    "AddWallet": lambda s: None,
    "BeginMicroPayment": lambda s: row_of(s, "wallet_address", status="verifying"),
    "BeginMessageSignature": lambda s: row_of(s, "wallet_address", status="unverified"),
    "AllowSharedWallet": lambda s: (
        row_of(s, "wallet_address", status="unverified") | {"other_client_no": "C100871"}
    ),
    "AgreeSharedWallet": lambda s: asked_to_share(s),
    "RefuseSharedWallet": lambda s: asked_to_share(s),
    "DeleteWallet": lambda s: row_of(s, "wallet_address", status="verified"),
    "ImportCustodialAccounts": lambda s: None,
    "ConfirmCustodialImport": lambda s: imported(s),
    "RefuseCustodialImport": lambda s: imported(s),
    "DeleteCustodialAccount": lambda s: row_of(s, "custodial_account", client_no=None),
    "ConfirmCustodialDeletion": lambda s: to_be_deleted(s),
    "RefuseCustodialDeletion": lambda s: to_be_deleted(s),
    "SaveCryptocurrency": lambda s: row_of(s, "cryptocurrency", code="USDT"),
    "SaveNetwork": lambda s: s.rows["network"][0],
    "CreateOperator": lambda s: None,
    "DisableOperator": lambda s: row_of(s, "operator", login="checker"),
    "EnableOperator": lambda s: row_of(s, "operator", login="viewer"),
    "ResetPassword": lambda s: row_of(s, "operator", login="checker"),
    "GrantPermission": lambda s: row_of(s, "operator", login="checker"),
    "ConfirmPassword": lambda s: row_of(s, "operator", login="checker"),
    "ApproveRequest": lambda s: REQUEST,
    "RefuseRequest": lambda s: REQUEST,
    "WithdrawRequest": lambda s: REQUEST,
    "SavePolicy": lambda s: s.rows["policy"][0],
    "ChangeOwnPassword": lambda s: None,
    "VerifyAudit": lambda s: None,
    "audit_entry": lambda s: s.rows["audit_log"][9],
    "refund_detail": lambda s: row_of(s, "refund", status="confirmed"),
}

DIALOGS = {spec.act: spec.dialog for page in menu.pages() for spec in page.acts}
"""The dialog of each act, as the pages offer it."""

CLASSES: dict[str, type[FormDialog]] = {
    **{act.__name__: dialog for act, dialog in DIALOGS.items()},
    "ChangeOwnPassword": ChangeOwnPasswordDialog,
    "audit_entry": AuditEntryDialog,
    "refund_detail": RefundDetailDialog,
}


async def opened(desk: Desk, store: ToldStore, name: str) -> FormDialog:
    dialog = CLASSES[name](desk, ROWS[name](store))
    dialog.open()
    for _ in range(20):
        await asyncio.sleep(0.005)
    return dialog


def test_every_act_of_an_operator_has_a_dialog() -> None:
    within_another = {acts.SubmitWalletSignature, acts.RevokePermission, acts.ChangeOwnPassword}
    assert set(DIALOGS) == set(acts.ALL) - within_another
    assert set(CLASSES) == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
async def test_every_control_has_a_name_for_the_tour_and_for_screen_readers(
    desk: Desk, store: ToldStore, name: str
) -> None:
    dialog = await opened(desk, store, name)
    assert dialog.objectName() == dialog.name
    names = []
    for control in dialog.findChildren(QWidget):
        inner = control.objectName().startswith("qt_") or control.parent() is None
        if (
            not isinstance(control, ENTRIES)
            or inner
            or isinstance(control.parent(), (QAbstractSpinBox, QLineEdit))
        ):
            continue
        assert control.objectName(), f"a {type(control).__name__} has no object name"
        readable = control.accessibleName() or (
            control.text() if isinstance(control, QAbstractButton) else ""
        )
        assert readable, f"{control.objectName()} has no name to be read aloud"
        names.append(control.objectName())
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)
    assert f"{dialog.name}.ok" in names
    assert f"{dialog.name}.cancel" in names


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", ROWS)
async def test_it_opens_in_every_language_light_and_dark(
    desk: Desk, store: ToldStore, name: str, language: str
) -> None:
    i18n.install(language)
    theme.apply("dark" if language == "en" else "light", 1.5 if language == "en" else 1.0)
    dialog = await opened(desk, store, name)
    assert dialog.isVisible()
    assert not dialog.grab().isNull()
    assert dialog.heading.text()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    if language != "en" and name not in {
        "SaveNetwork",
        "refund_detail",
        "SaveCryptocurrency",
        "GrantPermission",
    }:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in dialog.heading.text())


@pytest.mark.parametrize("name", ROWS)
async def test_escape_closes_it_and_nothing_was_done(desk: Desk, store: ToldStore, name: str) -> None:
    dialog = await opened(desk, store, name)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.reject()
    assert ended == [0]
    assert store.acts == []
