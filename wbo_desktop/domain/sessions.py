"""The limits of a session of an operator or of the client side: how long it may hold a transaction, how many
there may be.

No act of the desk comes near them: it is one statement that commits by itself. A session beyond a limit is
ended by the watch (`schema/code/66_ending.sql`), since a login can lift every timeout that is set for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class SessionLimit(StrEnum):
    """The limits by name; seconds of a transaction's age unless the name's own text says otherwise."""

    IN_THE_WAY = "in_the_way"
    """Another session has waited so long for a lock that this one holds, or that those before it in the queue
    hold in turn."""
    HOLDS = "holds"
    """The transaction's age from which a session counts as in the way: an act of the desk is over sooner."""
    IN_THE_WORKERS_WAY = "in_the_workers_way"
    """`IN_THE_WAY` where the worker or the owner waits: then every deposit waits."""
    WORKERS_PATIENCE = "workers_patience"
    """How long the worker waits in one call for rows that another session has locked, before it goes on
    without them."""
    IDLE_WRITER = "idle_writer"
    """A session that has written and is idle, sleeps, or waits for its own client."""
    WORKING_WRITER = "working_writer"
    """A session that has written and is busy, as a long import is."""
    IDLE_READER = "idle_reader"
    """A session that has only read and is idle, or that runs one statement after another in a single
    transaction."""
    WORKING_READER = "working_reader"
    """A session that has only read, in one statement that is still running, as an audit verification is."""
    QUEUE_HOLDER = "queue_holder"
    """A session that keeps the queue of notifications from being emptied while it fills up."""
    QUEUE_FILLED = "queue_filled"
    """The share of the queue of notifications (0 to 1) from which on the sessions that hold it are ended."""
    CONNECTIONS = "connections"
    """The number of connections of one operator: a desktop has five, and up to three more for a moment."""
    CLIENT_SIDE_CONNECTIONS = "client_side_connections"
    """The number of connections of one login of the client side."""
    ENDINGS = "endings"
    """The number of one login's sessions that were ended within `ENDINGS_WITHIN` seconds, at which the login
    is closed for `CLOSED_FOR` seconds. Sessions that waited in the queue behind its own count too."""
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
