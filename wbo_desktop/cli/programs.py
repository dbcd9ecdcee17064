"""The two programs themselves: the desktop, which is started without a command, and `wbo-desktop worker`."""

from __future__ import annotations

import argparse

from wbo_desktop.cli.common import Commands
from wbo_desktop.settings import Settings


def add(commands: Commands) -> None:
    """The command `worker`."""
    worker = commands.add_parser(
        "worker", help="the headless chain worker; SIGTERM finishes what it holds and stops"
    )
    worker.set_defaults(run=_worker)


def desktop(options: argparse.Namespace, settings: Settings) -> int:
    """What `wbo-desktop` does without a command."""
    from wbo_desktop.app import run_desktop

    return run_desktop(settings)


def _worker(options: argparse.Namespace, settings: Settings) -> int:
    from wbo_desktop.worker import run_worker

    return run_worker(settings)
