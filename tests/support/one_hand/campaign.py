"""Many walks, from each start in turn."""

from __future__ import annotations

from itertools import cycle
from time import monotonic

from tests.support.one_hand.plans import Person
from tests.support.one_hand.stage import STARTS, Stage
from tests.support.one_hand.walk import Tally

THREE_WAYS = ("payment: by ghosts", "rule: refund_approval_required", "rule: fresh_password_hours")
"""What was seen in November 2026: ghosts of one administrator pay, approvals switched off, hours set to nothing."""
ADMINISTRATORS = [start for start in STARTS if "administrator" in start]
OTHERS = [start for start in STARTS if start not in ADMINISTRATORS]
ORDER = [start for pair in zip(cycle(ADMINISTRATORS), OTHERS, strict=False) for start in pair]
YOUNG = 20
"""The seconds after which a new session is opened: with the password, a session can be as young as its user likes."""


def campaign(stage: Stage, steps: int, seed: int, length: int = 100) -> Tally:
    """At least so many steps in all; what was tried and found."""
    tally = Tally()
    connection, since = stage.connect(), monotonic()
    try:
        for number, start in enumerate(cycle(ORDER)):
            if tally.steps >= steps:
                break
            if monotonic() - since > YOUNG:
                connection.close()
                connection, since = stage.connect(), monotonic()
            connection.execute("BEGIN")
            Person(stage, connection, start, seed * 100_003 + number, tally).go(length)
            connection.execute("ROLLBACK")
    finally:
        connection.close()
    return tally
