"""Languages: which there are, marking a text for its translation, and switching while windows are open.

A source text is English, in `self.tr("…")`, `QCoreApplication.translate("context", "…")` or, where it is only shown
later, `QT_TRANSLATE_NOOP("context", "…")`. Its translations stand in resources/i18n/wbo_*.ts, which Qt Linguist
edits and `make i18n` brings up to date; Qt's lrelease compiles them at the set-up and for a package.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QWidget

LANGUAGES = {"zh_HK": "繁體中文", "zh_CN": "简体中文", "en": "English"}
"""Code and own name of each language, in the order they are offered."""

DEFAULT = "zh_HK"

_QT_CATALOGUES = {"zh_HK": "qtbase_zh_TW", "zh_CN": "qtbase_zh_CN"}

_installed: list[tuple[QTranslator, bytes]] = []
"""The installed translators, with the bytes of each catalogue, which Qt does not copy."""
_language = "en"


def install(language: str) -> None:
    """Switches the program to `language`; every open widget gets a LanguageChange event."""
    global _language
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a QApplication comes first")
    old, _installed[:] = list(_installed), []
    _language = language if language in LANGUAGES else DEFAULT
    QLocale.setDefault(QLocale(_language))
    for translator, content in _catalogues(_language):
        app.installTranslator(translator)
        _installed.append((translator, content))
    for translator, _ in old:
        app.removeTranslator(translator)


def language() -> str:
    """The code of the current language."""
    return _language


class Marked(str):
    """An English source text that keeps the context it is translated in, until it is shown."""

    __slots__ = ("context",)
    context: str


def QT_TRANSLATE_NOOP(context: str, source: str) -> Marked:
    """Marks a text for lupdate, which knows the function by this name, and for `text`."""
    marked = Marked(source)
    marked.context = context
    return marked


def text(source: Marked) -> str:
    """The translation of a source that is marked with QT_TRANSLATE_NOOP, into the current language."""
    return QCoreApplication.translate(source.context, source)


def in_language(source: Marked, language: str) -> str:
    """The translation of a marked source in any language, whatever the desk speaks now."""
    return _beside(language)[0].translate(source.context, source) or source


def _catalogues(language: str) -> Iterator[tuple[QTranslator, bytes]]:
    """Qt's own texts first, ours on top of them."""
    qt_texts = QTranslator()
    catalogue = _QT_CATALOGUES.get(language)
    if catalogue and qt_texts.load(catalogue, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        yield qt_texts, b""
    yield _ours(language)


def _ours(language: str) -> tuple[QTranslator, bytes]:
    """Our catalogue of one language as lrelease made it; a package without it was not built whole."""
    catalogue = resources.files("wbo_desktop.resources") / f"i18n/wbo_{language}.qm"
    if not catalogue.is_file():
        raise RuntimeError(f"wbo_{language}.qm is missing; in a checkout type: make setup")
    ours, content = QTranslator(), catalogue.read_bytes()
    if not ours.load(content):
        raise RuntimeError(f"Qt does not read wbo_{language}.qm")
    return ours, content


# apart from what is installed: Qt would take an installed one away with the language before
_beside = lru_cache(maxsize=len(LANGUAGES))(_ours)


# a second Qt class among the bases would make two C++ objects of one widget
if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Retranslated(_Base):
    """A mixin, to be put before a widget class: calls `retranslate()` whenever the language changed."""

    def changeEvent(self, event: QEvent) -> None:  # Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Sets every text of the widget in the current language."""
