"""Quotations: the table of cases."""

from __future__ import annotations

import pytest

from counterclaim.attribute.quotes import quotations
from counterclaim.clean.segments import lines
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("quotations"))
def test_table(case: Case) -> None:
    text = case["text"]
    found = [{"words": q.span.of(text), "closed": q.is_closed, "real": q.is_speech} for q in quotations(text, lines(text))]
    assert found == [{k: q[k] for k in ("words", "closed", "real")} for q in case["quotations"]]
