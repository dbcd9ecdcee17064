"""Colours, sizes and the style of every widget: tokens in one place, light and dark.

Widgets are told apart by dynamic properties, set once where they are made: a button's `kind` (primary,
danger, quiet), a label's `role` (title, heading, muted, value, error). Painted things ask `now()` for the
tokens.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import resources
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from wbo_desktop.views import fonts, i18n


class Mode(StrEnum):
    """The colour scheme that the operator chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """The meaning of a colour. Every use has a word beside it: no meaning is shown by colour alone."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    PROGRESS = "progress"
    GOOD = "good"
    BAD = "bad"
    BACK = "back"
    """For money that goes back to the client."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as #rrggbb."""

    window: str
    surface: str
    raised: str
    sidebar: str
    hover: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    selection: str
    alternate: str
    neutral: str
    neutral_soft: str
    waiting: str
    waiting_soft: str
    progress: str
    progress_soft: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    back: str
    back_soft: str


LIGHT = Tokens(
    window="#f4f6f9",
    surface="#ffffff",
    raised="#ffffff",
    sidebar="#eceff4",
    hover="#e4e9f1",
    border="#dce2ea",
    border_strong="#c3ccd8",
    text="#19222f",
    text_muted="#566376",
    faint="#8d99aa",
    accent="#1a5fc4",
    accent_hover="#164fa5",
    accent_soft="#e4eefc",
    on_accent="#ffffff",
    selection="#dfeafb",
    alternate="#fafbfd",
    neutral="#566376",
    neutral_soft="#e9edf2",
    waiting="#8a5a00",
    waiting_soft="#fdf0d2",
    progress="#1a5fc4",
    progress_soft="#e1ecfc",
    good="#14713f",
    good_soft="#dcf3e5",
    bad="#b3261e",
    bad_soft="#fce4e2",
    back="#6a3fb0",
    back_soft="#eee6fb",
)

DARK = Tokens(
    window="#12161d",
    surface="#191f28",
    raised="#212935",
    sidebar="#151a22",
    hover="#242d3a",
    border="#2a3340",
    border_strong="#3c4858",
    text="#e6ebf2",
    text_muted="#9fabbb",
    faint="#6b788a",
    accent="#74aaff",
    accent_hover="#93bdff",
    accent_soft="#1d304d",
    on_accent="#0c1a2e",
    selection="#22344f",
    alternate="#1b222c",
    neutral="#a9b5c5",
    neutral_soft="#2a3340",
    waiting="#f0bf5a",
    waiting_soft="#3a2f17",
    progress="#7db1ff",
    progress_soft="#1d304d",
    good="#62d095",
    good_soft="#173526",
    bad="#ff8a80",
    bad_soft="#45211f",
    back="#bf9df5",
    back_soft="#33264c",
)

_DRESSED = "wbo_dressed"
_tokens = LIGHT
_scale = 1.0


def now() -> Tokens:
    """The tokens of the current scheme."""
    return _tokens


def tone(name: Tone | str) -> tuple[QColor, QColor]:
    """Text colour and background of a tone, in the current scheme."""
    return QColor(getattr(_tokens, str(name))), QColor(getattr(_tokens, f"{name}_soft"))


def scaled(pixels: float) -> int:
    """A width in pixels, chosen for ordinary text, at the current text size."""
    return round(pixels * _scale)


def is_dark() -> bool:
    """Whether the current scheme is the dark one."""
    return _tokens is DARK


def apply(mode: Mode | str = Mode.SYSTEM, scale: float = 1.0) -> None:
    """Applies palette, font and style sheet to the application; to be called again after each change of the
    mode, the system's scheme, the language or the text size."""
    global _tokens, _scale
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a QApplication comes first")
    _scale = scale
    _tokens = DARK if _wants_dark(Mode(mode)) else LIGHT
    if app.property(_DRESSED) is None:
        app.setStyle("Fusion")  # once: what differs is in the palette and the sheet
        app.setProperty(_DRESSED, True)
    app.setFont(fonts.application_font(i18n.language(), scale))
    app.setPalette(_palette(_tokens))
    app.setStyleSheet(_style(_tokens, scale))
    fonts.follow_text_size()


def mark(widget: QWidget, **properties: str) -> QWidget:
    """Sets properties that the style sheet selects by, also on a widget that is already shown."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    return widget


def _wants_dark(mode: Mode) -> bool:
    hints = QGuiApplication.styleHints()
    scheme = {
        Mode.SYSTEM: Qt.ColorScheme.Unknown,
        Mode.LIGHT: Qt.ColorScheme.Light,
        Mode.DARK: Qt.ColorScheme.Dark,
    }[mode]
    if scheme == Qt.ColorScheme.Unknown:
        hints.unsetColorScheme()
        return hints.colorScheme() == Qt.ColorScheme.Dark
    hints.setColorScheme(scheme)
    return mode is Mode.DARK


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: t.window,
        role.WindowText: t.text,
        role.Base: t.surface,
        role.AlternateBase: t.alternate,
        role.Text: t.text,
        role.PlaceholderText: t.faint,
        role.Button: t.raised,
        role.ButtonText: t.text,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.text,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
        role.BrightText: t.bad,
        role.Light: t.raised,
        role.Midlight: t.border,
        role.Mid: t.border_strong,
        role.Dark: t.border_strong,
        role.Accent: t.accent,
    }
    for which, color in colors.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.faint))
    return palette


def _style(t: Tokens, scale: float) -> str:
    sheet = (resources.files("wbo_desktop.resources") / "style.qss").read_text(encoding="utf-8")
    icons = resources.files("wbo_desktop.resources") / "icons"
    sizes = {
        "small": f"{9 * scale:.2f}pt",
        "base": f"{fonts.BASE_POINTS * scale:.2f}pt",
        "heading": f"{11.5 * scale:.2f}pt",
        "title": f"{15 * scale:.2f}pt",
        # a layout takes a style sheet's minimum for the least a control needs, so it has to grow with the text
        "line": f"{18 * scale:.0f}px",
    }
    return Template(sheet).substitute(asdict(t), icons=str(icons).replace("\\", "/"), **sizes)
