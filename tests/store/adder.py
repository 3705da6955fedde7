"""Adds reports until it is killed: by whoever reads its acknowledgements, or by itself at a numbered call into C.

    python -m tests.store.adder RECORD PREFIX CALL

A line is printed when an `add` has returned. CALL counts calls into C (SQLite, hashing, files) from before the record is opened, so
that a death can be put anywhere: between bytes and rename, inside the transaction, before the acknowledgement. 0 means none.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from types import FrameType
from typing import Any

from counterclaim.store import Store
from tests.store.factories import TEXT, make_claim, make_link, make_report, received, sentence


def die_at(call: int) -> None:
    left = call

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        if event == "c_call":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def main(record: str, prefix: str, call: int) -> None:
    if call:
        die_at(call)
    with Store.open(record) as store:
        for number in itertools.count():
            report = make_report(f"{prefix}-{number}", f"{TEXT} This is report {prefix} {number}.")
            claims = [make_claim(report, sentence(n, report.text)) for n in range(3)]
            store.add(received(report), claims, [make_link(report.id)])
            sys.stdout.write(f"{report.id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
