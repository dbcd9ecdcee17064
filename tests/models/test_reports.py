"""The daily report: what an auditor would add up by hand from the day's records, and the anchor that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from tests.models.conftest import column
from tests.security import scene as day_of
from tests.security.scene import Scene
from wbo_demo.world import World
from wbo_desktop.models import audit


@pytest.fixture
def day(database: World) -> Iterator[Scene]:
    made = day_of.set_up(database)
    yield made
    made.chain.close()


def test_the_days_figures_are_those_of_the_records(day: Scene) -> None:
    with day.world.connect("superuser") as root:
        report = audit.daily_report(root)
        acts = {(act["operator"], act["action"]): act["count"] for act in report["acts"]}
        assert sum(acts.values()) == report["entries"]["count"] > 0
        assert acts["maker", "request_refund"] == 2 * len(
            column(root.execute("SELECT refund_no FROM wbo.refund"))
        ), "a refund and its record"
        (credited,) = report["credited"]
        assert credited["coin"] == "USDT"
        sums = root.execute(
            "SELECT sum(credited_amount), count(*) FROM wbo.deposit_record WHERE credited_at IS NOT NULL"
        )
        assert (Decimal(credited["amount"]), credited["count"]) == sums.fetchone()
        (refunded,) = report["refunded"]
        assert (Decimal(refunded["amount"]), refunded["count"]) == (60, 1)
        assert report["open"]["abnormal"] == len(
            column(root.execute("SELECT record_no FROM wbo.deposit_record WHERE status = 'abnormal'"))
        )
        day.chain.store.seal_audit(10_000)
        anchored = audit.daily_report(root)
        assert anchored["entries"]["unsealed"] == 0
        head = anchored["anchor"]["head"]
        assert audit.verify(root, head).fault is None
        lines = list(audit.report_lines(anchored, audit.verify(root)))
        assert lines[-1].endswith(head)
        assert any(line.split() == ["USDT", "Ethereum", "1", "60.000000"] for line in lines)


def test_a_log_that_was_altered_is_said_in_capitals(day: Scene) -> None:
    with day.world.connect("superuser") as root:
        day.chain.store.seal_audit(10_000)
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE wbo_data.audit_entry SET remark = 'another' WHERE seq = 3")
        assert "THE LOG WAS ALTERED: entry_altered at entry 3" in list(
            audit.report_lines(audit.daily_report(root), audit.verify(root))
        )


def test_another_day_is_another_day(day: Scene) -> None:
    with day.world.connect("superuser") as root:
        report = audit.daily_report(root, date(2020, 2, 29))
    assert (report["since"], report["until"]) == ("2020-02-29T00:00:00+08:00", "2020-03-01T00:00:00+08:00")
    assert report["entries"]["count"] == 0
    assert report["acts"] == report["credited"] == report["refunded"] == []
