"""Keeps the tables of the operator guides equal to what the desktop says: statuses, reasons, keys to press next.

A table stands between `<!-- table: NAME -->` and `<!-- /table -->`. Without arguments the guides are rewritten; `--check`
only says which one is out of date. Also finds words in bold that are no label of the desktop, and links that lead nowhere.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.catalogues import messages, path_of  # noqa: E402
from wbo_desktop.domain.deposit import ACCEPTABLE, WAITING, Reason  # noqa: E402
from wbo_desktop.views.labels import reasons, statuses  # noqa: E402
from wbo_desktop.views.labels.words import Words  # noqa: E402

DOCS = ROOT / "docs"
GUIDES = {"operator-guide.zh-HK.md": "zh_HK", "operator-guide.en.md": "en"}

HEADINGS = {
    "zh_HK": {
        "status": "狀態",
        "meaning": "意思",
        "next": "下一步",
        "reason": "原因",
        "accept": "可核實入賬",
        "yes": "可以",
    },
    "en": {
        "status": "Status",
        "meaning": "What it means",
        "next": "What to do now",
        "reason": "Reason",
        "accept": "Can be accepted",
        "yes": "yes",
    },
}

Row = tuple[str, ...]


class Translator:
    """The desktop's texts in one language, read from its catalogue without starting Qt."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.heading = HEADINGS[language]
        self._texts = {
            (m.context, m.source): m.source if language == "en" else m.forms[0]
            for m in messages(path_of("zh_HK" if language == "en" else language))
        }

    def __call__(self, words: Words, code: str) -> str:
        return self._texts[words.context, words.table[code]]

    def labels(self) -> Iterator[str]:
        """Everything the desktop may say."""
        yield from self._texts.values()
        if self.language == "en":
            for message in messages(path_of("en")):
                yield from message.forms


def _bold(text: str) -> str:
    return f"**{text}**"


def _deposit_statuses(tr: Translator) -> Iterator[Row]:
    yield tr.heading["status"], tr.heading["meaning"], tr.heading["next"]
    for code in statuses.deposit_status:
        yield (
            _bold(tr(statuses.deposit_status, code)),
            tr(statuses.deposit_meaning, code),
            tr(statuses.deposit_next, code),
        )


def _refund_statuses(tr: Translator) -> Iterator[Row]:
    yield tr.heading["status"], tr.heading["next"]
    for code in statuses.refund_status:
        yield _bold(tr(statuses.refund_status, code)), tr(statuses.refund_next, code)


def _wallet_statuses(tr: Translator) -> Iterator[Row]:
    yield tr.heading["status"], tr.heading["next"]
    for code in statuses.wallet_status:
        yield _bold(tr(statuses.wallet_status, code)), tr(statuses.wallet_next, code)


def _waiting_reasons(tr: Translator) -> Iterator[Row]:
    yield tr.heading["reason"], tr.heading["meaning"], tr.heading["next"]
    for code in Reason:
        if code in WAITING:
            yield (
                _bold(tr(reasons.reason, code)),
                tr(reasons.reason_sentence, code),
                tr(reasons.reason_next, code),
            )


def _abnormal_reasons(tr: Translator) -> Iterator[Row]:
    yield tr.heading["reason"], tr.heading["meaning"], tr.heading["next"], tr.heading["accept"]
    for code in Reason:
        if code not in WAITING:
            yield (
                _bold(tr(reasons.reason, code)),
                tr(reasons.reason_sentence, code),
                tr(reasons.reason_next, code),
                tr.heading["yes"] if code in ACCEPTABLE else "",
            )


TABLES: dict[str, Callable[[Translator], Iterator[Row]]] = {
    "deposit statuses": _deposit_statuses,
    "refund statuses": _refund_statuses,
    "wallet statuses": _wallet_statuses,
    "waiting reasons": _waiting_reasons,
    "abnormal reasons": _abnormal_reasons,
}
_TABLE = re.compile(r"(<!-- table: ([a-z ]+) -->\n).*?(<!-- /table -->)", re.DOTALL)


def table(name: str, tr: Translator) -> str:
    """A table as Markdown."""
    heading, *rows = TABLES[name](tr)
    lines = [heading, tuple("---" for _ in heading), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def rendered(text: str, language: str) -> str:
    """A guide with its tables as the desktop has them now."""
    tr = Translator(language)
    return _TABLE.sub(lambda found: found[1] + "\n" + table(found[2], tr) + "\n" + found[3], text)


def strangers(text: str, language: str) -> list[str]:
    """Words in bold that the desktop never shows: a label that was renamed, or a slip."""
    plain: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for label in Translator(language).labels():
        parts = re.split(r"\{\w*\}|%n", label)
        if len(parts) == 1:
            plain.add(label)
        elif len("".join(parts).strip()) > 2:
            patterns.append(re.compile(".+".join(map(re.escape, parts))))
    bold = dict.fromkeys(re.findall(r"\*\*(.+?)\*\*", text))
    return [word for word in bold if word not in plain and not any(p.fullmatch(word) for p in patterns)]


def dead_links(file: Path) -> list[str]:
    """Links of a page to files that are not there."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
    return [t for t in targets if "://" not in t and not (file.parent / t).exists()]


def main() -> int:
    """0 when the guides say what the desktop says."""
    parser = argparse.ArgumentParser(description="Keep the guides equal to what the desktop says.")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is out of date")
    only_check = parser.parse_args().check
    wrong: list[str] = []
    for name, language in GUIDES.items():
        file = DOCS / name
        text = file.read_text(encoding="utf-8")
        current = rendered(text, language)
        if current != text and only_check:
            wrong.append(f"{name}: its tables are out of date; run tools/guide_tables.py")
        elif current != text:
            file.write_text(current, encoding="utf-8")
        wrong += [f"{name}: the desktop has no label {word!r}" for word in strangers(current, language)]
    for file in (*ROOT.glob("*.md"), *DOCS.rglob("*.md")):
        wrong += [f"{file.relative_to(ROOT)}: nothing is at {link}" for link in dead_links(file)]
    for text in wrong:
        print(text, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
