"""Sets up everything `make run` and `make test` need: .venv, the locked packages, the project itself, the
local chain's binary and Qt's system libraries. Knows only the standard library, since it runs first; what is
done is not done again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "set-up.json"
OLDEST, NEWEST = (3, 11), (3, 13)

# The local chain: a native binary in an npm package. Checksums are the packages' own (sha512, base64).
ANVIL_VERSION = "1.7.1"
ANVIL_SUMS = {
    "linux-amd64": "+XmShybEaxfCrr0OUUZwYEy2OnYZt5pHH9TzBtLv3+VrK0O/ANuNSVEahqNhKHlgX7GRJ59383ofNhxkRWIYTg==",
}

# Shared library or program → Debian package. Without the first group Qt draws nothing, without the others it
# opens no window.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
X11_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}
# The tests of TLS need a server that has it, which the wheel's lacks, and one of them that it speaks Chinese.
SERVER_PACKAGES = ["postgresql", "locales"]
# The tests of `wbo-desktop secret` ask a real keyring, in a session of its own.
KEYRING_PROGRAMS = {"dbus-run-session": "dbus", "gnome-keyring-daemon": "gnome-keyring"}
CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")


def say(text: str) -> None:
    """Prints one line of progress."""
    print("set-up: " + text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """Ends with one line that says what to do."""
    raise SystemExit("set-up: " + text)


def run(command: list[str | Path], cwd: str | Path | None = None, env: dict[str, str] | None = None) -> str:
    """Runs a command quietly; its output is shown only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=cwd,
        env=env,
    )
    if done.returncode:
        sys.stderr.write(done.stdout)
        stop("`{}` failed, its words are above".format(" ".join(str(part) for part in command[:6])))
    return done.stdout


def works(command: list[str | Path]) -> bool:
    """Whether a command runs and ends well."""
    try:
        return (
            subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


# ------------------------------------------------------------------ the system's packages


def apt_prefix() -> list[str] | None:
    """How to call apt-get without a question: [] as root, ["sudo", "-n"], or None where it may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and works(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def apt_install(packages: list[str]) -> bool:
    """Installs Debian packages; False where only the user can."""
    prefix = apt_prefix()
    if prefix is None:
        return False
    say("installing " + " ".join(packages))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    run([*apt, "update"])
    run([*apt, "install", "-y", "--no-install-recommends", *packages])
    return True


def known_libraries() -> set[str]:
    """Names of the shared libraries the system's loader finds."""
    ldconfig = shutil.which("ldconfig", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
    if ldconfig is None:
        return set()
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines()[1:] if line.strip()}


def system_libraries() -> None:
    """Qt's system libraries and the screenless X server, where the system lacks them."""
    if not sys.platform.startswith("linux"):
        return
    present = known_libraries()
    needed = [package for library, package in QT_LIBRARIES.items() if library not in present]
    windows = [package for library, package in X11_LIBRARIES.items() if library not in present]
    windows += [package for program, package in X11_PROGRAMS.items() if shutil.which(program) is None]
    if not needed and not windows:
        return
    if apt_install(needed + windows):
        return
    advice = "type: sudo apt-get install -y " + " ".join(needed + windows)
    if needed:
        stop("Qt needs libraries of the system; " + advice)
    say("to open windows, " + advice)


def has_debian_server() -> bool:
    """Whether Debian's PostgreSQL is there, and the means to make it speak another language."""
    servers = list(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return bool(servers) and Path("/usr/share/i18n/locales/zh_CN").exists()


def debian_server() -> None:
    """Debian's PostgreSQL for the tests of TLS. Only its programs: the package would start a server of its own."""
    prefix = apt_prefix()
    if not sys.platform.startswith("linux") or has_debian_server():
        return
    if prefix is None:
        say("for the tests of TLS, type: sudo apt-get install -y " + " ".join(SERVER_PACKAGES))
        return
    if not CLUSTERS.exists():
        run(
            [
                *prefix,
                "sh",
                "-c",
                f"mkdir -p {CLUSTERS.parent} && echo create_main_cluster=false > {CLUSTERS}",
            ]
        )
    apt_install(SERVER_PACKAGES)


def keyring_service() -> None:
    """A real keyring for the tests, where the system has none."""
    needed = [package for program, package in KEYRING_PROGRAMS.items() if shutil.which(program) is None]
    if sys.platform.startswith("linux") and needed and not apt_install(needed):
        say("for the tests of the keyring, type: sudo apt-get install -y " + " ".join(needed))


# ------------------------------------------------------------------ Python


def supported(version: tuple[int, ...]) -> bool:
    """Whether the project runs on this (major, minor)."""
    return OLDEST <= version <= NEWEST


def find_python() -> str:
    """A Python that the project supports: the one running this, or another on PATH."""
    if supported(sys.version_info[:2]) and sys.prefix == sys.base_prefix:
        return sys.executable
    question = "import sys; print(*sys.version_info[:2])"
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        path = shutil.which(name)
        if path is None or path.startswith(str(VENV)):
            continue
        answer = subprocess.run([path, "-c", question], capture_output=True, text=True, check=False)
        version = tuple(int(part) for part in answer.stdout.split())
        if version and supported(version):
            return path
    stop("Python 3.11 to 3.13 is needed; type: sudo apt-get install -y python3.11 python3.11-venv")


def make_venv() -> None:
    """.venv with a working pip."""
    if works([BIN / "python", "-m", "pip", "-V"]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    base = find_python()
    if not works([base, "-c", "import ensurepip, venv"]):
        version = run([base, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).strip()
        package = f"python{version}-venv"
        if not apt_install([package]):
            stop("Python's venv is missing; type: sudo apt-get install -y " + package)
    run([base, "-m", "venv", VENV])


def pip(*arguments: str) -> None:
    """pip of .venv, which neither asks nor advises."""
    run([BIN / "python", "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments], cwd=ROOT)


def python_packages() -> None:
    """Exactly the lock's packages, then the project itself as it lies here."""
    say("installing the Python packages of requirements.lock (some minutes, once)")
    pip("install", "--require-hashes", "--no-warn-script-location", "-r", "requirements.lock")
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")


# ------------------------------------------------------------------ the local chain


def anvil_platform() -> str:
    """The npm package's suffix for this machine."""
    systems = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
    machines = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
    system, machine = systems.get(sys.platform), machines.get(platform.machine().lower())
    if system is None or machine is None:
        stop(f"there is no local chain for {sys.platform} on {platform.machine()}")
    return system + "-" + machine


def npm() -> tuple[str | Path, str]:
    """npm's command: the machine's own, or one that a Python package brings into .venv."""
    own = shutil.which("npm")
    if own and works([own, "--version"]):
        return own, os.environ["PATH"]
    say("installing npm into .venv (the machine has none)")
    pip("install", "--require-hashes", "--no-warn-script-location", "-r", "requirements-node.lock")
    return BIN / "npm", str(BIN) + os.pathsep + os.environ.get("PATH", "")


def local_chain() -> None:
    """anvil in .venv/chain, its checksum compared; nothing of the package is run."""
    folder, which = VENV / "chain", anvil_platform()
    name = "anvil.exe" if sys.platform == "win32" else "anvil"
    version = folder / "version"
    if version.exists() and version.read_text() == ANVIL_VERSION and (folder / name).exists():
        return
    say("fetching the local chain")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=str(folder)) as scratch:
        command, path = npm()
        settings = dict(os.environ, PATH=path, npm_config_cache=os.path.join(scratch, "cache"))
        package = f"@foundry-rs/anvil-{which}@{ANVIL_VERSION}"
        run([command, "pack", "--silent", "--ignore-scripts", package], cwd=scratch, env=settings)
        archive = next(Path(scratch).glob("*.tgz"))
        compare_checksum(archive, ANVIL_SUMS.get(which))
        unpack(archive, "package/bin/" + name, folder / name)
    version.write_text(ANVIL_VERSION)


def compare_checksum(archive: Path, expected: str | None) -> None:
    """Refuses an archive that is not the one this project was tried with; npm has compared the registry's."""
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if expected is not None and found != expected:
        stop("the local chain's package is not the expected one; nothing was installed")


def unpack(archive: Path, member: str, target: Path) -> None:
    """One file of an archive, put in place at once."""
    with tarfile.open(str(archive)) as opened:
        found = opened.extractfile(member)
        if found is None:
            stop(f"the local chain's package has no file {member}")
        content = found.read()
    half = target.with_suffix(".half")
    half.write_bytes(content)
    half.chmod(0o755)
    os.replace(str(half), str(target))


# ------------------------------------------------------------------ translations


def translations() -> None:
    """Qt's compiled catalogues, where one is missing or older than what it is made from; asked each time."""
    catalogues = list((ROOT / "resources" / "i18n").glob("wbo_*.ts"))
    made = [path.with_suffix(".qm") for path in catalogues]
    if not all(
        new.exists() and new.stat().st_mtime >= old.stat().st_mtime
        for new, old in zip(made, catalogues)  # noqa: B905 (an older Python may run this)
    ):
        run([BIN / "python", ROOT / "tools" / "catalogues.py"])


# ------------------------------------------------------------------ all of it, once


def fingerprint() -> str:
    """What the set-up depends on; when it is unchanged there is nothing to do."""
    digest = hashlib.sha256()
    for name in (
        "requirements.lock",
        "requirements-node.lock",
        "pyproject.toml",
        "setup.py",
        "tools/bootstrap.py",
    ):
        digest.update((ROOT / name).read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def is_done() -> bool:
    """Whether the last set-up was for exactly this project, and is still there."""
    try:
        return json.loads(STAMP.read_text())["fingerprint"] == fingerprint() and (BIN / "python").exists()
    except (OSError, ValueError, KeyError):
        return False


def main() -> None:
    """Sets up what is missing; instant when nothing is."""
    if is_done():
        translations()
        return
    begun = time.monotonic()
    system_libraries()
    debian_server()
    keyring_service()
    make_venv()
    python_packages()
    translations()
    local_chain()
    STAMP.write_text(json.dumps({"fingerprint": fingerprint()}))
    say(f"ready after {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
