"""Every rule of the schema taken away, one at a time: who notices.

Behaviour is what counts: attacks, ordinary changes, rights. What only the declared inventory tells is said apart.
`python -m benchmarks.catalogue_faults PATTERN` tries those whose kind, table and name fit.
"""

from __future__ import annotations

import re
import sys
from time import perf_counter

from benchmarks._report import Row, table
from benchmarks._world import broker
from tests.security import scene
from tests.security.catalogue_faults import Watch, watch_all

TARGET = 0.98


def run(fitting: str = "") -> list[Row]:
    """One row; the survivors are told."""
    begun = perf_counter()
    with broker() as world:
        day = scene.set_up(world)
        watch = Watch(day)
        assert watch.wrong() == []
        among = [f for f in watch.faults if re.search(fitting, f"{f.kind} {f.table} {f.name}")]
        tally = watch_all(watch, among)
        watch.close()
        day.chain.close()
    for fault in tally.survivors:
        print(f"survives: {fault.kind} {fault.name}", file=sys.stderr)
    tried, noticed, declared = tally.tried.total(), tally.noticed.total(), tally.declared.total()
    kinds = ", ".join(f"{kind} {tally.noticed[kind]} of {n}" for kind, n in sorted(tally.tried.items()))
    return [
        Row(
            "catalogue_faults",
            f"{noticed} of {tried} noticed by behaviour",
            f"{declared} more by the declared inventory",
            noticed / tried,
            f"{TARGET:.0%}",
            (noticed + declared) / tried >= TARGET,
            f"{kinds}; {perf_counter() - begun:.0f} s",
        )
    ]


if __name__ == "__main__":
    print(table(run(*sys.argv[1:2])))
