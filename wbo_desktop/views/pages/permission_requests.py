"""授權申請: changes that wait for an administrator of another hand, and those that were decided."""

from __future__ import annotations

from wbo_desktop.domain.acts import ApproveRequest, RefuseRequest, Topic, WithdrawRequest
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import PermissionRequest
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.agreement import lone_desk
from wbo_desktop.views.dialogs.requests import (
    ApproveRequestDialog,
    RefuseRequestDialog,
    WithdrawRequestDialog,
)
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.spec import ActSpec, Chips, PageSpec, Waiting
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.theme import Tone

STATES = ("waiting", "granted", "refused", "withdrawn")
_TONES = {"waiting": Tone.WAITING, "granted": Tone.GOOD}


def _tone(row: PermissionRequest) -> Tone:
    return _TONES.get(row.state, Tone.NEUTRAL)


def _notice(desk: Desk) -> str:
    return "" if desk.session.two_hands else lone_desk()


PAGE = PageSpec(
    code="permission_requests",
    title=QT_TRANSLATE_NOOP("menu", "Permission Requests"),
    icon="shield",
    permission=Permission.OPERATOR_ADMIN,
    model=PermissionRequest,
    called=lambda row: f"{row.login} {labels.permission(row.permission_code)}",
    columns=(
        Column(PermissionRequest.request_id, Kind.NUMBER, 80, title=QT_TRANSLATE_NOOP("column", "Number")),
        Column(PermissionRequest.state, Kind.CHIP, 190, words=labels.request_state, tone=_tone),
        Column(
            PermissionRequest.kind,
            width=150,
            words=labels.action,
            title=QT_TRANSLATE_NOOP("column", "Action"),
        ),
        Column(PermissionRequest.object_id, width=190, text=labels.request_about),
        Column(
            PermissionRequest.payload,
            width=330,
            title=QT_TRANSLATE_NOOP("column", "Changes"),
            text=labels.request_change,
            tooltip=labels.request_change,
        ),
        Column(PermissionRequest.requested_by, width=120),
        Column(PermissionRequest.requested_at, Kind.TIME, 164),
        Column(PermissionRequest.decided_by, width=120),
        Column(PermissionRequest.decided_at, Kind.TIME, 164),
        Column(PermissionRequest.decide_remark, width=200),
    ),
    topics=frozenset({Topic.OPERATOR}),
    empty=QT_TRANSLATE_NOOP(
        "empty",
        "No requests. New logins, permissions that allow more than looking, new passwords and weaker rules wait here for "
        "an administrator of another hand.",
    ),
    filters=(Chips(PermissionRequest.state, STATES, labels.request_state),),
    acts=(
        ActSpec(ApproveRequest, ApproveRequestDialog, "check-circle"),
        ActSpec(RefuseRequest, RefuseRequestDialog, "revoke", look="danger"),
        ActSpec(WithdrawRequest, WithdrawRequestDialog, "x-circle"),
    ),
    waiting=(
        Waiting(
            PermissionRequest,
            (Filter(PermissionRequest.for_me, Match.EQUAL, True),),
            frozenset({Topic.OPERATOR}),
            Permission.OPERATOR_ADMIN,
        ),
    ),
    notice=_notice,
)
