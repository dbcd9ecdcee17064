"""What pyproject.toml cannot say: the catalogues of translations are compiled before a package is built."""

import subprocess
import sys

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Compiles what is out of date, so that the package's data has it."""

    def run(self) -> None:
        subprocess.run([sys.executable, "tools/catalogues.py"], check=True)
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
