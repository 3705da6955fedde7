"""Back-references: the table of cases."""

from __future__ import annotations

import re

import pytest

from counterclaim.clean.segments import lines
from counterclaim.parse.antecedents import references
from counterclaim.parse.rules import parse
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("antecedents"))
def test_table(case: Case) -> None:
    text = case["text"]
    parsed = parse(text, lines(text))
    found = {r.span.start: r for r in references(text, parsed.sentences, parsed.names)}
    for mention in case["mentions"]:
        starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(mention['words'])}(?!\w)", text)]
        reference = found.get(starts[mention["nth"] - 1])
        said = reference.antecedent.of(text) if reference is not None and reference.antecedent is not None else None
        assert said == mention["antecedent"], mention["words"]
