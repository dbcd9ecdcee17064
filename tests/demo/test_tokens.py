"""Compiling the test contracts: from source, once, and by the real compiler."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbo_demo import tokens
from wbo_demo.tokens import CONTRACTS, TOKEN, compiled


def test_the_result_is_kept_by_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled(TOKEN, cache=tmp_path / "cache")
    assert first.bytecode.startswith("0x")
    assert {"transfer", "balanceOf", "decimals"} <= {entry.get("name") for entry in first.abi}
    calls: list[str] = []
    monkeypatch.setattr(tokens, "_compile", lambda source: calls.append(source) or first)
    assert compiled(TOKEN, cache=tmp_path / "cache") == first
    assert calls == []
    (tmp_path / f"{TOKEN}.vy").write_text((CONTRACTS / f"{TOKEN}.vy").read_text() + "\n# changed\n")
    compiled(TOKEN, folder=tmp_path, cache=tmp_path / "cache")
    assert len(calls) == 1


def test_a_cache_that_cannot_be_used_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    assert compiled(TOKEN, cache=tmp_path / "cache").bytecode.startswith("0x")
