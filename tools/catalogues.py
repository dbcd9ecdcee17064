"""The desktop's catalogues of translations: resources/i18n/wbo_*.ts, read, and compiled for Qt where that is due.

A `.ts` is Qt Linguist's file and is in version control; the `.qm` beside it is compiled by Qt's lrelease at the
set-up, before tests and for each package, and is not. Knows only the standard library, since the build of a package
runs it too. As a command it compiles what is out of date.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("zh_HK", "zh_CN", "en")
"""English's catalogue has the plural forms only."""


@dataclass(frozen=True)
class Message:
    """One text of a catalogue. `state` is empty for a finished translation, else Linguist's own word: unfinished,
    vanished or obsolete. A text with %n has the numerus forms of its language."""

    context: str
    source: str
    forms: tuple[str, ...]
    state: str = ""
    numerus: bool = False


def path_of(language: str, folder: Path = FOLDER) -> Path:
    """The catalogue of one language, as Linguist opens it."""
    return folder / f"wbo_{language}.ts"


def messages(catalogue: Path) -> Iterator[Message]:
    """Every text of a catalogue, in its order."""
    for context in ET.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            yield _message(context.findtext("name") or "", message)


def _message(context: str, message: ET.Element) -> Message:
    translation = message.find("translation")
    assert translation is not None, "Linguist writes one for each text"
    numerus = message.get("numerus") == "yes"
    forms = (
        [form.text or "" for form in translation.iter("numerusform")] if numerus else [translation.text or ""]
    )
    return Message(
        context, message.findtext("source") or "", tuple(forms), translation.get("type", ""), numerus
    )


def stale(folder: Path = FOLDER) -> list[Path]:
    """The catalogues whose compiled form is missing or older than they are."""
    return [ts for ts in sorted(folder.glob("wbo_*.ts")) if _is_older(ts.with_suffix(".qm"), ts)]


def _is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_stale(folder: Path = FOLDER) -> list[Path]:
    """Compiles what is out of date, each file put in place at once, and returns the catalogues it compiled."""
    done = stale(folder)
    for ts in done:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".compiling-") as scratch:
            made = Path(scratch) / ts.with_suffix(".qm").name
            run_qt("lrelease", "-silent", ts, "-qm", made)
            os.replace(made, ts.with_suffix(".qm"))
    return done


def run_qt(tool: str, *arguments: str | Path) -> None:
    """Runs one of Qt's tools, which come with PySide6; ends the program with its words when it fails."""
    package = importlib.util.find_spec("PySide6")
    places = list(package.submodule_search_locations or []) if package else []
    if not places:
        sys.exit(f"{tool} comes with PySide6, which is not installed; type: make setup")
    command = [Path(places[0]) / (tool + (".exe" if os.name == "nt" else "")), *arguments]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    compile_stale()
