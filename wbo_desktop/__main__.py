"""`python -m wbo_desktop` is `wbo-desktop`."""

import sys

from wbo_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
