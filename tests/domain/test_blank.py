"""Which characters say nothing: all that unicode calls separators, controls and invisible formatting."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from wbo_desktop.domain.blank import BLANK_RANGES, is_blank

DRAWN = {0x06DD, 0x070F, 0x08E2, 0x110BD, 0x110CD, *range(0x0600, 0x0606), *range(0x0890, 0x0892)}
"""Formatting that is drawn: signs around Arabic, Syriac and Kaithi numbers and words."""


def _of(*categories: str) -> set[int]:
    return {n for n in range(1, sys.maxunicode + 1) if unicodedata.category(chr(n)) in categories}


def test_every_separator_control_and_format_character_is_blank() -> None:
    assert {hex(n) for n in _of("Zs", "Zl", "Zp", "Cc", "Cf") - DRAWN if not is_blank(chr(n))} == set()


def test_nothing_that_is_drawn_is_blank() -> None:
    drawn = _of("Lu", "Ll", "Lt", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Po", "Sm", "Sc", "Sk") | DRAWN
    assert {hex(n) for n in drawn if is_blank(chr(n))} == set()


def test_ranges_are_in_order_and_apart() -> None:
    ends = [end for of in BLANK_RANGES for end in of]
    assert ends == sorted(ends)


@given(st.text())
def test_a_text_is_blank_when_each_of_its_characters_is(text: str) -> None:
    assert is_blank(text) is all(map(is_blank, text))
    assert not is_blank(text + "a")
