"""授權申請: grants that wait for a second administrator."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from wbo_desktop.domain.acts import ApprovePermissionGrant, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.services.pages import Filter, Match, Row
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.permissions import ApprovePermissionGrantDialog
from wbo_desktop.views.pages import rules
from wbo_desktop.views.pages.spec import ActSpec, Chips, PageSpec, Waiting
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.theme import Tone

_TONES = {"waiting": Tone.WAITING, "granted": Tone.GOOD}


def _tone(row: Row) -> Tone:
    return _TONES.get(row["state"], Tone.NEUTRAL)


PAGE = PageSpec(
    code="permission_requests",
    title=QT_TRANSLATE_NOOP("menu", "Permission Requests"),
    icon="shield",
    permission=Permission.OPERATOR_ADMIN,
    source="permission_request",
    key=("request_id",),
    columns=(
        Column("request_id", Kind.NUMBER, 90),
        Column("state", Kind.CHIP, 190, words=labels.request_state, tone=_tone),
        Column("login", Kind.CODE, 140),
        Column("permission_code", width=240, words=labels.permission),
        Column("requested_by", width=120),
        Column("requested_at", Kind.TIME, 164),
        Column("decided_by", width=120),
        Column("decided_at", Kind.TIME, 164),
    ),
    topics=frozenset({Topic.OPERATOR}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "No requests. A permission that moves money waits here when its holder is an administrator."
    ),
    filters=(Chips("state", ("waiting", "granted", "withdrawn"), labels.request_state),),
    acts=(
        ActSpec(ApprovePermissionGrant, ApprovePermissionGrantDialog, "check-circle", rules.approve_grant),
    ),
    waiting=(
        Waiting(
            "permission_request",
            (Filter("state", Match.EQUAL, "waiting"),),
            frozenset({Topic.OPERATOR}),
            Permission.OPERATOR_ADMIN,
        ),
    ),
)
