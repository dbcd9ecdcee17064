"""The desk of one logged-in operator: acts, pages, changes, and the session that they happen in.

Database work runs on a small executor; the calling thread (Qt's, with the asyncio loop on it) never waits.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from wbo_desktop.domain.acts import Act, ChangeOwnPassword, Topic
from wbo_desktop.domain.errors import RuleViolation
from wbo_desktop.domain.passwords import check_new_password
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.secrets import Secret
from wbo_desktop.services.attempts import Attempts
from wbo_desktop.services.changes import Changes
from wbo_desktop.services.pages import Count, Filter, KeysetPage, PageRequest, R
from wbo_desktop.services.supervision import spawn_thread

T = TypeVar("T")

Asked = Sequence[tuple[type[object], tuple[Filter, ...]]]
"""Sources, each with its filters."""


@dataclass(frozen=True, slots=True)
class Session:
    """One operator's login as the database knows it: names, permissions, server, and the policies that the
    desktop follows.

    Attributes:
        policy: the rules of the desk by name.
        hand: the logins whose holders may have known this login's password, up to the root. What needs two
            people needs two hands.
        two_hands: whether there are administrators of two hands; without them no waiting request can be
            approved.
        password_foreign: whether the password was set outside the desk and is not confirmed yet, so that the
            login may only look.
    """

    login: str
    display_name: str
    permissions: frozenset[Permission]
    workstation: str
    server: str
    must_change_password: bool
    policy: Mapping[str, Any]
    hand: frozenset[str] = frozenset()
    two_hands: bool = True
    password_foreign: bool = False


class Store(Protocol):
    """The port to the database as one operator sees it. Blocking; every method may raise `RuleViolation`."""

    def session(self) -> Session: ...
    def call(self, act: Act) -> Any: ...
    def call_fresh(self, act: Act, password: Secret) -> Any:
        """`call` on a connection that is opened for this one act, with the password given again."""

    def page(self, request: PageRequest[R]) -> KeysetPage[R]: ...
    def count(self, source: type[object], filters: tuple[Filter, ...], exact: bool) -> Count: ...
    def waiting(self, asked: Asked, most: int) -> list[int]: ...

    def row(self, source: type[R], key: Mapping[str, Any]) -> R | None: ...
    def verify_password(self, password: Secret) -> None: ...
    def scram_verifier(self, login: str, password: Secret) -> str: ...
    def use_password(self, password: Secret) -> None: ...
    def listen(self, heard: Callable[[frozenset[Topic]], None]) -> None:
        """Calls `heard` with the topics of each notification until `close`; also on every reconnection and
        every few seconds with all topics, since a notification is only a hint."""

    def close(self) -> None: ...


class Desk:
    """One operator's session as views use it: acts to do, rows to read, changes to subscribe to.

    Methods that reach the database are coroutines and raise `RuleViolation` for a refusal.
    """

    def __init__(self, store: Store, session: Session) -> None:
        self.session = session
        self.changes = Changes()
        self._store = store
        self._attempts = Attempts()
        self._closed = threading.Event()
        self._locked = False
        self._executor = ThreadPoolExecutor(max_workers=3, thread_name_prefix="database")
        self._listener: threading.Thread | None = None

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *args)

    # what the operator does

    def may(self, act: type[Act]) -> bool:
        """Whether this operator has the permission of an act. Courtesy: the database decides."""
        return act.permission is None or act.permission in self.session.permissions

    def sees(self, permission: Permission) -> bool:
        """Whether this operator has an inquiry permission."""
        return permission in self.session.permissions

    async def do(self, act: Act, password: Secret | None = None) -> Any:
        """Runs an act in one transaction and publishes its topics. Returns what the SQL function returns: a
        value, a mapping for a row, or None.

        Args:
            password: the operator's, asked for again; needed where `act.step_up`.

        Raises:
            RuleViolation: the rule that refused it, or `screen_locked` while the desk is locked; nothing was
                changed. `outcome_unknown`: the connection broke, and the act may have been done.
        """
        self._check_unlocked()
        if act.step_up:
            if password is None:
                raise RuleViolation("step_up_required", seconds=60)
            result = await self._with_password(self._store.call_fresh, act, password)
        else:
            result = await self._done(act)
        self.changes.publish(act.changes)
        return result

    async def _done(self, act: Act) -> Any:
        try:
            return await self._run(self._store.call, act)
        except RuleViolation as refused:
            if refused.code == "outcome_unknown":
                self.changes.publish(act.changes)  # it may have been done: let the pages look
            raise

    async def change_own_password(self, current: Secret, new: Secret) -> None:
        """Sets the operator's new password; only its SCRAM verifier leaves this workstation.

        Raises:
            RuleViolation: `password_wrong` (the current one), `password_unchanged`, or a code of
                `check_new_password`.
        """
        self._check_unlocked()
        check_new_password(self.session.login, new.reveal())
        if current.reveal() == new.reveal():
            raise RuleViolation("password_unchanged")
        verifier = await self._run(self._store.scram_verifier, self.session.login, new)
        await self._with_password(self._store.call_fresh, ChangeOwnPassword(verifier), current)
        await self._run(self._store.use_password, new)
        await self.refresh_session()

    async def one_time_verifier(self, login: str, password: Secret) -> str:
        """The SCRAM verifier of a one-time password for another operator."""
        return await self._run(self._store.scram_verifier, login, password)

    def lock(self) -> None:
        """Refuses every act until `unlock`; reading goes on, so that the pages under the lock stay
        current."""
        self._locked = True

    def _check_unlocked(self) -> None:
        if self._locked:
            raise RuleViolation("screen_locked")

    async def unlock(self, password: Secret) -> None:
        """Checks the password of the locked session against the server and allows acts again.

        Raises:
            RuleViolation: `password_wrong`, `login_locked` or `database_unreachable`.
        """
        await self._with_password(self._store.verify_password, password)
        self._locked = False

    async def _with_password(self, work: Callable[..., T], *args: Any) -> T:
        """The result of `work`, which proves the operator's password to the server. A refused login is
        `password_wrong` here, since the login is known; each one takes longer (`Attempts`)."""
        login = self.session.login
        self._attempts.check(login)
        try:
            result = await self._run(work, *args)
        except RuleViolation as refused:
            if refused.code != "login_failed":
                raise
            await self._attempts.failed(login)
            raise RuleViolation("password_wrong") from refused
        self._attempts.succeeded(login)
        return result

    # what the operator sees

    async def page(self, request: PageRequest[R]) -> KeysetPage[R]:
        """The rows of one keyset page, and the key to ask for the next one with."""
        return await self._run(lambda: self._store.page(request))

    async def count(
        self, source: type[object], filters: tuple[Filter, ...] = (), exact: bool = False
    ) -> Count:
        """The number of rows of a source that pass the filters: counted when `exact`, else the planner's
        estimate."""
        return await self._run(self._store.count, source, filters, exact)

    async def waiting(self, asked: Asked, most: int) -> list[int]:
        """The number of rows that pass the filters, for each pair (source, filters), at most `most` each; one
        statement for all."""
        return await self._run(self._store.waiting, asked, most)

    async def row(self, source: type[R], **key: Any) -> R | None:
        """The one row of `source` with these values, read now; None when there is none."""
        return await self._run(lambda: self._store.row(source, key))

    async def rows(self, source: type[R], *filters: Filter, limit: int = 1000) -> list[R]:
        """The first `limit` rows of a short source, such as a record's timeline or the listed coins."""
        return (await self.page(PageRequest(source, filters, limit=limit))).rows

    # the session

    def start_listening(self) -> None:
        """Begins to publish to `changes` what other sessions change. Needs a running event loop."""
        loop = asyncio.get_running_loop()

        def heard(topics: frozenset[Topic]) -> None:
            with suppress(RuntimeError):  # the loop ended before the ear was closed
                loop.call_soon_threadsafe(self.changes.publish, topics)

        # A daemon thread: the program's end does not wait for a desk that was left open.
        self._listener = spawn_thread(lambda: self._store.listen(heard), "notifications", self._closed)

    async def refresh_session(self) -> Session:
        """Reads session, permissions and policies again, since they may have changed since the login."""
        self.session = await self._run(self._store.session)
        return self.session

    async def close(self) -> None:
        """Ends the session, after the database work that is under way."""
        loop = asyncio.get_running_loop()
        # first the work: a connection that opens after `close` would stay open
        await loop.run_in_executor(None, lambda: self._executor.shutdown(wait=True, cancel_futures=True))
        self._closed.set()
        await loop.run_in_executor(None, self._store.close)
        if self._listener is not None:
            await loop.run_in_executor(None, self._listener.join, 5.0)


async def log_in(
    connect: Callable[[str, Secret], Store], login: str, password: Secret, attempts: Attempts | None = None
) -> Desk:
    """The desk of an operator who logs in.

    Args:
        connect: opens the database as this login; blocking.
        attempts: the failures at this desk so far, shared between logins.

    Raises:
        RuleViolation: `login_failed`, `login_locked`, `database_unreachable`, `database_outdated`, `database_foreign`,
            `transport_insecure`, `not_an_operator`, `operator_disabled`.
    """
    loop = asyncio.get_running_loop()
    attempts = attempts or Attempts()
    attempts.check(login)
    store = await loop.run_in_executor(None, connect, login, password)
    try:
        session = await loop.run_in_executor(None, store.session)
    except RuleViolation as refused:
        await loop.run_in_executor(None, store.close)
        if refused.code == "login_failed":
            await attempts.failed(login)
        raise
    attempts.succeeded(login)
    return Desk(store, session)
