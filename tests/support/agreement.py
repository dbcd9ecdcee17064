"""What waits for an administrator of another hand, agreed to as that administrator would."""

from __future__ import annotations

from wbo_demo.world import World


def agree(world: World, by: str = "admin2", about: str = "") -> int:
    """Approve what waits and `by` may decide, everything or what is about one login; returns how many that were."""
    with world.connect(by) as administrator:
        waiting = administrator.execute(
            "SELECT request_id FROM wbo.permission_request WHERE state = 'waiting'"
            " AND %s IN ('', login) AND NOT requested_hand && (SELECT hand FROM wbo.my_session()) ORDER BY request_id",
            (about,),
        ).fetchall()
        for (request,) in waiting:
            administrator.execute("SELECT wbo.approve_request(%s)", (request,))
    return len(waiting)
