"""What a benchmark says: rows of measured, peer and target. How to measure is each benchmark's affair."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"
COLUMNS = ("name", "measured", "peer", "ratio", "target", "met", "note")


@dataclass(frozen=True)
class Row:
    """One measurement beside the naive way or the peer, taken in the same run.

    `measured` and `peer` are texts with their unit ("2.1 ms"); `ratio` is measured to peer, None where
    there is nothing to divide; `target` says what was aimed at, `met` whether it was reached.
    """

    name: str
    measured: str
    peer: str
    ratio: float | None
    target: str
    met: bool
    note: str = ""

    def cells(self) -> list[str]:
        """The row as a table shows it."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return [
            self.name,
            self.measured,
            self.peer,
            ratio,
            self.target,
            "yes" if self.met else "NO",
            self.note,
        ]


def table(rows: Iterable[Row]) -> str:
    """A table of fixed columns for a terminal."""
    lines = [list(COLUMNS), *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def write(rows: Iterable[Row], path: Path = RESULTS) -> None:
    """The rows with their time and what they were measured on, as JSON; rows of other benchmarks stay."""
    new = {row.name: asdict(row) | {"at": datetime.now(UTC).isoformat(timespec="seconds")} for row in rows}
    old = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.exists() else []
    found = {row["name"]: row for row in old} | new
    machine = {
        "system": platform.platform(),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    content = {"measured_on": machine, "rows": [found[name] for name in sorted(found)]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
