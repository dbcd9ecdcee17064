"""The demo's logins, as somebody sees them whose terminal is a pipe."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest

from wbo_demo import world
from wbo_demo.desk import introduce
from wbo_desktop.secrets import Secret


class Pipe(io.StringIO):
    """Keeps what was flushed: a pipe's reader sees nothing else while the program runs."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = ""

    def flush(self) -> None:
        self.seen = self.getvalue()


def test_the_logins_are_seen_before_the_desktop_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe()
    monkeypatch.setattr(sys, "stdout", pipe)
    logins = {name: SimpleNamespace(login=name, password=Secret(f"of {name}")) for name in world.OPERATORS}
    introduce(cast("Any", SimpleNamespace(world=SimpleNamespace(logins=logins))))
    for name in world.OPERATORS:
        assert f"of {name}" in pipe.seen
