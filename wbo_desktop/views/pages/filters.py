"""The filter bar of a page: chips, days, choices and typed values. Enter applies, Esc clears; a value that
cannot be read is explained beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import labels, theme
from wbo_desktop.views.commands import Commands
from wbo_desktop.views.commands import declared as command
from wbo_desktop.views.format import HONG_KONG
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.operation import background
from wbo_desktop.views.pages.spec import Chips, Choice, Context, Dates, FilterSpec, Text
from wbo_desktop.views.plain_text import PlainLabel, set_hint
from wbo_desktop.views.widgets.flow import FlowLayout


class FilterBar(Retranslated, QWidget):
    """The filters of one page as a bar of controls. Emits `applied`."""

    applied = Signal()

    def __init__(
        self, context: Context, specs: tuple[FilterSpec, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts: list[_ChipsPart | _DatesPart | _TextPart | _ChoicePart] = [
            _PARTS[type(spec)](context, spec, self) for spec in specs
        ]
        self._apply = QPushButton(self)
        self._apply.setObjectName("filter.apply")
        self.commands = Commands(self)
        self._apply.clicked.connect(self.commands.bind(command.APPLY_FILTERS, self.apply).press)
        self._clear = QPushButton(self)
        self._clear.setObjectName("filter.clear")
        self._clear.setProperty("kind", "quiet")
        self._clear.clicked.connect(self.commands.bind(command.CLEAR_FILTERS, self.clear).press)
        self._error = PlainLabel(self)
        self._error.setProperty("role", "error")
        self._error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        chips = [part for part in self._parts if isinstance(part, _ChipsPart)]
        for chip in chips:
            layout.addWidget(chip)
        self._flow = QWidget(self)
        flow = FlowLayout(self._flow, 8)
        for part in self._parts:
            if part not in chips:
                flow.addWidget(part)
                part.changed.connect(self.apply)
        flow.addWidget(self._apply)
        flow.addWidget(self._clear)
        layout.addWidget(self._flow)
        layout.addWidget(self._error)
        for chip in chips:
            chip.changed.connect(self.apply)
        self.retranslate()
        self.setVisible(bool(specs))

    def retranslate(self) -> None:
        for button, bound in ((self._apply, command.APPLY_FILTERS), (self._clear, command.CLEAR_FILTERS)):
            button.setText(bound.text())
            set_hint(button, bound.shown_keys())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.commands.press(event):
            super().keyPressEvent(event)

    def apply(self) -> None:
        """Emits `applied`, unless a field cannot be read."""
        faults = [part.fault() for part in self._parts]
        sentences = [sentence for sentence in faults if sentence]
        self._error.setText("  ".join(sentences))
        self._error.setVisible(bool(sentences))
        if not sentences:
            self.applied.emit()

    def clear(self) -> None:
        """Empties every filter and applies."""
        for part in self._parts:
            part.clear()
        self.apply()

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Empties every filter, fills in texts by column, and applies."""
        for part in self._parts:
            part.clear()
            if part.column in texts:
                part.set_text(texts[part.column])
        self.apply()

    def choices(self) -> str:
        """Chips, days and choices as one text, to be remembered; without typed values, which may be about a
        client."""
        parts = [part for part in self._parts if not isinstance(part, _TextPart)]
        return ";".join(f"{part.column}={part.text()}" for part in parts if part.text())

    def restore(self, choices: str) -> None:
        """Fills in what `choices` returned, without applying it."""
        wanted = dict(choice.split("=", 1) for choice in choices.split(";") if "=" in choice)
        for part in self._parts:
            if part.column in wanted and not isinstance(part, _TextPart):
                part.set_text(wanted[part.column])

    def filters(self) -> tuple[Filter, ...]:
        """The conditions of the controls as they are now."""
        return tuple(found for part in self._parts if (found := part.filter()) is not None)

    def has(self, column: str) -> bool:
        """Whether there is a filter on this column."""
        return any(part.column == column for part in self._parts)


class _ChipsPart(Retranslated, QWidget):
    changed = Signal()

    def __init__(self, context: Context, spec: Chips, parent: QWidget) -> None:
        super().__init__(parent)
        self.column, self._spec = spec.column, spec
        self._chips: dict[str, QPushButton] = {}
        flow = FlowLayout(self, 6)
        for code in spec.codes:
            chip = QPushButton(self)
            chip.setObjectName(f"filter.{spec.column}.{code}")
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.clicked.connect(lambda _: self.changed.emit())
            flow.addWidget(chip)
            self._chips[code] = chip
        self.retranslate()

    def retranslate(self) -> None:
        for code, chip in self._chips.items():
            chip.setText(self._spec.words(code))

    def fault(self) -> str:
        return ""

    def clear(self) -> None:
        for chip in self._chips.values():
            chip.setChecked(False)

    def text(self) -> str:
        return ",".join(code for code, chip in self._chips.items() if chip.isChecked())

    def set_text(self, text: str) -> None:
        wanted = set(text.split(","))
        for code, chip in self._chips.items():
            chip.setChecked(code in wanted)

    def filter(self) -> Filter | None:
        codes = tuple(code for code, chip in self._chips.items() if chip.isChecked())
        return Filter(self.column, Match.ONE_OF, codes) if codes else None


class _TextPart(Retranslated, QLineEdit):
    changed = Signal()

    def __init__(self, context: Context, spec: Text, parent: QWidget) -> None:
        super().__init__(parent)
        self.column, self._spec = spec.column, spec
        self.setObjectName(f"filter.{spec.column}")
        self.setFixedWidth(theme.scaled(spec.width))
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)
        self.textChanged.connect(self._hint)
        self.retranslate()

    def _hint(self) -> None:
        """Sets the tooltip to the name and the typed value, since a long one does not fit the field."""
        set_hint(self, "\n".join(filter(None, (self._spec.heading(), self.text()))))

    def retranslate(self) -> None:
        name = self._spec.heading()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self._hint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_spec"):
            self.setFixedWidth(theme.scaled(self._spec.width))
        super().changeEvent(event)

    def fault(self) -> str:
        try:
            self._value()
        except RuleViolation as violation:
            theme.mark(self, invalid="true")
            return f"{self._spec.heading()}: {labels.inline(violation)}"
        theme.mark(self, invalid="false")
        return ""

    def _value(self) -> Any:
        text = super().text().strip()
        return self._spec.read(text) if text else None

    def clear(self) -> None:
        super().clear()
        theme.mark(self, invalid="false")

    def text(self) -> str:
        return super().text().strip()

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)  # the tail alone of a long number would read like another number

    def filter(self) -> Filter | None:
        value = self._value()
        return None if value is None else Filter(self.column, self._spec.match, value)


class _ChoicePart(Retranslated, QComboBox):
    changed = Signal()

    def __init__(self, context: Context, spec: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.column, self._spec = spec.column, spec
        self.setObjectName(f"filter.{spec.column}")
        self._wanted = ""
        self.addItem("", None)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _: self.changed.emit())
        self.retranslate()
        background(self._load(context), self)

    async def _load(self, context: Context) -> None:
        for value, text in await self._spec.options(context.desk):
            self.addItem(text, value)
        self.set_text(self._wanted)

    def retranslate(self) -> None:
        name = labels.field(self.column)
        self.setItemText(0, self.tr("{field}: all").format(field=name))
        self.setAccessibleName(name)

    def fault(self) -> str:
        return ""

    def clear(self) -> None:
        self._wanted = ""
        self.setCurrentIndex(0)

    def text(self) -> str:
        return str(self.currentData() or self._wanted)

    def set_text(self, text: str) -> None:
        self._wanted = text
        self.setCurrentIndex(max(0, self.findData(text)))

    def filter(self) -> Filter | None:
        text = self.text()
        return Filter(self.column, Match.EQUAL, text) if text else None


_PRESETS = ("any", "today", "yesterday", "week", "month", "custom")


class _DatesPart(Retranslated, QWidget):
    changed = Signal()

    def __init__(self, context: Context, spec: Dates, parent: QWidget) -> None:
        super().__init__(parent)
        self.column, self._spec = spec.column, spec
        self._preset = QComboBox(self)
        self._preset.setObjectName(f"filter.{spec.column}")
        self._preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code in _PRESETS:
            self._preset.addItem("", code)
        self._from, self._to = QDateEdit(self), QDateEdit(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._preset)
        for edit, name in ((self._from, "from"), (self._to, "to")):
            edit.setObjectName(f"filter.{spec.column}.{name}")
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setDate(_shown(datetime.now(HONG_KONG).date()))
            edit.installEventFilter(self)
            edit.hide()
            layout.addWidget(edit)
        self._preset.activated.connect(self._chosen)
        self.retranslate()

    def retranslate(self) -> None:
        name = self._spec.heading()
        words = {
            "any": self.tr("{field}: any time").format(field=name),
            "today": self.tr("Today"),
            "yesterday": self.tr("Yesterday"),
            "week": self.tr("Last 7 days"),
            "month": self.tr("Last 30 days"),
            "custom": self.tr("From – to…"),
        }
        for at, code in enumerate(_PRESETS):
            self._preset.setItemText(at, words[code])
        self._preset.setAccessibleName(name)
        set_hint(self._preset, self.tr("Days as in Hong Kong; the last one counts in full"))
        self._from.setAccessibleName(self.tr("{field}, from").format(field=name))
        self._to.setAccessibleName(self.tr("{field}, to").format(field=name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Applies the filters when Enter is pressed in a date field, which would keep the key for itself."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and command.APPLY_FILTERS.pressed_in(event)
        ):
            self.changed.emit()
            return True
        return super().eventFilter(watched, event)

    def _chosen(self) -> None:
        self._show_dates()
        if self._preset.currentData() != "custom":
            self.changed.emit()

    def _show_dates(self) -> None:
        custom = self._preset.currentData() == "custom"
        self._from.setVisible(custom)
        self._to.setVisible(custom)
        self.updateGeometry()

    def fault(self) -> str:
        return ""

    def clear(self) -> None:
        self._preset.setCurrentIndex(0)
        self._show_dates()

    def text(self) -> str:
        code = str(self._preset.currentData())
        if code == "custom":
            return f"{self._from.date().toString('yyyy-MM-dd')}/{self._to.date().toString('yyyy-MM-dd')}"
        return "" if code == "any" else code

    def set_text(self, text: str) -> None:
        first, _, last = text.partition("/")
        if last:
            self._from.setDate(QDate.fromString(first, "yyyy-MM-dd"))
            self._to.setDate(QDate.fromString(last, "yyyy-MM-dd"))
        self._preset.setCurrentIndex(max(0, self._preset.findData("custom" if last else first)))
        self._show_dates()

    def filter(self) -> Filter | None:
        code = str(self._preset.currentData())
        if code == "any":
            return None
        if code == "custom":
            first, last = _day(self._from.date()), _day(self._to.date())
            return Filter(
                self.column, Match.BETWEEN, (_midnight(min(first, last)), _midnight(max(first, last), 1))
            )
        today = datetime.now(HONG_KONG).date()
        back = {"today": 0, "yesterday": 1, "week": 6, "month": 29}[code]
        until = _midnight(today) if code == "yesterday" else None
        return Filter(self.column, Match.BETWEEN, (_midnight(today, -back), until))


def _shown(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())


def _midnight(day: date, days: int = 0) -> datetime:
    """The start of a day in Hong Kong, whatever the workstation's zone: the desk's limits and reports count
    such days."""
    return datetime.combine(day + timedelta(days=days), time.min, HONG_KONG)


_PARTS: dict[type, Any] = {Chips: _ChipsPart, Dates: _DatesPart, Text: _TextPart, Choice: _ChoicePart}
