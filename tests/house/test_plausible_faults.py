"""A sample of faults that somebody could make is noticed by the tests that should; `make mutants` asks about all."""

from __future__ import annotations

import random
from pathlib import Path
from time import monotonic

import pytest

from tests.support.faulty_copies import ROOT, Copy, Unusable
from tests.support.plausible_faults import ALL, Fault

SAMPLE = random.Random(20261124).sample([fault for fault in ALL if fault.quick], 20)
ENOUGH_SECONDS = 20
"""After these no further fault is begun: on a busy machine fewer are tried, never none."""


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
def test_each_fault_can_be_made(fault: Fault) -> None:
    """The list follows the code: a fault that is not there any more would be noticed for ever."""
    text = (ROOT / "wbo_desktop" / fault.file).read_text(encoding="utf-8")
    assert text.count(fault.old) == 1
    assert fault.old != fault.new
    assert fault.tests
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8")


def test_a_sample_is_noticed(tmp_path: Path) -> None:
    copy = Copy.make(tmp_path)
    code, told = copy.ask(("tests/domain/test_wallet.py", "tests/domain/test_types.py"))
    assert code == 0, told  # without a fault they are green, or red would mean nothing
    begun, tried, missed = monotonic(), 0, []
    for fault in SAMPLE:
        tried += 1
        if not copy.notices(fault):
            missed.append(fault.name)
        if monotonic() - begun > ENOUGH_SECONDS:
            break
    assert missed == []
    assert tried > 1


def test_what_changes_nothing_is_not_called_noticed(tmp_path: Path) -> None:
    """The faulty way of asking: a harness that says "noticed" of everything."""
    copy = Copy.make(tmp_path)
    same = Fault("domain/wallet.py", "The ways in which", "How", ("tests/domain/test_wallet.py",))
    assert not copy.notices(same)
    with pytest.raises(Unusable):
        copy.notices(Fault("domain/wallet.py", "not there", "", ("tests/domain/test_wallet.py",)))
