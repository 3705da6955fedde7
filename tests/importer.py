"""Imports a gazetteer and dies on the way: at a numbered call into C, counted from the first step of what it is to die in.

    python -m tests.importer FILE NAME DOING CALL [ALTERNATES]

DOING is "places", "names" or "index"; CALL 0 means that it lives. Blocks are small, so that a small file has many batches.
"""

from __future__ import annotations

import sys
from pathlib import Path

from counterclaim.gazetteers import import_
from counterclaim.read.gazetteers import files
from tests.store.adder import die_at


def main(file: str, name: str, doing: str, call: int, alternates: str | None = None) -> None:
    files._BLOCK = 4096
    armed = not call
    for step in import_(Path(file), name, alternates=Path(alternates) if alternates else None):
        if step.doing == doing and not armed:
            armed = True
            die_at(call)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:])
