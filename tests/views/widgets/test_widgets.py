"""The small parts: addresses are whole and their differences marked, nothing is told by colour alone,
spaces are no remark."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from wbo_desktop.domain.deposit import DepositStatus
from wbo_desktop.domain.refund import RefundStatus
from wbo_desktop.domain.verdicts import Check, Note
from wbo_desktop.domain.wallet import WalletStatus
from wbo_desktop.views import i18n
from wbo_desktop.views.theme import Tone
from wbo_desktop.views.widgets import (
    AddressCompare,
    AddressText,
    AddressView,
    ConfirmationBar,
    FormField,
    QrLabel,
    RemarkField,
    StatusChip,
    VerdictList,
    differing,
    qr_pixmap,
    tone_of,
)

ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7"
TXID = "0x" + "ab12" * 16


def test_an_address_is_copied_whole_and_without_gaps(qtbot: QtBot) -> None:
    view = AddressView(ADDRESS)
    qtbot.addWidget(view)
    view.show()
    view.copy_button.click()
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert view.text.accessibleName() == ADDRESS
    assert not view.explorer_button.isVisible()


def test_the_explorers_link_is_made_of_the_value(qtbot: QtBot) -> None:
    view = AddressView(TXID, explorer="https://explorer.example/tx/{txid}")
    qtbot.addWidget(view)
    view.show()
    assert view.explorer_button.isVisible()
    assert view.link() == f"https://explorer.example/tx/{TXID}"
    view.show_value(None)
    assert not view.copy_button.isVisible()


@pytest.mark.parametrize("width", [60, 200, 330, 800])
def test_a_hash_shows_all_its_characters_at_any_width(qtbot: QtBot, width: int) -> None:
    text = AddressText(TXID)
    qtbot.addWidget(text)
    text.resize(width, text.heightForWidth(width))
    lines, per_line = text._lines(width), text._per_line(width)
    assert lines * per_line >= 16
    assert text.height() >= lines * text._line_height()
    assert not text.grab().isNull()


def test_only_what_differs_is_marked() -> None:
    assert differing(ADDRESS, ADDRESS.lower()) == frozenset(), "capitals are the checksum, not the address"
    assert differing("0xab", "0xac") == {3}
    assert differing("0xab", "0xabc") == {4}


@given(
    st.text("0123456789abcdefABCDEF", min_size=1, max_size=60),
    st.text("0123456789abcdef", min_size=1, max_size=60),
)
def test_differing_says_where_and_nothing_else(one: str, other: str) -> None:
    marks = differing(one, other)
    for at in range(max(len(one), len(other))):
        same = one[at : at + 1].lower() == other[at : at + 1].lower() and at < min(len(one), len(other))
        assert (at in marks) != same


def test_comparing_says_how_many_characters_differ(qtbot: QtBot) -> None:
    compare = AddressCompare("claimed", "on chain")
    qtbot.addWidget(compare)
    summary = compare.findChild(QLabel, "compare.summary")
    compare.compare(ADDRESS, ADDRESS.lower())
    assert summary.text() == "完全一致"
    compare.compare(ADDRESS, ADDRESS[:-2] + "00")
    assert "2 個字元不同" in summary.text()
    compare.compare(ADDRESS, None)
    assert summary.text() == ""


@pytest.mark.parametrize(
    ("kind", "statuses"), [("deposit", DepositStatus), ("refund", RefundStatus), ("wallet", WalletStatus)]
)
def test_every_status_is_a_word_on_its_chip(qtbot: QtBot, kind: str, statuses: type) -> None:
    chip = StatusChip(kind)
    qtbot.addWidget(chip)
    for status in statuses:
        chip.show_status(status)
        assert chip.text() != status
        assert chip.accessibleName() == chip.text()
        assert tone_of(kind, status) in Tone
    chip.show()
    i18n.install("en")
    qtbot.waitUntil(lambda: chip.accessibleName() == chip.text())
    assert chip.text().isascii()


def test_the_bar_shows_no_more_than_is_needed(qtbot: QtBot) -> None:
    bar = ConfirmationBar()
    qtbot.addWidget(bar)
    bar.show_progress(5, 12, head=100, head_seen_at=datetime.now(UTC), seconds_per_block=12)
    assert (bar.bar.value(), bar.bar.maximum(), bar.count.text()) == (5, 12, "5 / 12")
    assert "尚需約 1 分鐘" in bar.note.text()
    assert "100" in bar.note.text()
    bar.show_progress(40, 12)
    assert (bar.bar.value(), bar.count.text(), bar.note.text()) == (12, "12 / 12", "")
    bar.show_progress(None, None)
    assert bar.count.text() == "—"


def test_verdicts_say_their_outcome_in_words(qtbot: QtBot) -> None:
    verdicts = VerdictList()
    qtbot.addWidget(verdicts)
    other = ADDRESS[:-1] + "1"
    verdicts.show_verdicts(
        [
            {
                "check": "sender",
                "passed": False,
                "claimed": ADDRESS,
                "found": other,
                "note": "wallet_unknown",
            },
            {"check": "amount", "passed": True, "claimed": "5", "found": "5"},
            {"check": "wallet", "passed": None},
        ]
    )

    def read(name: str) -> str:
        box = verdicts.findChild(QWidget, f"verdicts.{name}")
        assert box is not None
        return box.accessibleName()

    assert read("sender") == "轉出地址: 不符"
    assert read("amount") == "金額: 相符"
    assert read("wallet") == "轉出錢包認證: 待確定"
    marked = [text for text in verdicts.findChildren(AddressText) if text._marks]
    assert [sorted(text._marks) for text in marked] == [[41], [41]]
    verdicts.show_verdicts('[{"check": "token", "passed": true}]')
    assert verdicts.findChild(QWidget, "verdicts.token") is not None


def test_every_check_and_note_can_be_shown(qtbot: QtBot) -> None:
    verdicts = VerdictList()
    qtbot.addWidget(verdicts)
    verdicts.show_verdicts(
        [{"check": check, "passed": None, "note": note} for check in Check for note in Note][:40]
    )
    assert not verdicts.grab().isNull()


def test_a_chip_fills_the_remark(qtbot: QtBot) -> None:
    remark = RemarkField(["用戶重複申請", "地址填寫錯誤"])
    remark.setObjectName("x.remark")
    qtbot.addWidget(remark)
    remark.findChild(QPushButton, "x.remark.1").click()
    assert remark.text() == "地址填寫錯誤"


def test_a_field_shows_its_error_only_after_it_was_touched(qtbot: QtBot) -> None:
    remark = RemarkField()
    field = FormField("x", "remark", "備註", remark, "hint")
    qtbot.addWidget(field)
    field.set_error("wrong")
    assert field.message.text() == "hint"
    remark.setText("a")
    field.set_error("wrong")
    assert field.message.text() == "wrong"
    assert remark.line.property("invalid") == "true"
    assert remark.line.accessibleDescription() == "wrong"
    field.set_error("")
    assert field.message.text() == "hint"
    assert remark.line.property("invalid") == "false"


def test_a_qr_code_is_whole_modules_on_white(qtbot: QtBot) -> None:
    image = qr_pixmap(ADDRESS, 196).toImage()
    assert image.width() == image.height()
    assert image.pixelColor(0, 0).name() == "#ffffff"
    colors = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert colors == {"#ffffff", "#000000"}
    label = QrLabel(ADDRESS)
    qtbot.addWidget(label)
    assert label.accessibleDescription() == ADDRESS
