"""What keeps a network's worker from doing all of its work, in codes that the worker writes and the desktop
explains."""

from __future__ import annotations

from enum import StrEnum


class NetworkTrouble(StrEnum):
    """The reasons for which a network's worker does less than all of its work, the most serious first."""

    NO_NODE = "no_node"
    """None of the network's nodes answers: nothing is seen, credited or sent."""
    FEW_NODES = "few_nodes"
    """Fewer nodes answer than have to agree: blocks are followed, but nothing is believed for money."""
    FAULT = "fault"
    """A part of the worker fails and is tried again."""
    SENDING = "sending"
    """Refunds are not sent."""
