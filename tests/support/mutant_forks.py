"""Asks the tests about each of mutmut's mutants, in a fork of one pytest that has collected and started everything once.

A plugin of pytest, run inside mutmut's copy (`tools/mutants.py` does): each test runs once and tells which functions it
calls; then each mutant is tried by the tests that call its function, the quickest first, until one is red. mutmut's own
way collects all tests anew for each mutant, which costs a hundred times what the tests cost.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import _lru_cache_wrapper
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

KILLED, SURVIVED, NO_TESTS, TOOK_TOO_LONG = 1, 0, 33, 36
LEAST_SECONDS, TIMES = 60.0, 20.0
"""A mutant may take so many times as long as its tests took, and at least so long: some wait for ever."""
LEAST_CPU, CPU_TIMES = 5, 5
"""The same of the processor's seconds, which tell sooner where the machine is busy: others turn in circles."""


def pytest_configure(config: pytest.Config) -> None:
    """Registers a profile without shrinking and database: a mutant is judged by the failure alone."""
    settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of the usual loop: first what calls what, then the mutants."""
    set_mutant_under_test("stats")
    tests, seconds, cpu = _told(session.items)
    set_mutant_under_test("")
    if session.testsfailed:
        return True
    work = [
        (mutant, sorted(tests[mutant.rpartition("__mutmut_")[0]], key=lambda at: seconds[at]))
        for mutant in mutants()
    ]
    expected = {mutant: sum(seconds[at] for at in places) for mutant, places in work}
    work.sort(key=lambda one: expected[one[0]])
    gc.freeze()  # else each fork copies what the collector only looks at
    codes = {mutant: NO_TESTS for mutant, places in work if not places}
    running: dict[int, tuple[str, float]] = {}
    most = int(os.environ.get("WBO_MUTANTS_AT_ONCE", "1"))
    for mutant, places in ((m, p) for m, p in work if p):
        while len(running) >= most:
            _reap(running, codes)
        pid = os.fork()
        if pid == 0:
            most_cpu = LEAST_CPU + CPU_TIMES * int(sum(cpu[at] for at in places))
            resource.setrlimit(resource.RLIMIT_CPU, (most_cpu, most_cpu + 5))
            _child(session, mutant, places)
        running[pid] = (mutant, time.monotonic() + max(LEAST_SECONDS, TIMES * expected[mutant]))
        if len(codes) % 50 == 0:
            save(codes)
    while running:
        _reap(running, codes)
    save(codes)
    return True


def _told(items: list[pytest.Item]) -> tuple[dict[str, list[int]], list[float], list[float]]:
    """By function, the places of the tests that call it; and how long each test took, by the clock and by the processor."""
    _find_caches()
    tests: dict[str, list[int]] = defaultdict(list)
    seconds, cpu = [], []
    for at in range(len(items)):
        state()._stats.clear()
        _forget()
        began, cpu_began = time.monotonic(), time.process_time()
        _run(items, at, (at + 1) % len(items))
        seconds.append(time.monotonic() - began)
        cpu.append(time.process_time() - cpu_began)
        for function in state()._stats:
            tests[function].append(at)
    return tests, seconds, cpu


def _run(items: list[pytest.Item], at: int, then: int) -> None:
    """One test; `then` is another, for the sake of which what was started for more than one stays as it is."""
    item = items[at]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=items[then])


_caches: list[Any] = []


def _find_caches() -> None:
    """The program's caches; before `gc.freeze`, which hides them."""
    _caches[:] = [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and str(one.__module__).startswith("wbo_desktop")
    ]


def _forget() -> None:
    """Empty the caches: what a test before this one asked for would be answered without calling anything."""
    for one in _caches:
        one.cache_clear()


def _child(session: pytest.Session, mutant: str, places: list[int]) -> None:
    """In the fork: ends with what the tests say, and tidies nothing away that is the parent's."""
    code = KILLED
    try:
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        set_mutant_under_test(mutant)
        _forget()
        before = session.testsfailed
        another = -1 if places[-1] == 0 else 0
        for at, then in pairwise([*places, another]):
            _run(session.items, at, then)
            if session.testsfailed > before:
                break
        else:
            code = SURVIVED
    finally:
        os._exit(code)


def _reap(running: dict[int, tuple[str, float]], codes: dict[str, int]) -> None:
    pid, status = os.waitpid(-1, os.WNOHANG)
    if pid in running:
        codes[running.pop(pid)[0]] = os.waitstatus_to_exitcode(status)
        return
    for late, (mutant, until) in list(running.items()):
        if time.monotonic() > until:
            os.killpg(late, signal.SIGKILL)
            os.waitpid(late, 0)
            codes[running.pop(late)[0]] = TOOK_TOO_LONG
            print(f"too long: {mutant}", file=sys.stderr)
    time.sleep(0.002)


def _metas() -> list[Path]:
    return sorted(Path("wbo_desktop").rglob("*.meta"))


def mutants() -> list[str]:
    """Every mutant that mutmut made here."""
    return [name for file in _metas() for name in json.loads(file.read_text())["exit_code_by_key"]]


def save(codes: dict[str, int]) -> None:
    """Where mutmut looks for it: `mutmut results` and `mutmut show` are as after a run of its own."""
    for file in _metas():
        meta: dict[str, Any] = json.loads(file.read_text())
        known = meta["exit_code_by_key"]
        known |= {name: codes[name] for name in known if name in codes}
        file.write_text(json.dumps(meta))


def generate() -> None:
    """Have mutmut make its copy with the mutants in it, in `mutants` of this folder."""
    mutmut: Any = importlib.import_module("mutmut.__main__")  # what `mutmut run` does first

    steps: list[Callable[[], Any]] = [
        lambda: Path("mutants").mkdir(exist_ok=True),
        mutmut.copy_src_dir,
        mutmut.copy_also_copy_files,
        mutmut.setup_source_paths,
        mutmut.store_lines_covered_by_tests,
        lambda: mutmut.create_mutants(1),
    ]
    set_mutant_under_test("mutant_generation")
    for step in steps:
        step()


if __name__ == "__main__":
    generate()
