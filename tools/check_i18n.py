"""Keeps the catalogues (resources/i18n/wbo_*.ts) equal to the texts in the sources, and finds what they lack.

`--update` (`make i18n`) runs Qt's lupdate over the sources and prints the texts that wait for a translation. Without
it nothing is written, and every fault is printed: texts without a finished translation, texts that no source has any
more, one text twice or translated in two ways, placeholders that differ, missing plural forms, and a file that lupdate
would write differently.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.catalogues import FOLDER, LANGUAGES, Message, messages, path_of, run_qt  # noqa: E402

SOURCES = [ROOT / "wbo_desktop" / "views", ROOT / "wbo_desktop" / "app.py"]
SEVERAL_MEANINGS = {"Assigned", "Sealed"}
"""Texts that are a time in one place and a state in another; any other text is translated in one way everywhere."""
FORMS = {"zh_HK": 1, "zh_CN": 1, "en": 2}
_PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d|</?\w+>")
_SOURCE = re.compile(r"<source>(.*?)</source>", re.DOTALL)
_TRANSLATION = re.compile(r'<translation( type="\w+")?>(.*?)</translation>', re.DOTALL)
_MESSAGE = re.compile(r"    <message.*?</message>\n", re.DOTALL)


# ------------------------------------------------------------------ writing what the sources have


def update(folder: Path, sources: list[Path]) -> None:
    """The catalogues of `folder` as the sources are now: new texts unfinished, gone ones away.

    A text that is new in one context and translated in another, such as that of a renamed class, takes that
    translation.
    """
    files = [file for s in sources for file in (sorted(s.rglob("*.py")) if s.is_dir() else [s])]
    for language in LANGUAGES:
        catalogue = path_of(language, folder)
        _lupdate(catalogue, language, files)
        catalogue.write_text(_carried_over(catalogue.read_text(encoding="utf-8")), encoding="utf-8")
        _lupdate(catalogue, language, files, "-no-obsolete")


def _lupdate(catalogue: Path, language: str, files: list[Path], *options: str) -> None:
    told = ["-silent", "-locations", "none", "-sort-messages", "-source-language", "en"]
    told += ["-target-language", language, *options, *(["-pluralonly"] if language == "en" else [])]
    run_qt("lupdate", *files, *told, "-ts", catalogue)


def _carried_over(content: str) -> str:
    """A catalogue's text in which each unfinished message has the one translation its source has elsewhere."""
    known: dict[str, set[str]] = {}
    for message in _MESSAGE.findall(content):
        source, (state, translation) = _parts(message)
        if state != ' type="unfinished"':
            known.setdefault(source, set()).add(translation)
    return _MESSAGE.sub(lambda found: _finished(found[0], known), content)


def _finished(message: str, known: dict[str, set[str]]) -> str:
    source, (state, _) = _parts(message)
    candidates = known.get(source, set())
    if state != ' type="unfinished"' or len(candidates) != 1:
        return message
    translation = f"<translation>{next(iter(candidates))}</translation>"
    return _TRANSLATION.sub(lambda _: translation, message)


def _parts(message: str) -> tuple[str, tuple[str, str]]:
    """Source, and Linguist's state and content of the translation, as they stand in the file."""
    source, translation = _SOURCE.search(message), _TRANSLATION.search(message)
    assert source is not None
    assert translation is not None
    return source[1], (translation[1] or "", translation[2])


# ------------------------------------------------------------------ finding faults


def faults(folder: Path, sources: list[Path]) -> Iterator[str]:
    """What is wrong with the catalogues of `folder`, a line each."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch)
        for language in LANGUAGES:
            if path_of(language, folder).exists():
                shutil.copy(path_of(language, folder), fresh)
        update(fresh, sources)
        for language in LANGUAGES:
            yield from _faults_of(language, path_of(language, folder), path_of(language, fresh))


def _faults_of(language: str, kept: Path, fresh: Path) -> Iterator[str]:
    now = list(messages(fresh))
    before = list(messages(kept)) if kept.exists() else []
    used = {(message.context, message.source) for message in now}
    found = [
        *(_untranslated(language, message) for message in now if not _is_finished(message)),
        *(
            f"{language}: used nowhere: {message.source!r} (in {message.context})"
            for message in before
            if (message.context, message.source) not in used
        ),
        *_doubled(language, before),
        *_translated_differently(language, now),
        *(fault for message in now if _is_finished(message) for fault in _form_faults(language, message)),
    ]
    yield from found
    if not found and kept.read_bytes() != fresh.read_bytes():
        yield f"{kept.name} is not as lupdate writes it; type: make i18n"


def _is_finished(message: Message) -> bool:
    return not message.state and all(message.forms)


def _untranslated(language: str, message: Message) -> str:
    return f"{language}: no translation: {message.source!r} (in {message.context})"


def _doubled(language: str, listed: list[Message]) -> Iterator[str]:
    for (context, source), times in Counter((m.context, m.source) for m in listed).items():
        if times > 1:
            yield f"{language}: twice in the catalogue: {source!r} (in {context})"


def _translated_differently(language: str, listed: list[Message]) -> Iterator[str]:
    ways: dict[str, set[tuple[str, ...]]] = {}
    for message in listed:
        if _is_finished(message) and message.source not in SEVERAL_MEANINGS:
            ways.setdefault(message.source, set()).add(message.forms)
    for source, forms in ways.items():
        if len(forms) > 1:
            yield f"{language}: translated differently: {source!r} → {sorted(forms)}"


def _form_faults(language: str, message: Message) -> Iterator[str]:
    wanted = sorted(_PLACEHOLDER.findall(message.source))
    for form in message.forms:
        if sorted(_PLACEHOLDER.findall(form)) != wanted:
            yield f"{language}: placeholders differ: {message.source!r} → {form!r}"
    if message.numerus and len(message.forms) != FORMS[language]:
        yield f"{language}: a text with %n needs {FORMS[language]} forms: {message.source!r}"
    if "%n" in message.source and not message.numerus:
        yield f"{language}: a text with %n is asked for with a number: {message.source!r}"


# ------------------------------------------------------------------ the command


def main() -> int:
    """Prints what is wrong, or after `--update` what waits for a translation; 1 when something does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write the catalogues anew from the sources")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the catalogues are")
    parser.add_argument("--sources", type=Path, nargs="+", default=SOURCES, help="where the texts are")
    arguments = parser.parse_args()
    if arguments.update:
        update(arguments.folder, arguments.sources)
    found = list(faults(arguments.folder, arguments.sources))
    for fault in found:
        print(fault)
    texts = sum(1 for _ in messages(path_of("zh_HK", arguments.folder)))
    print(f"{texts} texts, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
