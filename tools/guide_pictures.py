"""Renews the guides' pictures (docs/pictures) from the guided tour, so that they show what the desktop shows now.

Without arguments it takes the tour in both guides' languages; `--from DIR --lang zh_HK` uses a tour that was taken
before. A tour's pictures are chosen by the name of their step, whatever its number.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FOLDERS = {"zh_HK": "zh-HK", "en": "en"}

STEPS = {
    "login-refused": "log-in",
    "a-request-arrives-by-itself": "receive",
    "micro-payment-seen": "verify-wallet",
    "the-money-is-on-the-chain-confirmations-move": "confirming",
    "a-revocation-asks-once-more": "revoke",
    "an-application-whose-TXID-nobody-knows-is-abnormal": "abnormal",
    "delete-application": "delete",
    "a-refund-to-another-client's-address-is-refused": "refund-refused",
    "a-right-refund-is-filled-in-lowered-with-a-reason": "refund-request",
    "the-checker-reads-the-whole-intent": "refund-approve",
    "executing-asks-for-the-password-again": "refund-execute",
    "confirmed-the-client-has-exactly-the-amount": "refund-confirmed",
    "client-notified": "client-notified",
    "the-audit-log-shows-all-of-it": "audit-log",
}
"""The tour's step → the name that the guides use."""

COLOURS = 256
LARGEST = 120 * 1024
"""Bytes of one picture: a clone should stay small."""


def of_tour(folder: Path) -> dict[str, Path]:
    """A tour's pictures by the name of their step, without the number in front."""
    return {re.sub(r"^\d+[a-z]?-", "", file.stem): file for file in folder.glob("*.png")}


def palette(image: QImage) -> list[int]:
    """The colours that matter most: the most frequent one of each small region of the colour space."""
    counted = Counter(memoryview(image.constBits()).cast("I"))
    regions: dict[tuple[int, int, int], list[int]] = {}
    for colour, times in counted.most_common():
        region = (colour >> 19 & 31, colour >> 11 & 31, colour >> 3 & 31)
        regions.setdefault(region, [colour | 0xFF000000, 0])[1] += times
    ranked = sorted(regions.values(), key=lambda entry: -entry[1])
    return [colour for colour, _ in ranked[:COLOURS]]


def shrink(source: Path, target: Path) -> int:
    """Write a picture with few colours; returns its bytes."""
    image = QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32)
    plain = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    few = image.convertToFormat(QImage.Format.Format_Indexed8, palette(image), plain)
    few.save(str(target), b"PNG", 0)  # Qt's 0 is zlib's best
    return target.stat().st_size


def renew(tour: Path, language: str) -> list[str]:
    """Replace one language's pictures; returns what is wrong, one text each."""
    found, folder = of_tour(tour), PICTURES / FOLDERS[language]
    missing = [step for step in STEPS if step not in found]
    if missing:
        return [f"the tour in {tour} has no picture of: {step}" for step in missing]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    sizes = {name: shrink(found[step], folder / f"{name}.png") for step, name in STEPS.items()}
    print(f"{language}: {len(sizes)} pictures, {sum(sizes.values()) // 1024} KB")
    return [f"{name}.png has {size // 1024} KB" for name, size in sizes.items() if size > LARGEST]


def take_tour(folder: Path, language: str) -> None:
    """The guided tour, without a screen."""
    command = [sys.executable, "-m", "wbo_desktop", "demo", "--tour", str(folder), "--lang", language]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=True)


def main() -> int:
    """0 when the pictures are renewed and small enough."""
    parser = argparse.ArgumentParser(description="Renew the guides' pictures from the guided tour.")
    parser.add_argument("--from", dest="tour", type=Path, metavar="DIR", help="a tour that was taken before")
    parser.add_argument("--lang", choices=FOLDERS, help="its language; without --from, only this one")
    options = parser.parse_args()
    if options.tour and not options.lang:
        parser.error("--from needs --lang")
    wrong: list[str] = []
    for language in [options.lang] if options.lang else list(FOLDERS):
        with tempfile.TemporaryDirectory() as spare:
            tour = options.tour or Path(spare)
            if not options.tour:
                take_tour(tour, language)
            wrong += renew(tour, language)
    for text in wrong:
        print(text, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
