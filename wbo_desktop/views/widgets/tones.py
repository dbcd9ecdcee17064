"""The tone of each status: one table for chips, delegates and charts."""

from __future__ import annotations

from wbo_desktop.views.theme import Tone

_TONES: dict[str, dict[str, Tone]] = {
    "deposit": {
        "pending_auth": Tone.WAITING,
        "processing": Tone.PROGRESS,
        "success": Tone.GOOD,
        "abnormal": Tone.BAD,
        "refunding": Tone.BACK,
        "refunded": Tone.BACK,
        "refund_failed": Tone.BAD,
    },
    "refund": {
        "requested": Tone.WAITING,
        "approved": Tone.WAITING,
        "executing": Tone.PROGRESS,
        "signed": Tone.PROGRESS,
        "broadcast": Tone.PROGRESS,
        "confirming": Tone.PROGRESS,
        "confirmed": Tone.GOOD,
        "failed": Tone.BAD,
        "rejected": Tone.BAD,
    },
    "wallet": {
        "unverified": Tone.WAITING,
        "verifying": Tone.PROGRESS,
        "verified": Tone.GOOD,
    },
}


def tone_of(kind: str, code: object) -> Tone:
    """The tone of a status of a `deposit`, `refund` or `wallet`; ended and unknown ones are neutral."""
    return _TONES.get(kind, {}).get(str(code), Tone.NEUTRAL)
