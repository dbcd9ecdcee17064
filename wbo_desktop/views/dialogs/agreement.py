"""The part of dialogs whose act may wait for an administrator of another hand: a note before, and a message
after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.base import FormDialog, R
from wbo_desktop.views.widgets.plain import card, label


def lone_desk() -> str:
    """The sentence for a desk without administrators of two hands: why no request can be approved, and what
    to do."""
    return QCoreApplication.translate(
        "agreement",
        "All administrators count as one person, so nothing that needs two can be agreed to. The database's owner adds "
        "another administrator (wbo-desktop db add-admin).",
    )


class AgreedDialog(FormDialog[R]):
    """A dialog that saves at once, or asks for agreement when a rule becomes weaker."""

    def add_agreement_note(self) -> None:
        """Where it is said what will wait; called at the end of `build`."""
        self._note_frame, layout = card("note", self, 12)
        self.agreement_note = label("", "warning", self._note_frame, f"{self.name}.agreement")
        layout.addWidget(self.agreement_note)
        self.body.addWidget(self._note_frame)
        self._note_frame.hide()

    def weakened(self, values: Mapping[str, Any]) -> list[str]:
        """The names of what would be weaker; `new` for a new way for money. Asked only when nothing is
        wrong."""
        return []

    def validate(self) -> bool:
        valid = super().validate()
        if hasattr(self, "agreement_note"):
            names = self.weakened(self.values()) if valid else []
            self.agreement_note.setText(self._said(names) if names else "")
            self._note_frame.setVisible(bool(names))
        return valid

    def _said(self, names: list[str]) -> str:
        translate = QCoreApplication.translate
        if not self.desk.session.two_hands:
            return lone_desk()
        if names == ["new"]:
            return translate(
                "agreement", "This opens a way for money, so an administrator of another hand agrees first."
            )
        return translate(
            "agreement", "Weaker than before, so an administrator of another hand agrees first: {names}"
        ).format(names=shown.joined(self.name_of(name) for name in names))

    def name_of(self, name: str) -> str:
        """A rule's name in words."""
        return labels.field(name)

    def done_with(self, result: Any) -> None:
        if result != "waiting":
            self.accept()
            return
        self.form.setEnabled(False)
        self.show_message(
            QCoreApplication.translate(
                "agreement",
                "Nothing has changed yet: it waits under Permission Requests for an administrator of another hand.",
            )
        )
        self.ok_button.hide()
        self.cancel_button.setText(QCoreApplication.translate("agreement", "Close"))
        self.cancel_button.setFocus()
