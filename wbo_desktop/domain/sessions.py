"""How long a session of an operator or of the client side may hold on to a transaction, and how many it may have.

Nothing honest needs as long: a desktop's act is one statement that commits by itself. A session that holds one longer is
ended by the watch (`schema/code/66_ending.sql`), since a login can lift every timeout that is set for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class SessionLimit(StrEnum):
    """What is limited. Seconds of a transaction's age, unless told otherwise."""

    IN_THE_WAY = "in_the_way"
    """Somebody has waited so long for a lock that it holds, or that those before it in the line take turns in holding."""
    HOLDS = "holds"
    """Age in seconds from which a session counts as in the way: an act of the desk is over sooner."""
    IN_THE_WORKERS_WAY = "in_the_workers_way"
    """The same when the worker or the owner waits: then everybody's deposits wait."""
    WORKERS_PATIENCE = "workers_patience"
    """How long the worker itself waits in one call for rows that somebody holds; it goes on without them then."""
    IDLE_WRITER = "idle_writer"
    """It has written, and now does nothing, sleeps, or waits for its own client."""
    WORKING_WRITER = "working_writer"
    """It has written and is busy, as a long import is."""
    IDLE_READER = "idle_reader"
    """It has only read, and does nothing; or it is one statement after another, as nothing of the desk is."""
    WORKING_READER = "working_reader"
    """It has only read, in one statement that is still running, as an audit verification is."""
    QUEUE_HOLDER = "queue_holder"
    """The queue of notifications fills up; a session in a transaction keeps it from being emptied."""
    QUEUE_FILLED = "queue_filled"
    """The part of the queue of notifications from which on its holders are ended."""
    CONNECTIONS = "connections"
    """Connections an operator may have: a desktop has five, and up to three more for a moment."""
    CLIENT_SIDE_CONNECTIONS = "client_side_connections"
    """Connections of a login of the client side."""
    ENDINGS = "endings"
    """So many of one login's sessions ended within the next limit, and the login is closed for the one after it. Sessions
    that stood in line behind its own count too."""
    ENDINGS_WITHIN = "endings_within"
    CLOSED_FOR = "closed_for"


LIMITS: Mapping[SessionLimit, float] = {
    SessionLimit.IN_THE_WAY: 2,
    SessionLimit.HOLDS: 0.5,
    SessionLimit.IN_THE_WORKERS_WAY: 1,
    SessionLimit.WORKERS_PATIENCE: 2,
    SessionLimit.IDLE_WRITER: 10,
    SessionLimit.WORKING_WRITER: 120,
    SessionLimit.IDLE_READER: 60,
    SessionLimit.WORKING_READER: 600,
    SessionLimit.QUEUE_HOLDER: 5,
    SessionLimit.QUEUE_FILLED: 0.005,
    SessionLimit.CONNECTIONS: 8,
    SessionLimit.CLIENT_SIDE_CONNECTIONS: 20,
    SessionLimit.ENDINGS: 3,
    SessionLimit.ENDINGS_WITHIN: 600,
    SessionLimit.CLOSED_FOR: 300,
}
