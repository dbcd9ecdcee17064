"""操作員與權限: the operators and their permissions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import (
    ConfirmPassword,
    CreateOperator,
    DisableOperator,
    EnableOperator,
    GrantPermission,
    ResetPassword,
    Topic,
)
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import Operator
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n, labels
from wbo_desktop.views.dialogs.operators import (
    ConfirmPasswordDialog,
    CreateOperatorDialog,
    DisableOperatorDialog,
    EnableOperatorDialog,
    ResetPasswordDialog,
)
from wbo_desktop.views.dialogs.permissions import GrantPermissionDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.sections import FactList
from wbo_desktop.views.pages.spec import ActSpec, Context, PageSpec
from wbo_desktop.views.tables.columns import Column, Computed, Kind
from wbo_desktop.views.theme import Tone


def _state(row: Operator) -> str:
    if row.disabled_at:
        if row.waiting_by:
            return QCoreApplication.translate("operator", "Waits for agreement")
        return QCoreApplication.translate("operator", "Disabled")
    if row.password_foreign_at:
        return QCoreApplication.translate("operator", "Password to be confirmed")
    if row.must_change_password:
        return QCoreApplication.translate("operator", "One-time password")
    return QCoreApplication.translate("operator", "Active")


def _tone(row: Operator) -> Tone:
    if row.disabled_at:
        return Tone.WAITING if row.waiting_by else Tone.NEUTRAL
    if row.password_foreign_at:
        return Tone.BAD
    return Tone.WAITING if row.must_change_password else Tone.GOOD


def _how_many(row: Operator) -> str:
    return str(len(row.permissions or []))


def _permissions(row: Operator) -> str:
    return "\n".join(labels.permission(code) for code in row.permissions or []) or shown.NOTHING


def _language(code: object) -> str:
    return i18n.LANGUAGES.get(str(code), str(code))


COLUMNS = (
    Column(Operator.login, Kind.CODE, 140),
    Column(Operator.display_name, width=170),
    Column(Computed("state"), Kind.CHIP, 130, text=_state, tone=_tone),
    Column(Operator.permissions, width=90, text=_how_many, tooltip=_permissions),
    Column(Operator.language, width=110, words=_language),
    Column(Operator.created_at, Kind.TIME, 160),
    Column(Operator.created_by, width=120),
    Column(Operator.password_issued_by, width=130),
    Column(Operator.disabled_at, Kind.TIME, 160, visible=False),
    Column(Operator.disabled_by, width=120, visible=False),
)

FACTS = (
    Column(Operator.login, Kind.CODE),
    Column(Operator.display_name),
    Column(Computed("state"), text=_state),
    Column(Operator.permissions, text=_permissions),
    Column(Operator.created_at, Kind.TIME),
    Column(Operator.created_by),
    Column(Operator.password_issued_by, visible=False),
    Column(Operator.password_issued_at, Kind.TIME, visible=False),
    Column(Operator.password_foreign_at, Kind.TIME, visible=False),
    Column(Operator.disabled_at, Kind.TIME, visible=False),
    Column(Operator.disabled_by, visible=False),
)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="operators",
    title=QT_TRANSLATE_NOOP("menu", "Operators & Permissions"),
    icon="users",
    permission=Permission.OPERATOR_ADMIN,
    model=Operator,
    columns=COLUMNS,
    topics=frozenset({Topic.OPERATOR}),
    empty=QT_TRANSLATE_NOOP("empty", "No operators yet."),
    acts=(
        ActSpec(CreateOperator, CreateOperatorDialog, "plus", on_row=False),
        ActSpec(GrantPermission, GrantPermissionDialog, "shield"),
        ActSpec(ResetPassword, ResetPasswordDialog, "key"),
        ActSpec(ConfirmPassword, ConfirmPasswordDialog, "check"),
        ActSpec(DisableOperator, DisableOperatorDialog, "revoke"),
        ActSpec(EnableOperator, EnableOperatorDialog, "check-circle"),
    ),
    sections=(_facts,),
)
