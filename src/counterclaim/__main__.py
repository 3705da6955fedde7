"""The program: `counterclaim`, or `python -m counterclaim`. It loads the command line itself, so that stopping it while it loads is answered as later on."""

from __future__ import annotations

import os
import sys
from typing import Any


def main() -> Any:
    """Run the command line. Stopped before it has begun, it says so and ends with 130, as a stopped command does."""
    try:
        # Loaded here: the libraries take half a second, in which one may think better of it.
        from counterclaim.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("stopped before anything was done.\n")
        sys.stderr.flush()
        # At once: where it was a piece of code made on the spot that was stopped, Python would end with the signal whatever is asked for.
        os._exit(130)
    return run()


if __name__ == "__main__":
    main()
