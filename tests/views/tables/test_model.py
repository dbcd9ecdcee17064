"""The paged model: what Qt demands of a model, and what an operator demands of a list that moves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.gate import Gate
from tests.support.memory_store import MemoryStore
from tests.views.conftest import until
from wbo_desktop import views
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.models.tables import DepositRecord
from wbo_desktop.services.desk import Desk
from wbo_desktop.services.pages import Filter, Match
from wbo_desktop.views import i18n, labels, operation
from wbo_desktop.views.tables.columns import Column, Kind
from wbo_desktop.views.tables.model import CELL_ROLE, PagedModel
from wbo_desktop.views.tables.table import Table

COLUMNS = (
    Column(DepositRecord.record_no, Kind.CODE, 150),
    Column(DepositRecord.status, Kind.CHIP, words=labels.deposit_status),
    Column(DepositRecord.claimed_amount, Kind.AMOUNT),
    Column(DepositRecord.confirmations, Kind.PROGRESS),
    Column(DepositRecord.txid, Kind.ADDRESS),
    Column(DepositRecord.created_at, Kind.TIME),
)
START = datetime(2026, 11, 22, 8, tzinfo=UTC)


def record(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "record_no": f"DP20261122-{number:06d}", "status": "processing", "claimed_amount": 5, "coin": "USDT", "decimals": 6,
        "block_number": 100 + number, "confirmations": 3, "required_confirmations": 12, "txid": "0x" + f"{number:064x}",
        "created_at": START + timedelta(minutes=number),
    } | changes  # fmt: skip


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore({"deposit_record": [record(number) for number in range(350)]})


def numbers(model: PagedModel) -> list[int]:
    return [int(model.row(at)["record_no"][-6:]) for at in range(model.rowCount())]


async def loaded(desk: Desk, filters: Sequence[Filter] = ()) -> PagedModel:
    model = PagedModel(desk, DepositRecord, COLUMNS)
    model.set_query(filters)
    await until(lambda: model.ever_loaded)
    return model


async def test_qt_is_content_while_rows_come_go_and_move(desk: Desk, store: MemoryStore) -> None:
    model = PagedModel(desk, DepositRecord, COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_query(())
    await until(lambda: model.rowCount() == 100)
    model.fetchMore(QModelIndex())
    await until(lambda: model.rowCount() == 200)
    rows = store.rows["deposit_record"]
    del rows[300:320]
    rows[340 - 20]["created_at"] = START
    rows += [record(number) for number in range(350, 353)]
    rows[0]["status"] = "abnormal"
    model.refresh()
    await until(lambda: numbers(model)[0] == 352)
    assert numbers(model) == sorted(
        numbers(model),
        key=lambda n: next(r["created_at"] for r in rows if r["record_no"].endswith(f"{n:06d}")),
        reverse=True,
    )
    model.set_query((Filter("status", Match.EQUAL, "abnormal"),))
    await until(lambda: numbers(model) == [0])
    del tester


def test_each_item_model_is_tried() -> None:
    """A new model has to be given to Qt's tester above, and to be named here."""
    for module in pkgutil.walk_packages(views.__path__, views.__name__ + "."):
        importlib.import_module(module.name)
    found, ahead = set(), [QAbstractItemModel]
    while ahead:
        ahead += (model := ahead.pop()).__subclasses__()
        found |= {model} if model.__module__.startswith(views.__name__) else set()
    assert found == {PagedModel}


async def test_the_plugin_finds_no_fault_either(desk: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(await loaded(desk), force_py=True)


async def test_scrolling_reaches_the_last_row_and_each_once(desk: Desk) -> None:
    model = await loaded(desk)
    while model.canFetchMore(QModelIndex()):
        before = model.rowCount()
        model.fetchMore(QModelIndex())
        await until(lambda before=before: model.rowCount() > before and not model.loading)
    assert numbers(model) == list(range(349, -1, -1))


async def test_data_asks_nobody(desk: Desk, store: MemoryStore) -> None:
    model = await loaded(desk)
    asked = len(store.requests)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            assert model.index(row, column).data() is not None
    assert len(store.requests) == asked


async def test_a_change_elsewhere_keeps_selection_and_place(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    model = await loaded(desk)
    table = Table(model)
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    table.selectRow(30)
    table.verticalScrollBar().setValue(table.rowHeight(0) * 28 + 7)
    key, top = model.key_of(30), table.visualRect(model.index(30, 0)).top()
    store.rows["deposit_record"] += [record(number) for number in range(350, 360)]
    store.rows["deposit_record"][319]["status"] = "success"
    model.refresh()
    await until(lambda: numbers(model)[0] == 359)
    assert [model.key_of(at) for at in table.selected_numbers()] == [key]
    assert table.selected_numbers() == [40]
    assert table.visualRect(model.index(40, 0)).top() == top


async def test_at_the_top_new_rows_come_into_view(qtbot: QtBot, desk: Desk, store: MemoryStore) -> None:
    model = await loaded(desk)
    table = Table(model)
    qtbot.addWidget(table)
    table.show()
    store.rows["deposit_record"].append(record(350))
    model.refresh()
    await until(lambda: numbers(model)[0] == 350)
    assert table.verticalScrollBar().value() == 0


async def test_an_answer_to_a_question_no_longer_asked_is_dropped(desk: Desk) -> None:
    model = PagedModel(desk, DepositRecord, COLUMNS)
    model.set_query((Filter("record_no", Match.EQUAL, "DP20261122-000001"),))
    model.set_query((Filter("record_no", Match.EQUAL, "DP20261122-000002"),))
    await until(lambda: model.rowCount())
    await until(lambda: not model.loading)
    assert numbers(model) == [2]


async def test_a_refresh_during_a_refresh_is_not_lost(desk: Desk, store: MemoryStore, gate: Gate) -> None:
    model = await loaded(desk)
    gate.shut()
    model.refresh()
    await until(lambda: gate.asked == 1)
    # the first one has read already: only the second can see it
    store.rows["deposit_record"].append(record(400))
    model.refresh()
    gate.open(10)
    await until(lambda: 400 in numbers(model))


async def test_the_next_page_that_is_wanted_during_a_refresh_comes_afterwards(
    desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    model = await loaded(desk)
    gate.shut()
    model.refresh()
    await until(lambda: gate.asked == 1)
    assert model.canFetchMore(QModelIndex()), "what is loading now does not make it all there is"
    model.fetchMore(QModelIndex())
    gate.open(10)
    await until(lambda: model.rowCount() == 200)
    assert numbers(model) == list(range(349, 149, -1))


async def test_a_refresh_during_one_that_fails_is_not_lost(
    desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    model = await loaded(desk)
    gate.shut()
    store.down = True
    model.refresh()
    await until(lambda: gate.asked == 1)
    store.down = False
    store.rows["deposit_record"].append(record(400))
    model.refresh()
    gate.open(10)
    await until(lambda: 400 in numbers(model))


async def test_a_refresh_that_is_answered_after_the_next_question_changes_nothing(
    desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    model = await loaded(desk)
    gate.shut()
    model.refresh()
    await until(lambda: gate.asked == 1)
    model.set_query((Filter("record_no", Match.EQUAL, "DP20261122-000002"),))
    await until(lambda: gate.asked == 2)
    gate.open_newest()
    await until(lambda: numbers(model) == [2])
    gate.open(10)
    await until(lambda: not operation._background)
    assert numbers(model) == [2]


async def test_a_refresh_fetches_as_far_as_the_view_needs_however_far_that_is(
    desk: Desk, store: MemoryStore
) -> None:
    store.rows["deposit_record"] += [record(number) for number in range(350, 800)]
    model = await loaded(desk)
    while model.rowCount() < 800:
        model.fetchMore(QModelIndex())
        await until(lambda: not model.loading)
    model.needed = lambda: 730  # the chosen row is the last of these
    model.refresh()
    await until(lambda: not model.loading)
    assert model.rowCount() == 730
    model.needed = lambda: 1
    model.refresh()
    await until(lambda: not model.loading)
    assert model.rowCount() == 100, "what nobody looks at is not asked for again and again, nor kept"


async def test_a_row_that_looks_as_before_is_not_painted_again(desk: Desk, store: MemoryStore) -> None:
    """Each block changes what is known of every row, and what is shown of hardly any."""
    for row in store.rows["deposit_record"][::2]:
        row.update(status="success", confirmations=12)
    model = await loaded(desk)
    painted: list[int] = []
    model.dataChanged.connect(lambda first, last: painted.extend(range(first.row(), last.row() + 1)))
    for row in store.rows["deposit_record"]:
        row["network_head"] = 4711
        row["confirmations"] = 4711 if row["status"] == "success" else row["confirmations"]
    store.rows["deposit_record"][-1]["status"] = "abnormal"
    model.refresh()
    await until(lambda: not model.loading)
    assert {model.row(number)["network_head"] for number in range(model.rowCount())} == {4711}
    assert len(painted) == 1
    assert model.row(painted[0])["status"] == "abnormal"


async def test_the_failure_of_a_question_no_longer_asked_is_not_told(
    desk: Desk, store: MemoryStore, gate: Gate
) -> None:
    model = await loaded(desk)
    failures: list[Exception] = []
    model.failed.connect(failures.append)
    gate.shut()
    store.down = True
    model.refresh()
    await until(lambda: gate.asked == 1)
    store.down = False
    model.set_query((Filter("record_no", Match.EQUAL, "DP20261122-000002"),))
    await until(lambda: gate.asked == 2)
    gate.open(1)
    await until(lambda: gate.asked == 2 and model.loading)
    gate.open(1)
    await until(lambda: numbers(model) == [2])
    assert failures == []


async def test_a_row_that_moves_between_two_pages_of_a_refresh_is_there_once(
    desk: Desk, store: MemoryStore, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wbo_desktop.views.tables.model.REFRESH_PAGE", 60)
    model = await loaded(desk)
    gate.shut()
    model.refresh()
    await until(lambda: gate.asked == 1)
    first = next(r for r in store.rows["deposit_record"] if r["record_no"] == model.key_of(0)[0])
    first["created_at"] = record(280)["created_at"] + timedelta(seconds=1)
    gate.open(5)
    await until(lambda: not model.loading)
    assert len(numbers(model)) == len(set(numbers(model)))


async def test_when_loading_fails_the_rows_stay(desk: Desk, store: MemoryStore) -> None:
    model = await loaded(desk)
    failures: list[Exception] = []
    model.failed.connect(failures.append)
    store.down = True
    model.refresh()
    await until(lambda: failures)
    assert isinstance(failures[0], RuleViolation)
    assert model.rowCount() == 100
    store.down = False
    model.refresh()
    await until(lambda: not model.loading)


async def test_cells_say_it_whole_where_it_counts(desk: Desk) -> None:
    model = await loaded(desk)
    by_key = {column.key: model.index(0, at).data(CELL_ROLE) for at, column in enumerate(COLUMNS)}
    assert by_key["claimed_amount"].text == "5.000000\u00a0USDT"
    assert by_key["claimed_amount"].plain == "5.000000"
    assert "…" in by_key["txid"].text
    assert by_key["txid"].plain == by_key["txid"].tooltip == "0x" + f"{349:064x}"
    assert by_key["confirmations"].text == "3 / 12"
    assert by_key["created_at"].tooltip.endswith("UTC")


async def test_another_language_changes_headings_and_words(desk: Desk) -> None:
    model = await loaded(desk)
    assert model.index(0, 1).data() == "確認中"
    i18n.install("en")
    model.retranslate()
    assert model.index(0, 1).data() == "Confirming"
    assert model.headerData(1, model_horizontal()) == "Status"


def model_horizontal() -> Any:
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


async def test_copied_csv_has_headings_whole_values_and_no_formulas(
    qtbot: QtBot, desk: Desk, store: MemoryStore
) -> None:
    store.rows["deposit_record"][-1]["record_no"] = "=HYPERLINK(1)"
    model = await loaded(desk)
    table = Table(model)
    qtbot.addWidget(table)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (0, 1):
        table.selectionModel().select(model.index(row, 0), flags)
    table.copy_csv()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("記錄編號,")
    assert lines[1].startswith("'=HYPERLINK(1)")
    assert "0x" + f"{348:064x}" in lines[2]


async def test_without_a_block_nothing_counts_as_confirmed(desk: Desk, store: MemoryStore) -> None:
    store.rows["deposit_record"][-1].update(block_number=None, confirmations=0)
    model = await loaded(desk)
    assert model.index(0, 3).data() == "—"
    assert model.index(1, 3).data() == "3 / 12"


async def test_a_status_column_is_as_wide_as_its_longest_word(qtbot: QtBot, desk: Desk) -> None:
    widths = {}
    for language in ("zh_HK", "en"):
        i18n.install(language)
        model = await loaded(desk)
        table = Table(model)
        qtbot.addWidget(table)
        widths[language] = table.columnWidth(1)
        words = [labels.deposit_status(code) for code in labels.deposit_status]
        assert widths[language] > max(table.fontMetrics().horizontalAdvance(word) for word in words) + 30
    assert widths["en"] > widths["zh_HK"]
