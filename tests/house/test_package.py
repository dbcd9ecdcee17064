"""What is installed: the wheel and the editable install have the same resources, translations compiled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path
from zipfile import ZipFile

import pytest

from wbo_desktop.views import i18n

ROOT = Path(__file__).resolve().parents[2]
BUILT_FROM = ("pyproject.toml", "setup.py", "MANIFEST.in", "LICENSE", "README.md")
FOLDERS = ("wbo_desktop", "wbo_demo", "resources")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without a network from what is in version control."""
    place = tmp_path_factory.mktemp("project")
    for name in BUILT_FROM:
        shutil.copy2(ROOT / name, place / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "*.qm"))
    (place / "tools").mkdir()
    shutil.copy2(ROOT / "tools" / "catalogues.py", place / "tools")
    command = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index"]
    done = subprocess.run(
        [*command, "--wheel-dir", place / "dist", "."], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next((place / "dist").glob("*.whl"))


def _tree(folder: Path) -> set[str]:
    """Every file below a folder that belongs to a program, by its place there."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if "__pycache__" not in path.parts and path.suffix != ".ts"}


def test_the_wheel_has_the_resources_and_nothing_but_the_packages(wheel: Path) -> None:
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"wbo_desktop", "wbo_demo"}
    inside = {name.removeprefix("wbo_desktop/resources/") for name in names if "/resources/" in name}
    assert inside == _tree(ROOT / "resources")
    assert {f"i18n/wbo_{language}.qm" for language in i18n.LANGUAGES} <= inside
    packages = {name for name in names if not name.startswith("wbo_desktop/resources/")}
    assert packages == {f"{name}/{file}" for name in FOLDERS[:2] for file in _tree(ROOT / name)}


def test_the_editable_install_has_them_where_they_are_edited() -> None:
    assert Path(str(resources.files("wbo_desktop.resources"))) == ROOT / "resources"


def test_an_installed_wheel_shows_its_texts_icons_and_style(wheel: Path, tmp_path: Path) -> None:
    """Started elsewhere, with the wheel alone: nothing of the checkout is read."""
    ZipFile(wheel).extractall(tmp_path / "installed")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from importlib import resources\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from wbo_desktop.views import i18n, icons, theme\n"
        "i18n.install('zh_HK'); theme.apply('light')\n"
        "print(resources.files('wbo_desktop.resources'))\n"
        "print(app.translate('menu', 'Coin Deposit Records'))\n"
        "print(icons.icon('coin').isNull(), 'QPushButton' in app.styleSheet())\n"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, tmp_path / "installed"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    place = tmp_path / "installed" / "wbo_desktop" / "resources"
    assert done.stdout.splitlines() == [str(place), "入幣記錄", "False True"]
