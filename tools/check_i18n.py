"""Checks that every text of the program has its translations, and lists what is missing.

Runs lupdate over the sources into a temporary catalogue and compares it with resources/i18n/terms/*.tsv:
missing or empty translations, terms that no source uses any more, one text translated twice, placeholders
that differ. `--missing` prints only the missing texts, as lines to paste into a terms file.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TERMS = ROOT / "wbo_desktop" / "resources" / "i18n" / "terms"
SOURCES = [ROOT / "wbo_desktop" / "views", ROOT / "wbo_desktop" / "app.py"]
LANGUAGES = ("zh_HK", "zh_CN")
_PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d|</?\w+>")


def sources() -> dict[str, set[str]]:
    """Every text in the program with the contexts it is used in; a text with %n has its numerus mark."""
    files = [f for s in SOURCES for f in (sorted(s.rglob("*.py")) if s.is_dir() else [s]) if f.exists()]
    lupdate = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent)) or "pyside6-lupdate"
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "texts.ts"
        command = [lupdate, *map(str, files), "-ts", str(catalogue)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not catalogue.exists():
            sys.exit(f"lupdate failed: {done.stdout}{done.stderr}")
        found: dict[str, set[str]] = {}
        for context in ET.parse(catalogue).getroot().iter("context"):
            for message in context.iter("message"):
                found.setdefault(message.findtext("source") or "", set()).add(context.findtext("name") or "")
    return found


def read_terms() -> tuple[dict[str, list[str]], list[str]]:
    """All terms by their first column, and what is wrong with the files themselves."""
    known: dict[str, list[str]] = {}
    where: dict[str, str] = {}
    faults = []
    for path in sorted(TERMS.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = [field.replace("\\n", "\n") for field in line.split("\t")]
            place = f"{path.name}:{number}"
            if len(fields) not in (3, 4):
                faults.append(f"{place}: {len(fields)} columns instead of 3 or 4")
                continue
            if fields[0] in known and known[fields[0]] != fields[1:]:
                faults.append(f"{place}: translated differently in {where[fields[0]]}: {fields[0]!r}")
            known.setdefault(fields[0], fields[1:])
            where.setdefault(fields[0], place)
    return known, faults


def placeholder_faults(source: str, translations: list[str]) -> list[str]:
    """Where a translation drops, adds or misspells a placeholder."""
    text = source.rpartition("::")[2]
    wanted = sorted(_PLACEHOLDER.findall(text))
    faults = []
    for language, translation in zip(LANGUAGES, translations, strict=False):
        if sorted(_PLACEHOLDER.findall(translation)) != wanted:
            faults.append(f"{language}: placeholders differ: {text!r} → {translation!r}")
    if "%n" in text and (len(translations) < 3 or translations[2].count("|") != 1):
        faults.append(f"en: a text with %n needs its two English forms: {text!r}")
    return faults


def main() -> int:
    """Print what is wrong; 1 when something is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true", help="print the texts without a term, nothing else")
    arguments = parser.parse_args()
    used, (known, faults) = sources(), read_terms()
    missing = [
        source
        for source, contexts in sorted(used.items())
        if source not in known and not all(f"{context}::{source}" in known for context in contexts)
    ]
    if arguments.missing:
        for source in missing:
            print(source.replace("\n", "\\n"), "", "", sep="\t")
        return 1 if missing else 0
    faults += [f"no translation: {source!r} (in {', '.join(sorted(used[source]))})" for source in missing]
    for source, translations in known.items():
        if source.rpartition("::")[2] not in used:
            faults.append(f"used nowhere: {source!r}")
        if not all(translations[: len(LANGUAGES)]):
            faults.append(f"empty translation: {source!r}")
        else:
            faults += placeholder_faults(source, translations)
    for fault in faults:
        print(fault)
    print(f"{len(used)} texts, {len(known)} terms, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
