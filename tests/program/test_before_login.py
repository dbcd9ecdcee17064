"""What is loaded when the operator sees the login: the chain's libraries are the worker's, and cost a second."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from wbo_desktop import app
from wbo_desktop.settings import load
from wbo_desktop.views.dialogs.login import LoginDialog
{more}
def look():
    up = [w for w in QApplication.topLevelWidgets() if isinstance(w, LoginDialog) and w.isVisible()]
    if up:
        print("login", *(name for name in {libraries} if name in sys.modules))
        up[0].reject()

made = app.make_application("en")
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
sys.exit(app.run_desktop(load()))
"""
LIBRARIES = ("web3", "eth_account", "eth_abi", "pydantic", "aiohttp")


def loaded_at_login(more: str = "") -> list[str]:
    """The libraries that the program has loaded when its login window is up."""
    script = SCRIPT.format(more=more, libraries=LIBRARIES)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    said = next((line for line in done.stdout.splitlines() if line.startswith("login")), None)
    assert said is not None, done.stderr
    return said.split()[1:]


def test_the_chains_libraries_stay_out_until_the_login() -> None:
    assert loaded_at_login() == []


def test_what_the_demo_runs_beside_the_desktop_waits_too() -> None:
    assert "web3" not in loaded_at_login("import wbo_demo.beside")


def test_a_worker_is_noticed() -> None:
    assert "web3" in loaded_at_login("import wbo_desktop.worker")
