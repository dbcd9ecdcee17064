"""`make mutants`: what the tests notice of faults. Writes build/mutants/score.md and what survived.

Three kinds: faults that mutmut makes of every line (by package, each with the tests that concern it), faults that a
programmer could make (`tests/support/plausible_faults.py`), and faults in the database's schema
(`catalogue_faults`). Everything happens in copies. Takes hours; `make mutants PARTS='domain plausible'` does a part.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.faulty_copies import ROOT, Copy
from tests.support.plausible_faults import ALL

BUILD = ROOT / "build" / "mutants"
NOTICED = ("killed", "timeout", "segfault", "suspicious", "caught by type check")
OF_SOURCES = ("test_refusals_are", "test_the_domain_imports")
"""Tests of `tests/domain/test_errors.py` that read sources: they would see what mutmut made of them."""
CHILDREN = os.environ.get("WBO_MUTANTS_AT_ONCE", "2")


@dataclass(frozen=True, slots=True)
class Part:
    """What mutmut changes together, the tests that are asked, and how much of it they should notice.

    Attributes:
        pure: the tests need no server, chain or window.
    """

    files: tuple[str, ...]
    tests: tuple[str, ...]
    target: float
    pure: bool = False


PARTS: dict[str, Part] = {
    "domain": Part(("domain/*",), ("tests/domain",), 0.95, pure=True),
    "settings": Part(("settings.py",), ("tests/program/test_settings.py",), 0.85),
    "rules": Part(("views/rules.py",), ("tests/views/pages/test_rules.py",), 0.85),
    "chain": Part(
        (
            "chain/refunds/fees.py",
            "chain/refunds/broadcasting.py",
            "chain/evm/quorum.py",
            "chain/refunds/signed.py",
        ),
        (
            "tests/chain/refunds/test_fees.py",
            "tests/chain/refunds/test_node_words.py",
            "tests/chain/rpc/test_four_nodes.py",
            "tests/chain/refunds/test_signed.py",
        ),
        0.85,
    ),
    "services": Part(
        ("services/attempts.py", "services/supervision.py"),
        ("tests/services/test_attempts.py", "tests/services/test_supervision.py"),
        0.85,
    ),
    "models": Part(
        ("models/connection.py", "models/store.py"),
        (
            "tests/services/test_reconnecting.py",
            "tests/services/test_desk.py",
            "tests/models/test_connection_refusals.py",
        ),
        0.85,
    ),
}


def main() -> None:
    """Does the parts that are asked for, or all."""
    asked = sys.argv[1:] or [*PARTS, "plausible", "catalogue"]
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in asked:
        if name == "plausible":
            _plausible()
        elif name == "catalogue":
            subprocess.run([sys.executable, "-m", "benchmarks", "catalogue_faults"], cwd=ROOT, check=False)
        else:
            _mutmut(name.partition(":")[0], name.partition(":")[2])


def _mutmut(name: str, only: str) -> None:
    """One part; `domain:types.py,wallet.py` is some files of it."""
    part = PARTS[name]
    folder = part.files[0].rpartition("/")[0]
    files = tuple(f"{folder}/{file}" for file in only.split(",")) if only else part.files
    with tempfile.TemporaryDirectory(prefix="mutants") as made:
        place = Copy.make(Path(made)).place
        with (place / "pyproject.toml").open("a", encoding="utf-8") as project:
            project.write(_configuration(files))
        environment = os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(place)}
        environment["WBO_MUTANTS_AT_ONCE"] = CHILDREN
        _in(place, [sys.executable, "-m", "tests.support.mutant_forks"], environment)
        options = [
            "-q",
            "--tb=native",
            "--assert=plain",
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.support.mutant_forks",
            *_options(part),
            *part.tests,
        ]
        _in(place / "mutants", [sys.executable, "-m", "pytest", *options], environment)
        _report(name if not only else f"{name}-{only.replace('.py', '').replace(',', '-')}", place)


def _in(place: Path, command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            f"{command[2:6]} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        )
    print(done.stderr, end="", flush=True)


def _options(part: Part) -> list[str]:
    left_out = [f"--deselect=tests/domain/test_errors.py::{name}" for name in OF_SOURCES]
    return [*left_out, *(["--noconftest"] if part.pure else [])]


def _configuration(files: tuple[str, ...]) -> str:
    lines = {
        "source_paths": ["wbo_desktop"],
        "only_mutate": [f"wbo_desktop/{file}" for file in files],
        "also_copy": ["resources", "tests", "tools", "benchmarks", "pyproject.toml"],
    }
    text = "\n".join(f"{key} = {value!r}" for key, value in lines.items())
    return f"\n[tool.mutmut]\nuse_git_change_detection = false\n{text}\n"


def _report(name: str, place: Path) -> None:
    """The score by module on standard output, and every survivor with its change in a file."""
    mutmut = Path(sys.executable).with_name("mutmut")
    listed = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=place, capture_output=True, text=True, check=True
    )
    found = re.findall(r"^\s*(\S+): (.+)$", listed.stdout, re.M)
    tried: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    survivors = []
    for mutant, verdict in found:
        module = mutant.rpartition(".")[0]
        tried[module] += 1
        if verdict.strip() in NOTICED:
            noticed[module] += 1
        else:
            survivors.append((mutant, verdict.strip()))
    with (BUILD / f"survivors-{name}.txt").open("w", encoding="utf-8") as file:
        for mutant, verdict in survivors:
            shown = subprocess.run(
                [mutmut, "show", mutant], cwd=place, capture_output=True, text=True, check=False
            )
            file.write(f"{mutant}: {verdict}\n{shown.stdout}\n")
    lines = [f"{module}: {noticed[module]} of {n}" for module, n in sorted(tried.items())]
    whole = noticed.total() / max(1, tried.total())
    lines.append(f"{name}: {noticed.total()} of {tried.total()} noticed, {whole:.1%}")
    print("\n".join(lines), flush=True)
    (BUILD / f"score-{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plausible() -> None:
    place = Path(tempfile.mkdtemp(prefix="faults"))
    try:
        copy = Copy.make(place)
        missed = [fault.name for fault in ALL if not copy.notices(fault)]
    finally:
        shutil.rmtree(place)
    for name in missed:
        print(f"survives: {name}")
    print(f"plausible: {len(ALL) - len(missed)} of {len(ALL)} noticed", flush=True)
    (BUILD / "score-plausible.txt").write_text(
        "\n".join([*missed, f"{len(missed)} missed"]) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
