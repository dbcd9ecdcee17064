"""Languages: our catalogue is what Qt reads, complete, and switched while widgets are open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tools import catalogues
from tools.catalogues import LANGUAGES, messages, path_of
from wbo_desktop.views import i18n
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP, Retranslated

ROOT = Path(__file__).resolve().parents[2]


def test_the_catalogues_are_compiled_when_they_are_out_of_date(tmp_path: Path) -> None:
    """A text that changed is there after the next set-up, and an unchanged one costs nothing."""
    ts = tmp_path / "wbo_zh_HK.ts"
    shutil.copy(path_of("zh_HK"), ts)
    assert catalogues.compile_stale(tmp_path) == [ts]
    assert catalogues.compile_stale(tmp_path) == []
    ts.write_text(ts.read_text(encoding="utf-8").replace("入幣記錄", "入幣紀錄"), encoding="utf-8")
    later = ts.with_suffix(".qm").stat().st_mtime_ns + 1_000_000_000
    os.utime(ts, ns=(later, later))
    assert catalogues.compile_stale(tmp_path) == [ts]
    translator = QTranslator()
    assert translator.load(str(ts.with_suffix(".qm")))
    assert translator.translate("menu", "Coin Deposit Records") == "入幣紀錄"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["wbo_zh_HK.qm", "wbo_zh_HK.ts"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_qt_finds_every_text_that_was_compiled(language: str, qapp: QApplication) -> None:
    i18n.install(language)
    for message in messages(path_of(language)):
        found = [
            QCoreApplication.translate(message.context, message.source, "", n)
            for n in ((1, 2) if message.numerus else (-1,))
        ]
        expected = [message.forms[0], message.forms[-1]] if message.numerus else [message.forms[0]]
        assert found == [form.replace("%n", str(n)) for n, form in zip((1, 2), expected, strict=False)]


def test_one_and_many(qapp: QApplication) -> None:
    said = {}
    for language in LANGUAGES:
        i18n.install(language)
        said[language] = [QCoreApplication.translate("Counted", "%n day(s)", "", n) for n in (0, 1, 2)]
    assert said == {
        "zh_HK": ["0 天", "1 天", "2 天"],
        "zh_CN": ["0 天", "1 天", "2 天"],
        "en": ["0 days", "1 day", "2 days"],
    }


def test_a_marked_text_is_translated_in_its_context(qapp: QApplication) -> None:
    """One word may be a time in one place and a state in another."""
    time, state = QT_TRANSLATE_NOOP("field", "Sealed"), QT_TRANSLATE_NOOP("audit", "Sealed")
    assert (i18n.text(time), i18n.text(state)) == ("封存時間", "已封存")
    assert (i18n.in_language(time, "zh_CN"), i18n.in_language(state, "en")) == ("封存时间", "Sealed")


class Greeting(Retranslated, QLabel):
    def retranslate(self) -> None:
        self.setText(QCoreApplication.translate("menu", "Coin Deposit Records"))


def test_open_widgets_change_their_language(qtbot: QtBot) -> None:
    label = Greeting()
    qtbot.addWidget(label)
    label.show()
    said = []
    for language in ("zh_CN", "en", "zh_HK"):
        i18n.install(language)
        QCoreApplication.processEvents()
        said.append(label.text())
        assert i18n.language() == language
    assert said == ["入币记录", "Coin Deposit Records", "入幣記錄"]


def test_qts_own_texts_are_chinese_too(qtbot: QtBot) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_an_unknown_language_becomes_the_default() -> None:
    i18n.install("fr_FR")
    assert i18n.language() == "zh_HK"


@pytest.mark.parametrize("language", ["zh_HK", "zh_CN"])
def test_placeholders_survive_translation(language: str) -> None:
    for message in messages(path_of(language)):
        assert sorted(message.source.count(c) for c in "{}") == sorted(
            message.forms[0].count(c) for c in "{}"
        )


class Texts:
    """A program of a few texts, with catalogues of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.source = place / "source.py"

    def says(self, *calls: str) -> None:
        """The program's source is these calls of `tr`."""
        self.source.write_text(
            "class Box:\n    def f(self):\n" + "".join(f"        {c}\n" for c in calls), "utf-8"
        )

    def changed(self, language: str, old: str, new: str) -> None:
        """Puts `new` in the place of `old` in a catalogue."""
        path = path_of(language, self.place)
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    def translated(self, source: str, zh_hk: str, zh_cn: str) -> None:
        """Gives the first unfinished text its two translations, as Linguist writes them."""
        for language, form in (("zh_HK", zh_hk), ("zh_CN", zh_cn)):
            start = f"<source>{source}</source>\n        <translation"
            self.changed(
                language,
                f'{start} type="unfinished"></translation>',
                f"{start}>{form}</translation>",
            )

    def check(self, *options: str) -> list[str]:
        """The lines that the check prints, without the one that counts."""
        command = [sys.executable, str(ROOT / "tools/check_i18n.py"), *options]
        command += ["--folder", str(self.place), "--sources", str(self.source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = done.stdout.splitlines()
        assert done.returncode == (1 if len(lines) > 1 else 0), done.stderr
        return lines[:-1]


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """Two texts, both translated."""
    made = Texts(tmp_path)
    made.says('self.tr("Known {name}")', 'self.tr("Other")')
    assert len(made.check("--update")) == 4
    made.translated("Known {name}", "已知 {name}", "已知 {name}")
    made.translated("Other", "其他", "其他")
    assert made.check() == []
    return made


def test_a_new_text_waits_for_its_translation(texts: Texts) -> None:
    texts.says(
        'self.tr("Known {name}")', 'self.tr("Other")', 'self.tr("Unknown")', 'self.tr("%n row(s)", "", 2)'
    )
    expected = [
        "zh_HK: no translation: '%n row(s)' (in Box)",
        "zh_HK: no translation: 'Unknown' (in Box)",
        "zh_CN: no translation: '%n row(s)' (in Box)",
        "zh_CN: no translation: 'Unknown' (in Box)",
        "en: no translation: '%n row(s)' (in Box)",
    ]
    before = path_of("zh_HK", texts.place).read_bytes()
    assert texts.check() == expected
    assert path_of("zh_HK", texts.place).read_bytes() == before
    assert texts.check("--update") == expected


def test_a_text_of_no_source_is_a_fault_until_it_is_taken_out(texts: Texts) -> None:
    texts.says('self.tr("Known {name}")')
    assert texts.check() == [f"{code}: used nowhere: 'Other' (in Box)" for code in ("zh_HK", "zh_CN")]
    assert texts.check("--update") == []


def test_a_text_that_moved_keeps_its_translation(texts: Texts) -> None:
    """The class was renamed: no translator has to say it again."""
    texts.source.write_text(texts.source.read_text("utf-8").replace("Box", "Chest"), "utf-8")
    assert "zh_HK: used nowhere: 'Other' (in Box)" in texts.check()
    assert texts.check("--update") == []
    assert [m.forms for m in messages(path_of("zh_HK", texts.place))] == [("已知 {name}",), ("其他",)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("已知 {name}", "已知", "placeholders differ: 'Known {name}' → '已知'"),
        ("已知 {name}", "已知 {nane}", "placeholders differ"),
        ("<translation>其他", '<translation type="unfinished">其他', "no translation: 'Other'"),
        ("<translation>其他", "<translation>", "no translation: 'Other'"),
        (
            "</context>",
            "    <message><source>Other</source><translation>其它</translation></message>\n</context>",
            "twice in the catalogue: 'Other'",
        ),
        (
            "</context>",
            '<message><source>Old</source><translation type="vanished">舊</translation></message>\n</context>',
            "used nowhere: 'Old'",
        ),
        ("<TS version", "<TS  version", "is not as lupdate writes it; type: make i18n"),
    ],
)
def test_the_check_finds_what_is_wrong(texts: Texts, old: str, new: str, fault: str) -> None:
    """The gate is only worth something when it closes."""
    texts.changed("zh_HK", old, new)
    assert fault in "\n".join(texts.check())


def test_one_text_has_one_translation(texts: Texts) -> None:
    texts.source.write_text(
        texts.source.read_text("utf-8") + '\n\nclass Chest:\n    def f(self):\n        self.tr("Other")\n',
        "utf-8",
    )
    assert texts.check("--update") == []
    texts.changed("zh_CN", "其他", "另外")
    assert texts.check() == ["zh_CN: translated differently: 'Other' → [('其他',), ('另外',)]"]


def test_a_plural_needs_the_forms_of_its_language(texts: Texts) -> None:
    texts.says('self.tr("%n row(s)", "", 2)')
    texts.check("--update")
    for language, forms in (("zh_HK", ["%n 筆"]), ("zh_CN", ["条"]), ("en", ["%n row", ""])):
        for form in forms:
            texts.changed(language, "<numerusform></numerusform>", f"<numerusform>{form}</numerusform>")
        texts.changed(language, ' type="unfinished"', "")
    assert texts.check() == [
        "zh_CN: placeholders differ: '%n row(s)' → '条'",
        "en: no translation: '%n row(s)' (in Box)",
    ]
