"""The guided tour: one deposit from request to refund, and what is refused on the way, in the real windows.

Each step is a coroutine that acts through `hand` and returns what it saw; a picture is taken after it. It is the demo
of a machine without a screen, the source of the guides' pictures, and the end-to-end test.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import traceback
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QSettings

from wbo_demo.beside import at_work
from wbo_demo.desk import a_folder
from wbo_demo.history import this_morning
from wbo_demo.stack import running
from wbo_demo.tour import deposit_steps, refund_steps
from wbo_demo.tour.guide import STEPS, Tour
from wbo_desktop.app import Desktop, connect_to, make_application
from wbo_desktop.services.supervision import spawn

__all__ = ["deposit_steps", "refund_steps", "run_tour"]

BLOCK_SECONDS = 1.0


def run_tour(pictures: Path, language: str, data: Path | None = None) -> int:
    """Run every step; 0 when all came out. Pictures and tour.json go to `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("[0-9][0-9]*.png"):
        old.unlink()
    app = make_application(language)
    with (
        a_folder(data) as folder,
        running(folder, BLOCK_SECONDS, history=True) as stack,
        tempfile.TemporaryDirectory() as kept,
    ):
        settings = stack.settings(language)
        remembered = QSettings(str(Path(kept) / "desktop.ini"), QSettings.Format.IniFormat)
        with qasync.QEventLoop(app) as loop:
            asyncio.set_event_loop(loop)
            desktop = Desktop(connect_to(settings), str(stack.world.server), remembered)
            result: int = loop.run_until_complete(_conduct(desktop, Tour(stack, pictures)))
            return result


async def _conduct(desktop: Desktop, tour: Tour) -> int:
    at_desk = spawn(desktop.run(), "desktop", awaited=True)
    try:
        async with at_work(tour.stack, None, ("clients", partial(this_morning, tour.stack.world))):
            results = await _walk(tour)
    finally:
        desktop.stop()
        await at_desk
    report = {"steps": results, "ok": len(results) == len(STEPS) and all(r["ok"] for r in results)}
    (tour.pictures / "tour.json").write_text(
        json.dumps(report, indent=2, ensure_ascii=False), encoding="utf-8"
    )
    return 0 if report["ok"] else 1


async def _walk(tour: Tour) -> list[dict[str, object]]:
    results: list[dict[str, object]] = []
    for number, (name, work) in enumerate(STEPS, start=1):
        picture = f"{number:02d}-{name.replace(',', '').replace(':', '').replace(' ', '-')}.png"
        result: dict[str, object] = {"number": number, "name": name, "picture": picture, "ok": True}
        try:
            result["seen"] = await work(tour)
        except Exception as error:
            result |= {"ok": False, "error": f"{type(error).__name__}: {error}"}
            traceback.print_exc()
        await tour.hand.picture(tour.pictures / picture)
        results.append(result)
        print(f"{number:2d} {'ok    ' if result['ok'] else 'FAILED'} {name}", flush=True)
        if not result["ok"]:
            print(f"   {result['error']}", file=sys.stderr, flush=True)
            break
    return results
