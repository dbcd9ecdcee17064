"""The chain worker: puts tracker, refund sender and audit sealer together, for a server or for a desktop's own loop.

`Worker` runs in any asyncio loop; database work goes to threads. `run_worker` is the headless program: a health line
(JSON) on stdout, Prometheus metrics on loopback, SIGTERM drains.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING, Any

from wbo_desktop.chain.leading import CompanionMaker
from wbo_desktop.chain.refunds.sender import SendingRules, SendingWorker
from wbo_desktop.chain.tracking.network_worker import NetworkWorker, NetworkWorkerRules
from wbo_desktop.chain.tracking.other_networks import OtherNetworks
from wbo_desktop.chain.tracking.tracker import TrackerRules
from wbo_desktop.domain.acts import Topic
from wbo_desktop.domain.errors import PASSING, RuleViolation
from wbo_desktop.models.chain_store import ChainStore
from wbo_desktop.models.connection import Server
from wbo_desktop.models.refund_store import PostgresRefundStore
from wbo_desktop.secrets import Secret, find_secret, forget_secrets
from wbo_desktop.services.supervision import spawn
from wbo_desktop.services.tracking import Configuration, OnThreads
from wbo_desktop.services.watching import Watching
from wbo_desktop.settings import Settings, SettingsError

if TYPE_CHECKING:
    from wbo_desktop.chain.refunds.signer import Signer

log = logging.getLogger("wbo.worker")

HEALTH_EVERY = 10.0
RECONFIGURE_EVERY = 30.0
"""Seconds between two readings of the configuration without a notification, since one can be lost."""

GWEI = 10**9

CONFIGURES = frozenset({Topic.NETWORK, Topic.CURRENCY, ""})
CALLS_FOR_WORK = frozenset({Topic.DEPOSIT, Topic.WALLET, Topic.REFUND, Topic.CUSTODIAL, ""})


@dataclass(frozen=True, slots=True)
class WorkerRules:
    """The settings of a worker: `metrics_port` on loopback, 0 for none; `says_health`: a JSON line on stdout
    every ten seconds."""

    network: NetworkWorkerRules = field(default_factory=NetworkWorkerRules)
    sending: SendingRules = field(default_factory=SendingRules)
    metrics_port: int = 0
    says_health: bool = False


class Worker:
    """The chain worker: one network worker for each network, and the watch. Any number of workers may run
    against one database; for each network one of them leads.

    Args:
        login, password: of the worker's role.
        signer: of the hot wallet; without one no refund is sent from here.
    """

    def __init__(
        self,
        server: Server,
        login: str,
        password: Secret,
        *,
        signer: Signer | None = None,
        rules: WorkerRules | None = None,
    ) -> None:
        self.rules = rules or WorkerRules()
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}"
        self.networks: dict[str, NetworkWorker] = {}
        self._server, self._login, self._password, self._signer = server, login, password, signer
        self._others = OtherNetworks()
        self._stores: list[ChainStore] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._configured = Configuration()
        self._stopping = asyncio.Event()
        self._reconfigure = asyncio.Event()
        self._watching = Watching(self._open_store)
        self._broken: BaseException | None = None

    # ------------------------------------------------------------ life

    async def run(self) -> None:
        """Work until `stop`; what is under way then is finished and the leases are let go.

        Raises:
            RuleViolation: `login_failed`, `tls_expired`, …: nothing that waiting would mend (see `PASSING`).
            Exception: what ended a part that should never end; the supervisor starts another worker.
        """
        on_threads = OnThreads(threads=8)
        store = self._open_store("configuration")
        try:
            await self._first_configuration(store, on_threads)
            listening = spawn(asyncio.to_thread(store.listen, self._hear()), "listener", failed=self._break)
            beside = list(self._watching.start(self._break))
            if self.rules.says_health:
                beside.append(spawn(self._say_health(), "health", failed=self._break))
            with _metrics(self):
                await self._keep_lines(store, on_threads)
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            for one in self._stores:
                await on_threads(one.close)
            await asyncio.gather(listening, return_exceptions=True)
            if self._broken is not None:
                raise self._broken
        finally:
            for one in self._stores:
                one.close()
            await self._others.close()
            on_threads.shutdown()
            self._watching.shutdown()

    async def stop(self) -> None:
        """Asks `run` to finish, and returns at once."""
        self._stopping.set()
        self._reconfigure.set()

    def _break(self, error: BaseException) -> None:
        """Stops the worker when a part ended that should not: going on without it would look well and not be."""
        self._broken = self._broken or error
        self._stopping.set()
        self._reconfigure.set()

    def wake(self) -> None:
        """Wakes every network worker."""
        for network_worker in self.networks.values():
            network_worker.wake()

    # ------------------------------------------------------------ networks

    async def _first_configuration(self, store: ChainStore, on_threads: OnThreads) -> None:
        while not self._stopping.is_set():
            try:
                self._configured = await on_threads(store.configuration)
                return
            except RuleViolation as refused:
                if refused.code not in PASSING:
                    raise
                log.warning("the database does not take logins yet: %s", refused.code)
                await _until(self._stopping, 1.0)

    async def _keep_lines(self, store: ChainStore, on_threads: OnThreads) -> None:
        """A network worker for each network with endpoints; one whose configuration changed starts anew."""
        running: dict[str, object] = {}
        while not self._stopping.is_set():
            self._reconfigure.clear()
            wanted = {n.name: self._settings_of(n.name) for n in self._configured.networks if n.rpc_urls}
            self._others.use(self._configured.networks)
            for name in [name for name, settings in running.items() if wanted.get(name) != settings]:
                await self._end_line(name, on_threads)
                del running[name]
            for name, settings in wanted.items():
                if name not in running:
                    self._start_line(name, on_threads)
                    running[name] = settings
            await _until(self._reconfigure, RECONFIGURE_EVERY)
            if not self._stopping.is_set():
                await self._configure_again(store, on_threads)
        await asyncio.gather(*(self._end_line(name, on_threads) for name in list(running)))

    async def _configure_again(self, store: ChainStore, on_threads: OnThreads) -> None:
        try:
            self._configured = await on_threads(store.configuration)
        except RuleViolation as refused:
            log.warning("the configuration could not be read: %s", refused)

    def _settings_of(self, name: str) -> object:
        network = next(n for n in self._configured.networks if n.name == name)
        return network, self._configured.coins_of(name), self._configured.hot_wallets.get(name)

    def _start_line(self, name: str, on_threads: OnThreads) -> None:
        network = next(n for n in self._configured.networks if n.name == name)
        known = [self._configured.hot_wallets.get(name), self._signer.address if self._signer else None]

        async def elsewhere(txids: Any) -> Mapping[Any, str]:
            return await self._others.find(name, txids)

        network_worker = NetworkWorker(
            network,
            self._configured.coins_of(name),
            frozenset(address for address in known if address is not None),
            self._open_store(name),
            on_threads,
            self.holder,
            self.rules.network,
            companions=list(self._companions(name, on_threads)),
            elsewhere=elsewhere,
        )
        self.networks[name] = network_worker
        self._tasks[name] = spawn(network_worker.run(), f"network worker {name}", failed=self._break)

    def _companions(self, name: str, on_threads: OnThreads) -> Iterator[CompanionMaker]:
        signer = self._signer
        if signer is not None:
            # a connection of its own: sending does not wait for a long range of blocks to be stored
            refunds = PostgresRefundStore(self._open_store(f"{name} refunds"))
            yield lambda leading: SendingWorker(leading, signer, refunds, on_threads, self.rules.sending)

    async def _end_line(self, name: str, on_threads: OnThreads) -> None:
        network_worker = self.networks.pop(name)
        network_worker.stop()
        await asyncio.gather(self._tasks.pop(name), return_exceptions=True)

    def _open_store(self, what: str) -> ChainStore:
        store = ChainStore(self._server, self._login, self._password, f"worker {socket.gethostname()} {what}")
        self._stores.append(store)
        return store

    # ------------------------------------------------------------ hints

    def _hear(self) -> Any:
        loop = asyncio.get_running_loop()

        def heard(topic: str, backend: int) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._heard, topic, backend)

        return heard

    def _heard(self, topic: str, backend: int) -> None:
        if topic in CONFIGURES:
            self._reconfigure.set()
        if topic in CALLS_FOR_WORK and all(backend != store.backend for store in self._stores):
            self.wake()

    # ------------------------------------------------------------ health

    def health(self) -> dict[str, Any]:
        """The state of every network and of the watch, as plain values."""
        networks = [one.health() for one in self.networks.values()]
        server_log = self._watching.health()
        stopped = [name for name, task in self._tasks.items() if task.done()]
        ok = not server_log["behind"] and not stopped and not any(map(_unwell, networks))
        sealed = self._watching.sealed
        return {
            "worker": self.holder,
            "ok": ok,
            "stopped": stopped,
            "sealed": sealed,
            "server_log": server_log,
            "networks": networks,
        }

    async def _say_health(self) -> None:
        while True:
            print(json.dumps(self.health()), flush=True)
            await asyncio.sleep(HEALTH_EVERY)


def _unwell(network: Mapping[str, Any]) -> bool:
    """Whether a network worker cannot do all of its work."""
    return bool(network["failure"] or network.get("alarm") or network.get("state", {}).get("code"))


async def _until(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass  # time to look anyway


def _metrics(worker: Worker) -> Any:
    from wbo_desktop.chain.metrics import serve_metrics

    return serve_metrics(worker.health, worker.rules.metrics_port)


# ---------------------------------------------------------------- from settings


def make_worker(
    settings: Settings, environment: Mapping[str, str] = os.environ, *, headless: bool = False
) -> Worker:
    """A worker as the settings say; a `headless` one tells its health, and reads more at once, since no operator waits.

    Raises:
        SettingsError: the login, its password or the keystore's passphrase is missing, or the fee cap is no price.
    """
    if settings.fee_cap_gwei < 1:
        raise SettingsError("fee_cap_gwei must be at least 1")
    if not settings.worker_login:
        raise SettingsError("the worker's login is not set: worker_login or WBO_WORKER_LOGIN")
    password = find_secret("worker_password", environment)
    if password is None:
        raise SettingsError(
            "the worker's password is missing: service credential, WBO_WORKER_PASSWORD or keyring"
        )
    server = Server(
        settings.db_host, settings.db_port, settings.db_name, settings.db_sslmode, settings.db_sslrootcert
    )
    tracker = TrackerRules(most_transactions=4000) if headless else TrackerRules()
    rules = WorkerRules(
        network=NetworkWorkerRules(poll=settings.poll_seconds, tracker=tracker),
        sending=SendingRules(fee_cap=settings.fee_cap_gwei * GWEI),
        metrics_port=settings.metrics_port,
        says_health=headless,
    )
    return Worker(server, settings.worker_login, password, signer=_signer(settings, environment), rules=rules)


def _signer(settings: Settings, environment: Mapping[str, str]) -> Signer | None:
    from wbo_desktop.chain.refunds.signer import (
        KeystoreSigner,
        RemoteSigner,
        SignerRefused,
        disable_core_dumps,
    )
    from wbo_desktop.chain.rpc.provider import NodeProvider
    from wbo_desktop.domain.types import parse_address

    disable_core_dumps()  # whichever program holds the key or speaks to who does: a desktop may be the worker
    if settings.signer_url:
        if not settings.signer_address:
            raise SettingsError("a remote signer needs signer_address or WBO_SIGNER_ADDRESS")
        return RemoteSigner(NodeProvider(settings.signer_url), parse_address(settings.signer_address))
    if not settings.hot_wallet_keystore:
        return None
    passphrase = find_secret("hot_wallet_passphrase", environment)
    if passphrase is None:
        raise SettingsError(
            "the keystore's passphrase is missing: service credential, WBO_HOT_WALLET_PASSPHRASE or keyring"
        )
    try:
        return KeystoreSigner(Path(settings.hot_wallet_keystore), passphrase)
    except SignerRefused as refused:
        raise SettingsError(f"{settings.hot_wallet_keystore}: {refused}") from None


def run_worker(settings: Settings, environment: Mapping[str, str] = os.environ) -> int:
    """The headless program: until SIGTERM or SIGINT, which finish what is under way."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    worker = make_worker(settings, environment, headless=True)
    forget_secrets()
    asyncio.run(_serve(worker, (signal.SIGTERM, signal.SIGINT)))
    return 0


async def _serve(worker: Worker, signals: Iterable[signal.Signals]) -> None:
    loop = asyncio.get_running_loop()
    began = monotonic()
    for name in signals:
        try:
            loop.add_signal_handler(name, lambda: spawn(worker.stop(), "stop"))
        except NotImplementedError:  # Windows: Ctrl-C ends the program, the leases run out
            pass
    await worker.run()
    log.info("stopped after %.0f s", monotonic() - began)
