"""What every dialog that does an act has in common: values, errors beside their field, one press,
refusals inside.

A subclass says what is shown (`describe`), asked (`build`), wrong (`problems`) and done (`submit`). It never
loses what was typed: a refusal is shown in the dialog, and when the record moved meanwhile the dialog says
so and offers to load it again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from copy import copy
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from wbo_desktop.domain.acts import Act
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import View
from wbo_desktop.services.desk import Desk
from wbo_desktop.views import labels, rules
from wbo_desktop.views.dialogs.frame import DialogFrame
from wbo_desktop.views.dialogs.typed import forget_typing
from wbo_desktop.views.operation import background, operation, sentence
from wbo_desktop.views.plain_text import set_hint
from wbo_desktop.views.widgets import Fact, FormField
from wbo_desktop.views.widgets.plain import label

Problem = RuleViolation | str

NOTHING_REFUSED = ("", "")
"""The field of the last refusal that still stands (none: it is about the whole form), and its words."""


R = TypeVar("R", bound=View)


class FormDialog(DialogFrame, Generic[R]):
    """A dialog for one act on one row of class `R`.

    Class attributes:
        act: the act's class: decides which changes concern the dialog, and which of `views.rules` is asked.
        source, key: where the row is read again, and by which of its columns.
        asks_once_more: whether a second, explicit step comes before the act.
        unseen: columns that no decision rests on. When only they change, the dialog goes on with the new row;
            any other change asks the operator to load it again.
    """

    act: ClassVar[type[Act] | None] = None
    source: ClassVar[type[Any] | None] = None
    key: ClassVar[tuple[str, ...]] = ()
    asks_once_more: ClassVar[bool] = False
    unseen: ClassVar[frozenset[str]] = frozenset(
        {"version", "updated_at", "confirmations", "network_head", "head_seen_at", "block_seconds"}
    )

    submitted = Signal(object)
    """The result of the act, after it was done."""

    def __init__(self, desk: Desk, row: R | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.row = desk, copy(row)
        self.fields: dict[str, FormField] = {}
        self.result_value: Any = None
        self._working, self._confirming, self._moved, self._over = False, False, False, False
        self._refused = NOTHING_REFUSED
        self.setObjectName(self.name)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._assemble()
        for button, press in (
            (self.cancel_button, self.give_up),
            (self.next_button, self._ask_once_more),
            (self.ok_button, self.submit_now),
            (self.reload_button, self.reload),
        ):
            button.clicked.connect(lambda _=False, press=press: press())
        self.build()
        self.refresh()
        self.fit()
        self._unsubscribe = self._watch()
        self.finished.connect(lambda _: self._end())

    def _end(self) -> None:
        """Closed: others' changes and the last twitches of controls that are taken down no longer matter."""
        self._over = True
        self._unsubscribe()

    def fetch(self, work: Awaitable[Any], on_error: Callable[[Exception], None] | None = None) -> None:
        """Read something beside the form. An error is shown as a refusal is, unless `on_error` knows
        better; after the dialog was closed nothing matters any more."""

        async def run() -> None:
            try:
                await work
            except Exception as error:
                if not self._over:
                    (on_error or self._unread)(error)

        background(run(), self)

    def _unread(self, error: Exception) -> None:
        """Say it until the form is judged again: what is read later may be there."""
        self.validate()
        self.show_message(sentence(error))

    @property
    def subject(self) -> R:
        """The row that the act is about. Raises RuntimeError in a dialog that was opened without one."""
        if self.row is None:
            raise RuntimeError(f"{self.name} was opened without a row")
        return self.row

    # what a subclass says

    def title(self) -> str:
        """The dialog's heading."""
        return labels.action(self.name)

    def explanation(self) -> str:
        """One or two sentences below the heading: what will happen."""
        return ""

    def ok_text(self) -> str:
        """The last button. A destructive act names the object there."""
        return self.title()

    def describe(self) -> Iterable[Fact]:
        """The facts of the object, shown above the fields."""
        return ()

    def build(self) -> None:
        """Add the fields."""

    def values(self) -> dict[str, Any]:
        """What the fields hold."""
        return {name: field.value() for name, field in self.fields.items()}

    def problems(self, values: Mapping[str, Any]) -> dict[str, Problem]:
        """What is wrong, by field name; the empty name is for the whole form."""
        return {}

    def forbidden(self) -> RuleViolation | None:
        """Why the act is not possible on the row as it is now, whatever is typed."""
        if self.act is None or self.row is None:
            return None
        return rules.refusal(self.act, self.desk, self.row)

    def confirmation(self, values: Mapping[str, Any]) -> str:
        """What the second step asks (only with `asks_once_more`)."""
        return ""

    async def submit(self, values: Mapping[str, Any]) -> Any:
        """Do the act."""
        raise NotImplementedError

    def done_with(self, result: Any) -> None:
        """After the act was done: close, unless a subclass goes on."""
        self.accept()

    # fields

    def add_field(
        self, name: str, text: str, control: QWidget, hint: str = "", into: Any = None
    ) -> FormField:
        """Put a field below the others, or into a layout."""
        field = FormField(self.name, name, text, control, hint)
        self.fields[name] = field
        field.edited.connect(lambda: self._edited(name))
        if into is None:
            self.body.addWidget(field)
        elif into is not False:
            into.addWidget(field)
        return field

    def expected_version(self) -> int:
        """The version of the row that the operator looks at."""
        return int(_of(self.row, "version")) if self.row is not None else 0

    def showEvent(self, event: QShowEvent) -> None:  # Qt's name
        """The first field has the focus, not a button of the facts."""
        super().showEvent(event)
        first = next((f.control for f in self.fields.values() if f.can_be_changed() and f.isVisible()), None)
        (first or self.ok_button).setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def refresh(self) -> None:
        """Set every text and fact from the row, and judge the fields."""
        self.setWindowTitle(self.title())
        self.heading.setText(self.title())
        self.about.setText(self.explanation())
        self.about.setVisible(bool(self.explanation()))
        facts = list(self.describe())
        self.facts.show_facts(facts)
        self.card.setVisible(bool(facts))
        self.validate()

    def validate(self) -> bool:
        """Judge the values: errors beside their fields, and the last button on only when there are none."""
        found = self.problems(self.values())
        at, refusal = self._refused
        for name, field in self.fields.items():
            field.set_error(refusal if at == name else said(found[name]) if name in found else "")
        forbidden = self.forbidden()
        whole = said(forbidden or found.get("") or "") or (refusal if at == "" else "")
        if whole and not self._moved:
            self.show_message(whole)
        elif not self._moved and not self._confirming:
            self.hide_message()
        valid = not found and forbidden is None
        self._set_buttons(valid and not self._moved and not self._working)
        first = next((field.error() for field in self.fields.values() if field.error()), "")
        set_hint(self.ok_button, first)
        set_hint(self.next_button, first)
        QTimer.singleShot(0, self, self._grow)
        return valid

    def _refuse(self, name: str, text: str) -> None:
        """Say it at a field, or above the buttons (no name), until the operator changes what it is about."""
        self._refused = (name, text)
        self.validate()

    def _edited(self, name: str = "") -> None:
        if self._over:
            return
        if self._refused[0] in ("", name):
            self._refused = NOTHING_REFUSED
        self.validate()

    def _set_buttons(self, possible: bool) -> None:
        asking = self.asks_once_more and not self._confirming
        self.next_button.setVisible(asking)
        self.ok_button.setVisible(not asking)
        self.ok_button.setEnabled(possible)
        self.next_button.setEnabled(possible)
        self.ok_button.setDefault(not asking)
        self.next_button.setDefault(asking)
        translate = QCoreApplication.translate
        self.next_button.setText(translate("dialog", "Continue"))
        self.ok_button.setText(self.ok_text())
        self.ok_button.setAccessibleName(self.ok_text())
        back = translate("dialog", "Back") if self._confirming else translate("dialog", "Cancel")
        self.cancel_button.setText(back)

    # doing

    def submit_now(self) -> None:
        """The last button: one press does one thing."""
        if self._working or not self.validate():
            return
        values = self.values()
        self._refused = NOTHING_REFUSED
        self._set_working(True)
        started = operation(
            self.ok_button, lambda: self.submit(values), on_done=self._succeeded, on_error=self._failed
        )
        if started is None:
            self._set_working(False)

    def _set_working(self, working: bool) -> None:
        self._working = working
        self.form.setEnabled(not working)
        self.cancel_button.setEnabled(not working)
        self.progress.setVisible(working)

    def _succeeded(self, result: Any) -> None:
        self._set_working(False)
        forget_typing(self)
        self.result_value = result
        self.submitted.emit(result)
        self.done_with(result)

    def _failed(self, error: Exception) -> None:
        """Show the refusal where it belongs; what was typed stays."""
        self._set_working(False)
        self._leave_confirmation()
        if isinstance(error, RuleViolation):
            if error.code == "moved_meanwhile" and self.row is not None and self.source is not None:
                self._moved = True
                self.validate()
                self.show_message(sentence(error), reload=True)
                return
            field = self.fields.get(self.field_of(error) or "")
            if field is not None:
                self._refuse(field.name, labels.inline(error))
                field.reveal_error()
                field.control.setFocus()
                self.bring_into_view(field)
                return
        self._refuse("", sentence(error))

    def field_of(self, error: RuleViolation) -> str | None:
        """The field that a refusal is about, if any."""
        return error.params.get("field")

    # asking once more

    def _ask_once_more(self) -> None:
        if not self.validate():
            return
        self._confirming = True
        self.form.hide()
        self._set_buttons(True)
        self.show_message(self.confirmation(self.values()))
        # the second click of a double click must not be the answer
        self.ok_button.setEnabled(False)
        self.cancel_button.setFocus()
        QTimer.singleShot(QApplication.doubleClickInterval(), self.ok_button, self._arm)

    def _arm(self) -> None:
        if self._confirming and not self._working and not self._moved:
            self.ok_button.setEnabled(True)
            self.ok_button.setFocus()

    def _leave_confirmation(self) -> None:
        if self._confirming:
            self._confirming = False
            self.form.show()
            self.hide_message()

    # closing

    def reject(self) -> None:
        """Esc: one step back; nothing closes while the act is under way."""
        if self._working:
            return
        if self._confirming:
            self._leave_confirmation()
            self.validate()
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        """Enter presses the button that has the focus, else the one that goes on; Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, (QPushButton, QToolButton)):
                focused.click()
                return
            button = self.next_button if self.next_button.isVisible() else self.ok_button
            if button.isEnabled() and button.isVisible():
                button.click()
            else:
                self._reveal_errors()
            return
        super().keyPressEvent(event)

    def _reveal_errors(self) -> None:
        """Say what is missing, and go to the first of it."""
        for field in self.fields.values():
            field.reveal_error()
        first = next((field for field in self.fields.values() if field.error() and field.isVisible()), None)
        if first is not None:
            self.bring_into_view(first)

    # others' changes

    def _watch(self) -> Any:
        if self.act is None or not self.act.changes or self.source is None or self.row is None:
            return lambda: None
        return self.desk.changes.subscribe(self.act.changes, lambda _: self._look())

    def _look(self) -> None:
        if not self._working and not self._over and self.result_value is None:
            self.fetch(self._compare(), ignore)

    async def read_row(self) -> R | None:
        """The row as the database has it now."""
        assert self.source is not None
        found: R | None = await self.desk.row(
            self.source, **{column: getattr(self.subject, column) for column in self.key}
        )
        return found

    async def _compare(self) -> None:
        now = await self.read_row()
        if now is None or self.row is None or self._working or self.result_value is not None:
            return
        if _of(now, "version") != _of(self.row, "version") and not self._moved:
            if all(_of(now, name) == _of(self.row, name) for name in now.fields().keys() - self.unseen):
                self.row = now
                return
            self._moved = True
            self._leave_confirmation()
            self.validate()
            text = QCoreApplication.translate(
                "dialog",
                "This changed while you looked at it. Load it again before you go on; what you typed is "
                "kept.",
            )
            self.show_message(text, reload=True)

    def reload(self) -> None:
        """Read the row again and judge anew; what was typed stays."""
        operation(self.reload_button, self.read_row, on_done=self._reloaded, on_error=self._failed)

    def _reloaded(self, row: R | None) -> None:
        if row is None:
            return
        self.row, self._moved, self._refused = row, False, NOTHING_REFUSED
        self.hide_message()
        self.refresh()


def _of(row: View, name: str) -> Any:
    return getattr(row, name)


def ignore(error: Exception) -> None:
    """Does nothing with an error: for reading that the form works without."""


def said(problem: Problem) -> str:
    """A problem as text: a violation by its sentence, a text as it is."""
    return labels.inline(problem) if isinstance(problem, RuleViolation) else problem


def heading_label(text: str, parent: QWidget | None = None) -> QLabel:
    """A label for a heading inside a dialog."""
    return label(text, "heading", parent)
