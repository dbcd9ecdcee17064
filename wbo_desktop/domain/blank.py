"""The characters that say nothing: spaces of any script, controls, and formatting that leaves no mark.

The list is installed into the database, which refuses remarks made of them; dialogs ask `is_blank` before.
"""

from __future__ import annotations

BLANK_RANGES: tuple[tuple[int, int], ...] = (
    (0x0001, 0x0020),
    (0x007F, 0x00A0),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x1680, 0x1680),
    (0x17B4, 0x17B5),
    (0x180E, 0x180E),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x2800, 0x2800),
    (0x3000, 0x3000),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Code points, first and last of each range."""


def is_blank(text: str) -> bool:
    """Whether a text has no character that a reader would see; true of an empty one."""
    return all(any(first <= ord(letter) <= last for first, last in BLANK_RANGES) for letter in text)
