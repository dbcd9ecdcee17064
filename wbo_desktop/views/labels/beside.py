"""The sentences about parts beside the desktop that failed: what happened, and whether it recovers by
itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from wbo_desktop.services.supervision import Board, State, Trouble
from wbo_desktop.views.format import moment
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.labels.words import Words

part = Words(
    "beside",
    {
        "clients": QT_TRANSLATE_NOOP("beside", "The simulated clients"),
        "worker": QT_TRANSLATE_NOOP("beside", "The chain worker"),
        "postgres": QT_TRANSLATE_NOOP("beside", "The embedded PostgreSQL"),
        "chain": QT_TRANSLATE_NOOP("beside", "The local chain"),
        "beside": QT_TRANSLATE_NOOP("beside", "What runs beside the desktop"),
    },
)

_ERRORS = (
    QT_TRANSLATE_NOOP("beside", "it ended by itself"),
    QT_TRANSLATE_NOOP("beside", "it does not answer"),
)
"""The sentences for known errors of parts; any other error is shown as it is."""


def sentences(board: Board) -> Iterator[str]:
    """One sentence for each failing part of a board."""
    for trouble in board.troubles():
        yield sentence(trouble)


def sentence(trouble: Trouble) -> str:
    """The sentence about one trouble: what happened, and what comes next."""
    name = f"{part(trouble.part)} ({trouble.detail})" if trouble.detail else part(trouble.part)
    at = moment(trouble.at)
    return _template(trouble.state).format(
        part=name,
        time=f"{at:%H:%M:%S}" if at else "",
        error=QCoreApplication.translate("beside", trouble.error),
        times=trouble.times,
        seconds=_seconds_until(trouble.next_at),
    )


def _template(state: State) -> str:
    match state:
        case State.WAITING:
            return QCoreApplication.translate(
                "beside", "{part} failed at {time} and starts again in {seconds} s: {error}"
            )
        case State.BEGUN_AGAIN:
            return QCoreApplication.translate(
                "beside", "{part} failed at {time} and was started again: {error}"
            )
        case State.GIVEN_UP:
            return QCoreApplication.translate(
                "beside",
                "{part} failed {times} times in a row, last at {time}, and is not started again: {error} "
                "Close the program and start it anew.",
            )


def _seconds_until(moment: datetime | None) -> int:
    return 0 if moment is None else max(0, round((moment - datetime.now(UTC)).total_seconds()))
