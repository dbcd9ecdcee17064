"""政策: the rules of the desk that an administrator sets."""

from __future__ import annotations

from wbo_desktop.domain.acts import SavePolicy, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import Policy
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.policy import SavePolicyDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.spec import ActSpec, PageSpec
from wbo_desktop.views.tables.columns import Column, Computed, Kind


def _value(row: Policy) -> str:
    return labels.value("value", row.value)


def _explained(row: Policy) -> str:
    return labels.policy_explained(row.name) if row.name in labels.policy_explained else ""


PAGE = PageSpec(
    code="desk_rules",
    title=QT_TRANSLATE_NOOP("menu", "Rules of the Desk"),
    icon="records",
    permission=Permission.OPERATOR_ADMIN,
    model=Policy,
    columns=(
        Column(Policy.name, width=330, words=labels.policy, tooltip=_explained),
        Column(Policy.value, width=110, text=_value),
        Column(
            Computed("explained"),
            width=460,
            title=QT_TRANSLATE_NOOP("column", "What it does"),
            text=_explained,
        ),
        Column(Policy.updated_at, Kind.TIME, 164),
        Column(Policy.updated_by, width=120),
    ),
    topics=frozenset({Topic.POLICY}),
    empty=QT_TRANSLATE_NOOP("empty", "No rules yet."),
    acts=(ActSpec(SavePolicy, SavePolicyDialog, "edit", title=QT_TRANSLATE_NOOP("act", "Edit")),),
    opens=SavePolicyDialog,
)
