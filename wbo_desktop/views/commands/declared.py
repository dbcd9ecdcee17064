"""Every command there is, except pages and their acts, which their pages declare (`menu.commands` has all of them)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from wbo_desktop.views import i18n
from wbo_desktop.views.commands import Command
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.theme import Mode

# the window

JUMP = Command(
    "jump", QT_TRANSLATE_NOOP("command", "Quick jump"), "search", keys=("Ctrl+K",), everywhere=True
)
REFRESH = Command(
    "refresh",
    QT_TRANSLATE_NOOP("command", "Load again"),
    "refresh",
    keys=("F5",),
    everywhere=True,
    offered=True,
)
CLOSE_TAB = Command(
    "close_tab", QT_TRANSLATE_NOOP("command", "Close"), "close", keys=("Ctrl+W",), everywhere=True
)
LOOK_UP_PASTED = Command(
    "look_up_pasted",
    QT_TRANSLATE_NOOP("command", "Look up what was copied"),
    keys=(QKeySequence.StandardKey.Paste,),
    everywhere=True,
)

# the operator's own

LOCK = Command(
    "lock",
    QT_TRANSLATE_NOOP("command", "Lock now"),
    "lock",
    keys=("Ctrl+L",),
    everywhere=True,
    offered=True,
)
CHANGE_PASSWORD = Command(
    "change_password", QT_TRANSLATE_NOOP("command", "Change password…"), "key", offered=True
)
LOG_OUT = Command("log_out", QT_TRANSLATE_NOOP("command", "Log out"), "log-out", offered=True)

LANGUAGES = {
    code: Command(f"language.{code}", partial(str, own_name)) for code, own_name in i18n.LANGUAGES.items()
}
"""By the language's code; each is named in itself."""

MODES = {
    Mode.SYSTEM: Command(f"mode.{Mode.SYSTEM}", QT_TRANSLATE_NOOP("command", "As the system")),
    Mode.LIGHT: Command(f"mode.{Mode.LIGHT}", QT_TRANSLATE_NOOP("command", "Light")),
    Mode.DARK: Command(f"mode.{Mode.DARK}", QT_TRANSLATE_NOOP("command", "Dark")),
}


def _text_size(percent: int) -> str:
    return QCoreApplication.translate("command", "Text {percent} %").format(percent=percent)


SCALES = {percent: Command(f"scale.{percent}", partial(_text_size, percent)) for percent in (100, 125, 150)}
"""By the text's size in per cent."""

# a page of rows

PANEL = Command("panel", QT_TRANSLATE_NOOP("command", "Show or hide the details"), "panel")
APPLY_FILTERS = Command("filter.apply", QT_TRANSLATE_NOOP("command", "Search"), keys=("Enter", "Return"))
CLEAR_FILTERS = Command("filter.clear", QT_TRANSLATE_NOOP("command", "Clear"), keys=("Esc",))
OPEN_ROW = Command("open_row", QT_TRANSLATE_NOOP("command", "Open"), keys=("Enter", "Return"))
COPY = Command("copy", QT_TRANSLATE_NOOP("command", "Copy"), "copy", keys=(QKeySequence.StandardKey.Copy,))
COPY_CELL = Command("copy_cell", QT_TRANSLATE_NOOP("command", "Copy cell"), "copy")
COPY_ROWS = Command("copy_rows", QT_TRANSLATE_NOOP("command", "Copy rows"))
COPY_CSV = Command("copy_csv", QT_TRANSLATE_NOOP("command", "Copy rows as CSV"))
CHOOSE_COLUMNS = Command("choose_columns", QT_TRANSLATE_NOOP("command", "Choose columns…"), "columns")

# an address, a hash, a password

COPY_ADDRESS = Command("address.copy", QT_TRANSLATE_NOOP("command", "Copy"), "copy")
SHOW_QR = Command("address.qr", QT_TRANSLATE_NOOP("command", "QR code"), "qr")
OPEN_EXPLORER = Command(
    "address.external", QT_TRANSLATE_NOOP("command", "Open in the block explorer"), "external"
)
COPY_LINK = Command("address.link", QT_TRANSLATE_NOOP("command", "Copy the link"))
REVEAL = Command("reveal", QT_TRANSLATE_NOOP("command", "Show or hide the password"), "eye")

FIXED: tuple[Command, ...] = (
    JUMP,
    REFRESH,
    CLOSE_TAB,
    LOOK_UP_PASTED,
    LOCK,
    CHANGE_PASSWORD,
    LOG_OUT,
    *LANGUAGES.values(),
    *MODES.values(),
    *SCALES.values(),
    PANEL,
    APPLY_FILTERS,
    CLEAR_FILTERS,
    OPEN_ROW,
    COPY,
    COPY_CELL,
    COPY_ROWS,
    COPY_CSV,
    CHOOSE_COLUMNS,
    COPY_ADDRESS,
    SHOW_QR,
    OPEN_EXPLORER,
    COPY_LINK,
    REVEAL,
)
"""In the order in which a list of them is read."""
