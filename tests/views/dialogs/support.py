"""What tests of dialogs share: a store that refuses or answers as told, rows to act on, and keys for
fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import shiboken6
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from tests.support.memory_store import MemoryStore, Stored
from tests.views.conftest import until
from wbo_desktop.domain.acts import Act
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.types import to_base_units
from wbo_desktop.secrets import Secret
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.dialogs.refund_review import recomputed

D = TypeVar("D", bound=QWidget)


class ToldStore(MemoryStore):
    """Refuses acts while `refusal` is set, answers them with `answers` by function, and notes passwords."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.refusal: RuleViolation | None = None
        self.answers: dict[str, Any] = {}
        self.verifiers: list[tuple[str, str]] = []

    def call(self, act: Act) -> Any:
        if self.refusal is not None:
            raise self.refusal
        super().call(act)
        return self.answers.get(act.function)

    def scram_verifier(self, login: str, password: Secret) -> str:
        self.verifiers.append((login, password.reveal()))
        return super().scram_verifier(login, password)


def row_of(store: MemoryStore, source: str, **wanted: Any) -> Stored:
    """The first row of a source with these values."""
    return next(r for r in store.rows[source] if all(r[name] == value for name, value in wanted.items()))


def refund_of(store: MemoryStore, status: str, by: str = "amy") -> Stored:
    """A refund in a status whose intent is right and whose wallet is verified."""
    row = store.rows["refund"][0]
    row.update(status=status, requested_by=by, approvals=[], wallet_id=1)
    row["amount_base"] = to_base_units(row["amount"], row["decimals"])
    digest = recomputed(row).digest()
    row["intent_hash"] = digest
    row_of(store, "wallet_address", wallet_id=1)["status"] = "verified"
    return row


def asked_to_share(store: MemoryStore) -> Stored:
    """A wallet that somebody asked to share with another client."""
    return row_of(store, "wallet_address", status="unverified") | {
        "other_client_no": "C100871",
        "sharing": "waiting",
        "shared_asked_by": "amy",
        "shared_asked_with": "C100871",
        "shared_asked_remark": "聯名",
        "asked_by_own_hand": False,
    }


def imported(store: MemoryStore) -> Stored:
    """An account of an import of two that somebody else has to confirm."""
    free = [row for row in store.rows["custodial_account"] if row["client_no"] is None][:2]
    for row in free:
        row.update(
            state="importing", import_id=7, imported_by="amy", confirmed_at=None, asked_by_own_hand=False
        )
    return free[0]


def to_be_deleted(store: MemoryStore) -> Stored:
    """An account whose deletion somebody asked for."""
    row = row_of(store, "custodial_account", client_no=None)
    row.update(state="deleting", delete_asked_by="amy", delete_asked_remark="已停用", asked_by_own_hand=False)
    return row


def part(dialog: QWidget, name: str, kind: type[D] = QLineEdit) -> D:  # type: ignore[assignment]
    """A control by its object name, as a tour and a screen reader find it."""
    found = dialog.findChild(kind, name)
    assert found is not None, f"{name} is not in {dialog.objectName()}"
    return found


def error_of(dialog: FormDialog, field: str) -> str:
    """What is shown below a field."""
    return part(dialog, f"{dialog.name}.{field}.error", QLabel).text()


def said(dialog: FormDialog) -> str:
    """What the dialog says above its buttons; nothing while that is hidden."""
    return dialog.message_text.text() if dialog.message.isVisible() else ""


async def press(dialog: FormDialog, which: str = "ok") -> None:
    """Press a button of the dialog and wait until what it set off has ended."""
    button = part(dialog, f"{dialog.name}.{which}", QPushButton)
    assert button.isEnabled(), f"{which} is off: {button.toolTip() or said(dialog)}"
    button.click()
    await until(lambda: not shiboken6.isValid(dialog) or not dialog._working)


def last_act(store: MemoryStore) -> Mapping[str, Any]:
    """The fields of the last act done."""
    act = store.acts[-1]
    return {name: getattr(act, name) for name in act.__slots__}
