"""Lines told apart: the table of cases, and what the table does not say."""

from __future__ import annotations

import pytest

from counterclaim.clean.segments import lines
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("lines"))
def test_table(case: Case) -> None:
    found = [{"words": line.span.of(case["text"]), "kind": line.kind} for line in lines(case["text"])]
    assert found == [{"words": x["words"], "kind": x["kind"]} for x in case["lines"]]


def test_hard_wrapped_pages_are_joined() -> None:
    row = "THE ARMY SAID TODAY THAT IT HAD TAKEN THE TOWN AND THAT THE\n"
    text = row * 6 + "FIGHTING WENT ON.\n\nA SECOND PARAGRAPH STANDS HERE.\n"
    assert [line.span.of(text)[-9:] for line in lines(text)] == [" WENT ON.", "NDS HERE."]
