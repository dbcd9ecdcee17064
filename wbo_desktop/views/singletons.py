"""Keeps None, True and False alive on Python 3.11 under PySide6 6.12.

The wheels of PySide6 6.12.0 are built against headers for which these are immortal (PEP 683), so each call
that returns None or a bool takes a reference that Python before 3.12 counts: after some thousand calls the
interpreter aborts with "none_dealloc". PySide6 6.11.1 does not; once its successor does not either, this
module can go.
"""

from __future__ import annotations

import ctypes
import sys

COUNTED = (None, True, False, NotImplemented, Ellipsis)
PLENTY = 1 << 40
"""References given: a call every microsecond uses them up in twelve days; a session ends within hours."""


def keep() -> None:
    """Give each singleton more references than can be lost. Once is enough; where they are immortal it
    does nothing."""
    if sys.version_info >= (3, 12):
        return
    for thing in COUNTED:
        if sys.getrefcount(thing) < PLENTY:
            ctypes.c_ssize_t.from_address(id(thing)).value += PLENTY
