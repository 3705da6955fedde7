from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counterclaim.store import Store

ROOT = Path(__file__).parents[2]

# A first opening makes some hundred calls into C and an `add` some five hundred, so these lie in the making of the record, in a
# second opening, and all over the first and later additions.
CALLS = (20, 60, 95, 110, 150, 190, 240, 300, 360, 430, 500, 570, 800, 1430)
# Acknowledgements after which somebody else kills.
LINES = (0, 1, 2, 3, 5, 8)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    """One record through twenty deaths: after each it opens, nothing is wrong with it, and nothing acknowledged is missing."""
    acknowledged: set[str] = set()
    deaths = [(call, 0) for call in CALLS] + [(0, lines) for lines in LINES]
    assert len(deaths) == 20
    for number, (call, lines) in enumerate(deaths):
        command = [sys.executable, "-m", "tests.store.adder", str(path), f"run{number}", str(call)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            if not call:
                acknowledged.update(process.stdout.readline().strip() for _ in range(lines))
                process.kill()
            acknowledged.update(line.strip() for line in process.stdout)
            assert process.wait() == -9
        with Store.open(path) as store:
            assert list(store.verify()) == []
            kept = {report.id for report in store.reports()}
            assert acknowledged <= kept
            # One at most was kept and not yet acknowledged when each process died.
            assert len(kept - acknowledged) <= number + 1
            assert store.counts().claims == 3 * len(kept)
    assert acknowledged
