"""The fonts of the desk, so that Chinese never shows as boxes.

A workstation's own fonts come first; where none can show Chinese, the one that is installed with the program
is loaded.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

BASE_POINTS = 10.0

_SMALLER = "mono_smaller"

_CHINESE = {
    "zh_HK": ("Microsoft JhengHei UI", "PingFang HK", "Noto Sans CJK HK", "Noto Sans HK", "Noto Sans CJK TC"),
    "zh_CN": ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC"),
}
_LATIN = ("Segoe UI", "SF Pro Text", "Inter")
_MONO = (
    "Cascadia Mono",
    "Consolas",
    "SF Mono",
    "JetBrains Mono",
    "DejaVu Sans Mono",
    "Noto Sans Mono CJK HK",
)


def prepare() -> None:
    """Loads the packaged font when the workstation has none that shows Chinese. To be called before the first
    widget."""
    if not set(QFontDatabase.families()) & {family for families in _CHINESE.values() for family in families}:
        path = resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"
        QFontDatabase.addApplicationFont(str(path))


def families(language: str) -> list[str]:
    """The font families for text in `language`, the preferred first: Chinese characters are drawn differently
    by region."""
    own = _CHINESE.get(language, _CHINESE["zh_HK"])
    others = [family for code, group in _CHINESE.items() if code != language for family in group]
    return _installed([*_LATIN, *own, *others])


def application_font(language: str, scale: float = 1.0) -> QFont:
    """The application's font; `scale` is the operator's text size, 1.0 to 1.5."""
    font = QFont(families(language))
    font.setPointSizeF(BASE_POINTS * scale)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def mono(size: float | None = None) -> QFont:
    """The font of addresses, hashes and record numbers, whose characters all have the same width."""
    return _mono(size if size is not None else QGuiApplication.font().pointSizeF() - 0.5)


def set_mono(widget: QWidget, smaller: float = 0.0) -> None:
    """Gives a widget the font of `mono`, that many points smaller, at every text size."""
    widget.setProperty(_SMALLER, smaller)
    widget.setFont(mono(mono().pointSizeF() - smaller))


def follow_text_size() -> None:
    """Gives every widget of `set_mono` the current text size: a font that was set does not follow the
    application's."""
    for widget in QApplication.allWidgets():
        smaller = widget.property(_SMALLER)
        if smaller is not None:
            set_mono(widget, smaller)


@lru_cache(maxsize=16)
def _mono(size: float) -> QFont:
    fallback = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    font = QFont(_installed(_MONO) or [fallback])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    font.setPointSizeF(size)
    return font


def _installed(wanted: list[str] | tuple[str, ...]) -> list[str]:
    there = set(QFontDatabase.families())
    return [family for family in wanted if family in there]
