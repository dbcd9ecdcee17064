"""What pyproject.toml cannot say: where the resources are installed, and that translations are compiled first."""

import subprocess
import sys

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Compiles the catalogues that are out of date, so that the package's data has them."""

    def run(self) -> None:
        subprocess.run([sys.executable, "tools/catalogues.py"], check=True)
        super().run()


setup(
    packages=[*find_packages(include=["wbo_desktop*", "wbo_demo*"]), "wbo_desktop.resources"],
    cmdclass={"build_py": BuildWithTranslations},
)
