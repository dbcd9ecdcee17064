"""The program from login to login, on the real database: what the roots put together works together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from psycopg import sql
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from tests.support.operators import Operators
from tests.views.conftest import until
from wbo_demo.world import Login, World
from wbo_desktop.app import Desktop
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.store import PostgresStore
from wbo_desktop.secrets import Secret
from wbo_desktop.services.desk import Store
from wbo_desktop.views import i18n, labels, menu
from wbo_desktop.views.dialogs.login import LoginDialog
from wbo_desktop.views.dialogs.password import ChangeOwnPasswordDialog
from wbo_desktop.views.main_window import MainWindow


def connector(world: World) -> Callable[[str, Secret], Store]:
    """As the program connects: never on Qt's thread."""
    qt_thread = threading.current_thread()
    return lambda login, password: PostgresStore(world.server, login, password, never_on=qt_thread)


@pytest_asyncio.fixture
async def desktop(database: World, settings: QSettings) -> AsyncIterator[Desktop]:
    """The program, with its login dialog up."""
    made = Desktop(connector(database), "db.broker.example", settings)
    running = asyncio.ensure_future(made.run())
    await until(lambda: made.login_dialog)
    yield made
    made.stop()
    await asyncio.wait_for(running, 10)


def child(parent: QWidget | None, kind: type, name: str) -> QWidget:
    assert parent is not None
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def enter(dialog: LoginDialog | None, login: Login) -> None:
    assert dialog is not None
    dialog.login.setText(login.login)
    dialog.password.line.setText(login.password.reveal())
    child(dialog, QPushButton, "login.ok").click()  # type: ignore[attr-defined]


async def log_in(desktop: Desktop, world: World, who: str) -> MainWindow:
    enter(desktop.login_dialog, world.logins[who])
    await until(lambda: desktop.window, seconds=20)
    assert desktop.window is not None
    return desktop.window


async def test_every_page_reads_the_real_database(desktop: Desktop, database: World) -> None:
    window = await log_in(desktop, database, "maker")
    for code in window.sidebar.codes():
        window.open_page(code)
        page = window.page(code)
        assert page is not None
        failures: list[Exception] = []
        page.model.failed.connect(failures.append)
        await until(lambda page=page, failures=failures: page.model.ever_loaded or failures, seconds=20)
        assert not failures, (code, failures)
        missing = {column.key for column in page.spec.columns if column.text is None} - set(
            page.model.row(0) if page.model.rowCount() else [column.key for column in page.spec.columns]
        )
        assert not missing, (code, missing)
    coins = window.page("coin_deposit_records")
    assert coins is not None
    choice = child(coins, QComboBox, "filter.coin")
    await until(lambda: choice.count() > 1)  # type: ignore[attr-defined]
    await until(lambda: window.health.networks())


async def test_the_viewer_sees_and_the_administrator_administers(desktop: Desktop, database: World) -> None:
    window = await log_in(desktop, database, "viewer")
    viewed = window.sidebar.codes()
    assert "coin_deposit_records" in viewed
    assert not {"operators", "audit_log"} & set(viewed)
    window.log_out()
    await until(lambda: desktop.login_dialog)
    assert child(desktop.login_dialog, QLineEdit, "login.login").text() == database.logins["viewer"].login  # type: ignore[attr-defined]
    window = await log_in(desktop, database, "admin")
    assert "operators" in window.sidebar.codes()
    assert "coin_deposit_records" not in window.sidebar.codes()
    for code in window.sidebar.codes():
        window.open_page(code)
        page = window.page(code)
        assert page is not None
        await until(lambda page=page: page.model.ever_loaded, seconds=20)


async def test_the_operators_language_comes_back_with_them(desktop: Desktop, database: World) -> None:
    window = await log_in(desktop, database, "viewer")
    window.set_language("en")
    window.log_out()
    await until(lambda: desktop.login_dialog)
    i18n.install("zh_HK")
    window = await log_in(desktop, database, "viewer")
    assert i18n.language() == "en"
    assert window.tabs.tabText(0) == "Coin Deposit Records"


async def test_a_wrong_password_is_said_and_nothing_opens(desktop: Desktop, database: World) -> None:
    dialog = desktop.login_dialog
    assert isinstance(dialog, LoginDialog)
    dialog.login.setText(database.logins["maker"].login)
    dialog.password.line.setText("not the password at all")
    dialog.ok_button.click()
    await until(lambda: dialog.message.isVisible(), seconds=20)
    assert desktop.window is None


async def test_a_disabled_operator_is_out_at_once(
    desktop: Desktop, database: World, operators: Operators
) -> None:
    somebody = operators.make(Permission.RECORD_INQUIRY)
    await log_in(desktop, database, somebody)
    with database.connect("admin") as connection:
        connection.execute("SELECT wbo.disable_operator(%s, %s)", (somebody, "離職"))
    window = desktop.window
    assert window is not None
    window.health.look()
    await until(lambda: desktop.login_dialog, seconds=20)
    assert desktop.login_dialog.message.isVisible()  # type: ignore[union-attr]


async def test_an_operator_disabled_while_the_desktop_reconnects_is_out_too(
    desktop: Desktop, database: World, operators: Operators
) -> None:
    """The connection was made before the disabling and outlived it: all it hears is that it may not read."""
    somebody = operators.make(Permission.RECORD_INQUIRY)
    window = await log_in(desktop, database, somebody)
    with database.connect("superuser") as connection:
        name = sql.Identifier(database.server.dbname)
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(somebody))
        )
        connection.execute("SET ROLE wbo_owner")  # who granted it
        connection.execute(sql.SQL("REVOKE wbo_operator FROM {}").format(sql.Identifier(somebody)))
    window.health.look()
    await until(lambda: desktop.login_dialog, seconds=20)
    assert window.end_reason is not None
    assert window.end_reason.code == "operator_disabled"
    assert somebody in desktop.login_dialog.message_text.text()  # type: ignore[union-attr]


def forced(desktop: Desktop) -> ChangeOwnPasswordDialog | None:
    """The dialog that stands between a one-time password and the desk."""
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, ChangeOwnPasswordDialog))
    return next((dialog for dialog in shown if dialog.isVisible()), None)


def fill(dialog: ChangeOwnPasswordDialog, current: str, new: str) -> None:
    """Both passwords, and the button."""
    for field, text in (("current_password", current), ("new_password", new), ("repeated", new)):
        dialog.fields[field].control.line.setText(text)  # type: ignore[attr-defined]
    dialog.ok_button.click()


async def test_a_one_time_password_opens_nothing_until_it_is_changed(
    desktop: Desktop, database: World, operators: Operators
) -> None:
    somebody = operators.make(Permission.RECORD_INQUIRY, one_time=True)
    first = desktop.login_dialog
    enter(first, database.logins[somebody])
    await until(lambda: forced(desktop), seconds=20)
    assert desktop.window is None
    dialog = forced(desktop)
    assert dialog is not None
    dialog.give_up()
    await until(lambda: desktop.login_dialog not in (None, first), seconds=20)
    assert desktop.window is None, "who gives up is back at the login"


async def test_after_the_first_change_every_connection_has_the_new_password(
    desktop: Desktop, database: World, operators: Operators
) -> None:
    somebody = operators.make(Permission.RECORD_INQUIRY, one_time=True)
    one_time = database.logins[somebody].password.reveal()
    new = Secret("a sentence nobody else made")
    enter(desktop.login_dialog, database.logins[somebody])
    await until(lambda: forced(desktop), seconds=20)
    dialog = forced(desktop)
    assert dialog is not None
    fill(dialog, one_time, new.reveal())
    await until(lambda: desktop.window, seconds=20)
    window = desktop.window
    assert window is not None
    assert not window.desk.session.must_change_password

    def connections(asked: str) -> set[int]:
        """Processes that serve this login and were last asked something like this."""
        with database.connect("superuser") as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE usename = %s AND query LIKE %s", (somebody, asked)
            ).fetchall()
        return {pid for (pid,) in rows}

    ear = "%change_mark%"  # what it asks from time to time beside listening
    await until(lambda: connections(ear), seconds=20)
    ended = connections("%")
    with database.connect("superuser") as connection:
        for pid in ended:
            connection.execute("SELECT pg_terminate_backend(%s)", (pid,))
    # what is made again is made with the new password: the ear, reading, and what asks for it
    await until(lambda: connections(ear) - ended, seconds=20)
    window.health.look()
    await until(lambda: connections("%chain_health%") - ended, seconds=20)
    await until(lambda: not window.health.database_lost and window.health.networks(), seconds=20)
    await window.desk.unlock(new)
    with pytest.raises(RuleViolation) as refused:
        await window.desk.unlock(Secret(one_time))
    assert refused.value.code == "password_wrong"
    assert desktop.window is window
    assert window.end_reason is None


def test_every_source_of_the_menu_is_one_the_database_pages() -> None:
    from wbo_desktop.models.tables import VIEWS

    assert {spec.model for spec in menu.pages()} <= set(VIEWS)


async def test_a_session_ends_when_the_policy_says_so(desktop: Desktop, database: World) -> None:
    with database.connect("superuser") as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE wbo_data.policy SET value = '0.0003' WHERE name = 'session_hours'")
    first = desktop.login_dialog
    enter(first, database.logins["viewer"])
    await until(lambda: desktop.login_dialog not in (None, first), seconds=60)
    assert desktop.login_dialog is not None
    assert desktop.login_dialog.message.isVisible()


async def test_who_can_be_the_second_administrator_is_told_and_decides(
    desktop: Desktop, database: World
) -> None:
    window = await log_in(desktop, database, "admin2")
    await until(lambda: window.sidebar.waiting("permission_requests") == 0)
    with database.connect("admin") as admin:
        admin.execute("SELECT wbo.save_policy('session_hours', '16')")
    await until(lambda: window.sidebar.waiting("permission_requests") == 1, seconds=20)
    window.open_page("permission_requests")
    page = window.page("permission_requests")
    assert page is not None
    await until(lambda: page.model.rowCount() == 1 and page.selected(), seconds=20)
    cells = [page.model.index(0, column).data() for column in range(len(page.spec.columns))]
    assert {labels.action("save_policy"), "12 → 16", "admin"} <= set(cells), cells
    approve = child(page, QPushButton, "approve_request")
    await until(approve.isEnabled)
    assert not child(page, QPushButton, "withdraw_request").isEnabled()
    approve.click()  # type: ignore[attr-defined]
    await until(lambda: window.findChild(QPushButton, "approve_request.ok"))
    child(window, QPushButton, "approve_request.ok").click()  # type: ignore[attr-defined]
    await until(lambda: window.sidebar.waiting("permission_requests") == 0, seconds=20)
    with database.connect("viewer") as viewer:
        kept = viewer.execute("SELECT value FROM wbo.policy WHERE name = 'session_hours'").fetchone()
    assert kept == (16,)


async def test_who_asked_sees_why_somebody_else_decides(desktop: Desktop, database: World) -> None:
    with database.connect("admin") as admin:
        admin.execute("SELECT wbo.save_policy('session_hours', '16')")
    window = await log_in(desktop, database, "admin")
    window.open_page("permission_requests")
    page = window.page("permission_requests")
    assert page is not None
    await until(lambda: page.model.rowCount() == 1 and page.selected(), seconds=20)
    assert window.sidebar.waiting("permission_requests") == 0
    approve, withdraw = (child(page, QPushButton, f"{act}_request") for act in ("approve", "withdraw"))
    await until(withdraw.isEnabled)
    assert not approve.isEnabled()
    assert "另一位管理員" in approve.accessibleDescription()
    assert child(page, QLabel, "notice").text() == ""  # type: ignore[attr-defined]


async def test_a_session_lasts_hours_and_an_idle_one_minutes(
    desktop: Desktop, database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, delays = asyncio.get_running_loop(), list[float]()
    later = loop.call_later

    def noted(delay: float, *more: Any, **named: Any) -> asyncio.TimerHandle:
        delays.append(delay)
        return later(delay, *more, **named)

    monkeypatch.setattr(loop, "call_later", noted)
    window = await log_in(desktop, database, "viewer")
    assert 12 * 3600 in delays
    assert window._idle._timer.interval() == 15 * 60 * 1000
