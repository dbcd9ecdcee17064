"""Coins, networks, custodial accounts and rules of the desk: judged as typed, sent without a float."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QSpinBox, QTableWidget

from tests.support.memory_store import address
from tests.views.conftest import until
from tests.views.dialogs.support import (
    ToldStore,
    error_of,
    imported,
    last_act,
    part,
    press,
    row_of,
    said,
    to_be_deleted,
)
from wbo_desktop.domain.acts import (
    ConfirmCustodialDeletion,
    ConfirmCustodialImport,
    DeleteCustodialAccount,
    ImportCustodialAccounts,
    RefuseCustodialDeletion,
    RefuseCustodialImport,
    SavePolicy,
)
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.services.desk import Desk
from wbo_desktop.views.dialogs import account_file
from wbo_desktop.views.dialogs.base import FormDialog
from wbo_desktop.views.dialogs.currency import SaveCryptocurrencyDialog
from wbo_desktop.views.dialogs.custodial import DeleteCustodialAccountDialog, ImportCustodialAccountsDialog
from wbo_desktop.views.dialogs.custodial_review import (
    ConfirmCustodialDeletionDialog,
    ConfirmCustodialImportDialog,
    RefuseCustodialDeletionDialog,
    RefuseCustodialImportDialog,
)
from wbo_desktop.views.dialogs.network import SaveNetworkDialog
from wbo_desktop.views.dialogs.policy import SavePolicyDialog

NETWORKS = frozenset({"Ethereum"})


def fill(dialog: SaveCryptocurrencyDialog, **texts: str) -> None:
    for name, text in texts.items():
        part(dialog, f"save_cryptocurrency.{name}").setText(text)


async def test_a_new_coin_needs_its_names_and_sends_amounts_as_text(desk: Desk, store: ToldStore) -> None:
    dialog = SaveCryptocurrencyDialog(desk, None)
    dialog.open()
    await until(lambda: part(dialog, "save_cryptocurrency.network", QComboBox).count())
    assert not dialog.ok_button.isEnabled()
    fill(dialog, code="USDC", name_en="USD Coin", name_zh_hk="美元幣", name_zh_cn="美元币")
    fill(dialog, contract=address(5).lower(), minimum_deposit="10.5", stop_level="0", alert_level="1000")
    part(dialog, "save_cryptocurrency.decimals", QSpinBox).setValue(6)
    await press(dialog)
    details = last_act(store)["details"]
    assert last_act(store)["expected_version"] is None
    json.dumps(details)  # what the database is sent
    assert details["contract"] == address(5)
    assert details["minimum_deposit"] == "10.500000"
    assert details["stop_level"] == "0"
    assert details["daily_refund_limit"] is None
    assert details["credit_tolerance"] == "5.00"
    assert details["deposit_enabled"] is True
    assert not any(isinstance(value, float) for value in details.values())


async def test_editing_keeps_what_was_fixed_and_brings_everything_back(desk: Desk, store: ToldStore) -> None:
    row = row_of(store, "cryptocurrency", code="USDT")
    row.update(daily_refund_limit=Decimal("50000.000000"), version=7)
    dialog = SaveCryptocurrencyDialog(desk, row)
    dialog.open()
    assert part(dialog, "save_cryptocurrency.code").isReadOnly()
    assert not part(dialog, "save_cryptocurrency.decimals", QSpinBox).isEnabled()
    part(dialog, "save_cryptocurrency.deposit_enabled", QCheckBox).setChecked(False)
    await press(dialog)
    details = last_act(store)["details"]
    assert last_act(store)["expected_version"] == 7
    assert details["deposit_enabled"] is False
    for name in ("code", "network", "name_zh_hk", "decimals", "confirmations", "wallet_rule", "contract"):
        assert details[name] == row[name]
    # what is left out is a rule that nobody meant to change, or that the database would have to guess
    assert details["approvals_needed"] == row["approvals_needed"]
    assert details["cooling_off_hours"] == row["cooling_off_hours"]
    assert Decimal(details["daily_refund_limit"]) == row["daily_refund_limit"]
    assert Decimal(details["minimum_deposit"]) == row["minimum_deposit"]


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("code", "US DT", "不適用"),
        ("contract", "0x12", "並非地址"),
        ("minimum_deposit", "1.1234567890123456789", "小數位"),
        ("credit_tolerance", "101", "不適用"),
        ("credit_tolerance", "1.234", "小數位"),
        ("stop_level", "-1", "大於零"),
    ],
)
async def test_a_wrong_value_is_said_beside_its_field(
    desk: Desk, store: ToldStore, field: str, text: str, problem: str
) -> None:
    dialog = SaveCryptocurrencyDialog(desk, None)
    dialog.open()
    fill(dialog, **{field: text})
    assert problem in error_of(dialog, field)


async def test_a_network_wants_links_that_can_work(desk: Desk, store: ToldStore) -> None:
    dialog = SaveNetworkDialog(desk, None)
    dialog.open()
    part(dialog, "save_network.name").setText("Polygon")
    part(dialog, "save_network.chain_id").setText("137")
    nodes = part(dialog, "save_network.rpc_urls", QPlainTextEdit)
    nodes.setPlainText("ftp://x")
    assert "不適用" in error_of(dialog, "rpc_urls")
    nodes.setPlainText("https://a.example\n\nhttps://b.example\n")
    part(dialog, "save_network.agreement", QSpinBox).setValue(3)
    assert error_of(dialog, "agreement") == "上面只有 2 個節點。"
    part(dialog, "save_network.agreement", QSpinBox).setValue(2)
    part(dialog, "save_network.explorer_tx_url").setText("https://x.example/tx/")
    assert "{txid}" in error_of(dialog, "explorer_tx_url")
    assert not dialog.ok_button.isEnabled()
    part(dialog, "save_network.explorer_tx_url").setText("https://x.example/tx/{txid}")
    await press(dialog)
    details = last_act(store)["details"]
    assert details["rpc_urls"] == ["https://a.example", "https://b.example"]
    assert details["chain_id"] == 137
    assert details["explorer_address_url"] is None


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "accounts.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5hkscs"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_every_kind_of_spreadsheet(tmp_path: Path, encoding: str, separator: str) -> None:
    text = f"渠道,地址,網絡\n滙豐託管,{address(1)},Ethereum\n\n滙豐託管,{address(2).lower()},Ethereum\n"
    lines = account_file.read(csv_file(tmp_path, text.replace(",", separator), encoding), NETWORKS)
    assert [line.problem for line in lines] == [None, None]
    assert lines[1].values() == {"channel": "滙豐託管", "network": "Ethereum", "address": address(2)}


def test_an_xlsx_file_is_read_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["address", "channel", "network"],
        [address(1), "Cobo", "Ethereum"],
        [None, None, None],
        ["0x1", "Cobo", "Ethereum"],
    ):
        book.active.append(row)
    path = tmp_path / "accounts.xlsx"
    book.save(path)
    lines = account_file.read(str(path), NETWORKS)
    assert [(line.number, line.problem and line.problem.code) for line in lines] == [
        (2, None),
        (4, "address_malformed"),
    ]


def test_each_line_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    text = (
        f"channel,network,address\n,Ethereum,{address(1)}\nCobo,Tron,{address(2)}\nCobo,Ethereum,{address(3)}\n"
        f"Cobo,Ethereum,{address(3)}\n"
    )
    lines = account_file.read(csv_file(tmp_path, text), NETWORKS)
    codes = [line.problem.code if line.problem else None for line in lines]
    assert codes == ["value_missing", "unknown_object", None, "already_exists"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"channel,network\nx,y\n", "value_missing"),
        ("a.csv", b"", "value_missing"),
        ("a.csv", b"channel,network,address\n", "value_missing"),
        ("a.xlsx", b"not a zip file", "value_invalid"),
    ],
)
def test_a_file_of_another_shape_is_refused_whole(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RuleViolation) as refused:
        account_file.read(str(tmp_path / name), NETWORKS)
    assert refused.value.code == code


async def test_importing_is_all_or_none(desk: Desk, store: ToldStore, tmp_path: Path) -> None:
    dialog = ImportCustodialAccountsDialog(desk, None)
    dialog.open()
    assert not dialog.ok_button.isEnabled()
    dialog.load(
        csv_file(tmp_path, f"channel,network,address\nCobo,Ethereum,{address(1)}\nCobo,Tron,{address(2)}\n")
    )
    summary = part(dialog, "import_custodial_accounts.summary", QLabel)
    await until(lambda: "1 行須更正" in summary.text())
    assert not dialog.ok_button.isEnabled()
    table = part(dialog, "import_custodial_accounts.rows", QTableWidget)
    assert "Tron" in table.item(0, 4).text(), "wrong lines come first"
    dialog.load(csv_file(tmp_path, f"channel,network,address\nCobo,Ethereum,{address(1)}\n"))
    await until(dialog.ok_button.isEnabled)
    assert dialog.ok_button.text() == "匯入 1 個賬戶"
    store.answers["import_custodial_accounts"] = 1
    await press(dialog)
    assert store.acts == [
        ImportCustodialAccounts([{"channel": "Cobo", "network": "Ethereum", "address": address(1)}])
    ]
    assert summary.text() == "已匯入 1 個新賬戶。 現待另一人確認。"


async def test_an_unreadable_file_is_said_beside_it(desk: Desk, tmp_path: Path) -> None:
    dialog = ImportCustodialAccountsDialog(desk, None)
    dialog.open()
    dialog.load(str(tmp_path / "nowhere.csv"))
    await until(lambda: "未能讀取此檔案" in error_of(dialog, "path"))


async def test_an_assigned_account_is_not_deleted(desk: Desk, store: ToldStore) -> None:
    assigned = DeleteCustodialAccountDialog(desk, row_of(store, "custodial_account", account_id=0))
    assigned.open()
    part(assigned, "delete_custodial_account.remark").setText("x")
    assert "只可刪除未分配" in said(assigned)
    free = row_of(store, "custodial_account", client_no=None)
    dialog = DeleteCustodialAccountDialog(desk, free)
    dialog.open()
    part(dialog, "delete_custodial_account.remark").setText("誤匯入")
    assert dialog.ok_button.text().startswith("申請刪除"), "another person confirms it"
    await press(dialog)
    assert store.acts == [DeleteCustodialAccount(free["account_id"], "誤匯入")]
    asked = DeleteCustodialAccountDialog(desk, to_be_deleted(store))
    asked.open()
    part(asked, "delete_custodial_account.remark").setText("x")
    assert "已就此提出申請" in said(asked)
    at_once = DeleteCustodialAccountDialog(desk, imported(store))
    assert at_once.ok_button.text().startswith("刪除")


async def test_an_import_is_compared_and_confirmed_by_another_person(desk: Desk, store: ToldStore) -> None:
    row = imported(store)
    waiting = [r for r in store.rows["custodial_account"] if r["import_id"] == row["import_id"]]
    dialog = ConfirmCustodialImportDialog(desk, row)
    dialog.open()
    table = part(dialog, "confirm_custodial_import.rows", QTableWidget)
    await until(lambda: table.rowCount() == len(waiting))
    assert {table.item(at, 2).text() for at in range(len(waiting))} == {r["address"] for r in waiting}
    assert not dialog.ok_button.isEnabled(), "nobody has compared them yet"
    part(dialog, "confirm_custodial_import.compared", QCheckBox).setChecked(True)
    await press(dialog)
    assert store.acts == [ConfirmCustodialImport(row["import_id"], len(waiting))]
    refusing = RefuseCustodialImportDialog(desk, row)
    refusing.open()
    part(refusing, "refuse_custodial_import.remark").setText("不在名單上")
    await press(refusing)
    assert store.acts[-1] == RefuseCustodialImport(row["import_id"], "不在名單上")


@pytest.mark.parametrize("kind", [ConfirmCustodialImportDialog, ConfirmCustodialDeletionDialog])
async def test_what_one_asked_for_oneself_somebody_else_confirms(
    desk: Desk, store: ToldStore, kind: type[FormDialog]
) -> None:
    row = imported(store) if kind is ConfirmCustodialImportDialog else to_be_deleted(store)
    dialog = kind(desk, row | {"asked_by_own_hand": True})
    dialog.open()
    if kind is ConfirmCustodialImportDialog:
        part(dialog, "confirm_custodial_import.compared", QCheckBox).setChecked(True)
    assert not dialog.ok_button.isEnabled()
    await until(lambda: "視為同一人" in said(dialog))


async def test_a_deletion_is_agreed_to_or_not(desk: Desk, store: ToldStore) -> None:
    row = to_be_deleted(store)
    agreeing = ConfirmCustodialDeletionDialog(desk, row)
    agreeing.open()
    await press(agreeing)
    assert store.acts == [ConfirmCustodialDeletion(row["account_id"], 1)]
    keeping = RefuseCustodialDeletionDialog(desk, row)
    keeping.open()
    part(keeping, "refuse_custodial_deletion.remark").setText("仍在使用")
    await press(keeping)
    assert store.acts[-1] == RefuseCustodialDeletion(row["account_id"], "仍在使用", 1)
    given = ConfirmCustodialDeletionDialog(desk, row | {"client_no": "C1", "state": "assigned"})
    given.open()
    assert not given.ok_button.isEnabled()


async def test_a_rule_is_edited_as_what_it_is(desk: Desk, store: ToldStore) -> None:
    minutes = SavePolicyDialog(desk, row_of(store, "policy", name="idle_lock_minutes"))
    minutes.open()
    assert not minutes.ok_button.isEnabled(), "nothing has changed yet"
    part(minutes, "save_policy.value", QSpinBox).setValue(10)
    await press(minutes)
    approval = SavePolicyDialog(desk, row_of(store, "policy", name="refund_approval_required"))
    approval.open()
    part(approval, "save_policy.value", QCheckBox).setChecked(False)
    await press(approval)
    assert store.acts == [SavePolicy("idle_lock_minutes", 10), SavePolicy("refund_approval_required", False)]
