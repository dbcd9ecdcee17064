"""Languages: which there are, the terms files, and switching while windows are open.

A source text is English, in `tr("…")`, `QCoreApplication.translate("context", "…")` or `QT_TRANSLATE_NOOP`.
Its translations stand in resources/i18n/terms/<area>.tsv, one line a text, columns separated by a tab:

    source    zh_HK    zh_CN    [English forms: one|many, only for texts with %n]

`context::source` holds for one context only, for a word that needs two translations. `\\n` is a line break.
A line that starts with `#` is a comment. `tools/check_i18n.py` finds what is missing, unused, or differs in
its placeholders.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QWidget

from wbo_desktop.views.qm import Message, compile_messages

LANGUAGES = {"zh_HK": "繁體中文", "zh_CN": "简体中文", "en": "English"}
"""Code and own name of each language, in the order they are offered."""

DEFAULT = "zh_HK"

_QT_CATALOGUES = {"zh_HK": "qtbase_zh_TW", "zh_CN": "qtbase_zh_CN"}
_COLUMNS = ("zh_HK", "zh_CN", "en")

_installed: list[tuple[QTranslator, bytes]] = []
"""With the bytes of each catalogue, which Qt reads where they are."""
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


def text(source: str, context: str = "") -> str:
    """The translation of a source that is marked with QT_TRANSLATE_NOOP, into the current language."""
    return QCoreApplication.translate(context, source)


def messages(column: str) -> Iterator[Message]:
    """The terms of one language (`zh_HK`, `zh_CN`, or `en`: the texts with %n only)."""
    index = 1 + _COLUMNS.index(column)
    for path in terms_files():
        for _, fields in terms(path):
            if len(fields) > index and fields[index]:
                context, _, source = fields[0].rpartition("::")
                forms = tuple(fields[index].split("|")) if column == "en" else (fields[index],)
                yield Message(source, forms, context)


def terms_files() -> list[Path]:
    """The terms files, in the order of their names."""
    return sorted(Path(str(resources.files("wbo_desktop") / "resources/i18n/terms")).glob("*.tsv"))


def terms(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line numbers and fields of a terms file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, [field.replace("\\n", "\n") for field in line.split("\t")]


def _catalogues(language: str) -> Iterator[tuple[QTranslator, bytes]]:
    """Qt's own texts first, ours on top of them."""
    qt_texts = QTranslator()
    catalogue = _QT_CATALOGUES.get(language)
    if catalogue and qt_texts.load(catalogue, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        yield qt_texts, b""
    ours = QTranslator()
    content = compile_messages(messages(language), singular=language == "en")
    if ours.load(content):
        yield ours, content


# a second Qt class among the bases would make two C++ objects of one widget
_Base = QWidget if TYPE_CHECKING else object


class Retranslated(_Base):
    """A mixin, to be put before a widget class: calls `retranslate()` whenever the language changed."""

    def changeEvent(self, event: QEvent) -> None:  # Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Sets every text of the widget in the current language."""
