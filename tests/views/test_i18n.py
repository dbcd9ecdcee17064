"""Languages: our catalogue is what Qt reads, complete, and switched while widgets are open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from wbo_desktop.views import i18n
from wbo_desktop.views.i18n import Retranslated
from wbo_desktop.views.qm import Message, compile_messages

ROOT = Path(__file__).resolve().parents[2]


def catalogue(*messages: Message, singular: bool = False) -> tuple[QTranslator, bytes]:
    """A translator, and the bytes it reads, which have to live as long."""
    content = compile_messages(messages, singular=singular)
    translator = QTranslator()
    assert translator.load(content)
    return translator, content


def test_qt_finds_what_was_compiled() -> None:
    translator, _ = catalogue(
        *(Message(f"text {n} with “marks” and 中文", (f"譯文 {n}",)) for n in range(500)),
        Message("Open", ("開放",)),
        Message("Open", ("開啟",), "menu"),
        Message("", ("空",)),
    )
    assert all(
        translator.translate("any", f"text {n} with “marks” and 中文") == f"譯文 {n}" for n in range(500)
    )
    assert translator.translate("page", "Open") == "開放"
    assert translator.translate("menu", "Open") == "開啟"
    assert not translator.translate("menu", "Opened")


def test_one_and_many() -> None:
    english, _one = catalogue(Message("%n row(s)", ("%n row", "%n rows")), singular=True)
    chinese, _two = catalogue(Message("%n row(s)", ("共 %n 筆",)))
    assert [english.translate("", "%n row(s)", "", n) for n in (0, 1, 2)] == ["%n rows", "%n row", "%n rows"]
    assert [chinese.translate("", "%n row(s)", "", n) for n in (0, 1, 2)] == ["共 %n 筆"] * 3


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
    for message in i18n.messages(language):
        assert sorted(message.source.count(c) for c in "{}") == sorted(
            message.forms[0].count(c) for c in "{}"
        )


def test_the_check_finds_what_is_missing(tmp_path: Path) -> None:
    """The gate is only worth something when it closes."""
    module = tmp_path / "check_i18n.py"
    text = (ROOT / "tools/check_i18n.py").read_text(encoding="utf-8")
    assert "TERMS = ROOT" in text
    (tmp_path / "terms").mkdir()
    (tmp_path / "source.py").write_text(
        'def f(w):\n    w.tr("Known {name}")\n    w.tr("Unknown")\n    w.tr("%n row(s)", "", 2)\n',
        encoding="utf-8",
    )
    (tmp_path / "terms/a.tsv").write_text(
        "Known {name}\t已知\t已知 {name}\nUnused\t無用\t无用\n%n row(s)\t%n 筆\t%n 条\n", encoding="utf-8"
    )
    lines = text.splitlines()
    lines = [
        f'TERMS = Path(r"{tmp_path / "terms"}")' if line.startswith("TERMS =") else line for line in lines
    ]
    lines = [
        f'SOURCES = [Path(r"{tmp_path / "source.py"}")]' if line.startswith("SOURCES =") else line
        for line in lines
    ]
    module.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, str(module)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for fault in (
        "no translation: 'Unknown'",
        "used nowhere: 'Unused'",
        "zh_HK: placeholders differ",
        "English forms",
    ):
        assert fault in done.stdout
