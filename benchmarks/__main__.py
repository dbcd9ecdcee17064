"""`make bench`: runs every benchmark beside this file, or those named; prints a table, writes results.json.

A benchmark is a module with `run() -> list[Row]`; names that begin with an underscore are helpers.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from pathlib import Path

from benchmarks._report import Row, table, write


def names() -> list[str]:
    """The benchmarks beside this file."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def measure(name: str) -> list[Row]:
    """One benchmark's rows; a benchmark that breaks is a row that missed its target."""
    print(f"{name} …", file=sys.stderr, flush=True)
    try:
        rows: list[Row] = importlib.import_module(f"benchmarks.{name}").run()
    except Exception as error:
        traceback.print_exc()
        return [Row(name, "broke", "", None, "", False, f"{type(error).__name__}: {error}")]
    return rows


def main() -> int:
    """0 when every target was met."""
    wanted = sys.argv[1:] or names()
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    rows = [row for name in wanted for row in measure(name)]
    print(table(rows))
    write(rows)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
