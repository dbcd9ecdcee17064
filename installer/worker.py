"""The worker as a program of its own in the frozen folder: what `wbo-desktop worker` is where Python is installed."""

import sys

from wbo_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main(["worker", *sys.argv[1:]]))
